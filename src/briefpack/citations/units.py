"""What a number measures, from the signs and words around it: per cent, money, times, parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from briefpack.citations.cardinals import Reading
from briefpack.citations.lexicon import Direction, Lexicon, words
from briefpack.citations.quantity import Kind
from briefpack.citations.tokens import Tokens

CODES = words(
    "USD EUR GBP CAD MXN GTQ HNL CRC NIO SVC DOP PAB CHF JPY CNY BRL ARS CLP PEN BOB AUD SEK NOK DKK INR ZAR KRW"
)
_SIGNS = {"$": "$", "€": "EUR", "£": "GBP", "¥": "JPY"}
_DOLLARS = {"MX": "MXN", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "AR": "ARS", "CL": "CLP", "CO": "COP", "DO": "DOP"}
_BEFORE = re.compile(
    rf"(?<![^\W_])(?:(?P<code>{'|'.join(sorted(CODES))})\s?\$?|(?P<us>US\s?\$|U\.S\.\s?\$)|(?P<sign>[$€£¥]))\s?[-−+]?$"
)
_PERCENT = re.compile(r"\s?%")
_AFTER = re.compile(rf"\s?(?:(?P<code>{'|'.join(sorted(CODES))})\b|(?P<sign>[€£])|(?P<us>US\$))")
_TIMES_SIGN = re.compile(r"\s?(?:x|×)(?![^\W_])", re.IGNORECASE)
_QUALIFYING_SIGNS = {
    "<": Direction.BELOW, "≤": Direction.BELOW, ">": Direction.ABOVE, "≥": Direction.ABOVE, "~": Direction.ABOUT,
    "≈": Direction.ABOUT, "±": Direction.ABOUT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its unit: kind, value, offsets, the index of the next word, and the ISO code of its currency."""

    kind: Kind
    value: Decimal
    start: int
    end: int
    next: int
    currency: str = ""


def dollar(language: str) -> str:
    """Which dollar or peso a bare `$` is where the text is read; that of the United States by default."""
    return _DOLLARS.get(language.upper().rpartition("-")[2], "USD")


def measure(tokens: Tokens, lexicon: Lexicon, reading: Reading, language: str) -> Measured | None:
    """The unit of a number as percentage, money, multiple or part; None where it has none of these."""
    return (
        _percentage(tokens, lexicon, reading)
        or _money(tokens, lexicon, reading, language)
        or _multiple(tokens, lexicon, reading)
        or find_part(tokens, lexicon, reading)
    )


def _percentage(tokens: Tokens, lexicon: Lexicon, reading: Reading) -> Measured | None:
    sign = _PERCENT.match(tokens.text, reading.end)
    if sign:
        return Measured(Kind.PERCENTAGE, reading.value, reading.start, sign.end(), reading.next)
    if tokens.is_close(reading.next):
        for phrase in lexicon.percent:
            if tokens.has_phrase(reading.next, phrase):
                after = reading.next + len(phrase)
                return Measured(Kind.PERCENTAGE, reading.value, reading.start, tokens.ends[after - 1], after)
    return None


def _money(tokens: Tokens, lexicon: Lexicon, reading: Reading, language: str) -> Measured | None:
    before = _BEFORE.search(tokens.text[max(0, reading.start - 8) : reading.start])
    if before:
        start = max(0, reading.start - 8) + before.start()
        currency = before["code"] or ("USD" if before["us"] else _SIGNS[before["sign"]])
        after = _noun(tokens, lexicon, reading, language)
        end, following = (after.end, after.next) if after else (reading.end, reading.next)
        return Measured(Kind.MONEY, reading.value, start, end, following, _iso(currency, language))
    sign = _AFTER.match(tokens.text, reading.end)
    if sign:
        currency = sign["code"] or ("USD" if sign["us"] else _SIGNS[sign["sign"]])
        return Measured(
            Kind.MONEY, reading.value, reading.start, sign.end(), tokens.after(sign.end(), reading.next), currency
        )
    return _noun(tokens, lexicon, reading, language)


def _noun(tokens: Tokens, lexicon: Lexicon, reading: Reading, language: str) -> Measured | None:
    """Money by the noun after the number: 500,000 US dollars, 1.5 millones de dólares estadounidenses."""
    index, currency = reading.next, ""
    if (reading.scale > 1 or reading.is_vague) and tokens.word(index) in {"of", "de"}:
        index += 1
    while tokens.word(index) in lexicon.currency_adjectives and index - reading.next < 3:
        currency, index = lexicon.currency_adjectives[tokens.word(index)], index + 1
    noun = lexicon.currencies.get(tokens.word(index))
    if noun is None or not reading.end <= tokens.starts[reading.next] <= reading.end + 2:
        return None
    end, following = tokens.ends[index], index + 1
    if not currency and tokens.is_close(following) and tokens.word(following) in lexicon.currency_adjectives:
        currency = lexicon.currency_adjectives[tokens.word(following)]
        end, following = tokens.ends[following], following + 1
    return Measured(Kind.MONEY, reading.value, reading.start, end, following, currency or _iso(noun, language))


