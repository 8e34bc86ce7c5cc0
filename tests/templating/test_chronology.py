"""The axis above the timeline: whatever the dates, no label hides another and nothing looks more exact than it is."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.pack.edtf import Edtf, parse_edtf
from briefpack.templating.chronology import WIDTH, Axis, axis_of, exactness, numbered


def dates(*written: str) -> list[Edtf]:
    found = [parsed for text in written if (parsed := parse_edtf(text))]
    assert len(found) == len(written)
    return sorted(found, key=lambda when: when.sort_key)


def forms(axis: Axis) -> list[str]:
    return [mark.form for mark in sorted(axis.marks, key=lambda mark: mark.x)]


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("2017", "year"),
        ("2015/2016", "year"),
        ("2017-09", "months"),
        ("2017-01/2017-09", "months"),
        ("?2017-11-14", "day"),
        ("2017-09-07/2017-09-08", "day"),
        ("2017/2017-09-08", "year"),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(written: str, form: str) -> None:
    assert exactness(dates(written)[0]) == form


def test_a_day_is_a_dot_with_a_stem_and_months_and_years_are_bars_of_their_length() -> None:
    axis = axis_of(dates("2017-01-01", "2017-01/2017-06", "2018"))
    by_form = {mark.form: mark for mark in axis.marks}
    dot, months, year = by_form["day"], by_form["months"], by_form["year"]
    assert (dot.form, dot.width, dot.stem) == ("day", 0.0, True)
    assert months.form == "months"
    assert months.width == pytest.approx((WIDTH - 1) / 2 * 181 / 365, abs=0.1)
    assert year.width == pytest.approx((WIDTH - 1) / 2, abs=0.1)


def test_many_days_in_a_row_are_a_bar() -> None:
    assert forms(axis_of(dates("2017-01-05/2017-06-30"))) == ["months"]


def test_events_of_one_date_share_a_mark() -> None:
    axis = axis_of(dates("2015", "2015", "2015", "2016"))
    assert [label.text for label in axis.labels] == ["1–3", "4"]
    assert len(axis.marks) == 2


def test_what_lies_far_before_or_after_stands_beyond_a_break() -> None:
    axis = axis_of(dates("1996", "2015", "2016-09-19", "2016", "2017", "2018-07", "2050"))
    assert (axis.earlier, axis.later) == (True, True)
    assert [tick.label for tick in axis.ticks if tick.label] == ["2015", "2016", "2017", "2018"]
    assert sum(mark.x + mark.width < axis.start for mark in axis.marks) == 1
    assert sum(mark.x > axis.end for mark in axis.marks) == 1


def test_years_that_stand_together_are_not_broken() -> None:
    axis = axis_of(dates("2010", "2013", "2015", "2018"))
    assert (axis.earlier, axis.later, axis.start, axis.end) == (False, False, 0.0, WIDTH)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([3], "3"), ([3, 4], "3, 4"), ([3, 4, 5, 8], "3–5, 8"), ([1, 3, 5, 7, 9], "1 … 9")],
)
def test_numbers_that_share_a_label_are_drawn_together(numbers: list[int], said: str) -> None:
    assert numbered(numbers) == said


DAYS = st.dates(date(1, 1, 1), date(9999, 1, 1))


@st.composite
def _written(draw: st.DrawFn) -> str:
    first = draw(DAYS)
    last = first + timedelta(days=draw(st.integers(0, 900)))
    cut = draw(st.sampled_from((4, 7, 10)))
    start = f"{first:%Y-%m-%d}".rjust(10, "0")[:cut]
    end = f"{last:%Y-%m-%d}".rjust(10, "0")[:cut] if draw(st.booleans()) and last.year < 9999 else ""
    return f"{draw(st.sampled_from(('', '?')))}{start}{'/' + end if end else ''}"


@settings(max_examples=40)
@given(st.lists(_written(), min_size=1, max_size=100))
def test_any_dates_are_drawn_inside_the_axis_and_no_label_hides_another(written: list[str]) -> None:
    axis = axis_of(dates(*written))
    assert 0 < axis.line < axis.height < 320
    for mark in axis.marks:
        assert -0.1 <= mark.x <= mark.x + mark.width <= WIDTH + 0.1
        assert 0 < mark.y < axis.line
    for label in axis.labels:
        assert -1 <= label.x <= label.x + label.room <= WIDTH + 1
    rows: dict[float, list[tuple[float, float]]] = {}
    for label in axis.labels:
        rows.setdefault(label.y, []).append((label.x, label.x + label.room))
    for row in rows.values():
        row.sort()
        assert all(left[1] <= right[0] + 0.2 for left, right in pairwise(row))
    years = sorted((tick.label_x, tick.label_x + len(tick.label) * 4.7) for tick in axis.ticks if tick.label)
    assert all(left[1] <= right[0] for left, right in pairwise(years))


@settings(max_examples=40)
@given(st.lists(_written(), min_size=1, max_size=100))
def test_every_event_has_its_number(written: list[str]) -> None:
    said = [label.text for label in axis_of(dates(*written)).labels]
    assert len(said) == len(set(said))
    found: set[int] = set()
    for text in said:
        for part in text.replace(" … ", "–").split(", "):
            first, _, last = part.partition("–")
            found |= set(range(int(first), int(last or first) + 1))
    assert found == set(range(1, len(written) + 1))
