"""The cover drawn from data: one page, however many sources there are, and names that stay whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.pdf.press import printed
from tests.templating import samples

from briefpack.products.model import Cover, CoverMark
from briefpack.templating.arranging import cover_picture, unbroken_names


def cover(*lengths: int) -> Cover:
    found = next(section for section in samples.dossier().sections if isinstance(section, Cover))
    head = replace(found.head, pack_title="Migration and reintegration in El Salvador", disclaimer="We say so. " * 20)
    marks = tuple(CoverMark(f"Source {n}", tuple(at % 3 == 0 for at in range(many))) for n, many in enumerate(lengths))
    return replace(found, head=head, marks=marks)


@pytest.mark.parametrize(
    ("sources", "form"), [(1, "rows"), (6, "rows"), (7, "lines"), (12, "lines"), (13, "field"), (1500, "field")]
)
def test_the_marks_of_any_number_of_sources_fit_the_cover(sources: int, form: str) -> None:
    made = cover(*[200] * sources)
    assert cover_picture(made).form == form
    assert printed([made]).pages == 1


def test_each_mark_is_one_passage_where_there_is_room() -> None:
    picture = cover_picture(cover(10, 131))
    assert [len(drawn) for _, drawn in picture.rows] == [10, 131]
    assert not picture.is_condensed


def test_the_longest_row_of_marks_fills_the_width_unless_it_has_few() -> None:
    picture = cover_picture(cover(10, 131))
    assert 99.5 < picture.pitch * 131 <= 100
    assert cover_picture(cover(5, 10)).pitch == 2.0


def test_it_is_said_where_a_mark_stands_for_several() -> None:
    assert cover_picture(cover(10, 159)).is_condensed
    assert cover_picture(cover(*[57] * 7)).is_condensed
    assert not cover_picture(cover(*[1] * 1000)).is_condensed


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Reintegration in El Salvador", "Reintegration in El\u00a0Salvador"),
        ("San Miguel and La Unión", "San\u00a0Miguel and La\u00a0Unión"),
        ("La migración", "La migración"),
        ("Los Angeles el Alto", "Los\u00a0Angeles el Alto"),
    ],
)
def test_a_name_is_not_parted_from_the_short_word_it_opens_with(title: str, kept: str) -> None:
    assert unbroken_names(title) == kept
