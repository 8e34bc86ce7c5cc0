"""Dates as people write them in EDTF."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.pack.edtf import DatePoint, parse_edtf


@pytest.mark.parametrize(
    ("text", "start", "end", "inferred"),
    [
        ("2017", (2017, 0, 0), (2017, 0, 0), False),
        ("2017-09", (2017, 9, 0), (2017, 9, 0), False),
        ("2017-09-07", (2017, 9, 7), (2017, 9, 7), False),
        ("2017-01/2017-09", (2017, 1, 0), (2017, 9, 0), False),
        ("2017/2017-09", (2017, 0, 0), (2017, 9, 0), False),
        ("?2017-11-14", (2017, 11, 14), (2017, 11, 14), True),
        ("2017?", (2017, 0, 0), (2017, 0, 0), True),
        ("2016/2017?", (2016, 0, 0), (2017, 0, 0), True),
        (" 2017 ", (2017, 0, 0), (2017, 0, 0), False),
        ("2016-02-29", (2016, 2, 29), (2016, 2, 29), False),
    ],
)
def test_a_date_is_read(text: str, start: tuple[int, int, int], end: tuple[int, int, int], inferred: bool) -> None:
    date = parse_edtf(text)
    assert date is not None

    assert (date.start, date.end, date.inferred) == (DatePoint(*start), DatePoint(*end), inferred)
    assert date.is_interval == ("/" in text)


@pytest.mark.parametrize(
    "text",
    ["", "?", "17", "0000", "2017-13", "2017-00", "2017-02-29", "2017-9", "9 May 2017", "2018/2017", "2016/2017/2018",
     "??2017??", "20?17", "2017/", "/2017", "２０１７", "2017-09-07T10:00", "yesterday"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    assert parse_edtf(text) is None


@given(st.dates(datetime.date(1000, 1, 1)), st.dates(datetime.date(1000, 1, 1)), st.dates(datetime.date(1000, 1, 1)))
def test_spans_overlap_where_they_share_a_day(a: datetime.date, b: datetime.date, c: datetime.date) -> None:
    first, last = sorted((a, b))
    span, day = parse_edtf(f"{first}/{last}"), parse_edtf(str(c))
    assert span is not None
    assert day is not None

    assert span.overlaps(day) == day.overlaps(span) == (first <= c <= last)
    assert (span.sort_key < day.sort_key) == ((first, last) < (c, c))
