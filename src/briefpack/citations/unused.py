"""The numbers of a source that no statement uses: what a reader of the original would look for and not find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from briefpack.citations.gate import Verified
from briefpack.citations.model import VerifiedStatement
from briefpack.citations.periods import parse_period
from briefpack.citations.quantities import Kind, Quantity, find_quantities, same_quantity
from briefpack.diagnostics import Code, Diagnostic
from briefpack.pack.model import UnusedNumber
from briefpack.sources.model import PassageKind
from briefpack.sources.normalise import normalise
from briefpack.sources.source import Source
from briefpack.summaries.model import Statistic

_CONTEXT_KINDS = (Kind.DATE, Kind.LABEL)


@dataclass(frozen=True, slots=True)
class UnusedQuantity:
    """A quantity in a passage that no statement uses; `why` is empty where the summary gives no reason."""

    passage: int
    quantity: Quantity
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Use:
    """A cited stretch of a passage, and the quantities of the statement that cites it.

    `bare` is the value of a statistic: its unit, not its text, says whether it is money, a rank or a percentage.
    """

    start: int
    end: int
    quantities: tuple[Quantity, ...]
    bare: Decimal | None = None


@dataclass(frozen=True, slots=True)
class UnusedReport:
    """All unused quantities of a source in its order, and the entries of `unused` that fit none."""

    quantities: tuple[UnusedQuantity, ...]
    diagnostics: tuple[Diagnostic, ...]


def unused_numbers(verified: Verified, source: Source) -> UnusedReport:
    """Return the numbers of the source's visible passages that no statement uses.

    A number is used where it stands in the quotation of a card (dates and labels: in a passage the card touches) and a
    statement that cites the card has the same quantity. The date of issue and the numbering of headings are left out.
    """
    uses = _uses(verified, source)
    entries = _entries(source)
    period = parse_period(source.work.issued.value) if source.work.issued else None
    issued = period.dates if period else ()
    found: list[UnusedQuantity] = []
    fitting: set[int] = set()
    for passage in source.passages:
        for quantity in find_quantities(passage.text, source.work.language):
            if passage.kind is PassageKind.HEADING and quantity.kind is Kind.LABEL:
                continue  # "2. Regular migration": the outline's own numbering
            if quantity.date is not None and quantity.date in issued:
                continue  # the reference prints it
            if any(_is_used(quantity, use) for use in uses.get(passage.number, ())):
                continue
            fits = [n for n, (entry, read) in enumerate(entries) if _fits(quantity, entry, read)]
            exact = [n for n in fits if entries[n][0].number.value.casefold() == quantity.text.casefold()]
            at = next(iter(exact or fits), None)
            if at is not None:
                fitting.add(at)
            found.append(UnusedQuantity(passage.number, quantity, entries[at][0].why if at is not None else ""))
    problems = [_unknown(entry, source) for n, (entry, _) in enumerate(entries) if n not in fitting]
    return UnusedReport(tuple(found), tuple(problems))


def _uses(verified: Verified, source: Source) -> Mapping[int, list[_Use]]:
    """The cited stretches by passage."""
    uses: dict[int, list[_Use]] = defaultdict(list)
    statistics = {s.statement.address: s for summary in verified.content.summaries for s in summary.statistics}
    for address, verdict in verified.verdicts.items():
        if not isinstance(verdict, VerifiedStatement):
            continue
        cited = [citation for citation in verdict.citations if citation.card.source == source.id]
        if not cited:
            continue
        statistic = statistics.get(address)
        quantities = tuple(_quantities(verdict, statistic, verified.pack.language))
        bare = _bare(statistic, verified.pack.language) if statistic else None
        for place in (place for c in cited for fragment in c.anchor.fragments for place in fragment.ranges):
            uses[place.passage].append(_Use(place.start, place.end, quantities, bare))
    return uses


def _quantities(verdict: VerifiedStatement, statistic: Statistic | None, language: str) -> Iterator[Quantity]:
    for text in (verdict.statement.text, verdict.statement.note, *verdict.derived):
        yield from find_quantities(text, language)
    if statistic is not None and statistic.period is not None:
        for point in (statistic.period.start, statistic.period.end):
            yield from find_quantities(str(point.year), language)


def _bare(statistic: Statistic, language: str) -> Decimal | None:
    found = find_quantities(statistic.value.value, language)
    return found[0].value if found else None


def _is_used(quantity: Quantity, use: _Use) -> bool:
    inside = use.start <= quantity.start and quantity.end <= use.end
    if not inside and quantity.kind not in _CONTEXT_KINDS:
        return False
    if use.bare is not None and quantity.value == use.bare:
        return True
    return any(same_quantity(quantity, other) for other in use.quantities)


def _entries(source: Source) -> list[tuple[UnusedNumber, tuple[Quantity, ...]]]:
    return [(entry, find_quantities(entry.number.value, source.work.language)) for entry in source.work.unused]


def _fits(quantity: Quantity, entry: UnusedNumber, read: tuple[Quantity, ...]) -> bool:
    if normalise(quantity.text).casefold() == normalise(entry.number.value).casefold():
        return True
    return len(read) == 1 and (
        same_quantity(quantity, read[0]) or (quantity.value is not None and quantity.value == read[0].value)
    )


def _unknown(entry: UnusedNumber, source: Source) -> Diagnostic:
    return Diagnostic(
        Code.UNUSED_NUMBER_UNKNOWN,
        f"{entry.number.value!r} is not among the numbers of {source.id!r} that no statement uses",
        entry.number.location,
        hint="write it as the source has it, or remove the entry if a statement uses it now",
        subject=source.id,
    )
