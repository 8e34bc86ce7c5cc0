"""The tag tree of a file (ISO 32000-1, 14.7): one document, below it the tree of each section, and the way back.

tree = TagTree(writer, language, pages, first)
tree.add(index, piece, page, links)            for each section in order
root = tree.finish()
"""

from __future__ import annotations

from collections.abc import Mapping

from briefpack.pdf.objects import Writer, name_string, references, text_string
from briefpack.pdf.piece import Element, Piece
from briefpack.pdf.trees import Entry, put_tree

_GROUPING = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private"
_BLOCKS = "P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot"
_INLINE = "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form"
STANDARD = frozenset(f"{_GROUPING} {_BLOCKS} {_INLINE}".split())
"""The structure types of ISO 32000-1, 14.8.4: any other would have to be mapped to one of them."""

_TABLE = ("Scope", "ColSpan", "RowSpan")
_KNOWN = frozenset(("Alt", "ID", "BBox", "Summary", "ListNumbering", *_TABLE))


class TagTree:
    """Writes elements section by section, and keeps what the way back from content to elements needs.

    `pages` is how many pages the file has, `first` the object number of its first page; the others follow it.
    """

    def __init__(self, writer: Writer, language: str, pages: int, first: int) -> None:
        self.writer = writer
        self.language = language
        self.root = writer.reserve()
        self.document = writer.reserve()
        self._first = first
        self._pages = pages
        self._sections: list[int] = []
        self._owners: list[str] = []
        self._annotations: list[int] = []
        self._ids: list[Entry] = []

    def add(self, index: int, piece: Piece, page: int, links: int) -> int:
        """Write the elements of a section: `page` is the index of its first page, `links` the number of its first link.

        Returns the key of its first link in the parent tree. Raises `ValueError` where the tree of the piece is none.
        """
        start = self.writer.reserve(len(piece.elements))
        parents = _parents(piece, start, self.document)
        owners: list[list[int]] = [[0] * each.mcids for each in piece.pages]
        pages = self._first + page
        annotated = _pages_of_links(piece)
        put = self.writer.put
        for element_index, element in enumerate(piece.elements):
            number = start + element_index
            stands, kids = -1, []
            for kind, a, b in element.kids:
                if kind == "e":
                    kids.append(f"{start + a} 0 R")
                elif kind == "m":
                    if owners[a][b]:
                        raise ValueError(f"marked content {b} of page {a} stands twice in the tag tree")
                    owners[a][b] = number
                    if stands < 0:
                        stands = a
                    kids.append(str(b) if a == stands else f"<</Type/MCR/Pg {pages + a} 0 R/MCID {b}>>")
                elif piece.links[a].element == element_index:
                    kids.append(f"<</Type/OBJR/Pg {pages + annotated.pop(a)} 0 R/Obj {links + a} 0 R>>")
                else:
                    raise ValueError(f"link {a} stands in another element of the tag tree than its own")
            own = f"/Pg {pages + stands} 0 R" if stands >= 0 else ""
            more = self._attributes(index, element, number) if element.attributes or element.lang else ""
            if not element_index and not element.lang and piece.lang != self.language:
                more += f"/Lang{text_string(piece.lang)}"
            put(number, f"<</S/{element.role}/P {parents[element_index]} 0 R{own}{more}/K[{' '.join(kids)}]>>")
        if annotated:
            raise ValueError(f"link {min(annotated)} stands in no element of the tag tree")
        for of_page in owners:
            self._owners.append(" ".join([f"{number} 0 R" if number else "null" for number in of_page]))
        self._sections.append(start)
        key = self._pages + len(self._annotations)
        self._annotations += [start + link.element for link in piece.links]
        return key

    def finish(self) -> int:
        """Write the document, the way back and the root, and return the root's number."""
        writer = self.writer
        writer.put(self.document, f"<</S/Document/P {self.root} 0 R/K[{references(self._sections)}]>>")
        ways = [(str(key), f"{writer.add(f'[{owners}]')} 0 R") for key, owners in enumerate(self._owners)]
        ways += [(str(key), f"{number} 0 R") for key, number in enumerate(self._annotations, self._pages)]
        tree = writer.reserve()
        put_tree(writer, tree, "Nums", ways)
        ids = ""
        if self._ids:
            names = writer.reserve()
            put_tree(writer, names, "Names", sorted(self._ids))
            ids = f"/IDTree {names} 0 R"
        writer.put(
            self.root,
            f"<</Type/StructTreeRoot/K {self.document} 0 R/ParentTree {tree} 0 R/ParentTreeNextKey {len(ways)}{ids}>>",
        )
        return self.root

    def _attributes(self, index: int, element: Element, number: int) -> str:
        """Language, alternative text, the name of an element, and attributes of tables and layout."""
        attributes = element.attributes
        more = f"/Lang{text_string(element.lang)}" if element.lang else ""
        if "Alt" in attributes:
            more += f"/Alt{text_string(attributes['Alt'])}"
        if "ID" in attributes:
            name = name_string(element_id(index, attributes["ID"]))
            self._ids.append((name, f"{number} 0 R"))
            more += f"/ID{name}"
        owned = _owned(attributes)
        return f"{more}/A{owned}" if owned else more


