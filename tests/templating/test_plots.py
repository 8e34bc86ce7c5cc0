"""Marks of charts stand where their values and times are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.templating.charts import NORTH_SOUTH, chart

from briefpack.templating.plots import HEAD, HEIGHT, ROOM, WIDTH, lengths, line_plot


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_the_longest_bar_leaves_room_for_its_number() -> None:
    bars = lengths(chart("bar", [("A", "2015", "120"), ("B", "2015", "310"), ("C", "2015", "31")]))
    assert [(bar.start, bar.width, bar.side) for bar in bars] == [
        ("0.00%", "24.77%", ""),
        ("0.00%", f"{ROOM:.2f}%", ""),
        ("0.00%", "6.40%", ""),
    ]


def test_values_below_zero_go_to_the_other_side_of_it() -> None:
    up, down = lengths(chart("bar", [("A", "2015", "30"), ("B", "2015", "-10")]))
    assert (up.side, down.side) == ("up", "down")
    assert (up.start, down.start) == ("16.00%", "0.00%")
    assert percent(up.width) == 3 * percent(down.width)


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=12))
def test_bars_are_as_long_as_their_values(values: list[int]) -> None:
    bars = lengths(chart("bar", [(f"P{number}", "2015", str(value)) for number, value in enumerate(values)]))
    widths = [percent(bar.width) for bar in bars]
    greatest = max(map(abs, values))
    if greatest:
        scale = max(widths) / greatest
        assert all(abs(width - abs(value) * scale) < 0.011 for width, value in zip(widths, values, strict=True))
    assert all(0 <= percent(bar.start) <= percent(bar.start) + percent(bar.width) <= ROOM + 0.02 for bar in bars)


def test_a_line_for_each_place_leaves_gaps_where_nothing_is_known() -> None:
    plot = line_plot(chart("line", NORTH_SOUTH))
    assert [period.text for period in plot.periods] == ["2015", "2016", "2017"]
    assert [(series.places, len(series.points)) for series in plot.series] == [(("North",), 3), (("South",), 2)]
    assert [figure.value if figure else None for figure in plot.series[1].figures] == ["80", None, "290"]


def test_years_in_a_row_stand_over_the_middle_of_their_columns() -> None:
    plot = line_plot(chart("line", NORTH_SOUTH))
    width = (WIDTH - HEAD) / 3
    assert [point.x for point in plot.series[0].points] == [f"{HEAD + width * (at + 0.5):.1f}" for at in range(3)]
    assert plot.leaders == ()


def test_years_far_apart_stand_where_they_are_and_lead_to_their_columns() -> None:
    plot = line_plot(chart("line", [("A", year, "5") for year in ("1990", "2010", "2011")]))
    first, second, third = (float(point.x) for point in plot.series[0].points)
    assert round((second - first) / (third - second)) == 20
    assert [end for _, end in plot.leaders] == [f"{HEAD + (WIDTH - HEAD) / 3 * (at + 0.5):.1f}" for at in range(3)]


@given(
    st.lists(
        st.tuples(st.sampled_from(["A", "B"]), st.integers(1900, 2030), st.integers(-(10**9), 10**9)),
        min_size=1,
        max_size=12,
        unique_by=lambda each: each[:2],
    )
)
def test_a_higher_value_stands_higher_and_a_later_one_further_right(values: list[tuple[str, int, int]]) -> None:
    plot = line_plot(chart("line", [(place, str(year), str(value)) for place, year, value in values]))
    found = sorted(
        (int(figure.period.text), float(point.x), int(figure.value), -float(point.y))
        for series in plot.series
        for figure, point in zip([each for each in series.figures if each], series.points, strict=True)
        if figure.period
    )
    assert [x for _, x, _, _ in found] == sorted(x for _, x, _, _ in found)
    heights = [height for _, _, _, height in sorted(found, key=lambda each: each[2])]
    assert heights == sorted(heights)
    assert all(HEAD <= x <= WIDTH and 0 <= -height <= HEIGHT for _, x, _, height in found)
