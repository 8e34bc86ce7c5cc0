"""From a block's pieces to the text that is printed, and back to places in the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefpack.sources.model import WITHHELD, Piece


def printed(pieces: Iterable[Piece]) -> str:
    """Return the text of a block: every run of white space is one space, none at the ends; nothing else is changed.

    It is the text of a piece itself where that needs no change.
    """
    whole = "".join([piece.text for piece in pieces])  # of one piece, its own text and no copy
    text = " ".join(whole.split())
    return whole if text == whole else text


@dataclass(frozen=True, slots=True)
class PrintedMap:
    """Where each character of a printed text stands in the file, as half-open ranges."""

    starts: Sequence[int]
    ends: Sequence[int]

    def to_file(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the file for the non-empty range `start` to `end` of the printed text."""
        if not 0 <= start < end <= len(self.starts):
            raise ValueError(f"no range of a text of {len(self.starts)} characters: {start} to {end}")
        return self.starts[start], self.ends[end - 1]


def printed_map(pieces: Sequence[Piece]) -> PrintedMap:
    """Return the origin of each character of `printed(pieces)`; a space stands for the white space it replaces."""
    text = printed(pieces)
    if len(pieces) == 1 and pieces[0].text.strip() == text and len(pieces[0].text) == pieces[0].end - pieces[0].start:
        start = pieces[0].start + pieces[0].text.find(text)  # nothing was collapsed: no need to walk the characters
        return PrintedMap(range(start, start + len(text)), range(start + 1, start + len(text) + 1))
    starts: list[int] = []
    ends: list[int] = []
    after_space = False
    for piece in pieces:
        is_exact = len(piece.text) == piece.end - piece.start
        for at, character in enumerate(piece.text):
            start, end = (piece.start + at, piece.start + at + 1) if is_exact else (piece.start, piece.end)
            is_space = character.isspace()
            if is_space and after_space:
                ends[-1] = end
            elif not is_space or starts:
                starts.append(start)
                ends.append(end)
                after_space = is_space
    kept = len(starts) - after_space
    return PrintedMap(tuple(starts[:kept]), tuple(ends[:kept]))


def within(pieces: Iterable[Piece], start: int, end: int) -> list[Piece]:
    """Return the part of `pieces` inside the range `start` to `end` of the file; an indivisible piece is in or out."""
    kept: list[Piece] = []
    for piece in pieces:
        if start <= piece.start and piece.end <= end:
            kept.append(piece)
        elif len(piece.text) == piece.end - piece.start:
            begin, stop = max(start, piece.start), min(end, piece.end)
            if begin < stop:
                kept.append(Piece(piece.text[begin - piece.start : stop - piece.start], begin, stop))
    return kept


def without(pieces: Sequence[Piece], start: int, end: int) -> list[Piece]:
    """Return `pieces` without what lies in the range `start` to `end` of the file, even in part."""
    before = within(pieces, 0, start)
    after = within(pieces, end, pieces[-1].end) if pieces else []
    return before + after


def withhold(pieces: Sequence[Piece], start: int, end: int) -> list[Piece]:
    """Return `pieces` with one `WITHHELD` mark in place of what lies in the range `start` to `end` of the file."""
    begin, stop = max(start, pieces[0].start), min(end, pieces[-1].end)
    return [*within(pieces, 0, begin), Piece(WITHHELD, begin, stop), *within(pieces, stop, pieces[-1].end)]


def extent(pieces: Sequence[Piece]) -> tuple[int, int]:
    """Return the range of the file from the first to the last character of `pieces` that is not white space."""
    visible = [piece for piece in pieces if not piece.text.isspace() and piece.text]
    first, last = visible[0], visible[-1]
    start, end = first.start, last.end
    if len(first.text) == first.end - first.start:
        start += len(first.text) - len(first.text.lstrip())
    if len(last.text) == last.end - last.start:
        end -= len(last.text) - len(last.text.rstrip())
    return start, end


def is_blank(pieces: Iterable[Piece]) -> bool:
    """Whether there is nothing to print."""
    return not any(piece.text.strip() for piece in pieces)
