"""The tag tree of a layout: one element for each element of the HTML that means something, in order of reading.

WeasyPrint tags boxes; an element that runs over lines or pages becomes several there. Here an element is one element,
however many boxes it has: a paragraph over two pages, a link over two lines, a table over five pages with its head once
(repeated heads become artifacts). Grouping that means nothing (`div`, `span`, `b`) is left out, unless it changes the
language.

Structure types: ISO 32000-1, 14.8.4. A template may name one itself with `role`: see `ROLES_BY_ATTRIBUTE`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from briefpack.pdf.piece import Element, Kid

ROLES = {
    "section": "Sect",
    "article": "Art",
    "blockquote": "BlockQuote",
    "p": "P",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "ol": "L",
    "ul": "L",
    "dl": "L",
    "li": "LI",
    "dt": "LI",
    "dd": "LI",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "caption": "Caption",
    "figcaption": "Caption",
    "img": "Figure",
    "{http://www.w3.org/2000/svg}svg": "Figure",
    "a": "Link",
    "mark": "Quote",
    "q": "Quote",
}
ROLES_BY_ATTRIBUTE = {"doc-toc": "TOC", "doc-tocitem": "TOCI", "doc-footnote": "Note", "doc-biblioentry": "BibEntry"}
ROLES_BY_ATTRIBUTE |= {"doc-index": "Index", "region": "Sect", "doc-label": "Lbl"}
"""Roles of DPUB-ARIA 1.1 by which a template names a structure type that HTML has no element for.

