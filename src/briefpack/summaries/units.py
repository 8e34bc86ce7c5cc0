"""What there is to translate in a document of `content/`: its texts by key, and the blocks of its body.

A key is the path at which a text stands in the translation's front matter: `("points", "works")`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from briefpack.diagnostics import Location
from briefpack.summaries.model import BodyBlock, Card, Comparison, OverviewText, Statement, Statistic, Summary
from briefpack.world import digest

Key = tuple[str, ...]

FIELDS = ("term", "name", "title", "text", "why", "to", "unit", "note", "about")
"""The texts that an item may have, in the order in which its digest takes them."""

OF_LENGTH = 8

_SIGNS = ("", "rank")


@dataclass(frozen=True, slots=True)
class Unit:
    """One item's texts, as written by the author, with citations, by field in the order of `FIELDS`.

    `quotation`: a card's words; its translation may explain them (`about`) where the original does not.
    `is_optional`: a translation may leave it out. `address` is that of the statement or card, where it is of one, and
    `location` where that stands.
    """

    key: Key
    texts: tuple[tuple[str, str], ...]
    quotation: str = ""
    is_optional: bool = False
    address: str = ""
    location: Location | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that a translation may have."""
        own = tuple(name for name, _ in self.texts)
        return (*own, "about") if self.quotation and "about" not in own else own

    def shown(self, fields: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
        """The texts that a translation of `fields` stands for: its own, and the words it explains."""
        is_gloss = "about" in fields and "about" not in dict(self.texts)
        return (*self.texts, ("quote", self.quotation)) if is_gloss else self.texts

    def of(self, fields: Collection[str] = ()) -> str:
        """What stands under `of` in a translation of `fields`."""
        return digest_of([text for _, text in self.shown(fields)])


@dataclass(frozen=True, slots=True)
class Original:
    """A document as its translators see it. `path` is relative to the pack; `nameless` are list items without an id."""

    id: str
    path: str
    units: tuple[Unit, ...]
    blocks: tuple[BodyBlock, ...]
    nameless: tuple[Statement, ...] = ()

    def translation_path(self, language: str) -> str:
        """Where the translation into `language` stands."""
        return f"{self.path.removesuffix('.md')}.{language}.md"


def digest_of(texts: Sequence[str]) -> str:
    """The first eight hex digits of the SHA-256 of texts: runs of white space as one space, joined by line ends."""
    return digest("\n".join(" ".join(text.split()) for text in texts).encode())[:OF_LENGTH]


def block_of(block: BodyBlock) -> str:
    """What stands in the line above a block's translation."""
    return digest_of([block.statement.written])


def original_of(document: Summary | Comparison | OverviewText) -> Original:
    """Return what there is to translate in a document."""
    if isinstance(document, Summary):
        units, statements = _summary(document), _listed(document)
        return Original(document.id, document.path, tuple(units), document.body, _nameless(statements))
    if isinstance(document, Comparison):
        cautions = [caution.statement for caution in document.cautions]
        units = _comparison(document)
        return Original(document.id, document.path, tuple(units), document.body, _nameless(cautions))
    return Original("overview", document.path, tuple(_titles(document)), document.body)


def unit_name(statistic: Statistic) -> str:
    """A statistic's own unit where it is a word; signs, currencies and ranks are printed in words of the templates."""
    unit = statistic.unit or ""
    return unit if is_word(unit) else ""


def is_word(unit: str) -> bool:
    """Whether a unit is said in words of a language."""
    return unit not in _SIGNS and any(character.islower() for character in unit)


def reading_key(index: int, count: int) -> Key:
    """The key of a comparison's reading: its number where there are several."""
    return ("reading",) if count == 1 else ("reading", str(index + 1))


def _unit(key: Key, *, is_optional: bool = False, **texts: str) -> Unit:
    found = tuple((name, " ".join(texts[name].split())) for name in FIELDS if texts.get(name, "").strip())
    return Unit(key, found, is_optional=is_optional)


def _summary(summary: Summary) -> Iterator[Unit]:
    yield _unit(("short",), text=summary.short)
    yield _statement(("headline",), summary.headline)
    for section, statements in (("lead", summary.lead), ("points", summary.points)):
        yield from _statements(section, statements)
    for statistic in summary.statistics:
        unit = _unit(("statistics", statistic.id), unit=unit_name(statistic), note=statistic.statement.note)
        if unit.texts:
            yield _of(statistic.statement, unit)
    for definition in summary.definitions:
        yield from _named("definitions", definition.statement, term=definition.term)
    for recommendation in summary.recommendations:
        yield from _named("recommendations", recommendation.statement, to=recommendation.to)
    for actor in summary.actors:
        yield from _named("actors", actor.statement, name=actor.name)
    yield from _statements("events", [event.statement for event in summary.events])
    for section, statements in (("cautions", summary.cautions), ("analysis", summary.analysis)):
        yield from _statements(section, statements)
    for card in summary.cards.values():
        yield _card(card)
    for number, stretch in enumerate(summary.work.withhold, start=1):
        yield _unit(("withhold", str(number)), why=stretch.why)


def _card(card: Card) -> Unit:
    return replace(
        _unit(("evidence", card.name), is_optional=not (card.note or card.about), note=card.note, about=card.about),
        quotation=" … ".join(card.fragments),
        address=card.address,
        location=card.location,
    )


def _comparison(sheet: Comparison) -> Iterator[Unit]:
    yield from _titles(sheet)
    yield _unit(("question",), text=sheet.question)
    for criterion in sheet.criteria:
        yield _unit(("criteria", criterion.id), title=criterion.title)
    for criterion in sheet.criteria:
        for cell in criterion.cells:
            if cell.statement is not None:
                yield _statement(("cells", criterion.id, cell.source), cell.statement)
            elif cell.kind == "unclear":
                unit = _unit(("cells", criterion.id, cell.source), text=cell.why)
                yield replace(unit, location=cell.location)
    for criterion in sheet.criteria:
        if criterion.reading is not None:
            yield _statement(("readings", criterion.id), criterion.reading)
    for index, reading in enumerate(sheet.reading):
        yield _statement(reading_key(index, len(sheet.reading)), reading)
    yield from _statements("cautions", [caution.statement for caution in sheet.cautions])


def _titles(document: Comparison | OverviewText) -> Iterator[Unit]:
    """The title and the short name; without a short name of its own a document goes by its title."""
    yield _unit(("title",), text=document.title)
    yield _unit(("short",), is_optional=document.short == document.title, text=document.short)


def _statements(section: str, statements: Sequence[Statement]) -> Iterator[Unit]:
    for statement in statements:
        yield from _named(section, statement)


def _named(section: str, statement: Statement, *, term: str = "", name: str = "", to: str = "") -> Iterator[Unit]:
    if statement.id:
        yield _statement((section, statement.id), statement, term=term, name=name, to=to)


def _statement(key: Key, statement: Statement, *, term: str = "", name: str = "", to: str = "") -> Unit:
    return _of(statement, _unit(key, term=term, name=name, text=statement.written, to=to, note=statement.note))


def _of(statement: Statement, unit: Unit) -> Unit:
    return replace(unit, address=statement.address, location=statement.location)


def _listed(summary: Summary) -> list[Statement]:
    return [
        *summary.lead,
        *summary.points,
        *(definition.statement for definition in summary.definitions),
        *(recommendation.statement for recommendation in summary.recommendations),
        *(actor.statement for actor in summary.actors),
        *(event.statement for event in summary.events),
        *summary.cautions,
        *summary.analysis,
    ]


def _nameless(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    return tuple(statement for statement in statements if not statement.id)
