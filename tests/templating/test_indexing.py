"""The index as it is printed: ranges of pages, each a link, and nothing that leads nowhere."""

from __future__ import annotations

from briefpack.products.model import IndexEntry
from briefpack.templating.indexing import MOST_RANGES, IndexLine, index_lines


def line(pages: dict[str, int], main: tuple[str, ...] = ()) -> IndexLine:
    entry = IndexEntry("Term", "T", targets=tuple(pages), main=main)
    ((_, (found,)),) = index_lines([entry], {f"#{anchor}": str(page) for anchor, page in pages.items()})
    return found


def said(pages: list[int]) -> list[str]:
    return [each.label for each in line({f"s{n}": page for n, page in enumerate(pages)}).pages]


def test_pages_that_follow_each_other_are_a_range() -> None:
    assert said([4, 6, 7, 8, 8, 20]) == ["4", "6–8", "20"]


def test_a_range_leads_to_the_first_statement_on_its_first_page() -> None:
    assert [each.href for each in line({"later": 7, "first": 6, "second": 6}).pages] == ["#first"]


def test_the_page_of_a_definition_stays_alone_and_leads_there() -> None:
    found = line({"a": 6, "b": 7, "own": 7, "c": 8}, main=("own",))
    assert [(each.label, each.href, each.is_main) for each in found.pages] == [
        ("6", "#a", False),
        ("7", "#own", True),
        ("8", "#c", False),
    ]


def test_where_there_are_too_many_ranges_the_first_stand_for_all_and_it_is_said() -> None:
    found = line({f"s{n}": 2 * n for n in range(1, 200)})
    assert ([each.label for each in found.pages], found.is_scattered) == (["2", "4", "6"], True)


def test_of_too_many_ranges_those_remain_where_the_term_is_defined() -> None:
    pages = {f"s{n}": 2 * n for n in range(1, 200)}
    assert [each.label for each in line(pages, main=("s4", "s9")).pages] == ["8", "18"]
    assert len(line(pages, main=tuple(pages)).pages) == MOST_RANGES


def test_a_statement_that_is_not_printed_has_no_page_and_an_entry_without_pages_no_line() -> None:
    entries = [
        IndexEntry("IOM", "I", see=("Organization",)),
        IndexEntry("Organization", "O", targets=("gone",)),
        IndexEntry("Place", "P", targets=("here", "gone")),
    ]
    assert [initial for initial, _ in index_lines(entries, {"#here": "3"})] == ["P"]


def test_an_abbreviation_stands_among_the_entries() -> None:
    entries = [IndexEntry("IOM", "I", see=("Organization",)), IndexEntry("Organization", "O", targets=("here",))]
    assert [
        (initial, [found.entry.term for found in lines]) for initial, lines in index_lines(entries, {"#here": "3"})
    ] == [("I", ["IOM"]), ("O", ["Organization"])]
