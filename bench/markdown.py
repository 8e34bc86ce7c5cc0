"""A dossier as Markdown for pandoc: the same sections in the same order, with the same words.

Statements carry links to their evidence; evidence stands after each statement, with a link to its passage. Originals
are reprinted with numbered passages, quoted words marked, and links back to what cites them. Left out: figures set
large (they are a line each), bars of charts, colours, and evidence beside instead of below its statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from briefpack.products.model import (
    Annex,
    AnnexPassage,
    Bibliography,
    Brief,
    Cell,
    Cited,
    Colophon,
    ComparisonSheet,
    Dossier,
    Figure,
    Highlight,
    Note,
    NoteRef,
    Overview,
    Prosaic,
    RecordSheet,
    Reference,
    Section,
    Timeline,
    Withheld,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!<>$@~^|\"'-])")


def to_markdown(dossier: Dossier) -> str:
    """The whole dossier; its title and contents are the header's business."""
    titles = {index: part.title or part.kind for index, part in dossier.parts}
    blocks: list[str] = []
    for index, section in enumerate(dossier.sections):
        if index in titles:
            blocks.append(f"# {_plain(titles[index].capitalize())} {{#part-{index}}}")
        blocks += _section(section)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _section(section: Section) -> list[str]:
    """The blocks of a section; cover and contents are made from the header."""
    write = _WRITERS.get(type(section))
    return write(section) if write else []


def _brief(brief: Brief) -> list[str]:
    points = [f"{number}. {_indented(_cited(cited))}" for number, cited in enumerate(brief.points, 1)]
    return [
        _head(brief.short, brief.anchor),
        _cited(brief.headline),
        *(_cited(cited) for cited in brief.lead),
        *_figures(brief.figures),
        "### What the source says",
        *points,
        *_charts(brief),
        *_named((item.term, item.cited) for item in brief.definitions),
        *_named((item.to, item.cited) for item in brief.recommendations),
        *(["### Cautions"] if brief.cautions else []),
        *(_cited(cited) for cited in brief.cautions),
        *(["### Analysis by the editors"] if brief.analysis else []),
        *(_cited(cited) for cited in brief.analysis),
        _reference(brief.reference),
    ]


def _charts(sheet: Brief | RecordSheet) -> list[str]:
    return [block for chart in sheet.charts for block in [f"### {_plain(chart.measure)}", *_figures(chart.figures)]]


def _record(record: RecordSheet) -> list[str]:
    return [
        _head(f"{record.short}: record", record.anchor),
        *_body(record.body),
        *_figures(record.figures),
        *_charts(record),
        *_named((item.term, item.cited) for item in record.definitions),
        *_named((item.to, item.cited) for item in record.recommendations),
        *_named((item.name, item.cited) for item in record.actors),
        *_named((item.date.text, item.cited) for item in record.events),
        _reference(record.reference),
    ]


def _comparison(sheet: ComparisonSheet) -> list[str]:
    """A pipe table whose columns have set widths; a cell is one line."""
    rows = [["Question", *(column.title for column in sheet.columns)]]
    lines = [f"| {' | '.join(_plain(cell) for cell in rows[0])} |", f"|{'-----|' * len(rows[0])}"]
    lines += [f"| {_plain(row.title)} | {' | '.join(_cell(cell) for cell in row.cells)} |" for row in sheet.rows]
    cautions = [_cited(item.cited) for item in sheet.cautions]
    return [_head(sheet.title, sheet.anchor), _plain(sheet.question), "\n".join(lines), *cautions, *_body(sheet.body)]


def _cell(cell: Cell) -> str:
    if cell.cited:
        notes = " ".join(_note(note) for note in cell.cited.notes)
        return f"{_anchored(_prose(cell.cited), cell.cited.anchor)} {notes}".strip()
    if cell.figures:
        return " ".join(f"{_plain(figure.value)} {_plain(figure.unit)}" for figure in cell.figures)
    return _plain(f"unclear: {cell.why}" if cell.why else "not addressed")


def _annex(annex: Annex) -> list[str]:
    title = annex.reference.title if annex.cut == 1 else f"{annex.reference.short}, {annex.cut} of {annex.cuts}"
    return [_head(title, annex.anchor), *(_passage(passage) for passage in annex.passages)]


def _passage(passage: AnnexPassage) -> str:
    text = "".join(_run(run) for run in passage.runs)
    back = ", ".join(
        f"[{item.letter} {_plain(item.short)}, {item.place.kind} {item.place.ordinal}]({item.href})"
        for item in passage.references
    )
    body = f"[{passage.number}]{{#{passage.anchor}}} {f'**{text}**' if passage.level else text}"
    return f"{body}\n\n> {back}" if back else body


