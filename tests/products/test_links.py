"""Where citations lead, and how a dossier is put in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.products.making import FILES, brief_of, dossier_of, notes_in, record_of, write_pack

from briefpack.products.dossier import plain
from briefpack.products.model import NoteRef

PACK = "content/pack.toml"
ALPHA = "content/summaries/alpha.md"
URL = "https://example.org/alpha"


def href(root: Path, text: str) -> str:
    return next(note.href for note in notes_in(brief_of(root)) if text in note.fragments[0])


def test_a_separate_product_leads_to_the_words_in_the_original(tmp_path: Path) -> None:
    assert (
        href(write_pack(tmp_path), "wages")
        == f"{URL}#:~:text=The%20masons%20of%20the%20north%20ask%20for%20better%20wages."
    )


def test_a_long_quotation_is_named_by_both_its_ends(tmp_path: Path) -> None:
    assert (
        href(write_pack(tmp_path), "41")
        == f"{URL}#:~:text=The%20council%20of%20the%20north%20built%2041%20bridges%20in%202018."
    )
    longer = (ALPHA, "bridges in 2018.\n  uncounted", "bridges in 2018. Nobody\n  uncounted")
    assert href(write_pack(tmp_path, longer), "41") == (
        f"{URL}#:~:text=The%20council%20of%20the%20north,41%20bridges%20in%202018.%20Nobody"
    )


def test_a_quotation_over_two_passages_is_named_by_both_its_ends(tmp_path: Path) -> None:
    over = (ALPHA, "  wages: The masons of the north", "  wages: in that year. The masons of the north")
    assert (
        href(write_pack(tmp_path, over), "wages")
        == f"{URL}#:~:text=in%20that%20year.%20The%20masons,north%20ask%20for%20better%20wages."
    )


def test_the_words_are_the_originals_own_and_what_means_something_is_encoded(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path,
        ("seeds/alpha.txt", "ask for better wages.", "ask – well-meaning, “all” & sundry – for wages."),
        (ALPHA, "ask for better wages.", 'ask - well-meaning, "all" & sundry'),
        ("content/comparisons/views.md", "Masons are heard.", "Masons are heard."),
    )
    assert (
        href(pack, "sundry") == f"{URL}#:~:text=The%20masons%20of%20the%20north,"
        "%E2%80%93%20well%2Dmeaning%2C%20%E2%80%9Call%E2%80%9D%20%26%20sundry"
    )


def test_a_fragment_of_the_address_is_kept(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, (ALPHA, f"  url: {URL}", f"  url: {URL}#top"))
    assert href(pack, "wages").startswith(f"{URL}#top:~:text=The%20masons")


def test_without_an_address_a_separate_product_leads_nowhere(tmp_path: Path) -> None:
    assert href(write_pack(tmp_path, (ALPHA, f"  url: {URL}\n", "")), "wages") == ""


def test_of_a_quotation_with_gaps_the_first_part_is_named(tmp_path: Path) -> None:
    gaps = "  wages:\n    quote:\n      - The masons of the north\n      - better wages.\n"
    pack = write_pack(tmp_path, (ALPHA, "  wages: The masons of the north ask for better wages.\n", gaps))
    assert href(pack, "masons") == f"{URL}#:~:text=The%20masons%20of%20the%20north"


def test_a_dossier_leads_to_its_annex(tmp_path: Path) -> None:
    links = {note.href for section in dossier_of(write_pack(tmp_path)).sections for note in notes_in(section)}
    assert links
    assert all(link.startswith("#annex-") for link in links)


@pytest.mark.parametrize("setting", ['annex = "none"', 'parts = ["briefs", "bibliography"]'])
def test_a_dossier_without_annex_leads_outside(tmp_path: Path, setting: str) -> None:
    pack = write_pack(tmp_path, (PACK, 'title = "For the public"', f'title = "For the public"\n{setting}'))
    dossier = dossier_of(pack)
    links = {note.href for section in dossier.sections for note in notes_in(section)}
    assert {link.partition("#")[0] for link in links} == {URL, ""}
    assert not any(link.startswith("#") for link in links)
    assert not any(section.anchor.startswith("annex") for section in dossier.sections)


# The order of a dossier


def anchors(root: Path, audience: str = "public") -> list[str]:
    return [section.anchor for section in dossier_of(root, audience).sections]


def test_the_house_order(tmp_path: Path) -> None:
    assert anchors(write_pack(tmp_path)) == [
        *("cover", "contents", "overview", "brief-alpha", "record-alpha", "brief-beta", "record-beta"),
        *("comparison-views", "timeline", "annex-alpha", "annex-beta", "bibliography", "index", "colophon"),
    ]


def test_an_audience_puts_the_parts_in_its_own_order(tmp_path: Path) -> None:
    setting = 'parts = ["bibliography", "annex", "timeline", "briefs"]'
    pack = write_pack(tmp_path, (PACK, 'title = "For the public"', f'title = "For the public"\n{setting}'))
    assert anchors(pack) == [
        *("cover", "contents", "bibliography", "annex-alpha", "annex-beta", "timeline"),
        *("brief-alpha", "record-alpha", "brief-beta", "record-beta"),
    ]
    bibliography = next(s for s in dossier_of(pack).sections if s.anchor == "bibliography")
    assert {entry.annex_href for entry in bibliography.references} == {"#annex-alpha", "#annex-beta"}  # type: ignore[union-attr]


def test_parts_begin_where_their_first_section_stands(tmp_path: Path) -> None:
    dossier = dossier_of(write_pack(tmp_path))
    begins = [(dossier.sections[index].anchor, part.title or part.kind) for index, part in dossier.parts]
    assert begins == [
        ("overview", "overview"),
        ("brief-alpha", "All"),
        ("timeline", "timeline"),
        ("annex-alpha", "annex"),
        ("bibliography", "bibliography"),
    ]
    contents = dossier.sections[1]
    targets = {entry.target for entry in contents.entries}  # type: ignore[union-attr]
    assert {f"#{part.anchor}" for _, part in dossier.parts} <= targets


def test_a_source_that_no_part_lists_follows_by_date(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path,
        (PACK, 'sources = ["alpha", "beta", "gamma"]', 'sources = ["gamma"]'),
        (ALPHA, "issued: 2018-05-03", "issued: ?2019"),
    )
    assert [a for a in anchors(pack, "insiders") if a.startswith("brief")] == [
        "brief-gamma",
        "brief-beta",
        "brief-alpha",
    ]


def test_a_source_or_sheet_listed_twice_is_printed_once(tmp_path: Path) -> None:
    again = '[[parts]]\ntitle = "Again"\nsources = ["alpha"]\ncomparisons = ["views"]\n\n[audiences.insiders]'
    listed = anchors(write_pack(tmp_path, (PACK, "[audiences.insiders]", again)))
    assert len(listed) == len(set(listed))


def test_an_audience_without_records_has_none(tmp_path: Path) -> None:
    setting = 'products = ["brief", "dossier"]'
    pack = write_pack(tmp_path, (PACK, 'title = "For the public"', f'title = "For the public"\n{setting}'))
    assert not any(anchor.startswith("record") for anchor in anchors(pack))


def test_the_record_goes_on_counting_where_the_brief_ends(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, (ALPHA, "    text: Ask the masons.\n", "    text: Ask the masons.\n    brief: yes\n"))
    assert brief_of(pack, audience="insiders").recommendations[0].cited.place.ordinal == 1
    record = record_of(dossier_of(pack, "insiders"))
    assert record.recommendations[0].cited.place.ordinal == 2
    assert record.figures[0].cited.place.ordinal == 2
    assert FILES[ALPHA].count("measure:") == 2


def test_a_title_in_the_contents_has_no_marks() -> None:
    assert plain(("**Bold** and snake\\_case, \\*so\\*", NoteRef(1), " `code`")) == "Bold and snake_case, *so* code"
