"""A file of `content/` in its two parts, and how statements are made from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefpack.diagnostics import Code, Findings, Location
from briefpack.pack.model import Text
from briefpack.pack.validation import did_you_mean
from briefpack.pack.yaml_reader import Node
from briefpack.summaries.citations import parse_pointer, read_citations
from briefpack.summaries.markdown import read_blocks
from briefpack.summaries.model import BodyBlock, Marker, Pointer, Statement, Visibility
from briefpack.summaries.written import StatementWritten, StatisticWritten
from briefpack.world import Digest


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its id, path and digest, its characters, its front matter as nodes, and where its body begins."""

    id: str
    path: str
    digest: Digest
    raw: str
    node: Node
    body: int

    @property
    def start(self) -> Location:
        """The first line."""
        return Location(self.path, 1, 1, 1, 2)


@dataclass(slots=True)
class StatementBuilder:
    """Makes the statements of one document. `source`: whose cards a bare `[@card]` names, None where there is no such.

    `prefix` begins the statements' addresses.
    """

    document: Document
    prefix: str
    source: str | None
    findings: Findings

    def build(
        self,
        written: StatementWritten,
        path: Sequence[str | int],
        kind: str,
        ordinal: int = 0,
        *,
        desk: bool = False,
        source: str | None = None,
    ) -> Statement:
        """The statement that stands at `path` of the front matter."""
        node = self.document.node.at(*path)
        text_node = node.at("text")
        default = source if source is not None else self.source
        cited = read_citations(written.text, text_node.span, default, self.findings)
        if written.cite and written.text:
            self.findings.report(
                Code.CITATION_TWICE,
                "`cite` stands beside a text",
                node.keys.get("cite", node.span.location),
                hint="write the citations into the text as [@card]",
            )
        if not cited.text:
            self.findings.report(
                Code.VALUE_INVALID, "the statement is empty", text_node.span.location, hint="write its text"
            )
        return Statement(
            address=f"{self.prefix}/{_name(path, written.id)}",
            kind=kind,
            ordinal=ordinal,
            id=written.id or "",
            text=cited.text,
            markers=cited.markers,
            span=text_node.span,
            written=written.text,
            origin=cited.origin,
            is_garbled=cited.is_garbled,
            labels=tuple(written.labels),
            label_places=self.places("labels", len(written.labels), path),
            derived=self.texts("derived", len(written.derived), path),
            brief=to_visibility(written.brief),
            brief_places=self.places("brief", _count(written.brief), path),
            note=written.note,
            desk=desk,
            needs_citation=not desk and bool(cited.text),
        )

    def build_statistic(self, written: StatisticWritten, path: Sequence[str | int], ordinal: int) -> Statement:
        """The statement of a statistic: no text, the citations of `cite`."""
        node = self.document.node.at(*path)
        cite = node.at("cite")
        pointers: list[Pointer] = []
        for index, name in enumerate(written.cite):
            place = (cite.at(index) if cite.items is not None else cite).span.location
            target = name if name.startswith("@") else f"@{name}"
            if pointer := parse_pointer(target, place, self.source, self.findings):
                pointers.append(pointer)
        return Statement(
            address=f"{self.prefix}/{_name(path, written.id)}",
            kind="figure",
            ordinal=ordinal,
            id=written.id,
            text="",
            markers=(Marker(0, tuple(pointers)),) if pointers else (),
            span=node.at("value").span,
            labels=tuple(written.labels),
            label_places=self.places("labels", len(written.labels), path),
            derived=self.texts("derived", len(written.derived), path),
            brief=to_visibility(written.key),
            brief_places=self.places("key", _count(written.key), path),
            note=written.note,
        )

    def places(self, key: str, count: int, path: Sequence[str | int]) -> tuple[Location, ...]:
        """The places of the items of a list."""
        return tuple(self.document.node.at(*path, key, index).span.location for index in range(count))

    def texts(self, key: str, count: int, path: Sequence[str | int]) -> tuple[Text, ...]:
        """The items of a list of texts with their places."""
        nodes = [self.document.node.at(*path, key, index) for index in range(count)]
        return tuple(Text(node.text or "", node.span.location) for node in nodes)

    def body(self, kind: str) -> tuple[BodyBlock, ...]:
        """The blocks of the body as statements of `kind`; headings need no citation."""
        blocks: list[BodyBlock] = []
        ordinal = 0
        for index, block in enumerate(
            read_blocks(self.document.raw, self.document.body, self.document.path, self.findings)
        ):
            is_heading = block.kind == "heading"
            ordinal += not is_heading
            cited = read_citations(block.text, block.span, self.source, self.findings)
            statement = Statement(
                address=f"{self.prefix}/body/{index + 1}",
                kind=kind,
                ordinal=0 if is_heading else ordinal,
                id="",
                text=cited.text,
                markers=cited.markers,
                span=block.span,
                written=block.text,
                origin=cited.origin,
                is_garbled=cited.is_garbled,
                desk=block.desk,
                needs_citation=not (block.desk or is_heading),
            )
            blocks.append(BodyBlock(block.kind, block.level, statement))
        return tuple(blocks)


def _name(path: Sequence[str | int], written_id: str | None) -> str:
    steps = [str(step + 1) if isinstance(step, int) else step for step in path]
    if written_id and isinstance(path[-1], int):
        steps[-1] = written_id
    return "/".join(steps)


def _count(value: bool | list[str]) -> int:
    return len(value) if isinstance(value, list) else 0


def to_visibility(value: bool | list[str]) -> Visibility:
    """Lists as tuples."""
    return tuple(value) if isinstance(value, list) else value


def check_unique(names: Sequence[str | None], places: Sequence[Location], what: str, findings: Findings) -> None:
    """Report every name that stands twice in its file."""
    first: dict[str, Location] = {}
    for name, place in zip(names, places, strict=True):
        if not name:
            continue
        if name in first:
            findings.report(
                Code.ID_DUPLICATE,
                f"the {what} {name!r} stands twice, first in line {first[name].line}",
                place,
                hint="rename one of them",
            )
        first.setdefault(name, place)


def report_unknown(name: str, what: str, known: Sequence[str], place: Location, findings: Findings) -> None:
    """Report a reference to something that is not declared."""
    findings.report(
        Code.REFERENCE_UNKNOWN,
        f"no {what} {name!r}",
        place,
        hint=did_you_mean(name, known) or f"declare the {what} first",
    )
