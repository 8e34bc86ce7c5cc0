"""Names that point at something: labels, measures, places, sources and comparisons; and claims of silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from briefpack.diagnostics import Code, Findings, Location
from briefpack.pack.load import PACK_FILE, report_undeclared_label
from briefpack.pack.model import Pack, Text
from briefpack.sources.index import is_edge
from briefpack.sources.normalise import normalise
from briefpack.sources.source import Source
from briefpack.summaries.document import report_unknown
from briefpack.summaries.load import Loaded
from briefpack.summaries.model import Content, Statement, Summary, Visibility


def check_references(pack: Pack, loaded: Loaded, findings: Findings) -> None:
    """Report every name that is not declared where it should be."""
    content = loaded.content
    sources = [*(summary.id for summary in content.summaries), *sorted(loaded.unusable)]
    comparisons = [*(sheet.id for sheet in content.comparisons), *sorted(loaded.unusable)]
    for summary in content.summaries:
        _check_labels(pack, summary.labels, summary.label_places, summary.statements(), findings)
        _check_summary(pack, summary, findings)
    for sheet in content.comparisons:
        _check_labels(pack, sheet.labels, sheet.label_places, sheet.statements(), findings)
        for source, place in zip(sheet.sources, sheet.source_places, strict=True):
            if source not in sources:
                report_unknown(source, "source", sources, place, findings)
        for measure, place in zip(sheet.measures, sheet.measure_places, strict=True):
            if measure not in (pack.measures or {}):
                report_unknown(measure, "measure", list(pack.measures or {}), place, findings)
    if content.overview:
        overview = content.overview
        _check_labels(pack, overview.labels, overview.label_places, overview.statements(), findings)
    _check_pack(pack, sources, comparisons, [summary.id for summary in content.summaries], findings)


def _check_labels(
    pack: Pack,
    labels: Sequence[str],
    places: Sequence[Location],
    statements: Iterable[Statement],
    findings: Findings,
) -> None:
    declared = pack.labels or {}
    audiences = [audience.id for audience in pack.audiences]
    for label, place in zip(labels, places, strict=True):
        if label not in declared:
            report_undeclared_label(label, declared, place, findings)
    for statement in statements:
        for label, place in zip(statement.labels, statement.label_places, strict=True):
            if label not in declared:
                report_undeclared_label(label, declared, place, findings)
        _check_audiences(statement.brief, audiences, statement.brief_places, findings)


def _check_audiences(value: Visibility, audiences: list[str], places: Sequence[Location], findings: Findings) -> None:
    for name, place in zip(value, places, strict=True) if isinstance(value, tuple) else ():
        if name not in audiences:
            report_unknown(name, "audience", audiences, place, findings)


def _check_summary(pack: Pack, summary: Summary, findings: Findings) -> None:
    for card in summary.cards.values():
        for label in card.labels:
            if label not in (pack.labels or {}):
                report_undeclared_label(label, pack.labels or {}, card.location, findings)
    if (card_name := summary.work.issued_from) and card_name.value not in summary.cards:
        report_unknown(card_name.value, "card", list(summary.cards), card_name.location, findings)
    for statistic in summary.statistics:
        if statistic.measure not in (pack.measures or {}):
            report_unknown(
                statistic.measure, "measure", list(pack.measures or {}), statistic.measure_location, findings
            )
        for place, location in zip(statistic.places, statistic.place_locations, strict=True):
            if place not in (pack.places or {}):
                report_unknown(place, "place", list(pack.places or {}), location, findings)
    if summary.review and not summary.review.current:
        findings.report(
            Code.REVIEW_STALE,
            f"changed since {summary.review.by} reviewed it",
            summary.review.location,
            hint="have it reviewed again, or leave it: the colophon says so",
        )


def _check_pack(pack: Pack, sources: list[str], comparisons: list[str], usable: list[str], findings: Findings) -> None:
    listed: set[str] = set()
    known = set(sources)
    for part in pack.parts:
        listed.update(part.sources)
        for source, place in zip(part.sources, part.source_places, strict=True):
            if source not in known:
                report_unknown(source, "source", sources, place, findings)
        for comparison, place in zip(part.comparisons, part.comparison_places, strict=True):
            if comparison not in comparisons:
                report_unknown(comparison, "comparison", comparisons, place, findings)
    for audience in pack.audiences:
        for source, place in zip(audience.sources or (), audience.source_places, strict=True):
            if source not in known:
                report_unknown(source, "source", sources, place, findings)
    for source in usable if pack.parts else ():
        if source not in listed:
            findings.report(
                Code.SOURCE_UNPLACED,
                f"no part lists the source {source!r}; it follows by date",
                Location(PACK_FILE),
                hint="list it under [[parts]]",
            )


def check_silences(content: Content, sources: Mapping[str, Source], findings: Findings) -> None:
    """A cell that says "not addressed" is a claim: report the words to look for that do occur."""
    for sheet in content.comparisons:
        for criterion in sheet.criteria:
            for cell in criterion.cells:
                source = sources.get(cell.source)
                if cell.kind != "silent" or source is None:
                    continue
                if found := _first_occurrence(criterion.look_for, source):
                    word, number = found
                    findings.report(
                        Code.SILENCE_DOUBTFUL,
                        f"{cell.source!r} has {word!r} in ¶ {number}, though the cell says `not addressed`",
                        cell.location,
                        hint="read the passage; cite it, or narrow `look-for`",
                        subject=f"comparisons/{sheet.id}/{criterion.id}/{cell.source}",
                    )


def _first_occurrence(words: Sequence[Text], source: Source) -> tuple[str, int] | None:
    for word in words:
        wanted = normalise(word.value).casefold()
        for passage in source.passages:
            text = normalise(passage.text).casefold()
            at = text.find(wanted)
            while wanted and at >= 0:
                if is_edge(text, at) and is_edge(text, at + len(wanted)):
                    return word.value, passage.number
                at = text.find(wanted, at + 1)
    return None
