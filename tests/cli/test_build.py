"""What `build` says; what it makes is tested with the builder."""

from __future__ import annotations

import json
import re
from pathlib import Path

from filelock import FileLock
from tests.cli.running import Desk, in_process

RIVER = "content/summaries/river.md"


def test_a_build_names_its_files_in_whole_lines(tiny: Path) -> None:
    ran = in_process(tiny, "build", "--only", "public/brief/river")

    assert ran.code == 0
    assert ran.err == ""  # few jobs: nothing to report on the way
    first, *_, before_last, last = ran.out.splitlines()
    assert first.startswith("build/out/public/briefs/river.pdf  1 page, ")
    assert before_last == "1 file, 1 page"
    assert last == "2 sources, 8 cards, 13 statements: all verified."


def test_a_log_has_a_whole_line_for_every_ten_jobs(tiny: Path) -> None:
    lines = in_process(tiny, "build", "--product", "dossier").err.splitlines()

    assert lines
    assert [line for line in lines if not re.fullmatch(r"\[\d+0/\d+\] (council|public)[,/].+", line)] == []


def test_the_report_for_programs_says_how_many_sections_were_set_and_how_many_reused(desk: Desk) -> None:
    def told() -> list[dict[str, object]]:
        products = json.loads(desk.run("build", "--json", "--product", "dossier").out)["products"]
        return [{key: product[key] for key in ("path", "current", "sections")} for product in products]

    paths = [f"build/out/{audience}/dossier.pdf" for audience in ("council", "public")]
    new, same = {"made": 11, "reused": 0}, {"made": 0, "reused": 11}
    assert told() == [{"path": path, "current": False, "sections": new} for path in paths]
    assert told() == [{"path": path, "current": True, "sections": same} for path in paths]
    desk.edit(RIVER, "  - text: Ask what the wall will cost.", "  - text: Ask what a wall will cost.")
    assert [product["sections"] for product in told()] == [{"made": 2, "reused": 9}, {"made": 1, "reused": 10}]


def test_a_section_that_fails_is_told_with_its_product_and_exit_code_1(desk: Desk) -> None:
    templates = desk.folder / "templates" / "own"
    templates.mkdir(parents=True)
    (templates / "template.toml").write_text("")
    (templates / "annex.html").write_text("{{ annex.nothing }}")
    settings = 'title = "For the public"'
    desk.edit("content/pack.toml", settings, f'{settings}\ntemplates = "own"')

    ran = desk.run("build", "--product", "dossier")

    assert ran.code == 1
    assert "build/out/council/dossier.pdf  11 pages, " in ran.out
    assert "build/out/public/dossier.pdf  not made: template-field\n" in ran.out


def test_a_product_that_cannot_be_made_is_named_with_its_reason(desk: Desk) -> None:
    desk.edit(RIVER, "closed the lower bridge for nine days", "closed the lower bridge for ten days")

    ran = desk.run("build", "--only", "public/brief/river")

    assert ran.code == 1
    assert "build/out/public/briefs/river.pdf  not made: quote-not-found\n" in ran.out
    assert "0 files, 0 pages; 1 could not be made\n" in ran.out


def test_the_report_for_programs_has_the_keys_of_the_format(desk: Desk) -> None:
    desk.edit(RIVER, "closed the lower bridge for nine days", "closed the lower bridge for ten days")

    report = json.loads(desk.run("build", "--json", "--only", "public/brief/river").out)

    assert list(report) == ["version", "outcome", "edition", "products", "diagnostics"]
    assert report["outcome"] == "failed"
    assert list(report["products"][0]) == [
        "audience", "product", "id", "path", "pages", "bytes", "digest", "fit", "current", "sections",
        "reasons",
    ]  # fmt: skip
    assert report["products"][0]["reasons"] == ["quote-not-found"]


def test_a_second_build_waits_for_the_first(desk: Desk) -> None:
    (desk.folder / "build").mkdir(exist_ok=True)
    with FileLock(desk.folder / "build" / ".lock"):
        ran = desk.run("build")

    assert ran.code == 75
    assert "another run is building this pack" in ran.err


def test_an_unknown_audience_is_a_misuse(desk: Desk) -> None:
    ran = desk.run("build", "--audience", "pres")

    assert ran.code == 2
    assert "no audience 'pres'" in ran.err


def test_a_folder_that_cannot_be_made_is_not_a_defect(desk: Desk) -> None:
    (desk.folder / "build").write_text("a file where the folder should be")

    ran = desk.run("build", "--only", "public/brief/river")

    assert ran.code == 3
    assert "build" in ran.err
    assert "Traceback" not in ran.err


def test_a_product_that_stays_old_is_said_to_be(desk: Desk) -> None:
    desk.run("build", "--product", "brief")
    river = desk.folder / "content" / "summaries" / "river.md"
    river.write_text(river.read_text().replace("for nine days\n", "for ten days\n"))

    out = desk.run("build", "--product", "brief").out

    assert "build/out/public/briefs/river.pdf  not made: quote-not-found; an older file is still there\n" in out
    assert " kB" in out
