"""The index as it is printed: pages drawn together into ranges, each a link, and entries under their letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from briefpack.products.model import IndexEntry

MOST_RANGES = 14
"""More page numbers help nobody: then the entry says *passim*, with the pages that matter or else the first."""
_FEW = 3


@dataclass(frozen=True, slots=True)
class PageRange:
    """A page or pages that follow each other, as printed; `href` leads to the first statement there.

    `is_main`: the term is defined there, or the actor's part stated.
    """

    label: str
    href: str
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class IndexLine:
    """An entry with its pages; `is_scattered` where others name it, too, and there are too many to list."""

    entry: IndexEntry
    pages: tuple[PageRange, ...] = ()
    is_scattered: bool = False


def index_lines(entries: Sequence[IndexEntry], numbers: Mapping[str, str]) -> list[tuple[str, tuple[IndexLine, ...]]]:
    """Return the entries by letter. `numbers` are page numbers by `#anchor`; a statement without one is not printed.

    What is printed nowhere has no line, and what only leads there neither.
    """
    lines = [line for entry in entries if not entry.see and (line := _line(entry, numbers)).pages]
    printed = {line.entry.term for line in lines}
    if any(entry.see for entry in entries):
        # A reference may lead into another cut, so it goes only where its entry is known to be gone.
        gone = {entry.term for entry in entries if not entry.see} - printed
        lines += [IndexLine(entry) for entry in entries if entry.see and not gone.issuperset(entry.see)]
        order = {id(entry): index for index, entry in enumerate(entries)}
        lines.sort(key=lambda line: order[id(line.entry)])
    return [(initial, tuple(group)) for initial, group in groupby(lines, key=lambda line: line.entry.initial)]


def _line(entry: IndexEntry, numbers: Mapping[str, str]) -> IndexLine:
    main = set(entry.main)
    first: dict[int, str] = {}
    mains: set[int] = set()
    for anchor in (*entry.main, *entry.targets):
        number = numbers.get(f"#{anchor}", "")
        if number.isdecimal():
            first.setdefault(int(number), anchor)
            if anchor in main:
                mains.add(int(number))
    pages = sorted(first)
    ranges = _ranges(pages, mains)
    is_scattered = len(ranges) > MOST_RANGES
    if is_scattered:
        ranges = [(page, page) for page in sorted(mains)][:MOST_RANGES] or ranges[:_FEW]
    made = tuple(
        PageRange(str(low) if low == high else f"{low}–{high}", f"#{first[low]}", low in mains) for low, high in ranges
    )
    return IndexLine(entry, made, is_scattered)


def _ranges(pages: Sequence[int], alone: set[int]) -> list[tuple[int, int]]:
    """Draw pages together that follow each other; those `alone` stay alone."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page - runs[-1][-1] <= 1 and page not in alone and runs[-1][-1] not in alone:
            runs[-1].append(page)
        else:
            runs.append([page])
    return [(run[0], run[-1]) for run in runs]
