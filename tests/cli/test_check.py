"""What `check` says, to people, to programs and to GitHub."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.running import Desk

RIVER = "content/summaries/river.md"


def broken(desk: Desk) -> None:
    desk.edit(RIVER, "closed the lower bridge for nine days", "closed the lower bridge for ten days")


def test_a_pack_without_problems_gets_one_calm_line(desk: Desk) -> None:
    assert desk.run("check").out == "2 sources, 8 cards, 13 statements: all verified.\n"


def test_a_problem_is_shown_with_its_line_and_what_to_try(desk: Desk) -> None:
    broken(desk)

    lines = desk.run("check").out.splitlines()

    assert lines[0].startswith(f"{RIVER}:16:5: error: not in 'river': ")
    assert lines[0].endswith("[quote-not-found]")
    assert lines[1] == "  16 |     closed the lower bridge for ten days"
    assert lines[2] == "     |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"
    assert lines[3].startswith("    = try: ")


def test_lines_to_paste_stand_as_they_are(desk: Desk) -> None:
    desk.edit(RIVER, "headline: The river rose", "headline: News: the river rose")

    out = desk.run("check").out

    assert "\nheadline: >-\n  News: the river rose by 1,058 millimetres. [@rise]\n" in out


def test_all_problems_are_listed_and_counted(desk: Desk) -> None:
    broken(desk)
    desk.edit(
        "content/summaries/harbour.md",
        "headline: The harbour lost 12 boats. [@boats]",
        "headline: The harbour lost 12 boats. [@boat]",
    )

    ran = desk.run("check")

    assert ran.code == 1
    assert "[citation-unknown]" in ran.out
    assert ran.out.splitlines()[-1].startswith("2 errors in 2 sources, 8 cards, 13 statements")


def test_what_only_follows_from_another_error_is_folded(desk: Desk) -> None:
    desk.edit(RIVER, "headline:", "headlin:")
    for number in range(3):
        desk.edit("content/overview.md", "---\nThe", f"---\nThe bridge was closed. [@river/bridge]{number}\n\nThe")

    folded, full = desk.run("check").out, desk.run("check", "--notices").out

    assert "citation-unverified" not in folded
    assert "more cannot be proved until these are mended." in folded
    assert "citation-unverified" in full


def test_notices_are_counted_and_shown_on_request(desk: Desk) -> None:
    desk.edit(RIVER, "issued: 2019-05-02", "issued: ?2019-05-02")

    short, full = desk.run("check"), desk.run("check", "--notices")

    assert short.out.endswith("all verified. 1 notice (--notices shows them)\n")
    assert "[issued-inferred]" in full.out
    assert short.code == full.code == 0


def test_strict_makes_errors_of_warnings(desk: Desk) -> None:
    desk.edit(RIVER, "The repairs cost USD 40,000. [@repairs]", "The mayor is Ana Pérez. [@mayor]")

    assert desk.run("check").code == 0
    strict = desk.run("check", "--strict")
    assert strict.code == 1
    assert "error: nothing cites the card 'repairs' [card-unused]" in strict.out


def test_quiet_says_nothing_where_there_is_nothing_to_say(desk: Desk) -> None:
    assert desk.run("check", "--quiet").said == ""


def test_paths_lead_there_from_where_one_is(desk: Desk) -> None:
    broken(desk)

    assert desk.run("check", within="content/summaries").out.startswith("river.md:16:5: error:")
    assert desk.run("check", "--pack", desk.folder, within="..").out.startswith(f"pack/{RIVER}:16:5: error:")


def test_numbers_of_the_desk_are_listed(desk: Desk) -> None:
    desk.edit(RIVER, "Ask what the wall will cost.", "Ask for 77 offers.")

    out = desk.run("check", "--numbers").out

    assert f"{RIVER}:36:19: 77  (river/recommendations/" in out
    assert "1 number in the desk's own voice" in out


def test_the_report_for_programs_has_the_keys_of_the_format(desk: Desk) -> None:
    broken(desk)

    report = json.loads(desk.run("check", "--format", "json").out)

    assert list(report) == ["version", "diagnostics", "counts"]
    assert report["version"] == 1
    assert report["counts"]["errors"] == 1
    problem = report["diagnostics"][0]
    assert list(problem) == [
        "code", "severity", "message", "hint", "file", "line", "column", "end_line", "end_column", "subject",
    ]  # fmt: skip
    assert (problem["file"], problem["line"], problem["subject"]) == (RIVER, 16, "river/bridge")


def test_annotations_are_escaped(desk: Desk) -> None:
    broken(desk)

    line = desk.run("check", "--format", "github").out.splitlines()[0]

    assert line.startswith(
        f"::error file={RIVER},line=16,col=5,endLine=16,endColumn=40,title=quote-not-found::not in 'river': "
    )
    assert "%0Atry: " in line


def test_annotations_name_files_from_the_top_of_the_checkout(desk: Desk) -> None:
    broken(desk)
    desk.monkeypatch.setenv("GITHUB_WORKSPACE", str(desk.folder.parent))

    assert f"::error file=pack/{RIVER}," in desk.run("check", "--format", "github").out


def test_an_empty_pack_is_told_what_comes_next(outside: Desk) -> None:
    outside.run("init", "--empty", "new")

    assert "briefpack add FILE" in outside.run("check", within="new").out


def test_checking_imports_nothing_that_sets_pages(tiny: Path) -> None:
    script = (
        "import sys; sys.argv = ['briefpack', 'check']\n"
        "from briefpack.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'weasyprint', 'jinja2', 'pikepdf', 'fontTools', 'watchfiles', 'markdown'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tiny, check=True, capture_output=True, text=True)

    assert done.stdout.splitlines()[-1] == "[]"
