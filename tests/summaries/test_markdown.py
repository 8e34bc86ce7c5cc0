"""Bodies: blocks with their places, the desk's own voice, and nothing that changes its shape unseen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.diagnostics import Findings
from briefpack.summaries.markdown import MarkdownBlock, read_blocks


def read(text: str, start: int = 0) -> tuple[tuple[MarkdownBlock, ...], list[str]]:
    findings = Findings()
    blocks = read_blocks(text, start, "a.md", findings)
    return blocks, [f"{d.location.line}:{d.location.column} {d.code}" for d in findings.items]


def shape(text: str) -> list[str]:
    blocks, problems = read(text)
    assert problems == []
    return [f"{b.span.location.line}:{b.span.location.column} {b.kind}{b.level or ''} {b.text}" for b in blocks]


def test_blocks_know_their_kind_level_and_place() -> None:
    text = "# One #\n\nTwo\nlines é\n- a\n  more\n  - b\n    - c\n* d\n1. e\n2) f\n\n ## Three\nend\n"

    assert shape(text) == [
        "1:3 heading1 One",
        "3:1 paragraph Two lines é",
        "5:3 item1 a more",
        "7:5 item2 b",
        "8:7 item3 c",
        "9:3 item1 d",
        "10:4 ordered1 e",
        "11:4 ordered1 f",
        "13:5 heading2 Three",
        "14:1 paragraph end",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in\n2017. The next\n", ["1:1 paragraph in 2017. The next"]),
        ("- a\n2. b\n", ["1:3 item1 a", "2:4 ordered1 b"]),
        ("2. b\n", ["1:4 ordered1 b"]),
        ("* **Bold** first\n", ["1:3 item1 **Bold** first"]),
        ("***Both*** at once\n", ["1:1 paragraph ***Both*** at once"]),
        ("--- he said\n", ["1:1 paragraph --- he said"]),
        ("a < b and c > d\n", ["1:1 paragraph a < b and c > d"]),
        ("#hash\n", ["1:1 paragraph #hash"]),
        ("one\n<!-- a note -->\ntwo\n", ["1:1 paragraph one", "3:1 paragraph two"]),
        ("<!-- a\nsecret\nnote -->\ntwo\n", ["4:1 paragraph two"]),
        ("one\n    indented but inside\n", ["1:1 paragraph one indented but inside"]),
        ("\n\n\n", []),
    ],
)
def test_text_keeps_its_shape(text: str, expected: list[str]) -> None:
    assert shape(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```\ncode",
        "~~~",
        "    code",
        "\tcode",
        "| a | b |",
        "> quoted",
        "<div>",
        "one <b>two</b>",
        "one <!-- hidden --> two",
        "<!-- hidden --> two",
        "---",
        "***",
        "- - -",
        "* * *",
        "_ _ _",
        "===",
        "![arms](arms.png)",
        "one ![arms](arms.png)",
        "[^1]: a note",
        "[one]: https://example.org",
    ],
)
@pytest.mark.parametrize("before", ["", "one\n"])
def test_what_a_citation_cannot_reach_is_refused_at_its_line(text: str, before: str) -> None:
    if before and text in ("    code", "\tcode"):
        return  # a further line of the paragraph
    _, problems = read(before + text)

    assert problems[0] == f"{2 if before else 1}:1 markdown-unsupported"


def test_a_table_without_outer_bars_is_refused() -> None:
    assert read("a | b\n--- | ---\nc | d\n")[1] == ["2:1 markdown-unsupported"]


def test_the_desk_speaks_between_its_lines_only() -> None:
    blocks, problems = read("one\n::: analysis\ntwo\n\n- three\n:::\nfour\n")

    assert problems == []
    assert [(block.text, block.desk) for block in blocks] == [
        ("one", False),
        ("two", True),
        ("three", True),
        ("four", False),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\n::: analysis\ntwo\n", ["2:1 fence-unclosed"]),
        ("one\n:::\ntwo\n", ["2:1 fence-unclosed"]),
        ("::: analysis\none\n::: analysis\ntwo\n:::\nthree\n", ["1:1 fence-unclosed"]),
        ("::: warning\none\n:::\n", ["1:1 markdown-unsupported"]),
    ],
)
def test_a_block_that_is_not_closed_is_reported_where_it_begins(text: str, expected: list[str]) -> None:
    assert read(text)[1] == expected


def test_places_count_from_the_top_of_the_file() -> None:
    text = "---\ntitle: x\n---\n## Head\n\nbody\n"
    blocks, _ = read(text, text.index("## "))

    assert [str(block.span.location) for block in blocks] == ["a.md:4:4", "a.md:6:1"]


LINES = st.lists(
    st.sampled_from(["# é", "text é", "- item", "  more", "", "1. one", "::: analysis", ":::", "<!-- x -->", "> q"]),
    max_size=15,
)


@given(LINES)
def test_every_block_stands_where_it_says(lines: list[str]) -> None:
    raw = "\n".join(lines)
    blocks, problems = read(raw)

    for block in blocks:
        assert " ".join(raw[block.span.start : block.span.end].split()) == block.text
    printed = " ".join(block.text for block in blocks).split()
    expected = [w for line in lines for w in line.split() if line in ("text é", "  more")]
    assert [word for word in printed if word in ("text", "more")] == [w for w in expected if w in ("text", "more")]
    assert ("> q" in lines) <= any("markdown-unsupported" in problem for problem in problems)
