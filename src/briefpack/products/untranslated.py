"""What an audience would be shown in a language that is not its own, because nobody has translated it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from briefpack.citations.figures import unit_of
from briefpack.citations.gate import Verified
from briefpack.diagnostics import Code, Diagnostic, Findings, Location
from briefpack.pack.load import PACK_FILE
from briefpack.pack.model import Pack, StringKey, nearest_tag, primary
from briefpack.products.body import visible_body
from briefpack.products.brief import brief_statements, has_brief, record_statements
from briefpack.products.comparison import has_sheet, sheet_statements
from briefpack.products.view import View
from briefpack.summaries.load import Loaded, originals_of
from briefpack.summaries.model import Statement
from briefpack.summaries.translation import Translation, body_key, is_stale
from briefpack.summaries.units import Key, Original, Unit, is_word

_WORD = re.compile(r"[^\W_]+")
_ID_WORDS = 3


@dataclass(slots=True)
class _Printed:
    """What the audiences of one language are shown: addresses of statements and cards, documents, measures, strings."""

    statements: dict[str, Statement] = field(default_factory=dict)
    cards: set[str] = field(default_factory=set)
    strings: dict[StringKey, str] = field(default_factory=dict)
    has_annex: bool = False

    def is_shown(self, unit: Unit, document: Original) -> bool:
        """Whether somebody reads this text; what is no statement's or card's goes with its document."""
        if unit.key[0] == "evidence":
            return unit.address in self.cards
        if unit.key[0] == "withhold" and not self.has_annex:
            return False
        return unit.address in self.statements if unit.address else self.shows(document)

    def shows(self, document: Original) -> bool:
        """Whether anything of a document is printed."""
        units = (unit.address for unit in document.units if unit.key[0] != "evidence")
        return any(address in self.statements for address in (*units, *_addresses(document)))


def check_translations(verified: Verified, loaded: Loaded, findings: Findings) -> None:
    """Report every text that is printed in the original's language though its reader has another."""
    pack = verified.pack
    for path, of in sorted(loaded.translated.items()):
        tag = path[len(of) - len("md") : -len(".md")]
        if of in {document.path for document in originals_of(loaded.content)} and not any(
            nearest_tag(language, [tag]) for language in pack.languages
        ):
            findings.report(
                Code.TRANSLATION_IGNORED,
                f"no audience reads {tag!r}, so this is printed nowhere",
                Location(path),
                hint="keep the file until an audience has this language, or correct the language in its name",
            )
    for language in pack.languages:
        views = [View(verified, audience) for audience in pack.audiences if audience.language == language]
        printed = _printed(views, pack)
        for document in originals_of(loaded.content):
            if printed.shows(document):
                _check_document(document, verified.in_language(language), printed, findings)
        _check_strings(pack, language, printed, findings)


def _printed(views: Sequence[View], pack: Pack) -> _Printed:
    printed = _Printed()
    for view in views:
        for statement in printed_statements(view):
            if view.shows(statement):
                printed.statements[statement.address] = statement
                printed.cards.update(pointer.address for pointer in statement.pointers)
        audience = view.audience
        has_dossier = "dossier" in audience.products
        printed.has_annex |= has_dossier and "annex" in audience.parts and audience.annex != "none"
        printed.strings |= {("labels", label): label for label in audience.flag}
        if has_dossier:
            printed.strings |= {("parts", str(at)): part.title for at, part in enumerate(pack.parts)}
        for summary in view.summaries():
            for statistic in summary.statistics:
                measure = (pack.measures or {}).get(statistic.measure)
                if measure and statistic.statement.address in printed.statements:
                    key = ("measures", measure.id)
                    printed.strings[*key, "name"] = measure.name
                    if statistic.unit is None and is_word(unit_of(statistic, pack)):
                        printed.strings[*key, "unit"] = measure.unit
    for name in ("title", "subtitle", "organisation", "disclaimer"):
        printed.strings["pack", name] = getattr(pack, name)
    return printed


def printed_statements(view: View) -> Iterator[Statement]:
    """All statements that some product of an audience may print, visible or not."""
    products, parts = view.audience.products, view.audience.parts
    in_dossier = set(parts) if "dossier" in products else set()
    for summary in view.summaries():
        if has_brief(summary, view) and ("brief" in products or "briefs" in in_dossier):
            yield from brief_statements(summary, view)
        if has_brief(summary, view) and "record" in products and "briefs" in in_dossier:
            yield from record_statements(summary, view)
        if "timeline" in in_dossier:
            yield from (event.statement for event in summary.events)
    for sheet in view.comparisons():
        if has_sheet(sheet, view) and ("comparison" in products or "comparisons" in in_dossier):
            yield from sheet_statements(sheet, view)
    overview = view.verified.content.overview
    if overview and "overview" in in_dossier and view.sees(overview.labels):
        yield from (block.statement for block in visible_body(overview.body, view))


