"""Elements of the tag tree: types, places, headings, figures, languages and tables of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from briefpack.diagnostics import Code
from briefpack.pdf.inspection.findings import Findings, on_page, words
from briefpack.pdf.inspection.tree import NONE, Annotated, Mark, Node, Number, Tree
from briefpack.pdf.structure import STANDARD

TextOf = Callable[[Node], str]
"""The words that an element holds, as far as they are known."""

_LANGUAGE = re.compile(
    r"(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*"
    r"(?:-x(?:-[A-Za-z0-9]{1,8})+)?|x(?:-[A-Za-z0-9]{1,8})+)"
)
_LATER = frozenset(("Aside", "DocumentFragment", "Em", "FENote", "Strong", "Sub", "Title", "Artifact"))
"""Types of PDF 2.0."""

_HEADING = re.compile(r"H([1-9]\d*)")
_MAY_BE_EMPTY = frozenset(("TD", "TH", "Artifact"))
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|tiff?|webp|bmp|eps|pdf|emf|wmf)", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d{1,6})\s+\D*[^\W\d_]{2}.*|.*[^\W\d_]{2}.*?(?<!\d)(\d{1,6})", re.DOTALL)
"""Words with a number before them or behind them."""

_FEWEST_ENTRIES = 5
_VAGUE = frozenset(
    (
        "image", "images", "picture", "photo", "photograph", "figure", "fig", "graphic", "graph", "chart", "diagram",
        "logo", "icon", "img", "alt", "untitled", "object", "imagen", "imágenes", "foto", "fotografía", "figura",
        "gráfico", "gráfica", "ilustración", "diagrama", "icono",
    )
)  # fmt: skip


def is_language(tag: str) -> bool:
    """Whether `tag` is well-formed by BCP 47."""
    return _LANGUAGE.fullmatch(tag) is not None


def element_problems(tree: Tree, text_of: TextOf, found: Findings) -> None:
    """Report what is wrong with elements one by one, and with the levels of headings."""
    _headings(tree, text_of, found)
    for node in tree.nodes:
        if node.role not in STANDARD:
            _role(node, tree, found)
        if not node.kids and node.role not in _MAY_BE_EMPTY and node.above is not None:
            found.add(
                Code.PDF_ELEMENT_EMPTY,
                f"an element {node.role} below {node.above.role}{on_page(node.above.page)} holds nothing",
                "remove it from the document",
            )
        if node.said_above != (node.above.number if node.above is not None else tree.root) and not _is_direct(node):
            said = f"an element {node.role}{on_page(node.page)} names another element above it than holds it"
            found.add(Code.PDF_ELEMENT_ORPHAN, said + words(text_of(node)), "make the file again")
        if node.lang is not None and not is_language(node.lang):
            said = f"the language {node.lang!r} of an element {node.role}{on_page(node.page)} is no language tag"
            found.add(Code.PDF_LANGUAGE_INVALID, said + words(text_of(node)), "write a BCP 47 tag, such as es-SV")
        if node.role == "Figure":
            _figure(node, found)
    for node in tree.twice:
        said = f"an element {node.role} is held by two elements, or by itself"
        found.add(Code.PDF_ELEMENT_ORPHAN, said, "make the file again")


def role_of(node: Node, tree: Tree) -> str:
    """Return the standard type of an element, through what the file maps its own to."""
    role = node.role
    for _ in range(8):
        if role in STANDARD or role not in tree.roles:
            return role
        role = tree.roles[role]
    return role


def resolve_roles(tree: Tree) -> None:
    """Give each element whose type the file maps to a standard one that type."""
    if tree.roles:
        for node in tree.nodes:
            node.role = role_of(node, tree)


def _is_direct(node: Node) -> bool:
    """Whether nothing can name the element above, as it has no number."""
    return node.above is not None and node.above.number == NONE


def _role(node: Node, tree: Tree, found: Findings) -> None:
    role = role_of(node, tree)
    if role not in STANDARD and role not in _LATER and not _HEADING.fullmatch(role):
        said = f"an element {node.role!r}{on_page(node.page)} is of no standard type, nor mapped to one"
        found.add(Code.PDF_ROLE_UNKNOWN, said, "map it in the role map, or use a standard type")


def _headings(tree: Tree, text_of: TextOf, found: Findings) -> None:
    """Levels may go down one at a time, and up as far as they like; plain `H` has no level."""
    last = 0
    for node in tree.nodes:
        if node.role[:1] != "H" or not (match := _HEADING.fullmatch(node.role)):
            continue
        level = int(match[1])
        if level > last + 1:
            after = f"follows H{last}" if last else "is the first heading"
            said = f"a heading {node.role} {after}{on_page(node.page)}{words(text_of(node))}"
            found.add(Code.PDF_HEADING_SKIPPED, said, f"make it H{last + 1}")
        last = level


def _figure(node: Node, found: Findings) -> None:
    said = node.entry("/Alt")
    alternative = (said or node.entry("/ActualText") or "").strip()
    if not alternative:
        kind = "a blank" if said else "no"
        message = f"a figure{on_page(node.page)} has {kind} text alternative"
        found.add(Code.PDF_ALTERNATIVE_MISSING, message, "say in words what it shows")
    elif _FILE_NAME.fullmatch(alternative) or set(re.findall(r"[^\W\d_]+", alternative.casefold())) <= _VAGUE:
        message = f"a figure{on_page(node.page)} has the text alternative “{alternative[:60]}”"
        found.add(Code.PDF_ALTERNATIVE_VAGUE, message, "say in words what it shows")


def contents_problems(tree: Tree, links: Mapping[Number, tuple[int, str]], found: Findings) -> None:
    """Report pages that are lists of links outside a TOC, each of which says the number of the page it leads to.

    `links` gives, by annotation, the index of the page to which it leads, and its words. Printed numbers may run ahead
    of indices or behind them, but by the same on the whole list.
    """
    listed: dict[int, set[tuple[int, int]]] = {}
    for node in tree.nodes:
        if node.role != "Link":
            continue
        target, said = next(
            (links[k.number] for k in node.kids if isinstance(k, Annotated) and k.number in links), (-1, "")
        )
        match = _NUMBERED.fullmatch(said) if target >= 0 else None
        if match and not _is_below(node, ("TOC", "TOCI", "Index")):
            listed.setdefault(node.page, set()).add((int(match[1] or match[2]) - target, target))
    for page, found_on in sorted(listed.items()):  # a page that is named again and again is counted once
        ahead = Counter(ahead for ahead, _ in found_on)
        count = max(ahead.values())
        if count >= _FEWEST_ENTRIES and count > 0.7 * ahead.total():
            said = f"page {page + 1} lists {count} links with the numbers of their pages and is not tagged as contents"
            found.add(Code.PDF_CONTENTS_UNTAGGED, said, "tag it as TOC, its entries as TOCI")


def _is_below(node: Node, roles: Sequence[str]) -> bool:
    above: Node | None = node
    while above is not None:
        if above.role in roles:
            return True
        above = above.above
    return False


def way_back_problems(
    tree: Tree, keys: Sequence[int | None], links: dict[tuple[int, int], int | None], found: Findings
) -> None:
    """Report content and annotations whose way back (14.7.4.4) leads elsewhere than to the element that holds them.

    `keys` are the pages' keys in the parent tree, `links` those of annotations by their objects.
    """
    for node in tree.nodes:
        for kid in node.kids:
            if isinstance(kid, Mark) and kid.page >= 0:
                key = keys[kid.page]
                owners = tree.back.get(key) if key is not None else None
                owner = NONE if owners is None or kid.mcid >= len(owners) else _number(owners[kid.mcid])
                what = f"content of page {kid.page + 1}"
            elif isinstance(kid, Annotated) and kid.number in links:
                key = links[kid.number]
                owner = _number(tree.back.get(key)) if key is not None else NONE
                what = f"an annotation in an element {node.role}{on_page(node.page)}"
            else:
                continue
            if owner != node.number:
                where = "nowhere" if owner == NONE else "to another element than holds it"
                found.add(Code.PDF_PARENT_TREE_WRONG, f"{what} leads back {where}", "make the file again")


def _number(reference: object) -> tuple[int, int]:
    found: tuple[int, int] = getattr(reference, "objgen", NONE)
    return found
