"""Markdown: what is text, what is a mark, and where the text stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.sources.making import assert_places_are_right, outline_of, texts

from briefpack.sources.readers import READERS

MEDIA = "text/markdown"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("# One #\n\n### Three", ["heading 1: One", "heading 3: Three"]),
        ("## **2. Regular Migration**", ["heading 2: 2. Regular Migration"]),
        ("Title\n=====\n\nBelow\n-----\ntext", ["heading 1: Title", "heading 2: Below", "paragraph: text"]),
        ("#hashtag", ["paragraph: #hashtag"]),
        ("- one\n- two\n\n  more", ["item: one", "item: two", "paragraph: more"]),
        ("- » **Guarantee.**\n- » Ensure", ["item: Guarantee.", "item: Ensure"]),
        ("1. one\n2. two\n- [x] done", ["item: one", "item: two", "item: done"]),
        ("> quoted\n> text\n\nafter", ["paragraph: quoted text", "paragraph: after"]),
        ("a\n\n---\n\n* * *\n\nb", ["paragraph: a", "paragraph: b"]),
        ("```py\nx = *p\n\ny\n```\nafter", ["paragraph: x = *p y", "paragraph: after"]),
        ("| a | b |\n|---|:-:|\n| 1 | **2** |\n\nx", ["row: a | b", "row: 1 | 2", "paragraph: x"]),
        ("a|b\n-|-\n c \\| d|\n", ["row: a | b", "row: c | d"]),
        ("in the year\n2017. Then", ["paragraph: in the year 2017. Then"]),
        ("---\ntitle: x\n---\nText", ["paragraph: Text"]),
        ("[a]: http://x\n\nSee [a] and [the b][a].", ["paragraph: See a and the b."]),
        ("Said.[^1]\n\n[^1]: The note.", ["paragraph: Said.", "paragraph: The note."]),
        ("<!-- no\nthis --> yes\n\n<script>\nx\n</script>\nb", ["paragraph: yes", "paragraph: b"]),
        ("International  \nOrganization\\\nfor", ["paragraph: International Organization for"]),
    ],
)
def test_blocks(written: str, found: list[str]) -> None:
    assert outline_of(written, MEDIA) == found


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (
            "**bold** and *it* and __b__ and _i_ and ***both*** and ~~gone~~",
            "bold and it and b and i and both and gone",
        ),
        ("snake_case_name and 5 * 3 * 2 and a*b*c", "snake_case_name and 5 * 3 * 2 and abc"),
        ("**not closed and _this neither", "**not closed and _this neither"),
        ("**a *b* c**", "a b c"),
        ("`code *stays*` and ``a ` b``", "code *stays* and a ` b"),
        ("`open", "`open"),
        ('[text](http://x/a_b_c "title") ![alt](y.png) [no] (x)', "text alt [no] (x)"),
        ("[a](b(c)d) and [nested [x](y)](z)", "a and nested x"),
        ("<b>I. Introduction</b>\t2", "I. Introduction 2"),
        ("a &amp; b &eacute; &copy &#8364; &nope;", "a & b é &copy € &nope;"),
        ("\\*not\\* \\_em\\_ \\\\", "*not* _em_ \\"),
        ("<https://iom.int> <a@b.org> a < b > c", "https://iom.int a@b.org a < b > c"),
        ("line<br>break<br/>twice", "line break twice"),
        ("a <!-- gone --> b", "a b"),
    ],
)
def test_marks_are_dropped_only_where_they_are_marks(written: str, printed: str) -> None:
    assert texts(written, MEDIA) == [printed]


def test_one_entry_a_line_is_one_block_each_in_a_table_of_contents() -> None:
    long = "Theme 1. " + "Human Rights of Migrants " * 5
    written = (
        f"<b>I. Introduction</b>\t2\n<b>{long}</b> and\t4\n1. Orderly\t4\n2. Safe\t5\n<b>{long}</b>\t8\n<b>End</b>\t9"
    )
    assert [line.split(":")[0] for line in outline_of(written, MEDIA)] == [
        "paragraph",
        "paragraph",
        "item",
        "item",
        "paragraph",
        "paragraph",
    ]


def test_an_entity_is_one_indivisible_piece() -> None:
    (block,) = READERS[MEDIA]("a &amp; b")
    assert [(piece.text, piece.start, piece.end) for piece in block.pieces] == [("a ", 0, 2), ("&", 2, 7), (" b", 7, 9)]


MARKS = st.sampled_from(
    [
        "a",
        "b1",
        " ",
        "  \n",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "`",
        "[",
        "](u)",
        "]",
        "!",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "&amp;",
        "\\",
        "- ",
        "1. ",
        "# ",
        "> ",
        "| ",
        "|-|-|\n",
        "~~",
        "```",
        "---\n",
        "\r\n",
        "\u00e9",
        "[^1]",
        "<script>",
        "<br\n>",
    ]
)


@given(st.lists(MARKS, max_size=30).map("".join))
@example("<!--\n\n--> a")
@example("a <br\n> b")
def test_whatever_the_text_places_are_right(characters: str) -> None:
    assert_places_are_right(characters, READERS[MEDIA](characters))


@given(st.lists(st.sampled_from(["word", "más", "1,058", "“so”", "x_y", "5 * 3", "a-b"]), min_size=1, max_size=12))
def test_text_without_marks_is_read_as_it_is(words: list[str]) -> None:
    assert texts(" ".join(words), MEDIA) == [" ".join(words)]


@pytest.mark.parametrize(
    "hostile", ["[", "[a](", "*a ", "**a*", "`", "<!--\n", "<a ", '[a](b "', "> ", "|", "\\", "~~a"]
)
def test_hostile_text_takes_no_quadratic_time(hostile: str) -> None:
    begun = time.perf_counter()
    READERS[MEDIA](hostile * 50_000)
    assert time.perf_counter() - begun < 3