`region` is WAI-ARIA's; `doc-label` is our own: the number or sign before a list item or a note.
"""

_GROUPS = frozenset(
    ("Sect", "Art", "BlockQuote", "L", "LI", "Table", "THead", "TBody", "TFoot", "TR", "TOC", "TOCI", "Index", "Div")
)
"""Elements that hold elements; text straight below one is put into a paragraph."""

_CELLS = frozenset(("TD", "TH"))
_WITHIN = frozenset(("Link", "Span", "Figure", "Quote", "BibEntry"))
"""Elements that stand in a paragraph."""

_LABELLED = {"Table": "Summary", "Link": "Alt", "Span": "Alt"}
"""What the label of an element becomes."""
_INLINE = frozenset(("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "em", "i", "img", "kbd", "mark", "q", "s"))
_INLINE |= frozenset(("samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"))
_SVG = "{http://www.w3.org/2000/svg}"
_INLINE |= {f"{_SVG}svg"}


@dataclass(slots=True)
class _Node:
    role: str
    lang: str
    own_lang: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    kids: list[_Node | Kid] = field(default_factory=list)
    number: int = 0
    order: int = 0
    """Where its HTML element stands in the document."""

    def below(self, role: str, order: int) -> _Node:
        node = _Node(role, self.lang, order=order)
        self.kids.append(node)
        return node


class Tagger:
    """Builds the tree page by page; `elements` gives it when all pages are added."""

    def __init__(self, html: Any, lang: str) -> None:
        self._above = {child: element for element in html.iter() for child in element}
        self._order = {element: number for number, element in enumerate(html.iter())}
        self._lang = lang
        self._root: _Node | None = None
        self._places: dict[Any, _Node] = {}
        self._lines: dict[Any, _Node] = {}
        self._items: dict[int, _Node] = {}
        self._heads: dict[Any, int] = {}
        self._height = 0.0
        """Of the page that is being added, in CSS pixels."""
        self.artifacts: dict[int, set[int]] = {}
        """Marked content that repeats what has been read, by page: the heads of tables that go on."""
        self.generated: set[tuple[int, int]] = set()
        """Marked content that comes from style sheets, by page and MCID."""
        self.unnamed: list[str] = []
        """Images without a text alternative."""

    def add_page(self, page: int, page_box: Any, tags: dict[Any, Any]) -> None:
        """Add what stands on a page. `tags` are WeasyPrint's marks by box."""
        self._height = page_box.margin_height()
        self._walk(page_box, page, tags, False)

    def add_link(self, element: Any, link: int) -> None:
        """Add an annotation to the element of a link."""
        if element in self._places:
            self._places[element].kids.append(("l", link, 0))

    def number_of(self, element: Any) -> int:
        """The number of the element made for an HTML element, after `elements`."""
        return self._places[element].number if element in self._places else 0

    def elements(self) -> tuple[Element, ...]:
        """Return the tree as a flat list in preorder, without what holds nothing."""
        root = self._root or _Node("Sect", self._lang)
        _prune(root)
        nodes = list(_preorder(root))
        for number, node in enumerate(nodes):
            node.number = number
        return tuple(
            Element(
                node.role,
                tuple(("e", kid.number, 0) if isinstance(kid, _Node) else kid for kid in node.kids),
                node.own_lang,
                node.attributes,
            )
            for node in nodes
        )

    def _walk(self, box: Any, page: int, tags: dict[Any, Any], repeated: bool) -> None:
        box = getattr(box, "_box", box)  # what is placed absolutely stands behind a placeholder
        if type(box).__name__ == "MarginBox":
            return
        element = box.element
        if getattr(box, "is_header", False) and element is not None:
            repeated = repeated or self._heads.setdefault(element, page) != page
        if element is not None:
            place = self._place(element, box)
            if box in tags:
                self._mark(place, tags[box]["mcid"], page, repeated, box)
        for child in getattr(box, "children", ()):
            if type(child).__name__ != "TextBox":
                self._walk(child, page, tags, repeated)
            elif child in tags:
                self._mark(self._place(child.element, child), tags[child]["mcid"], page, repeated, child)

    def _mark(self, node: _Node, mcid: int, page: int, repeated: bool, box: Any) -> None:
        tag = box.element_tag or ""
        if repeated or (node.role == "Figure" and node.attributes.get("Alt") == ""):
            self.artifacts.setdefault(page, set()).add(mcid)
            return
        if "::" in tag:
            self.generated.add((page, mcid))
        if tag.endswith("::marker") and id(node) in self._items:
            node = self._label(node)
        elif node.role in _GROUPS:
            node = self._line(node, box.element)
        node.kids.append(("m", page, mcid))

    def _label(self, body: _Node) -> _Node:
        """The label of the list item that `body` belongs to."""
        item = self._items[id(body)]
        first = item.kids[0]
        if isinstance(first, _Node) and first.role == "Lbl":
            return first
        label = _Node("Lbl", item.lang)
        item.kids.insert(0, label)
        return label

    def _item_of(self, element: Any) -> _Node | None:
        """The body of the list item that an HTML element stands in."""
        while element is not None and element.tag != "li":
            element = self._above.get(element)
        return self._places.get(element)

    def _line(self, node: _Node, element: Any) -> _Node:
        """A paragraph for text that stands straight in a group: one for each block of the HTML."""
        while element.tag in _INLINE and element in self._above:
            element = self._above[element]
        key = (element, id(node))
        if key not in self._lines:
            self._lines[key] = node.below("P", self._order_of_line(node, element))
        return self._lines[key]

    def _order_of_line(self, node: _Node, element: Any) -> int:
        """Where text of `element` stands: before all it holds, or after that of it which was read before."""
        first, last = self._order[element], node.kids[-1] if node.kids else None
        if isinstance(last, _Node) and first < last.order < first + sum(1 for _ in element.iter()):
            return last.order
        return first

    def _place(self, element: Any, box: Any) -> _Node:
        """The element of the tree into which the text of an HTML element goes."""
        if element not in self._places:
            above = self._above.get(element)
            if element.tag in ("html", "body") or above is None:
                return self._top()
            self._places[element] = self._made(element, self._place(above, box), box)
        return self._places[element]

    def _top(self) -> _Node:
        if self._root is None:
            self._root = _Node("Sect", self._lang)
        return self._root

    def _made(self, element: Any, above: _Node, box: Any) -> _Node:
        role = ROLES_BY_ATTRIBUTE.get(element.get("role", "")) or ROLES.get(element.tag, "")
        lang = element.get("lang") or above.lang
        if role == "Link" and not element.get("href"):
            role = ""
        if not role and (lang != above.lang or (element.tag == "span" and element.get("aria-label"))):
            role = "Span" if element.tag in _INLINE else "Div"
        if not role:
            return above
        if role == "Sect" and self._root is above and not above.kids and not self._places:
            above.own_lang, above.lang = (lang if lang != above.lang else ""), lang
            return above  # the section itself
        if role == "Lbl" and (item := self._item_of(element)) is not None:
            return self._label(item)
        if role in _WITHIN and above.role in _GROUPS:
            above = self._line(above, element)
        node = above.below(role, self._order[element])
        node.lang, node.own_lang = lang, lang if lang != above.lang else ""
        node.attributes = self._attributes(element, role, box)
        if role == "LI":
            body = node.below("LBody", self._order[element])
            self._items[id(body)] = node
            return body
        return node

    def _attributes(self, element: Any, role: str, box: Any) -> dict[str, str]:
        if role in _CELLS:
            return self._cell(element, role)
        if role in _LABELLED:
            return {_LABELLED[role]: element.get("aria-label")} if element.get("aria-label") else {}
        if role == "L":
            return {"ListNumbering": "Decimal" if element.tag == "ol" else "Disc"}
        if role == "Note":
            return {"ID": element.get("id") or f"note-{len(self._places)}"}
        if role != "Figure":
            return {}
        title = element.find(f"{_SVG}title") if element.tag.startswith(_SVG) else None
        words = (title.text or "" if title is not None else element.get("alt")) or ""
        if not words and (title is not None or "alt" not in element.attrib):
            self.unnamed.append(element.get("src") or element.tag.removeprefix(_SVG))
        x, y = box.content_box_x(), self._height - box.content_box_y()
        corners = (x, y - (box.height or 0), x + (box.width or 0), y)
        return {"Alt": words, "BBox": " ".join(f"{corner * 0.75:.2f}" for corner in corners)}

    def _cell(self, element: Any, role: str) -> dict[str, str]:
        attributes = {}
        if role == "TH":
            above = self._above.get(self._above.get(element))
            in_head = above is not None and above.tag == "thead"
            scope = element.get("scope") or ("col" if in_head else "row")
            attributes["Scope"] = "Row" if scope.startswith("row") else "Column"
        for name, key in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
            if element.get(name, "1") not in ("", "1"):
                attributes[key] = element.get(name)
        return attributes


def _prune(node: _Node) -> bool:
    """Remove elements that hold nothing, and put the others into the order of the HTML; whether anything is left.

    Cells stay: columns are counted by them.
    """
    node.kids = [kid for kid in node.kids if not isinstance(kid, _Node) or _prune(kid)]
    if node.role == "L" and not any(_is_labelled(kid) for kid in node.kids):
        node.attributes.pop("ListNumbering", None)
    if node.role in _GROUPS:  # columns that go on over a page end are drawn page by page, and read one after the other
        node.kids.sort(key=lambda kid: kid.order if isinstance(kid, _Node) else -1)
    return bool(node.kids) or node.role in _CELLS


def _is_labelled(item: _Node | Kid) -> bool:
    return isinstance(item, _Node) and any(isinstance(kid, _Node) and kid.role == "Lbl" for kid in item.kids)


def _preorder(node: _Node) -> Iterator[_Node]:
    yield node
    for kid in node.kids:
        if isinstance(kid, _Node):
            yield from _preorder(kid)
