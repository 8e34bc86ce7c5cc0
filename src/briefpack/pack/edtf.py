"""Dates as Extended Date/Time Format (EDTF, ISO 8601-2): a day, a month, a year, or an interval of them.

Supported: `2017`, `2017-09`, `2017-09-07`, intervals `A/B`, and a leading or trailing `?` for a date that the editors
inferred (`?2017-11-14` prints as 14 November [2017]: the year is what was inferred).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class DatePoint:
    """A year, with a month (1 to 12) and a day (1 to 31) where known; 0 where not."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def first(self) -> tuple[int, int, int]:
        """The first day this can mean."""
        return (self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> tuple[int, int, int]:
        """The last day this can mean."""
        month = self.month or 12
        return (self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date or an interval as written; `end` equals `start` for a single date."""

    text: str
    start: DatePoint
    end: DatePoint
    inferred: bool = False

    @property
    def is_interval(self) -> bool:
        """Whether two dates were written."""
        return "/" in self.text

    def overlaps(self, other: Edtf) -> bool:
        """Whether the two spans share a day."""
        return self.start.first <= other.end.last and other.start.first <= self.end.last

    @property
    def sort_key(self) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """Chronological order: by first day, then by last."""
        return (self.start.first, self.end.last)


def parse_edtf(text: str) -> Edtf | None:
    """Return the date that `text` writes, or None where it is none of the supported forms or no day of the calendar."""
    body = text.strip()
    parts = body.split("/")
    if len(parts) > 2 or any(part.count("?") > 1 for part in parts):
        return None
    points = [_parse_point(part.removeprefix("?").removesuffix("?")) for part in parts]
    start, end = points[0], points[-1]
    if start is None or end is None or start.first > end.last:
        return None
    return Edtf(body, start, end, "?" in body)


def _parse_point(text: str) -> DatePoint | None:
    match = _POINT.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(group or 0) for group in match.groups())
    if year == 0 or (match[2] and not 1 <= month <= 12):
        return None
    if match[3] and not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return DatePoint(year, month, day)
