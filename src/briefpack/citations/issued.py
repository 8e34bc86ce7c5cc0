"""Whether the date of issue that a summary gives stands in the work; a date that does not prints in brackets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefpack.citations.model import CardResult
from briefpack.citations.quantities import Kind, find_quantities
from briefpack.citations.quantity import readings
from briefpack.diagnostics import Code, Findings
from briefpack.pack.edtf import DatePoint, parse_edtf
from briefpack.sources.source import Source
from briefpack.summaries.model import Summary


def inferred_dates(
    summaries: Iterable[Summary], sources: Mapping[str, Source], cards: Mapping[str, CardResult], findings: Findings
) -> frozenset[str]:
    """The ids of the sources whose `issued` the editors inferred, each with a notice."""
    inferred = set()
    for summary in summaries:
        issued = summary.work.issued
        date = parse_edtf(issued.value) if issued else None
        source = sources.get(summary.id)
        if issued is None or date is None or source is None:
            continue
        if not date.inferred and _stands_in(date.start, summary, source, cards):
            continue
        inferred.add(summary.id)
        findings.report(
            Code.ISSUED_INFERRED,
            f"the date of issue {issued.value.strip('?')} is inferred and prints in brackets",
            issued.location,
            hint="" if date.inferred else "write `?` before it, or name the card that holds it under `issued-from`",
            subject=summary.id,
        )
    return frozenset(inferred)


def _stands_in(date: DatePoint, summary: Summary, source: Source, cards: Mapping[str, CardResult]) -> bool:
    """Whether a passage of the work, or the card `issued-from`, holds the date in all the parts that are given."""
    language = summary.work.language
    if summary.work.issued_from:
        card = cards.get(f"{summary.id}/{summary.work.issued_from.value}")
        return card is not None and any(_holds(fragment, date, language) for fragment in card.card.fragments)
    year = str(date.year)
    return any(_holds(passage.text, date, language) for passage in source.passages if year in passage.text)


def _holds(text: str, date: DatePoint, language: str) -> bool:
    wanted = (date.year, date.month or None, date.day or None)
    for quantity in find_quantities(text, language):
        if quantity.kind is not Kind.DATE and not quantity.is_ambiguous:
            continue
        for parts in readings(quantity):
            given = (parts.year, parts.month, parts.day)
            if all(w is None or w == g for w, g in zip(wanted, given, strict=True)):
                return True
    return False
