"""Finding the texts by which a summary points into its file: `from` and `to`, ranges, outline marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefpack.diagnostics import Code, Findings
from briefpack.pack.model import Range, Text
from briefpack.sources.index import TextIndex
from briefpack.sources.model import Piece
from briefpack.sources.normalise import normalise
from briefpack.sources.printed import printed, printed_map
from briefpack.sources.source import FileRange


@dataclass(slots=True)
class Stretch:
    """Blocks of a file, as pieces, that texts are looked up in; the index is built when first needed."""

    blocks: Sequence[Sequence[Piece]]
    _index: TextIndex | None = None

    @property
    def index(self) -> TextIndex:
        """The index of the printed text of all blocks."""
        if self._index is None:
            self._index = TextIndex([printed(pieces) for pieces in self.blocks])
        return self._index

    def find(self, text: Text, start: int = 0) -> tuple[int, int] | None:
        """Return the first place of `text` in the index from `start` on."""
        return self.index.find(normalise(text.value), start)

    def find_end(self, text: Text, begun: tuple[int, int]) -> tuple[int, int] | None:
        """Return the first place after the place `begun`; failing that, one that `begun` contains or is."""
        after = self.find(text, begun[1])
        if after:
            return after
        same = self.find(text, begun[0])
        return same if same and same[1] >= begun[1] else None

    def to_file(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the file's characters for a place in the index."""
        spans = self.index.spans(start, end)
        first, last = spans[0], spans[-1]
        begin, _ = printed_map(self.blocks[first.block]).to_file(first.start, first.end)
        _, stop = printed_map(self.blocks[last.block]).to_file(last.start, last.end)
        return begin, stop


def locate(stretch: Stretch, wanted: Range, subject: str, findings: Findings) -> FileRange | None:
    """Return where a range lies in the file, or None and a diagnostic."""
    start, end = _bounds(stretch, wanted.start, wanted.end, subject, findings)
    return FileRange(start, end, wanted.why) if start is not None and end is not None else None


def locate_work(
    stretch: Stretch, start: Text | None, end: Text | None, subject: str, findings: Findings
) -> tuple[int | None, int | None]:
    """Return where a work begins and ends in the file; None for a bound that was not given or not found."""
    return _bounds(stretch, start, end, subject, findings)


def _bounds(
    stretch: Stretch, start: Text | None, end: Text | None, subject: str, findings: Findings
) -> tuple[int | None, int | None]:
    first = stretch.find(start) if start else None
    if start and not first:
        report_missing(stretch, start, "", subject, findings)
    last = stretch.find_end(end, first or (0, 0)) if end else None
    if end and not last and (first or not start):
        where = f" after “{_short(start.value)}”" if start else ""
        report_missing(stretch, end, where, subject, findings)
    begin = stretch.to_file(*first)[0] if first else None
    stop = stretch.to_file(*last)[1] if last else None
    return begin, stop


def report_missing(
    stretch: Stretch, text: Text, where: str, subject: str, findings: Findings, code: Code = Code.RANGE_NOT_FOUND
) -> None:
    """Report that a text does not occur, with the most similar words of the file."""
    similar = nearest(stretch.index, text.value)
    hint = f"copy the words from the file; the nearest are “{similar}”" if similar else "copy the words from the file"
    findings.report(code, f"“{_short(text.value)}” does not occur{where} in the file", text.location, hint, subject)


def nearest(index: TextIndex, wanted: str) -> str:
    """Return words of the block that shares most words with `wanted`, about as many; empty where none does."""
    words = normalise(wanted).lower().split()
    sought = Counter(words)
    best, shared = "", 0.0
    for text in index.texts:
        here = Counter(normalise(text).lower().split())
        common = sum(min(count, here[word]) for word, count in sought.items())
        score = common - len(text) / 1_000_000  # of equals the shortest
        if common and score > shared:
            best, shared = text, score
    return _window(best.split(), words) if best else ""


def _window(found: list[str], wanted: list[str]) -> str:
    matcher = SequenceMatcher(None, wanted, [normalise(word).lower() for word in found], autojunk=False)
    match = matcher.find_longest_match()
    start = max(0, match.b - match.a)
    return " ".join(found[start : start + min(len(wanted) + 1, 20)])


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words) if len(words) <= 12 else " ".join(words[:12]) + " …"
