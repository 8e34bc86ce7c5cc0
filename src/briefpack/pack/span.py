"""Stretches of a user's file, so that every problem can be shown at the very word it is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

from briefpack.diagnostics import Location

_ESCAPES = {
    "'": re.compile("''"),
    '"': re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL),
}
_WORD = re.compile(r"\S+")
_BLANK = re.compile(r"\\[\sntrvfeNLP_]")


@dataclass(frozen=True, slots=True)
class Span:
    """The half-open range `start`..`end` (code points) of `raw`, the characters of `file`.

    The value read from it has the same characters in the same order but for white space (folded lines) and escapes:
    `quote` is the quotation mark round it, and decides what an escape is. That is enough to find the place of any part.
    """

    file: str
    raw: str = field(repr=False)
    start: int = 0
    end: int = 0
    quote: str = ""

    @property
    def location(self) -> Location:
        """The whole stretch."""
        return self._between(self.start, self.end)

    def part(self, value: str, start: int, end: int) -> Location:
        """The place of `value[start:end]`, where `value` is what was read from this stretch."""
        first = len("".join(value[:start].split()))
        count = len("".join(value[start:end].split()))
        begin = self._advance(self.start, first)
        return self._between(begin, self._advance(begin, max(count - 1, 0)) + 1)

    def _advance(self, position: int, count: int) -> int:
        """The index of the character that follows `count` others, white space not counted, from `position` on."""
        raw, last = self.raw, min(self.end, len(self.raw))
        escape = _ESCAPES.get(self.quote)
        if escape is None:
            for word in _WORD.finditer(raw, position, last):
                if count < len(word[0]):
                    return word.start() + count
                count -= len(word[0])
            position = last
        while position < last:
            escaped = escape.match(raw, position, last) if escape else None
            if not (raw[position].isspace() if escaped is None else _BLANK.fullmatch(escaped.group())):
                if count == 0:
                    return position
                count -= 1
            position += len(escaped.group()) if escaped else 1
        return max(min(self.start, last), last - 1)

    def _between(self, start: int, end: int) -> Location:
        line, column = _line_and_column(self.raw, start)
        end_line, end_column = _line_and_column(self.raw, max(start, end))
        return Location(self.file, line, column, end_line, end_column)


def _line_and_column(raw: str, position: int) -> tuple[int, int]:
    breaks = _breaks(raw)
    before = bisect_left(breaks, position)
    return before + 1, position - (breaks[before - 1] if before else -1)


@lru_cache(maxsize=4)
def _breaks(raw: str) -> tuple[int, ...]:
    """Where the lines of a file end; what is asked of one file is asked in a row."""
    return tuple(match.start() for match in re.finditer("\n", raw))
