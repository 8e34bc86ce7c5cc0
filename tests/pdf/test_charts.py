"""A chart is drawn, and read aloud as a table of its values."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from tests.pdf.press import BASE, set_one
from tests.templating import samples
from tests.templating.charts import NORTH_SOUTH, chart

from briefpack.pdf.completeness import text_of
from briefpack.pdf.piece import Element, Piece
from briefpack.products import model as m
from briefpack.templating.sections import render_section
from briefpack.templating.styles import styles_of

PLACES = [("North", "2015", "1,200"), ("South", "2015", "310"), ("West", "2015", "31")]
TIMES = [("North", "2018-07-03", "10"), ("North", "2015", "4"), ("North", "2017-01/2017-09", "274")]


def piece_of(item: m.Chart) -> Piece:
    section = render_section(replace(samples.brief(), figures=(), charts=(item,)), BASE).value
    assert section is not None
    return set_one(section, styles_of(BASE))


def table(piece: Piece) -> Element:
    (found,) = (element for element in piece.elements if element.role == "Table")
    return found


@pytest.mark.parametrize("kind", ["bar", "dot"])
def test_bars_and_dots_are_a_table_that_says_what_it_shows(kind: Literal["bar", "dot"]) -> None:
    piece = piece_of(chart(kind, PLACES))
    assert table(piece).attributes["Summary"] == (
        f"{kind.title()} chart: Boats lost, 2015. 3 values, the greatest 1,200 (North), the least 31 (West)."
    )
    assert [element.role for element in piece.elements].count("TH") == 3
    assert "Figure" not in [element.role for element in piece.elements]


def test_lines_are_a_figure_with_a_text_alternative_and_a_table_of_all_values() -> None:
    piece = piece_of(chart("line", NORTH_SOUTH))
    (figure,) = (element for element in piece.elements if element.role == "Figure")
    summary = "Line chart: Boats lost. 5 values, the greatest 310 (North, 2016), the least 80 (South, 2015)."
    assert figure.attributes["Alt"] == summary
    assert table(piece).attributes["Summary"] == summary
    heads = [element.attributes["Scope"] for element in piece.elements if element.role == "TH"]
    assert heads == ["Column"] * 4 + ["Row"] * 2


def test_a_timeline_reads_in_the_order_of_time() -> None:
    html = render_section(replace(samples.brief(), figures=(), charts=(chart("timeline", TIMES),)), BASE).value
    assert html is not None
    places = [html.html.index(text) for text in ("2015</th>", "January–September 2017</th>", "3 July 2018</th>")]
    assert places == sorted(places)


def test_a_timeline_is_a_figure_with_a_text_alternative_and_a_table() -> None:
    piece = piece_of(chart("timeline", TIMES))
    (figure,) = (element for element in piece.elements if element.role == "Figure")
    assert figure.attributes["Alt"] == "Timeline: Boats lost, North. 3 values in the order of time."
    assert table(piece).attributes["Summary"] == figure.attributes["Alt"]


@pytest.mark.parametrize("kind", ["bar", "dot", "line", "timeline"])
def test_all_values_of_a_chart_arrive_in_its_table(kind: Literal["bar", "dot", "line", "timeline"]) -> None:
    said = " ".join(text_of(piece_of(chart(kind, NORTH_SOUTH))))
    assert [value for _, _, value in NORTH_SOUTH if value not in said] == []
