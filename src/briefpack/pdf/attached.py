"""What the bytes of an attached file say: read as text in every encoding they may have, escapes undone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote

_NAMES = frozenset(("id", "files"))
"""Keys of attached data whose values are names."""
_OURS = frozenset(("version", "audience"))
_TEXTUAL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_SAMPLE = 4096


def decoded(content: bytes) -> Iterator[str]:
    """Yield the text of a file: as it stands, and with the escapes of JSON, of markup and of addresses undone."""
    for text in _as_text(content):
        yield text
        if "\\" in text and (values := _json(text)) is not None:
            yield "\x1f".join(value for _, value in _strings(values))
        if "&" in text:
            yield unescape(text)
        if "%" in text:
            yield unquote(text)


def names_in(content: bytes) -> Iterator[str]:
    """Yield what our own data call by name: the values of `id` and `files`. In originals these words mean anything."""
    for text in _as_text(content):
        values = _json(text)
        if isinstance(values, dict) and values.keys() >= _OURS:
            yield from (value for key, value in _strings(values) if key in _NAMES)


def _as_text(content: bytes) -> Iterator[str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield content.decode("utf-16", "replace")
    try:
        yield content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield content.decode("cp1252", "replace")
    if _TEXTUAL.search(content[:_SAMPLE]):  # no text of one byte a character
        yield content.decode("utf-16-le", "ignore")
        yield content.decode("utf-16-be", "ignore")


def _json(text: str) -> Any:
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every string of data, keys included, with the key it stands under."""
    stack = [(key, value)]
    while stack:
        key, each = stack.pop()
        if isinstance(each, str):
            yield key, each
        elif isinstance(each, dict):
            yield from ((key, name) for name in each)
            stack.extend(reversed(each.items()))
        elif isinstance(each, list):
            stack.extend((key, item) for item in reversed(each))
