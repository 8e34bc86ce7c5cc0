"""init, explain, trace, sources, audiences, templates, schema, doctor, clean, help."""

from __future__ import annotations

import ctypes
import json
import os
import time
from pathlib import Path
from typing import cast

import pytest
import typer
from tests.cli.running import Desk, in_process
from typer.main import get_command

from briefpack.builder.store import Store
from briefpack.cli import completion
from briefpack.cli.app import app
from briefpack.cli.schema import Kind, schema_of
from briefpack.diagnostics import CODES
from briefpack.world import digest

RIVER = "content/summaries/river.md"
COMMANDS = [
    "init",
    "add",
    "quote",
    "check",
    "build",
    "explain",
    "trace",
    "sources",
    "audiences",
    "templates",
    "translate",
    "inspect",
    "schema",
    "doctor",
    "clean",
]


# init


def test_a_new_pack_is_complete_and_checks(outside: Desk) -> None:
    assert outside.run("init", "new").code == 0

    made = outside.folder / "new"
    assert not (made / "templates" / "base").exists()
    assert (made / "seeds").is_dir()
    assert (made / ".gitignore").read_text() == "/build/*\n!/build/README.md\n"
    assert outside.run("check", within="new").code == 0


def test_an_empty_pack_checks(outside: Desk) -> None:
    outside.run("init", "--empty", "new")

    assert outside.run("check", within="new").code == 0
    assert (outside.folder / "new" / "content" / "summaries").is_dir()
    assert (outside.folder / "new" / "content" / "comparisons").is_dir()


def test_a_folder_that_is_not_empty_is_left_alone(outside: Desk) -> None:
    outside.write("new/mine.txt", "mine")

    ran = outside.run("init", "new")

    assert ran.code == 2
    assert "is not empty" in ran.err
    assert [path.name for path in (outside.folder / "new").iterdir()] == ["mine.txt"]


def test_a_name_with_quotation_marks_still_makes_a_pack(outside: Desk) -> None:
    assert outside.run("init", "--empty", 'a "b" \\c').code == 0

    assert outside.run("check", within='a "b" \\c').code == 0


# explain and trace


def test_a_code_is_explained(desk: Desk) -> None:
    out = desk.run("explain", "quote-not-found").out

    assert out.startswith("quote-not-found (error)\n\nThe quotation does not occur in its source")


def test_a_misspelt_code_is_guessed(desk: Desk) -> None:
    ran = desk.run("explain", "quote-not-fund")

    assert ran.code == 2
    assert "did you mean 'quote-not-found'?" in ran.err


@pytest.mark.parametrize("written", ["river/families", "[@river/families]", "riv/families"])
def test_a_citation_is_traced(written: str, desk: Desk) -> None:
    out = desk.run("trace", written).out

    assert out.startswith("river/families  verified, verbatim\n")
    assert "  ¶ 4   “We had not seen water like this since 1954,”" in out
    assert "[[About 300 families left their homes.]]" in out
    assert f"{RIVER}:28:11  river/points/families" in out
    assert "  council  yes\n  public   yes\n" in out


def test_an_audience_that_is_not_shown_a_card_is_told_apart(desk: Desk) -> None:
    desk.edit(RIVER, "headline:", "labels: [internal]\nheadline:")

    assert "public   no: the source has the label `internal`" in desk.run("trace", "river/families").out


def test_an_unknown_card_is_guessed(desk: Desk) -> None:
    ran = desk.run("trace", "river/familys")

    assert ran.code == 2
    assert "did you mean 'families'?" in ran.err


def test_a_card_that_was_not_found_is_traced_to_its_problem(desk: Desk) -> None:
    desk.edit(RIVER, "About 300 families left", "About 400 families left")

    out = desk.run("trace", "river/families").out

    assert out.startswith("river/families  missing\n")
    assert "[quote-not-found]" in out


# sources


def test_sources_are_listed_with_what_is_cited(desk: Desk) -> None:
    lines = desk.run("sources").out.splitlines()

    assert lines[0] == "source   passages  cards  cited  file"
    assert lines[1].split() == ["harbour", "7", "3", "43%", "seeds/harbour.md"]


