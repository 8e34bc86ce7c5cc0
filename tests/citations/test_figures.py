"""Statistics: supported in every part, and never in silent disagreement."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.citations.making import check, said

from briefpack.citations.figures import _disagreeing, disagree
from briefpack.diagnostics import Code, Location
from briefpack.pack.edtf import parse_edtf
from briefpack.pack.model import Text
from briefpack.pack.span import Span
from briefpack.summaries.model import Statement, Statistic

Edit = Callable[[str, str, str], Path]
RIVER, HARBOUR = "content/summaries/river.md", "content/summaries/harbour.md"


def figure(
    value: str = "1,058", period: str = "2019", places: tuple[str, ...] = ("town",), unit: str | None = None
) -> Statistic:
    statement = Statement("river/statistics/x", "figure", 1, "x", "", (), Span("a.md", ""))
    date = parse_edtf(period) if period else None
    return Statistic(statement, "x", "rise", places, date, Text(value, Location("a.md")), "", unit, False, None)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (figure("990"), True),
        (figure("1,058"), False),
        (figure("1 058"), False),
        (figure("1058"), False),
        (figure("105.8"), True),
        (figure("990", period="2019-03/2019-05"), True),
        (figure("990", period="2018"), False),
        (figure("990", period=""), False),
        (figure("990", places=("town", "port")), True),
        (figure("990", places=("port",)), False),
        (figure("990", places=()), False),
        (figure("990", unit="feet"), True),
    ],
)
def test_figures_disagree_where_place_and_period_meet_and_the_value_differs(other: Statistic, expected: bool) -> None:
    assert (disagree(figure(), other), disagree(other, figure())) == (expected, expected)


def test_figures_in_two_units_are_not_compared() -> None:
    assert not disagree(figure(unit="feet"), figure("990", unit="millimetres"))


def test_figures_without_place_and_period_are_of_the_same_thing() -> None:
    assert disagree(figure(period="", places=()), figure("990", period="", places=()))


def test_two_sources_that_disagree_are_both_named(edited: Edit) -> None:
    edited(
        HARBOUR,
        "  insurance: >-",
        "  rise: >-\n    The river Lea rose by 990 millimetres at the harbour in the spring of 2019.\n  insurance: >-",
    )
    pack = edited(
        HARBOUR,
        "  - They ask for insurance. [@insurance]\n",
        "  - They ask for insurance. [@insurance]\n"
        "statistics:\n  - id: rise\n    measure: rise\n    period: 2019\n    value: 990\n    cite: [rise]\n",
    )
    (problem,) = check(pack).diagnostics

    assert problem.code is Code.FIGURES_DISAGREE
    assert problem.message == "'rise': 'harbour' has 990, 'river' has 1,058"
    assert str(problem.location) == f"{RIVER}:33:12"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("value: 1,058", "value: 1,085", f"{RIVER}:33:12 number-unsupported"),
        ("period: 2019", "period: 2018", f"{RIVER}:32:13 statistic-unsupported"),
        ("value: 1,058", "value: 1,058\n    qualifier: almost", f"{RIVER}:33:12 qualifier-added"),
    ],
)
def test_each_part_of_a_statistic_is_supported_or_reported_at_its_place(
    edited: Edit, old: str, new: str, expected: str
) -> None:
    assert said(check(edited(RIVER, old, new)).diagnostics) == [expected]


_FIGURES = st.builds(
    figure,
    st.sampled_from(["1,058", "1058", "990", "12"]),
    st.sampled_from(["", "2018", "2019", "2019-03", "2018-11/2019-03", "2019-03-02", "2020"]),
    st.sampled_from([(), ("town",), ("port",), ("town", "port"), ("town", "town")]),
    st.sampled_from([None, "feet", "millimetres"]),
)


@given(st.lists(_FIGURES, max_size=12))
def test_no_pair_that_disagrees_is_passed_over(figures: list[Statistic]) -> None:
    expected = [(i, j) for i, j in combinations(range(len(figures)), 2) if disagree(figures[i], figures[j])]
    assert _disagreeing(figures) == expected
