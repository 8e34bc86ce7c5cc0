"""Numbers of translated texts that no card is held against: titles, notes, and what the desk says itself.

Nothing supports them but their original; a translation that has another number is a slip of the pen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from briefpack.citations.numbers import verify_numbers
from briefpack.citations.quantities import find_quantities, readings
from briefpack.citations.support import CitedText
from briefpack.diagnostics import Code, Findings
from briefpack.pack.span import Span
from briefpack.summaries.model import Content, Statement
from briefpack.summaries.translated import Translated
from briefpack.summaries.translation import Entry, is_stale


def check_retold(translated: Translated, own: str, content: Content, findings: Findings) -> None:
    """Report numbers that a text in `own`, the pack's language, does not have and its translation has."""
    cited = {statement.address for statement in _statements(content) if not statement.desk and statement.pointers}
    languages = {summary.id: summary.work.language for summary in content.summaries}
    for translation in translated.translations.values():
        for entry in translation.entries.values():
            if not entry.lacking and not entry.is_stale:
                original = _original(entry, own, languages.get(entry.unit.address.partition("/")[0], own))
                for name in entry.texts:
                    if name != "text" or entry.unit.address not in cited:
                        _compare(entry.texts[name], entry.span(name), original, translated.language, findings)
        for segment, block in zip(translation.blocks, translation.original.blocks, strict=True):
            if segment and segment.block and block.statement.desk and not is_stale(segment, block):
                told = (CitedText(block.statement.address, block.statement.text, language=own),)
                _compare(segment.block.text, segment.block.span, told, translated.language, findings)


def _statements(content: Content) -> Iterator[Statement]:
    for summary in content.summaries:
        yield from summary.statements()
    for sheet in content.comparisons:
        yield from sheet.statements()


def _original(entry: Entry, own: str, source: str) -> tuple[CitedText, ...]:
    """The item's texts as something to look numbers up in; a gloss may have those of the quotation."""
    unit = entry.unit
    name = "/".join(unit.key)
    said = CitedText(name, " | ".join(text for _, text in unit.texts), language=own)
    quoted = CitedText(name, unit.quotation, language=source)
    return (said, quoted) if unit.quotation else (said,)


def _compare(text: str, span: Span, original: tuple[CitedText, ...], language: str, findings: Findings) -> None:
    for problem in verify_numbers(text, language, original).problems:
        number = text[problem.start : problem.end]
        if problem.code is Code.NUMBER_UNSUPPORTED and not _is_known(number, language, original):
            findings.report(
                Code.TRANSLATION_NUMBER,
                f"{number} is not in the original of {original[0].address}",
                span.part(text, problem.start, problem.end),
                hint="write the number that the original has",
                subject=original[0].address,
                detail=tuple(f"    {each.quotation}" for each in original[:1]),
            )


def _is_known(number: str, language: str, original: Sequence[CitedText]) -> bool:
    """Whether the original has the same figures, or the same value of another kind.

    What is one kind of number here may be another there: the fifth of August is `cinco de agosto`.
    """
    if any(re.search(rf"(?<!\w){re.escape(number)}(?!\w)", each.quotation) for each in original):
        return True
    known = {value for each in original for value in _values(each.quotation, each.language)}
    found = set(_values(number, language))
    return bool(found) and found <= known


def _values(text: str, language: str) -> Iterator[Decimal]:
    for quantity in find_quantities(text, language):
        if quantity.value is not None:
            yield quantity.value
        for parts in readings(quantity):
            yield from (Decimal(part) for part in (parts.day, parts.month, parts.year) if part)
