"""Dates in a text: ISO, numeric, in words, alone or as ranges and lists that share their month or year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from briefpack.citations.lexicon import Lexicon
from briefpack.citations.periods import DateParts, is_possible
from briefpack.citations.tokens import Tokens

_ISO = re.compile(r"(?P<year>[12]\d{3})-(?P<month>\d{2})(?:-(?P<day>\d{2}))?(?![\d-]*\d)")
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d|[/-]\d)")
_SHORT = re.compile(r"(\d{1,2})/(\d{1,2})(?![/\d]|\.\d)")
_YEARS = re.compile(r"(?P<first>(?:1[5-9]|2[01])\d{2})\s?[-–—/]\s?(?P<last>(?:1[5-9]|2[01])\d{2}|\d{2})(?![-/.,]?\d)")
_DECADE = re.compile(r"(?P<year>(?:1[5-9]|20)\d0)[’']?s\b")
_DAY = re.compile(r"\d{1,2}|primero")
_SHARES = re.compile(
    r"\s*(?:[-–—/,]|,?\s(?:to|and|or|until|through|y|e|o|a|al|hasta)(?:\s(?:the|el|de))?)\s*", re.IGNORECASE
)
_MONTH_FIRST_REGIONS = ("en-us", "en-ph", "en-bz", "en-pr", "en-vi", "en-gu")


@dataclass(frozen=True, slots=True)
class DateFound:
    """One date: its parts, its second reading if the day could be the month, and its offsets."""

    parts: DateParts
    start: int
    end: int
    other: DateParts | None = None


@lru_cache(maxsize=8)
def _patterns(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def find_dates(tokens: Tokens, lexicon: Lexicon, index: int, language: str) -> tuple[DateFound, ...]:
    """The dates that begin with the word at `index`; several where they share a month or year, no bare years."""
    word = tokens.words[index]
    if word[0].isdecimal():
        found = _numeric(tokens.text, tokens.starts[index], language)
        if found:
            return found
        if len(word) > 2:
            return ()
    elif word not in lexicon.months and word not in lexicon.short_months and word != "primero":
        return ()
    return _in_words(tokens, lexicon, index)


def _numeric(text: str, start: int, language: str) -> tuple[DateFound, ...]:
    match = _ISO.match(text, start)
    if match:
        parts = DateParts(int(match["year"]), int(match["month"]), int(match["day"]) if match["day"] else None)
        if is_possible(parts):
            return (DateFound(parts, start, match.end()),)
    match = _YEARS.match(text, start)
    if match:
        first, last = int(match["first"]), match["last"]
        end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
        if end > first:
            return (
                DateFound(DateParts(first), start, match.end("first")),
                DateFound(DateParts(end), match.start("last"), match.end()),
            )
    match = _DECADE.match(text, start)
    if match:
        return (DateFound(DateParts(int(match["year"]), decade=True), start, match.end()),)
    return _day_and_month(text, start, language)


def _day_and_month(text: str, start: int, language: str) -> tuple[DateFound, ...]:
    match = _NUMERIC.match(text, start)
    if match:
        year = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4])
        first, second = int(match[1]), int(match[3])
    else:
        match = _SHORT.match(text, start)
        if match is None or _is_fraction(text, match):
            return ()
        year, first, second = 0, int(match[1]), int(match[2])
    pairs = ((second, first), (first, second)) if not language.lower().startswith(_MONTH_FIRST_REGIONS) else None
    orders = pairs or ((first, second), (second, first))
    readings = [DateParts(year or None, month, day) for month, day in orders]
    possible = list(dict.fromkeys(parts for parts in readings if is_possible(parts)))
    if not possible:
        return ()
    return (DateFound(possible[0], start, match.end(), possible[1] if len(possible) > 1 else None),)


def _is_fraction(text: str, match: re.Match[str]) -> bool:
    """Whether `2/3` is a part: a small numerator over a denominator up to ten, not in brackets."""
    upper, lower = int(match[1]), int(match[2])
    in_brackets = text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")"
    return upper < lower <= 10 and not in_brackets and len(match[1]) == 1 and not match[2].startswith("0")


def _in_words(tokens: Tokens, lexicon: Lexicon, index: int) -> tuple[DateFound, ...]:
    start = tokens.starts[index]
    for pattern in _patterns(lexicon.date_patterns):
        match = pattern.match(tokens.text, start)
        if match is None:
            continue
        groups = match.groupdict()
        name = groups["month"] or groups["short"]
        month = lexicon.months.get(name.lower()) or lexicon.short_months[name.lower()]
        year = int(groups["year"]) if groups.get("year") else None
        days = groups.get("days")
        if name.islower() and name in lexicon.cautious_months:
            continue
        if not days:
            return (
                (DateFound(DateParts(year, month), start, match.end()),)
                if _is_month(tokens, lexicon, index, year)
                else ()
            )
        if _counts_a_noun(tokens, lexicon, match, days, month_first=match.start("month") == start):
            continue
        found = tuple(_days(match, month, year))
        if found:
            return found
    return ()


def _days(match: re.Match[str], month: int, year: int | None) -> Iterator[DateFound]:
    """One date for each day of a list or range before or after its month; the last one carries the year's text."""
    days = [
        (1 if day.group() == "primero" else int(day.group()), match.start("days") + day.start(), day.end())
        for day in _DAY.finditer(match["days"].lower())
    ]
    parts = [DateParts(year, month, day) for day, _, _ in days]
    if not all(is_possible(date) for date in parts):
        return
    is_month_first = match.start("month") < match.start("days")
    for number, (date, (_, start, length)) in enumerate(zip(parts, days, strict=True)):
        end = match.end() if number == len(days) - 1 else match.start("days") + length
        yield DateFound(date, match.start() if is_month_first and number == 0 else start, end)


def _counts_a_noun(tokens: Tokens, lexicon: Lexicon, match: re.Match[str], days: str, *, month_first: bool) -> bool:
    """Whether the "day" after a month counts what follows: in July 26 institutions took part."""
    if not month_first or match["year"] or not days[-1].isdecimal():
        return False
    after = tokens.after(match.end(), 0)
    return (
        tokens.is_spaced(after)
        and tokens.raw[after].islower()
        and tokens.words[after].endswith("s")
        and tokens.words[after] not in lexicon.function_words
    )


def _is_month(tokens: Tokens, lexicon: Lexicon, index: int, year: int | None) -> bool:
    """Whether a month's name stands for the month: May and March only after a word such as "in", or with a year."""
    if year is not None or tokens.words[index] not in lexicon.cautious_months:
        return True
    if not tokens.raw[index][0].isupper():
        return False
    before = tokens.word(index - 1)
    follows = before in lexicon.months and _SHARES.fullmatch(tokens.gap(index))
    leads = tokens.word(index + 1) in lexicon.months and _SHARES.fullmatch(tokens.gap(index + 1))
    return bool(follows or leads) or (tokens.is_spaced(index) and before in lexicon.temporal and index > 0)


def share_years(text: str, found: list[tuple[int, DateFound]]) -> list[tuple[int, DateFound]]:
    """Give a date without a year that of the next one in the same range or list: January to September 2017."""
    shared = list(found)
    for place in range(len(shared) - 2, -1, -1):
        (key, date), (_, following) = shared[place], shared[place + 1]
        if date.parts.year is not None or date.parts.month is None or following.parts.year is None:
            continue
        if following.parts.month is not None and _SHARES.fullmatch(text, date.end, following.start):
            shared[place] = (key, replace(date, parts=replace(date.parts, year=following.parts.year)))
    return shared
