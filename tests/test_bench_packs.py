"""The packs that the benchmarks generate: real text, true statements, the same from the same seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from bench.edits import (
    add_brief,
    add_card,
    add_citation,
    add_source,
    edited,
    remove_brief,
    remove_card,
    remove_citation,
    remove_source,
    reword_statement,
)
from bench.packs import DOSSIER_180, THOUSAND, Shape, write_pack
from bench.plot import ticks

from briefpack.builder.check import check_pack
from briefpack.world import World

SMALL = replace(DOSSIER_180, sources=5, part=2, comparisons=1)


def files(folder: Path) -> Mapping[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def errors(folder: Path) -> list[str]:
    return [diagnostic.message for diagnostic in check_pack(World(folder)).diagnostics if diagnostic.is_error]


@pytest.mark.parametrize("shape", [SMALL, replace(THOUSAND, sources=5), replace(SMALL, audiences=2, annex="cited")])
def test_a_generated_pack_checks_without_an_error(tmp_path: Path, shape: Shape) -> None:
    write_pack(tmp_path, shape)

    outcome = check_pack(World(tmp_path))

    assert outcome.verified is not None
    assert [d.message for d in outcome.diagnostics if d.is_error] == []
    assert len(outcome.verified.content.summaries) == 5


def test_the_same_seed_gives_the_same_pack_and_another_seed_another(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        write_pack(tmp_path / name, SMALL, seed)

    assert files(tmp_path / "one") == files(tmp_path / "same")
    assert files(tmp_path / "one") != files(tmp_path / "other")


def test_a_larger_pack_begins_with_the_smaller_one(tmp_path: Path) -> None:
    write_pack(tmp_path / "small", SMALL)
    write_pack(tmp_path / "large", replace(SMALL, sources=7))

    small, large = files(tmp_path / "small" / "seeds"), files(tmp_path / "large" / "seeds")

    assert small == {name: large[name] for name in small}
    assert len(large) == 7


@pytest.mark.parametrize("source", ["source-00001", "source-00005"])
@pytest.mark.parametrize(
    "edit",
    [
        reword_statement,
        add_citation,
        remove_citation,
        add_card,
        remove_card,
        add_source(SMALL, 6),
        remove_source,
        remove_brief,
    ],
)
def test_an_edited_pack_checks_and_is_put_back(tmp_path: Path, edit: object, source: str) -> None:
    assert callable(edit)
    folder = tmp_path / "pack"
    write_pack(folder, SMALL)
    before = files(folder)

    # The fifth source stands in the overview, which may not cite what is gone.
    chosen = "source-00001" if edit is remove_source else source
    with edited(folder, edit, chosen):
        assert errors(folder) == []
        assert files(folder) != before

    assert files(folder) == before


def test_a_brief_that_was_taken_away_comes_back_as_it_was(tmp_path: Path) -> None:
    write_pack(tmp_path, SMALL)
    before = files(tmp_path)

    remove_brief(tmp_path, "source-00002")
    add_brief(tmp_path, "source-00002")

    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("greatest", "marks"),
    [
        (1000, [0, 200, 400, 600, 800, 1000]),
        (7.5, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        (0, [0, 1]),
        (900, [0, 200, 400, 600, 800, 1000]),
        (0.25, [0, 0.05, 0.1, 0.15, 0.2, 0.25]),
    ],
)
def test_axes_are_marked_with_few_round_values(greatest: float, marks: list[float]) -> None:
    assert ticks(greatest) == marks
