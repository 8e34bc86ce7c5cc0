"""Where a quotation stands, and where it does not although its characters occur."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.sources.index import Span, TextIndex, is_edge
from briefpack.sources.normalise import normalise


def found(quote: str, *texts: str) -> list[tuple[Span, ...]]:
    index = TextIndex(texts)
    return [index.spans(*place) for place in index.find_all(normalise(quote))]


def test_a_quotation_is_found_in_its_block() -> None:
    assert found("received 1,058", "Before.", "San Miguel received 1,058 returnees") == [(Span(1, 11, 25),)]


def test_all_places_are_found_up_to_the_limit() -> None:
    index = TextIndex(["no no no", "no"])
    assert index.find_all("no") == [(0, 2), (3, 5), (6, 8), (9, 11)]
    assert index.find_all("no", limit=2) == [(0, 2), (3, 5)]
    assert index.find_all("no", start=4) == [(6, 8), (9, 11)]


def test_a_quotation_may_run_over_the_end_of_a_block() -> None:
    assert found("one. Two", "Number one.", "Two more") == [(Span(0, 7, 11), Span(1, 0, 3))]


def test_blocks_without_text_do_not_part_a_quotation() -> None:
    assert found("one two", "one", "\u00ad", "two") == [(Span(0, 0, 3), Span(2, 0, 3))]


def test_typography_makes_no_difference_and_the_range_is_that_of_the_text() -> None:
    (spans,) = found('the "office" - here', "In the \u201co\ufb03ce\u201d\u00a0\u2014 here")
    assert spans == (Span(0, 3, len("In the \u201co\ufb03ce\u201d\u00a0\u2014 here")),)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("1,05", "received 1,058 returnees"),
        ("058", "received 1,058 returnees"),
        ("1", "received 1,058 returnees"),
        ("2.1", "about 2.15 per cent"),
        ("15", "about 2.15 per cent"),
        ("migrant", "the migrants came"),
        ("migration", "immigration"),
        ("José", "Joséphine"),
        ("Jose", "José"),
        ("name", "snake_name"),
    ],
)
def test_a_quotation_does_not_begin_or_end_inside_a_word_or_a_number(quote: str, text: str) -> None:
    assert found(quote, text) == []


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("1,058", "received 1,058, more than"),
        ("2.15", "about 2.15."),
        ("country", "each country's level"),
        ("launch", "a re-launch process"),
        ("60%", "by 60% according"),
        ("移民", "国际移民组织"),
        (", and", "one, and two"),
    ],
)
def test_a_quotation_ends_at_the_edge_of_a_word(quote: str, text: str) -> None:
    assert len(found(quote, text)) == 1


def test_a_later_place_is_found_where_an_earlier_one_is_inside_a_word() -> None:
    assert found("art", "artful art") == [(Span(0, 7, 10),)]


def test_nothing_is_found_across_withheld_text_nor_the_mark_itself() -> None:
    assert found("a b", "a \ufffc b") == []
    assert found("\ufffc", "a \ufffc b") == []


def test_nothing_is_found_for_an_empty_quotation_or_in_no_text() -> None:
    assert found("", "a") == []
    assert found("a") == []
    assert list(TextIndex([]).blocks_of(0, 0)) == []


def test_places_name_the_blocks_they_touch() -> None:
    index = TextIndex(["one", "", "two", "three"])
    assert [list(index.blocks_of(*index.find_all(quote)[0])) for quote in ("one", "one two", "two three")] == [
        [0],
        [0, 1, 2],
        [2, 3],
    ]
    assert [index.start_of(block) for block in range(5)] == [0, 4, 4, 8, len(index.text)]


words = st.lists(
    st.sampled_from(["a", "b1", "más", "o\ufb03ce", "co\u00adop", "\u201cx\u201d", "1,058", "\u00a0"]), max_size=6
)


@given(st.lists(words.map(" ".join), max_size=5), st.data())
def test_every_run_of_words_is_found_where_it_was_taken_from(texts: list[str], data: st.DataObject) -> None:
    index = TextIndex(texts)
    every = index.text.split()
    if not every:
        return
    start = data.draw(st.integers(0, len(every) - 1))
    end = data.draw(st.integers(start + 1, len(every)))
    quote = " ".join(every[start:end])
    places = index.find_all(quote)
    assert len(" ".join(every[:start])) + (start > 0) in [place[0] for place in places]
    for place in places:
        parts = [normalise(index.texts[span.block][span.start : span.end]) for span in index.spans(*place)]
        assert " ".join(parts) == quote


@given(st.text(max_size=20), st.integers(-1, 21))
def test_the_ends_of_a_text_are_edges(text: str, at: int) -> None:
    assert is_edge(text, 0)
    assert is_edge(text, len(text))
    assert is_edge(text, at) in (True, False)
