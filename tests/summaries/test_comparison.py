"""Comparisons: a cell for each source, silence and doubt in words, cautions at their cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.summaries.making import comparison

TEXT = """---
title: Two views
question: What?
sources: [one, two]
criteria:
  - id: lost
    title: What was lost?
    cells:
      one: Much. [@a]
      two: not addressed
    differ: [one, two]
    reading: They differ.
cautions:
  - at: lost/two
    text: Mind this.
---
Body. [@one/a]
"""


def test_a_comparison_is_read(tmp_path: Path) -> None:
    sheet, problems = comparison(tmp_path, TEXT)
    assert (problems, sheet is not None) == ([], True)
    assert sheet is not None

    assert [(cell.source, cell.kind) for cell in sheet.criteria[0].cells] == [("one", "statement"), ("two", "silent")]
    assert [(s.address, s.kind, s.desk) for s in sheet.statements()] == [
        ("comparisons/work/criteria/1/cells/one", "cell", False),
        ("comparisons/work/criteria/1/reading", "reading", True),
        ("comparisons/work/cautions/1", "caution", True),
        ("comparisons/work/body/1", "text", False),
    ]
    assert [pointer.address for s in sheet.statements() for pointer in s.pointers] == ["one/a", "one/a"]
    assert (sheet.cautions[0].criterion, sheet.cautions[0].source) == ("lost", "two")
    assert [str(place) for place in sheet.source_places] == ["work.md:4:11", "work.md:4:16"]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("two: unclear: it may mean both", "it may mean both"),
        ("two:\n        unclear: it may mean both", "it may mean both"),
        ("two: >-\n        unclear: it may\n        mean both", "it may mean both"),
        ("two: 'unclear: it is: both'", "it is: both"),
    ],
)
def test_doubt_gives_its_reason_on_one_line_or_more(tmp_path: Path, cell: str, why: str) -> None:
    sheet, problems = comparison(tmp_path, TEXT.replace("two: not addressed", cell))
    assert (problems, sheet is not None) == ([], True)
    assert sheet is not None

    assert [(c.kind, c.why) for c in sheet.criteria[0].cells if c.source == "two"] == [("unclear", why)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("      two: not addressed\n", "", ["8:5 cell-missing"]),
        ("      two: not addressed\n", "      two: not addressed\n      six: x\n", ["11:7 cell-unknown"]),
        ("      two: not addressed\n", "      two: unclear: it is: both\n", ["10:12 yaml-needs-block"]),
        ("      two: not addressed\n", "      two: unclear:\n", ["10:12 yaml-needs-block"]),
        ("    differ: [one, two]\n", "    differ: [one, six]\n", ["11:19 reference-unknown"]),
        ("lost/two", "lust/two", ["14:9 reference-unknown"]),
        ("lost/two", "lost/six", ["14:9 reference-unknown"]),
        ("[one, two]\ncriteria", "[one, one, two]\ncriteria", ["4:16 id-duplicate"]),
        ("question:", "kind: figures\nquestion:", ["6:1 key-misplaced", "1:1 key-missing"]),
        ("question:", "measures: [m]\nquestion:", ["3:1 key-misplaced"]),
        ("sources: [one, two]", "sources: [one]", ["4:10 value-invalid"]),
        ("Body. [@one/a]", "Body. [@a]", ["17:8 citation-malformed"]),
    ],
)
def test_each_problem_stands_at_its_word(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    assert TEXT.count(old) == 1
    _, problems = comparison(tmp_path, TEXT.replace(old, new))

    assert problems == expected
