"""Evidence notes numbered in the order in which a page is read, whatever order its template prints the parts in.

    in_reading_order(brief, html) -> Brief

Products number notes in the order of the summary. An audience may print decisions before points: then figures on the
page would begin with 9, and a note could stand with a statement that is read later. What was printed says where each
statement stands, so the notes are given out anew from there: each to the
first statement on the page that cites it, so that the column of evidence counts from 1.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from briefpack.products.model import Cited, Note, NoteRef
from briefpack.templating.blocks import statements

T = TypeVar("T")

_FIGURE = re.compile(r'<sup class="ref">[^<]*<a href="[^"]*"[^>]*>(\d+)</a>')
_PRINTED_NOTE = re.compile(r' data-note="(\d+)"')
_WITHOUT_COLUMN = ("caution", "analysis")
_ID = re.compile(r' id="([^"]+)"')


def is_in_reading_order(html: str) -> bool:
    """Whether the notes of a printed section count from 1 as they are read, and each of its figures leads to one."""
    notes = [int(number) for number in _PRINTED_NOTE.findall(html)]
    return notes == list(range(1, len(notes) + 1)) and {int(n) for n in _FIGURE.findall(html)} == set(notes)


def in_reading_order(section: T, html: str) -> T:
    """Return `section`, which was printed as `html`, with its notes numbered and placed as they are read there.

    Statements that were not printed are left as they are: nothing leads to them.
    """
    found = {cited.anchor: cited for cited in statements(section)}
    printed = [found[anchor] for anchor in dict.fromkeys(_ID.findall(html)) if anchor in found]
    notes = {note.number: note for cited in found.values() for note in cited.notes}
    anchors = [notes[number].anchor for number in sorted(notes)]
    held = _held(printed, frozenset(notes))
    numbers = {old: place for place, old in enumerate((n for cited in printed for n in held[cited.anchor]), 1)}
    changed = {
        cited.anchor: replace(
            cited,
            prose=_prose(cited, numbers),
            notes=tuple(_renumbered(notes[old], numbers[old], anchors) for old in held[cited.anchor]),
        )
        for cited in printed
    }
    ordered: T = _replaced(section, changed)
    return ordered


def _held(printed: Sequence[Cited], known: Collection[int]) -> dict[str, list[int]]:
    """The notes that stand with each of the statements, by anchor: those that no statement before it has taken.

    Warnings and analyses have no column of evidence beside them, so they take only what nothing else cites.
    """
    held: dict[str, list[int]] = {cited.anchor: [] for cited in printed}
    taken: set[int] = set()
    for cited in sorted(printed, key=lambda cited: cited.place.kind in _WITHOUT_COLUMN):
        cites = dict.fromkeys(part.number for part in cited.prose if isinstance(part, NoteRef))
        held[cited.anchor] = [number for number in cites if number in known and number not in taken]
        taken.update(held[cited.anchor])
    return held


def _renumbered(note: Note, number: int, anchors: list[str]) -> Note:
    return replace(note, number=number, anchor=anchors[number - 1])


def _prose(cited: Cited, numbers: Mapping[int, int]) -> tuple[str | NoteRef, ...]:
    return tuple(
        NoteRef(numbers.get(part.number, part.number)) if isinstance(part, NoteRef) else part for part in cited.prose
    )


def _replaced(value: Any, changed: Mapping[str, Cited]) -> Any:
    """Return `value` with each statement of `changed`, by anchor, in its place, however deep."""
    if isinstance(value, Cited):
        return changed.get(value.anchor, value)
    if isinstance(value, tuple):
        return tuple(_replaced(item, changed) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {field.name: _replaced(getattr(value, field.name), changed) for field in fields(value)}
        if all(changes[name] is getattr(value, name) for name in changes):
            return value
        return replace(value, **changes)
    return value
