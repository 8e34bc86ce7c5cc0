"""Each product of one audience, or what stops it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from briefpack.diagnostics import Diagnostic
from briefpack.products.attachments import compose_attachments
from briefpack.products.body import visible_body
from briefpack.products.brief import brief_statements, compose_brief, compose_record, has_brief, record_statements
from briefpack.products.comparison import compose_comparison, has_sheet, sheet_statements, visible_sources
from briefpack.products.evidence import Evidence, LinkTo, Mention, to_original
from briefpack.products.model import Attachment, Brief, ComparisonSheet, Dossier, Input, RecordSheet, Reference
from briefpack.products.originals import Originals, files_of
from briefpack.products.references import FilesOf, reference
from briefpack.products.view import View
from briefpack.summaries.model import Comparison, Statement, Summary


@dataclass(frozen=True, slots=True)
class Composed:
    """A product, or what stops it; `attachments` go into its PDF."""

    audience: str
    kind: str
    id: str
    product: Brief | ComparisonSheet | Dossier | None
    attachments: tuple[Attachment, ...] = ()
    blockers: tuple[Diagnostic, ...] = ()

    @property
    def name(self) -> str:
        """How the product is spelt: `press/brief/public-works`."""
        return f"{self.audience}/{self.kind}/{self.id}" if self.id else f"{self.audience}/{self.kind}"


@dataclass(slots=True)
class Composer:
    """Makes the products of one audience. `inputs` are the files that go into the colophon, with their digests."""

    view: View
    originals: Originals
    inputs: tuple[Input, ...] = ()
    files: FilesOf = field(init=False)

    def __post_init__(self) -> None:
        self.files = files_of(self.view, self.originals)

    def brief(self, summary: Summary) -> Composed | None:
        """The separate brief of one source, or None where the audience gets none."""
        if "brief" not in self.view.audience.products or not has_brief(summary, self.view):
            return None
        statements = brief_statements(summary, self.view)
        blockers = () if self.view.draft else self.view.errors(statements)
        name, kind = summary.id, "brief"
        if blockers:
            return Composed(self.view.audience.id, kind, name, None, blockers=blockers)
        brief, _ = self.make_brief(summary, to_original(self.view))
        attached = self.attached([summary, *self._cited_summaries(statements, summary)], statements, f"{name}.json")
        return Composed(self.view.audience.id, kind, name, brief, attached)

    def comparison(self, sheet: Comparison) -> Composed | None:
        """The separate sheet, or None where the audience gets none."""
        if "comparison" not in self.view.audience.products or not has_sheet(sheet, self.view):
            return None
        statements = sheet_statements(sheet, self.view)
        blockers = () if self.view.draft else self.view.errors(statements)
        if blockers:
            return Composed(self.view.audience.id, "comparison", sheet.id, None, blockers=blockers)
        made, _ = self.make_comparison(sheet, to_original(self.view))
        summaries = [s for source in visible_sources(sheet, self.view) if (s := self.view.verified.summary(source))]
        attached = self.attached(summaries, statements, f"{sheet.id}.json")
        return Composed(self.view.audience.id, "comparison", sheet.id, made, attached)

    def attached(
        self, summaries: Sequence[Summary], statements: Iterable[Statement], name: str
    ) -> tuple[Attachment, ...]:
        """The files to embed for a product that rests on `summaries`."""
        unique = list({summary.id: summary for summary in summaries}.values())
        return compose_attachments(unique, statements, self.view, self.originals, self.files, name)

    def _cited_summaries(self, statements: Iterable[Statement], own: Summary) -> list[Summary]:
        ids = dict.fromkeys(p.source for s in statements for p in s.pointers if p.source != own.id)
        return [summary for source in ids if (summary := self.view.verified.summary(source))]

    def make_brief(self, summary: Summary, link_to: LinkTo) -> tuple[Brief, list[Mention]]:
        """The brief as data, with what it cites."""
        evidence = Evidence(self.view, f"brief-{summary.id}", summary.short, summary.id, link_to)
        others = [self.entry(other) for other in self._cited_summaries(brief_statements(summary, self.view), summary)]
        brief = compose_brief(summary, evidence, self.entry(summary), others)
        return replace(brief, reference=self.entry(summary, evidence.mentions)), evidence.mentions

    def make_record(self, summary: Summary, link_to: LinkTo, brief: Brief) -> tuple[RecordSheet | None, list[Mention]]:
        """What `brief` leaves, with what it cites; what both hold of a kind is counted through, from the brief on."""
        evidence = Evidence(self.view, f"record-{summary.id}", summary.short, summary.id, link_to)
        evidence.counts |= {
            "figure": len(brief.figures) + sum(len(chart.figures) for chart in brief.charts),
            "definition": len(brief.definitions),
            "recommendation": len(brief.recommendations),
        }
        record = compose_record(summary, evidence, self.entry(summary))
        return record, evidence.mentions if record else []

    def make_comparison(self, sheet: Comparison, link_to: LinkTo) -> tuple[ComparisonSheet, list[Mention]]:
        """The sheet as data, with what it cites."""
        evidence = Evidence(self.view, f"comparison-{sheet.id}", sheet.short, "", link_to)
        entries = {
            source: self.entry(summary)
            for source in visible_sources(sheet, self.view)
            if (summary := self.view.verified.summary(source))
        }
        return compose_comparison(sheet, evidence, entries), evidence.mentions

    def entry(self, summary: Summary, mentions: Iterable[Mention] = ()) -> Reference:
        """How a source is named, with how much of it `mentions` (its own, and any of others) quote."""
        quoted = {
            number
            for mention in mentions
            if mention.card.startswith(f"{summary.id}/")
            and (anchor := self.view.verified.cards[mention.card].anchor) is not None
            for number in anchor.passages
        }
        return reference(summary, self.view, self.files, quoted)

    def dossier_statements(self) -> tuple[Statement, ...]:
        """All visible statements that the dossier prints."""
        view, parts = self.view, self.view.audience.parts
        statements: list[Statement] = []
        for summary in view.summaries():
            if "briefs" in parts and has_brief(summary, view):
                statements += brief_statements(summary, view)
                if "record" in view.audience.products:
                    statements += record_statements(summary, view)
            if "timeline" in parts:
                statements += [event.statement for event in summary.events]
        for sheet in view.comparisons():
            if "comparisons" in parts and has_sheet(sheet, view):
                statements += sheet_statements(sheet, view)
        overview = view.verified.content.overview
        if overview and "overview" in parts and view.sees(overview.labels):
            statements += [block.statement for block in visible_body(overview.body, view)]
        visible = (statement for statement in statements if view.shows(statement))
        return tuple({statement.address: statement for statement in visible}.values())
