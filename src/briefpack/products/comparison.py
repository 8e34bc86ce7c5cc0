"""Comparison sheets: statements by criterion and source, or figures by place, period or source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefpack.citations.figures import disagree
from briefpack.products.brief import cite_all, compose_body
from briefpack.products.evidence import Evidence
from briefpack.products.figures import figure
from briefpack.products.model import Cell, Column, ComparisonSheet, LetteredCaution, Place, Reference, Row
from briefpack.products.view import View
from briefpack.summaries.model import CellEntry, Comparison, Criterion, Statement, Statistic

FEWEST_COLUMNS = 2


def visible_sources(sheet: Comparison, view: View) -> tuple[str, ...]:
    """The columns that the audience may see."""
    return tuple(source for source in sheet.sources if view.shows_source(source))


def has_sheet(sheet: Comparison, view: View) -> bool:
    """A sheet goes with its labels, or where fewer than two of its sources are left."""
    return view.sees(sheet.labels) and len(visible_sources(sheet, view)) >= FEWEST_COLUMNS


def sheet_statements(sheet: Comparison, view: View) -> tuple[Statement, ...]:
    """All visible statements that the sheet prints, for the gate's verdict on the product."""
    sources = visible_sources(sheet, view)
    cells = [
        cell.statement
        for criterion in _visible_criteria(sheet, sources, view)
        for cell in criterion.cells
        if cell.source in sources and cell.statement
    ]
    others = [s for s in sheet.statements() if s.kind != "cell"]
    figures = [statistic.statement for statistic in _statistics(sheet, sources, view)]
    return tuple(s for s in (*cells, *others, *figures) if view.shows(s))


def compose_comparison(sheet: Comparison, evidence: Evidence, references: Mapping[str, Reference]) -> ComparisonSheet:
    """The sheet; evidence notes are numbered row by row."""
    view = evidence.view
    sources = visible_sources(sheet, view)
    letters = _letters(sheet, sources, view)
    if sheet.kind == "figures":
        columns, rows = _figures(sheet, sources, evidence)
    else:
        columns = tuple(Column(source, references[source].short, references[source]) for source in sources)
        rows = tuple(
            _row(criterion, number, sources, letters, evidence)
            for number, criterion in enumerate(_visible_criteria(sheet, sources, view), start=1)
        )
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
        rows=rows,
        reading=cite_all(sheet.reading, evidence),
        cautions=tuple(
            LetteredCaution(letters.get(item.statement.address, ("", ""))[0], evidence.cite(item.statement))
            for item in sheet.cautions
            if item.statement.address in letters
        ),
        body=compose_body(sheet.body, evidence),
        references=tuple(references[source] for source in sources),
    )


def _visible_criteria(sheet: Comparison, sources: Sequence[str], view: View) -> list[Criterion]:
    """A row goes with any cell of a visible column that may not be shown."""
    return [
        criterion
        for criterion in sheet.criteria
        if all(view.shows(c.statement) for c in criterion.cells if c.source in sources and c.statement)
    ]


def _letters(sheet: Comparison, sources: Sequence[str], view: View) -> dict[str, tuple[str, str]]:
    """For each visible caution its letter and the cell it is about; cautions on cells are lettered, others are not."""
    letters: dict[str, tuple[str, str]] = {}
    count = 0
    for item in sheet.cautions:
        if not view.shows(item.statement) or (item.source and item.source not in sources):
            continue
        letter = ""
        if item.criterion:
            letter = chr(ord("A") + count % 26)
            count += 1
        letters[item.statement.address] = (letter, f"{item.criterion}/{item.source}")
    return letters


def _row(
    criterion: Criterion,
    number: int,
    sources: Sequence[str],
    letters: Mapping[str, tuple[str, str]],
    evidence: Evidence,
) -> Row:
    cells = {cell.source: cell for cell in criterion.cells}
    differ = [source for source in criterion.differ if source in sources]
    reading = criterion.reading
    return Row(
        id=criterion.id,
        number=number,
        title=criterion.title,
        detail="",
        cells=tuple(
            _cell(cells[source], criterion, number, source in differ and len(differ) > 1, letters, evidence)
            for source in sources
            if source in cells
        ),
        differs=len(differ) > 1,
        reading=evidence.cite(reading) if reading and len(differ) > 1 and evidence.view.shows(reading) else None,
    )


def _cell(
    entry: CellEntry,
    criterion: Criterion,
    number: int,
    differs: bool,
    letters: Mapping[str, tuple[str, str]],
    evidence: Evidence,
) -> Cell:
    here = (f"{criterion.id}/{entry.source}", f"{criterion.id}/")
    return Cell(
        kind=entry.kind,
        cited=evidence.cite(entry.statement, Place("cell", number)) if entry.statement else None,
        why=entry.why,
        differs=differs,
        cautions=tuple(letter for letter, about in letters.values() if letter and about in here),
    )


def _statistics(sheet: Comparison, sources: Sequence[str], view: View) -> list[Statistic]:
    if sheet.kind != "figures":
        return []
    summaries = [summary for source in sources if (summary := view.verified.summary(source))]
    return [
        statistic
        for summary in summaries
        for statistic in summary.statistics
        if statistic.measure in sheet.measures and view.shows(statistic.statement)
    ]


def _figures(
    sheet: Comparison, sources: Sequence[str], evidence: Evidence
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """A column for each measure, a row for each place, period or source that a statistic has."""
    view, pack = evidence.view, evidence.view.verified.pack
    statistics = _statistics(sheet, sources, view)
    measures = [m for m in sheet.measures if any(s.measure == m for s in statistics)]
    names = {key: measure.name for key, measure in (pack.measures or {}).items()}
    columns = tuple(Column(measure, names.get(measure, measure)) for measure in measures)
    grouped: dict[tuple[str, ...], list[Statistic]] = {}
    for statistic in statistics:
        grouped.setdefault(_row_key(sheet, statistic), []).append(statistic)
    rows: list[Row] = []
    for number, (key, members) in enumerate(
        sorted(grouped.items(), key=lambda item: _row_order(sheet, item[0])), start=1
    ):
        cells = []
        for measure in measures:
            own = [statistic for statistic in members if statistic.measure == measure]
            clash = any(disagree(a, b) for i, a in enumerate(own) for b in own[i + 1 :])
            figures = tuple(figure(statistic, evidence) for statistic in own)
            cells.append(Cell("figures", figures=figures, differs=clash) if own else Cell("silent"))
        rows.append(
            Row(
                id="-".join(key) or str(number),
                number=number,
                title=_row_title(sheet, key, view),
                detail="",
                cells=tuple(cells),
                differs=any(cell.differs for cell in cells),
            )
        )
    return columns, tuple(rows)


def _row_key(sheet: Comparison, statistic: Statistic) -> tuple[str, ...]:
    if sheet.rows == "place":
        return statistic.places
    if sheet.rows == "period":
        return (statistic.period.text,) if statistic.period else ()
    return (statistic.statement.address.partition("/")[0],)


def _row_order(sheet: Comparison, key: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Periods in order of time, places by how many they join, sources as the sheet lists them."""
    if sheet.rows == "source":
        return (sheet.sources.index(key[0]), key)
    return (len(key), key)


def _row_title(sheet: Comparison, key: tuple[str, ...], view: View) -> str:
    if sheet.rows == "place":
        places = view.verified.pack.places or {}
        return ", ".join(places.get(place, place) for place in key)
    if sheet.rows == "source" and (summary := view.verified.summary(key[0])):
        return summary.short
    return key[0] if key else ""
