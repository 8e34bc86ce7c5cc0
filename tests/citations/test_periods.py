from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.citations.periods import DateParts, Period, count_units, is_possible, parse_period


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2017", DateParts(2017), DateParts(2017)),
        ("2017-01", DateParts(2017, 1), DateParts(2017, 1)),
        ("2017-11-14", DateParts(2017, 11, 14), DateParts(2017, 11, 14)),
        ("?2017-11-14", DateParts(2017, 11, 14), DateParts(2017, 11, 14)),
        ("2017~", DateParts(2017), DateParts(2017)),
        ("2017-01/2017-09", DateParts(2017, 1), DateParts(2017, 9)),
        ("2017/..", DateParts(2017), None),
        ("../2018-08-05", None, DateParts(2018, 8, 5)),
        ("199X", DateParts(1990, decade=True), DateParts(1990, decade=True)),
        ("2017-33", DateParts(2017), DateParts(2017)),
    ],
)
def test_a_period_is_read_as_edtf(written: str, start: DateParts | None, end: DateParts | None) -> None:
    assert parse_period(written) == Period(start, end)


@pytest.mark.parametrize(
    "written", ["", "/", "../..", "soon", "2017-13", "2017-02-30", "2017-00", "17", "2017-1", "2017/x"]
)
def test_what_is_no_edtf_is_no_period(written: str) -> None:
    assert parse_period(written) is None


@pytest.mark.parametrize(
    ("written", "unit", "count"),
    [
        ("2017-01/2017-09", "months", 9),
        ("2016-11/2017-02", "months", 4),
        ("2009/2017", "years", 9),
        ("2017-09-07/2017-09-08", "days", 2),
        ("2016-02-28/2016-03-01", "days", 3),
        ("2017-09-07/2017-10-09", "months", 2),
        ("2017", "years", 1),
        ("2017", "months", None),
        ("2017-01/2017-09", "days", None),
        ("2017-09/2017-01", "months", None),
        ("2017/..", "years", None),
    ],
)
def test_both_ends_of_a_period_are_counted(written: str, unit: str, count: int | None) -> None:
    period = parse_period(written)
    assert period is not None
    assert count_units(period, unit) == count


def test_a_period_names_each_of_its_dates_once() -> None:
    period = parse_period("2017")
    assert period is not None
    assert period.dates == (DateParts(2017),)


def test_dates_agree_where_no_part_that_both_have_differs() -> None:
    assert DateParts(month=11, day=14).agrees(DateParts(2017, 11, 14))
    assert not DateParts(2016, 11).agrees(DateParts(2017, 11))
    assert not DateParts(year=2017).agrees(DateParts(month=11))
    assert not DateParts(1990).agrees(DateParts(1990, decade=True))


def test_a_leap_day_is_possible_without_a_year() -> None:
    assert is_possible(DateParts(month=2, day=29))
    assert not is_possible(DateParts(2017, 2, 29))


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    period = parse_period(day.isoformat())
    assert period is not None
    assert period.start is not None
    assert period.start.first_day() == period.start.last_day() == day


@given(st.integers(1000, 2999), st.integers(1, 12))
def test_a_month_ends_the_day_before_the_next(year: int, month: int) -> None:
    last = DateParts(year, month).last_day()
    assert (last.year, last.month) == (year, month)
    assert not is_possible(DateParts(year, month, last.day + 1))


@given(st.text(max_size=40))
def test_no_text_makes_it_raise(text: str) -> None:
    parse_period(text)
