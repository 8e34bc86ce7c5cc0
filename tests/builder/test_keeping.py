"""The ledger of a build is what a plan finds as long as nothing changes; an edit shows in what prints it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builder.engines import Here
from tests.builder.test_build import NAMES, RIVER, change, stopped

from briefpack.builder.build import build
from briefpack.builder.jobs import Outcome
from briefpack.builder.keeping import plan_ledger
from briefpack.builder.ledger import LEDGER, Ledger, load_ledger
from briefpack.builder.report import BuildRequest
from briefpack.diagnostics import BriefpackError
from briefpack.world import World


def kept(pack: Path) -> Ledger:
    found = load_ledger(World(pack))
    assert found is not None
    return found


def keys(ledger: Ledger, name: str) -> dict[str, str]:
    """The keys of sections, without the contents: what is printed there is known when all else is set."""
    return {section.name: section.key for section in ledger.products[name].sections if section.kind != "contents"}


def test_a_build_keeps_what_each_product_was_made_of(built: Path) -> None:
    ledger = kept(built)
    assert sorted(ledger.products) == NAMES
    dossier = ledger.products["council/dossier"]
    assert len(dossier.sections) == 11
    assert all(section.key and section.ingredients and section.pages for section in dossier.sections)
    assert dossier.digest
    assert {"content/summaries/river.md", "seeds/river.txt"} <= set(dossier.inputs)


def test_a_plan_after_a_build_finds_the_same_sections_and_sets_nothing(built: Path, here: Here) -> None:
    made, planned = kept(built), plan_ledger(World(built), BuildRequest())
    assert {name: keys(planned, name) for name in NAMES} == {name: keys(made, name) for name in NAMES}
    assert all(all(keys(planned, name).values()) for name in NAMES)
    assert here.jobs == []


def test_a_plan_writes_nothing_of_the_pack(built: Path) -> None:
    before = (built / LEDGER).read_bytes()
    change(built, RIVER, "About 300 families left, says", "Some 300 families left, says")
    plan_ledger(World(built), BuildRequest())
    assert (built / LEDGER).read_bytes() == before


def test_a_plan_after_an_edit_differs_in_the_sections_that_print_it(built: Path) -> None:
    made = kept(built)
    change(built, RIVER, "  - text: Ask what the wall will cost.", "  - text: Ask what a wall will cost.")
    planned = plan_ledger(World(built), BuildRequest())
    changed = {
        (name, section)
        for name in NAMES
        for section, key in keys(planned, name).items()
        if key and key != keys(made, name)[section]
    }
    assert changed == {
        ("council/dossier", "record: River, in detail"),
        ("council/dossier", "colophon: Colophon"),
        ("public/dossier", "colophon: Colophon"),  # it lists the file with its digest
    }


def test_a_product_that_cannot_be_made_is_planned_with_its_reasons(built: Path) -> None:
    change(built, RIVER, "closed the lower bridge for nine days", "closed the upper bridge for nine days")
    planned = plan_ledger(World(built), BuildRequest())
    assert planned.products["public/brief/river"].blocked == ("quote-not-found",)
    assert planned.products["public/brief/harbour"].blocked == ()


def test_a_product_that_failed_keeps_what_its_old_file_was_made_of(built: Path, here: Here) -> None:
    before = kept(built).products["public/dossier"]
    change(built, "content/pack.toml", '[pack]\ntitle = "A town by a river"', '[pack]\ntitle = "A town"')
    here.instead = lambda job: Outcome(job.key, b"", "crash") if "public, annex" in job.name else None
    report = build(World(built), BuildRequest())
    assert list(stopped(report)) == ["public/dossier"]
    assert kept(built).products["public/dossier"].digest == before.digest
    assert kept(built).products["public/dossier"].sections == before.sections


def test_a_build_of_a_part_keeps_what_is_known_of_the_rest(built: Path) -> None:
    before = kept(built)
    build(World(built), BuildRequest(only=("public/dossier",)))
    assert kept(built).products == before.products


@pytest.mark.usefixtures("here")
def test_a_ledger_that_cannot_be_written_costs_no_build(tiny: Path) -> None:
    (tiny / LEDGER).mkdir(parents=True)
    assert not build(World(tiny), BuildRequest()).has_errors
    assert load_ledger(World(tiny)) is None


def test_settings_that_cannot_be_read_have_no_plan(built: Path) -> None:
    change(built, "content/pack.toml", "[pack]", "[pack")
    with pytest.raises(BriefpackError) as caught:
        plan_ledger(World(built), BuildRequest())
    assert caught.value.exit_code == 1
