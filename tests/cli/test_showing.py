"""How problems look on a terminal, and in a log."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from tests.cli.running import terminal

from briefpack.cli.console import Screen, counted, harmless
from briefpack.cli.diagnostics import show_diagnostics
from briefpack.cli.excerpt import Excerpt, Lines, excerpt
from briefpack.cli.reports import github_lines
from briefpack.diagnostics import Code, Diagnostic, Location
from briefpack.world import World

FILE = "content/summaries/a-rather-long-name-of-a-source.md"


def excerpt_of(tmp_path: Path, line: str, column: int, end: int, width: int | None = 40) -> Excerpt:
    (tmp_path / "a.md").write_text(f"first\n{line}\n", encoding="utf-8")
    found = excerpt(Lines(World(tmp_path)), Location("a.md", 2, column, 2, end), width)
    assert found is not None
    return found


def marked(found: Excerpt) -> str:
    """The text above the carets, by columns of the terminal."""
    shown, used = "", 0
    for character in found.text:
        if found.caret <= used < found.caret + found.length:
            shown += character
        used += cell_len(character)
    return shown


def test_the_caret_stands_under_the_value(tmp_path: Path) -> None:
    assert excerpt_of(tmp_path, "value: 1,058", 8, 13) == Excerpt(2, "value: 1,058", 7, 5)


def test_a_tab_before_the_value_moves_the_caret(tmp_path: Path) -> None:
    assert marked(excerpt_of(tmp_path, "a\tb\tvalue", 5, 10)) == "value"


def test_wide_characters_move_the_caret_by_two_columns(tmp_path: Path) -> None:
    found = excerpt_of(tmp_path, "移民 value", 4, 9)

    assert (found.caret, marked(found)) == (5, "value")


def test_accents_that_are_their_own_characters_do_not_move_the_caret(tmp_path: Path) -> None:
    assert excerpt_of(tmp_path, "Usuluta\u0301n value", 11, 16).caret == 9


@pytest.mark.parametrize("column", [1, 5, 60, 120, 190])
def test_a_long_line_is_cut_around_the_value(column: int, tmp_path: Path) -> None:
    line = "x" * (column - 1) + "HERE" + "y" * (200 - column)
    found = excerpt_of(tmp_path, line, column, column + 4)

    assert marked(found) == "HERE"
    assert cell_len(found.text) <= 40
    assert found.text.endswith("…") or found.text.endswith("y")


def test_a_value_longer_than_the_terminal_is_cut_with_its_carets(tmp_path: Path) -> None:
    found = excerpt_of(tmp_path, "key: " + "z" * 300, 6, 306)

    assert found.caret + found.length <= 40


def test_nothing_is_cut_where_no_terminal_is(tmp_path: Path) -> None:
    assert len(excerpt_of(tmp_path, "x" * 500, 3, 5, width=None).text) == 500


def test_a_place_behind_the_end_of_the_line_has_a_caret_too(tmp_path: Path) -> None:
    assert excerpt_of(tmp_path, "key:", 5, 5).caret == 4


def test_control_characters_cannot_steer_the_terminal(tmp_path: Path) -> None:
    assert harmless("a\x1b[31mb\u202e") == "a␛[31mb�"
    assert "\x1b" not in excerpt_of(tmp_path, "a\x1b]0;title\x07b", 1, 2).text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_place_is_never_broken_and_lines_fit(width: int) -> None:
    screen, written = terminal(width)
    problem = Diagnostic(Code.QUOTE_NOT_FOUND, "word " * 40 + "end", Location(FILE, 134, 77), "hint " * 30 + "end")

    show_diagnostics(screen, [problem], None, lambda path: path)

    lines = written.getvalue().splitlines()
    assert lines[0].startswith(f"{FILE}:134:77: ")
    assert all(len(line) <= width for line in lines[1:])
    assert "".join(written.getvalue().split()).count("word") == 40


def test_markup_of_the_user_is_printed_as_it_stands() -> None:
    screen, written = terminal(200)
    problem = Diagnostic(Code.VALUE_INVALID, "'[bold]x[/b] [sic] :smile:' is none", Location("a.md", 1, 1))

    show_diagnostics(screen, [problem], None, lambda path: path)

    assert "'[bold]x[/b] [sic] :smile:' is none [value-invalid]" in written.getvalue()


def test_a_log_gets_whole_lines_without_colours() -> None:
    written = io.StringIO()
    problem = Diagnostic(Code.QUOTE_NOT_FOUND, "word " * 60 + "end", Location(FILE, 134, 77))

    show_diagnostics(Screen(Console(file=written, width=80)), [problem], None, lambda path: path)

    assert written.getvalue() == f"{FILE}:134:77: error: {'word ' * 60}end [quote-not-found]\n"


def test_lines_to_paste_are_not_touched() -> None:
    screen, written = terminal(60)
    detail = ("  - text: >-", "      " + "long " * 30)

    show_diagnostics(
        screen, [Diagnostic(Code.YAML_NEEDS_BLOCK, "m", Location("a.md", 1, 1), "h", "", detail)], None, str
    )

    assert "\n".join(detail) in written.getvalue()


def test_an_annotation_escapes_what_would_end_it() -> None:
    problem = Diagnostic(Code.NAME_INVALID, "50 %\nof it::", Location("a,b:c.md", 2, 3, 4, 5))

    assert github_lines([problem]) == [
        "::error file=a%2Cb%3Ac.md,line=2,endLine=4,title=name-invalid::50 %25%0Aof it::"
    ]


def test_an_annotation_about_a_whole_file_has_no_line() -> None:
    problem = Diagnostic(Code.NAME_INVALID, "m", Location("a.md"))

    assert github_lines([problem]) == ["::error file=a.md,title=name-invalid::m"]


def test_numbers_are_counted_in_words_people_use() -> None:
    assert [counted(n, "card") for n in (0, 1, 1200)] == ["0 cards", "1 card", "1,200 cards"]
