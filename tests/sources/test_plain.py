"""Plain text: what is a block."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.sources.making import assert_places_are_right, outline_of, texts

from briefpack.sources.readers.plain import read_plain

LONG = (
    "This is a sentence that goes on for so long that nobody can have wrapped it at a margin, whatever the margin was"
)
WRAPPED = """\
Migration takes place in an orderly fashion when it is undertaken in
accordance with the procedures established by the countries of origin,
transit and destination, and these procedures must be followed by all
of them.
"""


def test_a_blank_line_ends_a_block() -> None:
    assert texts("One.\n\nTwo.\n \u00a0 \nThree.") == ["One.", "Two.", "Three."]


def test_wrapped_lines_are_one_block() -> None:
    assert texts(WRAPPED + "\n" + WRAPPED) == [" ".join(WRAPPED.split())] * 2


def test_a_long_line_is_a_block_of_its_own() -> None:
    assert texts(f"Who we are\n{LONG} one.\n{LONG} two\nOur work\n{LONG} three.") == [
        "Who we are",
        f"{LONG} one.",
        f"{LONG} two",
        "Our work",
        f"{LONG} three.",
    ]


def test_a_wrapped_stretch_in_a_file_of_long_lines_stays_together() -> None:
    assert texts(f"{LONG}.\n{LONG}.\n\n{WRAPPED}")[-1] == " ".join(WRAPPED.split())


def test_long_lines_in_a_file_of_wrapped_ones_stay_apart() -> None:
    assert len(texts(f"{WRAPPED}\n{WRAPPED}\n{LONG}.\n{LONG}.\n")) == 4


def test_list_items_are_blocks_without_their_mark() -> None:
    assert outline_of("Aims:\n\n  1. One\n  2) Two\n\n\u2022 Three\n- Four\n* Five\n a) Six", "text/plain") == [
        "paragraph: Aims:",
        "item: One",
        "item: Two",
        "item: Three",
        "item: Four",
        "item: Five",
        "item: Six",
    ]


def test_wrapped_items_are_one_block_each() -> None:
    assert texts("- the first item is longer than its\n  line\n- the second\n") == [
        "the first item is longer than its line",
        "the second",
    ]


def test_a_number_that_only_begins_a_wrapped_line_is_text() -> None:
    lines = (
        "The number of municipalities that took part in it was",
        "12. That is one more than before, and not the last",
    )
    assert texts("\n".join(lines)) == [" ".join(lines)]


def test_initials_and_roman_numerals_are_no_list_marks() -> None:
    assert outline_of("J. Peraza spoke.\n\nI. Introduction", "text/plain") == [
        "paragraph: J. Peraza spoke.",
        "paragraph: I. Introduction",
    ]


def test_a_mark_alone_is_no_block() -> None:
    assert texts(f"-\nWho we are\n{LONG}.\n-\nOur work\n") == ["Who we are", f"{LONG}.", "Our work"]


def test_line_ends_of_all_systems_are_line_ends() -> None:
    assert texts("One.\r\n\r\nTwo.\r\rThree.\n\nFour.") == ["One.", "Two.", "Three.", "Four."]


def test_places_are_right_with_line_ends_of_two_characters() -> None:
    characters = "Título\r\n\r\n  \u2022 uno\r\n  \u2022 dos\u00a0 \r\n"
    blocks = read_plain(characters)
    assert [characters[b.pieces[0].start : b.pieces[0].end] for b in blocks] == ["Título", "uno", "dos"]


@given(st.text(st.sampled_from("ab.-1)\u2022 \u00a0\n\r\t\u2028\u00ad\ufffc"), max_size=60))
def test_whatever_the_text_places_are_right_and_no_word_is_lost(characters: str) -> None:
    blocks = read_plain(characters)
    assert_places_are_right(characters, blocks)
    found = "".join(piece.text for block in blocks for piece in block.pieces)
    assert found.count("a") >= characters.count("a") - characters.count("a)") - characters.count("a.")
