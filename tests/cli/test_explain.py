"""`explain` of a product: what changed since the last build, section by section."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builder.planning import built, plan
from tests.cli.running import Desk, terminal
from tests.pages import tables
from tests.products.making import write_pack

from briefpack.builder import keeping
from briefpack.builder.ledger import LEDGER, Ledger, load_ledger, save_ledger
from briefpack.builder.reasons import Reason, SectionStanding, Standing, Why
from briefpack.builder.report import BuildRequest
from briefpack.cli.explain import show_standing
from briefpack.shipped import shipped_pack
from briefpack.world import World, digest, write_atomically

ALPHA = "content/summaries/alpha.md"
BRIEF = "public/brief/alpha"


def plan_ledger(world: World, request: BuildRequest) -> Ledger:
    """Plans without the typesetting; of what is asked for, as the builder does."""
    planned = plan(world.root)
    return replace(planned, products={n: p for n, p in planned.products.items() if n in request.only})


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Somebody in the small pack, just after a build."""
    root = write_pack(tmp_path / "pack")
    monkeypatch.setattr(keeping, "plan_ledger", plan_ledger)
    made = built(plan(root))
    content = {name: f"the file {name}".encode() for name in made.products}
    for name, product in made.products.items():
        write_atomically(root / product.path, content[name])
    products = {name: replace(product, digest=digest(content[name])) for name, product in made.products.items()}
    save_ledger(World(root), replace(made, products=products))
    return Desk(root, monkeypatch, capsys)


def shown(standing: Standing, width: int = 80) -> list[str]:
    screen, written = terminal(width)
    show_standing(screen, standing, lambda path: path)
    return written.getvalue().splitlines()


def standing(reasons: Mapping[str, tuple[Reason, ...]], linking: tuple[Reason, ...] = ()) -> Standing:
    sections = tuple(SectionStanding(name, "brief", name, found) for name, found in reasons.items())
    return Standing("press/dossier", "build/out/press/dossier.pdf", sections, linking)


# End to end, but for the typesetting


def test_what_is_up_to_date_is_said_to_be(desk: Desk) -> None:
    ran = desk.run("explain", BRIEF)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"{BRIEF}  build/out/{BRIEF}.pdf",
        "up to date",
        "",
        "brief: Alpha  up to date",
    ]


def test_a_changed_value_is_told_with_its_place(desk: Desk) -> None:
    desk.edit(ALPHA, "Masons want better wages.", "Masons want higher wages.")
    assert desk.run("explain", BRIEF).out.splitlines() == [
        f"{BRIEF}  build/out/{BRIEF}.pdf",
        "to be made again: 1 of 1 section",
        "",
        f"brief: Alpha  content changed: {ALPHA}:22: points/wages",
        "the file      section changed: brief: Alpha; attachment changed: alpha.json",
    ]


def test_a_file_that_says_the_same_is_named(desk: Desk) -> None:
    desk.edit(ALPHA, "headline:", "# First.\nheadline:")
    assert desk.run("explain", BRIEF).out.splitlines()[-1] == f"{ALPHA}: changed, but says the same"


def test_a_missing_output_is_told(desk: Desk) -> None:
    (desk.folder / f"build/out/{BRIEF}.pdf").unlink()
    out = desk.run("explain", BRIEF).out
    assert "to be joined again; every section is up to date" in out
    assert f"the file      output missing: build/out/{BRIEF}.pdf" in out


@pytest.mark.parametrize("content", [None, b"no ledger"], ids=["without", "damaged"])
def test_without_a_ledger_nothing_was_ever_built(desk: Desk, content: bytes | None) -> None:
    (desk.folder / LEDGER).unlink()
    if content is not None:
        (desk.folder / LEDGER).write_bytes(content)
    assert "brief: Alpha  never built" in desk.run("explain", BRIEF).out


def test_nothing_is_made(desk: Desk) -> None:
    before = {path: path.read_bytes() for path in sorted(desk.folder.rglob("*")) if path.is_file()}
    desk.edit(ALPHA, "Masons want better wages.", "Masons want higher wages.")
    desk.run("explain", BRIEF)
    after = {path: path.read_bytes() for path in sorted(desk.folder.rglob("*")) if path.is_file()}
    assert [path.name for path in after if before.get(path) != after[path]] == ["alpha.md"]


def test_paths_are_shown_as_they_lead_from_here(desk: Desk) -> None:
    desk.edit(ALPHA, "Masons want better wages.", "Masons want higher wages.")
    assert "content changed: summaries/alpha.md:22: points/wages" in desk.run("explain", BRIEF, within="content").out


def test_programs_get_json(desk: Desk) -> None:
    desk.edit(ALPHA, "Masons want better wages.", "Masons want higher wages.")
    report = json.loads(desk.run("explain", BRIEF, "--json").out)
    assert {key: report[key] for key in ("version", "product", "path", "state", "same", "blocked")} == {
        "version": 1,
        "product": BRIEF,
        "path": f"build/out/{BRIEF}.pdf",
        "state": "stale",
        "same": [],
        "blocked": [],
    }
    assert report["sections"] == [
        {
            "name": "brief: Alpha",
            "kind": "brief",
            "anchor": "brief-alpha",
            "reasons": [
                {
                    "reason": "content",
                    "what": "points/wages",
                    "file": ALPHA,
                    "line": 22,
                    "text": f"content changed: {ALPHA}:22: points/wages",
                }
            ],
        }
    ]
    assert [reason["reason"] for reason in report["file"]] == ["section", "attachment"]


