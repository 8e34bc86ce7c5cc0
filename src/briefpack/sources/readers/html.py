"""HTML: a walk over its block elements. Navigation, headers and footers stay: what is furniture the author decides."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from briefpack.sources.model import Block, PassageKind, Piece
from briefpack.sources.readers.markup import RAW, Kind, Token, tokens_of

_LEVELS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search section
    summary table tbody tfoot thead ul""".split()  # noqa: SIM905 - a page of quotation marks is no clearer
)
_SKIPPED = RAW | frozenset(("head", "noscript", "template", "select", "svg", "math", "object", "datalist"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr")
)
_SELF_CLOSING = frozenset(("p", "li", "dt", "dd", "option", "tr", "td", "th"))
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_HIDDEN = re.compile(r"\shidden(?=[\s=/>])", re.IGNORECASE)
_UNDISPLAYED = re.compile(r"\sstyle\s*=\s*[\"'][^\"']{0,500}?display\s*:\s*none", re.IGNORECASE)
_DEEP = 8
"""Tables nested deeper than this are read as plain blocks."""


@dataclass(slots=True)
class _Row:
    """A table row that is being read: how many tables it is in, and the blocks of each of its cells."""

    depth: int
    cells: list[list[Block]] = field(default_factory=lambda: [[]])


@dataclass(slots=True)
class _Walk:
    """The state of the walk: the block that is open, the rows around it, and what is being skipped."""

    markup: str
    blocks: list[Block] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    kind: PassageKind = PassageKind.PARAGRAPH
    level: int = 0
    rows: list[_Row] = field(default_factory=list)
    table_depth: int = 0
    skipping: str = ""
    skip_depth: int = 0

    def close_block(self) -> None:
        """End the open block, and keep it if it has text."""
        if any(piece.text.strip() for piece in self.pieces):
            target = self.rows[-1].cells[-1] if self.rows else self.blocks
            target.append(Block(self.kind, tuple(self.pieces), self.level))
            self.kind, self.level = PassageKind.PARAGRAPH, 0
        self.pieces = []

    def close_row(self) -> None:
        """End the innermost row: one block if each cell has at most one paragraph, else (layout tables) all blocks."""
        self.close_block()
        cells = [cell for cell in self.rows.pop().cells if cell]
        target = self.rows[-1].cells[-1] if self.rows else self.blocks
        if all(len(cell) == 1 and cell[0].kind is PassageKind.PARAGRAPH for cell in cells):
            target += [Block(PassageKind.ROW, _joined(cells))] if len(cells) > 1 else cells[0] if cells else []
        else:
            target += [block for cell in cells for block in cell]


def read_html(characters: str) -> tuple[Block, ...]:
    """Return the blocks of an HTML file, as lenient as browsers are."""
    walk = _Walk(characters)
    for token in tokens_of(characters):
        if walk.skipping and not _ends_skipping(walk, token):
            continue
        _STEPS[token.kind](walk, token)
    while walk.rows:
        walk.close_row()
    walk.close_block()
    return tuple(walk.blocks)


def _ends_skipping(walk: _Walk, token: Token) -> bool:
    """Follow a skipped element; return whether this token is to be read again."""
    name, skipping = token.name, walk.skipping
    if token.kind is Kind.START:
        is_over = (skipping == "head" and (name == "body" or name in _BLOCKS)) or (
            skipping in _SELF_CLOSING and (name == skipping or (skipping == "p" and name in _BLOCKS))
        )
        walk.skip_depth += name == skipping
    elif token.kind is Kind.END:
        walk.skip_depth -= name == skipping
        is_over = walk.skip_depth == 0
    else:
        return False
    if is_over:
        walk.skipping = ""
    return is_over


def _text(walk: _Walk, token: Token) -> None:
    text = walk.markup[token.start : token.end]
    if walk.pieces or not text.isspace():
        walk.pieces.append(Piece(text, token.start, token.end))


def _reference(walk: _Walk, token: Token) -> None:
    written = walk.markup[token.start : token.end]
    meant = html.unescape(written)
    if meant:
        walk.pieces.append(Piece(meant, token.start, token.end))


def _start(walk: _Walk, token: Token) -> None:
    name = token.name
    if name in _VOID:
        _void(walk, token)
        return
    if name in _SKIPPED or _is_hidden(walk.markup[token.start : token.end]):
        if name in _BLOCKS:
            walk.close_block()
        if not walk.markup.endswith("/>", token.start, token.end) or name in RAW:
            walk.skipping, walk.skip_depth = name, 1
    elif name in _TABLE_STARTS:
        _TABLE_STARTS[name](walk, token)
    elif name in _BLOCKS:
        _begin_block(walk, name)
    elif name == "q":
        walk.pieces.append(Piece('"', token.start, token.end))


def _is_hidden(tag: str) -> bool:
    if _UNDISPLAYED.search(tag):
        return True
    return "hidden" in tag and _HIDDEN.search(_QUOTED.sub("", tag)) is not None


def _void(walk: _Walk, token: Token) -> None:
    if token.name == "hr":
        walk.close_block()
    elif token.name == "br" and walk.pieces:
        if _ends_in_break(walk):  # two in a row: old pages part paragraphs so
            walk.close_block()
        else:
            walk.pieces.append(Piece(" ", token.start, token.end))


def _ends_in_break(walk: _Walk) -> bool:
    for piece in reversed(walk.pieces):
        if not piece.text.isspace():
            return False
        if piece.text == " " and piece.end - piece.start > 1 and walk.markup[piece.start] == "<":
            return True
    return False


def _begin_block(walk: _Walk, name: str) -> None:
    keeps_item = walk.kind is PassageKind.ITEM and not walk.pieces and name not in _LEVELS and name not in ("dt", "dd")
    walk.close_block()
    if name in _LEVELS:
        walk.kind, walk.level = PassageKind.HEADING, _LEVELS[name]
    elif name == "li" or keeps_item:
        walk.kind, walk.level = PassageKind.ITEM, 0
    else:
        walk.kind, walk.level = PassageKind.PARAGRAPH, 0


def _begin_table(walk: _Walk, token: Token) -> None:
    _begin_block(walk, token.name)
    walk.table_depth += 1


def _begin_row(walk: _Walk, token: Token) -> None:
    _close_rows(walk)
    walk.close_block()
    walk.kind, walk.level = PassageKind.PARAGRAPH, 0
    if walk.table_depth <= _DEEP:
        walk.rows.append(_Row(walk.table_depth))


def _close_rows(walk: _Walk) -> None:
    """End the rows of the innermost table, and any deeper that were left open."""
    while walk.rows and walk.rows[-1].depth >= walk.table_depth:
        walk.close_row()


def _begin_cell(walk: _Walk, token: Token) -> None:
    walk.close_block()
    walk.kind, walk.level = PassageKind.PARAGRAPH, 0
    if walk.rows:
        walk.rows[-1].cells.append([])


_TABLE_STARTS: dict[str, Callable[[_Walk, Token], None]] = {
    "table": _begin_table,
    "tr": _begin_row,
    "td": _begin_cell,
    "th": _begin_cell,
}


def _end(walk: _Walk, token: Token) -> None:
    name = token.name
    if name in ("tr", "table"):
        _close_rows(walk)
        walk.table_depth = max(0, walk.table_depth - (name == "table"))
    if name in _TABLE_STARTS or name in _BLOCKS:
        walk.close_block()
        walk.kind, walk.level = PassageKind.PARAGRAPH, 0
    elif name == "q" and walk.pieces:
        walk.pieces.append(Piece('"', token.start, token.end))


def _joined(cells: list[list[Block]]) -> tuple[Piece, ...]:
    pieces = list(cells[0][0].pieces)
    for cell in cells[1:]:
        at = cell[0].pieces[0].start
        pieces += [Piece(" | ", at, at), *cell[0].pieces]
    return tuple(pieces)


_STEPS: dict[Kind, Callable[[_Walk, Token], None]] = {
    Kind.TEXT: _text,
    Kind.REFERENCE: _reference,
    Kind.START: _start,
    Kind.END: _end,
}
