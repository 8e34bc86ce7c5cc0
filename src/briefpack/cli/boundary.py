"""The one place where what went wrong becomes a message and an exit code; the codes are in `docs/commands.md`."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import typer
from typer import _click as click  # Typer brings its own copy and no other way to catch its usage errors

from briefpack import __version__
from briefpack.cli.console import Screen, stderr
from briefpack.cli.diagnostics import show_diagnostics
from briefpack.diagnostics import BriefpackError

DONE, PROBLEMS, MISUSED, LACKING, DEFECT, LOCKED, INTERRUPTED = 0, 1, 2, 3, 70, 75, 130
PIPE_CLOSED = 141
"""As for a program that SIGPIPE ends: neither success nor a problem of the pack."""

_MACHINE = {
    errno.ENOSPC: "make room on the disk, then run it again: what was finished is kept",
    errno.EDQUOT: "make room in your quota, then run it again: what was finished is kept",
    errno.EROFS: "the file system is read-only: work in a folder that can be written to",
    errno.EACCES: "give yourself the permission, or work in another folder",
    errno.EPERM: "give yourself the permission, or work in another folder",
    errno.EMFILE: "raise the limit of open files (`ulimit -n`)",
    errno.ENOMEM: "close other programs, or use a machine with more memory",
    errno.EIO: "check the disk",
    errno.EEXIST: "move away what stands in the way",
    errno.ENOTDIR: "move away the file that stands where a folder should be",
    errno.EFBIG: "raise the limit of the file size (`ulimit -f`)",
}


def run(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; whatever has to be said about a failure has then been said."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(app, arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        return _close_pipe()
    except SystemExit as stop:  # Typer ends so, even where it should not, when a pipe was closed
        return _close_pipe() if stop.code == 1 else int(stop.code or 0)
    return code


def _run(app: typer.Typer, arguments: Sequence[str]) -> int:
    command = typer.main.get_command(app)
    try:
        code = command.main(globals_first(arguments), prog_name="briefpack", standalone_mode=False)
    except BriefpackError as error:
        return _report(error)
    except click.exceptions.UsageError as error:
        return _report_misuse(error)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno not in _MACHINE:
            return _report_defect(error)
        return _report_machine(error)
    except Exception as error:  # noqa: BLE001 - the last resort, and it says that it is a defect
        return _report_defect(error)
    if code == INTERRUPTED:
        stderr().line("interrupted; nothing was left half-written")
    return int(code or DONE)


def globals_first(arguments: Sequence[str]) -> list[str]:
    """Let `--pack DIR` stand behind the command too: move it to the front."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            return [*front, *rest, word, *words]
        if word == "--pack":
            front += [word, *(value for value in [next(words, None)] if value is not None)]
        elif word.startswith("--pack="):
            front.append(word)
        else:
            rest.append(word)
    return [*front, *rest]


def _report(error: BriefpackError) -> int:
    show_diagnostics(stderr(), error.diagnostics, None, lambda path: path)
    return error.exit_code


def _report_misuse(error: click.exceptions.UsageError) -> int:
    screen = stderr()
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return MISUSED
    screen.paragraph(f"error: {_lowered(error.format_message())}", indent=4, first=0)
    if error.ctx is not None:
        screen.paragraph(f"= try: {error.ctx.command_path} --help", indent=11, first=4)
    return MISUSED


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:].rstrip(".")


def _report_machine(error: OSError) -> int:
    screen = stderr()
    where = f": {error.filename}" if error.filename else ""
    screen.paragraph(f"error: {(error.strerror or 'the machine refuses').lower()}{where}", indent=4, first=0)
    screen.paragraph(f"= try: {_MACHINE[error.errno or 0]}", indent=11, first=4)
    return LACKING


def _report_defect(error: BaseException) -> int:
    screen: Screen = stderr()
    screen.raw("".join(traceback.format_exception(error)))
    screen.paragraph(
        f"error: this is a defect of briefpack {__version__} itself, not of your pack. Please report it with the lines "
        "above and the command that you ran; your files are as they were.",
        indent=4,
        first=0,
    )
    return DEFECT


def _close_pipe() -> int:
    """The reader went away (`briefpack check | head`): let the interpreter end without a complaint of its own."""
    null = os.open(Path(os.devnull), os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    return PIPE_CLOSED