def test_a_code_is_explained_to_programs_too(desk: Desk) -> None:
    report = json.loads(desk.run("explain", "quote-not-found", "--json").out)
    assert (report["version"], report["code"], report["severity"]) == (1, "quote-not-found", "error")
    assert report["text"].startswith("The quotation does not occur in its source")


def test_the_page_on_commands_lists_every_reason() -> None:
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    rows = next(rows for _, header, rows in tables(page) if header[0] == "Reason")
    assert sorted(reason for row in rows for reason in row[0].strip("`").split("`, `")) == sorted(Why)


# End to end


def test_after_a_real_build_each_change_is_told_for_what_it_is(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, name, river = Desk(tiny, monkeypatch, capsys), "public/brief/river", "content/summaries/river.md"

    def told() -> list[str]:
        return desk.run("explain", name).out.splitlines()[3:]

    assert told() == ["brief: River  never built", "the file      never built"]
    assert desk.run("build", "--only", name).code == 0
    assert told() == ["brief: River  up to date"]

    desk.edit(river, "headline:", "# First.\nheadline:")
    desk.write(
        "templates/base/brief.html", "{# Ours. #}\n" + (shipped_pack() / "templates/base/brief.html").read_text()
    )
    silent = [f"{path}: changed, but says the same" for path in (river, "templates/base/brief.html")]
    assert told() == ["brief: River  up to date", *silent]

    desk.edit("content/pack.toml", "[labels]", "[brief]\nmin-size = 8\n\n[labels]")
    assert told()[0] == "brief: River  setting changed: content/pack.toml: [brief] min-size"

    desk.edit(river, "The lower bridge was closed for nine days.", "The lower bridge was shut for nine days.")
    assert f"content changed: {river}:27: points/bridge" in told()[0]


# Names


def test_an_unknown_product_is_a_misuse(desk: Desk) -> None:
    ran = desk.run("explain", "public/brief/alfa")
    assert (ran.code, ran.out) == (2, "")
    assert "no code 'public/brief/alfa', and no product" in ran.err


def test_the_name_of_a_source_alone_is_completed(desk: Desk) -> None:
    ran = desk.run("explain", "alpha")
    assert ran.code == 2
    assert f"write one of {BRIEF}" in ran.err


def test_a_misspelt_code_is_guessed_outside_of_a_pack(outside: Desk) -> None:
    ran = outside.run("explain", "quote-not-fund")
    assert ran.code == 2
    assert "did you mean 'quote-not-found'?" in ran.err


def test_a_ledger_is_no_input_of_the_pack(desk: Desk) -> None:
    world = World(desk.folder)
    assert load_ledger(world) is not None
    assert world.record.reads == {}


# How it is shown

FONT = Reason(Why.ASSET, "", "templates/base/fonts/SourceSerif4-Regular.ttf")
POINT = Reason(Why.CONTENT, "points/wages", "content/summaries/public-works.md", 31)


def test_what_all_sections_share_is_said_once() -> None:
    lines = shown(standing({"cover": (FONT,), "brief: One": (FONT, POINT), "brief: Two": (FONT,)}), 120)
    assert lines[1:] == [
        "to be made again: 3 of 3 sections",
        "",
        f"all 3 sections  asset changed: {FONT.file}",
        f"brief: One      content changed: {POINT.file}:31: points/wages",
    ]


def test_what_several_sections_share_is_said_once_with_their_names() -> None:
    template = Reason(Why.TEMPLATE, "", "templates/press/brief.html")
    briefs = {f"brief: {number}": (template,) for number in range(1, 10)}
    lines = shown(standing({"cover": (), **briefs}), 200)
    assert lines[3:] == [
        "cover       up to date",
        "9 sections  template changed: templates/press/brief.html (brief: 1, brief: 2, brief: 3, brief: 4, brief: 5, "
        "brief: 6 and 3 more)",
    ]


def test_many_sections_that_are_up_to_date_are_counted() -> None:
    lines = shown(standing({"contents": (POINT,), **{f"annex: {number}": () for number in range(40)}}), 120)
    assert lines[3:] == [f"contents     content changed: {POINT.file}:31: points/wages", "40 sections  up to date"]


def test_values_of_one_file_stand_together() -> None:
    reasons = tuple(replace(POINT, what=f"points/{number}", line=number) for number in range(1, 9))
    (line,) = shown(standing({"brief: One": reasons}), 300)[3:]
    assert line.startswith(f"brief: One  content changed: {POINT.file}: points/1 (line 1), points/2 (line 2), ")
    assert line.endswith("points/6 (line 6) and 2 more")


@pytest.mark.parametrize("width", [80, 120])
def test_lines_fit_the_terminal(width: int) -> None:
    found = standing({"cover": (), "record: A long name of a source": (POINT, FONT)}, (Reason(Why.SECTION, "cover"),))
    lines = shown(found, width)
    assert max(len(line) for line in lines) <= width
    assert " ".join(" ".join(lines).split()).endswith("the file section changed: cover")


def test_what_problems_stop_is_sent_to_check() -> None:
    found = replace(standing({}), blocked=("quote-not-found", "too-few"))
    assert shown(found)[1:] == ["stopped by quote-not-found, too-few: briefpack check says why"]
