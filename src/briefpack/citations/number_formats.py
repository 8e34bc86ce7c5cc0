"""How numbers are written with digits: group and decimal separators by language and region.

The table repeats CLDR (a test holds it against Babel's copy); importing Babel here would cost every `check` its start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from briefpack.citations.lexicon import words

SPACES = " \u00a0\u2009\u202f\u2007"
"""What a group separator that CLDR gives as a space may be; the narrow ones also group where CLDR has another sign."""

_NARROW = "\u00a0\u2009\u202f\u2007"
_POINT_COMMA = words(
    "ast az bs ca da de dsb el es eu fo gl hr hsb id is it ku lb lo mk nl nnh pt ro rw sl sr tr vi wo yrl "
    "en-DK en-RO en-NL en-PL en-IT en-DE en-SI en-ES en-BE en-AT en-ID de-BE"
)
_SPACE_COMMA = words(
    "af be bg br cs cv et eo ff fi fr ht hu hy ka kab kk ky lt lv nb nn no pl ru sah se sk sq sv tk tt uk uz es-CR "
    "pt-PT pt-AO pt-MZ pt-CV pt-ST pt-TL pt-GW pt-GQ pt-LU pt-MO pt-CH fr-CA "
    "en-FI en-SE en-NO en-ZA en-CZ en-HU en-PT en-SK en-FR"
)
_COMMA_POINT = words("es-419 es-BR es-BZ es-CU es-DO es-GT es-HN es-MX es-NI es-PA es-PE es-PR es-SV es-US")
_APOSTROPHE_POINT = words("de-CH de-LI en-CH it-CH gsw rm")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """One way of writing numbers: `pattern` matches a whole number with its decimals at a digit."""

    group: str
    decimal: str
    pattern: re.Pattern[str]

    def to_decimal(self, written: str) -> Decimal:
        """Read what `pattern` matched; trailing zeros after the decimal sign are kept."""
        whole, _, places = written.partition(self.decimal)
        if not places and written.count(".") == 1 and not _is_grouped(written, self.group):
            whole, _, places = written.partition(".")
        digits = "".join(sign for sign in whole if sign.isdecimal())
        return Decimal(f"{digits}.{places}") if places else Decimal(digits)


def _is_grouped(written: str, group: str) -> bool:
    """Whether the point in a number is its group separator: three digits follow it."""
    return group == "." and len(written.rpartition(".")[2]) == 3


@lru_cache(maxsize=64)
def number_format(language: str) -> NumberFormat:
    """The format of a BCP 47 tag: by language and region, then by language, then as in English."""
    parts = language.replace("_", "-").split("-")
    region = next((part.upper() for part in parts[1:] if len(part) == 2 or part.isdecimal()), "")
    for tag in (f"{parts[0].lower()}-{region}", parts[0].lower()):
        for tags, group, decimal in _TABLE:
            if tag in tags:
                return _build(group, decimal, language)
    return _build(",", ".", language)


def rewritten(text: str, source: str, target: str) -> str:
    """Return `text`, whose numbers are written as in one language, with its numbers as another writes them.

    A number that was not grouped stays so: whether four digits are is the writer's choice.
    """
    ours, theirs = number_format(source), number_format(target)
    if (ours.group, ours.decimal) == (theirs.group, theirs.decimal):
        return text
    group = "\u202f" if theirs.group == " " else theirs.group

    def written(match: re.Match[str]) -> str:
        whole, point, places = match[0].partition(ours.decimal)
        grouped = "".join(sign if sign.isdecimal() else group for sign in whole)
        return f"{grouped}{theirs.decimal}{places}" if point else grouped

    return ours.pattern.sub(written, text)


def _build(group: str, decimal: str, language: str) -> NumberFormat:
    groups = {" ": f"[{SPACES}]", "’": "['’]"}.get(group, re.escape(group))
    size = r"\d{2,3}" if language.lower() in {"en-in", "hi", "hi-in", "en-pk"} else r"\d{3}"
    if (
        language.lower().partition("-")[0] == "es"
    ):  # besides CLDR's sign: what the Spanish academies and ISO 80000 ask for
        groups, size = rf"(?:{groups}|[{SPACES}])", r"\d{3}"
    separated = rf"\d{{1,3}}(?:{groups}{size})*{groups}\d{{3}}(?!\d)"
    narrow = rf"\d{{1,3}}(?:[{_NARROW}]\d{{3}})+(?!\d)"
    places = rf"(?:{re.escape(decimal)}\d+(?!\d))"
    foreign = r"|\d+\.(?!\d{3}(?!\d))\d+" if decimal == "," else ""  # a label such as 10.7 keeps its point everywhere
    return NumberFormat(group, decimal, re.compile(rf"(?:{separated}|{narrow}){places}?{foreign}|\d+{places}?"))


_TABLE = (
    (_COMMA_POINT, ",", "."),
    (_APOSTROPHE_POINT, "’", "."),
    (_SPACE_COMMA, " ", ","),
    (_POINT_COMMA, ".", ","),
)
