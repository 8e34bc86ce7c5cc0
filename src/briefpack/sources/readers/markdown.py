"""Markdown, as people and converters write it: CommonMark with tables, read leniently.

As in plain text, the lines of a paragraph that are not wrapped are blocks of their own, unless a line ends in a hard
break: converters put one entry of a table of contents on each line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from briefpack.sources.model import Block, PassageKind, Piece
from briefpack.sources.readers.inline import changes_in
from briefpack.sources.readers.lines import Line, is_unwrapped, lines_of, runs_of

_ATX = re.compile(r"(#{1,6})(?:[ \t]+|\Z)")
_ATX_END = re.compile(r"(?:\A|[ \t]+)#+\Z")
_SETEXT = re.compile(r"(=+|-+)\Z")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}\Z")
_FENCE = re.compile(r"`{3,}(?=[^`]*\Z)|~{3,}")
_QUOTE = re.compile(r"(?:>[ \t]*)+")
_ITEM = re.compile(r"(?:([-*+\u2022])|(\d{1,9})[.)])(?:[ \t\u00a0]+|\Z)")
_ITEM_EXTRA = re.compile(r"[\u00bb\u2022\u25aa\u25cf\u25e6\u2023\u00b7\u2013\u2014\u203a][ \t\u00a0]+|\[[ xX]\][ \t]+")
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\Z")
_REFERENCE = re.compile(r"\[([^\[\]^][^\[\]]{0,500})\]:[ \t]*\S+.*\Z")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,50}\]:[ \t]*")
_HIDDEN = re.compile(r"<(script|style|template|noscript)\b|<!--", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n[\w-]+:.*?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_CELL_END = re.compile(r"\\.|\|", re.DOTALL)


@dataclass(slots=True)
class _Reading:
    """What has been read so far, and the lines of the block that is still open."""

    characters: str
    labels: frozenset[str]
    single: frozenset[int]
    """Where the lines end that are not wrapped, so that each is a block."""
    blocks: list[Block] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)
    open_lines: list[Line] = field(default_factory=list)
    kind: PassageKind = PassageKind.PARAGRAPH

    def add(self, kind: PassageKind, lines: Sequence[Line], level: int = 0) -> None:
        """Add a block of these lines without their marks, unless nothing is left."""
        pieces = _pieces(self.characters, lines, self.labels)
        if any(not piece.text.isspace() for piece in pieces):
            self.blocks.append(Block(kind, tuple(pieces), level))

    def close(self) -> None:
        """End the open paragraph or item."""
        kind, lines = self.kind, self.open_lines
        for group in _groups(self.characters, lines, self.single):
            self.add(kind, group)
            kind = PassageKind.PARAGRAPH
        self.open_lines, self.kind = [], PassageKind.PARAGRAPH


def read_markdown(characters: str) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text."""
    front = _FRONT_MATTER.match(characters)
    lines = lines_of(characters, front.end() if front else 0)
    labels = frozenset(found[1].strip().lower() for line in lines if (found := _REFERENCE.match(line.text)))
    reading = _Reading(characters, labels, _single_lines(lines))
    at = 0
    while at < len(lines):
        at = _read_line(reading, lines, at)
    reading.close()
    return tuple(reading.blocks)


def _read_line(reading: _Reading, lines: list[Line], at: int) -> int:
    """Read the line `at` and return the number of the next line to read."""
    line = _without(_QUOTE, lines[at])
    if line.is_blank or (reading.open_lines == [] and _REFERENCE.match(line.text)):
        reading.close()
        return at + 1
    if reading.open_lines and reading.kind is PassageKind.PARAGRAPH and _SETEXT.match(line.text):
        reading.add(PassageKind.HEADING, reading.open_lines, 1 if line.text[0] == "=" else 2)
        reading.open_lines = []
        return at + 1
    if _RULE.match(line.text):
        reading.close()
        return at + 1
    if found := _ATX.match(line.text):
        reading.close()
        reading.add(PassageKind.HEADING, [_heading(line, found.end())], len(found[1]))
        return at + 1
    return _read_region(reading, lines, at, line) or _read_text(reading, line, at)


def _read_region(reading: _Reading, lines: list[Line], at: int, line: Line) -> int:
    """Read a fence, a hidden element or a table that begins here; return the number of the line after it, or 0."""
    if found := _FENCE.match(line.text):
        reading.close()
        return _read_fence(reading, lines, at, found[0])
    if found := _HIDDEN.match(line.text):
        reading.close()
        return _skip_hidden(reading, lines, at, "-->" if found[1] is None else f"</{found[1].lower()}>")
    if "|" in line.text and at + 1 < len(lines) and "|" in lines[at + 1].text and _DELIMITERS.match(lines[at + 1].text):
        reading.close()
        return _read_table(reading, lines, at)
    return 0