def _addresses(document: Original) -> list[str]:
    return [*(block.statement.address for block in document.blocks), *(s.address for s in document.nameless)]


def _check_document(document: Original, told: Verified, printed: _Printed, findings: Findings) -> None:
    assert told.translated is not None, "the content in another language"
    for statement in document.nameless:
        if statement.address in printed.statements:
            findings.add(_nameless(statement, document))
    translation = told.translated.translations.get(document.path)
    if translation is not None:
        findings.extend(_left(translation, printed))
    elif document.path not in told.translated.files:
        tag = primary(told.translated.language)
        findings.report(
            Code.TRANSLATION_MISSING,
            f"nothing of this is translated into {tag!r}; it is printed as it is",
            Location(document.path),
            hint=f"run `briefpack translate {document.id} {tag}`, which writes what there is to translate",
        )


def _left(translation: Translation, printed: _Printed) -> Iterator[Diagnostic]:
    """What of a translation is missing or stale, and printed."""
    document, path = translation.original, translation.document.path
    for unit in document.units:
        entry = translation.entries.get(unit.key)
        if not printed.is_shown(unit, document) or (entry is None and unit.is_optional):
            continue
        name = "/".join(unit.key)
        if entry is None:
            yield _missing(f"{name} is not translated", unit.location or Location(path), path, unit.texts, unit.address)
        elif entry.lacking:
            lacking = ", ".join(f"`{name}`" for name in entry.lacking)
            yield _missing(f"{name} has no {lacking}", entry.location, path, unit.texts, unit.address)
        elif entry.is_stale:
            yield _stale(unit.key, entry.location, document, path, unit.shown(entry.texts), unit.address)
    for index, (segment, block) in enumerate(zip(translation.blocks, document.blocks, strict=True)):
        statement = block.statement
        if statement.address not in printed.statements:
            continue
        texts = [("text", statement.written)]
        if segment is None or segment.block is None:
            place = segment.location if segment else statement.location
            yield _missing(f"block {index + 1} is not translated", place, path, texts, statement.address)
        elif is_stale(segment, block):
            place = segment.block.span.location
            yield _stale(body_key(index), place, document, path, texts, statement.address)


def _missing(
    message: str, place: Location, path: str, texts: Sequence[tuple[str, str]], subject: str = ""
) -> Diagnostic:
    hint = f"write it in {path}; until then the original is printed"
    return Diagnostic(Code.TRANSLATION_MISSING, message, place, hint, subject, _original(texts))


def _stale(
    key: Key, place: Location, document: Original, path: str, texts: Sequence[tuple[str, str]], subject: str
) -> Diagnostic:
    name, tag = "/".join(key), PurePosixPath(path).name.split(".")[-2]
    return Diagnostic(
        Code.TRANSLATION_STALE,
        f"the original of {name} has changed since it was translated",
        place,
        f"translate it again, or run `briefpack translate {document.id} {tag} --still-good {name}`",
        subject,
        _original(texts),
    )


def _original(texts: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The original, to be shown below a problem."""
    said = [text if name == "text" else f"{name}: {text}" for name, text in texts]
    return tuple(f"    {line}" for text in said for line in textwrap.wrap(text, 100, break_long_words=False))


def _nameless(statement: Statement, document: Original) -> Diagnostic:
    section = statement.address.split("/")[-2 if statement.address.count("/") > 1 else -1]
    taken = {unit.key[-1] for unit in document.units if unit.key[0] == section}
    words = [word.lower() for word in _WORD.findall(statement.text)]
    proposals = ("-".join(words[:count]) for count in range(1, len(words) + 1))
    long = [name for name in proposals if name not in taken]
    name = next((name for name in long if name.count("-") >= _ID_WORDS - 1), long[-1] if long else statement.kind)
    return Diagnostic(
        Code.ID_MISSING,
        f"this {statement.kind} has no `id`, so no translation can name it",
        statement.location,
        f"write `id: {name}` above its text",
        statement.address,
    )


def _check_strings(pack: Pack, language: str, printed: _Printed, findings: Findings) -> None:
    """Report strings of the settings that are printed and not translated; a place may have one name everywhere."""
    tag = nearest_tag(language, pack.translations) or primary(language)
    known = pack.translations.get(tag, {})
    for key, own in printed.strings.items():
        if not own or key in known:
            continue
        table = ".".join((key[0], *key[1:-1], tag)) if key[0] != "parts" else f"parts.{tag}"
        name = key[-1] if key[0] != "parts" else "title"
        findings.report(
            Code.TRANSLATION_MISSING,
            f"{own!r} is not translated: no `{name}` in [{table}]",
            Location(PACK_FILE),
            hint=f'write `{name} = "…"` there',
        )
