"""`briefpack inspect`: what is wrong with any PDF's accessibility."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from briefpack.cli.boundary import DONE, LACKING, PROBLEMS
from briefpack.cli.console import STYLES, Screen, counted, stdout
from briefpack.cli.diagnostics import count, show_diagnostics, tally
from briefpack.cli.loading import misuse
from briefpack.cli.reports import VERSION, diagnostic_json, to_json
from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location, Severity


class Form(StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"


def inspect(
    files: Annotated[list[Path], typer.Argument(help="PDFs, of whatever origin.", metavar="FILE...")],
    format: Annotated[Form, typer.Option(help="For people, or for programs.")] = Form.TEXT,
    profile: Annotated[
        bool, typer.Option("--profile", help="Also ask the validator for PDF/UA-1 and PDF/A-3a.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
) -> None:
    """Say what stands between a PDF and those who listen to it: tags, titles, links, tables, fonts.

    Works on any PDF, in a folder with a pack or without. Whether text is in the language
    that it is tagged with, and whether alternatives are true, no program can say.
    Ends with 1 where there are errors, with 0 where there are none.

    For example:

      briefpack inspect build/out/press/dossier.pdf
      briefpack inspect --profile report.pdf     with the package page-validation

    Next: `briefpack explain CODE` says what a problem means and how to mend it.
    """
    from briefpack.builder.inspecting import PROFILES, has_validator, inspected  # noqa: PLC0415 - loads what sets pages

    if profile and not has_validator():
        lacks = Diagnostic(
            Code.FILE_MISSING,
            "--profile needs the package page-validation, which is not installed",
            Location(""),
            hint="install it beside briefpack: pip install page-validation",
        )
        raise BriefpackError(lacks, exit_code=LACKING)
    contents = [(_read(file), str(file)) for file in files]
    found = [d for content, name in contents for d in inspected(content, name, PROFILES if profile else ())]
    counts = count(found, strict)
    if format is Form.JSON:
        stdout().raw(to_json(report_json(found, [name for _, name in contents], strict)))
    else:
        _show(stdout(), found, len(files), strict)
    raise typer.Exit(PROBLEMS if counts[Severity.ERROR] else DONE)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise misuse(Code.FILE_MISSING, f"no file {str(file)!r}", "check the path", str(file)) from None
    except IsADirectoryError:
        raise misuse(Code.FILE_UNREADABLE, f"{str(file)!r} is a folder", "name its files", str(file)) from None
    except PermissionError:
        hint = "check its permissions"
        raise misuse(Code.FILE_UNREADABLE, f"{str(file)!r} cannot be read", hint, str(file)) from None


def _show(screen: Screen, found: list[Diagnostic], files: int, strict: bool) -> None:
    show_diagnostics(screen, found, None, lambda path: path, strict=strict)
    counts = count(found, strict)
    text = f"{counted(files, 'file')} inspected: {tally(counts) or 'nothing found'}"
    style = "error" if counts[Severity.ERROR] else "warning" if counts[Severity.WARNING] else "ok"
    screen.line(text, STYLES[style])


def report_json(found: list[Diagnostic], files: list[str], strict: bool) -> dict[str, object]:
    """The report for programs."""
    counts = count(found, strict)
    return {
        "version": VERSION,
        "files": files,
        "diagnostics": [diagnostic_json(diagnostic, strict) for diagnostic in found],
        "counts": {f"{severity.value}s": counts[severity] for severity in Severity},
    }
