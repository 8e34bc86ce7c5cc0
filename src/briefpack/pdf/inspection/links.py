"""Links, destinations and the outline: everything that leads somewhere arrives, and says where to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from briefpack.diagnostics import Code
from briefpack.pdf.inspection.elements import TextOf
from briefpack.pdf.inspection.findings import Findings, words
from briefpack.pdf.inspection.tree import NONE, Annotated, Number, Tree

_MOST_LINES = 200_000
_VAGUE = frozenset(
    (
        "here", "click", "click here", "this", "link", "this link", "more", "read more", "see here", "go",
        "aquí", "aqui", "haga clic aquí", "clic aquí", "pulse aquí", "este enlace", "enlace", "más", "leer más",
        "ver más",
    )
)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(slots=True)
class Found:
    """A link of a page: where it leads, and its words.

    `to` is the index of a page inside, -1 for one that is not there. `address` is where it leads outside, `place` what
    it leads to inside, as far as that can be said.
    """

    page: int
    number: Number
    said: str
    address: str = ""
    is_inner: bool = False
    place: str = ""
    to: int = -1

    @property
    def shown(self) -> str:
        """Say where it leads."""
        return f" to “{self.place}”" if self.place else f" to {self.address[:80]}" if self.address else ""


def links_on(annotations: Sequence[Sequence[Any]], destinations: Destinations) -> list[Found]:
    """Return the links among the annotations of each page."""
    found = []
    for page, on_it in enumerate(annotations):
        for annotation in on_it:
            if annotation.get("/Subtype") != "/Link":
                continue
            link = Found(page, annotation.objgen, str(annotation.get("/Contents", "")).strip())
            link.address, place = target_of(annotation)
            if place is not None:
                link.is_inner, link.place, link.to = True, _name(place), destinations.page(place)
            found.append(link)
    return found


def link_problems(links: Sequence[Found], tree: Tree, text_of: TextOf, found: Findings) -> None:
    """Report links without element, without words or with vague ones, and those that lead nowhere."""
    holders = {kid.number: node for node in tree.nodes for kid in node.kids if isinstance(kid, Annotated)}
    for link in links:
        node = holders.get(link.number)
        shown = " ".join(text_of(node).split()) if node is not None and (link.address or not link.said) else ""
        what = f"a link{link.shown} on page {link.page + 1}"
        if tree.nodes and (node is None or node.role != "Link"):
            where = "stands in no element" if node is None else f"stands in an element {node.role}, not in a Link"
            found.add(Code.PDF_LINK_UNTAGGED, f"{what} {where}", "export the file again with tagged links")
        if tree.nodes:  # without tags nothing can be said of the words
            _spoken(link, shown, what, found)
        if link.is_inner and link.to < 0:
            where = f"“{link.place}”" if link.place else "a page"
            message = f"a link on page {link.page + 1} leads to {where}, which is not there"
            found.add(Code.PDF_DESTINATION_MISSING, message + words(link.said or shown), "correct its target")
    for node in tree.nodes:
        if node.role == "Link" and not any(isinstance(kid, Annotated) for kid in node.kids) and not _inner(node):
            page = node.page
            message = (
                f"an element Link{f' on page {page + 1}' if page >= 0 else ''} holds no link{words(text_of(node))}"
            )
            found.add(Code.PDF_LINK_UNTAGGED, message, "put the link's annotation into it")


def _inner(node: Any) -> bool:
    return any(isinstance(kid, Annotated) for each in node.below() for kid in each.kids)


def _spoken(link: Found, shown: str, what: str, found: Findings) -> None:
    """Whether a link says where it leads, by its description and by the words in its element."""
    if not link.said and not shown:
        found.add(Code.PDF_LINK_SILENT, f"{what} says nothing", "put words into it")
        return
    for text in dict.fromkeys((shown, link.said)):
        plain = text.strip(" .:;,!?»«“”\"'()[]›→").casefold()
        is_other = text == shown and link.address and _ADDRESS.fullmatch(text) and _bare(text) != _bare(link.address)
        if text and (plain in _VAGUE or is_other):
            found.add(Code.PDF_LINK_VAGUE, f"{what} says only “{text[:80]}”", "let the words say where it leads")
            return
    if shown and _ADDRESS.fullmatch(link.said) and not _ADDRESS.search(shown):
        message = f"{what} is described by an address, not by its words{words(shown)}"
        found.add(Code.PDF_LINK_VAGUE, message, "write the link's words into its description (Contents)")


def _bare(address: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", address.strip("…. ").casefold()).rstrip("/")


def target_of(annotation: Any) -> tuple[str, Any]:
    """Return where a link or a line of the outline leads: an address, or a place inside, or neither."""
    if "/Dest" in annotation:
        return "", annotation.Dest
    action = annotation.get("/A")
    if isinstance(action, pikepdf.Dictionary):
        if action.get("/S") == "/URI":
            return str(action.get("/URI", "")), None
        if action.get("/S") == "/GoTo":
            return "", action.get("/D")
    return "", None


def _name(place: Any) -> str:
    return "" if isinstance(place, pikepdf.Array) or place is None else str(place).removeprefix("/")[:80]


class Destinations:
    """Which places a file has: names in the name tree or the old dictionary, and pages."""

    def __init__(self, names: Mapping[str, Any], pages: Mapping[Number, int]) -> None:
        self.names = names
        self.pages = pages

    def page(self, place: Any) -> int:
        """Return the index of the page of a place, -1 where it has none."""
        if not isinstance(place, pikepdf.Array):
            place = self.names.get(str(place).removeprefix("/"))
            if isinstance(place, pikepdf.Dictionary):
                place = place.get("/D")
        if not isinstance(place, pikepdf.Array) or not len(place):
            return -1
        page: Any = place[0]
        if isinstance(page, int):
            return page if page < len(self.pages) else -1
        return self.pages.get(getattr(page, "objgen", NONE), -1)


def outline_problems(root: Any, destinations: Destinations, found: Findings) -> None:
    """Report lines of the outline that lead nowhere, or lead nowhere any more."""
    for item in _lines(root):
        _, place = target_of(item)
        title = str(item.get("/Title", ""))
        if place is not None and destinations.page(place) < 0:
            where = f"“{_name(place)}”" if _name(place) else "a page"
            message = f"a line of the outline leads to {where}, which is not there{words(title)}"
            found.add(Code.PDF_DESTINATION_MISSING, message, "correct or remove the line")


def _lines(root: Any) -> Iterator[Any]:
    stack, known = [root], set[Number]()
    while stack and len(known) < _MOST_LINES:
        item = stack.pop()
        if not isinstance(item, pikepdf.Dictionary) or (item.objgen != NONE and item.objgen in known):
            continue
        known.add(item.objgen)
        if item is not root:
            yield item
        stack += [item.get("/Next"), item.get("/First")]
