"""The content in another language: the same statements, at the same addresses, saying it in the translators' words.

A text that is missing, or whose original has changed since, stays in the original's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefpack.diagnostics import Findings
from briefpack.pack.model import nearest_tag
from briefpack.pack.span import Span
from briefpack.summaries.citations import read_citations
from briefpack.summaries.load import Loaded
from briefpack.summaries.model import (
    BodyBlock,
    Card,
    CellEntry,
    Comparison,
    Content,
    Criterion,
    OverviewText,
    Statement,
    Statistic,
    Summary,
)
from briefpack.summaries.translation import Entry, Translation, is_stale
from briefpack.summaries.units import Key, reading_key


@dataclass(frozen=True, slots=True)
class Translated:
    """The content in `language`, and by its original's path the translation that each document has.

    `files` are the paths of those translations, of those too that could not be read.
    """

    language: str
    content: Content
    translations: Mapping[str, Translation] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def has(self, path: str, key: Key) -> bool:
        """Whether the text `key` of the document at `path` is translated."""
        translation = self.translations.get(path)
        return translation is not None and _entry(translation, key) is not None


def translate_content(loaded: Loaded, language: str, findings: Findings) -> Translated:
    """Put the translations that serve `language` into the content; garbled citations in them are reported."""
    content = loaded.content
    files = _files(loaded, language)
    found = {of: loaded.translations[path] for of, path in files.items() if path in loaded.translations}

    def translator(path: str, source: str | None) -> _Translator:
        return _Translator(found.get(path), language, source, findings)

    overview = content.overview
    translated = Content(
        tuple(_summary(summary, translator(summary.path, summary.id)) for summary in content.summaries),
        tuple(_comparison(sheet, translator(sheet.path, None)) for sheet in content.comparisons),
        _overview(overview, translator(overview.path, None)) if overview else None,
    )
    return Translated(language, translated, found, files)


def _files(loaded: Loaded, language: str) -> dict[str, str]:
    """By the path of each original that of its translation into the nearest language."""
    by_original: dict[str, dict[str, str]] = {}
    for path, of in loaded.translated.items():
        tag = path[len(of) - len("md") : -len(".md")]
        by_original.setdefault(of, {})[tag] = path
    chosen = ((of, tags, nearest_tag(language, tags)) for of, tags in by_original.items())
    return {of: tags[tag] for of, tags, tag in chosen if tag}


def _entry(translation: Translation, key: Key) -> Entry | None:
    """What stands under a key, where it is whole and of the original as it is."""
    entry = translation.entries.get(key)
    return None if entry is None or entry.lacking or entry.is_stale else entry


@dataclass(frozen=True, slots=True)
class _Translator:
    """Says the texts of one document in another language; `source` is whose cards a bare `[@card]` names."""

    translation: Translation | None
    language: str
    source: str | None
    findings: Findings

    def entry(self, *key: str) -> Entry | None:
        return _entry(self.translation, key) if self.translation else None

    def text(self, default: str, name: str, *key: str) -> str:
        """One text of an item, or the original's."""
        entry = self.entry(*key)
        return " ".join(entry.texts.get(name, default).split()) if entry else default

    def statement(self, original: Statement, *key: str, source: str | None = None) -> Statement:
        """The statement in the other language; a statistic has only a note to translate."""
        entry = self.entry(*key)
        if entry is None:
            return original
        told = replace(original, note=" ".join(entry.texts.get("note", "").split()), language=self.language)
        if "text" not in entry.texts:
            return told
        return self.said(told, entry.texts["text"], entry.span("text"), source or self.source)

    def said(self, original: Statement, written: str, span: Span, source: str | None) -> Statement:
        cited = read_citations(written, span, source, self.findings)
        return replace(
            original,
            text=cited.text,
            markers=cited.markers,
            span=span,
            written=written,
            origin=cited.origin,
            language=self.language,
            is_garbled=cited.is_garbled,
        )

    def items(self, section: str, originals: Sequence[Statement]) -> tuple[Statement, ...]:
        return tuple(self.statement(original, section, original.id) for original in originals)

    def body(self, blocks: Sequence[BodyBlock]) -> tuple[BodyBlock, ...]:
        if self.translation is None:
            return tuple(blocks)
        pairs = zip(blocks, self.translation.blocks, strict=True)
        return tuple(
            block
            if segment is None or segment.block is None or is_stale(segment, block)
            else replace(
                block, statement=self.said(block.statement, segment.block.text, segment.block.span, self.source)
            )
            for block, segment in pairs
        )


