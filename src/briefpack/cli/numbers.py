"""The numbers of the sources that no statement uses, each with its reason or without."""

from __future__ import annotations

from typing import Any

from briefpack.citations.unused import UnusedQuantity, unused_numbers
from briefpack.cli.console import STYLES, Screen, counted
from briefpack.cli.diagnostics import show_diagnostics
from briefpack.cli.excerpt import Lines
from briefpack.cli.loading import Opened
from briefpack.cli.place import shown_path
from briefpack.cli.reports import VERSION, diagnostic_json
from briefpack.sources.source import Source

_AROUND = 30


def show_numbers(screen: Screen, opened: Opened) -> None:
    """Print them, source by source, then what is wrong with the entries of `unused`."""
    reports = [(source, unused_numbers(opened.verified, source)) for source in opened.verified.sources.values()]
    unexplained = 0
    for source, report in reports:
        missing = sum(not found.why for found in report.quantities)
        unexplained += missing
        said = f"{counted(len(report.quantities), 'number')} that no statement uses"
        screen.line(f"{source.id}: {said}" + (f", {missing} without a reason" if missing else ""), "bold")
        for found in report.quantities:
            why = found.why or "no reason given"
            text = f"¶ {found.passage}".ljust(7) + f"{_in_context(source, found)}  ({why})"
            screen.paragraph(text, "" if found.why else STYLES["warning"], indent=9, first=2)
        screen.line()
    problems = [problem for _, report in reports for problem in report.diagnostics]
    show_diagnostics(screen, problems, Lines(opened.world), lambda path: shown_path(opened.world.root, path))
    if unexplained:
        screen.paragraph("Use a number in a statement, or say under `source.unused` why it is left out.", "dim")


def _in_context(source: Source, found: UnusedQuantity) -> str:
    """The number in brackets between the words beside it."""
    text, quantity = source.passage(found.passage).text, found.quantity
    before, after = text[max(0, quantity.start - _AROUND) : quantity.start], text[quantity.end : quantity.end + _AROUND]
    if quantity.start > _AROUND:
        before = "…" + before.partition(" ")[2]
    if quantity.end + _AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return f"{before}[{text[quantity.start : quantity.end]}]{after}"


def numbers_json(opened: Opened) -> dict[str, Any]:
    """The same for programs."""
    reports = {source.id: unused_numbers(opened.verified, source) for source in opened.verified.sources.values()}
    return {
        "version": VERSION,
        "numbers": [
            {"source": id, "passage": found.passage, "number": found.quantity.text, "kind": found.quantity.kind.value}
            | {"start": found.quantity.start, "end": found.quantity.end, "why": found.why}
            for id, report in reports.items()
            for found in report.quantities
        ],
        "diagnostics": [diagnostic_json(d) for report in reports.values() for d in report.diagnostics],
    }
