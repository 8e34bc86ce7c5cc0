"""Cuts HTML into tags, text and character references, each with its place in the file.

The standard library's parser knows lines and columns but no offsets, and takes quadratic time on some broken input.
This one is linear by construction: what is not closed is searched for only once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_NAME = re.compile(r"</?([a-zA-Z][^\s/>]{0,100})")
_REST_OF_TAG = re.compile(r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_ASCII_LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
RAW = frozenset(("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"))
"""Elements whose content is no markup."""


class Kind(Enum):
    """What a token is."""

    TEXT = auto()
    REFERENCE = auto()
    START = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A half-open range of the file; `name` is the lower-case name of a tag."""

    kind: Kind
    start: int
    end: int
    name: str = ""


def tokens_of(markup: str) -> Iterator[Token]:
    """Yield the tokens of a file in order; comments, declarations and the content of raw elements are left out."""
    return _Tokenizer(markup).tokens()


def _lower(markup: str) -> str:
    """Return `markup` in lower case without changing its length, which some letters would: places must stay."""
    lower = markup.lower()
    return lower if len(lower) == len(markup) else markup.translate(_ASCII_LOWER)


class _Tokenizer:
    """Reads once from front to back; remembers which terminators do not occur any more."""

    __slots__ = ("_absent", "_at", "_has_odd_quotes", "_lower", "_markup")

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._lower = _lower(markup)
        self._at = 0
        self._absent: set[str] = set()
        self._has_odd_quotes = False

    def tokens(self) -> Iterator[Token]:
        markup = self._markup
        while self._at < len(markup):
            begin = self._at
            opening = self._find("<", begin)
            yield from self._text(begin, len(markup) if opening < 0 else opening)
            if opening < 0:
                return
            self._at = opening
            token = self._markup_at(opening)
            if token:
                yield token
                if token.kind is Kind.START and token.name in RAW:
                    self._skip_raw(token.name)

    def _find(self, terminator: str, start: int) -> int:
        if terminator in self._absent:
            return -1
        found = self._lower.find(terminator, start)
        if found < 0:
            self._absent.add(terminator)
        return found

    def _text(self, start: int, end: int) -> Iterator[Token]:
        at = start
        for found in _REFERENCE.finditer(self._markup, start, end):
            if at < found.start():
                yield Token(Kind.TEXT, at, found.start())
            yield Token(Kind.REFERENCE, found.start(), found.end())
            at = found.end()
        if at < end:
            yield Token(Kind.TEXT, at, end)

    def _markup_at(self, at: int) -> Token | None:
        """Consume what begins with the `<` at `at`; return its token, None where it is no text and no tag."""
        markup = self._markup
        if markup.startswith("<!--", at):
            self._skip_to("-->", at + 4)
            return None
        if markup.startswith("<![cdata[", at) or markup.startswith("<![CDATA[", at):
            end = self._find("]]>", at)
            self._at = len(markup) if end < 0 else end + 3
            return Token(Kind.TEXT, at + 9, len(markup) if end < 0 else end)
        if markup.startswith(("<!", "<?"), at):
            self._skip_to(">", at)
            return None
        name = _NAME.match(markup, at)
        end = self._end_of_tag(name.end()) if name else -1
        if name is None or end < 0:
            self._at = at + 1
            return Token(Kind.TEXT, at, at + 1)
        self._at = end
        return Token(Kind.END if markup[at + 1] == "/" else Kind.START, at, end, name[1].lower())

    def _end_of_tag(self, at: int) -> int:
        if not self._has_odd_quotes and self._find(">", at) >= 0:
            found = _REST_OF_TAG.match(self._markup, at)
            if found:
                return found.end()
            self._has_odd_quotes = True
        end = self._find(">", at)
        return end + 1 if end >= 0 else -1

    def _skip_to(self, terminator: str, start: int) -> None:
        end = self._find(terminator, start)
        self._at = len(self._markup) if end < 0 else end + len(terminator)

    def _skip_raw(self, name: str) -> None:
        end = self._find(f"</{name}", self._at)
        self._at = len(self._markup) if end < 0 else end
