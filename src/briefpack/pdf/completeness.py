"""Whether all planned text arrived in a typeset section: read from its content streams by way of its tag tree.

    text_of(piece) -> list[str]                            what each element that holds text says, in order of reading
    differences(planned, piece, extra=()) -> list[Difference]

The text of a page cannot show this (citations and columns interrupt it); the tag tree can. Nothing here knows
WeasyPrint: content is read as a reader of the file will read it, glyph by glyph.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from briefpack.pdf.piece import Kid, Piece
from briefpack.pdf.reading import Reading, read_content

Marked = tuple[int, int]
"""A marked content: index of the page, and its MCID there."""

Kind = Literal["missing", "out of order", "doubled", "not planned", "unmarked", "untagged", "unreadable"]

_HYPHENS = "-\u00ad\u2010\u2011\u2043\u1806\ufe63\uff0d\u0002\ufffe"
_EXCERPT = 60


class _Dropped(dict[int, int | None]):
    """For `str.translate`: white space, zero-width characters and hyphens go, all else stays."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        goes = character.isspace() or character in _HYPHENS or unicodedata.category(character) in ("Cf", "Cc")
        self[code] = kept = None if goes else code
        return kept


_DROPPED = _Dropped()


def normalised(text: str) -> str:
    """Return `text` without what setting changes: white space, hyphens, shapes and case of characters."""
    kept = text.translate(_DROPPED)
    if kept.isascii():
        return kept.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", kept).casefold()).translate(_DROPPED)


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a section's text is not what was planned; `text` is an excerpt."""

    kind: Kind
    text: str
    page: int = -1

    def __str__(self) -> str:
        place = f" (page {self.page + 1} of the section)" if self.page >= 0 else ""
        return f"{self.kind}: {self.text!r}{place}"


def text_of(piece: Piece) -> list[str]:
    """Return the text of each element that directly holds marked content, in order of reading.

    Glyphs without text are U+FFFD. Content that cannot be read at all is left out; `differences` names it.
    """
    readings = [read_content(page.content, piece) for page in piece.pages]
    found = []
    for element in _in_order(piece):
        marked = [(a, b) for kind, a, b in piece.elements[element].kids if kind == "m"]
        if marked:
            found.append("".join("".join(readings[page].texts.get(mcid, ())) for page, mcid in marked))
    return found


def differences(planned: Sequence[str], piece: Piece, extra: Collection[Marked] = ()) -> list[Difference]:
    """Return how the text of the tag tree differs from the planned texts in order; empty where it does not.

    Equal means equal to the last character after `normalised`. `extra` is marked content that style sheets generate.
    Every marked content of every page must occur once in the tree, and all text must stand in marked content.
    """
    readings = [read_content(page.content, piece) for page in piece.pages]
    found = [
        Difference(kind, _excerpt(text), number)
        for number, reading in enumerate(readings)
        for kind, text in reading.faults
    ]
    order, repeated = _marks_in_order(piece)
    found += [Difference("doubled", f"element {piece.elements[index].role}") for index in repeated]
    found += _unmatched(order, piece, readings)
    left_out = frozenset(extra)
    said = "".join(
        [
            "".join(readings[page].texts.get(mcid, ()))
            for page, mcid in order
            if page < len(readings) and (page, mcid) not in left_out
        ]
    )
    if normalised(said) != normalised("".join(planned)):
        found += _explained(planned, said)
    return found


def _in_order(piece: Piece) -> Iterator[int]:
    """Yield the elements of the tree from its root, each once, without recursion: trees are deep."""
    stack = [0] if piece.elements else []
    seen: set[int] = set()
    while stack:
        element = stack.pop()
        if element not in seen:
            seen.add(element)
            yield element
            stack.extend([a for kind, a, _ in reversed(piece.elements[element].kids) if kind == "e"])


def _marks_in_order(piece: Piece) -> tuple[list[Marked], list[int]]:
    """Return marked content in order of reading, and the elements that stand more than once in the tree.

    An element's own text and its elements follow each other as they are held.
    """
    stack: list[Kid] = [("e", 0, 0)] if piece.elements else []
    seen: set[int] = set()
    marks, repeated = [], []
    while stack:
        kind, a, b = stack.pop()
        if kind == "m":
            marks.append((a, b))
        elif kind == "e" and a in seen:
            repeated.append(a)
        elif kind == "e":
            seen.add(a)
            stack.extend(reversed(piece.elements[a].kids))
    return marks, repeated


def _unmatched(order: Sequence[Marked], piece: Piece, readings: Sequence[Reading]) -> Iterator[Difference]:
    """Yield marked content that is not once in the content and once in the tree."""
    tagged = Counter(order)
    for number, (page, reading) in enumerate(zip(piece.pages, readings, strict=True)):
        for mcid, texts in sorted(reading.texts.items()):
            if tagged[number, mcid] != 1 or mcid >= page.mcids:
                excerpt = _excerpt("".join(texts)) or f"marked content {mcid}"
                yield Difference("doubled" if tagged[number, mcid] > 1 else "untagged", excerpt, number)
    for number, mcid in tagged:
        if number >= len(readings) or mcid not in readings[number].texts:
            yield Difference("missing", f"marked content {mcid}", number)


def _explained(planned: Sequence[str], said: str) -> list[Difference]:
    """Name the planned texts from the first to the last that differ."""
    texts = [(text, level) for text in planned if (level := normalised(text))]
    edges = list(accumulate((len(level) for _, level in texts), initial=0))
    wanted, heard = "".join(level for _, level in texts), normalised(said)
    start = _common(wanted, heard)
    end = len(wanted) - min(_common(wanted[::-1], heard[::-1]), min(len(wanted), len(heard)) - start)
    first, last = bisect_right(edges, start) - 1, bisect_left(edges, end)
    cursor, window = edges[first], heard[: len(heard) - len(wanted) + edges[last]]
    found = []
    for text, level in texts[first:last]:
        place = window.find(level, cursor)
        if place >= 0:
            found += _gap(window[cursor:place], texts)
            cursor = place + len(level)
        else:
            is_missing = heard.count(level) < wanted.count(level)
            found.append(Difference("missing" if is_missing else "out of order", _excerpt(text)))
    found += _gap(window[cursor:], texts)
    return found or [Difference("missing", _excerpt(wanted[start:]) or _excerpt(heard[start:]))]


def _gap(text: str, texts: Sequence[tuple[str, str]]) -> list[Difference]:
    """Name what was said and not planned: planned texts once more, or others."""
    if not text:
        return []
    again = [Difference("doubled", _excerpt(plain)) for plain, level in texts if len(level) > 1 and level in text]
    return again or [Difference("not planned", _excerpt(text))]


def _common(one: str, other: str) -> int:
    """How many characters two texts share from their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _excerpt(text: str) -> str:
    level = " ".join(text.split())
    return level if len(level) <= _EXCERPT else f"{level[: _EXCERPT - 1]}…"
