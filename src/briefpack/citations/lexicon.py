"""What a language says numbers with, as data; `numerals_en.py` and `numerals_es.py` fill it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

V = TypeVar("V")


class Role(StrEnum):
    """The part a cardinal word plays when several make one number."""

    UNIT = "unit"
    TEEN = "teen"
    TEN = "ten"
    HUNDREDS = "hundreds"
    """Adds: doscientos."""
    HUNDRED = "hundred"
    """Multiplies what is below a hundred: hundred."""
    SCALE = "scale"
    """Multiplies what stands before it: thousand, mil, million, dozen."""


class Direction(StrEnum):
    """What a qualifier does to its number."""

    BELOW = "below"
    ABOUT = "about"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Cardinal:
    """One cardinal word. A `counted` scale needs a number or article before it; else it is vague ("thousands")."""

    value: int
    role: Role
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Idiom:
    """Words around a number word that make it none."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def _empty() -> Mapping[str, V]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language. All words are lower case; phrases are words joined by one space.

    `joiners` may stand inside a number after hundreds and scales, `tens_joiners` between ten and unit. `parts` are
    the denominators of fractions that follow a number or article. `cautious_months` are months only where the
    text around says so. `label_verbs` name labels but are also verbs or plain nouns.
    """

    cardinals: Mapping[str, Cardinal] = field(default_factory=_empty)
    ones: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    tens_joiners: frozenset[str] = frozenset()
    half_scale: frozenset[str] = frozenset()
    and_half: tuple[tuple[str, ...], ...] = ()
    ranks: Mapping[str, int] = field(default_factory=_empty)
    rank_suffix: str = ""
    not_rank_before: frozenset[str] = frozenset()
    parts: Mapping[str, int] = field(default_factory=_empty)
    rank_parts: frozenset[str] = frozenset()
    whole_parts: frozenset[str] = frozenset()
    multiples: Mapping[str, Decimal] = field(default_factory=_empty)
    times: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()
    percent: tuple[tuple[str, ...], ...] = ()
    currencies: Mapping[str, str] = field(default_factory=_empty)
    currency_adjectives: Mapping[str, str] = field(default_factory=_empty)
    months: Mapping[str, int] = field(default_factory=_empty)
    short_months: Mapping[str, int] = field(default_factory=_empty)
    cautious_months: frozenset[str] = frozenset()
    temporal: frozenset[str] = frozenset()
    strong_temporal: frozenset[str] = frozenset()
    decades: frozenset[str] = frozenset()
    centuries: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    plural_labels: frozenset[str] = frozenset()
    label_verbs: frozenset[str] = frozenset()
    trailing_labels: frozenset[str] = frozenset()
    qualifiers: Mapping[str, Direction] = field(default_factory=_empty)
    qualifiers_after: Mapping[str, Direction] = field(default_factory=_empty)
    qualifier_fillers: frozenset[str] = frozenset()
    idioms: Mapping[str, tuple[Idiom, ...]] = field(default_factory=_empty)
    function_words: frozenset[str] = frozenset()
    range_words: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    date_patterns: tuple[str, ...] = ()
    triggers: frozenset[str] = frozenset()


def words(text: str) -> frozenset[str]:
    """A set of words from a text."""
    return frozenset(text.split())


def cardinals(role: Role, text: str, *, counted: bool = False) -> dict[str, Cardinal]:
    """Read `two=2 three=3` as cardinals of one role."""
    return {word: Cardinal(value, role, counted) for word, value in numbers(text).items()}


def numbers(text: str) -> dict[str, int]:
    """Read `first=1 second=2`."""
    pairs = (item.partition("=") for item in text.split())
    return {word: int(value) for word, _, value in pairs}


def phrases(value: V, text: str) -> dict[str, V]:
    """Read phrases, separated by `|`, that share a value."""
    return {" ".join(phrase.split()): value for phrase in text.split("|")}


def idioms(text: str) -> dict[str, tuple[Idiom, ...]]:
    """Read idioms, separated by `|`, with the number word marked: `at [first] sight`; `[third,thirds] party`."""
    found: dict[str, list[Idiom]] = {}
    for phrase in text.split("|"):
        before, _, rest = phrase.partition("[")
        marked, _, after = rest.partition("]")
        for word in marked.split(","):
            found.setdefault(word.strip(), []).append(Idiom(tuple(before.split()), tuple(after.split())))
    return {word: tuple(found[word]) for word in found}


def triggers(*groups: Iterable[str]) -> frozenset[str]:
    """All words that can begin or be a quantity, besides digits."""
    return frozenset(word for group in groups for word in group)
