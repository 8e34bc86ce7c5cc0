"""The combined dossier: which sections there are, in which order, for one audience."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefpack import __version__
from briefpack.citations.model import Tier
from briefpack.pack.edtf import parse_edtf
from briefpack.pack.model import Part
from briefpack.products.annex import compose_annex
from briefpack.products.body import compose_body
from briefpack.products.brief import has_brief
from briefpack.products.comparison import has_sheet
from briefpack.products.composer import Composed, Composer
from briefpack.products.evidence import Evidence, Mention, by_card, to_annex, to_original
from briefpack.products.index import compose_index
from briefpack.products.model import (
    Bibliography,
    Brief,
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
from briefpack.products.references import alphabetical, with_annex, with_cautions
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


@dataclass(slots=True)
class _Stretch:
    """The sections of one kind, where titled parts begin among them, and their lines in the contents."""

    sections: list[Section] = field(default_factory=list)
    parts: list[tuple[int, PartTitle]] = field(default_factory=list)
    entries: list[ContentsEntry] = field(default_factory=list)


class _DossierBuilder:
    """Composes what cites first and what lists citations last, then puts both into the order of the audience."""

    def __init__(self, composer: Composer) -> None:
        self.composer = composer
        self.view = composer.view
        self.head = composer.view.head()
        self.kinds = tuple(dict.fromkeys(self.view.audience.parts))
        self.current = _Stretch()
        self.part_count = 0
        self.mentions: list[Mention] = []
        has_annex = "annex" in self.kinds and self.view.audience.annex != "none"
        self.link_to = to_annex if has_annex else to_original(self.view)

    def build(self) -> Dossier:
        made = self._made()
        front: list[Section] = [
            Cover(self.head, "cover", self._cover_marks()),
            Contents(self.head, "contents", tuple(entry for stretch in made for entry in stretch.entries)),
        ]
        sections: list[Section] = [*front]
        parts: list[tuple[int, PartTitle]] = []
        for stretch in made:
            parts += [(len(sections) + index, part) for index, part in stretch.parts]
            sections += stretch.sections
        return Dossier(
            id="dossier",
            head=self.head,
            title=self.head.pack_title,
            sections=tuple(sections),
            parts=tuple(parts),
            attachments=(),
        )

    def _made(self) -> list[_Stretch]:
        """The stretches in the audience's order."""
        stretches = {kind: _Stretch() for kind in self.kinds}
        makers = {
            "overview": self._overview,
            "briefs": self._briefs,
            "comparisons": self._comparisons,
            "timeline": self._timeline,
        }
        for kind in self.kinds:
            if kind in makers:
                self.current = stretches[kind]
                makers[kind]()
        cited = by_card(self.mentions)
        annexed: set[str] = set()
        if "annex" in self.kinds and self.view.audience.annex != "none":
            self.current = stretches["annex"]
            annexed = self._annex(cited)
        if "bibliography" in self.kinds:
            self.current = stretches["bibliography"]
            made = [section for stretch in stretches.values() for section in stretch.sections]
            self._bibliography(cited, annexed, {brief.id: brief for brief in made if isinstance(brief, Brief)})
        if "index" in self.kinds:
            self.current = stretches["index"]
            self._index([section for kind in makers if kind in stretches for section in stretches[kind].sections])
        if "colophon" in self.kinds:
            self.current = stretches["colophon"]
            self._colophon(cited)
        return list(stretches.values())

    def _begin_part(self, title: str, kind: str = "") -> None:
        self.part_count += 1
        part = PartTitle(title, f"part-{self.part_count}", kind)
        self.current.parts.append((len(self.current.sections), part))
        self.current.entries.append(ContentsEntry(title, "", f"#{part.anchor}", 1, kind))

    def _add(self, section: Section, title: str, detail: str, kind: str = "") -> None:
        self.current.sections.append(section)
        self.current.entries.append(ContentsEntry(title, detail, f"#{section.anchor}", 2, kind))

    def _overview(self) -> None:
        overview = self.view.verified.content.overview
        if overview is None or not self.view.sees(overview.labels):
            return
        evidence = Evidence(self.view, "overview", overview.short, "", self.link_to)
        body = compose_body(overview.body, evidence)
        if not body:
            return
        tags, language = self.view.tags(overview.labels), self.view.language_at(overview.path, "title")
        section = Overview("overview", self.head, "overview", overview.title, tags, body, language)
        self._begin_part("", "overview")
        self._add(section, overview.title, "")
        self.mentions += evidence.mentions

    def _briefs(self) -> None:
        """Each part's briefs with their records, then its comparisons; at the end the sources that no part lists."""
        pack, content = self.view.verified.pack, self.view.verified.content
        listed = {source for part in pack.parts for source in part.sources}
        rest = tuple(summary.id for summary in _by_date(content.summaries) if summary.id not in listed)
        done: set[str] = set()
        for part in (*pack.parts, *((Part("", rest, ()),) if rest else ())):
            summaries = [
                s
                for id_ in dict.fromkeys(part.sources)
                if f"brief-{id_}" not in done and (s := self.view.verified.summary(id_)) and has_brief(s, self.view)
            ]
            sheets = [
                sheet
                for sheet in content.comparisons
                if sheet.id in part.comparisons
                and "comparisons" in self.kinds
                and f"sheet-{sheet.id}" not in done
                and has_sheet(sheet, self.view)
            ]
            sheets.sort(key=lambda sheet: part.comparisons.index(sheet.id))
            if summaries or sheets:
                self._begin_part(part.title, "" if part.title else "briefs")
            for summary in summaries:
                self._brief(summary)
            for sheet in sheets:
                self._sheet(sheet)
            done |= {f"brief-{summary.id}" for summary in summaries} | {f"sheet-{sheet.id}" for sheet in sheets}

    def _brief(self, summary: Summary) -> None:
        brief, mentions = self.composer.make_brief(summary, self.link_to)
        self.mentions += mentions
        self._add(brief, brief.short, plain(brief.headline.prose))
        if "record" in self.view.audience.products:
            record, mentions = self.composer.make_record(summary, self.link_to, brief)
            if record is not None:
                self.current.sections.append(record)
                self.mentions += mentions

    def _sheet(self, sheet: Comparison) -> None:
        made, mentions = self.composer.make_comparison(sheet, self.link_to)
        self.mentions += mentions
        self._add(made, made.short, made.question, "comparison")

    def _comparisons(self) -> None:
        """The sheets that no part lists, or all of them where the audience has no briefs."""
        pack = self.view.verified.pack
        listed = {c for part in pack.parts for c in part.comparisons} if "briefs" in self.kinds else set()
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
            evidence.begin_afresh()
            cited = evidence.cite(statement, Place("timeline", number))
            events.append(Event(date, cited, summary.id, summary.short))
        if not events:
            return
        self._begin_part("", "timeline")
        self._add(Timeline(self.head, "timeline", tuple(events)), "", "", "timeline")
        self.mentions += evidence.mentions

    def _annex(self, cited: Mapping[str, Sequence[Mention]]) -> set[str]:
        """The originals; returns the ids of those that have a section."""
        annexed: set[str] = set()
        quoted = _by_source(cited)
        for summary in self._in_order():
            mentions = quoted.get(summary.id, {})
            entry = with_annex(self.composer.entry(summary, _all(mentions)), f"#annex-{summary.id}")
            cuts = compose_annex(summary, self.view, entry, mentions)
            if cuts and not annexed:
                self._begin_part("", "annex")
            for cut in cuts:
                if cut.cut == 1:
                    annexed.add(summary.id)
                    self._add(cut, summary.short, "")  # its title heads it, and stands in the list of sources
                else:
                    self.current.sections.append(cut)
        return annexed

    def _bibliography(
        self, cited: Mapping[str, Sequence[Mention]], annexed: set[str], briefs: Mapping[str, Brief]
    ) -> None:
        quoted = _by_source(cited)
        entries = []
        for summary in self.view.summaries():
            entry = self.composer.entry(summary, _all(quoted.get(summary.id, {})))
            if summary.id in briefs:
                entry = with_cautions(entry, briefs[summary.id])
            entries.append(with_annex(entry, f"#annex-{summary.id}") if summary.id in annexed else entry)
        self._begin_part("", "bibliography")
        self._add(
            Bibliography(self.head, "bibliography", alphabetical(entries, self.head.language)), "", "", "bibliography"
        )

    def _index(self, sections: Sequence[Section]) -> None:
        places = (self.view.verified.pack.places or {}).values()
        for cut in compose_index(sections, places, self.head):
            if cut.cut == 1:
                self._add(cut, "", "", "index")
            else:
                self.current.sections.append(cut)

    def _colophon(self, cited: Mapping[str, Sequence[Mention]]) -> None:
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
            if summary.id in self.view.verified.sources
        )

    def _in_order(self) -> list[Summary]:
        """Visible summaries as the parts list them, then the others by date."""
        listed = [source for part in self.view.verified.pack.parts for source in part.sources]
        others = [summary.id for summary in _by_date(self.view.verified.content.summaries)]
        order = {source: index for index, source in enumerate(dict.fromkeys([*listed, *others]))}
        return sorted(self.view.summaries(), key=lambda summary: order[summary.id])


def _all(cited: Mapping[str, Sequence[Mention]]) -> list[Mention]:
    return [mention for mentions in cited.values() for mention in mentions]


def _by_source(cited: Mapping[str, Sequence[Mention]]) -> dict[str, dict[str, Sequence[Mention]]]:
    """Who cites what, source by source."""
    grouped: dict[str, dict[str, Sequence[Mention]]] = {}
    for address, mentions in cited.items():
        grouped.setdefault(address.partition("/")[0], {})[address] = mentions
    return grouped


def _by_date(summaries: Sequence[Summary]) -> list[Summary]:
    """By date of issue, undated last, then by id."""

    def key(summary: Summary) -> tuple[object, ...]:
        issued = parse_edtf(summary.work.issued.value) if summary.work.issued else None
        return (issued is None, issued.sort_key if issued else (), summary.id)

    return sorted(summaries, key=key)


_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|[*`]+")


def plain(prose: Prose) -> str:
    """Prose without note figures and inline marks."""
    text = "".join(part for part in prose if not isinstance(part, NoteRef))
    return _ESCAPED.sub(lambda match: match[1] or "", text).strip()
