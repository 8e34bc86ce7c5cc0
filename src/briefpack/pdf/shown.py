"""The text that content streams show, by marked content, through the character maps of the file's own fonts.

    shown_in(content, maps) -> {mcid: text}          -1 for what stands in no marked content

Unlike `reading`, which accepts only what our engine writes and names all else, this reads whatever it can.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from sys import byteorder

CharacterMap = Mapping[int, str]

UNMARKED = -1

# Each way begins with a character of its own, so that all else is skipped fast.
_TOKEN = re.compile(
    rb"<([0-9A-Fa-f\s]*)>"
    rb"|\(((?:[^\\()]|\\.)*)\)"
    rb"|/MCID\s+(\d+)"
    rb"|/(?:ActualText|Alt|E)\s*(<[0-9A-Fa-f\s]*>|\((?:[^\\()]|\\.)*\))"
    rb"|/([^\s/<>\[\]()]+)\s+[-+.\d]+\s+Tf"
    rb"|B([DM]C)\b"
    rb"|E(MC)\b",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_TRIPLE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|(\[[^\]]*\]))")
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)


def shown_in(content: bytes, fonts: Mapping[str, CharacterMap]) -> dict[int, str]:
    """Return the text of a content stream by MCID; `fonts` are the character maps by the names of its resources.

    Strings in fonts without a map are read byte by byte; replacement texts stand with the content that they replace.
    """
    texts: dict[int, list[str]] = {}
    stack: list[int] = [UNMARKED]
    font: CharacterMap | None = None
    pending: int | None = None
    waiting: list[bytes] = []
    """Hexadecimal strings of one font and one marked content."""
    for digits, literal, mcid, said, name, begin, end in _TOKEN.findall(content):
        if digits:
            waiting.append(digits)
            continue
        if waiting and (name or begin or end or literal):
            texts.setdefault(stack[-1], []).append(_through(bytes_of(b"<%b>" % b"".join(waiting)), font))
            waiting = []
        if begin:
            stack.append(stack[-1] if pending is None else pending)
            pending = None
        elif end:
            if len(stack) > 1:
                stack.pop()
        elif name:
            font = fonts.get(name.decode("latin-1"))
        elif mcid:
            pending = int(mcid)
        elif literal:
            texts.setdefault(stack[-1], []).append(_through(bytes_of(b"(%b)" % literal), font))
        elif said:
            texts.setdefault(UNMARKED, []).append(text_of(bytes_of(said)))
    if waiting:
        texts.setdefault(stack[-1], []).append(_through(bytes_of(b"<%b>" % b"".join(waiting)), font))
    return {mark: "".join(parts) for mark, parts in texts.items()}


def bytes_of(string: bytes) -> bytes:
    """Return what a string object holds, literal or hexadecimal (ISO 32000-1, 7.3.4)."""
    if string[:1] == b"<":
        digits = string[1:-1].decode()
        try:
            return bytes.fromhex(digits)
        except ValueError:  # half a byte: a zero follows
            digits = "".join(digits.split())
            return bytes.fromhex(digits + "0" * (len(digits) % 2))
    inside = string[1:-1]
    return _ESCAPED.sub(_unescaped, inside) if b"\\" in inside else inside


def text_of(content: bytes) -> str:
    """Return what the bytes of a text string say (7.9.2.2); one byte a character where they say nothing of it."""
    if content.startswith(b"\xfe\xff"):
        return content[2:].decode("utf-16-be", "replace")
    if content.startswith(b"\xff\xfe"):
        return content[2:].decode("utf-16-le", "replace")
    if content.startswith(b"\xef\xbb\xbf"):
        return content[3:].decode("utf-8", "replace")
    return content.decode("latin-1")


def character_map(content: bytes) -> dict[int, str]:
    """Return the map of glyphs to characters that a `ToUnicode` stream holds (9.10.3)."""
    found: dict[int, str] = {}
    for kind, block in _BLOCK.findall(content):
        if kind == b"bfchar":
            found.update((int(glyph, 16), _utf16(text)) for glyph, text in _PAIR.findall(block))
            continue
        for first, last, text, several in _TRIPLE.findall(block):
            if several:
                found.update(enumerate([_utf16(each) for each in re.findall(rb"<([^>]*)>", several)], int(first, 16)))
            else:
                found.update(_range(int(first, 16), int(last, 16), _utf16(text)))
    return found


def _range(first: int, last: int, text: str) -> Iterator[tuple[int, str]]:
    for offset in range(min(last - first, 0xFFFF) + 1):
        yield first + offset, text[:-1] + chr(ord(text[-1]) + offset) if text else ""


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace") if len(digits) % 2 == 0 else ""


def _unescaped(match: re.Match[bytes]) -> bytes:
    escaped = match[1]
    return bytes([int(escaped, 8) & 0xFF]) if escaped[:1].isdigit() else _ESCAPES.get(escaped, escaped)


def _through(string: bytes, font: CharacterMap | None) -> str:
    if font is None:
        return text_of(string)
    glyphs = array("H", string[: len(string) & ~1])
    if byteorder == "little":
        glyphs.byteswap()
    return "".join([font.get(glyph, "\ufffd") for glyph in glyphs])
