"""A command line loads the command that it names and says the same as the whole program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from briefpack.cli.commands import COMMANDS, app_for, assemble

_LOADED = """
import sys
sys.argv = ["briefpack", *sys.argv[1:]]
from briefpack.cli import main
try: main()
except SystemExit: pass
print(*sys.modules)
"""


def loaded(folder: Path, *arguments: str) -> set[str]:
    """The modules that are there when a command has ended."""
    command = [sys.executable, "-c", _LOADED, *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return set(done.stdout.splitlines()[-1].split())


def names(*arguments: str) -> list[str]:
    return list(get_command(app_for(arguments)).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["build", "--audience", "press"],
        ["build", "--pack", "x"],
        ["--pack", "check", "build"],
        ["--pack=x", "build"],
    ],
)
def test_only_the_command_that_is_named_is_there(arguments: list[str]) -> None:
    assert names(*arguments) == ["build"]


@pytest.mark.parametrize(
    "arguments", [[], ["--help"], ["--version"], ["biuld"], ["--pack"], ["--", "build"], ["--install-completion"]]
)
def test_all_commands_are_there_where_none_is_named(arguments: list[str]) -> None:
    assert sorted(names(*arguments)) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_alone_has_the_same_help_as_among_all(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for app in (assemble(COMMANDS), app_for([name])):
        get_command(app).main([name, "--help"], prog_name="briefpack", standalone_mode=False)
        shown.append(capsys.readouterr().out)

    assert f"briefpack {name}" in shown[0]
    assert shown[1] == shown[0]


def test_a_build_starts_with_nothing_that_only_a_build_needs(tmp_path: Path) -> None:
    heavy = {"yaml", "lxml", "jinja2", "babel", "pikepdf", "weasyprint", "rapidfuzz", "fontTools"}

    assert heavy & loaded(tmp_path, "build", "--help") == set()
    assert heavy & loaded(tmp_path, "clean") == set()
