"""Quantities in a text: counts, percentages, money, multiples, ranks, dates and labels, in digits and in words.

English and Spanish are read in full, other languages for their digits. The rule is "Numbers in statements" in
`docs/format.md`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from briefpack.citations.cardinals import FRACTIONS, CardinalReader, Reading
from briefpack.citations.dates import DateFound, find_dates, share_years
from briefpack.citations.labels import (
    ROMAN_WORDS,
    ROMANS,
    LabelFound,
    continues,
    extend,
    find_mixed,
    find_roman,
    is_acronym_label,
    is_enumerator,
    is_named,
)
from briefpack.citations.lexicon import Direction, Lexicon
from briefpack.citations.number_formats import number_format
from briefpack.citations.numerals_en import ENGLISH
from briefpack.citations.numerals_es import SPANISH
from briefpack.citations.periods import DateParts
from briefpack.citations.quantity import Kind, Quantity, readings, same_quantity
from briefpack.citations.tokens import scan, tokens_of
from briefpack.citations.units import CODES, Measured, find_part, find_qualifier, measure

__all__ = ["DateParts", "Direction", "Kind", "Quantity", "find_quantities", "lexicon_for", "readings", "same_quantity"]

_LEXICONS = {"en": ENGLISH, "es": SPANISH}
_OTHER = Lexicon()
_TRIGGERS = {name: lexicon.triggers | ROMAN_WORDS for name, lexicon in _LEXICONS.items()}
_FRACTION = re.compile(r"(\d)/(\d{1,2})(?![\d/])")
_SIGNS = re.compile(f"[{''.join(FRACTIONS)}]")
_JOIN = re.compile(r"\s*[-–—]\s*|\s(?P<word>[^\W\d_]{1,3})\s")
_SHARING = frozenset({Kind.COUNT, Kind.PERCENTAGE, Kind.MONEY})
_QUALIFIED = frozenset({Kind.COUNT, Kind.PERCENTAGE, Kind.MONEY, Kind.MULTIPLE})


def lexicon_for(language: str) -> Lexicon:
    """The number words of a BCP 47 tag's language; an empty lexicon where only digits are read."""
    return _LEXICONS.get(_primary(language), _OTHER)


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=65536)
def find_quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """All quantities of a text in a BCP 47 language, in order; `text[start:end]` of each is its `text`."""
    if not scan(text, _TRIGGERS.get(_primary(language), frozenset())):
        return ()
    return _Finder(text, language).find()


