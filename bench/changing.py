"""One thing added or removed, at the front, in the middle and at the end of a dossier: what is typeset again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.builds import Build, build, cold
from bench.edits import (
    Edit,
    add_brief,
    add_card,
    add_citation,
    add_source,
    edited,
    remove_brief,
    remove_card,
    remove_citation,
    remove_source,
    reword_statement,
)
from bench.packs import DOSSIER_180, Shape
from bench.report import Part, Table
from bench.request import Request


def measure(request: Request) -> Part:
    """Build cold, then once for each edit; what an edit changed is put back before the next."""
    shape = request.sized(DOSSIER_180)
    if shape.sources < 16:  # what is removed may stand neither in the overview nor in a comparison
        shape = replace(shape, comparisons=0, overview=False)
    folder = request.pack(shape)
    front, middle, end = 1, shape.sources // 2, shape.sources
    places = {"front": front, "middle": middle, "end": end}
    unbriefed = {"front": front + 1, "middle": middle + 1, "end": end - 1}
    rows = []
    for number in unbriefed.values():
        remove_brief(folder, _id(number))
    try:
        request.say("edits: cold")
        rows.append(_row("cold", "", cold(folder)))
        rows.append(_row("nothing changed", "", build(folder)))
        for name, edit in _edits(shape):
            for place, number in (unbriefed if edit is add_brief else places).items():
                request.say(f"edits: {name}, {place}")
                rows.append(_row(name, place, _edited(folder, edit, _id(number))))
    finally:
        for number in unbriefed.values():
            add_brief(folder, _id(number))
    head = ("edit", "place", "seconds", "CPU seconds", "sections typeset", "pages", "MB, greatest process")
    return Part(f"One edit in a dossier of {shape.sources} sources", (Table(head, tuple(rows)),))


def _edits(shape: Shape) -> Iterator[tuple[str, Edit]]:
    yield "a statement reworded", reword_statement
    yield "a citation added", add_citation
    yield "a citation removed", remove_citation
    yield "a card added, with a citation", add_card
    yield "a card removed, with its citation", remove_card
    yield "a source added", add_source(shape, shape.sources + 1)
    yield "a source removed", remove_source
    yield "a brief added", add_brief
    yield "a brief removed", remove_brief


def _edited(folder: Path, edit: Edit, source: str) -> Build:
    with edited(folder, edit, source):
        return build(folder)


def _id(number: int) -> str:
    return f"source-{number:05}"


def _row(name: str, place: str, found: Build) -> tuple[str, ...]:
    measure = found.measure
    return (
        name,
        place,
        f"{measure.seconds:.2f}",
        f"{measure.cpu:.2f}",
        found.sections,
        str(found.pages),
        f"{measure.one:.0f}",
    )
