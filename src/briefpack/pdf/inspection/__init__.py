"""Whether a PDF, ours or anyone's, can be read by those who listen: what is wrong, as diagnostics.

    inspect_file(content, name) -> tuple[Diagnostic, ...]                 any file, whole
    inspect_structure(structure, found)                                   what every build asks of its products

`tree` reads the tag tree, `drawn` what pages draw; `elements`, `tables`, `links`, `fonts`, `contents` and `document`
look at these. Validators (PDF/UA-1, PDF/A-3a) check more rules and miss most of what is checked here.

Out of reach: whether text is in the language that it is tagged with, whether an alternative is true, colours.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from briefpack.diagnostics import Code, Diagnostic
from briefpack.pdf.inspection.contents import content_problems
from briefpack.pdf.inspection.document import document_problems, names_in
from briefpack.pdf.inspection.drawn import Drawn, Reader
from briefpack.pdf.inspection.elements import (
    TextOf,
    contents_problems,
    element_problems,
    resolve_roles,
    way_back_problems,
)
from briefpack.pdf.inspection.findings import Findings
from briefpack.pdf.inspection.fonts import font_problems
from briefpack.pdf.inspection.links import Destinations, Found, link_problems, links_on, outline_problems
from briefpack.pdf.inspection.tables import table_problems
from briefpack.pdf.inspection.tree import Annotated, Node, Tree, read_tree

_ODD = (AttributeError, LookupError, TypeError, ValueError, RuntimeError, NotImplementedError, pikepdf.PdfError)
"""What reading a file raises that is built otherwise than the standard says."""


def inspect_file(content: bytes, name: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a PDF that is called `name`; whatever `content` is, nothing is raised."""
    found = Findings(name)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            _inspect(pdf, found)
    except pikepdf.PasswordError:
        message = "the file cannot be read: it is encrypted, and opens with a password only"
        found.add(Code.PDF_UNREADABLE, message, "save it again without a password")
    except _ODD as error:
        said = re.sub(r"^stream <[^>]*>: |^<[^>]*>: ", "", str(error).partition("\n")[0]) or type(error).__name__
        message = f"the file cannot be read: {said[:160]}"
        found.add(Code.PDF_UNREADABLE, message, "open it in another program and save it again as a PDF")
    return found.all()


def _inspect(pdf: pikepdf.Pdf, found: Findings) -> None:
    pages: list[Any] = [page.obj for page in pdf.pages]
    tree, links = Tree(), list[Found]()
    destinations = Destinations({}, {page.objgen: index for index, page in enumerate(pages)})
    annotations: list[list[Any]] = [[] for _ in pages]

    def read_tags() -> None:
        nonlocal tree
        tree = read_tree(pdf)
        resolve_roles(tree)

    def read_links() -> None:
        destinations.names = names_in(pdf.Root)
        for page, on_it in zip(pages, annotations, strict=True):
            on_it.extend(page.get("/Annots", ()))
        links.extend(links_on(annotations, destinations))

    _guarded("the tag tree", read_tags, found)
    _guarded("links", read_links, found)
    drawn = [*map(Reader().page, pages)]
    inspect_structure(Structure(pdf, pages, tree, links, _texts(drawn)), found)
    _guarded("the outline", lambda: outline_problems(pdf.Root.get("/Outlines"), destinations, found), found)
    _guarded("the way back to the tags", lambda: _way_back(pages, annotations, tree, found), found)
    _guarded("the contents of pages", lambda: content_problems(drawn, tree, found), found)


@dataclass(frozen=True, slots=True)
class Structure:
    """What the checks look at that every build makes: the open file, its pages, tags and links.

    `text_of` gives the words of an element, for links that say nothing themselves, and for messages.
    """

    pdf: pikepdf.Pdf
    pages: Sequence[Any]
    tree: Tree
    links: Sequence[Found]
    text_of: TextOf


def inspect_structure(structure: Structure, found: Findings) -> None:
    """Report what can be known without reading what pages draw, without the outline and without the way back."""
    pdf, tree, links, text_of = structure.pdf, structure.tree, structure.links, structure.text_of

    def contents() -> None:
        said = {link.number: (link.to, link.said) for link in links if link.is_inner}
        if not all(words for _, words in said.values()):
            for node in tree.nodes:
                for kid in node.kids:
                    if isinstance(kid, Annotated) and kid.number in said and not said[kid.number][1]:
                        said[kid.number] = said[kid.number][0], text_of(node).strip()
        contents_problems(tree, said, found)

    _guarded("the document", lambda: document_problems(pdf, tree, found), found)
    _guarded("the tag tree", lambda: element_problems(tree, text_of, found), found)
    _guarded("tables", lambda: table_problems(tree, text_of, found), found)
    _guarded("links", lambda: link_problems(links, tree, text_of, found), found)
    _guarded("contents", contents, found)
    _guarded("fonts", lambda: font_problems(structure.pages, found), found)


def _guarded(what: str, look: Callable[[], None], found: Findings) -> None:
    """Look at one side of a file; where it is built otherwise than the standard says, the other sides are looked at."""
    try:
        look()
    except _ODD as error:
        said = f"{what}: built otherwise than the standard says ({str(error)[:100] or type(error).__name__})"
        found.add(Code.PDF_UNREADABLE, said, "make the file again with another program")


def _texts(drawn: Sequence[Drawn]) -> TextOf:
    def text_of(node: Node) -> str:
        marks = [mark for mark in node.marks() if 0 <= mark.page < len(drawn)]
        return " ".join(drawn[mark.page].texts.get(mark.mcid, "") for mark in marks)

    return text_of


def _way_back(pages: Sequence[Any], annotations: Sequence[Sequence[Any]], tree: Tree, found: Findings) -> None:
    if not tree.nodes:
        return
    keys = [int(page.StructParents) if "/StructParents" in page else None for page in pages]
    links = {
        each.objgen: int(each.StructParent) if "/StructParent" in each else None
        for on_it in annotations
        for each in on_it
    }
    way_back_problems(tree, keys, links, found)
