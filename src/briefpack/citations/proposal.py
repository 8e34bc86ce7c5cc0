"""The passage that comes nearest to a quotation that was not found. It proposes a correction; it never counts as proof.

Words that the quotation shares with few passages pick the candidates; rapidfuzz aligns it within those alone.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz

from briefpack.sources.normalise import normalise
from briefpack.sources.source import Source

CANDIDATES = 5
LEAST_SCORE = 60.0

_WORD = re.compile(r"\w[\w.,'-]*\w|\w")


@dataclass(frozen=True, slots=True)
class Proposal:
    """The nearest words of the source, and what differs."""

    passage: int
    text: str
    score: float
    changes: tuple[tuple[str, str], ...]

    @property
    def summary(self) -> str:
        """What differs, in words: 'source has "1,058", card has "1,085"'."""
        if not self.changes:
            return f"¶ {self.passage} has the same words, but other signs between them, or goes on within the word"
        shown = []
        for source, card in self.changes[:3]:
            if source and card:
                shown.append(f'source has "{source}", card has "{card}"')
            elif source:
                shown.append(f'source has "{source}", which the card lacks')
            else:
                shown.append(f'card has "{card}", which the source lacks')
        return "; ".join(shown) + (" …" if len(self.changes) > 3 else "")

    @property
    def hint(self) -> str:
        """What to do."""
        return f"the nearest words are in ¶ {self.passage}, as below"

    @property
    def lines(self) -> tuple[str, ...]:
        """The source's words, ready to paste."""
        return (self.text,)


def nearest_passage(quote: str, source: Source) -> Proposal | None:
    """Return the words of `source` that come nearest to `quote`, or None where nothing comes near."""
    wanted = normalise(quote).strip()
    words = _WORD.findall(wanted)
    if not words:
        return None
    best: Proposal | None = None
    text = source.index.text
    for start, end in _windows(words, source, len(wanted)):
        aligned = fuzz.partial_ratio_alignment(wanted, text[start:end])
        if aligned is None or aligned.score < LEAST_SCORE or (best and aligned.score <= best.score):
            continue
        begin, stop = _to_words(text, start + aligned.dest_start, start + aligned.dest_end)
        begin, stop = _refine(words, text, begin, stop)
        found = text[begin:stop]
        passage = source.passages[source.index.blocks_of(begin, stop)[0]].number
        best = Proposal(passage, found, aligned.score, _changes(words, _WORD.findall(found)))
    return best


def _windows(words: list[str], source: Source, length: int) -> list[tuple[int, int]]:
    """Stretches of the source's text around the passages that share most of the quotation's rare words."""
    index = source.index
    counts: defaultdict[int, float] = defaultdict(float)
    for word in sorted(set(words), key=len, reverse=True)[:12]:
        blocks = {block for place in index.find_all(word, limit=40) for block in index.blocks_of(*place)}
        for block in blocks:
            counts[block] += 1 / len(blocks)
    windows: list[tuple[int, int]] = []
    for block, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]:
        start, end = index.start_of(block), index.start_of(block + 1)
        windows.append((max(0, start - length), min(len(index.text), end + length)))
    return windows


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a range to the edges of its words."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _refine(words: list[str], text: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends so that the first and last words agree where they can within a few words."""
    if (near := text.find(words[0], max(0, start - 30), start + 30)) >= 0:
        start = near
    last = text.rfind(words[-1], max(start, end - 30), end + 30)
    if last >= 0:
        end = last + len(words[-1])
    return start, max(end, start + 1)


def _changes(card: list[str], source: list[str]) -> tuple[tuple[str, str], ...]:
    matcher = difflib.SequenceMatcher(a=source, b=card, autojunk=False)
    return tuple(
        (" ".join(source[a:b]), " ".join(card[c:d])) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    )
