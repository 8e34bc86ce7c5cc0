"""`<name>.es.md`: the texts of a document in another language, by key, and the blocks of its body, in order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from briefpack.diagnostics import Code, Findings, Location
from briefpack.pack.span import Span
from briefpack.pack.validation import did_you_mean
from briefpack.pack.yaml_reader import Node
from briefpack.summaries.alignment import Alignment, Segment, align
from briefpack.summaries.document import Document
from briefpack.summaries.markdown import MarkdownBlock, read_blocks
from briefpack.summaries.model import BodyBlock
from briefpack.summaries.units import OF_LENGTH, Key, Original, Unit, block_of

_OF = re.compile(rf"[0-9a-fA-F]{{{OF_LENGTH}}}")
_OF_LINE = re.compile(r"^[ \t]*<!--[ \t]*of:[ \t]*(\S*)[ \t]*-->[ \t]*$", re.MULTILINE)

Tree: TypeAlias = "dict[str, Tree | Unit]"
"""The keys that a translation may have, as they stand in one another."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a translation has under one key: the digest of what was translated, and the texts by field."""

    unit: Unit
    of: str
    texts: Mapping[str, str]
    node: Node = field(repr=False)
    location: Location

    @property
    def lacking(self) -> tuple[str, ...]:
        """The fields that the original has and this has not, or has empty."""
        return tuple(name for name, _ in self.unit.texts if not self.texts.get(name, "").strip())

    @property
    def current_of(self) -> str:
        """The digest of what the original says now."""
        return self.unit.of([name for name, text in self.texts.items() if text.strip()])

    @property
    def is_stale(self) -> bool:
        """Whether the original has changed since."""
        return self.of != self.current_of

    def span(self, name: str) -> Span:
        """Where a text stands."""
        return self.node.at(name).span


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation as it was read: its entries in the original's order, and all blocks of its body."""

    original: Original
    document: Document
    entries: Mapping[Key, Entry]
    alignment: Alignment
    segments: tuple[Segment, ...]

    @property
    def blocks(self) -> tuple[Segment | None, ...]:
        """One for each block of the original."""
        return self.alignment.blocks

    def missing(self) -> tuple[Key, ...]:
        """The keys of all texts that are not there, or not whole; blocks are `("body", "3")`."""
        units = [unit.key for unit in self.original.units if self._is_missing(unit)]
        return (*units, *(body_key(at) for at, block in enumerate(self.blocks) if block is None or block.block is None))

    def stale(self) -> tuple[Key, ...]:
        """The keys of all texts whose original has changed."""
        units = [key for key, entry in self.entries.items() if not entry.lacking and entry.is_stale]
        pairs = enumerate(zip(self.blocks, self.original.blocks, strict=True))
        return (*units, *(body_key(at) for at, (found, block) in pairs if found and is_stale(found, block)))

    def _is_missing(self, unit: Unit) -> bool:
        entry = self.entries.get(unit.key)
        return not unit.is_optional if entry is None else bool(entry.lacking)


def body_key(index: int) -> Key:
    """The key by which a block is named: its number from 1."""
    return ("body", str(index + 1))


def is_stale(segment: Segment, block: BodyBlock) -> bool:
    """Whether a block's original has changed since it was translated."""
    return segment.block is not None and segment.of != block_of(block)


def tree_of(original: Original) -> Tree:
    """The keys of a document's texts, one in another."""
    tree: Tree = {}
    for unit in original.units:
        branch = tree
        for step in unit.key[:-1]:
            below = branch.setdefault(step, {})
            assert isinstance(below, dict), "no key is both a text and a group"
            branch = below
        branch[unit.key[-1]] = unit
    return tree


def read_translation(document: Document, original: Original, findings: Findings) -> Translation:
    """Read a translation of `original`; what is wrong with it is reported and left out."""
    entries: dict[Key, Entry] = {}
    _read_group(document.node, tree_of(original), entries, findings)
    segments = _segments(document, findings)
    return Translation(
        original=original,
        document=document,
        entries={unit.key: entries[unit.key] for unit in original.units if unit.key in entries},
        alignment=align(segments, original.blocks, findings),
        segments=segments,
    )


