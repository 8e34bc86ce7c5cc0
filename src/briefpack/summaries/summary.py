"""`content/summaries/<id>.md`: from written to plain data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from briefpack.diagnostics import Code, Findings
from briefpack.pack.edtf import Edtf, parse_edtf
from briefpack.pack.load import resolve_work
from briefpack.pack.model import Text
from briefpack.pack.validation import validate
from briefpack.summaries.document import Document, StatementBuilder, check_unique, to_visibility
from briefpack.summaries.model import (
    ActorEntry,
    Card,
    ChartKind,
    DefinitionEntry,
    EventEntry,
    RecommendationEntry,
    ReviewMark,
    Statement,
    Statistic,
    Summary,
)
from briefpack.summaries.written import StatementWritten, StatisticWritten, SummaryWritten
from briefpack.world import digest

WORDS_WARNED = 60
WORDS_REFUSED = 120
POINTS = (2, 7)
MOST_LEADS = 2

_CHART = re.compile(r"(bar|dot|line|timeline) +([^\W_][\w-]*)")
_LISTS = ("lead", "points", "statistics", "definitions", "recommendations", "actors", "events", "cautions", "analysis")


def build_summary(document: Document, findings: Findings) -> Summary | None:
    """Return the summary, or None where its front matter is unusable."""
    points = len(document.node.at("points").items or ()) if "points" in (document.node.fields or {}) else 0
    written = validate(SummaryWritten, document.node, findings, misplaced={"URL": "source.url"})
    if written is None:
        return None
    builder = StatementBuilder(document, document.id, document.id, findings)
    _check_counts(written, points, document, findings)
    _check_ids(written, builder)
    return Summary(
        id=document.id,
        path=document.path,
        digest=document.digest,
        work=resolve_work(document.id, written.source, document.node.at("source")),
        short=written.short or document.id.replace("-", " ").capitalize(),
        labels=tuple(written.labels),
        label_places=builder.places("labels", len(written.labels), ()),
        cards={name: _card(name, written, builder) for name in written.evidence},
        headline=builder.build(written.headline, ("headline",), "headline"),
        lead=_statements(written.lead, "lead", "lead", builder),
        points=_statements(written.points, "points", "point", builder),
        statistics=tuple(_statistic(item, i, builder) for i, item in enumerate(written.statistics)),
        definitions=tuple(
            DefinitionEntry(item.term, builder.build(item, ("definitions", i), "definition", i + 1))
            for i, item in enumerate(written.definitions)
        ),
        recommendations=tuple(
            RecommendationEntry(
                item.to,
                item.by,
                builder.build(item, ("recommendations", i), "recommendation", i + 1, desk=item.by == "desk"),
            )
            for i, item in enumerate(written.recommendations)
        ),
        actors=tuple(
            ActorEntry(item.name, builder.build(item, ("actors", i), "actor", i + 1))
            for i, item in enumerate(written.actors)
        ),
        events=tuple(
            EventEntry(
                _date(item.date),
                document.node.at("events", i, "date").span.location,
                builder.build(item, ("events", i), "event", i + 1),
            )
            for i, item in enumerate(written.events)
        ),
        cautions=_statements(written.cautions, "cautions", "caution", builder, desk=True),
        analysis=_statements(written.analysis, "analysis", "analysis", builder, desk=True),
        body=builder.body("text"),
        review=_review(written, document),
    )


def _check_counts(written: SummaryWritten, count: int, document: Document, findings: Findings) -> None:
    """`count` is the number of points as written, those that turned out to be unusable included."""
    fewest, most = POINTS
    points = document.node.keys.get("points", document.start)
    if count < fewest:
        findings.report(
            Code.TOO_FEW,
            f"{count} points where at least {fewest} are needed",
            points,
            hint="add what matters next, most important first",
        )
    if count > most:
        findings.report(
            Code.TOO_MANY,
            f"{count} points where at most {most} are read",
            points,
            hint="move the least important into the body",
        )
    if len(written.lead) > MOST_LEADS:
        findings.report(
            Code.TOO_MANY,
            f"{len(written.lead)} statements in the lead where at most {MOST_LEADS} stand",
            document.node.keys.get("lead", document.start),
            hint="move one into the points",
        )


def _check_ids(written: SummaryWritten, builder: StatementBuilder) -> None:
    node = builder.document.node
    for key in _LISTS:
        names = [item.id or str(number) for number, item in enumerate(getattr(written, key), start=1)]
        places = [node.at(key, i, "id").span.location for i in range(len(names))]
        check_unique(names, places, "id", builder.findings)


def _statements(
    written: Sequence[StatementWritten], key: str, kind: str, builder: StatementBuilder, *, desk: bool = False
) -> tuple[Statement, ...]:
    single = builder.document.node.at(key).items is None
    return tuple(
        builder.build(item, (key,) if single else (key, i), kind, i + 1, desk=desk) for i, item in enumerate(written)
    )


def _card(name: str, summary: SummaryWritten, builder: StatementBuilder) -> Card:
    written = summary.evidence[name]
    node = builder.document.node.at("evidence", name)
    quote = node.at("quote")
    parts = [quote.at(i) for i in range(len(written.quote))] if quote.items is not None else [quote]
    card = Card(
        source=builder.document.id,
        name=name,
        fragments=tuple(" ".join(fragment.split()) for fragment in written.quote),
        spans=tuple(part.span for part in parts),
        location=parts[0].span.location if parts else node.span.location,
        prefix=written.prefix,
        suffix=written.suffix,
        note=" ".join(written.note.split()),
        labels=tuple(written.labels),
        about=" ".join(written.about.split()),
    )
    _check_length(card, builder.findings)
    return card


def _check_length(card: Card, findings: Findings) -> None:
    if not card.fragments or not all(card.fragments):
        findings.report(
            Code.QUOTE_EMPTY,
            f"the card {card.name!r} quotes nothing",
            card.location,
            "copy the words from the source",
            card.address,
        )
    elif card.words > WORDS_REFUSED:
        findings.report(
            Code.QUOTE_TOO_LONG,
            f"the card {card.name!r} has {card.words} words; at most {WORDS_REFUSED} are allowed",
            card.location,
            hint="quote the words the claim rests on, or make two cards",
            subject=card.address,
        )
    elif card.words > WORDS_WARNED:
        findings.report(
            Code.QUOTE_LONG,
            f"the card {card.name!r} has {card.words} words; over {WORDS_WARNED} are rarely read",
            card.location,
            hint="quote the words the claim rests on, or make two cards",
            subject=card.address,
        )


def _statistic(written: StatisticWritten, index: int, builder: StatementBuilder) -> Statistic:
    path: tuple[str | int, ...] = ("statistics", index)
    node = builder.document.node.at(*path)
    statement = builder.build_statistic(written, path, index + 1)
    chart = _CHART.fullmatch(written.chart.strip())
    if written.chart and chart is None:
        builder.findings.report(
            Code.VALUE_INVALID,
            f"{written.chart!r} is no chart",
            node.at("chart").span.location,
            hint="write a kind (bar, dot, line, timeline) and a name, such as `bar returns`",
        )
    value = node.at("value")
    return Statistic(
        statement=statement,
        id=written.id,
        measure=written.measure,
        places=tuple(written.place),
        period=_date(written.period) if written.period else None,
        value=Text(value.text or "", value.span.location),
        qualifier=written.qualifier,
        unit=written.unit,
        key=to_visibility(written.key),
        chart=(cast("ChartKind", chart[1]), chart[2]) if chart else None,
        place_locations=tuple(node.at("place", i).span.location for i in range(len(written.place))),
        measure_location=node.at("measure").span.location,
        period_location=node.at("period").span.location,
        chart_location=node.at("chart").span.location,
    )


def _date(text: str) -> Edtf:
    date = parse_edtf(text)
    assert date is not None, "validated when it was read"
    return date


def _review(written: SummaryWritten, document: Document) -> ReviewMark | None:
    if written.reviewed is None:
        return None
    mark = written.reviewed
    current = len(mark.of) >= 8 and review_digest(document.raw).startswith(mark.of.lower())
    return ReviewMark(mark.by, mark.on, mark.of, current, document.node.at("reviewed").span.location)


def review_digest(raw: str) -> str:
    """The SHA-256 of a summary without its `reviewed` key: what a reviewer signs."""
    kept: list[str] = []
    inside = False
    fences = 0
    for line in raw.split("\n"):
        fences += line.rstrip() == "---"
        if line and not line[0].isspace():
            inside = fences < 2 and line.startswith("reviewed:")
        if not inside:
            kept.append(line)
    return digest("\n".join(kept).encode())
