"""One work, read: its numbered passages, and the way back from them to the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from briefpack.pack.model import Work
from briefpack.sources.index import TextIndex
from briefpack.sources.model import Passage, Piece, SourceFile
from briefpack.sources.printed import PrintedMap, printed, printed_map

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileRange:
    """A half-open range of a file's characters, and why it is treated differently."""

    start: int
    end: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A work as it was read.

    `file` is the file the passages come from: the original, or the rendering named by `source.text`. `start` and `end`
    are the work's half-open range in its characters. `pieces[n]` belongs to `passages[n]`, `complete[n]` is the same
    without anything withheld. `furniture` and `withheld` are ranges of the file in order.
    """

    id: str
    work: Work
    file: SourceFile
    start: int
    end: int
    passages: tuple[Passage, ...]
    pieces: tuple[tuple[Piece, ...], ...]
    complete: tuple[tuple[Piece, ...], ...]
    furniture: tuple[FileRange, ...] = ()
    withheld: tuple[FileRange, ...] = ()
    _kept: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def index(self) -> TextIndex:
        """Finds text in what is printed; block n is passage n + 1."""
        return self._once("index", TextIndex, lambda: TextIndex([passage.text for passage in self.passages]))

    @property
    def hidden(self) -> TextIndex:
        """Finds text in the passages as if nothing were withheld; block n is passage n + 1.

        What is found here and not in `index` quotes withheld text. Empty where nothing is withheld.
        """
        return self._once("hidden", TextIndex, self._build_hidden)

    def _build_hidden(self) -> TextIndex:
        return TextIndex([printed(pieces) for pieces in self.complete] if self.withheld else [])

    def forget(self) -> None:
        """Let go of what can be made again when it is asked for: of a large pack, all indexes at once are too much."""
        self._kept.clear()

    def passage(self, number: int) -> Passage:
        """Return the passage with this number, counted from 1; raise `KeyError` where there is none."""
        if not 1 <= number <= len(self.passages):
            raise KeyError(number)
        return self.passages[number - 1]

    def to_file(self, number: int, start: int, end: int) -> tuple[int, int]:
        """Return the range of the file's characters for the non-empty range `start` to `end` of a passage's text."""
        pieces = self.pieces[self.passage(number).number - 1]
        return self._once(f"map {number}", PrintedMap, lambda: printed_map(pieces)).to_file(start, end)

    def place_in_file(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the file's characters for a place that `index` found."""
        spans = self.index.spans(start, end)
        first, last = spans[0], spans[-1]
        begin, _ = self.to_file(first.block + 1, first.start, first.end)
        _, stop = self.to_file(last.block + 1, last.start, last.end)
        return begin, stop

    def _once(self, key: str, kind: type[T], build: Callable[[], T]) -> T:
        kept = self._kept.get(key)
        if not isinstance(kept, kind):
            kept = self._kept[key] = build()
        return kept
