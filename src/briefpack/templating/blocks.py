"""Blocks of a brief that an audience may make optional, and leaving one out without losing its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from briefpack.products.model import Brief, Cited, Note, NoteRef

OPTIONAL: Mapping[str, str] = {
    "lead": "lead",
    "figures": "figures",
    "charts": "charts",
    "definitions": "definitions",
    "recommendations": "recommendations",
    "cautions": "cautions",
    "analysis": "analysis",
}
"""What `optional` in pack.toml may name, and the field of the brief that it empties. The rest stays."""


def leave_out(brief: Brief, block: str) -> Brief | None:
    """Return `brief` without `block`, or None where it has nothing there.

    A note that was printed in the block and is cited elsewhere moves to the first statement that cites it.
    """
    name = OPTIONAL.get(block, "")
    if not name or not getattr(brief, name):
        return None
    gone = {note.number: note for cited in statements(getattr(brief, name)) for note in cited.notes}
    empty: dict[str, Any] = {name: ()}
    rest: Brief = _rehome(replace(brief, **empty), gone)
    return rest


def statements(value: object) -> Iterator[Cited]:
    """Yield every statement inside a product or a part of one, in the order of its fields."""
    if isinstance(value, Cited):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from statements(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from statements(getattr(value, field.name))


def _rehome(value: Any, gone: dict[int, Note]) -> Any:
    """Return `value` with each note of `gone` given to the first statement that cites it; `gone` keeps the others."""
    if isinstance(value, Cited):
        mine = {note.number for note in value.notes}
        wanted = [part.number for part in value.prose if isinstance(part, NoteRef)]
        found = tuple(gone.pop(number) for number in dict.fromkeys(wanted) if number in gone and number not in mine)
        if not found:
            return value
        return replace(value, notes=tuple(sorted((*value.notes, *found), key=lambda note: note.number)))
    if isinstance(value, tuple):
        return tuple(_rehome(item, gone) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {field.name: _rehome(getattr(value, field.name), gone) for field in fields(value)}
        same = all(changes[name] is getattr(value, name) for name in changes)
        return value if same else replace(value, **changes)
    return value


def longest(brief: Brief, most: int = 3) -> list[Cited]:
    """Return the statements that take most words, their evidence counted, the longest first."""

    def length(cited: Cited) -> int:
        quoted = " ".join(fragment for note in cited.notes for fragment in note.fragments)
        return cited.words + len(re.findall(r"\S+", quoted))

    return sorted(statements(brief), key=lambda cited: (-length(cited), cited.anchor))[:most]
