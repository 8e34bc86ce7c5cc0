"""Statistics ready to print: which stand in the brief or the record, alone or in a chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from briefpack.citations.figures import unit_of
from briefpack.citations.number_formats import rewritten
from briefpack.products.evidence import Evidence
from briefpack.products.model import Figure, Place
from briefpack.products.view import View
from briefpack.summaries.model import Statistic

FEWEST_VALUES = 3
"""What a chart needs: two values are read faster as two numbers."""


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
        value=rewritten(statistic.value.value, pack.language, evidence.view.audience.language),
        qualifier=statistic.qualifier,
        unit="" if unit == "rank" else unit,
        is_rank=unit == "rank",
    )


def split(
    statistics: Iterable[Statistic], view: View, *, key: bool
) -> tuple[tuple[Statistic, ...], tuple[Statistic, ...]]:
    """The visible statistics of the brief (`key`) or of the record, as single figures and as members of charts.

    A chart goes into the brief whole if one of its members is key there. Where the audience sees fewer values than a
    chart needs, they are single figures.
    """
    visible = [statistic for statistic in statistics if view.shows(statistic.statement)]
    sizes = Counter(s.chart for s in visible if s.chart)
    drawn = {chart for chart, size in sizes.items() if size >= FEWEST_VALUES}
    in_brief = {s.chart for s in visible if s.chart and view.wants(s.key)}
    single = [s for s in visible if s.chart not in drawn and view.wants(s.key) is key]
    charted = [s for s in visible if s.chart in drawn and (s.chart in in_brief) is key]
    return tuple(single), tuple(charted)
