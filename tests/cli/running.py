"""Commands run through the entry point: in this process where only words matter, in one of their own for exit codes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from briefpack.cli.app import app
from briefpack.cli.boundary import run
from briefpack.cli.console import Screen


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody who runs commands in a folder."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: str | Path, within: str = ".") -> Ran:
        self.monkeypatch.chdir(self.folder / within)
        code = run(app, [str(argument) for argument in arguments])
        captured = self.capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))


def in_process(folder: Path, *arguments: str, **environment: str) -> Ran:
    """Run a command in a process of its own, without a terminal."""
    program = Path(sys.executable).with_name("briefpack")
    done = subprocess.run(
        [program, *arguments], cwd=folder, check=False, capture_output=True, text=True, env=os.environ | environment
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def terminal(width: int = 80) -> tuple[Screen, io.StringIO]:
    """A screen as on a terminal of this width, without colours, and what is written on it."""
    written = io.StringIO()
    return Screen(Console(file=written, force_terminal=True, width=width, color_system=None)), written
