"""Tables: heads with a scope, and rows of equal length."""

from __future__ import annotations

from typing import Any

from briefpack.diagnostics import Code
from briefpack.pdf.inspection.elements import TextOf
from briefpack.pdf.inspection.findings import Findings, on_page, words
from briefpack.pdf.inspection.tree import Node, Tree

_MOST_SPAN = 1_000


def table_problems(tree: Tree, text_of: TextOf, found: Findings) -> None:
    """Report tables without heads, heads without scope, and rows of different lengths."""
    for node in tree.nodes:
        if node.role == "Table":
            _table(node, text_of, found)


def _table(table: Node, text_of: TextOf, found: Findings) -> None:
    rows = _rows(table)
    cells = [cell for row in rows for cell in row]
    heads = [cell for cell in cells if cell.role == "TH"]
    page = on_page(table.page)
    if cells and not heads:
        said = f"a table{page} has no header cells{words(text_of(table))}"
        found.add(Code.PDF_TABLE_HEADLESS, said, "mark the cells that name rows and columns as headers")
    has_names = any(cell.attribute("/Headers") is not None for cell in cells if cell.role == "TD") if heads else False
    for head in heads:
        if head.attribute("/Scope") is None and not has_names:
            place = on_page(head.page if head.page >= 0 else table.page)
            said = f"a header cell{place} has no scope{words(text_of(head))}"
            found.add(Code.PDF_SCOPE_MISSING, said, "say whether it names its row or its column")
    widths = _widths(rows)
    if len(set(widths)) > 1:
        different = sorted(set(widths))
        listed = f"{', of '.join(str(width) for width in different[:-1])} and of {different[-1]}"
        said = f"a table{page} has rows of {listed} columns{words(text_of(table))}"
        found.add(Code.PDF_TABLE_IRREGULAR, said, "give each row all its cells")


def _rows(table: Node) -> list[list[Node]]:
    """The cells of each row; tables within cells are their own."""
    rows = []
    for kid in table.kids:
        if isinstance(kid, Node):
            below = [kid] if kid.role == "TR" else kid.kids if kid.role in ("THead", "TBody", "TFoot") else []
            rows += [row for row in below if isinstance(row, Node) and row.role == "TR"]
    return [[cell for cell in row.kids if isinstance(cell, Node) and cell.role in ("TH", "TD")] for row in rows]


def _widths(rows: list[list[Node]]) -> list[int]:
    """How many columns each row fills, with cells that come down from rows above."""
    widths: list[int] = []
    down: list[tuple[int, int]] = []
    for row in rows:
        carried = sum(width for _, width in down)
        down = [(left - 1, width) for left, width in down if left > 1]
        own = 0
        for cell in row:
            across, deep = _span(cell.attribute("/ColSpan")), _span(cell.attribute("/RowSpan"))
            own += across
            if deep > 1:
                down.append((deep - 1, across))
        widths.append(own + carried)
    return widths


def _span(found: Any) -> int:
    return min(max(int(found), 1), _MOST_SPAN) if isinstance(found, int) else 1
