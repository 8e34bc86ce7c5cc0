"""Citations in text: taken out, kept at their place, and every character still knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.diagnostics import Findings
from briefpack.pack.span import Span
from briefpack.summaries.citations import CitedText, read_citations


def read(text: str, source: str | None = "own") -> tuple[CitedText, list[str]]:
    findings = Findings()
    cited = read_citations(text, Span("a.md", text, 0, len(text)), source, findings)
    return cited, [f"{d.location.line}:{d.location.column} {d.code}" for d in findings.items]


def marks(cited: CitedText) -> list[tuple[int, list[str]]]:
    return [(marker.offset, [pointer.address for pointer in marker.pointers]) for marker in cited.markers]


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("One. [@a]", "One.", [(4, ["own/a"])]),
        ("One [@a], two. [@b; @other/c]", "One, two.", [(3, ["own/a"]), (9, ["own/b", "other/c"])]),
        ("One [@a] [@b] two", "One two", [(3, ["own/a", "own/b"])]),
        ("[@a] One", "One", [(0, ["own/a"])]),
        ("One\n[@a]\ntwo", "One\ntwo", [(3, ["own/a"])]),
        ("One [@ñandú-2;@3]", "One", [(3, ["own/ñandú-2", "own/3"])]),
        ("No citation [here] a@b.org", "No citation [here] a@b.org", []),
        ("", "", []),
    ],
)
def test_citations_leave_the_text_and_keep_their_place(
    written: str, text: str, expected: list[tuple[int, list[str]]]
) -> None:
    cited, problems = read(written)

    assert (cited.text, marks(cited), problems, cited.is_garbled) == (text, expected, [], False)
    assert "".join(written[at] for at in cited.origin) == text


@pytest.mark.parametrize(
    ("written", "source", "expected"),
    [
        ("One [@a, p. 3]", "own", ["1:6 citation-malformed"]),
        ("One [@a;]", "own", ["1:9 citation-malformed"]),
        ("One [@]", "own", ["1:6 citation-malformed"]),
        ("One [@a/b/c]", "own", ["1:6 citation-malformed"]),
        ("One [@a_b]", "own", ["1:6 citation-malformed"]),
        ("One [ @a]", "own", ["1:5 citation-malformed"]),
        ("One [see @a]", "own", ["1:5 citation-malformed"]),
        ("One [@a", "own", ["1:5 citation-malformed"]),
        ("One @a/b]", "own", ["1:5 citation-malformed"]),
        ("One @a] two [@b", "own", ["1:5 citation-malformed", "1:13 citation-malformed"]),
        ("One [@a]", None, ["1:6 citation-malformed"]),
        ("One\n [@a; @x/b; c]", "own", ["2:13 citation-malformed"]),
    ],
)
def test_what_only_looks_like_a_citation_is_refused_at_its_place(
    written: str, source: str | None, expected: list[str]
) -> None:
    cited, problems = read(written, source)

    assert (problems, cited.is_garbled) == (expected, True)


WORDS = st.lists(st.sampled_from(["un", "año", "🙂", "(14/11)", "1,058.", "[@c]", "[@a; @x/b]", "e"]), max_size=12)


@given(WORDS, st.sampled_from([" ", "\n", "  "]))
def test_every_character_knows_where_it_was_written(words: list[str], gap: str) -> None:
    written = gap.join(words)
    cited, problems = read(written)

    assert problems == []
    assert "".join(written[at] for at in cited.origin) == cited.text
    assert list(cited.origin) == sorted(set(cited.origin))
    assert all(0 <= marker.offset <= len(cited.text) for marker in cited.markers)
    assert [p.card for m in cited.markers for p in m.pointers] == [
        card for word in words for card in {"[@c]": ["c"], "[@a; @x/b]": ["a", "b"]}.get(word, [])
    ]
    assert cited.text.split() == [word for word in words if not word.startswith("[@")]
