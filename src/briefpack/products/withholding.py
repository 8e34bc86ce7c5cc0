"""What an audience is not shown, collected: the complement of what its view shows.

    absence_of(view, originals, files, others) -> Absence

Every statement that is not shown, with its editors' note, its derivations and the term or name it stands under;
quotations that no shown statement cites, or whose card is labelled, and the editors' glosses on them; what a source
withholds from everybody; titles, names, addresses and files of sources and sheets that are not shown. The sources' own
words as far as they are visible, and any text that stands somewhere unrestricted, are no secrets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath

from briefpack.citations.gate import Verified
from briefpack.diagnostics import Location
from briefpack.pack.model import Audience
from briefpack.products.absence import Absence, Secret, secrets_of, without_seen
from briefpack.products.body import visible_body
from briefpack.products.comparison import has_sheet, sheet_statements
from briefpack.products.evidence import annex_anchor
from briefpack.products.originals import ADDRESS, NUMBER, Originals
from briefpack.products.phrases import squashed
from briefpack.products.references import FilesOf
from briefpack.products.view import View
from briefpack.sources.normalise import normalise
from briefpack.sources.printed import printed, within
from briefpack.summaries.model import Card, Comparison, Content, Statement, Summary

_LONG_NAME = 12
"""Letters and digits from which on a name cannot stand by chance in running text."""

_CITATION = re.compile(r"\[@[^\]]*\]")

_OWN_SECTIONS = ("brief", "record")


def in_all_languages(verified: Verified, audience: Audience) -> list[View]:
    """Return what an audience is shown in every language that anybody reads, its own first.

    `verified` is the content as it was written.
    """
    languages = dict.fromkeys((audience.language, verified.pack.language, *verified.translations))
    return [View(verified, replace(audience, language=language)) for language in languages]


def absence_of(view: View, originals: Originals, files: FilesOf, others: Iterable[View] = ()) -> Absence:
    """Return what must be absent from everything that the audience of `view` is handed.

    `others` show the same content to the same audience in further languages: a text is hidden and seen in all of them.
    """
    versions = [_Withholding(each, originals, files) for each in (view, *others)]
    secrets = [secret for version in versions for secret in version.secrets()]
    if not secrets:
        return Absence(view.audience.id)
    seen = dict.fromkeys(chain.from_iterable(version.seen() for version in versions))
    names = chain.from_iterable(version.names() for version in versions)
    return Absence(view.audience.id, without_seen(secrets, seen, names))


@dataclass(frozen=True)
class _Withholding:
    """One pass over the content, for what is hidden and for what is seen."""

    view: View
    originals: Originals
    files: FilesOf

    @property
    def content(self) -> Content:
        return self.view.verified.content

    def secrets(self) -> Iterator[Secret]:
        """Yield everything that is hidden."""
        for summary in self.content.summaries:
            if not self.view.shows_source(summary.id):
                yield from _of_source(summary)
            yield from _of_ranges(summary, self.view)
        for sheet in self.content.comparisons:
            yield from self._of_sheet(sheet)
        overview = self.content.overview
        if overview and not self.view.sees(overview.labels):
            yield from secrets_of("title", "overview", Location(overview.path), overview.title)
        for statement, name in self.statements:
            if id(statement) not in self.shown:
                yield from _of_statement(statement, name)
        for card in self.cards:
            if card.address not in self.cited:
                yield from _of_card(card)
        yield from self._stale()

    def _stale(self) -> Iterator[Secret]:
        """Translations of what is hidden that are not printed for now, because their originals changed."""
        shown = {statement.address for statement, _ in self.statements if id(statement) in self.shown} | self.cited
        translated = self.view.verified.translated
        for translation in translated.translations.values() if translated else ():
            for entry in translation.entries.values():
                if entry.is_stale and entry.unit.address and entry.unit.address not in shown:
                    for text in entry.texts.values():
                        told = _CITATION.sub("", text)
                        yield from secrets_of("translation", entry.unit.address, entry.location, told)

    def seen(self) -> Iterator[str]:
        """Yield every text that the audience may read, wherever it stands."""
        view, pack = self.view, self.view.verified.pack
        yield from (pack.title, pack.subtitle, pack.organisation, pack.contact, pack.disclaimer)
        yield from (view.audience.title, view.audience.marking)
        yield from (measure.name for measure in (pack.measures or {}).values())
        yield from (pack.places or {}).values()
        yield from (part.title for part in pack.parts)
        for statement, name in self.statements:
            if id(statement) in self.shown:
                yield from (name, statement.text, statement.note, *(each.value for each in statement.derived))
        for card in self.cards:
            if card.address in self.cited:
                yield from (*card.fragments, card.note, card.about)
        for summary in view.summaries():
            yield from self._seen_of(summary)
        for sheet in self.sheets:
            yield from (sheet.title, sheet.question, sheet.short)
            yield from (each.title for each in sheet.criteria if each.id not in self._gone(sheet))
        if self.content.overview and view.sees(self.content.overview.labels):
            yield from (self.content.overview.title, self.content.overview.short)

    def _seen_of(self, summary: Summary) -> Iterator[str]:
        """A visible source's own words, and all that names it."""
        work, source = summary.work, self.view.verified.sources.get(summary.id)
        yield from (summary.short, work.url, *self.files.files.get(summary.id, ()))
        yield from (work.csl or {}).values()
        yield from (each.why for each in work.withhold)
        if summary.review:
            yield summary.review.by
        if source is None:
            return
        yield " ".join([passage.text for passage in source.passages])
        if self.files.attached.get(summary.id) == "original" and (file := self.originals.files.get(work.path)):
            yield file.characters

    def names(self) -> Iterator[str]:
        """Yield the names that something visible has."""
        yield from (_dotted(statement.address) for statement, _ in self.statements if id(statement) in self.shown)
        for address in sorted(self.cited):
            yield from (_dotted(address), annex_anchor(address))
        for summary in self.view.summaries():
            yield from (summary.id, f"{summary.id}.json", *self.files.files.get(summary.id, ()))
        yield from (f"{sheet.id}.json" for sheet in self.sheets)

    @cached_property
    def statements(self) -> list[tuple[Statement, str]]:
        """All statements with the term, the name or the addressee that stands beside each, or nothing."""
        found: list[tuple[Statement, str]] = []
        for summary in self.content.summaries:
            named = {id(entry.statement): entry.term for entry in summary.definitions}
            named |= {id(entry.statement): entry.name for entry in summary.actors}
            named |= {id(entry.statement): entry.to for entry in summary.recommendations}
            found += [(statement, named.get(id(statement), "")) for statement in summary.statements()]
        for sheet in self.content.comparisons:
            found += [(statement, "") for statement in sheet.statements()]
        overview = self.content.overview
        return found + [(statement, "") for statement in (overview.statements() if overview else ())]

    @cached_property
    def shown(self) -> frozenset[int]:
        """The identities of the statements that the audience may read: two of one address may differ in labels."""
        view, overview = self.view, self.content.overview
        found: list[Statement] = []
        for summary in view.summaries():
            body = {id(block.statement) for block in summary.body}
            found += [block.statement for block in visible_body(summary.body, view)]
            found += [each for each in summary.statements() if id(each) not in body and view.shows(each)]
        for sheet in self.sheets:
            found += sheet_statements(sheet, view)
        if overview and view.sees(overview.labels):
            found += [block.statement for block in visible_body(overview.body, view)]
        return frozenset(id(each) for each in found)

    @cached_property
    def sheets(self) -> tuple[Comparison, ...]:
        """The comparisons that are shown."""
        return tuple(sheet for sheet in self.content.comparisons if has_sheet(sheet, self.view))

    @property
    def cards(self) -> Iterator[Card]:
        return (card for summary in self.content.summaries for card in summary.cards.values())

    @cached_property
    def cited(self) -> frozenset[str]:
        """The addresses of the cards that statements which are shown cite."""
        shown = (statement for statement, _ in self.statements if id(statement) in self.shown)
        return frozenset(pointer.address for statement in shown for pointer in statement.pointers)

    def _gone(self, sheet: Comparison) -> frozenset[str]:
        """The criteria of which a cell may not be shown, or all of a sheet that is not shown."""
        if sheet not in self.sheets:
            return frozenset(criterion.id for criterion in sheet.criteria)
        return frozenset(
            criterion.id
            for criterion in sheet.criteria
            if any(
                cell.statement and self.view.shows_source(cell.source) and not self.view.shows(cell.statement)
                for cell in criterion.cells
            )
        )

    def _of_sheet(self, sheet: Comparison) -> Iterator[Secret]:
        address, gone = f"comparisons/{sheet.id}", self._gone(sheet)
        if sheet not in self.sheets:
            for text in (sheet.title, sheet.short, sheet.question):
                yield from secrets_of("title", address, sheet.location, text)
            yield from _names(address, sheet.location, (f"comparison-{sheet.id}", f"{sheet.id}.json"))
        for criterion in sheet.criteria:
            place = f"{address}/criteria/{criterion.id}"
            if criterion.id in gone:
                yield from secrets_of("title", place, criterion.location, criterion.title)
            for cell in criterion.cells:
                if cell.why and (criterion.id in gone or not self.view.shows_source(cell.source)):
                    yield from secrets_of("statement", f"{place}/{cell.source}", cell.location, cell.why)


