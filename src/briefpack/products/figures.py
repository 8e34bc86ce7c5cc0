"""Statistics ready to print: single key figures, charts of several, and sheets of figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefpack.citations.figures import unit_of
from briefpack.citations.quantities import find_quantities
from briefpack.products.evidence import Evidence
from briefpack.products.model import Chart, Figure, Place
from briefpack.products.view import View
from briefpack.summaries.model import Statistic


def figure(statistic: Statistic, evidence: Evidence, place: Place | None = None) -> Figure:
    """One statistic, cited."""
    pack = evidence.view.verified.pack
    measure = (pack.measures or {}).get(statistic.measure)
    unit = unit_of(statistic, pack)
    return Figure(
        cited=evidence.cite(statistic.statement, place),
        measure=measure.name if measure else statistic.measure,
        places=tuple((pack.places or {}).get(place, place) for place in statistic.places),
        period=statistic.period,
        value=statistic.value.value,
        qualifier=statistic.qualifier,
        unit="" if unit == "rank" else unit,
        is_rank=unit == "rank",
    )


def charts(statistics: Sequence[Statistic], evidence: Evidence) -> tuple[Chart, ...]:
    """Charts, one for each chart name, in the order of first mention; titled by measure and period of the first."""
    names = dict.fromkeys(statistic.chart for statistic in statistics if statistic.chart)
    made: list[Chart] = []
    for key in names:
        members = [statistic for statistic in statistics if statistic.chart == key]
        figures = tuple(figure(member, evidence) for member in members)
        values = [_number(member, evidence.view.verified.pack.language) for member in members]
        greatest = max([abs(value) for value in values] + [0.0])
        made.append(
            Chart(
                name=key[1],
                kind=key[0],
                measure=figures[0].measure,
                period=figures[0].period if len({f.period for f in figures}) == 1 else None,
                unit=figures[0].unit,
                figures=figures,
                shares=tuple(value / greatest if greatest else 0.0 for value in values),
            )
        )
    return tuple(made)


def _number(statistic: Statistic, language: str) -> float:
    for quantity in find_quantities(statistic.value.value, language):
        if quantity.value is not None:
            return float(quantity.value)
    return 0.0


def split(
    statistics: Iterable[Statistic], view: View, *, key: bool
) -> tuple[tuple[Statistic, ...], tuple[Statistic, ...]]:
    """The visible statistics of the brief (`key`) or of the record, as single figures and as members of charts.

    A chart goes into the brief whole if one of its members is key there.
    """
    visible = [statistic for statistic in statistics if view.shows(statistic.statement)]
    in_brief = {s.chart for s in visible if s.chart and view.wants(s.key)}
    single = [s for s in visible if not s.chart and view.wants(s.key) is key]
    charted = [s for s in visible if s.chart and (s.chart in in_brief) is key]
    return tuple(single), tuple(charted)
