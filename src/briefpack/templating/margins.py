"""The margin of an original: who quotes a passage. The editors' notes on it stand below it, all in one place.

Lines are reckoned, not measured: an error costs a little white, never a word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from briefpack.products.model import AnnexPassage, BackReference, Highlight, Place, Withheld

_TEXT_MEASURE = 64
_MARGIN_MEASURE = 36
_BELOW_MEASURE = 74
"""Characters a line: of an original, a back-reference, and a note below the text."""
_TEXT_LEADING = 12.8
_MARGIN_LEADING = 10.5
TALL = 15
"""Lines of an original: a taller passage may break over pages, or it would leave too much of a page white."""


@dataclass(frozen=True, slots=True)
class BackLink:
    """One place that quotes a passage: `label` as printed after those before it, `said` as it is named alone."""

    label: str
    href: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands beside a passage: by letter, for each document that quotes it, the places in it.

    `is_tall` counts the editors' notes below the text, too.
    """

    lines: tuple[tuple[str, tuple[tuple[BackLink, ...], ...]], ...]
    is_tall: bool


def margin_of(passage: AnnexPassage, place: Callable[[Place, int], str]) -> Margin:
    """Return the margin of a passage; `place` names a place, or several of its kind where its number is above 1."""
    lines = _lines(passage.references, place)
    text = (_length(passage) // _TEXT_MEASURE + 1) * _TEXT_LEADING
    if passage.notes:
        text += _reckoned(" ".join(passage.notes), _BELOW_MEASURE, _MARGIN_LEADING, 15) + 4
    beside = sum(_reckoned(_said(documents), _MARGIN_MEASURE, _MARGIN_LEADING) + 1.5 for _, documents in lines)
    return Margin(lines, max(text, beside) > TALL * _TEXT_LEADING)


def _reckoned(text: str, measure: int, leading: float, more: int = 0) -> float:
    return ((len(text) + more) // measure + 1) * leading


def _said(documents: Sequence[Sequence[BackLink]]) -> str:
    return "; ".join(", ".join(link.label for link in links) for links in documents)


def _length(passage: AnnexPassage) -> int:
    """The characters of a passage, letters included."""
    return sum(_wide(run) for run in passage.runs)


def _wide(run: str | Highlight | Withheld) -> int:
    match run:
        case str():
            return len(run)
        case Highlight():
            return len(run.text) + len(run.letters)
    return len(run.why) + 20


def _lines(
    references: Sequence[BackReference], place: Callable[[Place, int], str]
) -> tuple[tuple[str, tuple[tuple[BackLink, ...], ...]], ...]:
    """Group back-references by letter, within it by the document that cites, and within that by kind of place."""
    table: dict[str, dict[str, list[BackReference]]] = {}
    for reference in references:
        table.setdefault(reference.letter, {}).setdefault(reference.short, []).append(reference)
    return tuple(
        (letter, tuple(_document(short, listed, place) for short, listed in documents.items()))
        for letter, documents in table.items()
    )


def _document(
    short: str, references: Sequence[BackReference], place: Callable[[Place, int], str]
) -> tuple[BackLink, ...]:
    """The places in one document: "Zacatecoluca, points 1", "3", "figures 2".

    What is called alike is named once, such as cells of one row.
    """
    kinds: dict[str, list[BackReference]] = {}
    for index, reference in enumerate(references):
        detail = reference.place.detail
        counted = reference.place.ordinal and not detail
        group = kinds.setdefault(reference.place.kind if counted else f"{index}" if not detail else f": {detail}", [])
        if counted or not group:
            group.append(reference)
    links: list[BackLink] = []
    for listed in kinds.values():
        first, *others = sorted(listed, key=lambda reference: reference.place.ordinal)
        links.append(BackLink(place(first.place, len(listed)), first.href, _alone(short, place(first.place, 1))))
        links += [
            BackLink(str(other.place.ordinal), other.href, _alone(short, place(other.place, 1))) for other in others
        ]
    if short and links:
        links[0] = replace(links[0], label=_named(short, links[0].label))
    return tuple(links)


def _alone(short: str, place: str) -> str:
    return f"{place}, {short}" if short else place


def _named(short: str, place: str) -> str:
    return f"{short}, {place}" if short else place
