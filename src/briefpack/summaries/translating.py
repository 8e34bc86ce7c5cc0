"""How a translation file grows: what is missing is added, what is stale gets its new original, nothing else changes.

All of it is done by edits of the text, so that comments, order and line breaks of the file stay as they are.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from briefpack.diagnostics import Location
from briefpack.pack.yaml_reader import Node
from briefpack.summaries.alignment import Segment
from briefpack.summaries.model import BodyBlock
from briefpack.summaries.translation import Entry, Translation, Tree, body_key, tree_of
from briefpack.summaries.units import Key, Unit, block_of

EMPTY = "---\n---\n"
"""A translation in which nothing is translated yet."""

_WIDTH = 116
_INDENT = "  "
_ORIGINAL = "original"
_CHARACTER = re.compile(r"\r\n|.", re.DOTALL)
_FENCE = re.compile(r"^[ \t]*:::+[ \t]*(\S.*?)?[ \t]*$", re.MULTILINE)


@dataclass(slots=True)
class _Edits:
    """Changes of a text by position; those at one place stay in the order in which they were made."""

    raw: str
    made: list[tuple[int, int, str]] = field(default_factory=list)
    lines: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = [0, *(match.end() for match in re.finditer("\n", self.raw))]

    def insert(self, at: int, text: str) -> None:
        self.made.append((at, at, text))

    def replace(self, start: int, end: int, text: str) -> None:
        self.made.append((start, end, text))

    def apply(self, file: str) -> str:
        """The changed `file`, of which `raw` is the text as it is read: no mark at its head, line ends as `\\n`."""
        line_end = "\r\n" if "\r\n" in file else "\n"
        at = _positions(file)
        parts: list[str] = [file[: at[0]]]
        position = 0
        for start, end, text in sorted(self.made, key=lambda edit: edit[0]):
            parts += file[at[position] : at[start]], text.replace("\n", line_end)
            position = end
        return "".join(parts) + file[at[position] :]

    def offset(self, place: Location) -> int:
        """The index of a place's first character."""
        return self.lines[place.line - 1] + place.column - 1

    def line_start(self, position: int) -> int:
        return self.raw.rfind("\n", 0, position) + 1

    def next_line(self, position: int) -> int:
        """Where the line after that of `position` begins."""
        found = self.raw.find("\n", position)
        return len(self.raw) if found < 0 else found + 1


def _positions(file: str) -> list[int]:
    """For each index of a file's text as it is read its index in the file."""
    start = 1 if file.startswith("\ufeff") else 0
    return [*(match.start() for match in _CHARACTER.finditer(file, start)), len(file)]


def fill_in(translation: Translation, file: str) -> str:
    """Return the file with every text that is missing or stale shown: a place to write, the original above it.

    `file` holds the characters that `translation` was read from, line ends as they are.
    """
    edits = _Edits(translation.document.raw)
    node = translation.document.node
    _fill_group(tree_of(translation.original), node, "", edits.raw.index("\n") + 1, translation, edits)
    _fill_body(translation, edits)
    return edits.apply(file)


def bring_up_to_date(translation: Translation, file: str, keys: Collection[Key]) -> str:
    """Return the file with the digests of the texts `keys` set to those of their originals: still good translations."""
    edits = _Edits(translation.document.raw)
    for entry in translation.entries.values():
        if entry.unit.key in keys:
            _set_of(entry, edits)
    for index, (segment, block) in enumerate(zip(translation.blocks, translation.original.blocks, strict=True)):
        if segment is not None and body_key(index) in keys:
            edits.replace(segment.start, segment.line_end, _of_line(block))
    return edits.apply(file)


def _set_of(entry: Entry, edits: _Edits) -> None:
    fields = entry.node.fields or {}
    if "of" in fields:
        span = fields["of"].span
        edits.replace(span.start, span.end, entry.current_of)
    else:
        first = edits.offset(next(iter(entry.node.keys.values())))
        start = edits.line_start(first)
        edits.insert(start, f"{edits.raw[start:first]}of: {entry.current_of}\n")


def _fill_group(tree: Tree, node: Node, indent: str, at: int, translation: Translation, edits: _Edits) -> None:
    """Add what `tree` has and `node` lacks; the first thing at `at`, each other after what it follows."""
    if node.keys:
        first = edits.offset(next(iter(node.keys.values())))
        indent = edits.raw[edits.line_start(first) : first]
    for key, below in tree.items():
        child = (node.fields or {}).get(key)
        if child is None:
            edits.insert(at, "".join(_skeleton(key, below, indent)))
            continue
        after_key = edits.next_line(edits.offset(node.keys[key]))
        if not isinstance(below, Unit):
            _fill_group(below, child, indent + _INDENT, after_key, translation, edits)
        elif below.key in translation.entries:
            _fill_entry(translation.entries[below.key], edits)
        elif child.is_blank:
            edits.insert(after_key, "".join(_fields(below, [name for name, _ in below.texts], indent + _INDENT)))
        at = max(after_key, edits.next_line(_end(child)))


def _end(node: Node) -> int:
    """Where the last text of a value ends; what follows it may be a comment on the next."""
    below = [*(node.items or ()), *(node.fields or {}).values()]
    return max((_end(child) for child in below), default=node.span.end)


