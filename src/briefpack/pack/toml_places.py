"""Where the keys and values of a TOML file stand, which `tomllib` does not say. The file is known to be TOML."""

from __future__ import annotations

import re

from briefpack.diagnostics import Location
from briefpack.pack.span import Span

Path = tuple[str | int, ...]

_SKIPPED = re.compile(r"(?:[\s,]|#[^\n]*)*")
_HEADER = re.compile(r"\[\[?[ \t]*")
_KEY_PART = re.compile(r"""[\w-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_STRING = re.compile(
    r'''"""(?P<ml_basic>(?:[^\\]|\\.)*?"{0,2})"""(?!")|\'\'\'(?P<ml_literal>.*?'{0,2})\'\'\'(?!')'''
    r"""|"(?P<basic>(?:[^"\\\n]|\\.)*)"|'(?P<literal>[^'\n]*)\'""",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\n]*[^,\]}#\s]")


class Places:
    """The places of keys and of values by path; tables of an array are numbered from 0."""

    def __init__(self, raw: str, file: str) -> None:
        self.raw = raw
        self.file = file
        self.keys: dict[Path, Location] = {}
        self.spans: dict[Path, Span] = {}
        self._arrays: dict[Path, int] = {}
        table: Path = ()
        position = self._skip(0)
        while position < len(raw):
            if raw[position] == "[":
                table, position = self._header(position)
            else:
                position = self._pair(position, table)
            position = self._skip(position)

    def _skip(self, position: int) -> int:
        found = _SKIPPED.match(self.raw, position)
        return found.end() if found else position

    def _span(self, start: int, end: int) -> Span:
        return Span(self.file, self.raw, start, end)

    def _header(self, position: int) -> tuple[Path, int]:
        opening = _HEADER.match(self.raw, position)
        start = opening.end() if opening else position
        is_array = self.raw.startswith("[[", position)
        names, end = self._dotted(start)
        path: Path = ()
        for number, name in enumerate(names):
            path = (*path, name)
            if is_array and number == len(names) - 1:
                self._arrays[path] = self._arrays.get(path, -1) + 1
            self.keys.setdefault(path, self._span(start, end).location)
            if path in self._arrays:
                path = (*path, self._arrays[path])
        self.spans[path] = self._span(start, end)
        line_end = self.raw.find("\n", end)
        return path, len(self.raw) if line_end < 0 else line_end

    def _dotted(self, position: int) -> tuple[list[str], int]:
        """The names of a dotted key from `position` on, and where it ends."""
        names: list[str] = []
        end = position
        while part := _KEY_PART.match(self.raw, position):
            names.append(part.group().strip("\"'"))
            end = part.end()
            dot = re.compile(r"[ \t]*\.[ \t]*").match(self.raw, end)
            if dot is None:
                break
            position = dot.end()
        return names, end

    def _pair(self, position: int, table: Path) -> int:
        names, end = self._dotted(position)
        equals = self.raw.find("=", end)
        if not names or equals < 0:
            return len(self.raw)
        path: Path = table
        for name in names:
            path = (*path, name)
            self.keys.setdefault(path, self._span(position, end).location)
        blank = re.compile(r"[ \t]*").match(self.raw, equals + 1)
        return self._value(blank.end() if blank else equals + 1, path)

    def _value(self, position: int, path: Path) -> int:
        """Note the place of the value at `position` and of all values in it; return where it ends."""
        raw = self.raw
        if string := _STRING.match(raw, position):
            kind = string.lastgroup or "basic"
            quote = '"' if kind.endswith("basic") else ""
            self.spans[path] = Span(self.file, self.raw, string.start(kind), string.end(kind), quote)
            return string.end()
        if raw.startswith(("[", "{"), position):
            closing = "]" if raw[position] == "[" else "}"
            number, at = 0, self._skip(position + 1)
            while at < len(raw) and raw[at] != closing:
                at = self._value(at, (*path, number)) if closing == "]" else self._pair(at, path)
                number, at = number + 1, self._skip(at)
            self.spans[path] = self._span(position, at + 1)
            return at + 1
        bare = _BARE.match(raw, position)
        end = bare.end() if bare else position + 1
        self.spans[path] = self._span(position, end)
        return end
