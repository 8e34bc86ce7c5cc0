"""Summaries: every statement, card and problem at the place where it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.summaries.making import summary

from briefpack.diagnostics import Findings, Location
from briefpack.summaries.load import load_content
from briefpack.summaries.model import Statement, Summary
from briefpack.summaries.summary import review_digest
from briefpack.world import World

HEAD = "---\nsource:\n  file: a.txt\n  language: en\n"
POINTS = "points:\n  - One. [@a]\n  - Two. [@a]\n"
WHOLE = HEAD + "evidence:\n  a: >-\n    words\nheadline: Head. [@a]\n" + POINTS + "---\n"


def read(folder: Path, text: str) -> Summary:
    built, problems = summary(folder, text)
    assert problems == []
    assert built is not None
    return built


def word_at(text: str, place: Location) -> str:
    return text.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1]


def test_a_summary_is_read_with_addresses_kinds_and_ordinals(tmp_path: Path) -> None:
    text = WHOLE.replace(
        "  - Two. [@a]\n", "  - id: two\n    text: Two. [@a]\nlead: Lead. [@a]\nanalysis:\n  - We think.\n"
    )
    built = read(tmp_path, text + "# Title\n\nBody. [@a]\n\n::: analysis\nOurs.\n:::\n")

    assert [(s.address, s.kind, s.ordinal, s.desk, s.needs_citation) for s in built.statements()] == [
        ("work/headline", "headline", 0, False, True),
        ("work/lead", "lead", 1, False, True),
        ("work/points/1", "point", 1, False, True),
        ("work/points/two", "point", 2, False, True),
        ("work/body/1", "text", 0, False, False),
        ("work/body/2", "text", 1, False, True),
        ("work/body/3", "text", 2, True, False),
        ("work/analysis/1", "analysis", 1, True, False),
    ]
    assert (built.short, built.cards["a"].fragments) == ("Work", ("words",))


def test_cards_know_the_place_of_each_fragment(tmp_path: Path) -> None:
    card = "evidence:\n  a:\n    quote:\n      - >-\n        first é\n        part\n      - second\n    note: Why.\n"
    built = read(tmp_path, WHOLE.replace("evidence:\n  a: >-\n    words\n", card))

    assert built.cards["a"].fragments == ("first é part", "second")
    assert [str(span.location) for span in built.cards["a"].spans] == ["work.md:9:9", "work.md:11:9"]
    assert (built.cards["a"].words, str(built.cards["a"].location)) == (4, "work.md:9:9")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  - Two. [@a]\n", "", ["9:1 too-few"]),
        ("  - Two. [@a]\n", "  - Two. [@a]\n" * 7, ["9:1 too-many"]),
        ("  - Two. [@a]\n", "  - id: x\n", ["11:5 key-missing"]),
        ("points:\n", "lead:\n  - A. [@a]\n  - B. [@a]\n  - C. [@a]\npoints:\n", ["9:1 too-many"]),
        ("  - One. [@a]\n", "  - id: b\n    text: One. [@a]\n  - id: b\n    text: x\n", ["12:9 id-duplicate"]),
        ("  - One. [@a]\n", "  - id: 2\n    text: One. [@a]\n", ["12:5 id-duplicate"]),
        ("  - One. [@a]\n", "  - ''\n", ["10:6 value-invalid"]),
        ("  - One. [@a]\n", "  - '[@a]'\n", ["10:6 value-invalid"]),
        ("  - One. [@a]\n", "  - text: One. [@a]\n    cite: [a]\n", ["11:5 citation-twice"]),
        ("    words\n", "\n", ["6:6 quote-empty"]),
        ("    words\n", "    " + "word " * 61 + "\n", ["7:5 quote-long"]),
        ("    words\n", "    " + "word " * 121 + "\n", ["7:5 quote-too-long"]),
        (
            "points:\n",
            "statistics:\n  - id: s\n    measure: m\n    value: 1\n    cite: a\n    chart: pie x\npoints:\n",
            ["14:12 value-invalid"],
        ),
        (
            "points:\n",
            "statistics:\n  - id: s\n    measure: m\n    value: 1\n    cite: [a, b_c]\npoints:\n",
            ["13:15 value-invalid", "13:15 citation-malformed"],
        ),
    ],
)
def test_each_problem_stands_at_its_word(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    assert WHOLE.count(old) == 1
    _, problems = summary(tmp_path, WHOLE.replace(old, new))

    assert problems == expected


def test_a_review_holds_until_anything_but_itself_changes(tmp_path: Path) -> None:
    reviewed = WHOLE.replace("headline:", "reviewed:\n  by: Ana\n  on: 2019\n\n  of: {}\nheadline:")
    text = reviewed.format(review_digest(reviewed)[:12])
    review = read(tmp_path, text).review
    changed = read(tmp_path, text + "More. [@a]\n").review
    in_body = read(tmp_path, text + "reviewed: no. [@a]\n").review

    assert [mark.current for mark in (review, changed, in_body) if mark] == [True, False, False]


def test_a_review_digest_of_few_digits_proves_nothing(tmp_path: Path) -> None:
    reviewed = WHOLE.replace("headline:", "reviewed:\n  by: Ana\n  on: 2019\n  of: {}\nheadline:")
    mark = read(tmp_path, reviewed.format(review_digest(reviewed)[:7])).review

    assert mark is not None
    assert not mark.current


WORDS = st.lists(
    st.sampled_from(["uno", "año", "🙂", "(14/11)", "1,058", "«x»", "[@a]", "[@a; @other/b]", "e"]),
    min_size=1,
    max_size=14,
)


def places(words: list[str], statement: Statement, text: str) -> list[str]:
    found, offset = [], 0
    for word in (word for word in words if not word.startswith("[@")):
        start = statement.text.index(word, offset)
        offset = start + len(word)
        found.append(word_at(text, statement.part(start, offset)))
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(WORDS.filter(lambda words: not all(w.startswith("[@") for w in words)), st.integers(1, 5), st.booleans())
def test_every_word_of_a_statement_is_found_where_it_was_written(
    tmp_path: Path, words: list[str], width: int, in_body: bool
) -> None:
    lines = [" ".join(words[i : i + width]) for i in range(0, len(words), width)]
    if in_body:
        text = WHOLE + "x" + "\n".join(lines) + "\n"
        built, _ = summary(tmp_path, text)
        statement = built.body[0].statement if built else None
        words = ["x", *words]
    else:
        text = WHOLE.replace("Head. [@a]", ">-\n" + "".join(f"  {line}\n" for line in lines).rstrip("\n"))
        built, _ = summary(tmp_path, text)
        statement = built.headline if built else None
    assert statement is not None

    expected = [word for word in words if not word.startswith("[@")]
    assert places(words, statement, text) == expected


def test_a_part_beyond_the_end_is_the_end(tmp_path: Path) -> None:
    built = read(tmp_path, WHOLE)

    assert word_at(WHOLE, built.headline.part(0, 99)) == "Head."
    assert built.headline.part(99, 100) == built.headline.location


def test_what_cannot_be_read_is_named_and_the_rest_is_read(tiny: Path) -> None:
    (tiny / "content/summaries/sea.md").write_text("no front matter", encoding="utf-8")
    (tiny / "content/summaries/bad_name.md").write_text("", encoding="utf-8")
    (tiny / "content/summaries/river.es.md").write_text("", encoding="utf-8")
    (tiny / "content/summaries/v1.2.md").write_text("", encoding="utf-8")
    (tiny / "content/overview.md").unlink()
    (tiny / "content/overview.md").symlink_to("/etc/hosts")

    checked = load_content(World(tiny))

    assert [found.id for found in checked.value.content.summaries] == ["harbour", "river"]
    assert checked.value.unusable == {"sea", "bad_name", "v1.2"}
    assert checked.value.content.overview is None
    assert sorted(f"{d.location} {d.code}" for d in checked.diagnostics) == [
        "content/overview.md file-outside-pack",
        "content/summaries/bad_name.md name-invalid",
        "content/summaries/river.es.md file-empty",
        "content/summaries/sea.md:1:1 front-matter-missing",
        "content/summaries/v1.2.md name-invalid",
    ]


def test_windows_line_ends_and_byte_order_marks_change_nothing(tmp_path: Path) -> None:
    plain = read(tmp_path, WHOLE)
    (tmp_path / "work.md").write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    from briefpack.summaries.load import load_document
    from briefpack.summaries.summary import build_summary

    findings = Findings()
    document = load_document(World(tmp_path), "work.md", findings)
    assert document is not None
    built = build_summary(document, findings)
    assert built is not None

    assert (findings.items, built.headline) == ([], plain.headline)
