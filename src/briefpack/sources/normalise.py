"""The one normalisation under which quotations and originals are compared.

NFKC (so ligatures are spelt out and accents composed); every run of white space is one space, none at the ends;
quotation marks are ' or "; dashes and minus signs are -; soft hyphens and characters without width are removed.
Letters, digits, capitals and all other punctuation stay as they are.

`normalise` is fast and used for everything; `normalise_mapped` is slow, knows where each character came from, and is
used only where something was found. Both give the same text: a test holds them together.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_REMOVED = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
_DIRECTIONS = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_VARIANTS = "".join(map(chr, range(0xFE00, 0xFE10)))
_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"
_SINGLE = "`\u00b4\u02b9\u02bb\u02bc\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a"
_DOUBLE = "\u00ab\u00bb\u02ba\u201c\u201d\u201e\u201f\u2033\u2036\u301d\u301e\u301f"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"

EXCHANGE: dict[str, str] = {
    **dict.fromkeys(_REMOVED + _DIRECTIONS + _VARIANTS, ""),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_DOUBLE, '"'),
    **dict.fromkeys(_DASHES, "-"),
    "\u2026": "...",  # what NFKC makes of it; here only so that common text needs no full pass
}
"""What single characters become, whatever stands beside them."""

_EXCHANGED = frozenset(EXCHANGE)


def normalise(text: str) -> str:
    """Return `text` as it is compared with other text; the same object where nothing changes."""
    normal = _normalised(text)
    return text if normal == text else normal  # large packs hold each text several times over, if not the same one


def _normalised(text: str) -> str:
    if text.isascii():
        return " ".join(text.replace("`", "'").split())
    text = _exchange(text)
    if not unicodedata.is_normalized("NFKC", text):
        text = _exchange(unicodedata.normalize("NFKC", text))
    return " ".join(text.split())


def _exchange(text: str) -> str:
    # A set and a few replacements are several times faster than str.translate on text that is mostly ASCII.
    for character in _EXCHANGED.intersection(text):
        text = text.replace(character, EXCHANGE[character])
    return text


@dataclass(frozen=True, slots=True)
class Mapped:
    """A normalised text; character i came from the half-open range `starts[i]` to `ends[i]` of the original text."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def to_origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the original text that the non-empty range `start` to `end` came from."""
        return self.starts[start], self.ends[end - 1]


class _Placed(NamedTuple):
    """A character and the range of the original text it came from."""

    character: str
    start: int
    end: int


def normalise_mapped(text: str) -> Mapped:
    """Return `normalise(text)` together with the origin of each of its characters.

    Characters that NFKC may join (a letter and its accents, the parts of a Hangul syllable) share one range.
    """
    normal = normalise(text)
    if normal == text or (len(normal) == len(text) and _is_one_for_one(text)):  # most passages: nothing to map
        return Mapped(normal, range(len(text)), range(1, len(text) + 1))
    exchanged = [_Placed(new, at, at + 1) for at, old in enumerate(text) for new in EXCHANGE.get(old, old)]
    composed: list[_Placed] = []
    begin = 0
    for at in range(1, len(exchanged) + 1):
        if at == len(exchanged) or _begins_cluster(exchanged[at].character):
            composed += _compose(exchanged[begin:at])
            begin = at
    kept = _collapse(composed)
    return Mapped("".join(c.character for c in kept), tuple(c.start for c in kept), tuple(c.end for c in kept))


def _is_one_for_one(text: str) -> bool:
    """Whether single characters become single characters; only white space may be lost besides."""
    is_single = all(len(EXCHANGE[character]) == 1 for character in _EXCHANGED.intersection(text))
    return is_single and unicodedata.is_normalized("NFKC", _exchange(text))


def _begins_cluster(character: str) -> bool:
    """Whether no character before this one can take part in its composition (UAX #15, section 9)."""
    if character.isascii():
        return True
    first = unicodedata.normalize("NFKD", character)[0]
    is_vowel_or_final = "\u1160" <= first <= "\u11ff" or "\U00016d63" <= first <= "\U00016d6a"  # Hangul, Kirat Rai
    return not is_vowel_or_final and not unicodedata.category(first).startswith("M")


def _compose(cluster: list[_Placed]) -> list[_Placed]:
    if len(cluster) == 1 and cluster[0].character.isascii():
        return cluster
    composed = unicodedata.normalize("NFKC", "".join(c.character for c in cluster))
    start, end = cluster[0].start, cluster[-1].end
    return [_Placed(new, start, end) for old in composed for new in EXCHANGE.get(old, old)]


def _collapse(characters: list[_Placed]) -> list[_Placed]:
    kept: list[_Placed] = []
    for character in characters:
        if not character.character.isspace():
            kept.append(character)
        elif kept and kept[-1].character == " ":
            kept[-1] = _Placed(" ", kept[-1].start, character.end)
        elif kept:
            kept.append(_Placed(" ", character.start, character.end))
    if kept and kept[-1].character == " ":
        kept.pop()
    return kept
