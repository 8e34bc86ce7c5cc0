"""Reading a layout before it is written."""

from __future__ import annotations

from typing import Any


def lines_over(document: Any) -> int:
    """Return how many lines of text stand after the first page of WeasyPrint's `document`; 0 where it is one page."""
    if len(document.pages) <= 1:
        return 0
    # Lines that share a height stand side by side: the notes beside a statement cost no page of their own.
    heights = [
        (number, round(box.position_y))
        for number, page in enumerate(document.pages[1:])
        for box in _lines(page._page_box)
    ]
    return max(len(_apart(sorted(set(heights)))), 1)


def fullness(document: Any) -> float:
    """Return which part of the first page's height the lines of `document` need: above 1 where they run over it."""
    first = document.pages[0]._page_box
    height: float = max(first.height, 1.0)
    if len(document.pages) == 1:
        bottoms = [box.position_y + box.height for box in _lines(first)]
        used: float = max(bottoms, default=0.0) - first.content_box_y()
        return min(used / height, 1.0)
    more = 0.0
    for page in document.pages[1:]:
        bottoms = [box.position_y + box.height for box in _lines(page._page_box)]
        more += max(bottoms, default=0.0) - page._page_box.content_box_y()
    return 1.0 + max(more / height, 0.0001)


def _apart(heights: list[tuple[int, int]], least: int = 8) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for page, height in heights:
        if not kept or kept[-1][0] != page or height - kept[-1][1] >= least:
            kept.append((page, height))
    return kept


def _lines(box: Any) -> list[Any]:
    """All line boxes in the flow, not those of margin boxes."""
    found: list[Any] = []
    stack = [box]
    while stack:
        current = stack.pop()
        kind = type(current).__name__
        if kind == "LineBox":
            found.append(current)
        elif kind != "MarginBox":
            stack.extend(getattr(current, "children", ()))
    return found
