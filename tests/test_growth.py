"""The shipped pack grows by one file at a time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from briefpack.builder.build import build
from briefpack.builder.check import check_pack
from briefpack.builder.report import BuildRequest
from briefpack.diagnostics import Code
from briefpack.world import World

ROOT = Path(__file__).resolve().parents[1]
FIXTURE = ROOT / "tests" / "fixtures" / "five-works.md"


@pytest.fixture
def grown(tmp_path: Path) -> Path:
    """The shipped pack with one file more: a comparison of five sources by seven criteria."""
    for folder in ("content", "seeds", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(FIXTURE, tmp_path / "content" / "comparisons")
    return tmp_path


def test_a_comparison_of_five_sources_and_seven_criteria_is_one_file_and_checks(grown: Path) -> None:
    outcome = check_pack(World(grown))
    about = [d for d in outcome.diagnostics if d.location.file == "content/comparisons/five-works.md"]

    assert [d.code for d in about] == [Code.TRANSLATION_MISSING]
    assert outcome.verified is not None
    sheet = next(sheet for sheet in outcome.verified.content.comparisons if sheet.id == "five-works")
    assert (len(sheet.sources), len(sheet.criteria)) == (5, 7)


def test_it_is_built_and_prints_every_column_and_row(grown: Path) -> None:
    report = build(World(grown), BuildRequest(audiences=("donors",), kinds=("comparison",)))

    made = {product.name: product for product in report.products}
    assert all(product.is_made for product in report.products)
    pdf = pypdfium2.PdfDocument(grown / made["donors/comparison/five-works"].path)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    for title in ("Who acts?", "With whom?", "Who is counted?", "Is money named?", "What proof of effect?"):
        assert title in text
    for source in ("Zacatecoluca", "Public works", "Training", "Regional conference", "Consultation"):
        assert source in text
