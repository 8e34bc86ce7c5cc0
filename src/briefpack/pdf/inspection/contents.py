"""Contents of pages against the tags: what is neither tagged nor an artifact, hidden, furniture, or out of order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from briefpack.diagnostics import Code
from briefpack.pdf.inspection.drawn import Drawn
from briefpack.pdf.inspection.findings import Findings, words
from briefpack.pdf.inspection.tree import Mark, Tree

OUT_OF_ORDER = 0.25
"""Which part of a page's blocks may be drawn in another order than they are read: a box beside the text, a caption."""

_FEWEST_BLOCKS = 6
_WITHIN = frozenset(["Link", "Span", "Quote", "Note", "Reference", "Figure", "Code", "Lbl"])
_FEWEST_PAGES = 3
_NUMBER = re.compile(r"\d{1,18}")


def content_problems(pages: Sequence[Drawn], tree: Tree, found: Findings) -> None:
    """Report what pages draw otherwise than their tags say."""
    read: dict[int, list[int]] = defaultdict(list)
    for node in tree.nodes:
        for kid in node.kids:
            if isinstance(kid, Mark):
                read[kid.page].append(kid.mcid)
    blocks = _blocks(tree)
    for number, page in enumerate(pages):
        for fault in page.faults:
            found.add(
                Code.PDF_UNREADABLE, f"the content of page {number + 1} cannot be read: {fault}", "make the file again"
            )
        if tree.nodes:
            _loose(number, page, read[number], found)
            _order(number, page, blocks[number], found)
        if hidden := " ".join(page.hidden):
            said = f"page {number + 1} has text that nobody sees{words(hidden)}"
            found.add(Code.PDF_TEXT_INVISIBLE, said, "remove it, or show it")
    if tree.nodes:
        _margins(pages, found)


def _loose(number: int, page: Drawn, read: Sequence[int], found: Findings) -> None:
    if page.loose:
        text = " ".join(each for each in page.loose if each not in ("a drawing", "an image"))
        what = words(text) or f": {page.loose[0]}"
        said = f"content of page {number + 1} is neither tagged nor an artifact{what}"
        found.add(Code.PDF_CONTENT_UNTAGGED, said, "tag what is to be read, and mark the rest as an artifact")
    known = set(read)
    for mcid, text in page.texts.items():
        if mcid not in known and text.strip():
            said = f"marked content of page {number + 1} stands in no element{words(text)}"
            found.add(Code.PDF_CONTENT_UNTAGGED, said, "put it into the tag tree, or make it an artifact")
    for mcid in sorted(known - page.texts.keys()):
        said = f"an element holds content {mcid} of page {number + 1}, which is not there"
        found.add(Code.PDF_PARENT_TREE_WRONG, said, "make the file again")


def _blocks(tree: Tree) -> dict[int, list[list[int]]]:
    """The content of paragraphs, headings and cells by page, in order of reading; links are part of theirs."""
    found: dict[int, list[list[int]]] = defaultdict(list)
    for node in tree.nodes:
        if node.role in _WITHIN:
            continue
        own: dict[int, list[int]] = {}
        for kid in node.kids:
            if isinstance(kid, Mark):
                own.setdefault(kid.page, []).append(kid.mcid)
        for page, mcids in own.items():
            found[page].append(mcids)
    return found


def _order(number: int, page: Drawn, blocks: Sequence[Sequence[int]], found: Findings) -> None:
    """Compare the order of tags with that of drawing: blocks outside the longest run that both have in common."""
    drawn = {mcid: at for at, mcid in enumerate(mcid for mcid, text in page.texts.items() if text.strip())}
    places = [min(at) for block in blocks if (at := [drawn[mcid] for mcid in block if mcid in drawn])]
    if len(places) < _FEWEST_BLOCKS:
        return
    ends: list[int] = []
    for place in places:
        where = bisect_left(ends, place)
        ends[where : where + 1] = [place]
    astray = len(places) - len(ends)
    if astray > OUT_OF_ORDER * len(places):
        said = f"{astray} of {len(places)} blocks of page {number + 1} are drawn in another order than they are read"
        found.add(Code.PDF_ORDER_DIFFERS, said, "let the document's order be that in which it is read")


def _margins(pages: Sequence[Drawn], found: Findings) -> None:
    """Report tagged text that stands at the same height of most pages, the same but for a number that counts pages."""
    places: dict[tuple[int, str], dict[int, str]] = defaultdict(dict)
    for number, page in enumerate(pages):
        lines: dict[tuple[int, bool], list[str]] = defaultdict(list)
        for spot in page.spots:
            lines[spot.at[1], spot.is_tagged].append(spot.text)
        for (height, is_tagged), texts in lines.items():
            text = " ".join(" ".join(texts).split())
            if is_tagged and text:
                places[height, _NUMBER.sub("#", text)][number] = text
    for _, texts_by_page in sorted(places.items()):
        times = _times_repeated(texts_by_page)
        if len(pages) >= _FEWEST_PAGES and times >= _FEWEST_PAGES and times * 2 > len(pages):
            text = next(iter(texts_by_page.values()))
            said = f"stands at the same place of {times} of {len(pages)} pages and is tagged"
            found.add(Code.PDF_MARGIN_TAGGED, f"{words(text, '')} {said}", "make it an artifact")


def _times_repeated(texts: Mapping[int, str]) -> int:
    """On how many pages a text is the same, or has a number that goes up with the pages: rows of a table do not."""
    same: Counter[tuple[object, ...]] = Counter()
    for page, text in texts.items():
        same[text,] += 1
        same.update((place, int(number) - page) for place, number in enumerate(_NUMBER.findall(text)))
    return max(same.values())
