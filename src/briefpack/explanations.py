"""What each code means."""

from __future__ import annotations

from briefpack.diagnostics import Code


def explain(code: Code) -> str:
    """Return the text."""
    return str(code)
