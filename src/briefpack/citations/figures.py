"""Statistics: each supported in all its parts, and none in silent disagreement with another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, islice

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
        pairs.extend((entries[i], entries[j]) for i, j in _disagreeing([statistic for _, statistic in entries]))
    return pairs


def _disagreeing(statistics: Sequence[Statistic]) -> list[tuple[int, int]]:
    """The pairs of a measure's statistics that disagree, in order; only those of one place and time are compared."""
    by_place: dict[str | None, list[int]] = defaultdict(list)
    for number, statistic in enumerate(statistics):
        for place in dict.fromkeys(statistic.places) or (None,):
            by_place[place].append(number)
    met = {pair for numbers in by_place.values() for pair in _meeting(statistics, numbers)}
    return sorted((i, j) for i, j in met if disagree(statistics[i], statistics[j]))


def _meeting(statistics: Sequence[Statistic], numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Of these statistics the pairs that are undated, or whose periods overlap, and whose values differ."""
    timed = [(period.start.first, period.end.last, n) for n in numbers if (period := statistics[n].period)]
    timed.sort()
    values = {n: _digits(statistics[n].value.value) for n in numbers}
    for at, (_, end, number) in enumerate(timed):
        for start, _, other in islice(timed, at + 1, None):
            if start > end:
                break
            if values[number] != values[other]:
                yield min(number, other), max(number, other)
    yield from combinations([n for n in numbers if statistics[n].period is None], 2)


def disagree(first: Statistic, second: Statistic) -> bool:
    """Whether two statistics of one measure speak of the same thing and give another value.

    A statistic without a unit of its own has its measure's, so only two that both name one can differ in it.
    """
    same_value = _digits(first.value.value) == _digits(second.value.value)
    other_unit = first.unit and second.unit and first.unit != second.unit
    if first.measure != second.measure or same_value or other_unit:
        return False
    shares_place = bool(set(first.places) & set(second.places)) or first.places == second.places == ()
    return shares_place and _periods_overlap(first, second)


@lru_cache(maxsize=4096)
def _digits(value: str) -> str:
    """A value without what groups its digits."""
    return _GROUPING.sub("", value)


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
