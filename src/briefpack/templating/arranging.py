"""How the pieces of a product are arranged on a page: what templates ask about lists, so that they only loop."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefpack.products.model import (
    Annex,
    AnnexPassage,
    Cell,
    Chart,
    Column,
    ComparisonSheet,
    ContentsEntry,
    Cover,
    CoverMark,
    Event,
    Figure,
    Highlight,
    Note,
    Prosaic,
    Reference,
    Row,
)
from briefpack.templating.chronology import Axis, axis_of, exactness
from briefpack.templating.plots import lengths, line_plot


def marks(quoted: Sequence[bool], most: int = 118) -> list[bool]:
    """Return at most `most` marks for the cover.

    Beyond that each stands for several passages, and is tall if any of them is quoted.
    """
    size = -(-len(quoted) // most) or 1
    return [any(quoted[start : start + size]) for start in range(0, len(quoted), size)]


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """Neighbouring columns of a comparison that share a table: their heads and the index of the first."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Row, tuple[Cell, ...]], ...]
    first: int


def column_groups(columns: Sequence[Column], rows: Sequence[Row], most: int = 4) -> list[ColumnGroup]:
    """Cut a comparison into tables of at most `most` columns, as evenly as can be; each repeats the row heads."""
    count = -(-len(columns) // most) or 1
    groups, start = [], 0
    for index in range(count):
        end = start + (len(columns) - start) // (count - index)
        cut = tuple((row, row.cells[start:end]) for row in rows)
        groups.append(ColumnGroup(tuple(columns[start:end]), cut, start))
        start = end
    return groups


def letter_anchor(passage_anchor: str, letter: str) -> str:
    """Return the element id of a back-reference in the margin of an original."""
    return f"{passage_anchor}-{letter}"


def href(target: str) -> str:
    """Return a link target with `#` where it names an element."""
    return target if target.startswith(("#", "http://", "https://")) else f"#{target}"


def is_text(run: object) -> bool:
    """Whether a run of an original is unquoted text."""
    return isinstance(run, str)


def is_highlight(run: object) -> bool:
    """Whether a run of an original is quoted somewhere."""
    return isinstance(run, Highlight)


CHART_WIDTH = 290.0
"""Points: about the width of what stands left of the evidence."""


def chart_axis(chart: Chart) -> Axis:
    """Return the axis on which the n-th figure in the order of time is number n."""
    return axis_of([each.period for each in in_time(chart) if each.period], CHART_WIDTH)


def in_time(chart: Chart) -> list[Figure]:
    """Return the figures of a chart in the order of their periods."""
    return sorted((each for each in chart.figures if each.period), key=lambda each: each.period.sort_key)  # type: ignore[union-attr]


def ordinal(blocks: Sequence[Prosaic], index: int) -> str:
    """Return the mark of the list item at `index`: a dash, or in an ordered list its number within the list."""
    if blocks[index].kind != "ordered":
        return "–"
    start = index
    while start > 0 and blocks[start - 1].kind == "ordered":
        start -= 1
    return f"{index - start + 1}."


def readings(rows: Sequence[Row]) -> list[Row]:
    """Return the rows whose disagreement the editors explain."""
    return [row for row in rows if row.reading]


def abreast(comparison: ComparisonSheet) -> int:
    """Return how many of a sheet's cautions and readings stand side by side: so many that no row is left half empty."""
    count = len(comparison.cautions) + len(readings(comparison.rows)) + bool(comparison.reading)
    return 2 if count in (1, 2, 4) else 3


def titled_by(annex: Annex) -> AnnexPassage | None:
    """Return the passage that is the title of an original, word for word and quoted nowhere: it need not stand twice.

    Capitals and marks may differ: what is printed is the passage.
    """
    first = annex.passages[0] if annex.cut == 1 and annex.passages else None
    if first is None or first.references or first.notes or not all(isinstance(run, str) for run in first.runs):
        return None
    return first if _letters("".join(map(str, first.runs))) == _letters(annex.reference.title) else None


def heading_levels(annex: Annex) -> dict[str, int]:
    """Return the level of each heading of an original below its title, by anchor: no level is left out."""
    levels: dict[str, int] = {}
    last, title = 1, titled_by(annex)
    for passage in annex.passages:
        if passage.kind.value == "heading" and passage is not title:
            last = levels[passage.anchor] = max(2, min(passage.level + 1, last + 1, 6))
    return levels


def _letters(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


MOSTLY = 0.7


def is_mostly_quoted(reference: Reference) -> bool:
    """Whether so much of an original is quoted that a marker over it would hide what is not."""
    return reference.quoted > MOSTLY * reference.passages


def warned(references: Sequence[Reference]) -> bool:
    """Whether the editors warn of any of these sources."""
    return any(reference.cautions for reference in references)


def capital(text: str) -> str:
    """Return `text` as it opens a cell: with a capital."""
    return text[:1].upper() + text[1:]


def caution_anchor(comparison: ComparisonSheet, letter: str) -> str:
    """Return the element id of the caution with this letter."""
    return next((item.cited.anchor for item in comparison.cautions if item.letter == letter), comparison.anchor)


_NAME_OPENERS = (
    "El La Las Los San Santa Santo Nueva Nuevo New North South East West Saint St Costa Puerto Río Rio Le Les"
)
_OPENED_NAME = re.compile(rf"\b({'|'.join(_NAME_OPENERS.split())}) (?=[^\W\d_])")


def unbroken_names(title: str) -> str:
    """Return a large title in which no line end parts a name from the short word it opens with: "El Salvador"."""
    return _OPENED_NAME.sub(lambda match: f"{match[1]}\u00a0" if title[match.end()].isupper() else match[0], title)


_MOST_ROWS = 6
_MOST_LINES = 12
_MOST_IN_ROW = 158
_MOST_IN_LINE = 56
_MOST_IN_FIELD = 1180
_FINEST, _COARSEST = 0.84, 2.0
"""Per cent of a row: the room of a mark where many fill a field, and the most that one takes."""


@dataclass(frozen=True, slots=True)
class CoverPicture:
    """The marks of the cover, so that they fit it however many sources there are.

    `form`: "rows", a row of marks below the name of each source; "lines", name and marks on one line; "field", one row
    for all, in which each mark is a source. `is_condensed`: some marks stand for several. `pitch` is the room of a
    mark, in per cent of its row: the longest row fills the width, unless it has so few marks that they would be blocks.
    """

    form: Literal["rows", "lines", "field"]
    rows: tuple[tuple[CoverMark, tuple[bool, ...]], ...]
    is_condensed: bool
    pitch: float


def cover_picture(cover: Cover) -> CoverPicture:
    """Return the marks as they are to be drawn."""
    count = len(cover.marks)
    if count > _MOST_LINES:
        every = CoverMark("", tuple(any(mark.quoted) for mark in cover.marks))
        return CoverPicture(
            "field", ((every, tuple(marks(every.quoted, _MOST_IN_FIELD))),), count > _MOST_IN_FIELD, _FINEST
        )
    most = _MOST_IN_LINE if count > _MOST_ROWS else _MOST_IN_ROW
    rows = tuple((mark, tuple(marks(mark.quoted, most))) for mark in cover.marks)
    is_condensed = any(len(mark.quoted) > most for mark in cover.marks)
    longest = max((len(drawn) for _, drawn in rows), default=1) or 1
    pitch = min(math.floor(100_000 / longest) / 1000, _COARSEST)  # rounded down: the last mark must not leave its row
    return CoverPicture("rows" if count <= _MOST_ROWS else "lines", rows, is_condensed, pitch)


def cover_quoted(cover: Cover) -> tuple[int, int]:
    """Return how many passages of all sources are quoted, and how many there are."""
    quoted = [passage for mark in cover.marks for passage in mark.quoted]
    return sum(quoted), len(quoted)


@dataclass(frozen=True, slots=True)
class ContentsGroup:
    """Lines of the contents that stand together: under a head where `title`, or a string for `kind`, names them."""

    title: str
    kind: str
    entries: tuple[ContentsEntry, ...]


def contents_groups(entries: Sequence[ContentsEntry]) -> list[ContentsGroup]:
    """Cut the contents at their parts.

    A part that is only the name of the one section in it needs no head; neighbours of that kind stand together.
    """
    groups: list[ContentsGroup] = []
    for index, entry in enumerate(entries):
        below = entries[index + 1] if index + 1 < len(entries) else None
        if below is not None and below.level > entry.level:
            is_named = bool(entry.title) or entry.kind != below.kind
            if is_named or not groups or groups[-1].title or groups[-1].kind:
                groups.append(ContentsGroup(entry.title, entry.kind if is_named else "", ()))
        else:
            last = groups.pop() if groups else ContentsGroup("", "", ())
            groups.append(replace(last, entries=(*last.entries, entry)))
    return groups


def grouped(blocks: Sequence[Prosaic]) -> list[tuple[str, int, tuple[Prosaic, ...]]]:
    """Cut the long form into runs: "desk" for neighbouring blocks in the editors' voice, else one block each.

    Each run comes with the index of its first block.
    """
    runs: list[tuple[str, int, tuple[Prosaic, ...]]] = []
    for index, block in enumerate(blocks):
        desk = block.cited.desk and block.kind != "heading"
        if desk and runs and runs[-1][0] == "desk":
            kind, first, members = runs[-1]
            runs[-1] = (kind, first, (*members, block))
        else:
            runs.append(("desk" if desk else block.kind, index, (block,)))
    return runs


def timeline_axis(events: Sequence[Event]) -> Axis:
    """Return the axis above a timeline: its events are numbered from 1."""
    return axis_of([event.date for event in events])


def inferred(events: Sequence[Event]) -> list[str]:
    """Return the numbers of the events whose date the editors inferred."""
    return [str(number) for number, event in enumerate(events, 1) if event.date.inferred]


def reasons(events: Sequence[Event]) -> list[tuple[int, Note]]:
    """Return, with the number of its event, each editors' note on a passage that tells why a year was inferred."""
    return [
        (number, note)
        for number, event in enumerate(events, 1)
        if event.date.inferred
        for note in event.cited.notes
        if str(event.date.start.year) in note.note
    ]


FUNCTIONS: Mapping[str, Callable[..., object]] = {
    function.__name__: function
    for function in (
        marks,
        heading_levels,
        column_groups,
        letter_anchor,
        href,
        is_text,
        is_highlight,
        in_time,
        chart_axis,
        lengths,
        line_plot,
        ordinal,
        readings,
        abreast,
        caution_anchor,
        titled_by,
        is_mostly_quoted,
        warned,
        capital,
        cover_quoted,
        cover_picture,
        contents_groups,
        unbroken_names,
        grouped,
        exactness,
        timeline_axis,
        inferred,
        reasons,
    )
}
"""What templates may call, by name."""
