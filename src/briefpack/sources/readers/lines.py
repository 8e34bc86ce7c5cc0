"""Lines of a text, and whether they are wrapped: shared by the readers of plain text and of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LONG = 100
"""A line of more characters than this was not wrapped at a margin."""

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x85\u2028\u2029]|\Z)")
_SENTENCE_END = re.compile(r"[.!?:;\u2026\u3002\uff01\uff1f][\"'\u201d\u2019\u00bb)\]]*\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end: the half-open range of the file's characters, and its text without outer white space."""

    start: int
    end: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether the line holds nothing but white space."""
        return not self.text


def lines_of(characters: str, start: int = 0) -> list[Line]:
    """Return the lines of a text; ranges have outer white space trimmed where the line is not blank."""
    lines: list[Line] = []
    for found in _LINE.finditer(characters, start):
        if found.start() == len(characters):
            break
        raw = found[0]
        text = raw.strip()
        begin = found.start() + len(raw) - len(raw.lstrip()) if text else found.start()
        lines.append(Line(begin, begin + len(text), text))
    return lines


def runs_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines between blank lines, without the blank ones."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        if not line.is_blank:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    return runs if runs[-1] else runs[:-1]


def is_unwrapped(runs: Iterable[Sequence[Line]], item: re.Pattern[str] | None = None) -> bool:
    """Whether most text in lines that are followed by another one is in lines that are long or end a sentence.

    Counted in characters, because menus and mastheads have many short lines and little text. A line before one that
    begins with the list mark `item` is not counted: it ends there in any case.
    """
    whole = all_of = 0
    for run in runs:
        for line, following in pairwise(run):
            if item and item.match(following.text):
                continue
            all_of += len(line.text)
            if len(line.text) > LONG or _SENTENCE_END.search(line.text[-4:]):
                whole += len(line.text)
    return 2 * whole > all_of


def is_mostly_long(run: Sequence[Line]) -> bool:
    """Whether most text in the lines before the last one is in lines that are too long to be wrapped."""
    lengths = [len(line.text) for line in run[:-1]]
    return 2 * sum(length for length in lengths if length > LONG) > sum(lengths)


def is_surely_wrapped(run: Sequence[Line]) -> bool:
    """Whether a run of three lines or more, 45 to 100 columns wide, has lines as full as its margin allows."""
    margin = max(len(line.text) for line in run)
    if len(run) < 3 or not 45 <= margin <= LONG:
        return False
    pairs = list(pairwise(run))
    full = sum(len(line.text) + 1 + len(following.text.split(None, 1)[0]) > margin - 4 for line, following in pairs)
    return 4 * full >= 3 * len(pairs)
