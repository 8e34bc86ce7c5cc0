"""The one-page brief, and the record that holds what the brief leaves."""

from __future__ import annotations

from collections.abc import Sequence

from briefpack.products.body import compose_body, visible_body
from briefpack.products.charts import charts
from briefpack.products.evidence import Evidence
from briefpack.products.figures import figure, split
from briefpack.products.model import (
    Actor,
    Brief,
    Cited,
    Definition,
    Event,
    Recommendation,
    RecordSheet,
    Reference,
)
from briefpack.products.view import View
from briefpack.summaries.model import RecommendationEntry, Statement, Summary


def has_brief(summary: Summary, view: View) -> bool:
    """A brief goes with its headline."""
    return view.shows_source(summary.id) and view.shows(summary.headline)


def brief_statements(summary: Summary, view: View) -> tuple[Statement, ...]:
    """All visible statements that the brief prints, for the gate's verdict on the product."""
    single, charted = split(summary.statistics, view, key=True)
    chosen = (
        summary.headline,
        *summary.lead,
        *summary.points,
        *(statistic.statement for statistic in (*single, *charted)),
        *(entry.statement for entry in summary.definitions if view.wants(entry.statement.brief)),
        *(entry.statement for entry in summary.recommendations if view.wants(entry.statement.brief)),
        *summary.cautions,
        *summary.analysis,
    )
    return tuple(statement for statement in chosen if view.shows(statement))


def record_statements(summary: Summary, view: View) -> tuple[Statement, ...]:
    """All visible statements that the record prints."""
    printed = {statement.address for statement in brief_statements(summary, view)}
    body = {block.statement.address for block in summary.body}
    kept = {block.statement.address for block in visible_body(summary.body, view)}
    return tuple(
        s
        for s in summary.statements()
        if s.address not in printed and (s.address in kept if s.address in body else view.shows(s))
    )


def compose_brief(summary: Summary, evidence: Evidence, entry: Reference, others: Sequence[Reference]) -> Brief:
    """The brief; evidence notes are numbered in the order in which they are read."""
    view = evidence.view
    single, charted = split(summary.statistics, evidence.view, key=True)
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
    """What remains, or None where nothing does; notes are numbered in the order in which the template prints."""
    view = evidence.view
    single, charted = split(summary.statistics, evidence.view, key=False)
    record = RecordSheet(
        id=summary.id,
        head=view.head(),
        anchor=evidence.anchor,
        short=summary.short,
        tags=view.tags(summary.labels),
        body=compose_body(summary.body, evidence),
        figures=tuple(figure(statistic, evidence) for statistic in single),
        charts=charts(charted, evidence),
        definitions=tuple(
            Definition(item.term, evidence.cite(item.statement))
            for item in summary.definitions
            if not view.wants(item.statement.brief) and view.shows(item.statement)
        ),
        recommendations=_recommendations(summary.recommendations, evidence, in_brief=False),
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