def test_files_and_text_in_no_source_are_listed(desk: Desk) -> None:
    desk.write("seeds/spare.txt", "Nobody uses this.\n")
    desk.edit(RIVER, "language: en", "language: en\n  from: 2 May 2019")

    out = desk.run("sources").out

    assert "seeds/spare.txt, line 1, 3 words: Nobody uses this." in out
    assert "seeds/river.txt, line 1, 5 words: The river and the town" in out


def test_sources_are_there_for_programs(desk: Desk) -> None:
    found = json.loads(desk.run("sources", "--json").out)

    assert [source["id"] for source in found["sources"]] == ["harbour", "river"]


def test_numbers_that_no_statement_uses_are_listed_with_their_reason(desk: Desk) -> None:
    reason = "  unused:\n    - number: 1954\n      why: a memory\n    - number: 77\n      why: none\n  csl:"
    desk.edit(RIVER, "  csl:", reason)

    ran = desk.run("sources", "--numbers")

    assert "like this since [1954],” said the mayor, Ana Pérez.…  (a memory)" in ran.out
    assert "a new wall in [2020].  (no reason given)" in ran.out
    assert "warning: '77' is not among the numbers" in ran.out
    assert "[1,058]" not in ran.out
    assert "[nine]" not in ran.out
    assert ran.code == 0


# audiences, templates, schema


def test_audiences_are_shown_with_where_each_setting_comes_from(desk: Desk) -> None:
    out = desk.run("audiences").out

    assert "include     internal  (content/pack.toml:26)\n" in out
    assert "annex       full  (default)\n" in out
    assert "does not see `internal` (restricted; 1 statement of its own)" in out
    assert "12 of 13 statements" in out


def test_a_template_is_copied_once_and_then_counts(desk: Desk) -> None:
    first, second = desk.run("templates", "copy", "brief.html"), desk.run("templates", "copy", "brief.html")

    assert (first.code, second.code) == (0, 2)
    assert "brief.html" in first.out
    assert "templates/base/brief.html" in [
        word for line in desk.run("templates", "list").out.splitlines() for word in line.split()
    ]


def test_a_misspelt_template_is_guessed(desk: Desk) -> None:
    assert "did you mean 'brief.html'?" in desk.run("templates", "copy", "brif.html").err


def test_blocks_are_explained(desk: Desk) -> None:
    desk.write("templates/base/brief.html", "{# Mine. #}\n{% block points %}{% endblock %}\n")

    out = desk.run("templates", "explain", "council").out

    assert "    points            Mine.  (templates/base/brief.html)\n" in out


@pytest.mark.parametrize("kind", Kind)
def test_a_schema_names_the_keys_of_its_files(kind: Kind) -> None:
    keys = {Kind.SUMMARY: "headline", Kind.COMPARISON: "criteria", Kind.OVERVIEW: "title", Kind.PACK: "audiences"}

    assert keys[kind] in schema_of(kind)["properties"]


def test_the_schema_takes_a_bare_text_for_a_statement(desk: Desk) -> None:
    statement = json.loads(desk.run("schema", "--kind", "summary").out)["$defs"]["StatementWritten"]

    assert statement["anyOf"][0] == {"type": ["string", "number", "boolean"]}


# doctor and clean


def test_the_doctor_finds_everything_here(desk: Desk) -> None:
    ran = desk.run("doctor")

    assert ran.code == 0
    assert ran.out.endswith("Everything is there.\n")


def test_the_doctor_names_the_package_of_a_missing_library(desk: Desk) -> None:
    def missing(name: str) -> None:
        raise OSError(name)

    desk.monkeypatch.setattr(ctypes, "CDLL", missing)
    desk.monkeypatch.setattr("sys.platform", "linux")

    ran = desk.run("doctor")

    assert ran.code == 3
    assert "missing  Pango: not found" in ran.out
    assert "sudo apt-get install libpango-1.0-0" in ran.out


def test_cleaning_removes_what_was_built_and_never_an_edition(desk: Desk) -> None:
    for name in ("out/press/dossier.pdf", "draft/x.pdf", "store/key", "editions/2026/manifest.json", "README.md"):
        desk.write(f"build/{name}", "x")

    out = desk.run("clean").out

    left = sorted(path.name for path in (desk.folder / "build").iterdir())
    assert left == ["README.md", "editions"]
    assert "build/out: removed, 1 file" in out


