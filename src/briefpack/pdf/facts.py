"""What a PDF says of itself, and under which names files are embedded in it; no engine is needed to know either."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

EPOCH = datetime.date(2000, 1, 1)
"""Dates attachments where the product itself has no date."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a PDF says of itself: title, language (BCP 47), author and the date of its edition."""

    title: str
    language: str
    author: str = ""
    date: datetime.date | None = None


def clean(text: str) -> str:
    """Leave out what XML forbids: metadata repeats titles."""
    return "".join(character for character in text if character >= " " and character not in "\ufffe\uffff")


def safe_name(name: str, taken: set[str] | frozenset[str] = frozenset()) -> str:
    """Return `name` without folders, leading dots and what file systems refuse; a second of its name gets a number."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(character if character.isalnum() or character in " ._-()" else "_" for character in last).strip(" .")
    stem, dot, suffix = (kept or "attachment").rpartition(".")
    stem, suffix = (stem, suffix) if stem else (suffix, "")
    tail = f"{dot}{suffix}" if stem and suffix else ""
    candidate, count = f"{stem}{tail}", 2
    while candidate in taken:
        candidate, count = f"{stem}-{count}{tail}", count + 1
    return candidate
