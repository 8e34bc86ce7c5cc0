"""From a file to a source: bounds, furniture, withheld text, headings, numbers and ways back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.making import file_of, mark, problems_of, source_of, stretch, work

from briefpack.diagnostics import BriefpackError, Code
from briefpack.sources.load import load, load_source, overlaps, read_file
from briefpack.sources.model import WITHHELD, PassageKind
from briefpack.sources.normalise import normalise
from briefpack.sources.source import Source
from briefpack.world import World

FIVE = "One.\n\nTwo two.\n\nThree, and more.\n\nTwo again.\n\nFive."


def texts(source: Source) -> list[str]:
    return [passage.text for passage in source.passages]


def test_without_bounds_a_work_is_the_whole_file() -> None:
    source = source_of(FIVE)
    assert [passage.number for passage in source.passages] == [1, 2, 3, 4, 5]
    assert (source.start, source.end) == (0, len(FIVE))


def test_a_work_goes_from_the_first_place_of_one_text_to_the_first_place_of_another_after_it() -> None:
    assert texts(source_of(FIVE, work(start="Two two", end="Two"))) == ["Two two.", "Three, and more.", "Two"]


def test_a_work_may_begin_and_end_inside_a_block() -> None:
    source = source_of(FIVE, work(start="and more", end="again"))
    assert texts(source) == ["and more.", "Two again"]
    assert FIVE[source.start : source.end] == "and more.\n\nTwo again"


def test_bounds_are_compared_like_cards() -> None:
    characters = "“Start”\u00a0here\n\nmiddle\n\nthe e\u00adnd."
    assert texts(source_of(characters, work(start='"Start" here', end="the end"))) == [
        "“Start” here",
        "middle",
        "the e\u00adnd",
    ]


def test_a_range_of_one_text_may_be_written_with_that_text_twice() -> None:
    assert texts(source_of(FIVE, work(start="Five.", end="Five."))) == ["Five."]


def test_a_bound_that_does_not_occur_is_reported_with_the_nearest_words() -> None:
    (problem,) = problems_of(FIVE, work(start="Three and more", end="Five"))
    assert (problem.code, problem.location.line) == (Code.RANGE_NOT_FOUND, 4)
    assert problem.message == "“Three and more” does not occur in the file"
    assert problem.hint == "copy the words from the file; the nearest are “Three, and more.”"


def test_an_end_that_only_stands_before_the_start_is_reported() -> None:
    (problem,) = problems_of(FIVE, work(start="Two again", end="One."))
    assert (problem.location.line, problem.message) == (5, "“One.” does not occur after “Two again” in the file")


def test_furniture_is_no_passage() -> None:
    source = source_of(FIVE, work(furniture=(stretch("One.", "Two two.", "menu"),)))
    assert [(p.number, p.text) for p in source.passages] == [(1, "Three, and more."), (2, "Two again."), (3, "Five.")]
    assert [(place.start, place.end, place.why) for place in source.furniture] == [(0, 14, "menu")]


def test_furniture_inside_a_block_is_cut_out_of_it() -> None:
    assert texts(source_of("A long (page 3) sentence.", work(furniture=(stretch("(page", "3)"),)))) == [
        "A long sentence."
    ]


def test_withheld_text_keeps_the_number_of_its_passage() -> None:
    source = source_of(FIVE, work(withhold=(stretch("Three", "again", "private"),)))
    assert texts(source) == ["One.", "Two two.", WITHHELD, f"{WITHHELD}.", "Five."]
    assert [passage.withheld for passage in source.passages] == [(), (), ("private",), ("private",), ()]
    assert [passage.number for passage in source.passages] == [1, 2, 3, 4, 5]


def test_withheld_text_is_found_only_among_the_hidden() -> None:
    source = source_of("Call Ana Gómez, 2521 0500, today.", work(withhold=(stretch("Ana", "0500", "private"),)))
    assert texts(source) == [f"Call {WITHHELD}, today."]
    assert source.index.find("Ana Gómez") is None
    assert source.hidden.find("Call Ana Gómez") == (0, 14)
    assert source.index.find("today") is not None


def test_nothing_is_hidden_where_nothing_is_withheld() -> None:
    assert source_of(FIVE).hidden.texts == ()


def test_each_withheld_range_has_its_own_mark() -> None:
    source = source_of("a b c d e", work(withhold=(stretch("b", "b", "one"), stretch("d", "d", "two"))))
    assert (texts(source), source.passages[0].withheld) == ([f"a {WITHHELD} c {WITHHELD} e"], ("one", "two"))


def test_withheld_ranges_that_overlap_are_one_with_both_reasons() -> None:
    source = source_of("a b c d e", work(withhold=(stretch("b", "c", "one"), stretch("c", "d", "two"))))
    assert (texts(source), source.passages[0].withheld) == ([f"a {WITHHELD} e"], ("one; two",))


def test_a_source_is_not_made_where_a_range_to_withhold_was_not_found() -> None:
    checked = load_source(file_of(FIVE), work(withhold=(stretch("Telephone", "0500"),)))
    assert checked.value is None
    assert [problem.code for problem in checked.diagnostics] == [Code.RANGE_NOT_FOUND]


def test_a_source_is_made_where_furniture_was_not_found_and_all_problems_are_reported() -> None:
    checked = load_source(file_of(FIVE), work(furniture=(stretch("Menu", "x"),), outline=(mark("Nowhere", 1),)))
    assert checked.value is not None
    assert [problem.code for problem in checked.diagnostics] == [Code.RANGE_NOT_FOUND, Code.OUTLINE_NOT_FOUND]


def test_object_characters_of_the_original_are_not_taken_for_withheld_text(tmp_path: Path) -> None:
    source = source_of(read_file(pack(tmp_path, a_txt="Picture: \ufffc here.".encode()), "seeds/a.txt"))
    assert texts(source) == ["Picture: here."]
    assert source.to_file(1, 9, 13) == (11, 15)


def test_the_outline_makes_and_unmakes_headings() -> None:
    source = source_of(
        file_of("# Not a title\n\nTHEME 2\n\nText.\n\n## Sub\n\nMore.", "text/markdown"),
        work(outline=(mark("Not a title", 0), mark("THEME 2", 1))),
    )
    assert [(p.kind, p.level, p.headings) for p in source.passages] == [
        (PassageKind.PARAGRAPH, 0, ()),
        (PassageKind.HEADING, 1, ()),
        (PassageKind.PARAGRAPH, 0, ("THEME 2",)),
        (PassageKind.HEADING, 2, ("THEME 2",)),
        (PassageKind.PARAGRAPH, 0, ("THEME 2", "Sub")),
    ]


def test_an_outline_mark_is_looked_for_in_the_passages_and_not_in_the_furniture() -> None:
    source = source_of(
        "Contents\n\nTheme 1\n\nIntroduction.\n\nTheme 1",
        work(furniture=(stretch("Contents", "Theme 1"),), outline=(mark("Theme 1", 2),)),
    )
    assert [passage.level for passage in source.passages] == [0, 2]


def test_a_heading_ends_those_of_its_level_and_below() -> None:
    source = source_of(file_of("# A\n\n### B\n\n## C\n\nx\n\n# D\n\ny", "text/markdown"))
    assert [passage.headings for passage in source.passages] == [(), ("A",), ("A",), ("A", "C"), (), ("D",)]


def test_a_place_in_a_passage_leads_back_to_the_file() -> None:
    characters = "<p>San  Miguel&nbsp;received <b>1,058</b>\n returnees &amp; more</p>"
    source = source_of(file_of(characters, "text/html"))
    place = source.index.find(normalise("Miguel received 1,058 returnees &"))
    assert place is not None
    start, end = source.place_in_file(*place)
    assert characters[start:end] == "Miguel&nbsp;received <b>1,058</b>\n returnees &amp;"


def test_a_place_over_two_passages_leads_back_to_one_range() -> None:
    source = source_of("One of two.\r\n\r\nTwo of two.")
    place = source.index.find("two. Two")
    assert place is not None
    assert source.place_in_file(*place) == (7, 18)


def test_passages_are_numbered_from_one() -> None:
    source = source_of(FIVE)
    assert source.passage(5).text == "Five."
    for number in (0, 6):
        with pytest.raises(KeyError):
            source.passage(number)


def test_an_empty_range_has_no_place() -> None:
    with pytest.raises(ValueError, match="no range"):
        source_of(FIVE).to_file(1, 2, 2)


@given(
    st.lists(st.sampled_from(["a", "é", " ", "\u00a0", "\n", "<b>", "</b>", "&amp;", "<br>", "\u00ad"]), max_size=20),
    st.data(),
)
def test_every_printed_character_stands_where_the_map_says(parts: list[str], data: st.DataObject) -> None:
    characters = "<p>x" + "".join(parts)
    source = source_of(file_of(characters, "text/html"))
    printed = source.passages[0].text
    start = data.draw(st.integers(0, len(printed) - 1))
    begin, end = source.to_file(1, start, start + 1)
    written = characters[begin:end]
    assert printed[start] in (written, " ") or (printed[start], written) == ("&", "&amp;")
    assert printed[start] != " " or all(
        c.isspace() for c in written.replace("<br>", " ").replace("<b>", "").replace("</b>", "")
    )


def test_works_that_overlap_are_reported_at_the_later_one() -> None:
    file = file_of(FIVE)
    sources = [
        source_of(file, work(id="first", end="Three")),
        source_of(file, work(id="second", start="Three, and")),
        source_of(file, work(id="third", end="One.")),
    ]
    assert [(p.code, p.subject, p.location.line) for p in overlaps(sources)] == [
        (Code.WORKS_OVERLAP, "first", 5),
        (Code.WORKS_OVERLAP, "second", 4),
    ]


def test_works_that_only_touch_do_not_overlap() -> None:
    file = file_of(FIVE)
    assert overlaps([source_of(file, work(id="a", end="One.")), source_of(file, work(id="b", start="Two two"))]) == ()


# Reading from the pack


def pack(folder: Path, **files: bytes) -> World:
    (folder / "seeds").mkdir()
    for name, content in files.items():
        (folder / "seeds" / name.replace("_", ".")).write_bytes(content)
    return World(folder)


def test_a_file_is_read_by_its_name(tmp_path: Path) -> None:
    world = pack(tmp_path, a_md=b"# T", b_htm=b"<h1>T</h1>", c_txt=b"# T")
    files = [read_file(world, f"seeds/{name}") for name in ("a.md", "b.htm", "c.txt")]
    assert [file.media for file in files] == ["text/markdown", "text/html", "text/plain"]
    assert [file.blocks[0].kind for file in files] == ["heading", "heading", "paragraph"]
    assert sorted(world.record.reads) == ["seeds/a.md", "seeds/b.htm", "seeds/c.txt"]


def test_the_media_type_of_the_summary_overrides_the_name(tmp_path: Path) -> None:
    assert read_file(pack(tmp_path, a_txt=b"# T"), "seeds/a.txt", "text/markdown").blocks[0].level == 1


@pytest.mark.parametrize(("name", "media"), [("a.xyz", ""), ("a.txt", "text/x-unknown")])
def test_a_kind_of_file_that_no_reader_knows_is_an_error(tmp_path: Path, name: str, media: str) -> None:
    world = pack(tmp_path, a_xyz=b"x", a_txt=b"x")
    with pytest.raises(BriefpackError) as caught:
        read_file(world, f"seeds/{name}", media)
    assert caught.value.diagnostics[0].code is Code.MEDIA_UNKNOWN


@pytest.mark.parametrize("content", [b"", b" \n\n\t", "\u00a0\n".encode()])
def test_a_file_without_text_is_empty(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BriefpackError) as caught:
        read_file(pack(tmp_path, a_txt=content), "seeds/a.txt")
    assert caught.value.diagnostics[0].code is Code.FILE_EMPTY


def test_a_missing_file_is_reported_where_the_summary_names_it(tmp_path: Path) -> None:
    (problem,) = load(pack(tmp_path), work("gone.txt")).diagnostics
    assert (problem.code, str(problem.location), problem.subject) == (
        Code.FILE_MISSING,
        "content/summaries/work.md:3:3",
        "work",
    )


def test_a_bad_byte_is_reported_where_it_stands(tmp_path: Path) -> None:
    (problem,) = load(pack(tmp_path, a_txt="é\n".encode() + b"\xff"), work()).diagnostics
    assert (problem.code, str(problem.location)) == (Code.ENCODING_INVALID, "seeds/a.txt:2:1")


def test_a_rendering_is_read_instead_of_a_file_that_no_reader_knows(tmp_path: Path) -> None:
    world = pack(tmp_path, a_pdf=b"%PDF-1.7", a_txt=b"Text.")
    source = load(world, work("a.pdf", media="application/pdf", rendering="a.txt")).value
    assert source is not None
    assert (source.file.path, source.work.path, texts(source)) == ("seeds/a.txt", "seeds/a.pdf", ["Text."])


def test_the_original_must_be_there_beside_its_rendering(tmp_path: Path) -> None:
    (problem,) = load(pack(tmp_path, a_txt=b"Text."), work("a.pdf", rendering="a.txt")).diagnostics
    assert problem.code is Code.FILE_MISSING
