"""What a layout child answers: a result and the problems met, as bytes that are safe to read back.

    content, is_good = answer(result, diagnostics)         in the child
    result, diagnostics = read_answer(content)             in the parent

Nothing is unpickled: a child that a hostile document has taken over can answer nonsense, not run code.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from briefpack.diagnostics import Checked, Diagnostic, diagnostic_of, plain_diagnostic


def answer(result: bytes | None, diagnostics: Sequence[Diagnostic]) -> tuple[bytes, bool]:
    """Return the answer, and whether there is a result."""
    head = json.dumps([plain_diagnostic(each) for each in diagnostics], separators=(",", ":")).encode()
    return b"".join((len(head).to_bytes(4, "big"), head, result or b"")), result is not None


def read_answer(content: bytes) -> Checked[bytes]:
    """Return the result (empty where there is none) and the problems; raise `ValueError` for anything else."""
    size = int.from_bytes(content[:4], "big")
    try:
        problems = tuple(diagnostic_of(each) for each in json.loads(content[4 : 4 + size]))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not an answer: {error}") from None
    return Checked(content[4 + size :], problems)
