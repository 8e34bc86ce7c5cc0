"""A document becomes a source, and its words become cards."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.running import Desk
from tests.sources.making import source_of

from briefpack.citations.search import card_name, find_words

REPORT = "Annual report: 2020\n\nWe helped 1,200 people in 3 towns.\n\nIt cost a lot: too much.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "Annual report_2020.txt"
    file.write_text(REPORT)
    return file


def test_adding_copies_numbers_and_writes_a_skeleton(desk: Desk, report: Path) -> None:
    ran = desk.run("add", report)

    assert ran.code == 0
    assert (desk.folder / "seeds" / report.name).read_text() == REPORT
    assert "  ¶ 2   We helped 1,200 people in 3 towns.\n" in ran.out
    assert "briefpack quote annual-report-2020 SOME WORDS" in ran.out


def test_the_skeleton_lacks_only_what_its_author_must_write(desk: Desk, report: Path) -> None:
    desk.run("add", report)

    checked = desk.run("check").out

    assert checked.count(" error: ") == checked.count("error: the statement is empty") == 3
    assert "warning" not in checked


def test_adding_the_same_file_again_changes_nothing(desk: Desk, report: Path) -> None:
    desk.run("add", report)
    summary = desk.folder / "content" / "summaries" / "annual-report-2020.md"
    summary.write_text("mine")

    ran = desk.run("add", report)

    assert ran.code == 0
    assert "is there already, with the same content" in ran.out
    assert summary.read_text() == "mine"


def test_another_file_of_the_same_name_is_refused(desk: Desk, report: Path) -> None:
    desk.run("add", report)
    report.write_text("Something else.\n")

    ran = desk.run("add", report)

    assert ran.code == 2
    assert "is there already, with other content" in ran.err
    assert (desk.folder / "seeds" / report.name).read_text() == REPORT


def test_the_same_content_under_another_name_is_not_copied(desk: Desk) -> None:
    other = desk.folder.parent / "other.txt"
    other.write_bytes((desk.folder / "seeds" / "river.txt").read_bytes())

    ran = desk.run("add", other)

    assert "seeds/river.txt has the same content" in ran.out
    assert not (desk.folder / "seeds" / "other.txt").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xyz", b"text", "no reader knows this kind of file"),
        ("a.txt", b"  \n", "holds no text"),
        (".hidden.txt", b"text", "is a hidden file"),
        ("missing.txt", None, "no file"),
    ],
)
def test_what_cannot_be_a_source_is_refused_before_anything_is_copied(
    name: str, content: bytes | None, said: str, desk: Desk
) -> None:
    file = desk.folder.parent / name
    if content is not None:
        file.write_bytes(content)

    ran = desk.run("add", file)

    assert ran.code == 2
    assert said in ran.err
    assert not (desk.folder / "seeds" / name).exists()


def test_a_card_goes_from_quote_into_the_summary_and_is_verified(desk: Desk, report: Path) -> None:
    desk.run("add", report)
    card = desk.run("quote", "annual-report-2020", "helped", "people").out
    assert card == "evidence:\n  helped-people: >-\n    We helped 1,200 people in 3 towns\n"

    path = "content/summaries/annual-report-2020.md"
    desk.write(path, (desk.folder / path).read_text().split("# What you rely on")[0] + card + FILLED)

    assert "all verified" in desk.run("check").out


FILLED = """\
headline: They helped 1,200 people. [@helped-people]
points:
  - It was 1,200 people. [@helped-people]
  - It was in 3 towns. [@helped-people]
---
"""


def test_words_are_found_in_any_order_without_accents_and_misspelt(desk: Desk) -> None:
    out = desk.run("quote", "river", "perez", "mayr", "said").out

    assert "mayor, Ana Pérez" in out


def test_a_source_may_be_named_by_how_its_id_begins(desk: Desk) -> None:
    assert desk.run("quote", "riv", "lower bridge nine").code == 0


def test_an_unknown_source_is_refused_with_those_that_are_known(desk: Desk) -> None:
    ran = desk.run("quote", "rivers", "bridge")

    assert ran.code == 2
    assert "did you mean 'river'?" in ran.err


def test_words_that_are_nowhere_are_refused(desk: Desk) -> None:
    ran = desk.run("quote", "river", "qqqq", "zzzz")

    assert (ran.code, ran.out) == (2, "")


def test_withheld_words_are_not_found(desk: Desk) -> None:
    assert "555" not in desk.run("quote", "river", "questions", "call", "555").said.replace("quote river", "")


def test_a_quotation_that_occurs_twice_gets_the_words_before_it() -> None:
    source = source_of("The north took 3 people in.\n\nThe south took 3 people in.\n")

    hits = find_words(source, "took 3 people in")

    assert [(hit.passage, hit.prefix) for hit in hits] == [(1, "north"), (2, "south")]


def test_a_quotation_at_the_beginning_gets_the_words_after_it() -> None:
    source = source_of("We took 3 people north.\n\nThen we met. We took 3 people south.\n")

    assert find_words(source, "We took 3 people")[0].suffix == "north."


def test_a_quotation_over_two_passages_is_found() -> None:
    source = source_of("- one is here\n\n- two is there\n")

    hit = find_words(source, "is here - two is")[0] if find_words(source, "is here - two is") else None

    assert hit is not None


def test_several_places_are_listed_and_one_can_be_chosen(desk: Desk) -> None:
    listed = desk.run("quote", "river", "bridge")
    chosen = desk.run("quote", "river", "bridge", "--passage", "5")

    assert "--passage takes another" in listed.err
    assert "Repairs to the bridge" in chosen.out


@pytest.mark.parametrize(
    ("words", "name"), [("9,000 Salvadoran families", "9000-salvadoran-families"), ("of it", "of-it"), ("—", "card")]
)
def test_a_name_is_proposed_from_the_words(words: str, name: str) -> None:
    assert card_name(words, ()) == name


def test_a_name_that_is_taken_is_not_proposed() -> None:
    assert card_name("lower bridge", ["lower-bridge", "lower-bridge-2"]) == "lower-bridge-3"
