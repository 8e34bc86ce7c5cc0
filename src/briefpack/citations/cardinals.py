"""Reading one number, written in digits, in words or in both, from its first word on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from briefpack.citations.lexicon import Cardinal, Lexicon, Role
from briefpack.citations.number_formats import NumberFormat
from briefpack.citations.tokens import Tokens

_SHORT_SCALES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "tn": 1_000_000_000_000}
FRACTIONS = {
    "½": Decimal(1) / 2, "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3, "¼": Decimal(1) / 4, "¾": Decimal(3) / 4,
    "⅕": Decimal(1) / 5, "⅖": Decimal(2) / 5, "⅗": Decimal(3) / 5, "⅘": Decimal(4) / 5, "⅙": Decimal(1) / 6,
    "⅛": Decimal(1) / 8, "⅜": Decimal(3) / 8, "⅝": Decimal(5) / 8, "⅞": Decimal(7) / 8,
}  # fmt: skip
_CURRENCY = re.compile(r"(?:[$€£]|\b[A-Z]{3})\s?$")
_SIGN = re.compile(r"(?:^|[\s(\[«“\"$€£])([-−+])$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A number found: its value, its range of offsets and the index of the first word after it.

    `scale` is what its last scale words multiply by. A vague reading ("thousands") has no count before its scale. A
    plain one is digits alone, without sign, separators or scale.
    """

    value: Decimal
    start: int
    end: int
    next: int
    is_word: bool
    scale: int = 1
    is_vague: bool = False
    is_plain: bool = False


def _scaled(value: Decimal, factor: int) -> Decimal:
    """A value times a scale; where it is written with decimals, their digits stay countable: 2.50 million has three."""
    has_places = int(value.as_tuple().exponent) < 0
    return value * (Decimal(factor).normalize() if has_places else factor)


