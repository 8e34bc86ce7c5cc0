"""The exit codes are a contract with scripts: 0, 1, 2, 3, 70, 75, 130."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from tests.cli.running import Desk, in_process

from briefpack.cli.boundary import globals_first, run
from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location


def test_a_pack_without_problems_ends_with_0(tiny: Path) -> None:
    assert in_process(tiny, "check").code == 0


def test_a_pack_with_an_error_ends_with_1(edited: Callable[[str, str, str], Path]) -> None:
    pack = edited("content/summaries/river.md", "for nine days\n", "for ten days\n")

    assert in_process(pack, "check").code == 1


def test_a_misspelt_command_ends_with_2_and_is_guessed(tiny: Path) -> None:
    ran = in_process(tiny, "chek")

    assert (ran.code, ran.out) == (2, "")
    assert "no such command 'chek'. Did you mean 'check'" in ran.err


def test_a_misspelt_option_ends_with_2_and_is_guessed(tiny: Path) -> None:
    ran = in_process(tiny, "check", "--fromat", "json")

    assert ran.code == 2
    assert "--format" in ran.err


def test_a_folder_without_a_pack_is_none(tmp_path: Path) -> None:
    ran = in_process(tmp_path, "check")

    assert ran.code == 2
    assert "[pack-missing]" in ran.err
    assert "briefpack init" in ran.err


def test_a_file_that_cannot_be_written_ends_with_3_and_is_named(desk: Desk) -> None:
    code, err = ended_by(OSError(errno.EROFS, "Read-only file system", "build/out/dossier.pdf"), desk)

    assert code == 3
    assert err.startswith("error: read-only file system: build/out/dossier.pdf\n    = try: ")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT])
def test_what_the_machine_lacks_ends_with_3(number: int, desk: Desk) -> None:
    code, err = ended_by(OSError(number, os.strerror(number), "build/out"), desk)

    assert code == 3
    assert "= try: " in err
    assert "Traceback" not in err


def test_a_defect_ends_with_70_and_asks_to_be_reported(desk: Desk) -> None:
    code, err = ended_by(ValueError("boom"), desk)

    assert code == 70
    assert "ValueError: boom" in err
    assert "Please report it" in err


def test_a_missing_file_of_our_own_is_a_defect_and_not_the_machine(desk: Desk) -> None:
    code, _ = ended_by(FileNotFoundError(errno.ENOENT, "No such file", "x"), desk)

    assert code == 70


def test_an_expected_failure_ends_with_its_own_code(desk: Desk) -> None:
    problem = Diagnostic(Code.OUTPUT_UNWRITABLE, "another run is building", Location("build/.lock"), "wait")
    code, err = ended_by(BriefpackError(problem, exit_code=75), desk)

    assert code == 75
    assert err == "build/.lock: error: another run is building [output-unwritable]\n    = try: wait\n\n"


def test_an_interruption_ends_with_130_and_one_line(desk: Desk) -> None:
    code, err = ended_by(KeyboardInterrupt(), desk)

    assert code == 130
    assert err.count("\n") == 1


def test_a_pipe_that_is_closed_ends_quietly(tiny: Path) -> None:
    program = Path(sys.executable).with_name("briefpack")
    script = f"{program} schema | head -c 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], cwd=tiny, check=False, capture_output=True, text=True)

    assert done.stderr == ""
    assert done.stdout in ("{141\n", "{0\n")  # 0 where all of it fitted into the pipe's buffer


_LISTENING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""


def test_watching_is_ended_by_an_interruption(tiny: Path) -> None:
    program = Path(sys.executable).with_name("briefpack")
    # A shell that starts its jobs in the background lets them ignore interruptions; this one listens all the same.
    listening = [sys.executable, "-c", _LISTENING, str(program), "check", "--watch"]
    with subprocess.Popen(listening, cwd=tiny, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watching:
        try:
            _read_until(watching, "Watching")
            time.sleep(0.5)
            river = tiny / "content" / "summaries" / "river.md"
            river.write_text(river.read_text().replace("for nine days\n", "for ten days\n"))
            _read_until(watching, "[quote-not-found]")
            _read_until(watching, "Watching")
            watching.send_signal(signal.SIGINT)
            _, err = watching.communicate(timeout=20)
            code = watching.returncode
        finally:
            watching.kill()

    assert code == 130
    assert "Traceback" not in err


def test_pack_may_stand_before_or_behind_the_command() -> None:
    assert globals_first(["check", "--pack", "x", "--strict"]) == ["--pack", "x", "check", "--strict"]
    assert globals_first(["check", "--pack=x"]) == ["--pack=x", "check"]
    assert globals_first(["quote", "a", "--", "--pack", "x"]) == ["quote", "a", "--", "--pack", "x"]
    assert globals_first(["check", "--pack"]) == ["--pack", "check"]


def ended_by(error: BaseException, desk: Desk) -> tuple[int, str]:
    """How the boundary ends a command that fails like this."""
    failing = typer.Typer()

    @failing.command()
    def fail() -> None:
        raise error

    code = run(failing, [])
    return code, desk.capsys.readouterr().err


def _read_until(process: subprocess.Popen[str], wanted: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if wanted in line:
            return
    raise AssertionError(f"never said {wanted!r}")
