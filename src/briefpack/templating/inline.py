"""Inline Markdown of statements: emphasis, strong, code and escapes, and nothing else.

Python-Markdown does it, with everything else taken out: no blocks, links, images or HTML. `[`, `<`, `&` and their like
are characters, and marks that do not close are printed as they stand.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

from markdown import Markdown

MOST = 5_000
"""Longer texts are printed without marks: the patterns of emphasis take time that grows faster than the text."""

_KEPT = frozenset({"backtick", "escape", "not_strong", "em_strong", "em_strong2"})
_AMPERSAND = "\ue0a6"
"""Stands for `&` while marks are found: an entity such as `&#49;` must not print a digit that nobody checked."""

_CONTROLS = dict.fromkeys(range(0x20), None)


@lru_cache(maxsize=1)
def _markdown() -> Markdown:
    """A converter that knows paragraphs and the inline marks in `_KEPT`."""
    converter = Markdown()
    registries: list[tuple[Any, frozenset[str]]] = [
        (converter.preprocessors, frozenset()),
        (converter.parser.blockprocessors, frozenset({"paragraph"})),
        (converter.inlinePatterns, _KEPT),
        (converter.treeprocessors, frozenset({"inline", "unescape"})),
        (converter.postprocessors, frozenset({"amp_substitute"})),
    ]
    for registry, kept in registries:
        for name in [item.name for item in registry._priority]:
            if name not in kept:
                registry.deregister(name)
    return converter


def to_html(text: str) -> str:
    """Return `text` with `*em*`, `**strong**`, `` `code` `` and `\\`-escapes as HTML; everything else is escaped."""
    if len(text) > MOST:
        return escape(text, quote=False)
    converter = _markdown()
    converter.reset()
    html = converter.convert(text.translate(_CONTROLS).replace("&", _AMPERSAND))
    return html.removeprefix("<p>").removesuffix("</p>").replace(_AMPERSAND, "&amp;")
