"""Words, dates, numbers and places in the page's language; the only place that knows Babel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal

from briefpack.pack.edtf import DatePoint, Edtf
from briefpack.products.alphabet import SortKey, sort_key
from briefpack.products.model import Locator, Place
from briefpack.templating.typography import NBSP, bound, nested

Marks = tuple[str, str]
"""An opening and a closing quotation mark."""

_ENGLISH_QUOTES: tuple[Marks, Marks] = ("“", "”"), ("‘", "’")
_QUOTES: dict[str, tuple[Marks, Marks]] = {
    "es": (("«", "»"), ("“", "”")),
    "fr": (("«\u202f", "\u202f»"), ("“", "”")),
    "de": (("„", "“"), ("‚", "‘")),
    "it": (("«", "»"), ("“", "”")),
}
"""By language the outer marks, and those of a quotation inside a quotation."""

_ITEM = "\ue000"
"""Stands for an item while a list is put together."""

_AND_IS_E = re.compile(r"\W*(?:[hH]?[íÍ]|[hH]?[iI](?![aeoáéó])|I(?=[A-Z])|HI(?=[A-Z])|[yY](?![aeiouáéíóú]))")
"""What sounds like i in Spanish, where no other vowel makes it the glide of a diphthong: "e hijos", but "y hielo"."""


@dataclass(frozen=True)
class Words:
    """Texts of a bundle in one language, falling back to the bare language and then to English."""

    language: str
    strings: Mapping[str, Mapping[str, str]]

    @cached_property
    def locale(self) -> Locale:
        """The Babel locale nearest to the language tag."""
        for tag in (self.language, self.language.split("-", maxsplit=1)[0], "en"):
            try:
                return Locale.parse(tag, sep="-")
            except (UnknownLocaleError, ValueError):
                continue
        return Locale("en")

    @cached_property
    def table(self) -> dict[str, str]:
        """All texts by key, the most specific language winning."""
        merged: dict[str, str] = {}
        for tag in ("en", self.language.split("-", maxsplit=1)[0], self.language):
            merged.update(self.strings.get(tag, {}))
        return merged

    def text(self, key: str, count: int | None = None, **values: object) -> str:
        """Return the text under `key` with `{name}` filled in.

        `count` chooses `key.one` or `key.other` and fills `{count}`. Raises `KeyError` where no language has the key.
        """
        if count is not None:
            form = f"{key}.{self.locale.plural_form(count)}"
            key = form if form in self.table else f"{key}.other"
            values["count"] = self.number(count)
        return re.sub(r"\{(\w+)\}", lambda match: str(values.get(match[1], match[0])), self.table[key])

    def number(self, value: int) -> str:
        """Return a whole number with the locale's separators."""
        return str(format_decimal(value, locale=self.locale))

    def listed(self, items: list[str] | tuple[str, ...], *, either: bool = False) -> str:
        """Return "a, b and c", or with `either` "a, b or c", as what is missing is told."""
        # The pattern is put together first, so that no comma or "and" of an item is taken for one between items.
        pattern = str(format_list([_ITEM] * len(items), style="or" if either else "standard", locale=self.locale))
        if self.locale.language == "en":
            pattern = pattern.replace(f", and {_ITEM}", f" and {_ITEM}").replace(f", or {_ITEM}", f" or {_ITEM}")
        if self.locale.language == "es" and items and _AND_IS_E.match(items[-1]):
            pattern = pattern.replace(f" y {_ITEM}", f" e {_ITEM}")
        texts = iter(items)
        return re.sub(_ITEM, lambda _: next(texts), pattern)

    @property
    def quotes(self) -> Marks:
        """The opening and the closing quotation mark."""
        return _QUOTES.get(self.locale.language, _ENGLISH_QUOTES)[0]

    @property
    def nested_quotes(self) -> Marks:
        """The marks of a quotation inside a quotation."""
        return _QUOTES.get(self.locale.language, _ENGLISH_QUOTES)[1]

    def quoted(self, text: str) -> str:
        """Return `text` between quotation marks, those inside it one level down and its units held to numbers."""
        opening, closing = self.quotes
        return f"{opening}{self.inside_quotes(text)}{closing}"

    def inside_quotes(self, text: str) -> str:
        """Return `text` as it stands between quotation marks that are set apart from it."""
        return bound(nested(text, self.nested_quotes))

    def sort_key(self, text: str) -> SortKey:
        """Return the key by which `text` stands in an alphabetical list of this language."""
        return sort_key(text, self.locale.language)

    # Dates

    def dated(self, date: Edtf | None, inferred: bool = False) -> str:
        """Print a date or interval no more exactly than it is known; an inferred year stands in square brackets."""
        if date is None:
            return self.text("undated")
        bracket = inferred or date.inferred
        if not date.is_interval or date.start == date.end:
            return self._point(date.start, bracket)
        start, end = date.start, date.end
        if start.year == end.year and start.month == end.month and start.day and end.day:
            days = f"{start.day}–{end.day}"
            return re.sub(rf"(?<!\d){end.day}(?!\d)", days, self._point(end, bracket), count=1)
        if start.year == end.year and start.month and end.month:
            first = self._point(start, bracket, with_year=False)
            return f"{first}–{self._point(end, bracket)}" if not start.day else f"{first} – {self._point(end, bracket)}"
        dash = "–" if not start.month and not end.month else " – "
        return f"{self._point(start, bracket)}{dash}{self._point(end, bracket)}"

    def _point(self, point: DatePoint, bracket: bool, with_year: bool = True) -> str:
        year = f"[{point.year}]" if bracket else str(point.year)
        if not point.month:
            return year
        month = self._month(point.month)
        if self.locale.language in ("es", "pt", "ca", "gl"):
            day_month = f"{point.day} de {month}" if point.day else month
            # The mock's convention: "14 de noviembre [de 2017]", the whole inferred part in the brackets.
            tail = f"[de {point.year}]" if bracket else f"de {year}"
            return f"{day_month} {tail}" if with_year else day_month
        if self.locale.language in ("en", "fr", "it", "nl"):
            day_month = f"{point.day} {month}" if point.day else month
            return f"{day_month} {year}" if with_year else day_month
        skeleton = ("yMMMMd" if with_year else "MMMMd") if point.day else ("yMMMM" if with_year else "MMMM")
        text = str(format_skeleton(skeleton, _as_date(point), locale=self.locale))
        return text.replace(str(point.year), year) if with_year else text

    def _month(self, month: int) -> str:
        return str(get_month_names("wide", context="format", locale=self.locale)[month])

    # Places

    def locator(self, locator: Locator) -> str:
        """Return "¶ 7", "¶ 7–9" or "p. 12, ¶ 3", which no line end can tear apart."""
        passages = _span("¶", locator.first, locator.last)
        if not locator.first_page:
            return passages
        mark = "page-mark" if locator.first_page == locator.last_page or not locator.last_page else "pages-mark"
        return f"{_span(self.text(mark), locator.first_page, locator.last_page)}, {passages}"

    def locator_aloud(self, locator: Locator) -> str:
        """Return the same with the sign of a passage in words: "passage 7", "p. 12, passages 3–4"."""
        word = "passages-aloud" if locator.last not in (0, locator.first) else "passage-aloud"
        return self.locator(locator).replace("¶", self.text(word))

    def place(self, place: Place, count: int = 1) -> str:
        """Return the place of a statement as a back-reference names it: "point 3", "headline", "row / column".

        It is the first of `count` of its kind, whose numbers follow: "points 3".
        """
        if place.detail:
            return place.detail
        key = f"place-{place.kind}"
        if count > 1:
            key = f"places-{place.kind}" if f"places-{place.kind}" in self.table else key
        name = self.table.get(key, place.kind)
        return f"{name}{NBSP}{place.ordinal}" if place.ordinal else name


def _span(mark: str, first: int, last: int) -> str:
    return f"{mark}{NBSP}{first}" if last in (0, first) else f"{mark}{NBSP}{first}–{last}"


def _as_date(point: DatePoint) -> date:
    return date(point.year, point.month or 1, point.day or 1)
