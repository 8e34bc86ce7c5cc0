"""From located values to typed models: each wrong key or value once, at its place, and nothing withheld is let go."""

from __future__ import annotations

import pytest

from briefpack.diagnostics import Findings
from briefpack.pack.validation import validate
from briefpack.pack.yaml_reader import read_yaml
from briefpack.summaries.written import SummaryWritten

HEAD = "source:\n  file: a.txt\n  language: en\n"


def read(text: str) -> tuple[SummaryWritten | None, list[str]]:
    findings = Findings()
    node = read_yaml(text, 0, len(text), "a.md", findings)
    assert node is not None
    written = validate(SummaryWritten, node, findings, {"URL": "source.url"})
    return written, [f"{d.location.line}:{d.location.column} {d.code}: {d.message}; {d.hint}" for d in findings.items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("headlin: x\n", "4:1 key-unknown: unknown key 'headlin'; did you mean 'headline'?"),
        ("points:\n  - txt: x\n    text: y\n", "5:5 key-unknown: unknown key 'txt'; did you mean 'text'?"),
        (
            "evidence:\n  one:\n    qoute: x\n    quote: y\n",
            "6:5 key-unknown: unknown key 'qoute'; did you mean 'quote'?",
        ),
        ("points:\n  - id: x\n", "5:5 key-missing: 'points.0.text' is missing; add `text:`"),
        (
            "evidence:\n  one two: x\n",
            "5:3 name-invalid: 'one two' is not a name of letters, digits and `-`; "
            "use letters and digits of any script, joined by `-`",
        ),
        (
            "points:\n  - id: a b\n    text: x\n",
            "5:9 name-invalid: points.0.id: 'a b' is not a name of letters, digits and `-`; "
            "use letters and digits of any script, joined by `-`",
        ),
        ("points: x\n", "4:9 value-invalid: points: expected a list, one item a line after `- `; "),
        (
            "points:\n  - text: x\n    brief: maybe\n",
            "6:12 value-invalid: points.0.brief: expected yes or no, not 'maybe'; ",
        ),
        (
            "actors:\n  - just a text\n",
            "5:5 value-invalid: actors.0: expected keys with values; ",
        ),
        (
            "recommendations:\n  - text: x\n    by: us\n",
            "6:9 value-invalid: recommendations.0.by: 'us' is not one of 'source' or 'desk'; ",
        ),
    ],
)
def test_each_problem_is_said_once_in_words(text: str, expected: str) -> None:
    assert read(f"{HEAD}{text}headline: x\n")[1] == [expected]


def test_what_is_wrong_is_left_out_and_the_rest_is_checked() -> None:
    written, problems = read(
        HEAD + "points:\n  - id: x\n  - good\n  - text: y\n    brief: maybe\nheadline: x\nlead: y\n"
    )
    assert written is not None

    assert [point.text for point in written.points] == ["good"]
    assert len(problems) == 2


def test_a_required_value_that_is_wrong_is_not_called_missing_too() -> None:
    _, problems = read("source:\n  file: a.txt\n  language: English\nheadline: x\n")

    assert [problem.partition(":")[2][:20] for problem in problems] == ["13 language-invalid:"]


@pytest.mark.parametrize(
    "text",
    [
        "  withhold:\n    - from: a\n      to: b\nheadline: x\n",
        "  withold:\n    - from: a\n      to: b\n      why: c\nheadline: x\n",
        "  attach: perhaps\nheadline: x\n",
        "labels:\n  - not a name\nheadline: x\n",
        "label: internal\nheadline: x\n",
        "headline:\n  text: x\n  labels:\n    - not a name\n",
    ],
)
def test_where_a_wish_to_withhold_cannot_be_read_nothing_is_used(text: str) -> None:
    written, problems = read(HEAD + text)

    assert (written, len(problems)) == (None, 1)


@pytest.mark.parametrize("line", ["labels:\n      - not a name", "label: internal"])
def test_a_statement_whose_label_cannot_be_read_is_left_out(line: str) -> None:
    written, problems = read(f"{HEAD}headline: x\npoints:\n  - open\n  - text: secret\n    {line}\n")
    assert written is not None

    assert [point.text for point in written.points] == ["open"]
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("typed", "expected"), [("yes", True), ("no", False), ("true", True), ("[donors, press]", ["donors", "press"])]
)
def test_yes_and_no_are_words(typed: str, expected: object) -> None:
    written, problems = read(f"{HEAD}headline:\n  text: x\n  brief: {typed}\n")
    assert (problems, written is not None) == ([], True)
    assert written is not None

    assert written.headline.brief == expected
