"""What a layout child answers: a result and the problems met, as bytes that are safe to read back.

    content, is_good = answer(result, diagnostics)         in the child
    result, diagnostics = read_answer(content)             in the parent

Nothing is unpickled: a child that a hostile document has taken over can answer nonsense, not run code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from briefpack.diagnostics import CODES, Checked, Diagnostic, Location


def answer(result: bytes | None, diagnostics: Sequence[Diagnostic]) -> tuple[bytes, bool]:
    """Return the answer, and whether there is a result."""
    head = json.dumps([diagnostic_to_plain(each) for each in diagnostics], separators=(",", ":")).encode()
    return b"".join((len(head).to_bytes(4, "big"), head, result or b"")), result is not None


def read_answer(content: bytes) -> Checked[bytes]:
    """Return the result (empty where there is none) and the problems; raise `ValueError` for anything else."""
    size = int.from_bytes(content[:4], "big")
    try:
        problems = tuple(diagnostic_from_plain(each) for each in json.loads(content[4 : 4 + size]))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not an answer: {error}") from None
    return Checked(content[4 + size :], problems)


def diagnostic_to_plain(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic as JSON has it, to be read back in another process or another run."""
    place = diagnostic.location
    return {
        "code": str(diagnostic.code),
        "message": diagnostic.message,
        "location": [place.file, place.line, place.column],
        "hint": diagnostic.hint,
        "subject": diagnostic.subject,
        "detail": list(diagnostic.detail),
    }


def diagnostic_from_plain(plain: Mapping[str, Any]) -> Diagnostic:
    """Return the diagnostic that `diagnostic_to_plain` wrote."""
    file, line, column = plain["location"]
    return Diagnostic(
        CODES[plain["code"]],
        str(plain["message"]),
        Location(str(file), line, column),
        hint=str(plain["hint"]),
        subject=str(plain["subject"]),
        detail=tuple(str(line) for line in plain["detail"]),
    )
