"""A plan: every product composed with its press, where its file goes, and why some cannot be made; nothing is set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.builder.engines import Here
from tests.builder.test_build import FILES, NAMES, RIVER, change

from briefpack.builder.plan import Plan
from briefpack.builder.report import BuildRequest
from briefpack.diagnostics import BriefpackError, Code
from briefpack.products.model import Colophon, Dossier
from briefpack.world import World

TOOL = {"python": "cpython 3.11", "weasyprint": "70.0"}


def plan_of(pack: Path, **request: object) -> Plan:
    return Plan.of(World(pack), BuildRequest(**request), TOOL)  # type: ignore[arg-type]


def test_every_product_of_every_audience_is_planned_in_the_order_of_reports(tiny: Path) -> None:
    plan = plan_of(tiny)
    assert [planned.composed.name for planned in plan.products] == NAMES
    assert [planned.path for planned in plan.products] == [
        f"build/out/{audience}/{name}.pdf" for audience in ("council", "public") for name in FILES
    ]
    assert plan.problems == []


def test_a_plan_writes_nothing_and_needs_no_engine(tiny: Path, here: Here) -> None:
    plan_of(tiny)
    assert here.jobs == []
    assert not (tiny / "build").exists()


def test_products_of_one_audience_share_their_press_and_audiences_do_not(tiny: Path) -> None:
    presses = {(p.composed.audience, id(p.press)) for p in plan_of(tiny).products}
    assert len(presses) == 2


def test_the_fingerprint_is_that_of_the_tools(tiny: Path) -> None:
    plan, other = plan_of(tiny), Plan.of(World(tiny), BuildRequest(), {**TOOL, "weasyprint": "71.0"})
    assert plan.fingerprint == plan_of(tiny).fingerprint != other.fingerprint
    assert all(p.press is not None and p.press.fingerprint == plan.fingerprint for p in plan.products)


def test_a_plan_of_a_part_knows_where_all_files_go(tiny: Path) -> None:
    plan = plan_of(tiny, only=("public/dossier",))
    assert [planned.composed.name for planned in plan.products] == ["public/dossier"]
    assert len(plan.all_paths) == len(NAMES)


def test_a_draft_goes_into_a_folder_of_its_own(tiny: Path) -> None:
    assert {planned.path.split("/")[1] for planned in plan_of(tiny, draft=True).products} == {"draft"}


def test_a_product_that_would_print_what_failed_is_planned_with_its_blockers(
    edited: Callable[[str, str, str], Path],
) -> None:
    pack = edited(RIVER, "closed the lower bridge for nine days", "closed the upper bridge for nine days")
    blocked = {p.composed.name for p in plan_of(pack).products if p.composed.product is None}
    assert blocked == {name for name in NAMES if not name.endswith("harbour")}
    assert all(p.composed.blockers for p in plan_of(pack).products if p.composed.name in blocked)


def test_without_templates_an_audience_has_no_press_and_its_products_say_why(tiny: Path) -> None:
    change(tiny, "content/pack.toml", 'title = "For the public"', 'title = "For the public"\ntemplates = "pubilc"')
    found = {p.composed.name: p for p in plan_of(tiny).products}
    public = [found[name] for name in NAMES if name.startswith("public")]
    assert all(p.press is None and p.composed.product is None for p in public)
    assert {d.code for p in public for d in p.composed.blockers} == {Code.TEMPLATE_MISSING}
    assert all(found[name].press for name in NAMES if name.startswith("council"))


def test_settings_that_cannot_be_read_leave_no_products(tiny: Path) -> None:
    change(tiny, "content/pack.toml", "[pack]", "[pack")
    plan = plan_of(tiny)
    assert plan.products == []
    assert Code.TOML_INVALID in {problem.code for problem in plan.problems}


@pytest.mark.parametrize("request_", [{"audiences": ("pubilc",)}, {"kinds": ("record",)}, {"only": ("public/x",)}])
def test_a_request_that_names_nothing_is_a_misuse(tiny: Path, request_: dict[str, object]) -> None:
    with pytest.raises(BriefpackError) as caught:
        plan_of(tiny, **request_)
    assert caught.value.exit_code == 2


def test_what_a_dossier_rests_on_is_listed_by_what_its_audience_sees(tiny: Path) -> None:
    change(tiny, "content/summaries/harbour.md", "headline: The harbour", "labels: [internal]\nheadline: The harbour")
    listed = {}
    for planned in plan_of(tiny, kinds=("dossier",)).products:
        assert isinstance(planned.composed.product, Dossier)
        colophon = planned.composed.product.sections[-1]
        assert isinstance(colophon, Colophon)
        listed[planned.composed.audience] = [item.file for item in colophon.inputs]
    assert "content/summaries/harbour.md" in listed["council"]
    assert listed["public"] == ["content/overview.md", "content/summaries/river.md", "seeds/river.txt"]