def test_cleaning_does_not_follow_a_link_out_of_the_pack(desk: Desk) -> None:
    elsewhere = desk.folder.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").write_text("mine")
    (desk.folder / "build").mkdir()
    (desk.folder / "build" / "out").symlink_to(elsewhere)

    desk.run("clean")

    assert (elsewhere / "mine").exists()


def test_cleaning_with_an_age_removes_from_the_store_what_was_not_used_for_long(desk: Desk) -> None:
    _keep(desk, days_ago=(40, 20, 0))

    out = desk.run("clean", "--older", "30").out

    assert out == "build/store: 1 file removed, 1.0 MB; 2 files left, 2.0 MB\n"
    assert desk.run("clean", "--older", "30").out == "build/store: 0 files removed, 0.0 MB; 2 files left, 2.0 MB\n"
    assert (desk.folder / "build" / "out" / "a.pdf").exists()


def test_cleaning_below_a_size_removes_from_the_store_what_was_used_longest_ago(desk: Desk) -> None:
    _keep(desk, days_ago=(1, 3, 2))

    out = desk.run("clean", "--keep-below", "2").out

    assert out == "build/store: 2 files removed, 2.0 MB; 1 file left, 1.0 MB\n"
    assert (desk.folder / "build" / "out" / "a.pdf").exists()


def test_cleaning_a_store_that_is_not_there_removes_nothing(desk: Desk) -> None:
    assert desk.run("clean", "--older", "0").out == "build/store: 0 files removed, 0.0 MB; 0 files left, 0.0 MB\n"
    assert not (desk.folder / "build").exists()
    assert desk.run("clean", "--older", "-1").code == 2


def _keep(desk: Desk, days_ago: tuple[int, ...]) -> None:
    """A file in build/out, and entries of 1 MB in build/store, last used so many days ago."""
    desk.write("build/out/a.pdf", "x")
    store = Store(desk.folder / "build" / "store")
    for number, days in enumerate(days_ago):
        key = digest(bytes([number]))
        store.keep(key, b"x" * 1_000_000)
        used = time.time() - days * 86_400 - 60
        os.utime(store.folder / key[:2] / key[2:], (used, used))


# help and completion


def test_the_commands_are_those_of_the_contract() -> None:
    assert sorted(get_command(app).commands) == sorted(COMMANDS)  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), *(["templates", n] for n in ("list", "copy"))])
def test_help_teaches(command: list[str], desk: Desk) -> None:
    desk.monkeypatch.setenv("COLUMNS", "80")

    ran = desk.run(*command, "--help")

    assert ran.code == 0
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    if command not in ([], ["templates"]):
        assert "For example:" in ran.out
        assert "Next: " in ran.out


def test_the_shell_is_offered_what_fits(desk: Desk) -> None:
    context = in_context(desk)

    assert completion.sources(context, "r") == ["river"]
    assert completion.citations(context, "river/f") == ["river/families"]
    assert completion.citations(context, "har") == ["harbour/boats", "harbour/crane", "harbour/insurance"]
    assert completion.audiences(context, "") == ["council", "public"]
    assert completion.codes("quote-n") == ["quote-not-found"]
    assert "brief.html" in completion.templates(context, "br")
    assert set(completion.codes("")) == set(CODES)


def test_the_shell_is_offered_nothing_where_no_pack_is(outside: Desk) -> None:
    context = in_context(outside)

    assert (completion.sources(context, ""), completion.audiences(context, "")) == ([], [])


def in_context(desk: Desk) -> typer.Context:
    """What completion gets while somebody in this folder types."""
    desk.monkeypatch.chdir(desk.folder)
    return cast("typer.Context", get_command(app).make_context("briefpack", ["check"]))


def test_completion_answers_a_real_shell(tiny: Path) -> None:
    ran = in_process(
        tiny,
        _BRIEFPACK_COMPLETE="complete_bash",
        COMP_WORDS="briefpack trace river/r",
        COMP_CWORD="2",
    )

    assert ran.out.split() == ["river/rise", "river/repairs"]
