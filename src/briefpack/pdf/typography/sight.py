"""What a reader sees of a layout: its pages as paragraphs and lines, in CSS pixels from the left upper corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Any

VERBATIM_SIGN = "\ufffc"
"""Stands in `Line.own` for words that are not ours."""


class Place(IntFlag):
    """Where a paragraph stands; several may hold."""

    NOWHERE = 0
    HEADING = 1
    TABLE = 2
    EVIDENCE = 4
    LABEL = 8
    """In a box within a line, such as a large figure with what it counts."""
    VERBATIM = 16
    """Words of a source, or text in another language than the section's."""
    SILENT = 32
    """Figures that lead to notes."""


_TAGS = dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Place.HEADING)
_TAGS |= {"table": Place.TABLE, "sup": Place.SILENT}
_TAGS |= dict.fromkeys(("mark", "q", "blockquote", "cite", "code", "kbd", "pre", "samp"), Place.VERBATIM)
_CLASSES = {
    "proof": Place.EVIDENCE,
    "note": Place.EVIDENCE,
    "margin": Place.EVIDENCE,
    "quoted": Place.VERBATIM,
    "passages": Place.VERBATIM,
}


@dataclass(slots=True)
class Line:
    """One line of text. `own` has a sign instead of words that are not ours; superior figures are in neither text."""

    text: str
    own: str
    top: float
    bottom: float
    left: float
    right: float
    goes_on: bool
    """Whether the paragraph goes on after it."""


@dataclass(slots=True)
class Paragraph:
    """The lines that one paragraph has on one page. `name` is its element as a style sheet calls it: `p.say`."""

    element: Any
    place: Place
    lines: list[Line]
    left: float
    right: float

    @property
    def name(self) -> str:
        """The element as a selector."""
        classes = str(self.element.get("class") or "").split()
        return ".".join((str(self.element.tag).rpartition("}")[2], *classes))

    @property
    def text(self) -> str:
        """All its words on this page."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Sheet:
    """One page: its size, the edges of its live area, and what stands on it. `bottom` is where its content ends."""

    width: float
    height: float
    live: tuple[float, float, float, float]
    """Left, top, right and bottom edge."""
    paragraphs: list[Paragraph] = field(default_factory=list)
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        """All lines of the page."""
        return [line for paragraph in self.paragraphs for line in paragraph.lines]


def seen(document: Any, lang: str) -> list[Sheet]:
    """Return the pages of WeasyPrint's `document`, whose text is in the language `lang` where nothing else is said."""
    return [_sheet(page._page_box, lang) for page in document.pages]


def _sheet(page: Any, lang: str) -> Sheet:
    left, top = page.content_box_x(), page.content_box_y()
    sheet = Sheet(page.margin_width(), page.margin_height(), (left, top, left + page.width, top + page.height))
    _walk(page, Place.NOWHERE, sheet, lang)
    return sheet


def _walk(root: Any, place: Place, sheet: Sheet, lang: str) -> None:
    """Note the paragraphs below a box, in order."""
    stack: list[tuple[Any, Place]] = [(root, place)]
    while stack:
        box, place = stack.pop()
        box = getattr(box, "_box", box)  # what is placed absolutely stands behind a placeholder
        children: Sequence[Any] = getattr(box, "children", ())
        kind = type(box).__name__
        if kind == "MarginBox":
            continue
        if box.element is not None:
            place |= _place_of(box.element, lang)
        if children and type(children[0]).__name__ == "LineBox":
            _note(box, children, place, sheet, lang)
        elif children:
            stack.extend([(child, place) for child in reversed(children)])
        elif kind.endswith("ReplacedBox"):
            x, y = box.position_x, box.position_y
            sheet.pictures.append((x, y, x + box.margin_width(), y + box.margin_height()))


def _place_of(element: Any, lang: str) -> Place:
    place = _TAGS.get(element.tag, Place.NOWHERE)
    attributes = element.attrib
    for name in attributes.get("class", "").split():
        place |= _CLASSES.get(name, Place.NOWHERE)
    return place if attributes.get("lang", lang) == lang else place | Place.VERBATIM


def _note(block: Any, children: Sequence[Any], place: Place, sheet: Sheet, lang: str) -> None:
    """Note a box that holds lines, then what stands in boxes within its lines."""
    left = block.content_box_x()
    paragraph = Paragraph(block.element, place, [], left, left + block.width)
    inner: list[tuple[Any, Place]] = []
    for box in children:
        if type(box).__name__ != "LineBox":
            inner.append((box, place))
            continue
        line = Line("", "", box.position_y, box.position_y + box.height, left + block.width, left, bool(box.resume_at))
        _read(box, place, line, inner, lang)
        if line.text.strip():
            paragraph.lines.append(line)
    if paragraph.lines:
        sheet.paragraphs.append(paragraph)
    for box, where in inner:
        _walk(box, where, sheet, lang)


def _read(box: Any, place: Place, line: Line, inner: list[tuple[Any, Place]], lang: str) -> None:
    """Read the text of a line, and collect boxes that stand in it."""
    for child in box.children:
        kind = type(child).__name__
        if kind == "TextBox":
            _read_text(child, place, line)
        elif kind == "InlineBox":
            element = child.element
            further = place | _place_of(element, lang) if element is not box.element else place
            _read(child, further, line, inner, lang)
        else:
            inner.append((child, place | Place.LABEL))


def _read_text(box: Any, place: Place, line: Line) -> None:
    text = box.text
    if not text or text.isspace():
        line.text += text
        line.own += text
        return
    line.left = min(line.left, box.position_x)
    line.right = max(line.right, box.position_x + box.width)
    if place & Place.SILENT:
        return
    line.text += text
    if not place & Place.VERBATIM:
        line.own += text
    elif not line.own.endswith(VERBATIM_SIGN):
        line.own += VERBATIM_SIGN
