"""The leak gate: a withheld sentence is caught wherever in a file it stands, and what may stand there is not."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from tests.pdf.making_pieces import FACTS, Maker, bound, section

from briefpack.diagnostics import Location
from briefpack.pdf.binding import Binding, BoundPart, BoundSection
from briefpack.pdf.leaks import leak_problems, leaks_in
from briefpack.pdf.linking import link
from briefpack.products.absence import Absence, Secret
from briefpack.products.model import Attachment

SENTENCE = "The mayor asked us not to say who paid for the wall"
PLACE = Location("content/summaries/river.md", 40, 11)
ADDRESS = "river/points/wall"
HIDDEN = Absence(
    "press",
    (
        Secret("statement", ADDRESS, PLACE, SENTENCE, "phrase"),
        Secret("statement", "river/points/short", PLACE, "Nobody knows.", "whole"),
        Secret("name", ADDRESS, PLACE, "river.points.wall", "name"),
        Secret("name", ADDRESS, PLACE, "brief-river.points.wall", "name"),
        Secret("name of the source", "gamma", PLACE, "gamma.txt", "name"),
    ),
)


def written(binding: Binding) -> bytes:
    value = link(binding).value
    assert value is not None
    return value.pdf


@pytest.fixture(scope="module")
def clean() -> bytes:
    return written(bound([section(number) for number in range(3)], attachments=(data({"text": "seen"}),)))


def data(value: Any, name: str = "data.json", **how: Any) -> Attachment:
    return Attachment(name, json.dumps(value, **how).encode(), "application/json", "Data", "statements")


def saying(*paragraphs: str, role: str = "P") -> bytes:
    maker = Maker()
    for text in paragraphs:
        maker.paragraph(text, role)
    return made(maker)


def made(maker: Maker, **more: Any) -> bytes:
    return written(bound([BoundSection(maker.piece(), "A section", "")], **more))


def edited(content: bytes, change: Callable[[pikepdf.Pdf], Any], **saving: Any) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        target = io.BytesIO()
        pdf.save(target, **saving)
        return target.getvalue()


def places(content: bytes) -> list[str]:
    return [leak.place for leak in leaks_in(content, HIDDEN)]


def element(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.StructTreeRoot.K.K[0].K[0]


# --- what is there without a leak


def test_a_file_that_says_none_of_it_has_no_leak(clean: bytes) -> None:
    assert places(clean) == []


def test_nothing_is_read_where_nothing_is_withheld() -> None:
    assert leaks_in(b"no PDF at all", Absence("press")) == ()


# --- one place after the other


def test_a_withheld_sentence_in_the_text_of_a_page_is_caught() -> None:
    assert places(saying(SENTENCE)) == ["the text of page 1", "the tag tree (page 1)"]


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE.upper(),
        SENTENCE.replace(" ", "  "),
        SENTENCE.replace("mayor", "ma-yor"),
        SENTENCE.replace("asked us", "“asked” us,"),
        f"As we heard: {SENTENCE}!",
    ],
)
def test_a_withheld_sentence_set_otherwise_is_caught(text: str) -> None:
    assert "the text of page 1" in places(saying("Something else.", text))


def test_a_withheld_sentence_with_the_numbers_of_notes_in_it_is_caught() -> None:
    maker = Maker()
    maker.anchor("n1")
    line = maker.element("P")
    maker.text(SENTENCE[:23], line)
    maker.link("#n1", "1", line)
    maker.text(SENTENCE[23:], line)
    assert places(made(maker)) == ["the tag tree (page 1)"]


def test_a_withheld_sentence_over_two_pages_is_caught() -> None:
    maker = Maker()
    line = maker.element("P")
    maker.text(SENTENCE[:20], line)
    maker.new_page()
    maker.text(SENTENCE[20:], line)
    assert places(made(maker)) == ["the tag tree (page 1)"]


def test_a_withheld_sentence_in_a_running_head_is_caught() -> None:
    head, page = Maker(tagged=False), Maker()
    head.text(SENTENCE, 0)
    page.paragraph("Something else.")
    assert places(made(page, overlays=((head.piece(), 0),))) == ["a running head or a drawing"]


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("Alt", "an alternative text"),
        ("ActualText", "a replacement text"),
        ("E", "the expansion of an abbreviation"),
        ("T", "the title of an element"),
        ("Nonsense", "a string under the key Nonsense"),
    ],
)
def test_a_withheld_sentence_in_a_text_of_an_element_is_caught(key: str, place: str, clean: bytes) -> None:
    assert places(edited(clean, lambda pdf: element(pdf).__setattr__(key, SENTENCE))) == [place]
    assert places(edited(clean, lambda pdf: element(pdf).__setattr__(key, f"¡{SENTENCE}!"))) == [place]


def test_a_withheld_sentence_in_an_alternative_text_is_caught() -> None:
    maker = Maker()
    maker.draw(SENTENCE)
    assert places(made(maker)) == ["an alternative text"]


def test_a_withheld_sentence_in_the_outline_is_caught() -> None:
    binding = bound([section(number) for number in range(3)], parts=(BoundPart(1, SENTENCE, "part-1"),))
    assert places(written(binding)) == ["a line of the outline or the title of the document"]


def test_a_withheld_sentence_in_the_title_and_the_metadata_is_caught() -> None:
    binding = bound([section(number) for number in range(3)], facts=replace(FACTS, title=SENTENCE))
    assert set(places(written(binding))) == {
        "a line of the outline or the title of the document",
        "the metadata (XMP)",
    }


def test_a_withheld_sentence_in_the_metadata_alone_is_caught(clean: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes().decode()
        pdf.Root.Metadata.write(packet.replace("Briefing desk", SENTENCE.replace("wall", "w&#97;ll")).encode())

    assert places(edited(clean, change)) == ["the metadata (XMP)"]


def test_a_withheld_sentence_in_the_name_of_a_destination_is_caught() -> None:
    maker = Maker()
    maker.anchor(SENTENCE.replace(" ", "-"))
    maker.link(f"#{SENTENCE.replace(' ', '-')}", "here", maker.element("P"))
    assert set(places(made(maker))) == {
        "the name of a destination or an attachment",
        "the target of a link",
    }


def test_a_withheld_sentence_in_the_target_of_a_link_is_caught() -> None:
    maker = Maker()
    maker.link(f"https://example.org/#:~:text={SENTENCE}", "the source", maker.element("P"))
    assert places(made(maker)) == ["the target of a link"]


def test_a_withheld_sentence_in_what_a_link_says_is_caught(clean: bytes) -> None:
    assert places(edited(clean, lambda pdf: pdf.pages[0].Annots[0].__setattr__("Contents", SENTENCE))) == [
        "what a link says"
    ]


def attached(*attachments: Attachment) -> list[str]:
    return places(written(bound([section(number) for number in range(3)], attachments=attachments)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_withheld_sentence_in_an_attachment_is_caught(encoding: str) -> None:
    text = f"Año uno.\n\n{SENTENCE}.\n".encode(encoding)
    assert attached(Attachment("notes.txt", text, "text/plain", "Source", "notes")) == ["the attachment 'notes.txt'"]


def test_a_withheld_sentence_in_escapes_of_attached_data_is_caught() -> None:
    escaped = SENTENCE.replace("mayor", "m\u00e1yor").replace(" ", "\n")
    hidden = Absence("press", (Secret("statement", ADDRESS, PLACE, SENTENCE.replace("mayor", "máyor"), "phrase"),))
    for value in ({"text": [escaped]}, {escaped: 1}):
        binding = bound([section(number) for number in range(3)], attachments=(data(value, ensure_ascii=True),))
        assert [leak.place for leak in leaks_in(written(binding), hidden)] == ["the attachment 'data.json'"]


def test_a_withheld_sentence_in_markup_of_an_attachment_is_caught() -> None:
    markup = SENTENCE.replace("mayor", "m&#97;yor").encode()
    assert attached(Attachment("page.html", markup, "text/html", "Source", "page")) == ["the attachment 'page.html'"]


def test_a_withheld_sentence_in_the_name_of_an_attachment_is_caught() -> None:
    found = attached(data({}, f"{SENTENCE.replace(' ', '_')}.json"))
    assert set(found) == {"the name of a destination or an attachment", "the name of an attachment"}


def test_a_withheld_sentence_in_the_description_of_an_attachment_is_caught() -> None:
    item = Attachment("data.json", b"{}", "application/json", "Data", SENTENCE)
    assert attached(item) == ["the description of an attachment"]


def test_a_withheld_sentence_in_an_object_that_nothing_leads_to_is_caught(clean: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.PieceInfo = pdf.make_indirect(pikepdf.Dictionary(Private=pdf.make_stream(SENTENCE.encode())))

    (place,) = places(edited(clean, change))
    assert place.startswith("the stream of object ")


def test_a_withheld_sentence_in_the_content_of_a_page_as_a_replacement_is_caught(clean: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        said = f"/Span <</ActualText ({SENTENCE})>> BDC EMC\n".encode()
        pdf.pages[1].contents_add(pdf.make_stream(said))

    assert places(edited(clean, change)) == ["the text of page 2"]


# --- short texts and names


def test_a_short_withheld_text_is_caught_as_the_whole_text_of_an_element() -> None:
    assert places(saying("Nobody knows.")) == ["the whole text of a structure element"]
    assert places(saying("Nobody knows. The rest is silence.")) == []


def test_a_short_withheld_text_with_the_number_of_a_note_is_caught() -> None:
    maker = Maker()
    maker.anchor("n1")
    line = maker.element("P")
    maker.text("Nobody knows.", line)
    maker.link("#n1", "12", maker.element("Span", line))
    found = places(made(maker))
    assert found == ["the whole text of a structure element"]


@pytest.mark.parametrize("name", ["brief-river.points.wall", "overview.river.points.wall"])
def test_the_name_of_a_withheld_statement_is_caught(name: str) -> None:
    maker = Maker()
    maker.anchor(name)
    maker.link(f"#{name}", "here", maker.element("P"))
    assert set(places(made(maker))) == {
        "the target of a link",
        "the name of a destination or an attachment",
    }


def test_names_that_only_begin_like_a_withheld_one_are_none() -> None:
    maker = Maker()
    maker.anchor("brief-river.points.walls")
    maker.link("#brief-river.points.walls", "here", maker.element("P"))
    assert places(made(maker)) == []


def test_the_name_of_a_withheld_statement_or_file_in_attached_data_is_caught() -> None:
    ours = {"version": 1, "audience": "press"}
    assert attached(data({**ours, "statements": [{"id": "river/points/wall"}]})) == ["the attachment 'data.json'"]
    assert attached(data({**ours, "sources": [{"files": ["gamma.txt"]}]})) == ["the attachment 'data.json'"]
    assert attached(data({**ours, "text": "river/points/wall"})) == []


def test_an_original_may_call_what_it_likes_by_any_name() -> None:
    assert attached(data({"files": ["gamma.txt"], "id": "river/points/wall"}, "original.json")) == []


def test_a_file_of_a_withheld_source_is_caught_by_its_name() -> None:
    item = Attachment("gamma.txt", b"-", "text/plain", "Source", "A file")
    assert set(attached(item)) == {"the name of a destination or an attachment", "the name of an attachment"}


# --- how it is told, and that nothing else changes it


def test_a_leak_is_told_with_product_place_address_and_location() -> None:
    (problem,) = leak_problems(saying(SENTENCE), HIDDEN, "press/brief/river")
    assert problem.code.public == "withheld-leak"
    assert (problem.location, problem.subject, problem.is_error) == (PLACE, "press/brief/river", True)
    for said in ("press/brief/river", SENTENCE, ADDRESS, "the text of page 1"):
        assert said in problem.message


@pytest.mark.parametrize(
    "saving",
    [
        {"object_stream_mode": pikepdf.ObjectStreamMode.disable, "compress_streams": False},
        {"linearize": True},
        {"qdf": True},
    ],
)
def test_a_leak_is_caught_however_the_file_is_written(saving: dict[str, Any]) -> None:
    again = edited(saying(SENTENCE, "Nobody knows."), lambda pdf: None, **saving)
    assert len(places(again)) == 3


def test_a_sentence_that_the_audience_may_read_does_not_hide_the_next() -> None:
    many = Absence(
        "press",
        tuple(
            Secret("statement", f"a/{n}", PLACE, f"Sentence number {n} of many that are alike", "phrase")
            for n in range(50)
        ),
    )
    found = leaks_in(saying("Sentence number 31 of many that are alike"), many)
    assert {leak.secret.address for leak in found} == {"a/31"}