def _of_statement(statement: Statement, name: str) -> Iterator[Secret]:
    address, place = statement.address, statement.location
    yield from secrets_of("statement", address, place, statement.text)
    yield from secrets_of("name", address, place, name)
    yield from secrets_of("editors' note", address, place, statement.note)
    for equation in statement.derived:
        if len(squashed(equation.value)) >= _LONG_NAME:
            yield Secret("derivation", address, equation.location, equation.value, "phrase")
    source, _, rest = _dotted(address).partition(".")
    yield from _names(address, place, (_dotted(address), *(f"{each}-{source}.{rest}" for each in _OWN_SECTIONS)))


def _of_card(card: Card) -> Iterator[Secret]:
    for fragment, span in zip(card.fragments, card.spans, strict=True):
        yield from secrets_of("quotation", card.address, span.location, fragment)
    for note in (card.note, card.about):
        yield from secrets_of("editors' note", card.address, card.location, note)
    yield from _names(card.address, card.location, (_dotted(card.address), annex_anchor(card.address)))


def _of_ranges(summary: Summary, view: View) -> Iterator[Secret]:
    """What is withheld from everybody, passage by passage, with the numbers and mail addresses in it."""
    source = view.verified.sources.get(summary.id)
    for hidden in source.withheld if source else ():
        assert source is not None
        place = next((each.start.location for each in summary.work.withhold if each.why == hidden.why), None)
        for pieces in source.complete:
            text = normalise(printed(within(pieces, hidden.start, hidden.end))).strip()
            for part in (text, *ADDRESS.findall(text), *NUMBER.findall(text)) if text else ():
                is_telling = part != text and len(squashed(part)) >= _SHORT_NUMBER
                location = place or summary.work.location
                if is_telling:
                    yield Secret("withheld range", summary.id, location, part, "phrase")
                else:
                    yield from secrets_of("withheld range", summary.id, location, part)


_SHORT_NUMBER = 6


def _of_source(summary: Summary) -> Iterator[Secret]:
    """What names a source."""
    work, csl = summary.work, summary.work.csl or {}
    for text in (csl.get("title", ""), csl.get("author", ""), summary.short):
        yield from secrets_of("name of the source", summary.id, work.location, text)
    paths = [work.file.value, *([work.text.value] if work.text else [])]
    for name in (work.url, *(PurePosixPath(path).name for path in paths)):
        if len(squashed(name)) >= _LONG_NAME:
            yield Secret("name of the source", summary.id, work.location, name, "phrase")
    files = (f"{summary.id}.json", f"{summary.id}-extract.txt", *(PurePosixPath(path).name for path in paths))
    sections = (f"{kind}-{summary.id}" for kind in (*_OWN_SECTIONS, "annex", "source"))
    yield from _names(summary.id, work.location, (summary.id, *sections, *files))


def _names(address: str, location: Location, names: Iterable[str]) -> Iterator[Secret]:
    return (Secret("name", address, location, name, "name") for name in names)


def _dotted(address: str) -> str:
    """An address as anchors spell it."""
    return address.replace("/", ".")
