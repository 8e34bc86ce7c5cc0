"""A dossier is one file whose numbers, links, outline, text and attachments agree; it meets both standards."""

import io
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import page
import pikepdf
import pytest
from tests.pdf.conftest import ATTACHED
from tests.pdf.press import BASE, printed
from tests.templating import samples

from briefpack.pdf.binding import Linked
from briefpack.pdf.inspect import Inspection
from briefpack.pdf.setting import set_section
from briefpack.templating.blocks import statements
from briefpack.templating.sections import render_section
from briefpack.templating.styles import styles_of


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_it_is_accessible_and_archivable_in_one_file(dossier: Linked, profile: str, tmp_path: Path) -> None:
    path = tmp_path / "dossier.pdf"
    path.write_bytes(dossier.pdf)
    result = page.validate_pdf(str(path), profile=profile)
    assert [str(failure) for failure in result.failures] == []
    assert result.is_compliant


def test_printed_numbers_are_the_page_labels(read: Inspection) -> None:
    assert read.labels == tuple(str(number) for number in range(1, read.pages + 1))
    for number, text in enumerate(read.texts[1:], 2):
        assert str(number) in text.split()


def test_the_contents_print_the_number_of_the_page_they_lead_to(read: Inspection) -> None:
    entries = {link.target: link.to_page for link in read.links if link.page == 2}
    lines = [line.strip() for line in read.texts[1].splitlines()]
    titles = {"overview": "Overview", "pw-brief": "Public works", "colophon": "Colophon", "bibliography": "Sources"}
    for target, title in titles.items():
        assert any(
            re.fullmatch(rf"{entries[target]}\s*{title}", line) for line in [*lines, *map(" ".join, pairwise(lines))]
        )


def test_every_internal_link_lands_on_a_page(read: Inspection) -> None:
    assert len(read.links) > 80
    assert [link for link in read.links if not link.to_page] == []


def test_a_locator_leads_to_its_passage_and_the_letter_back_to_the_statement(read: Inspection, dossier: Linked) -> None:
    brief, original = dossier.anchors["pw-brief"], dossier.anchors["annex-public-works"]
    assert any(link.page == brief and link.target == "annex-pw-2" and link.to_page == original for link in read.links)
    assert any(link.page == original and link.target == "pw-p1" and link.to_page == brief for link in read.links)


def test_the_outline_holds_the_sections_under_their_parts(read: Inspection, dossier: Linked) -> None:
    lines = [(entry.depth, entry.title) for entry in read.outline]
    assert (1, "Return and reintegration") in lines
    assert (2, "Public works, in detail") in lines
    assert [entry.page for entry in read.outline if entry.title == "Public works"] == [dossier.anchors["pw-brief"]]


def test_every_statement_can_be_read_from_the_finished_file(read: Inspection) -> None:
    def bare(text: str) -> str:
        return re.sub(r"[\W\d_]+", "", text)

    whole = bare("".join(read.texts))
    for section in samples.dossier().sections:
        for cited in statements(section):
            for part in cited.prose:
                if isinstance(part, str):
                    assert bare(part) in whole


def test_a_line_of_the_contents_says_its_title_and_then_its_page(dossier: Linked) -> None:
    with pikepdf.open(io.BytesIO(dossier.pdf)) as pdf:
        words = {str(annotation.Contents) for annotation in pdf.pages[1].Annots}
    assert {"Overview, page 3", f"Colophon, page {dossier.anchors['colophon']}"} <= words


def test_heads_of_tables_say_what_they_head(dossier: Linked) -> None:
    with pikepdf.open(io.BytesIO(dossier.pdf)) as pdf:
        scopes = [
            str(item.A.Scope)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"
        ]
    assert set(scopes) == {"/Column", "/Row"}


def test_attachments_arrive_whole_under_a_harmless_name(read: Inspection) -> None:
    assert read.attachments == (("003.txt", ATTACHED.content),)


def test_title_and_language_are_said(read: Inspection) -> None:
    assert (read.title, read.language) == ("Migration and reintegration", "en")


def test_the_same_input_gives_the_same_bytes(dossier: Linked) -> None:
    product = samples.dossier()
    again = printed(product.sections, BASE, parts=product.parts, attachments=(ATTACHED,))
    assert again.pdf == dossier.pdf


def test_the_next_page_of_a_section_has_a_running_head_and_the_first_has_none(
    read: Inspection, dossier: Linked
) -> None:
    first = dossier.anchors["annex-public-works"]
    assert "Public works: original" not in read.texts[first - 1]
    assert "Public works: original" in read.texts[first]


def test_a_paragraph_with_much_evidence_keeps_its_measure_and_may_go_on_over_a_page() -> None:
    record = samples.record()
    body = tuple(replace(block, cited=replace(block.cited, words=300)) for block in record.body)
    html = render_section(replace(record, body=body), BASE).value
    assert html is not None
    assert 'class="row block paragraph long"' in html.html
    assert [problem.code for problem in set_section(html, styles_of(BASE)).diagnostics] == []
