"""Problems as values: named, placed, sorted, and said once."""

from __future__ import annotations

import re

from briefpack.diagnostics import CODES, BriefpackError, Code, Diagnostic, Findings, Location, Severity, in_order


def test_codes_are_kebab_case_and_their_own() -> None:
    assert [name for name in CODES if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", name)] == []
    assert len(CODES) == len(Code)
    assert {name: str(code) for name, code in CODES.items()} == {name: name for name in CODES}


def test_severity_belongs_to_the_code() -> None:
    place = Location("a.md")

    assert Diagnostic(Code.QUOTE_NOT_FOUND, "x", place).is_error
    assert not Diagnostic(Code.QUOTE_LONG, "x", place).is_error
    assert Diagnostic(Code.REVIEW_STALE, "x", place).severity is Severity.NOTICE


def test_a_place_says_as_much_as_is_known() -> None:
    assert [str(Location("a.md")), str(Location("a.md", 3)), str(Location("a.md", 3, 7, 4, 1))] == [
        "a.md",
        "a.md:3",
        "a.md:3:7",
    ]


def test_reports_list_by_place_and_say_nothing_twice() -> None:
    late = Diagnostic(Code.QUOTE_LONG, "late", Location("b.md", 1, 1))
    early = Diagnostic(Code.QUOTE_LONG, "early", Location("a.md", 10, 1))
    earlier = Diagnostic(Code.QUOTE_LONG, "earlier", Location("a.md", 9, 1))

    assert in_order([late, early, late, earlier, early]) == (earlier, early, late)


def test_findings_grow_and_an_error_carries_them() -> None:
    findings = Findings()
    findings.report(Code.FILE_MISSING, "no file 'x'", Location("x"), "add it", "subject", ("line",))
    findings.extend([findings.items[0]])

    error = BriefpackError(*findings.items, exit_code=3)

    assert (str(error), error.exit_code) == ("x: no file 'x'; x: no file 'x'", 3)
    assert findings.items[0] == Diagnostic(
        Code.FILE_MISSING, "no file 'x'", Location("x"), "add it", "subject", ("line",)
    )
