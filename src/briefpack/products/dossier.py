"""The combined dossier: which sections there are, in which order, for one audience."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefpack import __version__
from briefpack.citations.model import Tier
from briefpack.pack.model import Part
from briefpack.products.annex import compose_annex
from briefpack.products.brief import compose_body, compose_record, has_brief
from briefpack.products.comparison import has_sheet
from briefpack.products.composer import Composed, Composer
from briefpack.products.evidence import Evidence, Mention, by_card, to_annex, to_original
from briefpack.products.model import (
    Bibliography,
    Colophon,
    Contents,
    ContentsEntry,
    Cover,
    CoverMark,
    Dossier,
    Event,
    NoteRef,
    Overview,
    PartTitle,
    Place,
    Prose,
    Review,
    Section,
    Timeline,
)
from briefpack.products.references import alphabetical, with_annex
from briefpack.summaries.model import Comparison, Summary


def compose_dossier(composer: Composer) -> Composed | None:
    """The dossier, or None where the audience gets none."""
    view = composer.view
    if "dossier" not in view.audience.products:
        return None
    statements = composer.dossier_statements()
    blockers = () if view.draft else view.errors(statements)
    if blockers:
        return Composed(view.audience.id, "dossier", "", None, blockers=blockers)
    attached = composer.attached(view.summaries(), statements, "dossier.json")
    dossier = replace(_DossierBuilder(composer).build(), attachments=attached)
    return Composed(view.audience.id, "dossier", "", dossier, attached)


class _DossierBuilder:
    """Puts the sections of one dossier in order; the annex comes last to be composed, for it lists who cites what."""

    def __init__(self, composer: Composer) -> None:
        self.composer = composer
        self.view = composer.view
        self.head = composer.view.head()
        self.sections: list[Section] = []
        self.parts: list[tuple[int, PartTitle]] = []
        self.entries: list[ContentsEntry] = []
        self.mentions: list[Mention] = []
        has_annex = "annex" in self.view.audience.parts and self.view.audience.annex != "none"
        self.link_to = to_annex if has_annex else to_original(self.view)

    def build(self) -> Dossier:
        makers = {
            "overview": self._overview,
            "briefs": self._briefs,
            "comparisons": self._comparisons,
            "timeline": self._timeline,
        }
        for kind in self.view.audience.parts:
            if kind in makers:
                makers[kind]()
        cited = by_card(self.mentions)
        for kind in self.view.audience.parts:
            if kind == "annex" and self.view.audience.annex != "none":
                self._annex(cited)
            elif kind == "bibliography":
                self._bibliography()
            elif kind == "colophon":
                self._colophon(cited)
        front: list[Section] = [
            Cover(self.head, "cover", self._cover_marks()),
            Contents(self.head, "contents", tuple(self.entries)),
        ]
        return Dossier(
            id="dossier",
            head=self.head,
            title=self.head.pack_title,
            sections=(*front, *self.sections),
            parts=tuple((index + len(front), part) for index, part in self.parts),
            attachments=(),
        )

    def _begin_part(self, title: str, kind: str = "") -> None:
        anchor = f"part-{len(self.parts) + 1}"
        part = PartTitle(title, anchor, kind)
        self.parts.append((len(self.sections), part))
        self.entries.append(ContentsEntry(title, "", f"#{anchor}", 1, kind))

    def _add(self, section: Section, title: str, detail: str, kind: str = "") -> None:
        self.sections.append(section)
        self.entries.append(ContentsEntry(title, detail, f"#{section.anchor}", 2, kind))

    def _overview(self) -> None:
        overview = self.view.verified.content.overview
        if overview is None or not self.view.sees(overview.labels):
            return
        evidence = Evidence(self.view, "overview", overview.short, "", self.link_to)
        body = compose_body(overview.body, evidence)
        section = Overview("overview", self.head, "overview", overview.title, self.view.tags(overview.labels), body)
        self._begin_part("", "overview")
        self._add(section, overview.title, "")
        self.mentions += evidence.mentions

    def _briefs(self) -> None:
        """Each part's briefs with their records, then its comparisons; at the end the sources that no part lists."""
        pack, content = self.view.verified.pack, self.view.verified.content
        listed = {source for part in pack.parts for source in part.sources}
        rest = tuple(summary.id for summary in _by_date(content.summaries) if summary.id not in listed)
        parts = [*pack.parts, *([Part("", rest, ())] if rest else [])]
        for part in parts:
            summaries = [
                s for id_ in part.sources if (s := self.view.verified.summary(id_)) and has_brief(s, self.view)
            ]
            sheets = [s for s in content.comparisons if s.id in part.comparisons and has_sheet(s, self.view)]
            sheets.sort(key=lambda sheet: part.comparisons.index(sheet.id))
            if not summaries and not (sheets and "comparisons" in self.view.audience.parts):
                continue
            self._begin_part(part.title, "" if part.title else "briefs")
            for summary in summaries:
                self._brief(summary)
            if "comparisons" in self.view.audience.parts:
                for sheet in sheets:
                    self._sheet(sheet)

    def _brief(self, summary: Summary) -> None:
        brief, mentions = self.composer.make_brief(summary, self.link_to)
        self.mentions += mentions
        self._add(brief, brief.short, plain(brief.headline.prose))
        if "record" not in self.view.audience.products:
            return
        evidence = Evidence(self.view, f"record-{summary.id}", summary.short, summary.id, self.link_to)
        record = compose_record(summary, evidence, self.composer.entry(summary))
        if record is not None:
            self.sections.append(record)
            self.mentions += evidence.mentions

    def _sheet(self, sheet: Comparison) -> None:
        made, mentions = self.composer.make_comparison(sheet, self.link_to)
        self.mentions += mentions
        self._add(made, made.short, made.question)

    def _comparisons(self) -> None:
        """The sheets that no part lists, or all of them where the audience has no briefs."""
        pack = self.view.verified.pack
        listed = {c for part in pack.parts for c in part.comparisons} if "briefs" in self.view.audience.parts else set()
        sheets = [s for s in self.view.comparisons() if s.id not in listed and has_sheet(s, self.view)]
        if sheets:
            self._begin_part("", "comparisons")
        for sheet in sheets:
            self._sheet(sheet)

    def _timeline(self) -> None:
        evidence = Evidence(self.view, "timeline", "", "", self.link_to)
        dated = [
            (entry.date, summary, index, entry.statement)
            for summary in self.view.summaries()
            for index, entry in enumerate(summary.events)
            if self.view.shows(entry.statement)
        ]
        dated.sort(key=lambda item: (item[0].sort_key, item[1].id, item[2]))
        events = []
        for number, (date, summary, _, statement) in enumerate(dated, start=1):
            cited = evidence.cite(statement, Place("timeline", number))
            anchored = replace(cited, anchor=f"timeline-{summary.id}-{cited.anchor.removeprefix('timeline-')}")
            evidence.mentions[:] = [
                replace(m, anchor=anchored.anchor) if m.anchor == cited.anchor else m for m in evidence.mentions
            ]
            events.append(Event(date, anchored, summary.id, summary.short))
        if not events:
            return
        self._begin_part("", "timeline")
        self._add(Timeline(self.head, "timeline", tuple(events)), "", "", "timeline")
        self.mentions += evidence.mentions

    def _annex(self, cited: dict[str, tuple[Mention, ...]]) -> None:
        began = False
        for summary in self._in_order():
            entry = with_annex(self.composer.entry(summary, self._mentions_of(cited)), f"#annex-{summary.id}")
            cuts = compose_annex(summary, self.view, entry, cited)
            if cuts and not began:
                self._begin_part("", "annex")
                began = True
            for cut in cuts:
                if cut.cut == 1:
                    self._add(cut, entry.title, "")
                else:
                    self.sections.append(cut)

    def _mentions_of(self, cited: dict[str, tuple[Mention, ...]]) -> list[Mention]:
        return [mention for mentions in cited.values() for mention in mentions]

    def _bibliography(self) -> None:
        quoted = self._mentions_of(by_card(self.mentions))
        entries = []
        has_annex = any(section.anchor.startswith("annex-") for section in self.sections)
        for summary in self.view.summaries():
            entry = self.composer.entry(summary, quoted)
            there = any(section.anchor == f"annex-{summary.id}" for section in self.sections)
            entries.append(with_annex(entry, f"#annex-{summary.id}") if has_annex and there else entry)
        self._begin_part("", "bibliography")
        self._add(Bibliography(self.head, "bibliography", alphabetical(entries)), "", "", "bibliography")

    def _colophon(self, cited: dict[str, tuple[Mention, ...]]) -> None:
        cards = self.view.verified.cards
        anchors = [anchor for address in cited if (anchor := cards[address].anchor) is not None]
        statements = self.composer.dossier_statements()
        section = Colophon(
            head=self.head,
            anchor="colophon",
            inputs=self.composer.inputs,
            reviews=tuple(
                Review(s.short, s.review.by, s.review.on, s.review.current) for s in self.view.summaries() if s.review
            ),
            quotations=len(anchors),
            normalised=sum(anchor.tier is Tier.NORMALISED for anchor in anchors),
            statements=sum(not s.desk for s in statements if s.pointers),
            derived=sum(bool(statement.derived) for statement in statements),
            version=__version__,
        )
        self._add(section, "", "", "colophon")

    def _cover_marks(self) -> tuple[CoverMark, ...]:
        cards = self.view.verified.cards
        quoted = {
            (address.partition("/")[0], number)
            for address in by_card(self.mentions)
            if (anchor := cards[address].anchor) is not None
            for number in anchor.passages
        }
        return tuple(
            CoverMark(
                summary.short,
                tuple((summary.id, p.number) in quoted for p in self.view.verified.sources[summary.id].passages),
            )
            for summary in self._in_order()
        )

    def _in_order(self) -> list[Summary]:
        """Visible summaries as the parts list them, then the others by date."""
        listed = [source for part in self.view.verified.pack.parts for source in part.sources]
        rest = [summary.id for summary in _by_date(self.view.verified.content.summaries) if summary.id not in listed]
        order = {source: index for index, source in enumerate(dict.fromkeys([*listed, *rest]))}
        return sorted(self.view.summaries(), key=lambda summary: order[summary.id])


def _by_date(summaries: Sequence[Summary]) -> list[Summary]:
    """By date of issue, undated last, then by id."""
    return sorted(summaries, key=lambda s: (s.work.issued.value.strip("?") if s.work.issued else "9999", s.id))


_MARKS = re.compile(r"(?<!\\)[*_`]+")


def plain(prose: Prose) -> str:
    """Prose without note figures and inline marks."""
    return _MARKS.sub("", "".join(part for part in prose if not isinstance(part, NoteRef))).replace("\\", "").strip()
