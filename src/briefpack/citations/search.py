"""Find a passage by a few words of it, and cut the quotation out that a card would hold.

Words may be in any order and slightly misspelt: that is enough to find a passage, never to prove one. What is proposed
is always the source's own text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from briefpack.sources.index import BARRIER
from briefpack.sources.normalise import normalise
from briefpack.sources.source import Source

MOST_WORDS = 40
"""A proposed quotation is cut to this many words: longer ones are rarely read."""
LEAST_RATIO = 80.0
"""How alike a misspelt word and a word of the source must be, of 100."""

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[^\sa-z])")
_CLAUSE_END = re.compile(r"(?<=[,;:—–])\s+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that fits. `quotation` is the source's text at the half-open range `start`, `end` of the passage's text.

    Of a quotation over several passages, `start` and `end` are those in the first. `score` is 100 where the words stand
    there as given, below where only each of them does. `prefix` or `suffix` is set where the quotation is ambiguous.
    """

    passage: int
    start: int
    end: int
    quotation: str
    score: float
    prefix: str = ""
    suffix: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether the words stand there as they were given."""
        return self.score >= 100


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def find_words(source: Source, words: str, passage: int | None = None) -> tuple[Hit, ...]:
    """Return where `words` stand, best first, and in the source's order among equals; only in `passage`, if given."""
    exact = [hit for hit in _exact(source, words) if passage in (None, hit.passage)]
    if exact:
        return tuple(_distinct(hit, source) for hit in exact)
    wanted = [_folded(match[0]) for match in _WORD.finditer(words)]
    found = [
        hit
        for number in ([passage] if passage else range(1, len(source.passages) + 1))
        if number <= len(source.passages) and (hit := _in_passage(source, number, wanted))
    ]
    best = max((hit.score for hit in found), default=0.0)
    kept = sorted((hit for hit in found if hit.score >= best - 15), key=lambda hit: (-hit.score, hit.passage))
    return tuple(_distinct(hit, source) for hit in kept)


def _exact(source: Source, words: str) -> Iterable[Hit]:
    wanted = normalise(words).strip(" \"'")
    for start, end in source.index.find_all(wanted, limit=20) if len(wanted) > 2 else ():
        spans = source.index.spans(start, end)
        texts = [source.passages[span.block].text[span.start : span.end] for span in spans]
        first = spans[0]
        quotation = " ".join(texts)
        if len(quotation.split()) < 4 and len(spans) == 1:
            hit = _widened(source, first.block + 1, first.start, first.end, 100.0)
        else:
            hit = Hit(source.passages[first.block].number, first.start, first.end, quotation, 100.0)
        yield hit


def _in_passage(source: Source, number: int, wanted: Sequence[str]) -> Hit | None:
    """The narrowest stretch of a passage that holds the most of the words."""
    text = source.passage(number).text
    words = [_Word(_folded(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]
    places: list[list[int]] = []
    score = 0.0
    for word in wanted:
        rated = [(_likeness(word, there.text), at) for at, there in enumerate(words)]
        best = max((rate for rate, _ in rated), default=0.0)
        if best >= LEAST_RATIO:
            score += best
            places.append([at for rate, at in rated if rate >= max(best - 5, LEAST_RATIO)])
    if not places or len(places) < (len(wanted) + 1) // 2:
        return None
    first, last = _narrowest(places)
    share = score / len(wanted)
    density = min(10.0, (last - first + 1 - len(places)) / 4)
    return _widened(source, number, words[first].start, words[last].end, min(share, 99.0) - density)


def _likeness(wanted: str, there: str) -> float:
    if wanted == there:
        return 100.0
    if len(wanted) > 2 and there.startswith(wanted):
        return 95.0
    return fuzz.ratio(wanted, there, score_cutoff=LEAST_RATIO) - 5 if min(len(wanted), len(there)) > 3 else 0.0


def _narrowest(places: Sequence[Sequence[int]]) -> tuple[int, int]:
    """The shortest range of words with a place from each list."""
    best: tuple[int, int] | None = None
    for begin in sorted({at for options in places for at in options}):
        nearest = [min((at for at in options if at >= begin), default=None) for options in places]
        ends = [at for at in nearest if at is not None]
        if len(ends) == len(places) and (best is None or max(ends) - begin < best[1] - best[0]):
            best = (begin, max(ends))
    return best or (places[0][0], places[0][0])


def _widened(source: Source, number: int, start: int, end: int, score: float) -> Hit:
    """Widen a stretch to its sentence, or, where that is too long, to its clauses."""
    text = source.passage(number).text
    for boundary in (_SENTENCE_END, _CLAUSE_END):
        begin, stop = _between(text, boundary, start, end)
        if len(text[begin:stop].split()) <= MOST_WORDS:
            start, end = begin, stop
            break
    quotation = text[start:end]
    kept = quotation.rstrip(" ,;:—–")
    if kept.endswith(".") and not kept[:-1].endswith("."):
        kept = kept[:-1]
    lead = len(quotation) - len(quotation.lstrip(" ,;:—–"))
    return Hit(number, start + lead, start + len(kept), kept[lead:], score)


def _between(text: str, boundary: re.Pattern[str], start: int, end: int) -> tuple[int, int]:
    """Where the unit that holds the range begins and ends; a gap of withheld text is a boundary too."""
    edges = [(match.start(), match.end()) for match in boundary.finditer(text)]
    edges += [(at, at + 1) for at, character in enumerate(text) if character == BARRIER]
    begin = max((after for before, after in edges if before <= start and after <= start), default=0)
    stop = min((before for before, _ in edges if before >= end), default=len(text))
    return begin, stop


def _distinct(hit: Hit, source: Source) -> Hit:
    """Add the fewest words before (or after) the quotation that tell it from its other places."""
    wanted = normalise(hit.quotation)
    places = source.index.find_all(wanted)
    if len(places) < 2:
        return hit
    text = source.index.text
    own = next((place for place in places if _stands_at(source, place, hit)), places[0])
    for count in range(1, 13):
        prefix = " ".join(text[: own[0]].split()[-count:])
        if prefix and sum(text[:start].rstrip().endswith(prefix) for start, _ in places) == 1:
            return Hit(hit.passage, hit.start, hit.end, hit.quotation, hit.score, prefix=prefix)
    for count in range(1, 13):
        suffix = " ".join(text[own[1] :].split()[:count])
        if suffix and sum(text[end:].lstrip().startswith(suffix) for _, end in places) == 1:
            return Hit(hit.passage, hit.start, hit.end, hit.quotation, hit.score, suffix=suffix)
    return hit


def _stands_at(source: Source, place: tuple[int, int], hit: Hit) -> bool:
    first = source.index.spans(*place)[0]
    return first.block + 1 == hit.passage and first.start == hit.start


def _folded(word: str) -> str:
    """A word without capitals and accents: people type `Usulutan`."""
    decomposed = unicodedata.normalize("NFKD", word.replace("’", "'").casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def card_name(words: str, taken: Iterable[str]) -> str:
    """Propose a card's name: up to three telling words of `words`, not one of `taken`."""
    # "9,000" is one word, and a name has no comma.
    found = [re.sub(r"['’.,]", "", match[0].casefold()) for match in _WORD.finditer(words)]
    telling = [word for word in found if len(word) > 3 or word.isdigit()] or found or ["card"]
    base = "-".join(telling[:3])
    known = set(taken)
    return next(name for name in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if name not in known)