def _run(run: str | Highlight | Withheld) -> str:
    if isinstance(run, str):
        return _plain(run)
    if isinstance(run, Withheld):
        return _plain(f"[not reproduced: {run.why}]")
    anchors = "".join(_anchored("", anchor) for anchor in run.anchors)
    letters = f"^{','.join(run.letters)}^" if run.letters else ""
    return f"{anchors}{letters}[{_plain(run.text)}]{{.mark}}"


def _body(blocks: Iterable[Prosaic]) -> list[str]:
    found = []
    for block in blocks:
        if block.kind == "heading":
            found.append(f"{'#' * (block.level + 1)} {_prose(block.cited)}")
        elif block.kind == "paragraph":
            found.append(_cited(block.cited))
        else:
            found.append(f"{'1.' if block.kind == 'ordered' else '-'} {_indented(_cited(block.cited))}")
    return found


def _named(items: Iterable[tuple[str, Cited]]) -> list[str]:
    return [f"**{_plain(name)}** {_cited(cited)}" if name else _cited(cited) for name, cited in items]


def _figures(figures: Iterable[Figure]) -> list[str]:
    found = []
    for figure in figures:
        where = ", ".join((*figure.places, figure.period.text if figure.period else "")).strip(", ")
        label = f"{figure.qualifier} {figure.value} {figure.unit}".strip()
        found.append(f"**{_plain(label)}** {_plain(figure.measure)}, {_plain(where)} {_cited(figure.cited)}")
    return found


def _cited(cited: Cited) -> str:
    """A statement with its anchor, and below it the evidence that first appears with it."""
    notes = "\n\n".join(f"> {_note(note)}" for note in cited.notes)
    sums = "".join(f"\n\n> {_plain(equation)}" for equation in cited.derived)
    return _anchored(_prose(cited), cited.anchor) + (f"\n\n{notes}" if notes else "") + sums


def _note(note: Note) -> str:
    quotation = " […] ".join(_plain(fragment) for fragment in note.fragments)
    place = f"¶ {note.locator.first}"
    link = f"[{place}]({note.href})" if note.href else place
    return f"[{note.number}]{{#{note.anchor}}} “{quotation}” {link}"


def _prose(cited: Cited) -> str:
    anchors = {note.number: note.anchor for note in cited.notes}
    parts = []
    for part in cited.prose:
        if isinstance(part, NoteRef):
            target = anchors.get(part.number)
            parts.append(f"^[{part.number}](#{target})^" if target else f"^{part.number}^")
        else:
            parts.append(part.replace("@", "\\@").replace("[", "\\[").replace("]", "\\]"))
    return "".join(parts).replace(" ^", "^").strip()


def _anchored(text: str, anchor: str) -> str:
    """The text with an anchor on its first word: Typst's labels name an element, and an empty span is none."""
    if not anchor:
        return text
    first, space, rest = text.partition(" ")
    return f"[{first}]{{#{anchor}}}{space}{rest}" if first.isalnum() else f"[\u200b]{{#{anchor}}}{text}"


def _reference(reference: Reference) -> str:
    text = f"{reference.publisher}, “{reference.title}”, {reference.issued.text if reference.issued else 'undated'}"
    return _anchored(_plain(text), reference.anchor)


def _head(title: str, anchor: str) -> str:
    return f"## {_plain(title)} {{#{anchor}}}"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.replace("\n", " "))


def _indented(text: str) -> str:
    return text.replace("\n\n", "\n\n   ")


def _overview(overview: Overview) -> list[str]:
    return [_head(overview.title, overview.anchor), *_body(overview.body)]


def _timeline(timeline: Timeline) -> list[str]:
    entries = [(f"{event.source_short}, {event.date.text}", event.cited) for event in timeline.events]
    return [_head("What the sources date", timeline.anchor), *_named(entries)]


def _bibliography(bibliography: Bibliography) -> list[str]:
    return [_head("Sources", bibliography.anchor), *map(_reference, bibliography.references)]


def _colophon(colophon: Colophon) -> list[str]:
    return [_head("Colophon", colophon.anchor), *(f"`{item.digest}` {_plain(item.file)}" for item in colophon.inputs)]


_WRITERS: Mapping[type, Callable[[Any], list[str]]] = {
    Brief: _brief,
    RecordSheet: _record,
    ComparisonSheet: _comparison,
    Overview: _overview,
    Timeline: _timeline,
    Annex: _annex,
    Bibliography: _bibliography,
    Colophon: _colophon,
}