class CardinalReader:
    """Reads numbers of one text in one language."""

    __slots__ = ("_format", "_lexicon", "_tokens")

    def __init__(self, tokens: Tokens, lexicon: Lexicon, form: NumberFormat) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._format = form

    def read(self, index: int) -> Reading | None:
        """The number that begins with the word at `index`."""
        if self._tokens.words[index][0].isdecimal():
            return self.read_digits(index)
        return self._read_half(index) or self._read_words(index) or self._read_vague(index)

    def read_digits(self, index: int) -> Reading | None:
        """The number that begins with the digits at `index`, with its sign and the scale words after it."""
        tokens = self._tokens
        match = self._format.pattern.match(tokens.text, tokens.starts[index])
        if match is None:  # digits that the format does not know as such
            return None
        value, start, end = self._format.to_decimal(match.group()), match.start(), match.end()
        sign = _SIGN.search(tokens.text[max(0, start - 2) : start])
        if sign:
            start -= 1
            value = value if sign.group(1) == "+" else -value
        fraction = FRACTIONS.get(tokens.text[end : end + 1])
        if fraction is not None:
            value, end = value + fraction, end + 1
        after = tokens.after(end, index)
        is_plain = match.group().isdecimal() and not sign and fraction is None
        return self._with_scales(Reading(value, start, end, after, is_word=False, is_plain=is_plain))

    def _with_scales(self, reading: Reading) -> Reading:
        """A reading in digits, multiplied by the scale words after it: 2.5 million, 3 mil millones, 5bn."""
        tokens, value, after, scale = self._tokens, reading.value, reading.next, 1
        end = reading.end
        short = _SHORT_SCALES.get(tokens.word(after)) if after < tokens.count and tokens.starts[after] == end else None
        if short is not None and (tokens.word(after) != "m" or self._is_after_currency(reading.start)):
            value, scale, end, after = _scaled(value, short), short, tokens.ends[after], after + 1
        while (factor := self._multiplier(after)) and tokens.is_close(after):
            value, scale, end, after = _scaled(value, factor), scale * factor, tokens.ends[after], after + 1
        if scale == 1:
            return reading
        half = self._and_half(after)
        if half:
            value, after = value + Decimal(scale) / 2, after + half
            end = tokens.ends[after - 1]
        elif tokens.is_spaced(after) and tokens.word(after)[0].isdecimal():
            rest = self.read_digits(after)
            if rest is not None and 1 < rest.scale < scale and rest.value < scale:
                return Reading(value + rest.value, reading.start, rest.end, rest.next, is_word=False, scale=rest.scale)
        return Reading(value, reading.start, end, after, is_word=False, scale=scale)

    def _is_after_currency(self, start: int) -> bool:
        return _CURRENCY.search(self._tokens.text[max(0, start - 5) : start]) is not None

    def _multiplier(self, index: int) -> int:
        cardinal = self._lexicon.cardinals.get(self._tokens.word(index))
        return cardinal.value if cardinal and cardinal.role in {Role.SCALE, Role.HUNDRED} else 0

    def _and_half(self, index: int) -> int:
        """How many words of "and a half" stand at `index`."""
        for phrase in self._lexicon.and_half:
            if self._tokens.is_close(index) and self._tokens.has_phrase(index, phrase):
                return len(phrase)
        return 0

    def _read_half(self, index: int) -> Reading | None:
        """Half a million, half a dozen, medio millón."""
        tokens = self._tokens
        if tokens.word(index) not in self._lexicon.half_scale:
            return None
        scale = index + 1
        if tokens.word(scale) in self._lexicon.ones and tokens.is_close(scale):
            scale += 1
        factor = self._multiplier(scale) if tokens.is_close(scale) else 0
        if not factor:
            return None
        return Reading(
            Decimal(factor) / 2, tokens.starts[index], tokens.ends[scale], scale + 1, is_word=True, scale=factor
        )

    def _read_vague(self, index: int) -> Reading | None:
        """A scale without a count: thousands, miles, a few hundred."""
        tokens = self._tokens
        cardinal = self._lexicon.cardinals.get(tokens.word(index))
        if cardinal is None or not cardinal.counted:
            return None
        return Reading(
            Decimal(cardinal.value), tokens.starts[index], tokens.ends[index], index + 1, is_word=True, is_vague=True
        )

    def _read_words(self, index: int) -> Reading | None:
        """A number in words: groups below a thousand, each multiplied by the scale after it."""
        tokens = self._tokens
        total, group, last, scale, after = 0, 0, 0, 1, index
        while True:
            chunk = self._next_chunk(after, index, last)
            if chunk is not None:
                group, after = chunk
            elif self._needs_count(after) and (after == index or self._scale_at(after, index) <= last):
                break
            factor = self._scale_at(after, index)
            if not factor:
                total, group = total + group, 0
                break
            if total and factor > last > 0:
                total, group = (total + group) * factor, 0
            else:
                total, group = total + (group or 1) * factor, 0
            scale, last, after = scale * factor if last and factor > last else factor, factor, after + 1
        if after == index or not total:
            return None
        value = Decimal(total)
        half = self._and_half(after)
        if half:
            value, after = value + Decimal(last or 1) / 2, after + half
            if not last and (factor := self._scale_at(after, index)):  # two and a half million
                value, scale, after = _scaled(value, factor), factor, after + 1
        return Reading(value, tokens.starts[index], tokens.ends[after - 1], after, is_word=True, scale=scale)

    def _needs_count(self, index: int) -> bool:
        """Whether no number can begin here without a count: all but "mil"."""
        cardinal = self._cardinal(index)
        return cardinal is None or cardinal.role is not Role.SCALE or cardinal.counted

    def _scale_at(self, index: int, first: int) -> int:
        cardinal = self._cardinal(index)
        if cardinal is None or cardinal.role is not Role.SCALE:
            return 0
        return cardinal.value if index == first or self._tokens.is_close(index) else 0

    def _cardinal(self, index: int) -> Cardinal | None:
        return self._lexicon.cardinals.get(self._tokens.word(index))

    def _next_chunk(self, index: int, first: int, last: int) -> tuple[int, int] | None:
        """The next number below a thousand (below `last` where a scale came before) and the index after it."""
        tokens = self._tokens
        if index > first:
            if last and tokens.word(index) in self._lexicon.joiners and tokens.is_spaced(index):
                chunk = self._chunk(index + 1, is_first=False) if tokens.is_close(index + 1) else None
                return chunk if chunk and chunk[0] < last and self._multiplier(chunk[1]) < last else None
            if not tokens.is_close(index):
                return None
        chunk = self._chunk(index, is_first=index == first)
        return chunk if chunk and (not last or chunk[0] < last) else None

    def _chunk(self, index: int, *, is_first: bool) -> tuple[int, int] | None:
        """A number below a thousand (or of hundreds up to ninety-nine) and the index after it."""
        tokens = self._tokens
        word, cardinal = tokens.word(index), self._cardinal(index)
        if word in self._lexicon.ones and is_first:
            follower = self._cardinal(index + 1)
            if follower and follower.role in {Role.HUNDRED, Role.SCALE} and tokens.is_close(index + 1):
                return self._with_hundred(1, index + 1)
            return (1, index + 1) if cardinal else None
        if cardinal is None:
            return None
        if cardinal.role is Role.HUNDREDS:
            tail = self._below_hundred(index + 1) if tokens.is_close(index + 1) else None
            return (cardinal.value + tail[0], tail[1]) if tail else (cardinal.value, index + 1)
        small = self._below_hundred(index)
        return self._with_hundred(*small) if small else None

    def _with_hundred(self, value: int, index: int) -> tuple[int, int]:
        """A number below a hundred, multiplied by the "hundred" that follows it, with what "and" adds."""
        tokens, cardinal = self._tokens, self._cardinal(index)
        if cardinal is None or cardinal.role is not Role.HUNDRED or not tokens.is_close(index):
            return value, index
        value, index = value * 100, index + 1
        tail_at = index + 1 if tokens.word(index) in self._lexicon.joiners and tokens.is_spaced(index) else index
        tail = self._below_hundred(tail_at) if tokens.is_close(tail_at) else None
        if tail is None or self._multiplier(tail[1]) == 100:
            return value, index
        return value + tail[0], tail[1]

    def _below_hundred(self, index: int) -> tuple[int, int] | None:
        tokens, cardinal = self._tokens, self._cardinal(index)
        if cardinal is None or cardinal.role not in {Role.UNIT, Role.TEEN, Role.TEN}:
            return None
        if cardinal.role is not Role.TEN:
            return cardinal.value, index + 1
        unit_at = index + 1
        if self._lexicon.tens_joiners:
            if tokens.word(unit_at) not in self._lexicon.tens_joiners or not tokens.is_spaced(unit_at):
                return cardinal.value, index + 1
            unit_at += 1
        unit = self._cardinal(unit_at)
        if unit is not None and unit.role is Role.UNIT and tokens.is_close(unit_at):
            return cardinal.value + unit.value, unit_at + 1
        return cardinal.value, index + 1
