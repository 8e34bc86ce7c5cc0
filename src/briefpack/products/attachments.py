"""What is embedded in a PDF: originals or extracts of them, and the data, as far as the audience may have them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from briefpack.citations.model import VerifiedStatement
from briefpack.products.model import Attachment
from briefpack.products.references import FilesOf
from briefpack.products.view import View
from briefpack.sources.model import WITHHELD
from briefpack.sources.normalise import normalise
from briefpack.sources.seeds import read_seeds
from briefpack.sources.source import Source
from briefpack.sources.survey import copies
from briefpack.summaries.model import Statement, Summary
from briefpack.world import World


@dataclass(frozen=True, slots=True)
class Originals:
    """The files of `seeds/`, and which works stand in which of them, copies included.

    `content` and `characters` are keyed by path; `works` maps a path to the ids of the works found in it.
    """

    content: Mapping[str, bytes]
    characters: Mapping[str, str]
    works: Mapping[str, tuple[str, ...]]


def survey_originals(world: World, sources: Mapping[str, Source]) -> Originals:
    """Find every file in which a work, or a copy of one, stands."""
    files = {file.path: file for file in read_seeds(world, [source.file for source in sources.values()]).value}
    works: dict[str, set[str]] = {path: set() for path in files}
    for source in sources.values():
        works.setdefault(source.work.path, set()).add(source.id)
    for copy in copies(files.values(), list(sources.values())):
        works[copy.path].add(copy.source_id)
    return Originals(
        content={path: world.read(path) for path in sorted(works)},
        characters={path: files[path].characters for path in sorted(files)},
        works={path: tuple(sorted(ids)) for path, ids in sorted(works.items())},
    )


def files_of(view: View, originals: Originals) -> FilesOf:
    """For each visible source the names of its files, and how it is attached."""
    names: dict[str, tuple[str, ...]] = {}
    attached: dict[str, str] = {}
    for summary in view.summaries():
        paths = [path for path, works in originals.works.items() if summary.id in works]
        paths.sort(key=lambda path: (path != summary.work.path, path))
        names[summary.id] = tuple(PurePosixPath(path).name for path in paths)
        if view.audience.attach == "originals" and summary.work.attach:
            attached[summary.id] = "original" if _is_free(summary, view, originals) else "extract"
    return FilesOf(names, attached)


def _is_free(summary: Summary, view: View, originals: Originals) -> bool:
    """Whether the file holds nothing that the audience may not have: every work in it, and every range."""
    path = summary.work.path
    for source_id in originals.works.get(path, ()):
        other = view.verified.summary(source_id)
        if other is None or not other.work.attach or not view.shows_source(source_id):
            return False
    characters = originals.characters.get(path)
    if characters is None:
        return not any(view.verified.sources[s].withheld for s in originals.works.get(path, ()))
    text = normalise(characters)
    for source in view.verified.sources.values():
        for hidden in source.withheld:
            if normalise(source.file.characters[hidden.start : hidden.end]).strip() in text:
                return False
    return True


def compose_attachments(
    summaries: Sequence[Summary], statements: Iterable[Statement], view: View, originals: Originals, data_name: str
) -> tuple[Attachment, ...]:
    """The files to embed for a product that rests on `summaries` and prints `statements`."""
    attachments: dict[str, Attachment] = {}
    files = files_of(view, originals)
    for summary in summaries:
        how = files.attached.get(summary.id)
        source = view.verified.sources[summary.id]
        if how == "original":
            name = PurePosixPath(summary.work.path).name
            content = originals.content[summary.work.path]
            attachments[name] = Attachment(name, content, source.file.media, "Source", f"Original: {summary.short}")
        elif how == "extract":
            name = f"{summary.id}-extract.txt"
            attachments[name] = Attachment(
                name, _extract(summary, source), "text/plain", "Source", f"Extract of the original: {summary.short}"
            )
    if view.audience.attach != "none":
        content = _data(summaries, statements, view, files)
        attachments[data_name] = Attachment(data_name, content, "application/json", "Data", "Statements and quotations")
    return tuple(attachments[name] for name in sorted(attachments))


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
    printed = []
    for statement in statements:
        verdict = view.verdict(statement)
        if isinstance(verdict, VerifiedStatement) and view.shows(statement):
            printed.append(
                {
                    "id": statement.address,
                    "kind": statement.kind,
                    "by": "desk" if statement.desk else "source",
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
            )
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
            for summary in summaries
        ],
        "statements": printed,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
