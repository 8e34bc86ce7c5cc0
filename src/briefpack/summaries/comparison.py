"""`content/comparisons/<id>.md`: from written to plain data."""

from __future__ import annotations

from briefpack.diagnostics import Code, Findings
from briefpack.pack.model import Text
from briefpack.pack.validation import validate
from briefpack.summaries.document import Document, StatementBuilder, check_unique, report_unknown
from briefpack.summaries.model import CellEntry, Comparison, Criterion, PlacedCaution
from briefpack.summaries.written import CellWritten, ComparisonWritten, CriterionWritten

_SILENT = "not addressed"
_UNCLEAR = "unclear:"


def build_comparison(document: Document, findings: Findings) -> Comparison | None:
    """Return the comparison, or None where its front matter is unusable."""
    written = validate(ComparisonWritten, document.node, findings)
    if written is None:
        return None
    builder = StatementBuilder(document, f"comparisons/{document.id}", None, findings)
    node = document.node
    check_unique(written.sources, builder.places("sources", len(written.sources), ()), "source", findings)
    _check_kind(written, document, findings)
    criteria = tuple(_criterion(item, index, written, builder) for index, item in enumerate(written.criteria))
    check_unique([c.id for c in criteria], [c.location for c in criteria], "criterion", findings)
    return Comparison(
        id=document.id,
        path=document.path,
        digest=document.digest,
        kind=written.kind,
        title=written.title,
        short=written.short or written.title,
        question=written.question,
        labels=tuple(written.labels),
        label_places=builder.places("labels", len(written.labels), ()),
        sources=tuple(written.sources),
        criteria=criteria,
        measures=tuple(written.measures),
        rows=written.rows,
        reading=tuple(
            builder.build(item, ("reading", i), "reading", i + 1, desk=True) for i, item in enumerate(written.reading)
        ),
        cautions=tuple(_caution(i, written, builder) for i in range(len(written.cautions))),
        body=builder.body("text"),
        location=node.span.location,
        source_places=builder.places("sources", len(written.sources), ()),
        measure_places=builder.places("measures", len(written.measures), ()),
    )


def _check_kind(written: ComparisonWritten, document: Document, findings: Findings) -> None:
    wrong, needed = ("criteria", "measures") if written.kind == "figures" else ("measures", "criteria")
    if getattr(written, wrong):
        findings.report(
            Code.KEY_MISPLACED,
            f"`{wrong}` has no place in a comparison of kind {written.kind!r}",
            document.node.keys.get(wrong, document.start),
            hint=f"write `{needed}`, or change `kind`",
        )
    if not getattr(written, needed):
        findings.report(Code.KEY_MISSING, f"'{needed}' is missing", document.start, hint=f"add `{needed}:`")


def _criterion(written: CriterionWritten, index: int, sheet: ComparisonWritten, builder: StatementBuilder) -> Criterion:
    path: tuple[str | int, ...] = ("criteria", index)
    node = builder.document.node.at(*path)
    findings = builder.findings
    for source in sheet.sources:
        if source not in written.cells:
            findings.report(
                Code.CELL_MISSING,
                f"the criterion {written.id!r} has no cell for {source!r}",
                node.keys.get("cells", node.span.location),
                hint=f"add a line `{source}:` with a statement or `not addressed`",
            )
    for source in written.cells:
        if source not in sheet.sources:
            place = node.at("cells").keys.get(source, node.span.location)
            findings.report(
                Code.CELL_UNKNOWN, f"{source!r} is no source of this comparison", place, hint="add it to `sources`"
            )
    for number, source in enumerate(written.differ):
        if source not in sheet.sources:
            report_unknown(source, "source", sheet.sources, node.at("differ", number).span.location, findings)
    reading = written.reading
    return Criterion(
        id=written.id,
        title=written.title,
        look_for=tuple(Text(t.value, t.location) for t in builder.texts("look-for", len(written.look_for), path)),
        cells=tuple(
            _cell(source, written.cells[source], (*path, "cells", source), index + 1, builder)
            for source in sheet.sources
            if source in written.cells
        ),
        differ=tuple(written.differ),
        reading=builder.build(reading, (*path, "reading"), "reading", index + 1, desk=True) if reading else None,
        location=node.at("id").span.location,
    )


def _cell(
    source: str, written: CellWritten, path: tuple[str | int, ...], number: int, builder: StatementBuilder
) -> CellEntry:
    node = builder.document.node.at(*path)
    place = node.span.location
    text = " ".join(written.text.split())
    if written.unclear or text.startswith(_UNCLEAR):
        why = written.unclear or text.removeprefix(_UNCLEAR)
        return CellEntry(source, "unclear", place, why=why.strip())
    if text == _SILENT:
        return CellEntry(source, "silent", place)
    return CellEntry(source, "statement", place, builder.build(written, path, "cell", number, source=source))


def _caution(index: int, sheet: ComparisonWritten, builder: StatementBuilder) -> PlacedCaution:
    written = sheet.cautions[index]
    criterion, slash, source = written.at.partition("/")
    if written.at:
        place = builder.document.node.at("cautions", index, "at").span.location
        known = [item.id for item in sheet.criteria]
        if criterion not in known and sheet.kind == "statements":
            report_unknown(criterion, "criterion", known, place, builder.findings)
        if slash and source not in sheet.sources:
            report_unknown(source, "source", sheet.sources, place, builder.findings)
    return PlacedCaution(
        criterion, source, builder.build(written, ("cautions", index), "caution", index + 1, desk=True)
    )