def _skeleton(key: str, below: Tree | Unit, indent: str) -> Iterator[str]:
    """The lines of what is missing; nothing for what may be left out."""
    if isinstance(below, Unit):
        lines = [] if below.is_optional else list(_fields(below, [name for name, _ in below.texts], indent + _INDENT))
    else:
        lines = [line for name, inner in below.items() for line in _skeleton(name, inner, indent + _INDENT)]
    if lines:
        yield f'{indent}"{key}":\n' if key.isdecimal() else f"{indent}{key}:\n"
        yield from lines


def _fields(unit: Unit, names: Sequence[str], indent: str) -> Iterator[str]:
    yield from _comment(unit.texts, unit.of(), indent)
    yield f"{indent}of: {unit.of()}\n"
    for name in names:
        yield f"{indent}{name}: >-\n"


def _comment(texts: Sequence[tuple[str, str]], of: str, indent: str) -> Iterator[str]:
    yield f"{indent}# {_ORIGINAL} {of}\n"
    for name, text in texts:
        label = "" if len(texts) == 1 else f"{name}: "
        yield from (f"{indent}# {line}\n" for line in _wrapped(label + text, _WIDTH - len(indent)))


def _fill_entry(entry: Entry, edits: _Edits) -> None:
    """Show the original above an entry that is stale or lacks a text, once, and add the places of those it lacks."""
    if not entry.lacking and not entry.is_stale:
        return
    if entry.is_stale and not any(text.strip() for text in entry.texts.values()):
        _set_of(entry, edits)
    first = min(edits.offset(place) for place in entry.node.keys.values())
    start, end = edits.line_start(first), edits.next_line(_end(entry.node))
    indent = edits.raw[start:first]
    opening = edits.line_start(edits.offset(entry.location))
    if f"# {_ORIGINAL} {entry.current_of}\n" not in edits.raw[opening:end]:
        shown = entry.unit.shown([name for name, text in entry.texts.items() if text.strip()])
        edits.insert(start, "".join(_comment(shown, entry.current_of, indent)))
    absent = [name for name in entry.lacking if name not in (entry.node.fields or {})]
    edits.insert(end, "".join(f"{indent}{name}: >-\n" for name in absent))


def _fill_body(translation: Translation, edits: _Edits) -> None:
    """Add the blocks that are missing where they belong; show the originals of those that are stale."""
    at = translation.document.body
    run: list[BodyBlock] = []
    for index, (segment, block) in enumerate(zip(translation.blocks, translation.original.blocks, strict=True)):
        if segment is not None:
            _insert_blocks(run, at, segment.start, translation, edits)
            _fill_segment(segment, block, at, edits)
            run, at = [], edits.next_line(segment.end)
        elif index not in translation.alignment.unclear:
            run.append(block)
    _insert_blocks(run, at, len(edits.raw), translation, edits)


def _insert_blocks(run: Sequence[BodyBlock], at: int, until: int, translation: Translation, edits: _Edits) -> None:
    """Add blocks between `at` and `until`, in the desk's own voice where their originals are."""
    if not run:
        return
    raw = edits.raw
    is_desk = _is_fenced(raw[translation.document.body : at])
    if run[0].statement.desk != is_desk and (fence := _FENCE.search(raw, at, until)):
        at, is_desk = edits.next_line(fence.start()), not is_desk
    current = is_desk
    text = "" if raw[at - 1] == "\n" else "\n"
    for block in run:
        text += _turn(current, block.statement.desk) + "\n" + _original_block(block) + _of_line(block) + "\n"
        current = block.statement.desk
    edits.insert(at, text + _turn(current, is_desk) + ("\n" if raw[at:].strip() and raw[at] != "\n" else ""))


def _is_fenced(body: str) -> bool:
    """Whether what follows `body` stands inside `::: analysis`."""
    fences = _FENCE.findall(body)
    return bool(fences) and bool(fences[-1])


def _turn(current: bool, wanted: bool) -> str:
    """The line by which the desk's own voice begins or ends, if it does."""
    if current == wanted:
        return ""
    return "\n::: analysis\n" if wanted else ":::\n"


def _fill_segment(segment: Segment, block: BodyBlock, after: int, edits: _Edits) -> None:
    of = block_of(block)
    if segment.of == of:
        return
    if segment.block is None:
        edits.replace(segment.start, segment.line_end, _of_line(block))
    if f"<!-- {_ORIGINAL} {of}" not in edits.raw[after : segment.start]:
        edits.insert(segment.start, _original_block(block))


def _of_line(block: BodyBlock) -> str:
    return f"<!-- of: {block_of(block)} -->"


def _original_block(block: BodyBlock) -> str:
    """The original as a comment, as it is written in Markdown."""
    marks = {"heading": "#" * block.level + " ", "item": "- ", "ordered": "1. ", "paragraph": ""}
    depth = "  " * (block.level - 1) if block.kind in ("item", "ordered") else ""
    text = block.statement.written.replace("-->", "-- >")
    lines = _wrapped(f"{_ORIGINAL} {block_of(block)}: {depth}{marks[block.kind]}{text} -->", _WIDTH)
    return "<!-- " + "\n".join(lines) + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 40), break_long_words=False, break_on_hyphens=False) or [""]