class _Finder:
    """One pass over one text."""

    __slots__ = ("_dates", "_found", "_language", "_lexicon", "_numbers", "_scales", "_tokens", "_triggers")

    def __init__(self, text: str, language: str) -> None:
        self._tokens = tokens_of(text)
        self._language = language
        self._lexicon = lexicon_for(language)
        self._triggers = self._lexicon.triggers
        self._numbers = CardinalReader(self._tokens, self._lexicon, number_format(language))
        self._found: list[Quantity] = []
        self._scales: dict[int, int] = {}
        self._dates: list[tuple[int, DateFound]] = []

    def find(self) -> tuple[Quantity, ...]:
        index, tokens = 0, self._tokens
        words, raw, triggers = tokens.words, tokens.raw, self._triggers
        while index < tokens.count:
            word = words[index]
            if word[0].isdecimal():
                index = max(index + 1, self._at_digits(index))
            elif word in triggers:
                index = max(index + 1, self._at_word(index))
            elif raw[index][0].isupper():
                index = max(index + 1, self._at_name(index))
            else:
                index += 1
        self._share_years()
        self._share_units()
        self._add_fraction_signs()
        return tuple(sorted(self._found, key=lambda quantity: quantity.start))

    # One word or run of digits: each returns the index of the next word to look at

    def _at_digits(self, index: int) -> int:
        tokens, text = self._tokens, self._tokens.text
        start = tokens.starts[index]
        if text.startswith("24/7", start):
            return index + 2
        if is_enumerator(tokens, index):
            return self._add_label(
                LabelFound(Decimal(tokens.words[index]), "item", start, tokens.ends[index], index + 1)
            )
        dates = find_dates(tokens, self._lexicon, index, self._language)
        if dates:
            return self._add_dates(dates, index)
        reading = self._numbers.read_digits(index)
        if reading is None:
            return self._add(Kind.COUNT, Decimal(tokens.words[index]), start, tokens.ends[index])
        fraction = _FRACTION.match(text, reading.start)
        if fraction and 0 < int(fraction[1]) < int(fraction[2]):
            value = Decimal(fraction[1]) / Decimal(fraction[2])
            self._add(Kind.MULTIPLE, value, reading.start, fraction.end(), first=index)
            return tokens.after(fraction.end(), index)
        return self._add_rank_digits(reading) or self._add_reading(reading, index)

    def _at_word(self, index: int) -> int:
        tokens = self._tokens
        if self._is_idiom(index):
            return index + 1
        dates = find_dates(tokens, self._lexicon, index, self._language)
        if dates:
            return self._add_dates(dates, index)
        word = tokens.words[index]
        if word in self._lexicon.both:
            return self._add_word(Kind.COUNT, Decimal(2), index)
        reading = self._numbers.read(index)
        if reading is not None:
            after = self._add_composed_rank(reading) or self._add_word_reading(reading, index)
            if after:
                return after
        if word in self._lexicon.ones and tokens.word(index + 1) in self._lexicon.parts:
            part = find_part(tokens, self._lexicon, self._article(index))
            if part:
                return self._add_measured(part, index, is_word=True)
        return self._add_rank_word(index) or self._add_multiple_word(index) or self._at_name(index)

    def _at_name(self, index: int) -> int:
        """A Roman numeral, or a name and number in one word."""
        tokens, roman = self._tokens, ROMANS.get(self._tokens.raw[index])
        last = self._found[-1] if self._found else None
        if roman and last and last.kind is Kind.LABEL and continues(tokens, self._lexicon, last.end, index, last.name):
            start, end = tokens.starts[index], tokens.ends[index]
            return self._add_label(LabelFound(Decimal(roman), last.name, start, end, index + 1))
        label = find_roman(tokens, self._lexicon, index)
        if label is None and tokens.raw[index] not in CODES:
            label = find_mixed(tokens, index)
        return self._add_label(label) if label else 0

    # What a number becomes

    def _add_reading(self, reading: Reading, index: int) -> int:
        """A number in digits, with its unit, as a label, as a year, or as a count."""
        tokens = self._tokens
        measured = measure(tokens, self._lexicon, reading, self._language)
        if measured:
            after = self._add_measured(measured, index)
            self._scales[measured.start] = reading.scale
            return after
        if reading.scale == 1:
            label = self._label(reading, index)
            if label:
                return self._add_label(extend(tokens, label))
            if reading.is_plain and reading.end - reading.start == 4:
                date, is_certain = self._year(reading, index)
                if date:
                    return self._add_year(reading, date, index, is_certain=is_certain)
        after = self._add(Kind.COUNT, reading.value, reading.start, reading.end, first=index, next_index=reading.next)
        self._scales[reading.start] = reading.scale
        return after

    def _add_word_reading(self, reading: Reading, index: int) -> int:
        """A number in words; a lone "one" only before a per cent sign or a part."""
        tokens, lexicon = self._tokens, self._lexicon
        measured = measure(tokens, lexicon, reading, self._language)
        is_one = reading.value == 1 and reading.scale == 1
        if measured and not (is_one and (measured.kind is Kind.MONEY or tokens.word(reading.next) in lexicon.times)):
            name = str(reading.value) if reading.is_vague else ""
            return self._add_measured(measured, index, is_word=True, name=name)
        if is_one:
            return 0
        name = "" if reading.is_vague else is_named(tokens, lexicon, index, is_word=True)
        if name and tokens.raw[index - 1][0].isupper() and reading.value <= 100:
            return self._add_label(
                LabelFound(reading.value, name, reading.start, reading.end, reading.next), is_word=True
            )
        return self._add(
            Kind.COUNT,
            None if reading.is_vague else reading.value,
            reading.start,
            reading.end,
            first=index,
            next_index=reading.next,
            is_word=True,
            name=str(reading.value) if reading.is_vague else "",
        )

    def _label(self, reading: Reading, index: int) -> LabelFound | None:
        tokens, lexicon = self._tokens, self._lexicon
        if self._found and self._found[-1].kind is Kind.LABEL:
            last = self._found[-1]
            if continues(tokens, lexicon, last.end, index, last.name):
                return LabelFound(reading.value, last.name, reading.start, reading.end, reading.next)
        name = is_named(tokens, lexicon, index, is_word=False)
        following = tokens.word(reading.next)
        if not name and following == "agenda" and tokens.is_close(reading.next):
            name = following
        if not name and (reading.is_plain or reading.value % 1) and is_acronym_label(tokens, lexicon, index):
            is_year = reading.is_plain and 1900 <= reading.value <= 2100
            name = "" if is_year or reading.value >= 10000 else tokens.words[index - 1]
        return LabelFound(reading.value, name, reading.start, reading.end, reading.next) if name else None

    def _year(self, reading: Reading, index: int) -> tuple[DateParts | None, bool]:
        """The year that four plain digits are, and whether they cannot be a count."""
        tokens, lexicon = self._tokens, self._lexicon
        value = int(reading.value)
        if not 1500 <= value <= 2199:
            return None, True
        before = tokens.word(index - 1) if tokens.is_close(index) else ""
        noun_follows = (
            tokens.is_spaced(reading.next)
            and tokens.raw[reading.next].islower()
            and tokens.words[reading.next] not in lexicon.function_words
        )
        date = DateParts(value, decade=self._is_decade(index))
        if before in lexicon.strong_temporal or (before in lexicon.temporal and not noun_follows):
            return date, True
        if not 1900 <= value <= 2100:
            return None, True
        return date, not noun_follows or before in {"the", "el", "del"}

    def _is_decade(self, index: int) -> bool:
        """Whether "década de" or "años" makes a round year a decade."""
        tokens, decades = self._tokens, self._lexicon.decades
        if tokens.word(index - 1) in decades:
            return tokens.words[index].endswith("0") and tokens.word(index - 2) in {"los", "de"}
        return tokens.word(index - 2) in decades and tokens.word(index - 1) in {"de", "of", "the"}

    def _add_year(self, reading: Reading, date: DateParts, index: int, *, is_certain: bool) -> int:
        direction = find_qualifier(self._tokens, self._lexicon, index, reading.start, reading.end)[0]
        if direction and not is_certain:
            return self._add(
                Kind.COUNT, reading.value, reading.start, reading.end, first=index, next_index=reading.next
            )
        text = self._tokens.text[reading.start : reading.end]
        value = None if is_certain else reading.value
        self._found.append(
            Quantity(Kind.DATE, value, text, reading.start, reading.end, date=date, is_ambiguous=not is_certain)
        )
        return reading.next

    # Ranks and multiples

    def _add_rank_digits(self, reading: Reading) -> int:
        """4th, 10.º, 4.ª; with "century" a label."""
        lexicon, text = self._lexicon, self._tokens.text
        if not lexicon.rank_suffix or not reading.is_plain:
            return 0
        suffix = _compiled(lexicon.rank_suffix).match(text, reading.end)
        if suffix is None:
            return 0
        after = self._tokens.after(suffix.end(), reading.next)
        return self._add_rank(reading.value, reading.start, suffix.end(), after, is_word=False)

    def _add_rank(self, value: Decimal, start: int, end: int, after: int, *, is_word: bool) -> int:
        if self._tokens.word(after) in self._lexicon.centuries and self._tokens.is_close(after):
            return self._add_label(LabelFound(value, self._tokens.words[after], start, end, after), is_word=is_word)
        return self._add(Kind.RANK, value, start, end, is_word=is_word, next_index=after)

    def _add_composed_rank(self, reading: Reading) -> int:
        """Twenty-sixth: tens in words and a rank below ten."""
        tokens = self._tokens
        rank = self._lexicon.ranks.get(tokens.word(reading.next), 0)
        if not 0 < rank < 10 or reading.value < 20 or reading.value % 10 or not tokens.is_close(reading.next):
            return 0
        if tokens.gap(reading.next) == " " and self._lexicon.joiners and reading.value >= 100:
            return 0
        end = tokens.ends[reading.next]
        return self._add_rank(reading.value + rank, reading.start, end, reading.next + 1, is_word=True)

    def _add_rank_word(self, index: int) -> int:
        tokens, lexicon = self._tokens, self._lexicon
        word, after = tokens.words[index], index + 1
        value = lexicon.ranks.get(word)
        if value is None or not self._is_rank(index, value):
            return 0
        if tokens.is_close(after) and tokens.word(after) in lexicon.whole_parts and word in lexicon.parts:
            part = Decimal(1) / lexicon.parts[word]
            return self._add(
                Kind.MULTIPLE,
                part,
                tokens.starts[index],
                tokens.ends[after],
                first=index,
                is_word=True,
                next_index=after + 1,
            )
        unit = lexicon.ranks.get(tokens.word(after), 0)
        if lexicon.tens_joiners and value >= 10 and 0 < unit < 10 and tokens.is_close(after):
            value, after = value + unit, after + 1
        return self._add_rank(Decimal(value), tokens.starts[index], tokens.ends[after - 1], after, is_word=True)

    def _is_rank(self, index: int, value: int) -> bool:
        """Not "first of", "first and", "the first 100"; not "Second," that opens a sentence; not a second of time."""
        tokens, lexicon = self._tokens, self._lexicon
        following = tokens.word(index + 1) if tokens.is_close(index + 1) else ""
        if value in {1, -1} and (
            following in lexicon.not_rank_before or following[:1].isdecimal() or following in lexicon.cardinals
        ):
            return following in lexicon.ones
        if tokens.raw[index][0].isupper() and tokens.gap(index + 1).startswith(","):
            return False
        return not (value == 2 and tokens.word(index - 1)[:1].isdecimal())

    def _add_multiple_word(self, index: int) -> int:
        value = self._lexicon.multiples.get(self._tokens.words[index])
        return 0 if value is None else self._add_word(Kind.MULTIPLE, value, index)

    # Idioms

    def _is_idiom(self, index: int) -> bool:
        tokens = self._tokens
        for idiom in self._lexicon.idioms.get(tokens.words[index], ()):
            before = index - len(idiom.before)
            if before < 0 or (
                idiom.before and not (tokens.has_phrase(before, idiom.before) and tokens.is_close(index))
            ):
                continue
            if not idiom.after or (
                (idiom.after[0] == "," or tokens.is_close(index + 1)) and tokens.has_phrase(index + 1, idiom.after)
            ):
                return True
        return False

    # Adding

    def _article(self, index: int) -> Reading:
        tokens = self._tokens
        return Reading(Decimal(1), tokens.starts[index], tokens.ends[index], index + 1, is_word=True)

    def _add_word(self, kind: Kind, value: Decimal, index: int) -> int:
        tokens = self._tokens
        return self._add(kind, value, tokens.starts[index], tokens.ends[index], first=index, is_word=True)

    def _add_measured(self, measured: Measured, index: int, *, is_word: bool = False, name: str = "") -> int:
        return self._add(
            measured.kind,
            None if name else measured.value,
            measured.start,
            measured.end,
            first=index,
            currency=measured.currency,
            is_word=is_word,
            name=name,
            next_index=measured.next,
        )

    def _add(
        self,
        kind: Kind,
        value: Decimal | None,
        start: int,
        end: int,
        *,
        first: int = 0,
        currency: str = "",
        is_word: bool = False,
        name: str = "",
        next_index: int = 0,
    ) -> int:
        """Append a quantity with its qualifier and return the index of the next word."""
        tokens = self._tokens
        direction, qualifier = None, ""
        if kind in _QUALIFIED:
            while first and tokens.starts[first - 1] >= start:
                first -= 1
            direction, qualifier = find_qualifier(tokens, self._lexicon, first, start, end)
        self._found.append(
            Quantity(
                kind, value, tokens.text[start:end], start, end, direction, qualifier, currency, is_word, name=name
            )
        )
        return next_index or tokens.after(end, first)

    def _add_label(self, label: LabelFound, *, is_word: bool = False) -> int:
        text = self._tokens.text[label.start : label.end]
        self._found.append(
            Quantity(Kind.LABEL, label.value, text, label.start, label.end, is_word=is_word, name=label.name)
        )
        return label.next

    def _add_dates(self, dates: tuple[DateFound, ...], index: int) -> int:
        for date in dates:
            text = self._tokens.text[date.start : date.end]
            self._dates.append((len(self._found), date))
            self._found.append(Quantity(Kind.DATE, None, text, date.start, date.end, date=date.parts, other=date.other))
        return self._tokens.after(max(date.end for date in dates), index)

    # What neighbours share

    def _share_years(self) -> None:
        for place, date in share_years(self._tokens.text, self._dates):
            self._found[place] = replace(self._found[place], date=date.parts)

    def _share_units(self) -> None:
        """Give both ends of a range the unit and scale that one has: 50 to 60 %, 5-10 million, $5-10 million."""
        for place in range(len(self._found) - 2, -1, -1):
            first, second = self._found[place], self._found[place + 1]
            if first.kind not in _SHARING or second.kind not in _SHARING or first.value is None or second.value is None:
                continue
            if not self._is_range(first, second):
                continue
            scale = self._scales.get(second.start, 1)
            if scale > 1 and self._scales.get(first.start, 1) == 1 and first.value < scale:
                first = replace(first, value=first.value * scale)
            if first.kind is Kind.COUNT:
                first = replace(first, kind=second.kind, currency=second.currency)
            elif second.kind is Kind.COUNT and first.kind is Kind.MONEY:
                second = replace(second, kind=first.kind, currency=first.currency)
            self._found[place : place + 2] = first, second

    def _is_range(self, first: Quantity, second: Quantity) -> bool:
        tokens = self._tokens
        match = _JOIN.fullmatch(tokens.text, first.end, second.start)
        if match is None:
            return False
        word = match["word"]
        if word is None or word in self._lexicon.range_words:
            return True
        before = tokens.word(tokens.after(first.start, 0) - 1)
        return before in self._lexicon.between and word in {"and", "y", "e"}

    def _add_fraction_signs(self) -> None:
        """½ and the like, where no number before them took them in."""
        for sign in _SIGNS.finditer(self._tokens.text):
            if not any(quantity.start <= sign.start() < quantity.end for quantity in self._found):
                self._add(Kind.MULTIPLE, FRACTIONS[sign.group()], sign.start(), sign.end())


@lru_cache(maxsize=8)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
