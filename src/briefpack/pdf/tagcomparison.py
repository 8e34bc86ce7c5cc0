"""Whether the tag tree of a finished file is the planned one: elements, what they hold, and the way back to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from briefpack.pdf.piece import Element, Piece

Number = tuple[int, int]
"""Of an object: its number and generation."""

NONE: Number = (0, 0)
_ENOUGH = 50


class EnoughError(Exception):
    """So much is wrong that more would tell nothing."""


@dataclass(slots=True)
class Problems:
    """What is wrong, in words; raises `EnoughError` after some fifty."""

    found: list[str] = field(default_factory=list)

    def add(self, message: str) -> None:
        """Note one."""
        self.found.append(message)
        if len(self.found) >= _ENOUGH:
            raise EnoughError


class TagComparison:
    """Compares sections with the tag tree; `pages` are all pages of the file, `tree` its root of all elements."""

    def __init__(self, problems: Problems, pages: Sequence[Any], tree: Any) -> None:
        self._wrong = problems.add
        self.pages = pages
        self.indices: dict[Number, int] = {page.objgen: index for index, page in enumerate(pages)}
        self.annotations: list[list[Any]] = [list(page.get("/Annots", ())) for page in pages]
        self.back: dict[int, Any] = dict(numbers_of(tree.ParentTree))

    def compare(self, piece: Piece, root: Any, above: Any, start: int) -> None:
        """Compare a section, whose element is `root` and whose first page has the index `start`."""
        numbers = self._elements(piece, root, above.objgen, start)
        self._way_back(piece, numbers, start)

    def _elements(self, piece: Piece, root: Any, document: Number, start: int) -> list[Number]:
        """Compare a section's tree; return the object number of each element."""
        numbers: list[Number] = [NONE] * len(piece.elements)
        stack: list[tuple[Any, int, Number]] = [(root, 0, document)]
        links = {index: number for number, page in enumerate(piece.pages) for index in page.links}
        while stack:
            found, index, above = stack.pop()
            element = piece.elements[index]
            if numbers[index] != NONE:
                self._wrong(f"an element {element.role} stands twice in the tag tree")
                continue
            numbers[index] = found.objgen
            kids = kids_of(found)
            if f"/{element.role}" != found.S or len(kids) != len(element.kids):
                self._wrong(f"an element {element.role} of the tag tree is another, or holds more or less than planned")
                continue
            if found.P.objgen != above:
                self._wrong(f"an element {element.role} of the tag tree names another above it than holds it")
            if element.attributes or element.lang:
                self._attributes(found, element)
            for kid, (kind, a, b) in zip(kids, element.kids, strict=True):
                if kind == "e":
                    stack.append((kid, a, numbers[index]))
                elif kind == "m":
                    if not self._is_content(found, kid, start + a, b):
                        self._wrong(
                            f"an element {element.role} holds other content than planned (page {start + a + 1})"
                        )
                elif not self._is_link(kid, start + links[a], piece.pages[links[a]].links.index(a)):
                    self._wrong(f"a link of page {start + links[a] + 1} is not that of its element")
        return numbers

    def _is_content(self, element: Any, kid: Any, page: int, mcid: int) -> bool:
        """Whether a kid is that marked content: a number on the element's own page, or a reference with a page."""
        if isinstance(kid, int):
            return kid == mcid and self.indices.get(element.Pg.objgen) == page
        return bool(mcid == kid.MCID and self.indices.get(kid.Pg.objgen) == page)

    def _is_link(self, kid: Any, page: int, at: int) -> bool:
        """Whether a kid refers to the annotation that stands at `at` on a page."""
        annotations = self.annotations[page]
        return at < len(annotations) and bool(kid.Obj.objgen == annotations[at].objgen)

    def _attributes(self, found: Any, element: Element) -> None:
        for key, expected in (("/Alt", element.attributes.get("Alt")), ("/Lang", element.lang or None)):
            if expected is not None and str(found.get(key, "")) != expected:
                self._wrong(f"an element {element.role} has another {key[1:]} than {expected!r}")

    def _way_back(self, piece: Piece, numbers: Sequence[Number], start: int) -> None:
        """Compare the parent tree's entries of pages and links with the elements."""
        owners: list[dict[int, Number]] = [{} for _ in piece.pages]
        for element, number in zip(piece.elements, numbers, strict=True):
            for kind, a, b in element.kids:
                if kind == "m":
                    owners[a][b] = number
        for offset, (of_page, page) in enumerate(zip(owners, piece.pages, strict=True)):
            entry = self.back.get(int(self.pages[start + offset].StructParents))
            if entry is None or [number_of(each) for each in entry] != [
                of_page.get(mcid, NONE) for mcid in range(page.mcids)
            ]:
                self._wrong(f"the content of page {start + offset + 1} belongs to other elements than planned")
            for annotation, index in zip(self.annotations[start + offset], page.links, strict=False):
                owner = self.back.get(int(annotation.StructParent))
                if owner is None or owner.objgen != numbers[piece.links[index].element]:
                    self._wrong(f"a link of page {start + offset + 1} belongs to another element than planned")


def kids_of(element: Any) -> list[Any]:
    """Return what an element holds."""
    found = element.get("/K")
    return list(found) if isinstance(found, pikepdf.Array) else [] if found is None else [found]


def number_of(reference: Any) -> Number:
    """Return the number of an object, that of none for null."""
    number: Number = NONE if reference is None else reference.objgen
    return number


def numbers_of(node: Any) -> Iterator[tuple[int, Any]]:
    """Yield keys and values of a number tree."""
    for kid in node.get("/Kids", ()):
        yield from numbers_of(kid)
    pairs = list(node.get("/Nums", ()))
    yield from zip([int(key) for key in pairs[0::2]], pairs[1::2], strict=True)


def names_of(node: Any) -> Iterator[tuple[str, Any]]:
    """Yield keys and values of a name tree."""
    if node is None:
        return
    for kid in node.get("/Kids", ()):
        yield from names_of(kid)
    pairs = list(node.get("/Names", ()))
    yield from zip([str(key) for key in pairs[0::2]], pairs[1::2], strict=True)
