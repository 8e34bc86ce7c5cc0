"""The leak gate in a build: what leaks is not written, what was there stays, and nothing else is stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builder.test_build import change, files, made, stopped

from briefpack.builder.build import build
from briefpack.builder.plan import Plan
from briefpack.builder.report import BuildRequest
from briefpack.pdf.leaks import leaks_in
from briefpack.products.absence import Absence
from briefpack.products.originals import files_of, survey_originals
from briefpack.products.withholding import absence_of
from briefpack.world import World

PACK, RIVER = "content/pack.toml", "content/summaries/river.md"
BRIEFS = BuildRequest(audiences=("public",), kinds=("brief",))
LEAKING = {"public/brief/harbour": ["withheld-leak"], "public/brief/river": ["withheld-leak"]}


def absence_for_the_public(pack: Path) -> Absence:
    view = Plan.of(World(pack), BuildRequest()).views["public"]
    originals = survey_originals(World(pack), view.verified.sources, is_complete=True)
    return absence_of(view, originals, files_of(view, originals))


def print_in_briefs(pack: Path, html: str) -> None:
    folder = pack / "templates" / "town"
    folder.mkdir(parents=True)
    (folder / "template.toml").write_text('extends = "base"\n', encoding="utf-8")
    text = f'{{% extends "base/brief.html" %}}\n{{% block lead %}}{html}{{% endblock %}}\n'
    (folder / "brief.html").write_text(text, encoding="utf-8")
    change(pack, PACK, 'annex = "cited"', 'annex = "cited"\ntemplates = "town"')


def test_a_withheld_sentence_that_a_template_prints_is_caught_and_the_old_file_stays(built: Path) -> None:
    before = files(built)
    print_in_briefs(built, "<p>Ask what the wall will <strong>cost</strong>!</p>")
    report = build(World(built), BRIEFS)
    assert stopped(report) == LEAKING
    assert files(built) == before
    (problem, *_) = report.products[1].problems
    assert (problem.location.file, problem.subject) == (RIVER, "public/brief/river")
    assert "river/recommendations/1" in problem.message


def test_the_same_words_are_no_leak_where_the_audience_may_read_them(built: Path) -> None:
    print_in_briefs(built, "<p>Ask what the wall will cost.</p>")
    change(built, PACK, 'annex = "cited"', 'annex = "cited"\ninclude = ["internal"]')
    assert stopped(build(World(built), BRIEFS)) == {}


def test_what_is_withheld_only_now_is_looked_for_in_what_was_built_before(built: Path) -> None:
    """The label changes no brief that printed the words by its template, and yet its file must go through the gate."""
    print_in_briefs(built, "<p>The harbour is said to have lost a great many boats.</p>")
    assert stopped(build(World(built), BRIEFS)) == {}
    added = "    by: desk\n    labels: [internal]\n  - text: The harbour is said to have lost a great many boats.\n"
    change(built, RIVER, "    by: desk\n    labels: [internal]\n", f"{added}    by: desk\n    labels: [internal]\n")
    report = build(World(built), BRIEFS)
    assert stopped(report) == LEAKING


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    text: The lower bridge was closed for nine days. [@bridge]\n", "    labels: [internal]\n"),
        ("    text: About 300 families left, says the mayor. [@families; @mayor]\n", "    labels: [internal]\n"),
        ("    cite: [rise]\n", "    labels: [internal]\n"),
    ],
)
def test_a_statement_that_gets_a_label_is_nowhere_in_the_files_of_the_public(old: str, new: str, built: Path) -> None:
    change(built, RIVER, old, old + new)
    report = build(World(built), BuildRequest(audiences=("public",)))
    assert len(made(report)) == 4
    absence = absence_for_the_public(built)
    assert any(secret.address.startswith("river/") and secret.form == "name" for secret in absence.secrets)
    for name, content in files(built).items():
        if name.startswith("public/"):
            assert leaks_in(content, absence) == ()


def test_a_withheld_statement_is_found_in_the_files_of_those_who_may_read_it(built: Path) -> None:
    """The gate is not blind: what it finds in no file of the public it finds in the council's."""
    leaks = leaks_in(files(built)["council/dossier.pdf"], absence_for_the_public(built))
    assert {leak.secret.what for leak in leaks} == {"statement", "name"}
    assert "the attachment 'dossier.json'" in {leak.place for leak in leaks}
