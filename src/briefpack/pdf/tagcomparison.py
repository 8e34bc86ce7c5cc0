"""Whether the tag tree of a finished file is the planned one: elements, what they hold, and the way back to them.

The walk leaves the tree as plain nodes behind, for inspection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from briefpack.pdf.inspection.tree import NONE, Annotated, Mark, Node, Number, Tree, kids_of, number_of, numbers_of
from briefpack.pdf.piece import Element, Piece

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
        self.read = Tree(back=self.back, root=tree.objgen, numbers=self.indices)
        """What was walked through."""

    def compare(self, piece: Piece, root: Any, document: Node, start: int) -> None:
        """Compare a section, whose element is `root` below `document`, and whose first page has the index `start`."""
        numbers = self._elements(piece, root, document, start)
        self._way_back(piece, numbers, start)

    def _elements(self, piece: Piece, root: Any, document: Node, start: int) -> list[Number]:
        """Compare a section's tree; return the object number of each element."""
        numbers: list[Number] = [NONE] * len(piece.elements)
        stack: list[tuple[Node, int]] = [(self._node(root, piece.elements[0], document), 0)]
        links = {index: number for number, page in enumerate(piece.pages) for index in page.links}
        while stack:
            node, index = stack.pop()
            found, element = node.entries, piece.elements[index]
            if numbers[index] != NONE:
                self._wrong(f"an element {element.role} stands twice in the tag tree")
                continue
            numbers[index] = node.number
            self.read.nodes.append(node)
            kids = kids_of(found)
            if f"/{element.role}" != found.S or len(kids) != len(element.kids):
                self._wrong(f"an element {element.role} of the tag tree is another, or holds more or less than planned")
                continue
            if found.P.objgen != node.said_above:
                self._wrong(f"an element {element.role} of the tag tree names another above it than holds it")
            if element.attributes or element.lang:
                self._attributes(found, element)
            below: list[tuple[Node, int]] = []
            own = -2  # the page that its own entries name, looked up once
            for kid, (kind, a, b) in zip(kids, element.kids, strict=True):
                if kind == "e":
                    below.append((self._node(kid, piece.elements[a], node), a))
                elif kind == "m":
                    node.kids.append(Mark(start + a, b))
                    if own == -2 and isinstance(kid, int):
                        own = self.indices.get(found.Pg.objgen, -1)
                    if not self._is_content(own, kid, start + a, b):
                        self._wrong(
                            f"an element {element.role} holds other content than planned (page {start + a + 1})"
                        )
                else:
                    node.kids.append(Annotated(kid.Obj.objgen))
                    if not self._is_link(kid, start + links[a], piece.pages[links[a]].links.index(a)):
                        self._wrong(f"a link of page {start + links[a] + 1} is not that of its element")
            stack.extend(reversed(below))
        return numbers

    def _node(self, found: Any, element: Element, above: Node) -> Node:
        """An element as planned, whose entries are yet to be compared."""
        node = Node(element.role, found.objgen, above.number, found, element.lang or None, above)
        above.kids.append(node)
        return node

    def _is_content(self, own: int, kid: Any, page: int, mcid: int) -> bool:
        """Whether a kid is that marked content: a number on its element's `own` page, or a reference with a page."""
        if isinstance(kid, int):
            return kid == mcid and own == page
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
