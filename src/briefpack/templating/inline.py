"""Inline Markdown of statements: emphasis, strong, code and escapes, and nothing else.

One pass over the text and one stack, so the time is linear whatever is written; `[`, `<`, `&` and the like are
characters. Marks that do not close are printed as they stand.
"""

from __future__ import annotations

import html

_ESCAPABLE = frozenset("\\`*_{}[]()#+-.!<>&\"'|~")
_TAGS = {"*": "em", "**": "strong"}


def to_html(text: str) -> str:
    """Return `text` with `*em*`, `**strong**`, `` `code` `` and `\\`-escapes as HTML; everything else is escaped."""
    pieces: list[str] = []
    opened: list[tuple[str, int]] = []
    position = 0
    last_tick = text.rfind("`")
    while position < len(text):
        character = text[position]
        if character == "\\" and position + 1 < len(text) and text[position + 1] in _ESCAPABLE:
            pieces.append(html.escape(text[position + 1]))
            position += 2
        elif character == "`" and position < last_tick:
            end = text.index("`", position + 1)
            pieces.append(f"<code>{html.escape(text[position + 1 : end])}</code>")
            position = end + 1
        elif character == "*":
            run = 2 if text.startswith("**", position) else 1
            if run == 2 and opened and opened[-1][0] == "*" and text.startswith("***", position):
                run = 1  # `***both***` closes the inner emphasis first
            _mark(text, position, run, pieces, opened)
            position += run
        else:
            end = _plain_end(text, position + 1)
            pieces.append(html.escape(text[position:end]))
            position = end
    return "".join(pieces)


def _plain_end(text: str, position: int) -> int:
    while position < len(text) and text[position] not in "\\`*":
        position += 1
    return position


def _mark(text: str, position: int, run: int, pieces: list[str], opened: list[tuple[str, int]]) -> None:
    """Open or close emphasis at a run of stars, or print the stars where they can do neither."""
    mark = "*" * run
    before = text[position - 1] if position else " "
    after = text[position + run] if position + run < len(text) else " "
    if opened and opened[-1][0] == mark and not before.isspace():
        start = opened.pop()[1]
        pieces[start] = f"<{_TAGS[mark]}>"
        pieces.append(f"</{_TAGS[mark]}>")
        return
    if not after.isspace() and all(mark != other for other, _ in opened):
        opened.append((mark, len(pieces)))
    pieces.append(mark)
