"""Where a quotation stands in a sequence of texts.

The texts are normalised and joined by single spaces, so that a quotation may run from one into the next. A place counts
only where it begins and ends at the edge of a word and of a number: "1,05" is not in "1,058", nor "2.1" in "2.15".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefpack.sources.normalise import Mapped, normalise, normalise_mapped

BARRIER = "\ufffc"
"""No quotation matches across this character (the mark of withheld text)."""


@dataclass(frozen=True, slots=True)
class Span:
    """A non-empty, half-open range in the text of one block; `block` counts from 0."""

    block: int
    start: int
    end: int


class TextIndex:
    """Finds normalised text in `texts`.

    `text` is all of it, normalised; places are half-open ranges in it. Building takes about 3 ms for 100 kB.
    """

    __slots__ = ("_blocks", "_mapped", "_starts", "text", "texts")

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)
        normalised = [normalise(text) for text in self.texts]
        self._blocks = [number for number, text in enumerate(normalised) if text]
        self._starts: list[int] = []
        at = 0
        for number in self._blocks:
            self._starts.append(at)
            at += len(normalised[number]) + 1
        self.text = " ".join(filter(None, normalised))
        self._mapped: dict[int, Mapped] = {}

    def find_all(self, quote: str, limit: int = 1000, start: int = 0) -> list[tuple[int, int]]:
        """Return up to `limit` places, in order from `start` on, of a quotation that was normalised already."""
        places: list[tuple[int, int]] = []
        for place in self._places(quote, start):
            if len(places) >= limit:
                break
            places.append(place)
        return places

    def find(self, quote: str, start: int = 0) -> tuple[int, int] | None:
        """Return the first place at or after `start`, or None."""
        return next(self._places(quote, start), None)

    def _places(self, quote: str, start: int) -> Iterator[tuple[int, int]]:
        if not quote or BARRIER in quote:
            return
        at = self.text.find(quote, start)
        while at >= 0:
            end = at + len(quote)
            if is_edge(self.text, at) and is_edge(self.text, end):
                yield at, end
            at = self.text.find(quote, at + 1)

    def blocks_of(self, start: int, end: int) -> range:
        """Return the numbers (from 0) of the blocks that the place `start` to `end` touches."""
        if not self._blocks:
            return range(0)
        first = self._blocks[bisect_right(self._starts, start) - 1]
        last = self._blocks[bisect_right(self._starts, max(start, end - 1)) - 1]
        return range(first, last + 1)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the place `start` to `end` as ranges in the texts themselves, one for each block it touches."""
        spans: list[Span] = []
        for ordinal in range(bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1)):
            mapped = self._mapped_block(self._blocks[ordinal])
            offset = self._starts[ordinal]
            begin, stop = max(0, start - offset), min(len(mapped.text), end - offset)
            if begin < stop:
                spans.append(Span(self._blocks[ordinal], *mapped.to_origin(begin, stop)))
        return tuple(spans)

    def start_of(self, block: int) -> int:
        """Return where the text of a block begins in `text` (for an empty block: the next one)."""
        ordinal = bisect_right(self._blocks, block - 1)
        return self._starts[ordinal] if ordinal < len(self._starts) else len(self.text)

    def _mapped_block(self, block: int) -> Mapped:
        if block not in self._mapped:
            self._mapped[block] = normalise_mapped(self.texts[block])
        return self._mapped[block]


def is_edge(text: str, at: int) -> bool:
    """Whether the position `at` in `text` lies outside of every word and every number."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if _is_word(before) and _is_word(after):
        return _is_unspaced(before) or _is_unspaced(after)
    if before.isdigit() and after in ".,":
        return not (at + 1 < len(text) and text[at + 1].isdigit())
    if before in ".," and after.isdigit():
        return not (at >= 2 and text[at - 2].isdigit())
    return True


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_" or "\u0300" <= character <= "\u036f"


def _is_unspaced(character: str) -> bool:
    """Whether the script (Thai to Myanmar, Khmer, Han and kana) is written without spaces between words."""
    return (
        "\u0e00" <= character <= "\u109f"
        or "\u1780" <= character <= "\u17ff"
        or "\u2e80" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )
