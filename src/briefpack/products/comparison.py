"""Comparison sheets: statements by criterion and source, or figures by place, period or source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefpack.citations.figures import disagree
from briefpack.products.body import compose_body, visible_body
from briefpack.products.brief import cite_all
from briefpack.products.evidence import Evidence
from briefpack.products.figures import figure
from briefpack.products.letters import letter
from briefpack.products.model import Cell, Column, ComparisonSheet, LetteredCaution, Place, Reference, Row
from briefpack.products.view import View
from briefpack.summaries.model import Comparison, Criterion, PlacedCaution, Statement, Statistic

FEWEST_COLUMNS = 2
MOST_COLUMNS = 4
"""A sheet with more columns is printed as several tables, as the templates' `column_groups` cuts it."""

RowKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What of a sheet an audience sees; everything that is said about a sheet comes from here."""

    sources: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    statistics: tuple[Statistic, ...]
    cautions: tuple[PlacedCaution, ...]

    @property
    def readings(self) -> dict[str, Statement]:
        """By criterion, how the editors explain that its sources differ."""
        return {c.id: c.reading for c in self.criteria if c.reading and len(self.differing(c)) > 1}

    def differing(self, criterion: Criterion) -> list[str]:
        """The visible sources that contradict each other."""
        return [source for source in criterion.differ if source in self.sources]


def visible_sources(sheet: Comparison, view: View) -> tuple[str, ...]:
    """The columns that the audience may see."""
    return tuple(source for source in sheet.sources if view.shows_source(source))


def has_sheet(sheet: Comparison, view: View) -> bool:
    """A sheet goes with its labels, or where fewer than two of its sources or none of its rows are left."""
    if not view.sees(sheet.labels) or len(visible_sources(sheet, view)) < FEWEST_COLUMNS:
        return False
    shown = _show(sheet, view)
    return bool(shown.criteria or shown.statistics)


def sheet_statements(sheet: Comparison, view: View) -> tuple[Statement, ...]:
    """All visible statements that the sheet prints, for the gate's verdict on the product."""
    shown = _show(sheet, view)
    cells = (c.statement for criterion in shown.criteria for c in criterion.cells if c.source in shown.sources)
    return tuple(
        statement
        for statement in (
            *cells,
            *(statistic.statement for statistic in shown.statistics),
            *(caution.statement for caution in shown.cautions),
            *shown.readings.values(),
            *sheet.reading,
            *(block.statement for block in visible_body(sheet.body, view)),
        )
        if statement is not None and view.shows(statement)
    )


def compose_comparison(sheet: Comparison, evidence: Evidence, references: Mapping[str, Reference]) -> ComparisonSheet:
    """The sheet; evidence notes are numbered table by table and row by row, then as the parts below the table stand."""
    view = evidence.view
    shown = _show(sheet, view)
    letters = _letters(shown)
    if sheet.kind == "figures":
        columns, rows = _figures(sheet, shown, evidence)
    else:
        columns = tuple(Column(source, references[source].short, references[source]) for source in shown.sources)
        rows = _rows(sheet, shown, letters, evidence)
    cautions = tuple(
        LetteredCaution(letters.get(item.statement.address, ""), evidence.cite(item.statement))
        for item in sorted(shown.cautions, key=lambda item: letters.get(item.statement.address, "ZZZ"))
    )
    readings = {
        row.id: evidence.cite(shown.readings[row.id], Place("reading", row.number))
        for row in rows
        if row.id in shown.readings and view.shows(shown.readings[row.id])
    }
    return ComparisonSheet(
        id=sheet.id,
        head=view.head(),
        anchor=evidence.anchor,
        kind=sheet.kind,
        title=sheet.title,
        short=sheet.short,
        question=sheet.question,
        tags=view.tags(sheet.labels),
        columns=columns,
        rows=tuple(replace(row, reading=readings.get(row.id)) for row in rows),
        cautions=cautions,
        reading=cite_all(sheet.reading, evidence),
        body=compose_body(sheet.body, evidence),
        references=tuple(references[source] for source in shown.sources),
        rows_by=sheet.rows if sheet.kind == "figures" else "question",
        language=view.language_at(sheet.path, "title") or view.language_at(sheet.path, "question"),
    )


def _show(sheet: Comparison, view: View) -> _Shown:
    """Apply the labels: a row goes with any cell of a visible column that may not be shown, a caution with its cell."""
    sources = visible_sources(sheet, view)
    criteria = tuple(
        criterion
        for criterion in sheet.criteria
        if all(view.shows(c.statement) for c in criterion.cells if c.source in sources and c.statement)
    )
    gone = {criterion.id for criterion in sheet.criteria} - {criterion.id for criterion in criteria}
    cautions = tuple(
        item
        for item in sheet.cautions
        if view.shows(item.statement) and item.criterion not in gone and (not item.source or item.source in sources)
    )
    return _Shown(sources, criteria, _statistics(sheet, sources, view), cautions)


def _letters(shown: _Shown) -> dict[str, str]:
    """By its address the letter of each caution about a cell or a row; cautions about the whole sheet have none."""
    known = {criterion.id for criterion in shown.criteria}
    placed = [item for item in shown.cautions if item.criterion in known]
    return {item.statement.address: letter(index).upper() for index, item in enumerate(placed)}


