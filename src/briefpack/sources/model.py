"""Sources as plain data: the characters of a file, and the numbered passages of one work in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefpack.world import Digest

WITHHELD = "\ufffc"
"""Stands in a passage's text where a `withhold` range was cut out; no quotation can match across it."""


class PassageKind(StrEnum):
    """What a passage is in its source."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a block's text and the half-open range of the file's characters it stands for.

    Where `len(text) == end - start` each character stands for its own (same text); otherwise the piece is
    indivisible, such as the one character of an entity `&amp;`.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """What a reader finds: one heading, paragraph, list item or table row, before works are cut out of the file.

    The text of `pieces`, joined, is free of marks (tags, emphasis, list marks) but keeps its white space.
    `level` is 1 to 6 for headings, else 0. `page` counts from 1 where the format has pages, else None.
    """

    kind: PassageKind
    pieces: tuple[Piece, ...]
    level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of `seeds/`: its digest, its characters as decoded, and its blocks in reading order."""

    path: str
    digest: Digest
    media: str
    encoding: str
    characters: str
    blocks: tuple[Block, ...]

    def line_of(self, at: int) -> int:
        """Return the number, from 1, of the line that holds the character `at`."""
        return self.characters.count("\n", 0, at) + 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A numbered block of a work.

    `number` counts from 1 within the work. `text` is as printed: white space collapsed, marks left out, `WITHHELD` once
    for each reason in `withheld`. `start` and `end` are the half-open range in the file's characters. `headings` is the
    heading path, outermost first, without the passage itself.
    """

    number: int
    kind: PassageKind
    text: str
    start: int
    end: int
    level: int = 0
    page: int | None = None
    headings: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
