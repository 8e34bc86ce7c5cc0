"""What is embedded in a PDF: originals or extracts of them, and the data, as far as the audience may have them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from briefpack.citations.figures import unit_of
from briefpack.citations.model import VerifiedStatement
from briefpack.products.model import Attachment
from briefpack.products.originals import Originals
from briefpack.products.references import FilesOf
from briefpack.products.view import View
from briefpack.sources.model import WITHHELD
from briefpack.sources.source import Source
from briefpack.summaries.model import Statement, Summary


def compose_attachments(
    summaries: Sequence[Summary],
    statements: Iterable[Statement],
    view: View,
    originals: Originals,
    files: FilesOf,
    data_name: str,
) -> tuple[Attachment, ...]:
    """The files to embed for a product that rests on `summaries` and prints `statements`, by name."""
    attached: list[Attachment] = []
    if view.audience.attach != "none":
        content = _data(summaries, statements, view, files)
        attached.append(Attachment(data_name, content, "application/json", "Data", "Statements and quotations"))
    whole: dict[str, list[Summary]] = {}
    for summary in sorted(summaries, key=lambda summary: summary.id):
        source = view.verified.sources.get(summary.id)
        how = files.attached.get(summary.id)
        if source is None or how is None:
            continue
        if how == "original":
            whole.setdefault(summary.work.path, []).append(summary)
            continue
        description = f"Extract of the original: {summary.short}"
        name = f"{summary.id}-extract.txt"
        attached.append(Attachment(name, _extract(summary, source), "text/plain", "Source", description))
    for path, members in sorted(whole.items()):
        media = view.verified.sources[members[0].id].file.media if not members[0].work.text else ""
        description = f"Original: {'; '.join(member.short for member in members)}"
        name = PurePosixPath(path).name
        attached.append(Attachment(name, originals.content(path), media or _UNKNOWN, "Source", description))
    return _distinct(attached)


_UNKNOWN = "application/octet-stream"


def _distinct(attached: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Give the second file of a name a number: none may take the place of another."""
    kept: dict[str, Attachment] = {}
    for item in attached:
        stem, suffix = PurePosixPath(item.name).stem, PurePosixPath(item.name).suffix
        name, count = item.name, 2
        while name in kept:
            name, count = f"{stem}-{count}{suffix}", count + 1
        kept[name] = Attachment(name, item.content, item.media, item.relationship, item.description)
    return tuple(kept[name] for name in sorted(kept))


def _extract(summary: Summary, source: Source) -> bytes:
    """The visible passages as text, named as an extract."""
    title = (summary.work.csl or {}).get("title", summary.short)
    lines = [f"Extract of the visible passages of: {title}", ""]
    for passage in source.passages:
        text = passage.text
        for why in passage.withheld:
            text = text.replace(WITHHELD, f"[not reproduced: {why}]", 1)
        lines += [f"[{passage.number}] {text}", ""]
    return "\n".join(lines).encode()


def _data(summaries: Sequence[Summary], statements: Iterable[Statement], view: View, files: FilesOf) -> bytes:
    """The product's statements with their quotations, as JSON."""
    printed = [
        verdict
        for statement in statements
        if isinstance(verdict := view.verdict(statement), VerifiedStatement) and view.shows(statement)
    ]
    details = _details(dict.fromkeys(verdict.statement.address.partition("/")[0] for verdict in printed), view)
    document = {
        "version": 1,
        "audience": view.audience.id,
        "sources": [
            {
                "id": summary.id,
                "csl": dict(summary.work.csl or {}),
                "issued": summary.work.issued.value if summary.work.issued else None,
                "url": summary.work.url or None,
                "files": list(files.files.get(summary.id, ())),
            }
            for summary in sorted(summaries, key=lambda summary: summary.id)
        ],
        "statements": [_printed(verdict, details.get(verdict.statement.address, {})) for verdict in printed],
    }
    return f"{_written(document)}\n".encode()


def _written(value: object, indent: str = "\n") -> str:
    """Return what `json.dumps` writes with an indent of one, in a third of its time: dossiers have megabytes of it."""
    if not value or not isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else _quoted(value)
    inner = f"{indent} "
    if isinstance(value, list | tuple):
        return f"[{inner}{f',{inner}'.join([_written(item, inner) for item in value])}{indent}]"
    entries = [f"{_quoted(key)}: {_written(item, inner)}" for key, item in value.items()]
    return f"{{{inner}{f',{inner}'.join(entries)}{indent}}}"


_quoted = json.JSONEncoder(ensure_ascii=False).encode


def _printed(verdict: VerifiedStatement, details: dict[str, object]) -> dict[str, object]:
    statement = verdict.statement
    return {
        "id": statement.address,
        "kind": statement.kind,
        "by": "desk" if statement.desk else "source",
        **details,
        "text": statement.text,
        "derived": list(verdict.derived),
        "citations": [
            {
                "id": citation.address,
                "quotation": list(citation.card.fragments),
                "passages": list(citation.anchor.passages),
                "tier": str(citation.anchor.tier),
            }
            for citation in verdict.citations
        ],
    }


def _details(sources: Iterable[str], view: View) -> dict[str, dict[str, object]]:
    """By address what an entry of `sources` says besides its text: a figure's value, a term, a name, a date."""
    details: dict[str, dict[str, object]] = {}
    for summary in (view.verified.summary(source) for source in sources if view.shows_source(source)):
        assert summary is not None, "a source that is shown has a summary"
        for figure in summary.statistics:
            details[figure.statement.address] = {
                "measure": figure.measure,
                "places": list(figure.places),
                "period": figure.period.text if figure.period else None,
                "value": figure.value.value,
                "qualifier": figure.qualifier or None,
                "unit": unit_of(figure, view.verified.pack) or None,
            }
        details |= {entry.statement.address: {"term": entry.term} for entry in summary.definitions}
        details |= {entry.statement.address: {"to": entry.to or None} for entry in summary.recommendations}
        details |= {entry.statement.address: {"name": entry.name} for entry in summary.actors}
        details |= {entry.statement.address: {"date": entry.date.text} for entry in summary.events}
    return details