def _iso(currency: str, language: str) -> str:
    return dollar(language) if currency == "$" else currency


def _multiple(tokens: Tokens, lexicon: Lexicon, reading: Reading) -> Measured | None:
    if tokens.is_close(reading.next) and tokens.word(reading.next) in lexicon.times:
        end = tokens.ends[reading.next]
        return Measured(Kind.MULTIPLE, reading.value, reading.start, end, reading.next + 1)
    sign = None if reading.is_word else _TIMES_SIGN.match(tokens.text, reading.end)
    if sign is None:
        return None
    end = sign.end()
    return Measured(Kind.MULTIPLE, reading.value, reading.start, end, tokens.after(end, reading.next))


def find_part(tokens: Tokens, lexicon: Lexicon, reading: Reading) -> Measured | None:
    """Two thirds, a quarter, tres cuartas partes: the fraction whose name follows a number or article."""
    index = reading.next
    name = tokens.word(index)
    part = lexicon.parts.get(name)
    if part is None or not tokens.is_close(index) or reading.scale > 1:
        return None
    end = index + 1
    if lexicon.whole_parts:
        if tokens.is_close(end) and tokens.word(end) in lexicon.whole_parts:
            end += 1
        elif name in lexicon.rank_parts and not _is_alone_in_spanish(tokens, name, reading, end):
            return None
    elif name.endswith("s") != (reading.value > 1) or (name in lexicon.rank_parts and not _ends(tokens, lexicon, end)):
        return None
    return Measured(Kind.MULTIPLE, reading.value / part, reading.start, tokens.ends[end - 1], end)


def _is_alone_in_spanish(tokens: Tokens, name: str, reading: Reading, after: int) -> bool:
    """Whether a rank word is a fraction without "parte": tres cuartos, un quinto de."""
    if reading.value > 1:
        return name.endswith("os")
    return name.endswith("o") and (not tokens.is_close(after) or tokens.word(after) in {"de", "del"})


def _ends(tokens: Tokens, lexicon: Lexicon, index: int) -> bool:
    """Whether "a third" is a part: "of", a function word, punctuation or the end follows, and no noun."""
    return (
        tokens.word(index - 1).endswith("s")
        or not tokens.is_close(index)
        or tokens.word(index) in lexicon.function_words
    )


def find_qualifier(tokens: Tokens, lexicon: Lexicon, first: int, start: int, end: int) -> tuple[Direction | None, str]:
    """The qualifier before the quantity whose first word is `first`, or after it: its direction and its text."""
    text = tokens.text
    sign = text[:start].rstrip()[-1:] if start and text[start - 1] in " \u00a0<>≤≥~≈±" else ""
    if sign in _QUALIFYING_SIGNS:
        return _QUALIFYING_SIGNS[sign], sign
    before = first
    if before and text[tokens.ends[before - 1] : start].isspace():
        if tokens.words[before - 1] in lexicon.qualifier_fillers and tokens.is_spaced(before - 1):
            found = _phrase_before(tokens, lexicon, before - 1)
            if found[0]:
                return found
        found = _phrase_before(tokens, lexicon, before)
        if found[0]:
            return found
    return _phrase_after(tokens, lexicon, end, first)


def _phrase_before(tokens: Tokens, lexicon: Lexicon, before: int) -> tuple[Direction | None, str]:
    for length in range(min(5, before), 0, -1):
        words = tokens.words[before - length : before]
        direction = lexicon.qualifiers.get(" ".join(words))
        if direction and all(tokens.is_spaced(index) for index in range(before - length + 1, before)):
            return direction, tokens.text[tokens.starts[before - length] : tokens.ends[before - 1]]
    return None, ""


def _phrase_after(tokens: Tokens, lexicon: Lexicon, end: int, index: int) -> tuple[Direction | None, str]:
    after = tokens.after(end, index)
    if not lexicon.qualifiers_after or not tokens.is_spaced(after) or tokens.starts[after] > end + 1:
        return None, ""
    for length in (3, 2):
        direction = lexicon.qualifiers_after.get(" ".join(tokens.words[after : after + length]))
        if direction and after + length <= tokens.count:
            return direction, tokens.text[tokens.starts[after] : tokens.ends[after + length - 1]]
    return None, ""
