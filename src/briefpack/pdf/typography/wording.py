"""Our own words: spaces at which no line may end, and the quotation marks of the language. Quotations are verbatim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from briefpack.diagnostics import Code
from briefpack.pdf.typography.report import Report
from briefpack.pdf.typography.sight import Place, Sheet

_UNITS = r"% ‰ °C ° km² km cm mm m² m³ m kg g t ha l h min s kWh MW US\$ USD EUR € \$ £ pt".replace(" ", "|")
"""Signs and symbols that stand behind a number."""

_BEFORE = r"¶ § № n\.º p\. pp\. pág\. págs\. US\$ USD EUR € \$ £".replace(" ", "|")
"""And before one."""

_PARTED = re.compile(rf"(?<!\w)(?:{_BEFORE}) (?=\d)|\d (?=(?:{_UNITS})(?!\w))")

_MARKS = frozenset("\"'“”„‟‘’‚‛«»‹›")
_STRAIGHT = frozenset("\"'")
_OWN = {"en": "“”‘’", "es": "«»“”‘’", "fr": "«»“”‘’", "pt": "«»“”‘’", "it": "«»“”‘’", "de": "„“‚‘’»«›‹"}
"""The marks of a language, inner ones and the apostrophe included; of others nothing is known."""


def wording_problems(pages: Sequence[Sheet], report: Report) -> None:
    """Report breaking spaces and wrong quotation marks, each code once a page with the words concerned."""
    language = report.section.lang.partition("-")[0].lower()
    for number, sheet in enumerate(pages):
        texts = [" ".join(line.own for line in p.lines) for p in sheet.paragraphs if not p.place & Place.VERBATIM]
        parted = dict.fromkeys(chain.from_iterable(_parted(text) for text in texts))
        if parted:
            report.add(
                Code.SPACE_BREAKING,
                f"a line may end between number and unit in {_listed(parted)} on {{where}}",
                number,
                "put a no-break space (U+00A0) there",
            )
        wrong = dict.fromkeys(chain.from_iterable(_wrong_marks(text, language) for text in texts))
        if wrong:
            report.add(
                Code.QUOTATION_MARKS,
                f"quotation marks that are straight or of another language in {_listed(wrong)} on {{where}}",
                number,
                f"write {_usual(language)}, and ’ as the apostrophe",
            )


def _parted(text: str) -> list[str]:
    """The words on both sides of each breaking space that parts a number from its unit."""
    if not any(character.isdigit() for character in text):
        return []
    return [_around(text, match.end() - 1) for match in _PARTED.finditer(text)]


def _wrong_marks(text: str, language: str) -> list[str]:
    if _MARKS.isdisjoint(text):
        return []
    wrong = _MARKS - frozenset(_OWN[language]) if language in _OWN else _STRAIGHT
    return [_word(text, at) for at, character in enumerate(text) if character in wrong]


def _around(text: str, space: int) -> str:
    start = text.rfind(" ", 0, space) + 1
    end = text.find(" ", space + 1)
    return text[start : end if end >= 0 else len(text)]


def _word(text: str, at: int) -> str:
    start = text.rfind(" ", 0, at) + 1
    end = text.find(" ", at)
    return text[start : end if end >= 0 else len(text)]


def _listed(found: Sequence[str] | dict[str, None]) -> str:
    shown = [f"“{each}”" for each in found]
    return ", ".join(shown[:5]) + (f" and {len(shown) - 5} more" if len(shown) > 5 else "")


def _usual(language: str) -> str:
    return {"en": "“ ”", "es": "« »", "fr": "« »", "it": "« »", "de": "„ “"}.get(language, "“ ”")
