"""Balanced trees of names, numbers and pages (ISO 32000-1, 7.7.3, 7.9.6, 7.9.7): a reader opens few nodes of many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from briefpack.pdf.objects import Writer, references

_FAN_OUT = 64
Entry = tuple[str, str]
T = TypeVar("T")


def put_tree(writer: Writer, root: int, kind: str, entries: Sequence[Entry]) -> None:
    """Write a balanced name or number tree (7.9.6, 7.9.7) of sorted `entries` (key, value) under number `root`.

    `kind` is "Names" or "Nums".
    """
    nodes = [
        (batch[0][0], batch[-1][0], f"/{kind}[{' '.join(f'{key} {value}' for key, value in batch)}]")
        for batch in _batches(entries)
    ]
    while len(nodes) > 1:
        numbers = [writer.add(f"<</Limits[{first} {last}]{body}>>") for first, last, body in nodes]
        above = list(zip(nodes, numbers, strict=True))
        nodes = [
            (batch[0][0][0], batch[-1][0][1], f"/Kids[{references(number for _, number in batch)}]")
            for batch in _batches(above)
        ]
    writer.put(root, f"<<{nodes[0][2] if nodes else f'/{kind}[]'}>>")


def _batches(items: Sequence[T]) -> list[Sequence[T]]:
    return [items[start : start + _FAN_OUT] for start in range(0, len(items), _FAN_OUT)]


class PageTree:
    """A balanced page tree (7.7.3) of `count` pages, whose nodes' numbers are known before the pages are written."""

    def __init__(self, writer: Writer, count: int) -> None:
        self.writer = writer
        self.levels: list[int] = []
        """The number of the first node of each level, the leaves first."""
        self.sizes: list[int] = []
        nodes = count
        while not self.sizes or nodes > 1:
            nodes = max((nodes + _FAN_OUT - 1) // _FAN_OUT, 1)
            self.levels.append(writer.reserve(nodes))
            self.sizes.append(nodes)

    @property
    def root(self) -> int:
        """The number of the root."""
        return self.levels[-1]

    def above(self, index: int) -> int:
        """Return the number of the node that holds page `index`."""
        return self.levels[0] + index // _FAN_OUT

    def write(self, pages: Sequence[int]) -> None:
        """Write all nodes over the numbers of all pages."""
        below: Sequence[int] = pages
        width = 1
        put: Callable[[int, str], None] = self.writer.put
        for level, (first, size) in enumerate(zip(self.levels, self.sizes, strict=True)):
            width *= _FAN_OUT
            for node in range(size):
                kids = below[node * _FAN_OUT : (node + 1) * _FAN_OUT]
                count = min(width, len(pages) - node * width)
                parent = "" if first == self.root else f"/Parent {self.levels[level + 1] + node // _FAN_OUT} 0 R"
                put(first + node, f"<</Type/Pages/Count {count}/Kids[{references(kids)}]{parent}>>")
            below = range(first, first + size)
