"""The documentation says what the program does: keys, examples, numbers, templates, commands and links."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest
import typer
from tests.pages import (
    PAGES,
    ROOT,
    Fence,
    fences,
    files_in,
    fragments_in,
    pdfs_made,
    run_command,
    said_by,
    tables,
    with_front_matter,
    with_tables,
    without_fences,
    write_pack,
)

import briefpack
from briefpack.builder.check import check_pack
from briefpack.citations.numbers import CitedText, NumberReport, verify_numbers
from briefpack.cli import boundary
from briefpack.cli.app import app
from briefpack.diagnostics import Severity
from briefpack.pack import written as pack_written
from briefpack.pack.validation import Written
from briefpack.products import model as products_model
from briefpack.summaries import written as summaries_written
from briefpack.templating.bundle import load_bundle
from briefpack.templating.printing import Printer
from briefpack.templating.sections import KINDS
from briefpack.templating.settings import BundleSettings, Face
from briefpack.templating.words import Words
from briefpack.world import World

PACKAGE = Path(briefpack.__file__).parent
FORMAT = (ROOT / "docs" / "format.md").read_text()


# Tables of keys

_STATEMENT = summaries_written.StatementWritten
TABLES: dict[str, type[Written]] = {
    "Statements": _STATEMENT,
    "Summaries": summaries_written.SummaryWritten,
    "source": pack_written.SourceWritten,
    "furniture and withhold": pack_written.RangeWritten,
    "outline": pack_written.OutlineWritten,
    "unused": pack_written.UnusedWritten,
    "csl": pack_written.CslWritten,
    "evidence": summaries_written.CardWritten,
    "statistics": summaries_written.StatisticWritten,
    "definitions": summaries_written.DefinitionWritten,
    "recommendations": summaries_written.RecommendationWritten,
    "actors": summaries_written.ActorWritten,
    "events": summaries_written.EventWritten,
    "reviewed": summaries_written.ReviewedWritten,
    "Comparisons": summaries_written.ComparisonWritten,
    "criteria": summaries_written.CriterionWritten,
    "cells": summaries_written.CellWritten,
    "cautions of a comparison": summaries_written.PlacedCautionWritten,
    "The overview": summaries_written.OverviewWritten,
    "pack.toml": pack_written.PackWritten,
    "[pack]": pack_written.PackTable,
    "[edition]": pack_written.EditionTable,
    "[brief]": pack_written.BriefTable,
    "[dossier]": pack_written.DossierTable,
    "[measures.ID]": pack_written.MeasureWritten,
    "[places.ID]": pack_written.PlaceWritten,
    "[[parts]]": pack_written.PartWritten,
    "[pack.es]": pack_written.PackStrings,
    "[measures.ID.es]": pack_written.MeasureStrings,
    "[places.ID.es]": pack_written.PlaceStrings,
    "[parts.es]": pack_written.PartStrings,
    "[audiences.ID]": pack_written.AudienceWritten,
    "[refresh]": pack_written.RefreshTable,
    "[schedule]": pack_written.ScheduleTable,
}
LOOK: dict[str, type] = {"template.toml": BundleSettings, "[[fonts]]": Face}


@pytest.mark.parametrize("heading", TABLES)
def test_a_table_lists_the_keys_of_its_model(heading: str) -> None:
    assert sorted(_keys_documented()[heading]) == sorted(_keys_of(TABLES[heading]))


@pytest.mark.parametrize("heading", LOOK)
def test_a_table_lists_the_keys_of_template_toml(heading: str) -> None:
    known = {field.name for field in fields(LOOK[heading])} - {"lines"}

    assert set(_keys_documented()[heading]) == known


def test_each_table_of_keys_is_held_against_a_model() -> None:
    assert set(_keys_documented()) == {*TABLES, *LOOK}


def test_each_model_has_its_table() -> None:
    models = {
        value
        for module in (pack_written, summaries_written)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Written) and value is not Written
    }

    assert models == set(TABLES.values())


def _keys_documented() -> dict[str, list[str]]:
    """The keys in the first column of every table `Key | Holds`, by the heading above it."""
    return {
        heading: [key for row in rows for key in re.findall(r"`([^`]+)`", row[0])]
        for heading, header, rows in tables(FORMAT)
        if header == ["Key", "Holds"]
    }


def _keys_of(model: type[Written]) -> list[str]:
    """The keys of a model, without those that it shares with every statement."""
    keys = {field.alias or name for name, field in model.model_fields.items()}
    if issubclass(model, _STATEMENT) and model is not _STATEMENT:
        keys -= {field.alias or name for name, field in _STATEMENT.model_fields.items()}
    return sorted(keys)


# Examples


def _problems(world: World) -> list[str]:
    """The codes of all errors and warnings; what they say goes to standard output, which a failing test shows."""
    found = [d for d in check_pack(world).diagnostics if d.severity is not Severity.NOTICE]
    for diagnostic in found:
        print(f"{diagnostic.location}: {diagnostic.code}: {diagnostic.message}")  # noqa: T201
    return [diagnostic.code.public for diagnostic in found]


def test_each_example_says_what_it_is() -> None:
    lost = [
        f"{page.name}:{fence.line}"
        for page in PAGES
        for fence in fences(page.read_text())
        if fence.info.split(" ")[0] in ("yaml", "toml", "markdown", "html", "css", "")
        and not (fence.attribute("file") or fence.attribute("in"))
    ]

    assert lost == []


def test_the_pack_of_the_reference_is_verified_but_for_the_disagreement_it_shows(tmp_path: Path) -> None:
    world = write_pack(tmp_path, files_in(FORMAT))

    assert _problems(world) == ["figures-disagree"]


@pytest.mark.parametrize("fragment", fragments_in(FORMAT, ".md"), ids=lambda fence: f"line {fence.line}")
def test_a_fragment_of_a_summary_is_verified_in_its_place(fragment: Fence, tmp_path: Path) -> None:
    files = files_in(FORMAT)
    path = fragment.attribute("in")
    files[path] = with_front_matter(files[path], fragment.text)

    assert set(_problems(write_pack(tmp_path, files))) <= {"figures-disagree", "card-unused"}


@pytest.mark.parametrize("fragment", fragments_in(FORMAT, "pack.toml"), ids=lambda fence: f"line {fence.line}")
def test_a_fragment_of_pack_toml_is_read_in_its_place(fragment: Fence, tmp_path: Path) -> None:
    files = files_in(FORMAT)
    path = fragment.attribute("in")
    files[path] = with_tables(files[path], fragment.text)

    assert _problems(write_pack(tmp_path, files)) == ["figures-disagree"]


@pytest.mark.parametrize("fragment", fragments_in(FORMAT, "template.toml"), ids=lambda fence: f"line {fence.line}")
def test_a_fragment_of_template_toml_is_read(fragment: Fence, tmp_path: Path) -> None:
    loaded = load_bundle(write_pack(tmp_path, {"templates/mine/template.toml": fragment.text}), "mine")

    assert loaded.diagnostics == ()
    assert loaded.value is not None


# Numbers


def _number_examples() -> list[tuple[str, list[str]]]:
    """The rows of the tables of examples, with the language of each."""
    languages = {"English": "en", "Spanish": "es-SV"}
    return [
        (languages[heading], row)
        for heading, header, rows in tables(FORMAT)
        if header == ["Kind", "The card says", "You may write", "Refused"]
        for row in rows
    ]


def _checked(statement: str, language: str, *quotations: str, derived: tuple[str, ...] = ()) -> NumberReport:
    cards = [CitedText(f"source/card-{i}", text, (text,), language=language) for i, text in enumerate(quotations)]
    return verify_numbers(statement, language, cards, derived)


def _codes(report: NumberReport) -> list[str]:
    return [problem.code.public for problem in report.problems]


@pytest.mark.parametrize(("language", "row"), _number_examples())
def test_an_example_of_a_number_is_judged_as_the_table_says(language: str, row: list[str]) -> None:
    _, card, accepted, refused = row

    assert _codes(_checked(accepted, language, card)) == []
    assert "number-unsupported" in _codes(_checked(refused, language, card))


@pytest.mark.parametrize("row", next(rows for name, _, rows in tables(FORMAT) if name == "Qualifiers"))
def test_a_qualifier_is_judged_as_the_table_says(row: list[str]) -> None:
    card, statement, verdict = row
    found = _checked(statement, "es-SV" if "familias" in card else "en", card)
    severities = [problem.code.severity.value for problem in found.problems]

    assert severities == ([] if verdict == "fine" else [verdict])


@pytest.mark.parametrize("row", next(rows for name, _, rows in tables(FORMAT) if name == "Derived numbers"))
def test_a_derived_number_holds(row: list[str]) -> None:
    cards, statement, equation = row

    assert _codes(_checked(statement, "en", *cards.split("; "), derived=(equation.strip("`"),))) == []


# Templates

TEMPLATES = (ROOT / "docs" / "templates.md").read_text()


def test_the_bundle_of_the_templates_page_prints_a_brief(tmp_path: Path) -> None:
    files = files_in(FORMAT) | files_in(TEMPLATES)
    (fragment,) = fragments_in(TEMPLATES, "pack.toml")
    files["content/pack.toml"] = with_tables(files["content/pack.toml"], fragment.text)
    write_pack(tmp_path, files)

    run_command("briefpack build --only public/brief/wells", ["…"], 0, tmp_path, "templates.md")

    assert pdfs_made(tmp_path) == ["build/out/public/briefs/wells.pdf"]


def test_the_templates_page_lists_the_data_of_each_template() -> None:
    rows = next(rows for _, header, rows in tables(TEMPLATES) if header == ["Template", "Name", "Data"])

    assert [row[1].strip("`") for row in rows] == list(KINDS)
    assert [row[0].strip("`") for row in rows] == [f"{kind}.html" for kind in KINDS]
    assert all(hasattr(products_model, row[2].strip("`")) for row in rows)


def test_the_templates_page_names_functions_that_there_are() -> None:
    rows = next(rows for _, header, rows in tables(TEMPLATES) if header == ["Function", "Prints"])
    named = {name for row in rows for name in re.findall(r"`(\w+)\(", "".join(row))}

    assert named
    assert named <= set(Printer(Words("en", {})).globals())


# Commands

README = (ROOT / "README.md").read_text()


def test_the_readme_lists_every_command() -> None:
    rows = next(rows for _, header, rows in tables(README) if header == ["Command", "Does"])

    assert sorted(row[0].strip("`").split()[0] for row in rows) == sorted(_commands_of(app))


def test_the_readme_lists_the_exit_codes() -> None:
    rows = next(rows for _, header, rows in tables(README) if header[0] == "Exit code")
    known = [boundary.DONE, boundary.PROBLEMS, boundary.MISUSED, boundary.LACKING]
    known += [boundary.DEFECT, boundary.LOCKED, boundary.INTERRUPTED]

    assert [int(row[0]) for row in rows] == known


def test_the_readme_names_the_steps_as_the_folders_are_named() -> None:
    rows = next(rows for _, header, rows in tables(README) if header[0] == "Step")
    steps = [row[0].split() for row in rows if row[0]]

    assert [number for number, _ in steps] == list("1234567")
    assert all((PACKAGE / name).is_dir() for _, name in steps)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_command_on_a_page_exists_with_its_options(page: Path) -> None:
    commands = _commands_of(app)
    unknown = []
    for line in re.findall(r"(?:`|^\$ )briefpack ([^`\n]*)", page.read_text(), re.MULTILINE):
        name, *rest = line.split() or [""]
        options = [word.partition("=")[0] for word in rest if word.startswith("-")]
        below = _commands_of_group(app, name).get(rest[0], ()) if rest else ()
        known = {"--help", "--pack", *commands.get(name, ()), *below}
        if (name not in commands and name not in ("COMMAND", "--version")) or not set(options) <= known:
            unknown.append(line)

    assert unknown == []


def test_the_page_on_commands_lists_every_option() -> None:
    rows = next(
        rows
        for _, header, rows in tables((ROOT / "docs" / "commands.md").read_text())
        if header == ["Command", "Option", "Means"]
    )
    documented: dict[str, set[str]] = {}
    command = ""
    for row in rows:
        command = row[0].strip("`") or command
        documented.setdefault(command, set()).update(re.findall(r"`(--?[\w-]+)", row[1]))
    known = {
        name: {option for option in options if option.startswith("-")} for name, options in _commands_of(app).items()
    }

    assert documented == {name: options for name, options in known.items() if options}


def test_the_reports_on_the_page_have_the_keys_of_real_ones(tmp_path: Path) -> None:
    checked, built = (
        json.loads(fence.text) for fence in fences((ROOT / "docs" / "commands.md").read_text()) if fence.info == "json"
    )
    files = files_in(FORMAT)
    files["content/summaries/wells.md"] = files["content/summaries/wells.md"].replace("serve 1,240", "serve 1,420", 1)
    write_pack(tmp_path, files)

    check = json.loads(said_by("check --format json", tmp_path))
    build = json.loads(said_by("build --json --only public/brief/council", tmp_path))

    assert check.keys() == checked.keys()
    assert check["diagnostics"][0].keys() == checked["diagnostics"][0].keys()
    assert check["counts"].keys() == checked["counts"].keys()
    assert build["products"][0].keys() == built.keys()


def _commands_of(program: typer.Typer) -> dict[str, list[str]]:
    """The options of each command by its name."""
    group = typer.main.get_command(program)
    return {
        name: [option for parameter in command.params for option in parameter.opts]
        for name, command in getattr(group, "commands", {}).items()
    }


def _commands_of_group(program: typer.Typer, name: str) -> dict[str, list[str]]:
    """The options of each command below another."""
    group = getattr(typer.main.get_command(program), "commands", {}).get(name)
    return {
        inner: [option for parameter in command.params for option in parameter.opts]
        for inner, command in getattr(group, "commands", {}).items()
    }


@pytest.mark.parametrize(("name", "most"), [("README.md", 150), ("docs/architecture.md", 120)])
def test_a_page_to_be_read_at_once_stays_short(name: str, most: int) -> None:
    assert len((ROOT / name).read_text().splitlines()) <= most


# Links and what has no place here


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", without_fences(page.read_text()))

    assert [target for target in targets if not target.startswith("https:") and not _leads(page, target)] == []


def _leads(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    if file.is_relative_to(ROOT / "src" / "briefpack"):  # where the wheel is tested there is no src/
        file = PACKAGE / file.relative_to(ROOT / "src" / "briefpack")
    return file.exists() and (not anchor or anchor in _anchors(file.read_text()))


def _anchors(page: str) -> set[str]:
    headings = re.findall(r"^#+ +(.*?) *$", without_fences(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


_ADDRESSES = {"https://docs.citationstyles.org", "https://jinja.palletsprojects.com"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_no_machine_and_no_unexpected_address(page: Path) -> None:
    text = page.read_text()
    paths = re.findall(r"(?<![\w.~/>-])/(?:bin|etc|home|mnt|opt|private|root|srv|tmp|usr|Users|var|work)\b\S*", text)
    drives = re.findall(r"\b[A-Z]:\\\S*|~/\S*|\blocalhost\b", text)

    assert paths + drives == []
    assert set(re.findall(r"\bhttps?://[^\s)>\"]+", text)) <= _ADDRESSES
