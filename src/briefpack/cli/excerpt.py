"""A line of the user's file with a caret under the very value, cut around it to the width of the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from briefpack.cli.console import harmless
from briefpack.diagnostics import BriefpackError, Location
from briefpack.world import World

TAB = 4
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The line's number, its text as shown, and where the caret goes, in columns of the terminal counted from 0."""

    number: int
    text: str
    caret: int
    length: int


class Lines:
    """The lines of the pack's files, each file read once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._files: dict[str, list[str]] = {}

    def line(self, file: str, number: int) -> str | None:
        """Return a line without its end, counted from 1, or None where there is none to show."""
        if file not in self._files:
            self._files[file] = self._read(file)
        lines = self._files[file]
        return lines[number - 1] if 1 <= number <= len(lines) else None

    def _read(self, file: str) -> list[str]:
        try:
            text = self._world.read(file).decode("utf-8-sig")
        except (BriefpackError, UnicodeDecodeError):
            return []
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def excerpt(lines: Lines, location: Location, width: int | None) -> Excerpt | None:
    """Return what to show of the line that `location` begins in; None where it names no place in a readable file.

    `width` is the number of columns for the text; None: the whole line.
    """
    line = lines.line(location.file, location.line) if location.line else None
    if line is None or not line.strip():
        return None
    if not location.column:
        cells = _cells(line)
        return _cut(location.line, cells, 0, 0, width)
    cells = _cells(line)
    begin = min(location.column - 1, len(cells))
    end = location.end_column - 1 if location.end_line == location.line else len(line.rstrip())
    return _cut(location.line, cells, begin, max(min(end, len(cells)), begin + 1), width)


def _cells(line: str) -> list[str]:
    """What is shown for each character of the line."""
    cells: list[str] = []
    used = 0
    for character in line:
        shown = " " * (TAB - used % TAB) if character == "\t" else harmless(character)
        cells.append(shown)
        used += cell_len(shown)
    return cells


def _cut(number: int, cells: list[str], begin: int, end: int, width: int | None) -> Excerpt:
    first, last = 0, len(cells)
    if width is not None and _width(cells) > width:
        first, last = _window(cells, begin, end, max(width, 20))
    lead, tail = _CUT if first > 0 else "", _CUT if last < len(cells) else ""
    text = lead + "".join(cells[first:last]).rstrip() + tail
    caret = cell_len(lead) + _width(cells[first:begin])
    length = max(_width(cells[begin : min(end, last)]), 1) if end else 0
    return Excerpt(number, text, caret, length)


def _window(cells: list[str], begin: int, end: int, width: int) -> tuple[int, int]:
    """The characters to keep: the marked ones, a third of what room is left before them, the rest after."""
    room = width - 2
    marked = min(_width(cells[begin:end]), room)
    first, before = begin, 0
    while first > 0 and before < (room - marked) // 3:
        first -= 1
        before += cell_len(cells[first])
    last, used = first, 0
    while last < len(cells) and used + cell_len(cells[last]) <= room:
        used += cell_len(cells[last])
        last += 1
    while last == len(cells) and first > 0 and used + cell_len(cells[first - 1]) <= room:
        first -= 1
        used += cell_len(cells[first])
    return first, last


def _width(cells: list[str]) -> int:
    return sum(map(cell_len, cells))