def reading_order(columns: int, rows: int) -> Iterator[tuple[int, int]]:
    """Row and column of each cell in the order in which it is read: table by table, row by row."""
    tables = -(-columns // MOST_COLUMNS) or 1
    start = 0
    for table in range(tables):
        end = start + (columns - start) // (tables - table)
        for row in range(rows):
            yield from ((row, column) for column in range(start, end))
        start = end


def _rows(sheet: Comparison, shown: _Shown, letters: Mapping[str, str], evidence: Evidence) -> tuple[Row, ...]:
    cells: dict[tuple[int, int], Cell] = {}
    for row, column in reading_order(len(shown.sources), len(shown.criteria)):
        cells[row, column] = _cell(sheet, shown, row, shown.sources[column], letters, evidence)
    return tuple(
        Row(
            id=criterion.id,
            number=row + 1,
            title=criterion.title,
            detail="",
            cells=tuple(cells[row, column] for column in range(len(shown.sources))),
            differs=len(shown.differing(criterion)) > 1,
            language=evidence.view.language_at(sheet.path, "criteria", criterion.id),
        )
        for row, criterion in enumerate(shown.criteria)
    )


def _cell(
    sheet: Comparison, shown: _Shown, row: int, source: str, letters: Mapping[str, str], evidence: Evidence
) -> Cell:
    criterion = shown.criteria[row]
    entry = next((cell for cell in criterion.cells if cell.source == source), None)
    if entry is None:  # an error of its own; in a draft the column must not slip
        return Cell("silent")
    differing = shown.differing(criterion)
    return Cell(
        kind=entry.kind,
        cited=evidence.cite(entry.statement, Place("cell", row + 1, criterion.title)) if entry.statement else None,
        why=entry.why,
        differs=source in differing and len(differing) > 1,
        cautions=tuple(
            letters[item.statement.address]
            for item in shown.cautions
            if item.criterion == criterion.id and item.source in ("", source)
        ),
        language=evidence.view.language_at(sheet.path, "cells", criterion.id, source) if entry.why else "",
    )


def _statistics(sheet: Comparison, sources: Sequence[str], view: View) -> tuple[Statistic, ...]:
    """The statistics to print; a row goes with a cell of which nothing may be shown."""
    if sheet.kind != "figures":
        return ()
    summaries = [summary for source in sources if (summary := view.verified.summary(source))]
    chosen = [s for summary in summaries for s in summary.statistics if s.measure in sheet.measures]
    cells: dict[tuple[RowKey, str], list[Statistic]] = {}
    for statistic in chosen:
        cells.setdefault((_row_key(sheet, statistic, view), statistic.measure), []).append(statistic)
    gone = {key for (key, _), members in cells.items() if not any(view.shows(s.statement) for s in members)}
    return tuple(s for s in chosen if view.shows(s.statement) and _row_key(sheet, s, view) not in gone)


def _figures(sheet: Comparison, shown: _Shown, evidence: Evidence) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """A column for each measure, a row for each place, period or source that a statistic has."""
    view = evidence.view
    measures = [m for m in sheet.measures if any(s.measure == m for s in shown.statistics)]
    names = {key: measure.name for key, measure in (view.verified.pack.measures or {}).items()}
    grouped: dict[RowKey, list[Statistic]] = {}
    for statistic in shown.statistics:
        grouped.setdefault(_row_key(sheet, statistic, view), []).append(statistic)
    keys = sorted(grouped, key=lambda key: _row_order(sheet, key, grouped[key]))
    clashing = {
        member.statement.address
        for index, one in enumerate(shown.statistics)
        for other in shown.statistics[index + 1 :]
        if disagree(one, other)
        for member in (one, other)
    }
    cells: dict[tuple[int, int], Cell] = {}
    for row, column in reading_order(len(measures), len(keys)):
        own = [statistic for statistic in grouped[keys[row]] if statistic.measure == measures[column]]
        cells[row, column] = Cell(
            "figures" if own else "silent",
            figures=tuple(
                figure(statistic, evidence, Place("cell", row + 1, _row_title(sheet, keys[row], view)))
                for statistic in own
            ),
            differs=any(statistic.statement.address in clashing for statistic in own),
        )
    rows = [
        _figures_row(sheet, key, row, tuple(cells[row, column] for column in range(len(measures))), grouped[key], view)
        for row, key in enumerate(keys)
    ]
    return tuple(Column(measure, names.get(measure, measure)) for measure in measures), tuple(rows)


def _figures_row(
    sheet: Comparison, key: RowKey, index: int, cells: tuple[Cell, ...], members: Sequence[Statistic], view: View
) -> Row:
    return Row(
        id="-".join(key) or str(index + 1),
        number=index + 1,
        title=_row_title(sheet, key, view),
        detail="",
        cells=cells,
        differs=any(cell.differs for cell in cells),
        period=members[0].period if sheet.rows == "period" else None,
    )


def _row_key(sheet: Comparison, statistic: Statistic, view: View) -> RowKey:
    if sheet.rows == "place":
        known = list(view.verified.pack.places or {})
        return tuple(sorted(set(statistic.places), key=lambda p: (known.index(p) if p in known else len(known), p)))
    if sheet.rows == "period":
        return (statistic.period.text,) if statistic.period else ()
    return (statistic.statement.address.partition("/")[0],)


def _row_order(sheet: Comparison, key: RowKey, members: Sequence[Statistic]) -> tuple[object, ...]:
    """Periods in order of time, undated last; places by how many they join; sources as the sheet lists them."""
    if sheet.rows == "source":
        return (sheet.sources.index(key[0]),)
    if sheet.rows == "period":
        period = members[0].period
        return (period is None, period.sort_key if period else (), key)
    return (len(key), key)


def _row_title(sheet: Comparison, key: RowKey, view: View) -> str:
    if sheet.rows == "place":
        places = view.verified.pack.places or {}
        return ", ".join(places.get(place, place) for place in key)
    if sheet.rows == "source" and (summary := view.verified.summary(key[0])):
        return summary.short
    return key[0] if key else ""