def _summary(summary: Summary, say: _Translator) -> Summary:
    if say.translation is None:
        return summary
    return replace(
        summary,
        work=replace(
            summary.work,
            withhold=tuple(
                replace(stretch, why=say.text(stretch.why, "why", "withhold", str(number)))
                for number, stretch in enumerate(summary.work.withhold, start=1)
            ),
        ),
        short=say.text(summary.short, "text", "short"),
        cards={name: _card(card, say) for name, card in summary.cards.items()},
        headline=say.statement(summary.headline, "headline"),
        lead=say.items("lead", summary.lead),
        points=say.items("points", summary.points),
        statistics=tuple(_statistic(item, say) for item in summary.statistics),
        definitions=tuple(
            replace(
                item,
                term=say.text(item.term, "term", "definitions", item.statement.id),
                statement=say.statement(item.statement, "definitions", item.statement.id),
            )
            for item in summary.definitions
        ),
        recommendations=tuple(
            replace(
                item,
                to=say.text(item.to, "to", "recommendations", item.statement.id),
                statement=say.statement(item.statement, "recommendations", item.statement.id),
            )
            for item in summary.recommendations
        ),
        actors=tuple(
            replace(
                item,
                name=say.text(item.name, "name", "actors", item.statement.id),
                statement=say.statement(item.statement, "actors", item.statement.id),
            )
            for item in summary.actors
        ),
        events=tuple(
            replace(item, statement=say.statement(item.statement, "events", item.statement.id))
            for item in summary.events
        ),
        cautions=say.items("cautions", summary.cautions),
        analysis=say.items("analysis", summary.analysis),
        body=say.body(summary.body),
    )


def _card(card: Card, say: _Translator) -> Card:
    key = ("evidence", card.name)
    return replace(card, note=say.text(card.note, "note", *key), about=say.text(card.about, "about", *key))


def _statistic(statistic: Statistic, say: _Translator) -> Statistic:
    """Its citations stay; a unit of its own is said in the other language."""
    statement = say.statement(statistic.statement, "statistics", statistic.id)
    unit = say.text(statistic.unit or "", "unit", "statistics", statistic.id)
    return replace(statistic, statement=statement, unit=unit if statistic.unit is not None else None)


def _comparison(sheet: Comparison, say: _Translator) -> Comparison:
    if say.translation is None:
        return sheet
    title = say.text(sheet.title, "text", "title")
    count = len(sheet.reading)
    return replace(
        sheet,
        title=title,
        short=say.text(title if sheet.short == sheet.title else sheet.short, "text", "short"),
        question=say.text(sheet.question, "text", "question"),
        criteria=tuple(_criterion(criterion, say) for criterion in sheet.criteria),
        reading=tuple(
            say.statement(statement, *reading_key(index, count)) for index, statement in enumerate(sheet.reading)
        ),
        cautions=tuple(
            replace(item, statement=say.statement(item.statement, "cautions", item.statement.id))
            for item in sheet.cautions
        ),
        body=say.body(sheet.body),
    )


def _criterion(criterion: Criterion, say: _Translator) -> Criterion:
    return replace(
        criterion,
        title=say.text(criterion.title, "title", "criteria", criterion.id),
        cells=tuple(_cell(cell, criterion, say) for cell in criterion.cells),
        reading=say.statement(criterion.reading, "readings", criterion.id) if criterion.reading else None,
    )


def _cell(cell: CellEntry, criterion: Criterion, say: _Translator) -> CellEntry:
    key = ("cells", criterion.id, cell.source)
    if cell.statement is None:
        return replace(cell, why=say.text(cell.why, "text", *key)) if cell.kind == "unclear" else cell
    return replace(cell, statement=say.statement(cell.statement, *key, source=cell.source))


def _overview(overview: OverviewText, say: _Translator) -> OverviewText:
    if say.translation is None:
        return overview
    title = say.text(overview.title, "text", "title")
    return replace(
        overview,
        title=title,
        short=say.text(title if overview.short == overview.title else overview.short, "text", "short"),
        body=say.body(overview.body),
    )
