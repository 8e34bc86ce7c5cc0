"""Plain text: a blank line ends a block; where lines are not wrapped, each line is one.

Whether lines are wrapped is decided for the whole file, and anew for a stretch that plainly differs from it. No line is
a heading: nothing in the file says so (see `outline` in the summary's `source` block).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefpack.sources.model import Block, PassageKind, Piece
from briefpack.sources.readers.lines import Line, is_mostly_long, is_surely_wrapped, is_unwrapped, lines_of, runs_of

_MARK = re.compile(
    r"(?:[-*+\u2022\u25aa\u25cf\u25e6\u2023\u2043\u00b7\u2013\u2014\u00bb]|\(?(?:\d{1,3}|[a-zA-Z])[.)])(?:\s+|\Z)"
)
_NUMBER = re.compile(r"\(?[\da-zA-Z]{1,3}[.)]|[\u2013\u2014]")
"""Marks that can also begin a wrapped line of running text: "in the year / 2. Something", or a dash."""


def read_plain(characters: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text."""
    runs = runs_of(lines_of(characters))
    by_line = is_unwrapped(runs)
    blocks: list[Block] = []
    for run in runs:
        blocks += _blocks(run, characters, _is_by_line(run, by_line))
    return tuple(blocks)


def _is_by_line(run: Sequence[Line], default: bool) -> bool:
    """Whether each line of this run is a block: as in the whole file, unless the run plainly says otherwise."""
    return not is_surely_wrapped(run) if default else is_mostly_long(run)


def _blocks(run: Sequence[Line], characters: str, by_line: bool) -> list[Block]:
    blocks: list[Block] = []
    begin = 0
    for at in range(1, len(run) + 1):
        if at == len(run) or by_line or _starts_item(run, at):
            block = _block(run[begin].start, run[at - 1].end, characters, by_line or _starts_item(run, begin))
            blocks += [block] if block else []
            begin = at
    return blocks


def _starts_item(run: Sequence[Line], at: int) -> bool:
    """Whether a line of a wrapped run begins with a list mark that is one: first in its run, a bullet, or in a list."""
    if not _MARK.match(run[at].text):
        return False
    return at == 0 or not _NUMBER.match(run[at].text) or _MARK.match(run[0].text) is not None


def _block(start: int, end: int, characters: str, may_be_item: bool) -> Block | None:
    mark = _MARK.match(characters, start, end) if may_be_item else None
    if mark and _is_initial(mark[0]):
        mark = None
    begin = mark.end() if mark else start
    if begin >= end:
        return None  # a mark alone is no text
    kind = PassageKind.ITEM if mark else PassageKind.PARAGRAPH
    return Block(kind, (Piece(characters[begin:end], begin, end),))


def _is_initial(mark: str) -> bool:
    """Whether a mark is rather the initial of a name, "J. Peraza", or a Roman numeral's chapter."""
    return re.fullmatch(r"[A-Z]\.\s*", mark) is not None
