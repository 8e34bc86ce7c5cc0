"""A text as words and runs of digits with their offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_DIGIT = re.compile(r"\d|[¼-¾⅐-⅞]")
_HYPHENS = frozenset("-\u2010\u2011\u00ad")


class Tokens:
    """The words and digit runs of one text, as parallel lists: `words` in lower case, `raw` as written."""

    __slots__ = ("count", "ends", "raw", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        places = [match.span() for match in _TOKEN.finditer(text)]
        self.text = text
        self.raw: list[str] = _TOKEN.findall(text)
        self.words = [word.lower() for word in self.raw]
        self.starts = [start for start, _ in places]
        self.ends = [end for _, end in places]
        self.count = len(places)

    def word(self, index: int) -> str:
        """The word at an index, or an empty text outside."""
        return self.words[index] if 0 <= index < self.count else ""

    def gap(self, index: int) -> str:
        """What stands between the word at `index` and the one before it."""
        return self.text[self.ends[index - 1] : self.starts[index]] if 0 < index < self.count else ""

    def is_close(self, index: int) -> bool:
        """Whether only white space or one hyphen stands between the word at `index` and the one before it."""
        if not 0 < index < self.count:
            return False
        gap = self.text[self.ends[index - 1] : self.starts[index]]
        return gap == " " or gap in _HYPHENS or gap.isspace()

    def is_spaced(self, index: int) -> bool:
        """Whether only white space stands between the word at `index` and the one before it."""
        return self.gap(index).isspace()

    def has_phrase(self, index: int, phrase: tuple[str, ...]) -> bool:
        """Whether the words from `index` on are a phrase, each close to the one before it; `,` may end it."""
        for position, word in enumerate(phrase, index):
            if word == ",":
                return self.gap(position).startswith(",")
            if self.word(position) != word or (position > index and not self.is_close(position)):
                return False
        return True

    def after(self, offset: int, index: int) -> int:
        """The index, from `index` on, of the first word that starts at or after an offset."""
        return bisect_left(self.starts, offset, min(index, self.count))


@lru_cache(maxsize=64)
def tokens_of(text: str) -> Tokens:
    """The words of a text; a statement and what it cites are looked through several times in a row."""
    return Tokens(text)


def scan(text: str, triggers: frozenset[str]) -> bool:
    """Whether a text has any digit or any of the given lower-case words; much faster than making tokens."""
    return _DIGIT.search(text) is not None or not triggers.isdisjoint(_TOKEN.findall(text.lower()))
