"""audiences new: a folder and a table that can be built at once, and nothing of what was there is touched."""

from __future__ import annotations

import tomllib

import pytest
from tests.cli.running import Desk

PACK = "content/pack.toml"


def settings(desk: Desk) -> str:
    return (desk.folder / PACK).read_bytes().decode()


def test_a_new_audience_is_added_at_the_end_and_nothing_else_changes(desk: Desk) -> None:
    desk.write(PACK, "# Ours.\n" + settings(desk).rstrip("\n") + "  # the last line, without an end")
    before = settings(desk)
    ran = desk.run("audiences", "new", "schools")
    assert ran.code == 0
    table = '[audiences.schools]\ntitle = "For schools"\ntemplates = "schools"\n'
    assert settings(desk) == f"{before}\n\n{table}"
    assert desk.run("audiences").out.count("For schools") == 2


def test_a_new_audience_builds_at_once(desk: Desk) -> None:
    desk.run("audiences", "new", "schools")
    assert desk.run("templates", "check").code == 0
    ran = desk.run("build", "--only", "schools/brief/harbour")
    assert ran.code == 0, ran.said
    assert (desk.folder / "build/out/schools/briefs/harbour.pdf").exists()


def test_a_new_audience_takes_over_the_settings_of_another_with_their_comments(desk: Desk) -> None:
    desk.write(PACK, settings(desk) + "flag = []  # none yet\n\n[audiences.public.brief]\nmin-size = 9.5\n# The end.\n")
    ran = desk.run("audiences", "new", "escuelas", "--from", "public", "--language", "es-SV", "--title", "Para “todos”")
    assert ran.code == 0, ran.said
    assert settings(desk).partition("# The end.\n")[2] == (
        '\n[audiences.escuelas]\ntitle = "Para “todos”"\nlanguage = "es-SV"\ntemplates = "escuelas"\n'
        'annex = "cited"\nflag = []  # none yet\n\n[audiences.escuelas.brief]\nmin-size = 9.5\n'
    )
    template = (desk.folder / "templates/escuelas/template.toml").read_text(encoding="utf-8")
    assert tomllib.loads(template)["extends"] == "base"


def test_a_new_audience_builds_on_the_templates_of_the_other(desk: Desk) -> None:
    desk.run("audiences", "new", "schools")
    desk.run("audiences", "new", "classes", "--from", "schools")
    assert '{% extends "schools/brief.html" %}' in (desk.folder / "templates/classes/brief.html").read_text()
    assert desk.run("templates", "explain", "classes").out.startswith("classes: classes → schools → base, A4\n")
    assert desk.run("templates", "check").code == 0


def test_line_ends_stay_as_they_are(desk: Desk) -> None:
    (desk.folder / PACK).write_bytes(settings(desk).replace("\n", "\r\n").encode())
    desk.run("audiences", "new", "schools")
    assert "\n" not in settings(desk).replace("\r\n", "")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("public", "there is an audience 'public' already"),
        ("taken", "there is a folder templates/taken already"),
        ("base", "'base' is no name for an audience"),
        ("a/b", "'a/b' is no name for an audience"),
        ("..", "'..' is no name for an audience"),
    ],
)
def test_a_name_that_cannot_be_taken_is_refused_and_nothing_is_written(name: str, said: str, desk: Desk) -> None:
    desk.write("templates/taken/style.css", "")
    before = settings(desk), sorted(desk.folder.rglob("*"))
    ran = desk.run("audiences", "new", name)
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert (settings(desk), sorted(desk.folder.rglob("*"))) == before


def test_a_misspelt_audience_to_begin_with_is_guessed(desk: Desk) -> None:
    ran = desk.run("audiences", "new", "schools", "--from", "publik")
    assert (ran.code, "did you mean 'public'?" in ran.err) == (2, True)


def test_nothing_is_added_to_settings_with_a_mistake(desk: Desk) -> None:
    desk.edit(PACK, 'annex = "cited"', 'annexx = "cited"')
    before = settings(desk)
    ran = desk.run("audiences", "new", "schools")
    assert (ran.code, "annexx" in ran.err) == (1, True)
    assert settings(desk) == before


def test_a_template_is_explained_with_all_that_it_can_print(desk: Desk) -> None:
    out = desk.run("templates", "explain", "public", "brief.html").out
    assert "    lead              Up to two statements under the headline.  (house style)\n" in out
    assert "    headline          Cited: the one statement that says what it is about\n" in out
    assert "    prose             prose: the words, with the numbers of notes between them\n" in out
    assert "    prose(prose, notes=True" in out
    assert "    t(key, count, **values)  Return the text under a key" in out
    assert "\n    source            #" in out


def test_a_template_that_is_not_there_is_guessed(desk: Desk) -> None:
    assert "did you mean 'brief.html'?" in desk.run("templates", "explain", "public", "breif.html").err


def test_mistakes_in_templates_are_listed_without_a_build(desk: Desk) -> None:
    desk.run("audiences", "new", "schools")
    override = '{% extends "base/brief.html" %}\n{% block leed %}{{ brief.pionts }}{% endblock %}\n'
    desk.write("templates/schools/brief.html", override)
    ran = desk.run("templates", "check")
    assert ran.code == 1
    assert "templates/schools/brief.html:2:10: error: no block `leed` in base/brief.html [block-unknown]" in ran.out
    assert "templates/schools/brief.html:2:26: error: no field `pionts` in Brief [template-field]" in ran.out
