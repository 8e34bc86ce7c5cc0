"""The one-page brief, and the record that holds what the brief leaves."""

from __future__ import annotations

from collections.abc import Sequence

from briefpack.products.evidence import Evidence
from briefpack.products.figures import charts, figure, split
from briefpack.products.model import (
    Actor,
    Brief,
    Cited,
    Definition,
    Event,
    Prosaic,
    Recommendation,
    RecordSheet,
    Reference,
)
from briefpack.products.view import View
from briefpack.summaries.model import BodyBlock, RecommendationEntry, Statement, Summary


def has_brief(summary: Summary, view: View) -> bool:
    """A brief goes with its headline."""
    return view.shows_source(summary.id) and view.shows(summary.headline)


def brief_statements(summary: Summary, view: View) -> tuple[Statement, ...]:
    """All visible statements that the brief prints, for the gate's verdict on the product."""
    in_charts = {s.chart for s in summary.statistics if s.chart and view.wants(s.key)}
    chosen = (
        summary.headline,
        *summary.lead,
        *summary.points,
        *(s.statement for s in summary.statistics if view.wants(s.key) or (s.chart and s.chart in in_charts)),
        *(entry.statement for entry in summary.definitions if view.wants(entry.statement.brief)),
        *(entry.statement for entry in summary.recommendations if view.wants(entry.statement.brief)),
        *summary.cautions,
        *summary.analysis,
    )
    return tuple(statement for statement in chosen if view.shows(statement))


def record_statements(summary: Summary, view: View) -> tuple[Statement, ...]:
    """All visible statements that the record prints."""
    printed = {statement.address for statement in brief_statements(summary, view)}
    return tuple(s for s in summary.statements() if s.address not in printed and view.shows(s))


def compose_brief(summary: Summary, evidence: Evidence, entry: Reference, others: Sequence[Reference]) -> Brief:
    """The brief; evidence notes are numbered in the order in which they are read."""
    view = evidence.view
    single, charted = split(summary.statistics, evidence, key=True)
    review = summary.review
    return Brief(
        id=summary.id,
        head=view.head(),
        anchor=evidence.anchor,
        short=summary.short,
        tags=view.tags(summary.labels),
        headline=evidence.cite(summary.headline),
        lead=cite_all(summary.lead, evidence),
        figures=tuple(figure(statistic, evidence) for statistic in single),
        points=cite_all(summary.points, evidence),
        charts=charts(charted, evidence),
        definitions=tuple(
            Definition(item.term, evidence.cite(item.statement))
            for item in summary.definitions
            if view.wants(item.statement.brief) and view.shows(item.statement)
        ),
        recommendations=_recommendations(summary.recommendations, evidence, in_brief=True),
        cautions=cite_all(summary.cautions, evidence),
        analysis=cite_all(summary.analysis, evidence),
        reference=entry,
        other_references=tuple(others),
        reviewed=f"{review.by}, {review.on}" if review and review.current else "",
    )


def compose_record(summary: Summary, evidence: Evidence, entry: Reference) -> RecordSheet | None:
    """What remains, or None where nothing does."""
    view = evidence.view
    single, charted = split(summary.statistics, evidence, key=False)
    record = RecordSheet(
        id=summary.id,
        head=view.head(),
        anchor=evidence.anchor,
        short=summary.short,
        tags=view.tags(summary.labels),
        body=compose_body(summary.body, evidence),
        definitions=tuple(
            Definition(item.term, evidence.cite(item.statement))
            for item in summary.definitions
            if not view.wants(item.statement.brief) and view.shows(item.statement)
        ),
        recommendations=_recommendations(summary.recommendations, evidence, in_brief=False),
        figures=tuple(figure(statistic, evidence) for statistic in single),
        charts=charts(charted, evidence),
        actors=tuple(
            Actor(item.name, evidence.cite(item.statement)) for item in summary.actors if view.shows(item.statement)
        ),
        events=tuple(
            Event(item.date, evidence.cite(item.statement))
            for item in sorted(summary.events, key=lambda event: event.date.sort_key)
            if view.shows(item.statement)
        ),
        reference=entry,
    )
    parts = (record.body, record.definitions, record.recommendations, record.figures, record.charts)
    return record if any((*parts, record.actors, record.events)) else None


def cite_all(statements: Sequence[Statement], evidence: Evidence) -> tuple[Cited, ...]:
    """The visible ones, cited in order."""
    return tuple(evidence.cite(statement) for statement in statements if evidence.view.shows(statement))


def _recommendations(
    entries: Sequence[RecommendationEntry], evidence: Evidence, *, in_brief: bool
) -> tuple[Recommendation, ...]:
    view = evidence.view
    return tuple(
        Recommendation(item.to, item.by, evidence.cite(item.statement))
        for item in entries
        if view.wants(item.statement.brief) is in_brief and view.shows(item.statement)
    )


def compose_body(blocks: Sequence[BodyBlock], evidence: Evidence) -> tuple[Prosaic, ...]:
    """The visible blocks; a heading under which nothing is left goes too."""
    visible = [block for block in blocks if evidence.view.shows(block.statement)]
    kept: list[BodyBlock] = []
    for index, block in enumerate(visible):
        following = visible[index + 1] if index + 1 < len(visible) else None
        is_empty = following is None or (following.kind == "heading" and following.level <= block.level)
        if block.kind != "heading" or not is_empty:
            kept.append(block)
    return tuple(
        Prosaic(
            block.kind, max(2, block.level) if block.kind == "heading" else block.level, evidence.cite(block.statement)
        )
        for block in kept
    )
