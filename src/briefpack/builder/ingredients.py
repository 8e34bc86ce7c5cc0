"""What a section is made of, value by value, so that a later build can say which of them changed.

    origins = origins_of(view)                       once for each audience
    ingredients = ingredients_of(section, origins)   for each section of each product

An ingredient has a name that stays the same from build to build ("points/works"), the file that it comes from, and a
digest of what is printed of it. Its line is there to be shown; moving a line changes nothing. What all sections of an
audience share (templates, styles, settings, tools) comes from `stock.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from briefpack.builder.ledger import Ingredient, Sort, short_digest
from briefpack.pack.load import PACK_FILE
from briefpack.products import model
from briefpack.products.model import (
    Annex,
    AnnexPassage,
    Attachment,
    Chart,
    Cited,
    ComparisonSheet,
    ContentsEntry,
    CoverMark,
    Head,
    Highlight,
    Input,
    Note,
    NoteRef,
    PartTitle,
    Reference,
    Review,
    Section,
    Withheld,
)
from briefpack.products.view import View
from briefpack.sources.model import WITHHELD
from briefpack.summaries.load import COMPARISONS, OVERVIEW, SUMMARIES
from briefpack.world import Digest


@dataclass(frozen=True, slots=True)
class Origins:
    """Where what products print was written.

    `cards` maps a source and its quoted fragments to the card's name and line; `originals` and `summaries` map a source
    to the file its passages are read from, and to the one that describes it; `names` maps the names of measures and
    places to their keys in the settings. `translations` maps the file of a document to that of its translation.
    """

    cards: Mapping[tuple[str, tuple[str, ...]], tuple[str, int]]
    originals: Mapping[str, str]
    summaries: Mapping[str, str]
    names: Mapping[str, str]
    translations: Mapping[str, str] = field(default_factory=dict)


def origins_of(view: View) -> Origins:
    """Return the origins of everything that this audience may see."""
    summaries = view.summaries()
    return Origins(
        {(s.id, card.fragments): (card.name, card.location.line) for s in summaries for card in s.cards.values()},
        {s.id: f"seeds/{s.work.text.value if s.work.text else s.work.file.value}" for s in summaries},
        {s.id: s.path for s in summaries},
        {place: f"[places.{key}] name" for key, place in (view.verified.pack.places or {}).items()}
        | {measure.name: f"[measures.{key}] name" for key, measure in (view.verified.pack.measures or {}).items()},
        view.verified.translated.files if view.verified.translated else {},
    )


def ingredients_of(section: Section, origins: Origins) -> tuple[Ingredient, ...]:
    """Return what `section` is made of, in the order in which it prints; what its `Head` says is a setting."""
    file = _file_of(section, origins)
    walk = _Walk(origins, origins.translations.get(file, file), _prefix_of(section))
    walk.top(section)
    walk.close()
    return tuple(walk.found.values())


def binding_of(
    parts: Iterable[tuple[int, PartTitle]] = (), attachments: Iterable[Attachment] = ()
) -> tuple[Ingredient, ...]:
    """Return what joining a product's sections adds to them: the titles of parts, and attachments."""
    titles = [
        Ingredient(Sort.VALUE, f"the part {part.title or part.kind}", short_digest(at, part.title, part.kind))
        for at, part in parts
    ]
    files = [Ingredient(Sort.ATTACHMENT, a.name, short_digest(a.content, a.media, a.description)) for a in attachments]
    return (*titles, *files)


def inputs_of(sections: Iterable[Iterable[Ingredient]], reads: Mapping[str, Digest]) -> dict[str, Digest]:
    """Return the digests of the files that a product's sections come from, as a `World` recorded its `reads`."""
    files = {ingredient.file for ingredients in sections for ingredient in ingredients}
    return {file: reads[file][:16] for file in sorted(files | {PACK_FILE}) if file in reads}


def _file_of(section: Section, origins: Origins) -> str:
    match section:
        case model.Brief() | model.RecordSheet():
            return origins.summaries.get(section.id, f"{SUMMARIES}/{section.id}.md")
        case ComparisonSheet():
            return f"{COMPARISONS}/{section.id}.md"
        case model.Overview():
            return OVERVIEW
        case Annex():
            return origins.summaries.get(section.reference.source, "")
    return ""


def _prefix_of(section: Section) -> str:
    """What the anchors of a section's statements begin with, before what the user knows them by."""
    match section:
        case ComparisonSheet():
            return f"{section.anchor}.comparisons.{section.id}."
        case model.Overview():
            return f"{section.anchor}.overview."
    return f"{section.anchor}."


_COUNTED = re.compile(r"\.(\d+)(?=\.|$)")

