"""Dates and periods as EDTF writes them (ISO 8601-2, levels 0 and 1), read into their parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DATE = re.compile(r"\?*(?P<year>[12]\d{2}[\dXu])[?~%]?(?:-(?P<month>\d{2})[?~%]?(?:-(?P<day>\d{2})[?~%]?)?)?")


@dataclass(frozen=True, slots=True)
class DateParts:
    """What a date says: any of year, month and day; a decade holds its first year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    decade: bool = False

    def agrees(self, other: DateParts) -> bool:
        """Whether no part that both have differs and at least one is shared."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        shared = [left == right for left, right in pairs if left is not None and right is not None]
        return bool(shared) and all(shared) and self.decade == other.decade

    def first_day(self) -> date:
        """The first day the parts leave open; the year must be known."""
        return date(self.year or 1, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The last day the parts leave open; the year must be known."""
        if self.day:
            return self.first_day()
        year, month = self.year or 1, self.month or 12
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """An interval of dates, both ends inclusive; a single date is both ends, an open end is None."""

    start: DateParts | None
    end: DateParts | None

    @property
    def dates(self) -> tuple[DateParts, ...]:
        """The dates that the period names, each once."""
        return tuple(dict.fromkeys(parts for parts in (self.start, self.end) if parts is not None))


def parse_period(written: str) -> Period | None:
    """Read an EDTF date or interval (`2017`, `2017-01/2017-09`, `?2017-11-14`, `2017/..`); None where it is neither."""
    start, slash, end = written.strip().partition("/")
    if not slash:
        single = _parse_date(start)
        return None if single is None else Period(single, single)
    ends = [_parse_date(side) for side in (start, end)]
    if any(parts is None and side not in {"", ".."} for parts, side in zip(ends, (start, end), strict=True)):
        return None
    return Period(ends[0], ends[1]) if any(ends) else None


def count_units(period: Period, unit: str) -> int | None:
    """How many `years`, `months` or `days` a period spans, both ends included; None where its dates do not say.

    A period counts in a unit that both of its ends name, so `2017` has one year and no months.
    """
    start, end = period.start, period.end
    if start is None or end is None or start.year is None or end.year is None:
        return None
    if unit == "years":
        return _positive(end.year - start.year + 1)
    if start.month is None or end.month is None:
        return None
    if unit == "months":
        return _positive((end.year - start.year) * 12 + end.month - start.month + 1)
    if start.day is None or end.day is None:
        return None
    return _positive((end.first_day() - start.first_day()).days + 1)


def _positive(count: int) -> int | None:
    return count if count > 0 else None


def _parse_date(written: str) -> DateParts | None:
    match = _DATE.fullmatch(written.strip())
    if match is None:
        return None
    year, decade = match["year"], match["year"][-1] in "Xu"
    parts = DateParts(
        int(year[:3] + "0" if decade else year), _integer(match["month"]), _integer(match["day"]), decade=decade
    )
    if parts.month is not None and parts.month > 12:  # a season or quarter: only its year can be looked up
        return DateParts(parts.year) if 21 <= parts.month <= 41 and parts.day is None else None
    return parts if is_possible(parts) else None


def _integer(written: str | None) -> int | None:
    return int(written) if written else None


def is_possible(parts: DateParts) -> bool:
    """Whether such a day can exist; without a year, in a leap year."""
    try:
        date(parts.year or 2000, 1 if parts.month is None else parts.month, 1 if parts.day is None else parts.day)
    except ValueError:
        return False
    return True
