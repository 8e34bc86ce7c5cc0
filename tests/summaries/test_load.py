"""Finding the files of `content/`."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.summaries.load import load_content
from briefpack.world import World


@pytest.mark.parametrize("name", ["overview", "comparisons"])
def test_a_source_cannot_take_the_address_of_the_overview_or_of_the_sheets(tmp_path: Path, name: str) -> None:
    (tmp_path / "content" / "summaries").mkdir(parents=True)
    (tmp_path / "content" / "summaries" / f"{name}.md").write_text("---\n---\n", encoding="utf-8")

    found = load_content(World(tmp_path)).diagnostics

    assert [diagnostic.code.public for diagnostic in found] == ["name-invalid"]