_NAMES = {"tags": "labels", "short": "short", "skipped_after": "passages left out at the end"}
_REFERENCE = {
    "short": "short",
    "author": "source.csl.author",
    "title": "source.csl.title",
    "container": "source.csl.container-title",
    "publisher": "source.csl.publisher",
    "language": "source.language",
    "issued": "source.csl.issued",
    "issued_inferred": "source.issued-from",
    "url": "source.url",
    "files": "source.file",
    "note": "note",
}
"""The key of a summary that a field of a reference comes from; the other fields follow from what is cited."""

_SILENT = frozenset(("id", "anchor", "head", "cut", "cuts", "version", "source_short"))
"""Fields that say what another ingredient says: anchors follow from names, the version stands among the tools."""


_FOLLOWS: dict[type, frozenset[str]] = {Chart: frozenset(("measure", "period", "unit", "shares"))}
"""Fields that follow from the parts of a value."""

_PRODUCT_TYPES = frozenset(
    kind for kind in vars(model).values() if isinstance(kind, type) and kind.__module__ == model.__name__
) - {NoteRef, model.Locator, model.Place}

_FIELDS: dict[type, tuple[str, ...]] = {
    kind: tuple(item.name for item in fields(kind) if item.name not in _SILENT | _FOLLOWS.get(kind, frozenset()))
    for kind in _PRODUCT_TYPES
}


def _is_part(value: object) -> bool:
    """Whether a field holds parts with names of their own, and not only something to print."""
    if type(value) is tuple:
        return bool(value) and type(value[0]) in _PRODUCT_TYPES
    return type(value) in _PRODUCT_TYPES


