"""`briefpack check`: the gate alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from briefpack.cli.boundary import DONE, PROBLEMS
from briefpack.cli.console import STYLES, Screen, counted, stdout
from briefpack.cli.diagnostics import ShowPath, count, show_diagnostics, tally
from briefpack.cli.excerpt import Lines
from briefpack.cli.loading import misuse
from briefpack.cli.place import find_root, shown_path, world_at
from briefpack.cli.reports import VERSION, diagnostic_json, github_lines, github_prefix, to_json
from briefpack.cli.watch import watch_pack
from briefpack.diagnostics import Code, Diagnostic, Severity
from briefpack.world import World

if TYPE_CHECKING:  # `build` uses this module too, and with nothing to do it must not load what checks a pack
    from briefpack.builder.check import Outcome


class Format(StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


_NUMBERS = "Also list numbers in the desk's own voice that no card supports."
_NOTICES = "Show notices too, and errors that only follow from others."


def check(
    context: typer.Context,
    format: Annotated[Format, typer.Option(help="For people, for programs, or for GitHub.")] = Format.TEXT,
    numbers: Annotated[bool, typer.Option("--numbers", help=_NUMBERS)] = False,
    notices: Annotated[bool, typer.Option("--notices", help=_NOTICES)] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print problems only.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file changes.")] = False,
) -> None:
    """Hold every quotation, number and reference against the originals. Makes no PDFs.

    Each problem is shown as file:line:column with the line itself and what to try.
    Ends with 1 where there are errors, with 0 where there are none.

    For example:

      briefpack check
      briefpack check --watch          while you write
      briefpack check --strict         in a pipeline: warnings stop it too

    Next: `briefpack explain CODE` says what a problem means; `briefpack quote` finds
    the words of a source; `briefpack build` makes the PDFs.
    """
    from briefpack.builder.check import check_pack  # noqa: PLC0415 - see above

    root = find_root(context)
    screen = stdout()
    if watch:
        if format is not Format.TEXT:
            raise misuse(Code.VALUE_INVALID, "--watch shows text", "leave out --format")

        def again() -> None:
            world = world_at(root)
            show_outcome(screen, check_pack(world), world, strict=strict, notices=notices, numbers=numbers, quiet=quiet)

        watch_pack(root, screen, again)
    world = world_at(root)
    outcome = check_pack(world)
    if format is Format.JSON:
        screen.raw(to_json(report_json(outcome, strict, numbers)))
    elif format is Format.GITHUB:
        prefix = github_prefix(root, world.environment)
        screen.raw("".join(f"{line}\n" for line in github_lines(outcome.diagnostics, prefix, strict)))
    else:
        show_outcome(screen, outcome, world, strict=strict, notices=notices, numbers=numbers, quiet=quiet)
    raise typer.Exit(PROBLEMS if count(outcome.diagnostics, strict)[Severity.ERROR] else DONE)


def show_outcome(
    screen: Screen, outcome: Outcome, world: World, *, strict: bool, notices: bool, numbers: bool, quiet: bool
) -> None:
    """Print the problems, the numbers if asked for, and one line that sums up."""

    def shown(path: str) -> str:
        return shown_path(world.root, path)

    listed = [d for d in outcome.diagnostics if notices or d.severity is not Severity.NOTICE]
    folded = [] if notices else _following(listed)
    show_diagnostics(screen, [d for d in listed if d not in folded], Lines(world), shown, strict=strict)
    if folded:
        screen.paragraph(f"{counted(len(folded), 'citation')} more cannot be proved until these are mended.")
        screen.line()
    if numbers:
        show_numbers(screen, outcome, shown)
    if not quiet:
        screen.paragraph(*summed_up(outcome.sizes, outcome.diagnostics, strict, notices))
        if not outcome.loaded.content.summaries and not outcome.loaded.unusable:
            screen.paragraph("The pack has no summaries yet: `briefpack add FILE` takes in the first document.")


def _following(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The errors that only say that another error stands before them; none where they stand alone."""
    folded = [d for d in diagnostics if d.code is Code.CITATION_UNVERIFIED]
    others = any(d.is_error and d.code is not Code.CITATION_UNVERIFIED for d in diagnostics)
    return folded if others and len(folded) > 2 else []


def show_numbers(screen: Screen, outcome: Outcome, shown: ShowPath) -> None:
    """List the numbers in the desk's own voice that no cited card supports."""
    found = outcome.verified.desk_numbers if outcome.verified else ()
    for number in found:
        place = number.location
        screen.line(f"{shown(place.file)}:{place.line}:{place.column}: {number.text}  ({number.statement.address})")
    what = counted(len(found), "number")
    screen.paragraph(f"{what} in the desk's own voice that no cited card supports; a reader will ask where from.")
    screen.line()


def summed_up(
    sizes: Mapping[str, int], diagnostics: Sequence[Diagnostic], strict: bool, notices: bool
) -> tuple[str, str]:
    """The last line, and its style."""
    counts = count(diagnostics, strict)
    checked = ", ".join(counted(number, name.removesuffix("s")) for name, number in sizes.items())
    more = " (--notices shows them)" if counts[Severity.NOTICE] and not notices else ""
    found = tally(counts)
    if counts[Severity.ERROR]:
        return f"{found} in {checked}{more}", STYLES["error"]
    return f"{checked}: all verified." + (f" {found}{more}" if found else ""), STYLES["ok"]


def report_json(outcome: Outcome, strict: bool, numbers: bool) -> dict[str, object]:
    """The report for programs."""
    counts = count(outcome.diagnostics, strict)
    report: dict[str, object] = {
        "version": VERSION,
        "diagnostics": [diagnostic_json(diagnostic, strict) for diagnostic in outcome.diagnostics],
        "counts": {f"{severity.value}s": counts[severity] for severity in Severity} | outcome.sizes,
    }
    if numbers and outcome.verified:
        report["numbers"] = [
            {
                "number": n.text,
                "file": n.location.file,
                "line": n.location.line,
                "column": n.location.column,
                "subject": n.statement.address,
            }
            for n in outcome.verified.desk_numbers
        ]
    return report
