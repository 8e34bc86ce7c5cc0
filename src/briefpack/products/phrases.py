"""Many phrases looked for at once, in one pass: the time is that of the text, however many phrases there are.

    Phrases(squashed(each) for each in sentences).found_in(squashed(text)) -> {phrase: its first place}

Texts are compared as `squashed`: only letters and digits count, so that no line break, hyphen, emphasis or escape comes
between the words of a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

BREAK = "\x1f"
"""Stays in a squashed text: no phrase runs over it."""

_GRAM = 12
_STEP = 8
_LONG = _GRAM + _STEP - 1
"""A phrase of this length holds a gram that begins at a multiple of the step, wherever the phrase stands."""


_ASCII_DROPPED = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) != BREAK)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def squashed(text: str) -> str:
    """Return the letters and digits of `text` after NFKC, without regard to case."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        for character in set(_BEYOND_ASCII.findall(text)):
            if not character.isalnum():
                text = text.replace(character, "")
    # Bytes lose what is not wanted twenty times faster than text does.
    return text.encode("utf-8", "replace").translate(None, _ASCII_DROPPED).decode().lower()


class Phrases:
    """Squashed phrases, ready to be looked for in any number of squashed texts.

    A text is read in steps of eight characters; at each the next twelve are looked up among those that long phrases
    begin with at one of their first eight places. Phrases too short for that are looked for one by one.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._grams: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._short: list[str] = []
        for phrase in sorted(set(phrases)):
            if len(phrase) >= _LONG:
                for offset in range(_STEP):
                    self._grams[phrase[offset : offset + _GRAM]].append((offset, phrase))
            elif phrase:
                self._short.append(phrase)

    def found_in(self, text: str) -> dict[str, int]:
        """Return the phrases that stand in a squashed text, each with a place where it does."""
        found = {phrase: at for phrase in self._short if (at := text.find(phrase)) >= 0}
        grams = self._grams
        for at in [at for at in range(0, len(text), _STEP) if text[at : at + _GRAM] in grams] if grams else ():
            for offset, phrase in grams[text[at : at + _GRAM]]:
                if phrase not in found and at >= offset and text.startswith(phrase, at - offset):
                    found[phrase] = at - offset
        return found