@dataclass(slots=True)
class _Walk:
    """One pass over a section's data. Statements wait until all notes are known that their figures lead to."""

    origins: Origins
    file: str
    prefix: str
    found: dict[tuple[Sort, str, str], Ingredient] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)
    waiting: list[tuple[Cited, str, tuple[object, ...]]] = field(default_factory=list)

    def add(self, sort: Sort, name: str, file: str, *parts: object, line: int = 0) -> None:
        self.found.setdefault((sort, name, file), Ingredient(sort, name, short_digest(*parts), file, line))

    def top(self, section: Section) -> None:
        if isinstance(section, ComparisonSheet):
            self.cells(section)
        for name in _FIELDS[type(section)]:
            value = getattr(section, name)
            if _is_part(value):
                if name != "rows":
                    self.visit(value, name)
            elif value:
                self.add(Sort.VALUE, _NAMES.get(name, name), self.file, value)

    def visit(self, value: Any, name: str) -> None:
        kind = type(value)
        if kind is tuple:
            for index, item in enumerate(value, start=1):
                self.visit(item, f"{name}[{index}]")
        elif special := _SPECIAL.get(kind):
            special(self, value)
        elif kind is Cited:
            self.statement(value)
        else:
            self.compound(value, name)

    def compound(self, value: Any, name: str) -> None:
        """Something of several fields: with a statement in it, it goes by the statement's name."""
        plain: list[object] = []
        parts: list[tuple[str, object]] = []
        cited = None
        for key in _FIELDS[type(value)]:
            item = getattr(value, key)
            if type(item) is Cited and key == "cited":
                cited = item
            elif _is_part(item):
                parts.append((key, item))
            elif item:
                plain.append(self.named(key, item) if key in ("measure", "places") else item)
        if hasattr(value, "source_short") and value.source_short:
            self.short_of(value.source, value.source_short)
        if cited is not None:
            self.statement(cited, plain=tuple(plain))
        elif plain:
            self.add(Sort.VALUE, name, self.file, *plain)
        for key, item in parts:
            self.visit(item, f"{name}.{key}")

    def named(self, key: str, item: Any) -> object:
        """A measure or places go by their keys; what they are called is a setting."""
        keys = []
        for name in (item,) if key == "measure" else item:
            keys.append(self.origins.names.get(name, name))
            if name in self.origins.names:
                self.add(Sort.SETTING, self.origins.names[name], PACK_FILE, name)
        return keys

    def cells(self, sheet: ComparisonSheet) -> None:
        """The rows of a comparison: what is no statement goes by the names of row and column."""
        for row in sheet.rows:
            self.add(Sort.VALUE, f"criteria[{row.id}]", self.file, row.title, row.detail, row.differs, row.period)
            if row.reading:
                self.statement(row.reading)
            for column, cell in zip(sheet.columns, row.cells, strict=True):
                name = f"cell {row.id}/{column.id}"
                said = (cell.kind, cell.why, cell.differs, cell.cautions)
                if cell.cited:
                    self.statement(cell.cited, name, said)
                else:
                    self.add(Sort.VALUE, name, self.file, *said)
                self.visit(cell.figures, f"{name}: figures")

    def statement(self, cited: Cited, name: str = "", plain: tuple[object, ...] = ()) -> None:
        for note in cited.notes:
            self.notes[note.number] = note
        self.waiting.append((cited, name or self.name_of(cited.anchor), plain))

    def name_of(self, anchor: str) -> str:
        """`brief-river.points.works` is `points/works` in its file, `brief-river.points.2` is `points[2]`."""
        own = anchor.removeprefix(self.prefix)
        return _COUNTED.sub(r"[\1]", own if own != anchor else anchor.partition(".")[2]).replace(".", "/")

    def close(self) -> None:
        """Take in the statements; a figure stands for the card it leads to, for its number follows from the others."""
        for cited, name, plain in self.waiting:
            text = [part if isinstance(part, str) else self.card_of(part.number) for part in cited.prose]
            rest = (cited.derived, cited.note, cited.tags, cited.desk, cited.failures, cited.language, plain)
            self.add(Sort.VALUE, name, cited.location.file, *text, *rest, line=cited.location.line)
        for note in self.notes.values():
            self.quotation(note)
        self.places()

    def card_of(self, number: int) -> str:
        note = self.notes.get(number)
        if note is None:
            return f"[{number}]"
        known = self.origins.cards.get((note.source, note.fragments))
        return f"[@{note.source}/{known[0] if known else note.fragments}]"

    def quotation(self, note: Note) -> None:
        """The words of a card come from the summary."""
        card, line = self.origins.cards.get((note.source, note.fragments), (str(note.number), 0))
        file = self.origins.summaries.get(note.source, "")
        self.add(Sort.VALUE, f"evidence/{card}", file, note.fragments, note.language, line=line)
        if note.note or note.about:
            told = self.origins.translations.get(file, file)
            self.add(Sort.VALUE, f"evidence/{card}: note", told, note.note, note.about, note.gloss_language)
        if note.source_short:
            self.short_of(note.source, note.source_short)

    def places(self) -> None:
        """Where the quoted words stand comes from the originals."""
        found: dict[str, list[object]] = {}
        for note in self.notes.values():
            at = note.locator
            found.setdefault(note.source, []).append((at.first, at.last, at.first_page, at.last_page, note.href))
        for source, places in found.items():
            self.add(Sort.PASSAGE, "where quotations stand", self.origins.originals.get(source, ""), places)

    def short_of(self, source: str, short: str) -> None:
        file = self.origins.summaries.get(source, "")
        self.add(Sort.VALUE, "short", self.origins.translations.get(file, file), short)

    def reference(self, entry: Reference) -> None:
        file = self.origins.summaries.get(entry.source, "")
        for name, key in _REFERENCE.items():
            if value := getattr(entry, name):
                told = self.origins.translations.get(file, file) if key == "short" else file
                self.add(Sort.VALUE, key, told, value)
        if entry.passages:
            original = self.origins.originals.get(entry.source, "")
            self.add(Sort.PASSAGE, "the number of passages", original, entry.passages)
        self.add(Sort.VALUE, f"how much of {entry.source} is quoted", "", entry.quoted)
        self.add(Sort.VALUE, f"how {entry.source} is attached", "", entry.attached, entry.annex_href)

    def passage(self, passage: AnnexPassage) -> None:
        source = passage.anchor.removeprefix("annex-").rpartition(".")[0]
        original, number = self.origins.originals.get(source, ""), passage.number
        text = "".join(_text_of(run) for run in passage.runs)
        self.add(Sort.PASSAGE, f"passage[{number}]", original, text, passage.kind, passage.level, passage.page)
        if passage.skipped:
            self.add(Sort.PASSAGE, f"what is left out before passage {number}", original, passage.skipped)
        if withheld := [run.why for run in passage.runs if isinstance(run, Withheld)]:
            self.add(Sort.VALUE, f"source.withhold in passage {number}", self.file, withheld)
        marks = [(run.text, run.letters) for run in passage.runs if isinstance(run, Highlight)]
        if marks:
            cited_by = [(each.short, each.place, each.href) for each in passage.references]
            self.add(Sort.VALUE, f"what cites passage {number}", "", marks, cited_by, passage.notes)

    def entry(self, entry: ContentsEntry) -> None:
        name = f"the line {entry.title or entry.kind!s}"
        self.add(Sort.VALUE, name, "", entry.title, entry.detail, entry.target, entry.level)

    def mark(self, mark: CoverMark) -> None:
        self.add(Sort.VALUE, f"which passages of {mark.short} are quoted", "", mark.quoted)

    def input(self, item: Input) -> None:
        self.add(Sort.VALUE, "its digest", item.file, item.digest)

    def review(self, review: Review) -> None:
        self.add(Sort.VALUE, f"the review of {review.short}", "", review.by, review.on, review.current)


def _text_of(run: str | Highlight | Withheld) -> str:
    if isinstance(run, str):
        return run
    return run.text if isinstance(run, Highlight) else WITHHELD


_SPECIAL: dict[type, Callable[[_Walk, Any], None]] = {
    Head: lambda walk, head: None,
    Reference: _Walk.reference,
    AnnexPassage: _Walk.passage,
    ContentsEntry: _Walk.entry,
    CoverMark: _Walk.mark,
    Input: _Walk.input,
    Review: _Walk.review,
}