def _skip_hidden(reading: _Reading, lines: list[Line], at: int, close: str) -> int:
    """Skip to after `close`, or where the file does not close it, the line; what follows on the same line is kept."""
    if close in reading.absent:
        return at + 1
    for number in range(at, len(lines)):
        line = lines[number]
        found = line.text.lower().find(close)
        if found >= 0:
            lines[number] = _cut(line, found + len(close))
            return number
    reading.absent.add(close)
    return at + 1


def _read_text(reading: _Reading, line: Line, at: int) -> int:
    found = _ITEM.match(line.text)
    in_paragraph = bool(reading.open_lines) and reading.kind is PassageKind.PARAGRAPH
    if found and (found[1] or found[2] == "1" or not in_paragraph):
        reading.close()
        reading.kind = PassageKind.ITEM
        line = _without(_ITEM_EXTRA, _cut(line, found.end()))
    elif not reading.open_lines:
        line = _without(_FOOTNOTE, line)
    if not line.is_blank or reading.open_lines:
        reading.open_lines.append(line)
    return at + 1


def _read_fence(reading: _Reading, lines: Sequence[Line], at: int, fence: str) -> int:
    end = at + 1
    while end < len(lines) and not (lines[end].text.startswith(fence) and not lines[end].text.strip(fence[0])):
        end += 1
    inside = [line for line in lines[at + 1 : end] if not line.is_blank]
    if inside:
        start, stop = inside[0].start, inside[-1].end
        reading.blocks.append(Block(PassageKind.PARAGRAPH, (Piece(reading.characters[start:stop], start, stop),)))
    return end + 1


def _read_table(reading: _Reading, lines: Sequence[Line], at: int) -> int:
    rows: list[int] = [at, *range(at + 2, len(lines))]
    for number in rows:
        line = _without(_QUOTE, lines[number])
        if line.is_blank or "|" not in line.text:
            return number
        pieces: list[Piece] = []
        for cell in _cells(line):
            content = _pieces(reading.characters, [cell], reading.labels)
            if pieces and content:
                bar = cell.start - 1
                pieces += [Piece(" ", bar, bar), Piece("|", bar, bar + 1), Piece(" ", bar + 1, bar + 1)]
            pieces += content
        if pieces:
            reading.blocks.append(Block(PassageKind.ROW, tuple(pieces)))
    return len(lines)


def _cells(line: Line) -> list[Line]:
    """Return the cells of a table row that are not empty, each from just after its bar."""
    text, begin, cells = line.text, 0, []
    ends = [found.start() for found in _CELL_END.finditer(text) if found[0] == "|"]
    for end in (*ends, len(text)):
        if text[begin:end].strip():
            cells.append(Line(line.start + begin, line.start + end, text[begin:end]))
        begin = end + 1
    return cells


def _without(mark: re.Pattern[str], line: Line) -> Line:
    found = mark.match(line.text)
    return _cut(line, found.end()) if found else line


def _cut(line: Line, columns: int) -> Line:
    text = line.text[columns:].lstrip()
    return Line(line.end - len(text), line.end, text)


def _heading(line: Line, columns: int) -> Line:
    text = _ATX_END.sub("", line.text[columns:])
    start = line.start + columns
    return Line(start, start + len(text), text)


def _single_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the ends of the lines in stretches that are not wrapped."""
    return frozenset(line.end for run in runs_of(lines) if is_unwrapped([run], _ITEM) for line in run)


def _groups(characters: str, lines: list[Line], single: frozenset[int]) -> list[list[Line]]:
    """Return a paragraph as one group, or where lines are not wrapped, up to each line without a hard break."""
    if not lines or lines[0].end not in single:
        return [lines] if lines else []
    groups: list[list[Line]] = [[]]
    for line in lines:
        groups[-1].append(line)
        if not (characters.startswith("  ", line.end) or line.text.endswith("\\")):
            groups.append([])
    return [group for group in groups if group]


def _pieces(characters: str, lines: Sequence[Line], labels: frozenset[str]) -> list[Piece]:
    """Return the text of lines without inline marks; between two lines stands the white space of the file."""
    text = "\n".join(line.text for line in lines)
    changes = changes_in(text, labels)
    pieces: list[Piece] = []
    at, number = 0, 0
    for line in lines:
        begin, end = at, at + len(line.text)
        shift = line.start - at
        while number < len(changes) and changes[number].start < end:
            change = changes[number]
            _add(pieces, characters, shift + at, shift + change.start)
            if change.text and change.start >= begin:
                pieces.append(Piece(change.text, shift + change.start, shift + min(change.end, end)))
            at = max(at, min(change.end, end))
            if change.end > end:
                break
            number += 1
        _add(pieces, characters, shift + at, line.end)
        at = end + 1
        if line is not lines[-1]:
            pieces.append(Piece(" ", line.end, line.end))
    return pieces


def _add(pieces: list[Piece], characters: str, start: int, end: int) -> None:
    if start < end:
        pieces.append(Piece(characters[start:end], start, end))
