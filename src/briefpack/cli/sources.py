"""`briefpack sources`: each source, how much of it is cited, and what of the originals is in no source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from briefpack.cli.console import STYLES, Screen, counted, stdout
from briefpack.cli.loading import Opened, open_pack
from briefpack.cli.numbers import numbers_json, show_numbers
from briefpack.cli.place import shown_path
from briefpack.cli.reports import VERSION, diagnostic_json, to_json
from briefpack.sources.seeds import read_seeds
from briefpack.sources.source import Source
from briefpack.sources.survey import Copy, Leftover, Use, copies, unassigned


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A line of the table; `cited` is the number of passages that a cited card touches."""

    id: str
    file: str
    passages: int
    cards: int
    cited: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What `seeds/` holds."""

    rows: tuple[SourceRow, ...]
    copies: tuple[Copy, ...]
    leftovers: tuple[Leftover, ...]


def sources(
    context: typer.Context,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="List the numbers that no statement uses instead.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """List the sources: file, passages, cards, and how much of each is cited.

    Then what a reader of the originals might miss: works that stand in several
    files, text that is in no source, files that no source uses.
    With --numbers: the numbers of each source that no statement uses, each with the
    reason given under source.unused.

    For example:

      briefpack sources
      briefpack sources --numbers

    Next: briefpack quote SOURCE WORDS makes a card of a passage; give reasons under
    unused for numbers that are left out.
    """
    opened, screen = open_pack(context), stdout()
    if numbers and json:
        screen.raw(to_json(numbers_json(opened)))
    elif numbers:
        show_numbers(screen, opened)
    elif json:
        screen.raw(to_json(_json(opened, survey(opened))))
    else:
        _show(screen, opened, survey(opened))


def survey(opened: Opened) -> Survey:
    """Look through all files of `seeds/`."""
    read = list(opened.verified.sources.values())
    files = read_seeds(opened.world, {source.file.path: source.file for source in read}.values()).value
    found = copies(files, read)
    return Survey(tuple(_row(opened, source) for source in read), found, unassigned(files, read, found))


def _row(opened: Opened, source: Source) -> SourceRow:
    verified = opened.verified
    summary = verified.summary(source.id)
    cited = {pointer.address for verdict in verified.verdicts.values() for pointer in verdict.statement.pointers}
    passages = {
        number
        for address, result in verified.cards.items()
        if result.card.source == source.id and address in cited and result.anchor
        for number in result.anchor.passages
    }
    return SourceRow(
        source.id, source.file.path, len(source.passages), len(summary.cards) if summary else 0, len(passages)
    )


def _show(screen: Screen, opened: Opened, survey: Survey) -> None:
    id_width = max((len(row.id) for row in survey.rows), default=6)
    screen.line(f"{'source'.ljust(id_width)}  passages  cards  cited  file", "bold")
    for row in survey.rows:
        share = f"{row.cited / row.passages:.0%}" if row.passages else "–"
        file = shown_path(opened.world.root, row.file)
        screen.line(f"{row.id.ljust(id_width)}  {row.passages:>8}  {row.cards:>5}  {share:>5}  {file}")
    if not survey.rows:
        screen.line("No sources yet: `briefpack add FILE` takes one in.")
    for source in sorted(opened.outcome.loaded.unusable):
        screen.line(f"{source.ljust(id_width)}  cannot be read: run `briefpack check`", STYLES["error"])
    _show_copies(screen, survey)
    for use, title in _TITLES.items():
        _show_leftovers(screen, [item for item in survey.leftovers if item.use is use], title)


_TITLES = {
    Use.UNASSIGNED: "Text that is in no source",
    Use.UNUSED_FILE: "Files that no source uses",
    Use.FURNITURE: "Left out as furniture",
}


def _show_copies(screen: Screen, survey: Survey) -> None:
    if survey.copies:
        screen.line()
        screen.line("Works that stand elsewhere too", "bold")
    for copy in survey.copies:
        how = "identical" if copy.is_identical else f"{copy.share:.0%} of it"
        screen.paragraph(
            f"{copy.source_id}: {how} in {copy.path}, characters {copy.start:,} to {copy.end:,}", indent=4, first=2
        )


def _show_leftovers(screen: Screen, leftovers: list[Leftover], title: str) -> None:
    if leftovers:
        screen.line()
        screen.line(title, "bold")
    for item in leftovers:
        lines = f"line {item.line}" if item.line == item.end_line else f"lines {item.line} to {item.end_line}"
        why = f" ({item.why})" if item.why else ""
        more = " …" if item.words > len(item.opening.split()) else ""
        text = f"{item.path}, {lines}, {counted(item.words, 'word')}{why}: {item.opening}{more}"
        screen.paragraph(text, indent=4, first=2)


def _json(opened: Opened, survey: Survey) -> dict[str, Any]:
    return {
        "version": VERSION,
        "sources": [
            {"id": r.id, "file": r.file, "passages": r.passages, "cards": r.cards, "passages_cited": r.cited}
            for r in survey.rows
        ],
        "unreadable": sorted(opened.outcome.loaded.unusable),
        "copies": [
            {"source": c.source_id, "file": c.path, "start": c.start, "end": c.end, "share": round(c.share, 4)}
            | {"identical": c.is_identical}
            for c in survey.copies
        ],
        "leftovers": [
            {"file": item.path, "use": item.use.value, "line": item.line, "end_line": item.end_line}
            | {"words": item.words, "opening": item.opening, "why": item.why}
            for item in survey.leftovers
        ],
        "diagnostics": [diagnostic_json(d) for d in opened.outcome.diagnostics if d.is_error],
    }
