"""Statistics of one chart name as a chart, and what makes a chart say something wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from briefpack.citations.figures import unit_of
from briefpack.citations.gate import Verified
from briefpack.citations.quantities import find_quantities
from briefpack.diagnostics import Code, Diagnostic, Findings
from briefpack.pack.model import Pack
from briefpack.products.evidence import Evidence
from briefpack.products.figures import FEWEST_VALUES, figure
from briefpack.products.model import Chart
from briefpack.products.view import View
from briefpack.summaries.model import Statistic, Summary

T = TypeVar("T")


def charts(statistics: Sequence[Statistic], evidence: Evidence) -> tuple[Chart, ...]:
    """Charts, one for each chart name, in the order of first mention."""
    pack = evidence.view.verified.pack
    made: list[Chart] = []
    for name, members in _by_name(statistics).items():
        figures = tuple(figure(member, evidence) for member in members)
        values = tuple(_number(member, pack.language) for member in members)
        greatest = max(map(abs, values), default=0.0)
        made.append(
            Chart(
                name=name,
                kind=members[0].chart[0] if members[0].chart else "bar",
                measure=_shared([each.measure for each in figures]) or "",
                places=_shared([each.places for each in figures]) or (),
                period=_shared([each.period for each in figures]),
                unit=_shared([each.unit for each in figures]) or "",
                figures=figures,
                values=values,
                shares=tuple(value / greatest if greatest else 0.0 for value in values),
            )
        )
    return tuple(made)


def check_charts(verified: Verified, findings: Findings) -> None:
    """Report charts that mix what cannot be compared, that lack dates, or that are too small for an audience."""
    for summary in verified.content.summaries:
        for name, members in _by_name(summary.statistics).items():
            findings.extend(_wrong(name, members, verified.pack, summary))
    for audience in verified.pack.audiences:
        view = View(verified, audience)
        for summary in view.summaries():
            visible = [each for each in summary.statistics if view.shows(each.statement)]
            for name, members in _by_name(visible).items():
                if len(members) < FEWEST_VALUES:
                    findings.report(
                        Code.CHART_TOO_SMALL,
                        f"the chart {name!r} has {len(members)} of at least {FEWEST_VALUES} values for "
                        f"{audience.id!r}; they are printed as single figures",
                        members[0].chart_location,
                        hint="leave `chart` out, or give it the values that belong to it",
                        subject=f"{audience.id}/brief/{summary.id}",
                    )


def _wrong(name: str, members: Sequence[Statistic], pack: Pack, summary: Summary) -> Iterator[Diagnostic]:
    first = members[0]
    for member in members[1:]:
        why = _difference(first, member, pack)
        if why:
            yield Diagnostic(
                Code.CHART_MIXED,
                f"the chart {name!r} sets {member.id!r} beside {first.id!r}: {why}",
                member.chart_location,
                hint="give it a chart name of its own, or leave `chart` out",
                subject=f"{summary.id}/{member.id}",
            )
    placed: dict[object, str] = {}
    for member in members:
        where = (member.period, member.places)
        if first.chart and first.chart[0] == "line" and where in placed:
            yield Diagnostic(
                Code.CHART_MIXED,
                f"{member.id!r} and {placed[where]!r} stand at one point of the chart {name!r}",
                member.chart_location,
                hint="give one of them another period or place, or leave `chart` out",
                subject=f"{summary.id}/{member.id}",
            )
        placed.setdefault(where, member.id)
        kind = member.chart[0] if member.chart else ""
        if kind in ("line", "timeline") and member.period is None:
            yield Diagnostic(
                Code.CHART_MIXED,
                f"{member.id!r} has no period, so it has no place in a {kind} chart",
                member.chart_location,
                hint="give it a `period`, or choose bar or dot",
                subject=f"{summary.id}/{member.id}",
            )


def _difference(first: Statistic, other: Statistic, pack: Pack) -> str:
    """Why two statistics cannot stand in one chart; empty where they can."""
    kinds = (first.chart or ("",))[0], (other.chart or ("",))[0]
    if kinds[0] != kinds[1]:
        return f"one is drawn as {kinds[0]}, the other as {kinds[1]}"
    if kinds[0] == "timeline":
        return ""
    if first.measure != other.measure:
        return f"they measure {first.measure!r} and {other.measure!r}"
    units = unit_of(first, pack), unit_of(other, pack)
    if units[0] != units[1]:
        return f"their units are {units[0]!r} and {units[1]!r}"
    return "" if units[0] != "rank" else "ranks are places in an order, not lengths"


def _by_name(statistics: Iterable[Statistic]) -> dict[str, list[Statistic]]:
    found: dict[str, list[Statistic]] = {}
    for statistic in statistics:
        if statistic.chart:
            found.setdefault(statistic.chart[1], []).append(statistic)
    return found


def _shared(values: Sequence[T]) -> T | None:
    """What all have in common, or None."""
    return values[0] if all(value == values[0] for value in values) else None


def _number(statistic: Statistic, language: str) -> float:
    for quantity in find_quantities(statistic.value.value, language):
        if quantity.value is not None:
            return float(quantity.value)
    return 0.0