def _read_group(node: Node, tree: Tree, entries: dict[Key, Entry], findings: Findings) -> None:
    for key, child in (node.fields or {}).items():
        place = node.keys[key]
        below = tree.get(key)
        if below is None:
            hint = did_you_mean(key, list(tree)) or "name a text of the original; all else is taken from there"
            findings.report(Code.KEY_UNKNOWN, f"the original has no text {key!r} here", place, hint)
        elif isinstance(below, Unit):
            if entry := _read_entry(child, below, place, findings):
                entries[below.key] = entry
        elif child.fields is not None:
            _read_group(child, below, entries, findings)
        elif not child.is_blank:
            hint = f"write a key such as `{next(iter(below))}:`"
            findings.report(Code.VALUE_INVALID, f"{key}: expected keys with values", place, hint)


def _read_entry(node: Node, unit: Unit, place: Location, findings: Findings) -> Entry | None:
    name = "/".join(unit.key)
    if node.fields is None:
        if not node.is_blank:
            first = next(iter(unit.fields), "text")
            findings.report(
                Code.VALUE_INVALID, f"{name}: expected `of` and `{first}`", place, "write each on a line of its own"
            )
        return None
    texts: dict[str, str] = {}
    for key, child in node.fields.items():
        if key == "of":
            continue
        if key not in unit.fields:
            hint = did_you_mean(key, unit.fields) or f"known here: {', '.join(('of', *unit.fields))}"
            findings.report(Code.KEY_UNKNOWN, f"the original of {name} has no {key!r}", node.keys[key], hint)
        elif child.text is None:
            findings.report(Code.VALUE_INVALID, f"{name}/{key}: expected text", node.keys[key])
        else:
            texts[key] = child.text
    of = node.fields.get("of")
    entry = Entry(unit, (of.text or "").lower() if of else "", texts, node, place)
    _check_of(entry.of, entry.current_of, of.span.location if of else place, findings)
    return entry


def _check_of(of: str, current: str, place: Location, findings: Findings) -> None:
    hint = f"write `of: {current}` if the translation is that of the text as it stands"
    if not of:
        findings.report(Code.KEY_MISSING, "'of' is missing", place, hint)
    elif not _OF.fullmatch(of):
        findings.report(Code.VALUE_INVALID, f"{of!r} is not eight hexadecimal digits", place, hint)


def _segments(document: Document, findings: Findings) -> tuple[Segment, ...]:
    raw = document.raw
    lines = list(_OF_LINE.finditer(raw, document.body))
    blocks = list(read_blocks(raw, document.body, document.path, findings))
    segments: list[Segment] = []
    stops = [line.start() for line in lines[1:]]
    for line, stop in zip(lines, [*stops, len(raw) + 1], strict=False):
        place = Span(document.path, raw, line.start(), line.end()).location
        own = [block for block in blocks if line.end() <= block.span.start < stop]
        if not _OF.fullmatch(line[1]):
            hint = "write eight hexadecimal digits; `briefpack translate` writes the line"
            findings.report(Code.VALUE_INVALID, f"{line[1]!r} is not eight hexadecimal digits", place, hint)
        segments.append(Segment(line[1].lower(), line.start(), line.end(), place, own[0] if own else None))
        for extra in own[1:]:
            _report_unmarked(extra, findings)
    for block in blocks:
        if not lines or block.span.start < lines[0].end():
            _report_unmarked(block, findings)
    return tuple(segments)


def _report_unmarked(block: MarkdownBlock, findings: Findings) -> None:
    findings.report(
        Code.TRANSLATION_BLOCKS,
        "this block has no line `<!-- of: … -->` of its own",
        block.span.location,
        hint="write the line above it, or make it one paragraph with the block before",
    )
