"""The tag tree of any file as plain nodes (ISO 32000-1, 14.7): for inspection, and for the gate.

    tree = read_tree(pdf)
    tree.nodes        in order of reading, each with what it holds
    tree.back         the way back: from the key of a page or annotation to elements

Hostile files are read too: an element that is met twice is noted and not entered again, and nothing is recursive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import pikepdf

Number = tuple[int, int]
"""Of an object: its number and generation."""

NONE: Number = (0, 0)
MOST_NODES = 2_000_000


@dataclass(slots=True)
class Mark:
    """A piece of content: the index of its page (-1 for none) and its number there."""

    page: int
    mcid: int


@dataclass(slots=True)
class Annotated:
    """A reference to an annotation."""

    number: Number


@dataclass(slots=True)
class Node:
    """One element. `said_above` is the element that it names above itself; `entries` is its dictionary."""

    role: str
    number: Number
    said_above: Number
    entries: Any
    lang: str | None = None
    above: Node | None = None
    kids: list[Node | Mark | Annotated] = field(default_factory=list)

    def entry(self, key: str) -> str | None:
        """Return an entry as text, None where there is none."""
        found = self.entries.get(key)
        return None if found is None else str(found)

    def attribute(self, name: str) -> Any:
        """Return an attribute (14.7.5) by its name, None where there is none."""
        found = self.entries.get("/A")
        for each in list(found) if isinstance(found, pikepdf.Array) else [found]:
            if isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)) and name in each:
                return each[name]
        return None

    @property
    def page(self) -> int:
        """The index of the page on which it begins, -1 where it holds nothing."""
        stack: list[Node | Mark | Annotated] = [self]
        while stack:
            each = stack.pop()
            if isinstance(each, Mark):
                return each.page
            if isinstance(each, Node):
                stack.extend(reversed(each.kids))
        return -1

    def below(self) -> Iterator[Node]:
        """Yield it and every element below it, in order of reading."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend([kid for kid in reversed(node.kids) if isinstance(kid, Node)])

    def marks(self) -> Iterator[Mark]:
        """Yield the content that it and what is below it holds, in order of reading."""
        stack: list[Node | Mark | Annotated] = [self]
        while stack:
            each = stack.pop()
            if isinstance(each, Mark):
                yield each
            elif isinstance(each, Node):
                stack.extend(reversed(each.kids))


@dataclass(slots=True)
class Tree:
    """The elements in order of reading; `tops` are those that nothing stands above; `twice` were met a second time."""

    nodes: list[Node] = field(default_factory=list)
    tops: list[Node] = field(default_factory=list)
    twice: list[Node] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    """What the file maps its own types to."""
    back: dict[int, Any] = field(default_factory=dict)
    root: Number = NONE
    numbers: dict[Number, int] = field(default_factory=dict)
    """The index of each page by its object."""


def read_tree(pdf: pikepdf.Pdf) -> Tree:
    """Return the tag tree of `pdf`, without nodes where it has none; raise `ValueError` where it has too many."""
    pages: list[Any] = list(pdf.pages)
    tree = Tree(numbers={page.objgen: index for index, page in enumerate(pages)})
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary):
        return tree
    tree.root = root.objgen
    mapped = root.get("/RoleMap")
    if isinstance(mapped, pikepdf.Dictionary):
        tree.roles = {key[1:]: str(value)[1:] for key, value in mapped.items()}
    if isinstance(back := root.get("/ParentTree"), pikepdf.Dictionary):
        tree.back = dict(numbers_of(back))
    _Reader(tree).read(root)
    return tree


class _Reader:
    """Walks a tree from its root; what it met is known by its number."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.known: set[Number] = set()

    def read(self, root: Any) -> None:
        """Read all elements; those on the stack are yet to be entered."""
        nodes = self.tree.nodes
        tops = [self._node(each, None) for each in kids_of(root) if isinstance(each, pikepdf.Dictionary)]
        self.tree.tops = [node for node in tops if node is not None]
        stack = list(reversed(self.tree.tops))
        while stack:
            node = stack.pop()
            nodes.append(node)
            if len(nodes) > MOST_NODES:
                raise ValueError(f"more than {MOST_NODES:,} elements")
            self._fill(node)
            stack.extend([kid for kid in reversed(node.kids) if isinstance(kid, Node)])

    def _node(self, found: Any, above: Node | None) -> Node | None:
        number: Number = found.objgen
        keys = found.keys()
        said: Number = found.P.objgen if "/P" in keys else NONE
        lang = str(found.Lang) if "/Lang" in keys else None
        node = Node(str(found.S)[1:] if "/S" in keys else "", number, said, found, lang, above)
        if number != NONE:
            if number in self.known:
                self.tree.twice.append(node)
                return None
            self.known.add(number)
        return node

    def _fill(self, node: Node) -> None:
        numbers, kids, entries = self.tree.numbers, node.kids, node.entries
        own = -2
        for kid in kids_of(entries):
            if isinstance(kid, int):
                if own == -2:
                    own = numbers.get(number_of(entries.get("/Pg")), -1)
                kids.append(Mark(own, kid))
            elif isinstance(kid, pikepdf.Dictionary):
                keys = kid.keys()
                if "/S" in keys:
                    if (below := self._node(kid, node)) is not None:
                        kids.append(below)
                elif "/MCID" in keys:
                    page = kid.Pg if "/Pg" in keys else entries.get("/Pg")
                    in_form = "/Stm" in keys
                    kids.append(Mark(-1 if page is None or in_form else numbers.get(page.objgen, -1), int(kid.MCID)))
                elif "/Obj" in keys:
                    kids.append(Annotated(kid.Obj.objgen))


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
    yield from ((int(key), value) for key, value in _pairs(node, "/Nums"))


def names_of(node: Any) -> Iterator[tuple[str, Any]]:
    """Yield keys and values of a name tree."""
    yield from ((str(key), value) for key, value in _pairs(node, "/Names"))


def _pairs(root: Any, key: Literal["/Nums", "/Names"]) -> Iterator[tuple[Any, Any]]:
    stack, known = [] if root is None else [root], set()
    while stack:
        node = stack.pop()
        if node.objgen != NONE:
            if node.objgen in known:
                continue
            known.add(node.objgen)
        pairs = list(node.get(key, ()))
        yield from zip(pairs[0::2], pairs[1::2], strict=False)
        stack.extend(reversed(list(node.get("/Kids", ()))))
