"""Statistics: each supported in all its parts, and none in silent disagreement with another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from briefpack.citations.numbers import CitedText, verify_statistic
from briefpack.diagnostics import Code, Findings
from briefpack.pack.model import Pack
from briefpack.summaries.model import Content, Statistic, Summary

_GROUPING = re.compile(r"(?<=\d)[.,'’\s](?=\d{3}(?!\d))|\s")


def unit_of(statistic: Statistic, pack: Pack) -> str:
    """The unit as printed: the statistic's own, else its measure's."""
    if statistic.unit is not None:
        return statistic.unit
    measure = (pack.measures or {}).get(statistic.measure)
    return measure.unit if measure else ""


def check_statistic(
    statistic: Statistic, pack: Pack, cited: Sequence[CitedText], findings: Findings
) -> tuple[str, ...]:
    """Report which part of a statistic no cited card supports; return its derivations as written."""
    places = [(pack.places or {}).get(place, "") for place in statistic.places]
    report = verify_statistic(
        statistic.value.value,
        unit_of(statistic, pack),
        statistic.qualifier,
        [place for place in places if place],
        statistic.period.text if statistic.period else "",
        pack.language,
        cited,
        tuple(text.value for text in statistic.statement.derived),
    )
    statement = statistic.statement
    for problem in report.problems:
        place = statistic.value.location
        if problem.derivation is not None:
            place = statement.derived[problem.derivation].location
        elif problem.code is Code.STATISTIC_UNSUPPORTED and problem.message.startswith("the period"):
            place = statistic.period_location
        elif problem.code is Code.STATISTIC_UNSUPPORTED and statistic.place_locations:
            named = [i for i, name in enumerate(places) if name and repr(name) in problem.message]
            place = statistic.place_locations[named[0] if named else 0]
        findings.report(problem.code, problem.message, place, problem.hint, statement.address, problem.detail)
    return tuple(derivation.written for derivation in report.derivations)


def disagreements(content: Content) -> list[tuple[tuple[Summary, Statistic], tuple[Summary, Statistic]]]:
    """Pairs of statistics of one measure whose places and periods overlap and whose values differ."""
    by_measure: dict[str, list[tuple[Summary, Statistic]]] = defaultdict(list)
    for summary in content.summaries:
        for statistic in summary.statistics:
            by_measure[statistic.measure].append((summary, statistic))
    pairs: list[tuple[tuple[Summary, Statistic], tuple[Summary, Statistic]]] = []
    for entries in by_measure.values():
        for index, first in enumerate(entries):
            pairs.extend((first, second) for second in entries[index + 1 :] if disagree(first[1], second[1]))
    return pairs


def disagree(first: Statistic, second: Statistic) -> bool:
    """Whether two statistics of one measure speak of the same thing and give another value.

    A statistic without a unit of its own has its measure's, so only two that both name one can differ in it.
    """
    same_value = _GROUPING.sub("", first.value.value) == _GROUPING.sub("", second.value.value)
    other_unit = first.unit and second.unit and first.unit != second.unit
    if first.measure != second.measure or same_value or other_unit:
        return False
    shares_place = bool(set(first.places) & set(second.places)) or first.places == second.places == ()
    return shares_place and _periods_overlap(first, second)


def _periods_overlap(first: Statistic, second: Statistic) -> bool:
    if first.period is None or second.period is None:
        return first.period is second.period
    return first.period.overlaps(second.period)


def check_disagreements(content: Content, findings: Findings) -> None:
    """Report every pair that disagrees: both are printed, marked and listed; neither is chosen silently."""
    for (one, first), (other, second) in disagreements(content):
        findings.report(
            Code.FIGURES_DISAGREE,
            f"{first.measure!r}: {one.id!r} has {first.value.value}, {other.id!r} has {second.value.value}",
            second.value.location,
            hint="check both originals; both values are printed and marked",
            subject=second.statement.address,
        )
