"""Alphabetical order, as readers of a language look words up."""

from __future__ import annotations

import re
import unicodedata

SortKey = tuple[tuple[tuple[int, int, str], ...], str, str, str]
"""What decides an order, the weightiest first: words without accents; accents; capitals; the text as written."""

_WORD = re.compile(r"\d+|(?:[^\W\d_]|[\u0300-\u036f])+")
_APOSTROPHES = str.maketrans("", "", "'’ʼ")
_PLAIN = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th"})
_LAST = "\U0010ffff"
_OWN_LETTERS = {"es": {"ñ": f"n{_LAST}"}, "gl": {"ñ": f"n{_LAST}"}}
"""Letters with a place of their own in a language's alphabet, as what sorts there."""


def sort_key(text: str, language: str) -> SortKey:
    """Return the key by which `text` stands in an alphabetical list in `language` (a BCP 47 tag).

    Word by word, a shorter word before a longer one that begins with it. Marks, apostrophes and, at first, accents and
    capitals count for nothing; in Spanish ñ follows n. Numbers stand before letters, in the order of their values.
    Articles count like any word. Texts that differ have different keys.
    """
    own = _OWN_LETTERS.get(language.split("-", maxsplit=1)[0].lower(), {})
    levelled = _composed(_composed(text).casefold()).translate(_APOSTROPHES)
    words = tuple([_word_key(word, own) for word in _WORD.findall(levelled)])
    return words, unicodedata.normalize("NFD", levelled), _composed(text).swapcase(), text


def _word_key(word: str, own: dict[str, str]) -> tuple[int, int, str]:
    """Return the place of one word; of numbers, those with more digits come later."""
    if word[0].isdigit():
        digits = "".join([str(unicodedata.digit(digit, 0)) for digit in word]).lstrip("0")
        return 0, len(digits), digits
    spelt = "".join([own.get(letter, letter) for letter in word])
    bare = "".join([c for c in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(c)])
    return 1, 0, bare.translate(_PLAIN)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
