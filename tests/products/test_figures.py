"""Sheets of figures: rows by place, period or source, and values that disagree."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.products.making import FILES, brief_of, sheet_of, write_pack

from briefpack.builder.check import check_pack
from briefpack.diagnostics import Code
from briefpack.products.model import ComparisonSheet
from briefpack.world import World

ALPHA, BETA = "content/summaries/alpha.md", "content/summaries/beta.md"


def sheet(tmp_path: Path, rows: str, *changes: tuple[str, str, str], audience: str = "public") -> ComparisonSheet:
    text = f"""---
title: Figures
question: How many?
kind: figures
sources: [beta, alpha]
measures: [bridges, boats]
rows: {rows}
---
"""
    return sheet_of(write_pack(tmp_path, ("content/comparisons/views.md", "", text), *changes), audience)


def titles(made: ComparisonSheet) -> list[str]:
    return [row.title for row in made.rows]


def values(made: ComparisonSheet) -> list[list[list[str]]]:
    return [[[figure.value for figure in cell.figures] for cell in row.cells] for row in made.rows]


def test_rows_by_place(tmp_path: Path) -> None:
    made = sheet(tmp_path, "place")
    assert [column.title for column in made.columns] == ["Bridges built", "Boats lost"]
    assert titles(made) == ["North", "South"]
    assert values(made) == [[["41"], ["17"]], [["52"], []]]
    assert made.rows[1].cells[1].kind == "silent"


def test_rows_by_source_stand_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    assert titles(sheet(tmp_path, "source")) == ["Beta", "Alpha"]


def test_rows_by_period_stand_in_order_of_time(tmp_path: Path) -> None:
    made = sheet(
        tmp_path,
        "period",
        (ALPHA, "    period: 2018\n    value: 17", "    period: ?2018-05-03\n    value: 17"),
        (BETA, "    period: 2018\n", ""),
    )
    assert [row.period.text if row.period else None for row in made.rows] == ["2018", "?2018-05-03", None]


def test_places_make_one_row_in_whatever_order_they_are_written(tmp_path: Path) -> None:
    south = "    place: south\n"
    made = sheet(
        tmp_path,
        "place",
        (
            ALPHA,
            "    place: north\n    period: 2018\n    value: 17",
            "    place: north\n    period: 2018\n    value: 17",
        ),
        (
            ALPHA,
            "  - id: boats\n    measure: boats\n    place: north",
            "  - id: boats\n    measure: boats\n    place: [south, north]",
        ),
        (BETA, south, "    place: [north, south]\n"),
        ("seeds/alpha.txt", "The ferrymen of the north", "The ferrymen of the north (South and North)"),
        ("seeds/beta.txt", "The council of the south", "The council of the south (North and South)"),
        (ALPHA, "The ferrymen of the north lost", "The ferrymen of the north (South and North) lost"),
        (BETA, "The council of the south built", "The council of the south (North and South) built"),
    )
    assert titles(made) == ["North", "North, South"]


def disagreeing(tmp_path: Path, rows: str) -> ComparisonSheet:
    return sheet(
        tmp_path,
        rows,
        (BETA, "    place: south\n", "    place: [north, south]\n"),
        ("seeds/beta.txt", "The council of the south built", "The council of the south (and North) built"),
        (BETA, "The council of the south built", "The council of the south (and North) built"),
    )


@pytest.mark.parametrize("rows", ["place", "source", "period"])
def test_a_disagreement_is_marked_in_its_cells_and_rows_wherever_they_stand(tmp_path: Path, rows: str) -> None:
    made = disagreeing(tmp_path, rows)
    marked = {figure.value for row in made.rows for cell in row.cells if cell.differs for figure in cell.figures}
    assert marked == {"41", "52"}
    assert all(row.differs == any(cell.differs for cell in row.cells) for row in made.rows)
    assert any(row.differs for row in made.rows)


def test_agreeing_figures_are_not_marked(tmp_path: Path) -> None:
    assert not any(row.differs for row in sheet(tmp_path, "source").rows)


def test_a_row_goes_with_a_figure_that_may_not_be_shown(tmp_path: Path) -> None:
    """Or the cell would claim that the source does not address what it does."""
    change = (ALPHA, "    value: 17\n", "    value: 17\n    labels: [secret]\n")
    assert titles(sheet(tmp_path, "place", change)) == ["South"]
    assert titles(sheet(tmp_path, "place", change, audience="insiders")) == ["North", "South"]


def test_back_references_name_the_row_of_a_figure(tmp_path: Path) -> None:
    made = sheet(tmp_path, "place")
    assert [figure.cited.place.ordinal for row in made.rows for cell in row.cells for figure in cell.figures] == [
        1,
        1,
        2,
    ]


# Key figures

KEY = "    period: 2018\n    value: 41\n    key: yes\n"


def many(count: int, extra: str = "") -> str:
    one = (
        "  - id: more{n}\n    measure: bridges\n    place: north\n    period: 2018\n    value: 41\n    key: yes\n"
        "    cite: [built]\n{extra}"
    )
    return "".join(one.format(n=number, extra=extra) for number in range(count))


def problems(root: Path) -> list[tuple[str, str]]:
    found = check_pack(World(root)).diagnostics
    return [(d.subject, d.message) for d in found if d.code is Code.TOO_MANY]


def test_six_key_figures_fit_a_brief_and_a_seventh_is_reported(tmp_path: Path) -> None:
    assert problems(write_pack(tmp_path, (ALPHA, "statistics:\n", "statistics:\n" + many(5)))) == []
    assert problems(write_pack(tmp_path, (ALPHA, "statistics:\n", "statistics:\n" + many(6)))) == [
        ("insiders/brief/alpha", "7 key figures for 'insiders' where at most 6 stand"),
        ("public/brief/alpha", "7 key figures for 'public' where at most 6 stand"),
    ]


def test_a_chart_counts_as_one_key_figure(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, (ALPHA, "statistics:\n", "statistics:\n" + many(9, "    chart: bar all\n")))
    assert problems(pack) == []
    assert len(brief_of(pack).charts) == 1


def test_each_audience_counts_for_itself(tmp_path: Path) -> None:
    secret = many(6, "    labels: [secret]\n")
    pack = write_pack(tmp_path, (ALPHA, "statistics:\n", "statistics:\n" + secret))
    assert [subject for subject, _ in problems(pack)] == ["insiders/brief/alpha"]
    assert FILES[ALPHA].count("key: yes") == 1
