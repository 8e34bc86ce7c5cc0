"""Reading content streams: what text they show, and in which marked content (ISO 32000-1, 7.8.2, 9.4 and 14.6).

Text is read glyph by glyph through the maps of the piece, as a reader of the file will read it.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from sys import byteorder
from typing import Literal

from briefpack.pdf.piece import Piece

Fault = Literal["doubled", "unmarked", "unreadable"]

_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")


@dataclass(slots=True)
class Reading:
    """The text of one page by MCID, and what is wrong with it."""

    texts: dict[int, list[str]] = field(default_factory=dict)
    faults: list[tuple[Fault, str]] = field(default_factory=list)


_GLUED = tuple((old, b" " + old + b" ") for old in (b"<<", b">>", b"[", b"]", b"Tj"))
_SHOWN = frozenset((b"TJ", b"Tj"))
_OPERANDS = {b"TJ": 1, b"Tj": 1, b"Tf": 2, b"BMC": 1, b"BDC": 2}
_TOLD = frozenset((b"Tf", b"BDC", b"BMC", b"EMC", b"q", b"Q", b"DP", b"MP", b"'", b'"', b"BI", *_SHOWN))


def read_content(packed: bytes, piece: Piece) -> Reading:
    """Return the text of a compressed content stream, by MCID, through the maps of `piece`."""
    reading = Reading()
    try:
        content = zlib.decompress(packed)
    except zlib.error as error:
        reading.faults.append(("unreadable", str(error)))
        return reading
    if b"(" in content:
        reading.faults.append(("unreadable", "a string that is not hexadecimal"))
        return reading
    strings = content.count(b"<") - 2 * content.count(b"<<")
    for old, new in _GLUED:
        content = content.replace(old, new)
    try:
        read = _Reader(reading, {key.encode(): use.text for key, use in piece.fonts.items()}).run(content.split())
    except (IndexError, KeyError, ValueError) as error:
        reading.faults.append(("unreadable", f"operands: {error}"))
        return reading
    if read != strings:
        reading.faults.append(("unreadable", "a string that no operator shows"))
    return reading


class _Reader:
    """Follows the operators of one content stream."""

    def __init__(self, reading: Reading, fonts: Mapping[bytes, Mapping[int, str]]) -> None:
        self.reading = reading
        self.fonts = fonts
        self.marks: list[int | None] = []
        """The MCID of each open marked content, -1 for one inside an artifact, None for one that says nothing."""
        self.font: Mapping[int, str] | None = None
        self.saved: list[Mapping[int, str] | None] = []
        self.strings = 0

    def run(self, tokens: Sequence[bytes]) -> int:
        """Read all; return how many strings were shown."""
        for at, token in enumerate(tokens):
            if token in _TOLD:
                self._operator(token, tokens, at)
        if self.marks:
            self._fault("unreadable", "marked content that never ends")
        return self.strings

    def _fault(self, kind: Fault, text: str) -> None:
        if (kind, text) not in self.reading.faults:
            self.reading.faults.append((kind, text))

    def _operator(self, token: bytes, tokens: Sequence[bytes], at: int) -> None:
        if at < _OPERANDS.get(token, 0):
            raise ValueError(f"none before {token.decode()}")
        if token in _SHOWN:
            self._show(tokens, at)
        elif token == b"Tf":
            self.font = self.fonts.get(tokens[at - 2][1:])
        elif token in {b"BDC", b"BMC"}:
            self._begin(tokens, at)
        elif token == b"EMC":
            if self.marks:
                self.marks.pop()
            else:
                self._fault("unreadable", "an end of marked content without its beginning")
        elif token == b"q":
            self.saved.append(self.font)
        elif token == b"Q":
            self.font = self.saved.pop() if self.saved else None
        else:
            self._fault("unreadable", f"operator {token.decode('latin-1')}")

    def _begin(self, tokens: Sequence[bytes], at: int) -> None:
        """`/Artifact BMC`, `/Artifact << … >> BDC` or `/Span << /MCID n >> BDC`."""
        start = at - 1
        if tokens[at] == b"BDC" and tokens[start] == b">>":
            start = _opening(tokens, start, b"<<") - 1
        if start < 0:
            raise ValueError("a property list without a tag")
        inside = tokens[start + 1 : at]
        mark = int(inside[inside.index(b"/MCID") + 1]) if b"/MCID" in inside else None
        if tokens[start] == b"/Artifact":
            mark = -1
        if mark is not None and any(open_mark is not None for open_mark in self.marks):
            self._fault("unreadable", "marked content inside marked content")
        if mark is not None and mark >= 0:
            if mark in self.reading.texts:
                self._fault("doubled", f"marked content {mark}")
            self.reading.texts.setdefault(mark, [])
        self.marks.append(mark)

    def _show(self, tokens: Sequence[bytes], at: int) -> None:
        start = _opening(tokens, at - 1, b"[") if tokens[at - 1] == b"]" else at - 1
        strings = _HEX.findall(b"".join(tokens[start:at]))
        self.strings += len(strings)
        text = self._decoded(b"".join(strings))
        mark = next((mark for mark in reversed(self.marks) if mark is not None), None)
        if mark is None:
            self._fault("unmarked", text)
        elif mark >= 0:
            self.reading.texts[mark].append(text)

    def _decoded(self, string: bytes) -> str:
        """The characters of glyphs, each of two bytes."""
        if self.font is None:
            self._fault("unreadable", "text without a font of the section")
            return ""
        if len(string) % 4:
            self._fault("unreadable", "half a glyph")
            return ""
        glyphs = array("H", bytes.fromhex(string.decode()))
        if byteorder == "little":
            glyphs.byteswap()
        try:
            return "".join([self.font[glyph] for glyph in glyphs])
        except KeyError as error:
            self._fault("unreadable", f"glyph {error.args[0]} without text")
            return "".join([self.font.get(glyph, "\ufffd") for glyph in glyphs])


def _opening(tokens: Sequence[bytes], at: int, bracket: bytes) -> int:
    """Return where the last `bracket` before `at` stands."""
    while at >= 0:
        if tokens[at] == bracket:
            return at
        at -= 1
    raise ValueError(f"no {bracket.decode()} before its end")
