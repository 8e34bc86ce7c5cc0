"""Charts to print, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from tests.templating.samples import Notes, edtf, figure

from briefpack.products import model as m

Value = tuple[str, str, str]
"""Place (empty: none), period (empty: none) and value as printed."""

NORTH_SOUTH: tuple[Value, ...] = (
    ("North", "2015", "120"),
    ("North", "2016", "310"),
    ("North", "2017", "205"),
    ("South", "2015", "80"),
    ("South", "2017", "290"),
)


def chart(
    kind: Literal["bar", "dot", "line", "timeline"],
    values: Sequence[Value],
    name: str = "c",
    measure: str = "Boats lost",
) -> m.Chart:
    """A chart of one measure; what all values share stands in its title."""
    notes = Notes(name)
    figures = tuple(
        figure(
            f"{name}-{number}",
            notes.note(f"{place} lost {value} boats in {period}", number),
            measure,
            value,
            "boats",
            places=(place,) if place else (),
            period=edtf(period) if period else None,
        )
        for number, (place, period, value) in enumerate(values, 1)
    )
    numbers = tuple(float(value.replace(",", "")) for _, _, value in values)
    greatest = max(map(abs, numbers)) or 1.0
    places, periods = {each.places for each in figures}, {each.period for each in figures}
    return m.Chart(
        name,
        kind,
        measure,
        figures[0].places if len(places) == 1 else (),
        figures[0].period if len(periods) == 1 else None,
        "boats",
        figures,
        numbers,
        tuple(number / greatest for number in numbers),
    )
