"""Where a quantity is looked for among the cited cards, and what supports it there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from briefpack.citations.periods import DateParts, parse_period
from briefpack.citations.quantities import Kind, Quantity, find_quantities, readings, same_quantity

_WORD = re.compile(r"[^\W_]+")

CONTEXT_KINDS = frozenset({Kind.DATE, Kind.LABEL})
"""Kinds that the passage, the headings, the title and the date of issue support as well as the quotation."""


@dataclass(frozen=True, slots=True)
class CitedText:
    """A cited card with what stands around it.

    `passages` are the texts of the passages in which the quotation stands, `headings` the path above them, `issued` is
    EDTF or empty, `title` the work's title, `language` the source's BCP 47 tag.
    """

    address: str
    quotation: str
    passages: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    issued: str = ""
    title: str = ""
    language: str = "en"

    @property
    def source(self) -> str:
        """The id of the card's source."""
        return self.address.partition("/")[0]

    @property
    def surroundings(self) -> tuple[str, ...]:
        """The texts besides the quotation: passages, headings and title."""
        return (*self.passages, *self.headings, self.title)


@dataclass(frozen=True, slots=True)
class Match:
    """A quantity of a card's quotation."""

    card: CitedText
    quantity: Quantity


def quoted(cited: Sequence[CitedText]) -> tuple[Match, ...]:
    """All quantities of the quotations of the cited cards."""
    return tuple(Match(card, found) for card in cited for found in find_quantities(card.quotation, card.language))


def matches(quantity: Quantity, candidates: Iterable[Match]) -> tuple[Match, ...]:
    """Those candidates that have the quantity's kind and value."""
    return tuple(candidate for candidate in candidates if same_quantity(quantity, candidate.quantity))


def is_in_context(quantity: Quantity, cited: Sequence[CitedText]) -> bool:
    """Whether a date or label is supported by what stands around the cited cards, or by them."""
    if quantity.kind is Kind.LABEL:
        return any(same_quantity(quantity, found) for card in cited for found in _context(card))
    return any(is_date_supported(parts, cited) for parts in readings(quantity))


def is_in_passage(quantity: Quantity, cited: Sequence[CitedText]) -> bool:
    """Whether a passage of a cited card has the quantity's kind and value."""
    return any(
        same_quantity(quantity, found)
        for card in cited
        for passage in card.passages
        for found in find_quantities(passage, card.language)
    )


def is_short_count(quantity: Quantity) -> bool:
    """Whether it is a count from two to twelve written as a word."""
    return (
        quantity.kind is Kind.COUNT
        and quantity.is_word
        and quantity.value is not None
        and 2 <= quantity.value <= 12
        and quantity.value == quantity.value.to_integral_value()
    )


def is_counted(quantity: Quantity, cited: Sequence[CitedText]) -> bool:
    """Whether a count equals the number of cards cited."""
    return quantity.kind is Kind.COUNT and quantity.value == Decimal(len({card.address for card in cited}))


def is_date_supported(parts: DateParts, cited: Sequence[CitedText]) -> bool:
    """Whether one cited source has all parts of a date.

    A day must stand in a date with its month; a month in a date that names no other year. A year that this date does
    not name may come from elsewhere around the cards of the same source.
    """
    for source in dict.fromkeys(card.source for card in cited):
        dates = [date for card in cited if card.source == source for date in _dates(card)]
        has_year = parts.year is None or any(date.year == parts.year and date.decade == parts.decade for date in dates)
        if has_year and (parts.month is None or any(_has_month(date, parts) for date in dates)):
            return True
    return False


def _has_month(date: DateParts, parts: DateParts) -> bool:
    if date.month != parts.month or (parts.day is not None and date.day != parts.day):
        return False
    return date.year is None or parts.year is None or date.year == parts.year


@lru_cache(maxsize=4096)
def _context(card: CitedText) -> tuple[Quantity, ...]:
    """All quantities of a card's quotation and of what stands around it."""
    texts = (card.quotation, *card.surroundings)
    return tuple(found for text in texts for found in find_quantities(text, card.language))


@lru_cache(maxsize=4096)
def _dates(card: CitedText) -> tuple[DateParts, ...]:
    """All dates of a card, of what stands around it and of its issue."""
    found = [parts for quantity in _context(card) if quantity.kind is Kind.DATE for parts in readings(quantity)]
    ambiguous = [parts for quantity in _context(card) if quantity.is_ambiguous for parts in readings(quantity)]
    issued = parse_period(card.issued) if card.issued else None
    return tuple(dict.fromkeys((*found, *ambiguous, *(issued.dates if issued else ()))))


def nearest(quantity: Quantity, candidates: Sequence[Match]) -> Match | None:
    """The candidate of the same kind that is most likely meant: the same digits in another order, else the nearest."""
    same_kind = [candidate for candidate in candidates if candidate.quantity.kind is quantity.kind]
    return min(same_kind, key=_distance(quantity), default=None)


def _distance(quantity: Quantity) -> Callable[[Match], tuple[bool, float, str]]:
    def distance(candidate: Match) -> tuple[bool, float, str]:
        other = candidate.quantity
        is_permuted = _digits(quantity.text) == _digits(other.text) != []
        return (not is_permuted, _apart(quantity, other), candidate.card.address)

    return distance


def _digits(text: str) -> list[str]:
    return sorted(sign for sign in text if sign.isdecimal())


def _apart(left: Quantity, right: Quantity) -> float:
    """How far two quantities of one kind are apart: by ratio for numbers, by parts in common for dates."""
    if left.date and right.date:
        pairs = (
            (left.date.year, right.date.year),
            (left.date.month, right.date.month),
            (left.date.day, right.date.day),
        )
        return float(sum(a != b for a, b in pairs))
    if left.value is None or right.value is None:
        return float("inf")
    larger = max(abs(left.value), abs(right.value))
    return float(abs(left.value - right.value) / larger) if larger else 0.0


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """A text in lower case without accents, its words joined by one space and set between spaces."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(sign))
    return f" {' '.join(_WORD.findall(plain))} "


def names_place(place: str, card: CitedText) -> bool:
    """Whether a card, its passages, headings or title name a place: whole words, accents and case aside."""
    wanted = folded(place)
    return bool(wanted.strip()) and any(wanted in folded(text) for text in (card.quotation, *card.surroundings))
