"""Names that point at something, and claims that a source says nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.citations.making import check, said

Edit = Callable[[str, str, str], Path]
RIVER, HARBOUR, FLOOD = "content/summaries/river.md", "content/summaries/harbour.md", "content/comparisons/flood.md"
OVERVIEW, PACK = "content/overview.md", "content/pack.toml"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (RIVER, "labels: [internal]", "labels: [internl]", f"{RIVER}:38:14 label-undeclared"),
        (RIVER, "headline:", "labels: [internl]\nheadline:", f"{RIVER}:23:10 label-undeclared"),
        (FLOOD, "criteria:", "labels: [internl]\ncriteria:", f"{FLOOD}:5:10 label-undeclared"),
        (
            OVERVIEW,
            "title: The flood in short",
            "title: The flood\nlabels: [internl]",
            f"{OVERVIEW}:3:10 label-undeclared",
        ),
        (RIVER, "    period: 2019\n", "    period: 2019\n    place: twon\n", f"{RIVER}:33:12 reference-unknown"),
        (RIVER, "    cite: [rise]", "    cite: [rise]\n    key: [councl]", f"{RIVER}:35:11 reference-unknown"),
        (
            RIVER,
            "    issued: 2019-05-02",
            "    issued: 2019-05-02\n  issued-from: rises",
            f"{RIVER}:12:16 reference-unknown",
        ),
        (PACK, 'annex = "cited"', 'sources = ["rivr"]', f"{PACK}:30:13 reference-unknown"),
        (
            FLOOD,
            "    title: What was lost?",
            "    title: Lost?\n    differ: [rivr, harbour]",
            f"{FLOOD}:8:14 reference-unknown",
        ),
    ],
)
def test_a_name_that_is_not_declared_is_reported_where_it_stands(
    edited: Edit, file: str, old: str, new: str, expected: str
) -> None:
    found = [line for line in said(check(edited(file, old, new)).diagnostics) if "issued-inferred" not in line]

    assert found == [expected]


@pytest.mark.parametrize(
    ("word", "passage"),
    [
        ("wall", "¶ 5"),
        ("Wall", "¶ 5"),
        ("NEW WALL", "¶ 5"),
        ("walls", None),
        ("all", None),
        ("1,058", "¶ 3"),
        ("058", None),
        ("like this since", "¶ 4"),
        ("555 0199", None),
    ],
)
def test_silence_is_doubted_where_the_words_to_look_for_occur(edited: Edit, word: str, passage: str | None) -> None:
    problems = check(edited(FLOOD, "      - insurance\n", f"      - insurance\n      - {word}\n")).diagnostics

    assert [problem.message for problem in problems] == (
        [f"'river' has {word!r} in {passage}, though the cell says `not addressed`"] if passage else []
    )


def test_a_source_that_no_part_lists_is_noticed_only_where_there_are_parts(edited: Edit) -> None:
    pack = edited(PACK, '[[parts]]\ntitle = "The flood"\nsources = ["river", "harbour"]\ncomparisons = ["flood"]\n', "")

    assert check(pack).diagnostics == ()
