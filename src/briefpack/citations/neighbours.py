"""The words around a number: do they say that another number of the card was meant?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefpack.citations.quantities import Quantity, lexicon_for, same_quantity
from briefpack.citations.support import Match, folded
from briefpack.citations.tokens import Tokens, tokens_of

_CLAUSE = re.compile(r"[.,;:!?]\s")

SIDE = 4
"""How many words on each side of a number are its neighbours."""


def swapped_with(
    text: str, language: str, quantity: Quantity, matching: Sequence[Match], candidates: Sequence[Match]
) -> Match | None:
    """The candidate of the same kind that shares more neighbours with the statement than any matching one does."""
    others = [
        other
        for other in candidates
        if other.quantity.kind is quantity.kind and not same_quantity(quantity, other.quantity)
    ]
    if not matching or not others:
        return None
    best = max(_shared(text, language, quantity, match) for match in matching)
    rival = max(others, key=lambda other: _shared(text, language, quantity, other))
    return rival if _shared(text, language, quantity, rival) > best else None


def _shared(text: str, language: str, quantity: Quantity, match: Match) -> int:
    """How many neighbouring words two numbers share; across languages only names and digits."""
    card = match.card
    across = _primary(language) != _primary(card.language)
    mine = neighbours(text, language, quantity.start, quantity.end, only_names=across)
    theirs = neighbours(card.quotation, card.language, match.quantity.start, match.quantity.end, only_names=across)
    return sum(len(left & right) for left, right in zip(mine, theirs, strict=True))


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def neighbours(
    text: str, language: str, start: int, end: int, *, only_names: bool
) -> tuple[frozenset[str], frozenset[str]]:
    """Up to four words before a range and up to four after it, folded, without function words; only names if asked.

    Punctuation ends them: what stands in another clause says nothing about the number.
    """
    tokens = tokens_of(text)
    first = tokens.after(start, 0)
    last = tokens.after(end, first)
    skipped = lexicon_for(language).function_words

    def kept(indices: Iterator[int]) -> frozenset[str]:
        return frozenset(
            folded(tokens.words[index]).strip()
            for index in indices
            if tokens.words[index] not in skipped and (not only_names or not tokens.raw[index].islower())
        )

    return kept(_before(tokens, first, start)), kept(_after(tokens, last, end))


def _before(tokens: Tokens, first: int, start: int) -> Iterator[int]:
    """The words before an offset, nearest first, up to a clause's end."""
    for index in range(first - 1, max(-1, first - 1 - SIDE), -1):
        if _CLAUSE.search(tokens.text, tokens.ends[index], start):
            return
        start = tokens.starts[index]
        yield index


def _after(tokens: Tokens, last: int, end: int) -> Iterator[int]:
    """The words after an offset, nearest first, up to a clause's end."""
    for index in range(last, min(tokens.count, last + SIDE)):
        if _CLAUSE.search(tokens.text, end, tokens.starts[index]):
            return
        end = tokens.ends[index]
        yield index
