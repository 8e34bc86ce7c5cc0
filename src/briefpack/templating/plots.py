"""Where the marks of a chart stand: positions only, so that a template draws them and looks decide nothing.

Bars, dots and lines begin at zero: a length that does not is read as what it is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefpack.pack.edtf import Edtf
from briefpack.products.model import Chart, Figure

ROOM = 64.0
"""How much of a row's width the longest bar takes, in per cent: the number stands behind it."""

WIDTH, HEIGHT, HEAD = 1000.0, 300.0, 180.0
"""The view box of a line chart, and how much of its width the heads of the table's rows take."""

_MARGIN = 18.0
"""Room above the highest and below the lowest point of a line, in units of the view box."""


@dataclass(frozen=True, slots=True)
class Length:
    """A bar or a dot: where it begins and how far it goes, in per cent of its cell, as CSS reads it.

    `side`: "" where all bars begin at the left edge, else whether this one goes "up" or "down" from zero.
    """

    start: str
    width: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a line, in units of the view box, as SVG reads it."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Series:
    """One line: whose it is, its points in order of time, their path, and a figure or None for each column."""

    places: tuple[str, ...]
    points: tuple[Point, ...]
    path: str
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class LinePlot:
    """A line chart: the periods that head its columns, its lines, and how far down zero stands.

    `leaders` lead from a point of time to the middle of its column, where the two are apart: pairs of their `x`.
    """

    periods: tuple[Edtf, ...]
    series: tuple[Series, ...]
    zero: str
    leaders: tuple[tuple[str, str], ...]


def lengths(chart: Chart) -> list[Length]:
    """Return a bar for each figure of a chart; what is below zero goes to the left of it."""
    low = min(0.0, *chart.values) if chart.values else 0.0
    high = max(0.0, *chart.values) if chart.values else 0.0
    span = (high - low) or 1.0
    zero = -low / span * ROOM
    return [
        Length(
            _part(zero + min(value, 0.0) / span * ROOM),
            _part(abs(value) / span * ROOM),
            ("down" if value < 0 else "up") if zero else "",
        )
        for value in chart.values
    ]


def line_plot(chart: Chart) -> LinePlot:
    """Return the lines of a chart, one for each place (or group of places), over the columns of its table.

    Where the periods lie equally far apart, each point stands over the middle of its column; else points stand where
    their time does.
    """
    periods = tuple(sorted({each.period for each in chart.figures if each.period}, key=lambda date: date.sort_key))
    across = _across(periods)
    low, high = min(0.0, *chart.values), max(0.0, *chart.values)
    span = (high - low) or 1.0

    def height(value: float) -> float:
        return _MARGIN + (high - value) / span * (HEIGHT - 2 * _MARGIN)

    values = dict(zip((id(each) for each in chart.figures), chart.values, strict=True))
    series = []
    for places in dict.fromkeys(each.places for each in chart.figures):
        found = {each.period: each for each in chart.figures if each.places == places and each.period}
        points = tuple(
            Point(_unit(across[period]), _unit(height(values[id(found[period])])))
            for period in periods
            if period in found
        )
        path = " ".join(f"{point.x},{point.y}" for point in points)
        series.append(Series(places, points, path, tuple(found.get(period) for period in periods)))
    columns = _columns(len(periods))
    apart = any(abs(across[period] - column) > 1 for period, column in zip(periods, columns, strict=True))
    leaders = tuple((_unit(across[period]), _unit(column)) for period, column in zip(periods, columns, strict=True))
    return LinePlot(periods, tuple(series), _unit(height(0.0)), leaders if apart else ())


def _columns(count: int) -> list[float]:
    """The middles of the columns of the table below the lines."""
    width = (WIDTH - HEAD) / count
    return [HEAD + width * (index + 0.5) for index in range(count)]


def _across(periods: Sequence[Edtf]) -> dict[Edtf, float]:
    """How far to the right each period stands."""
    columns = _columns(len(periods))
    times = [_middle(period) for period in periods]
    span = times[-1] - times[0]
    if not span:
        return dict(zip(periods, columns, strict=True))
    true = [columns[0] + (columns[-1] - columns[0]) * (time - times[0]) / span for time in times]
    far = max(abs(a - b) for a, b in zip(columns, true, strict=True))
    return dict(zip(periods, columns if far < (WIDTH - HEAD) / len(periods) / 6 else true, strict=True))


def _middle(period: Edtf) -> float:
    """The middle of a period, in years; leap days make no difference that could be seen."""
    return (_years(period.start.first) + _years(period.end.last)) / 2


def _years(day: tuple[int, int, int]) -> float:
    return day[0] + (day[1] - 1) / 12 + (day[2] - 1) / 372


def _unit(value: float) -> str:
    return f"{value:.1f}"


def _part(value: float) -> str:
    return f"{value:.2f}%"