def element_id(index: int, name: str) -> str:
    """Return the name of an element in the whole file."""
    return f"{index}.{name}"


def _owned(attributes: Mapping[str, str]) -> str:
    """Return the attribute objects (14.7.5) of a table, a table cell, a list or a figure."""
    cell = "".join(
        f"/{name}/{attributes[name]}" if name == "Scope" else f"/{name} {attributes[name]}"
        for name in _TABLE
        if name in attributes
    )
    if "Summary" in attributes:
        cell += f"/Summary{text_string(attributes['Summary'])}"
    found = [f"<</O/Table{cell}>>"] if cell else []
    if "ListNumbering" in attributes:
        found.append(f"<</O/List/ListNumbering/{attributes['ListNumbering']}>>")
    if "BBox" in attributes:
        found.append(f"<</O/Layout/BBox[{attributes['BBox']}]>>")
    return found[0] if len(found) == 1 else f"[{''.join(found)}]" if found else ""


def _parents(piece: Piece, start: int, document: int) -> list[int]:
    """Return the number of the element above each; raise `ValueError` where the elements are not one tree."""
    if not piece.elements:
        raise ValueError("a section without tags")
    above = [-1] * len(piece.elements)
    for index, element in enumerate(piece.elements):
        if element.role not in STANDARD or not _KNOWN.issuperset(element.attributes):
            raise ValueError(f"an element {element.role!r} with {sorted(element.attributes)}, which no standard knows")
        for kind, a, _ in element.kids:
            if kind == "e":
                if above[a] >= 0:
                    raise ValueError(f"element {a} of the tag tree has two above it")
                above[a] = index
    if above[0] >= 0 or -1 in above[1:]:
        raise ValueError("the tag tree has two roots, or none")
    if any(parent >= index for index, parent in enumerate(above)) and _reached(piece) < len(above):
        raise ValueError("the tag tree has a circle")
    return [document, *(start + parent for parent in above[1:])]


def _pages_of_links(piece: Piece) -> dict[int, int]:
    """Return the page of each link; raise `ValueError` where one stands on none or on two."""
    found = {link: number for number, page in enumerate(piece.pages) for link in page.links}
    if sum(len(page.links) for page in piece.pages) != len(piece.links) or len(found) != len(piece.links):
        raise ValueError("a link stands on no page, or on two")
    return found


def _reached(piece: Piece) -> int:
    stack, count = [0], 0
    while stack:
        count += 1
        stack.extend(a for kind, a, _ in piece.elements[stack.pop()].kids if kind == "e")
    return count
