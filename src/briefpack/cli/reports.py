"""Diagnostics for other programs: JSON, and annotations of GitHub Actions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from briefpack.cli.diagnostics import effective
from briefpack.diagnostics import Diagnostic, Severity

VERSION = 1


def to_json(document: Mapping[str, Any]) -> str:
    """A document as JSON with a line end, characters as they are."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def diagnostic_json(diagnostic: Diagnostic, strict: bool = False) -> dict[str, Any]:
    """One problem under the keys of the report format."""
    place = diagnostic.location
    return {
        "code": diagnostic.code.public,
        "severity": effective(diagnostic, strict).value,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "subject": diagnostic.subject,
    }


def github_prefix(root: Path, environment: Mapping[str, str]) -> str:
    """The pack's folder inside the checkout, with `/` at its end: annotations name files from the checkout's top."""
    top = environment.get("GITHUB_WORKSPACE", "")
    if not top:
        return ""
    try:
        inside = root.resolve().relative_to(Path(top).resolve()).as_posix()
    except ValueError:
        return ""
    return "" if inside == "." else f"{inside}/"


def github_lines(diagnostics: Sequence[Diagnostic], prefix: str = "", strict: bool = False) -> list[str]:
    """Workflow commands, one a problem (https://docs.github.com/actions: "Workflow commands")."""
    return [_github_line(diagnostic, prefix, effective(diagnostic, strict)) for diagnostic in diagnostics]


def _github_line(diagnostic: Diagnostic, prefix: str, severity: Severity) -> str:
    place = diagnostic.location
    properties = {"file": prefix + place.file}
    if place.line:
        properties |= {"line": str(place.line)}
        if place.column and place.end_line in (0, place.line):
            # GitHub's end column is inclusive, and columns are refused where the range runs over lines.
            properties |= {"col": str(place.column)}
            properties |= {"endLine": str(place.line), "endColumn": str(max(place.end_column - 1, place.column))}
        elif place.end_line:
            properties |= {"endLine": str(place.end_line)}
    properties["title"] = diagnostic.code.public
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    body = [diagnostic.message, *([f"try: {diagnostic.hint}"] if diagnostic.hint else []), *diagnostic.detail]
    return f"::{severity.value} {written}::{_data(chr(10).join(body))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
