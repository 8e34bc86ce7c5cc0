"""What pages draw, read operator by operator (ISO 32000-1, 7.8.2, 9.4 and 14.6): text, and in which marked content.

Text is read through the maps of its fonts; where a font has none, as good as its encoding allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

from briefpack.pdf.inspection.tree import NONE, Number

_DEPTH = 6
_PAINTS = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh"])
_PATHS = frozenset(["m", "l", "c", "v", "y", "re", "h"])
_PLACES = frozenset(["BT", "Tm", "Td", "TD", "T*"])
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_WHITE = ((1.0,), (1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 0.0))
Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Spot:
    """Text at a place: its left lower corner in points, rounded, and whether it is tagged."""

    at: tuple[int, int]
    text: str
    is_tagged: bool


@dataclass(slots=True)
class Drawn:
    """What one page draws. `texts` go by MCID in the order of drawing; `loose` is neither tagged nor an artifact."""

    texts: dict[int, str] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _State:
    """What `q` saves, as far as it matters here."""

    matrix: Matrix = _UNIT
    font: Number = NONE
    size: float = 0.0
    mode: int = 0
    is_white: bool = False
    is_clear: bool = False


class Reader:
    """Reads pages; the maps of fonts are kept from page to page."""

    def __init__(self) -> None:
        self.maps: dict[Number, Map] = {}

    def page(self, page: Any) -> Drawn:
        """Return what a page draws; what cannot be read is named in `faults`."""
        reading = _Reading(self, Drawn())
        try:
            reading.sheet = _sheet(page)
            reading.stream(page, page.get("/Resources"), 0)
        except (AttributeError, LookupError, TypeError, ValueError, RuntimeError, pikepdf.PdfError) as error:
            reading.drawn.faults.append(str(error)[:120])
        return reading.drawn

    def map_of(self, font: Any) -> Map:
        """Return the map of a font."""
        known = self.maps.get(font.objgen) if font.objgen != NONE else None
        if known is None:
            known = Map.of(font)
            if font.objgen != NONE:
                self.maps[font.objgen] = known
        return known


class _Reading:
    """Follows the operators of one page and the forms that it draws."""

    def __init__(self, reader: Reader, drawn: Drawn) -> None:
        self.reader = reader
        self.drawn = drawn
        self.state = _State()
        self.saved: list[_State] = []
        self.marks: list[int | None] = []
        """The MCID of each open marked content, -1 in an artifact, None where it says nothing."""
        self.font: Map | None = None
        self.line: Matrix = _UNIT
        self.sheet: tuple[float, float, float, float] | None = None
        """Left, bottom, right and top of what is shown of the page."""
        self.shown = 0
        """How many characters were shown since a line began."""
        self.has_ground = False
        """Whether something was filled before: white text may stand on it."""

    def stream(self, holder: Any, resources: Any, depth: int) -> None:
        """Read a page or form."""
        read: Any = pikepdf.parse_content_stream(holder)
        for operands, operator in read:
            self._operator(str(operator), operands, resources, depth)

    def _operator(self, name: str, operands: Any, resources: Any, depth: int) -> None:
        if name in ("BDC", "BMC"):
            self._begin(operands, resources)
        elif name == "EMC":
            if self.marks:
                self.marks.pop()
        elif name == "q":
            self.saved.append(self.state)
        elif name == "Q":
            self.state = self.saved.pop() if self.saved else self.state
        elif name == "cm":
            self.state = replace(self.state, matrix=_times(_matrix(operands), self.state.matrix))
        elif name in ("Tj", "TJ", "'", '"'):
            self._show(operands, name)
        elif name == "Do":
            self._draw(operands, resources, depth)
        elif name in _PAINTS or name in ("BI", "INLINE IMAGE"):
            self.has_ground = True
            self._loose("a drawing")
        else:
            self._text_state(name, operands, resources)

    def _text_state(self, name: str, operands: Any, resources: Any) -> None:
        if name in _PLACES:
            self.shown = 0
        if name == "BT":
            self.line = _UNIT
        elif name == "Tf":
            self.state = replace(self.state, size=float(operands[1]))
            fonts = resources.get("/Font") if resources is not None else None
            font = fonts.get(str(operands[0])) if fonts is not None else None
            self.font = self.reader.map_of(font) if font is not None else None
        elif name == "Tm":
            self.line = _matrix(operands)
        elif name in ("Td", "TD"):
            self.line = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), self.line)
        elif name == "Tr":
            self.state = replace(self.state, mode=int(operands[0]))
        elif name in ("g", "rg", "k", "sc", "scn"):
            numbers = [each for each in operands if not isinstance(each, pikepdf.Name)]
            self.state = replace(self.state, is_white=tuple(float(each) for each in numbers) in _WHITE)
        elif name == "gs" and resources is not None:
            states = resources.get("/ExtGState")
            found = states.get(str(operands[0])) if states is not None else None
            if found is not None and "/ca" in found:
                self.state = replace(self.state, is_clear=float(found["/ca"]) == 0)

    def _begin(self, operands: Any, resources: Any) -> None:
        mark: int | None = None
        if str(operands[0]) == "/Artifact":
            mark = -1
        elif len(operands) > 1:
            properties = operands[1]
            if isinstance(properties, pikepdf.Name) and resources is not None:
                properties = resources.get("/Properties", {}).get(str(properties))
            if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
                mark = int(properties.MCID)
                self.drawn.texts.setdefault(mark, "")
        self.marks.append(mark)

    def _mark(self) -> int | None:
        return next((mark for mark in reversed(self.marks) if mark is not None), None)

    def _loose(self, what: str) -> None:
        if self._mark() is None:
            self.drawn.loose.append(what)

    def _show(self, operands: Any, name: str) -> None:
        items = list(operands[-1]) if name == "TJ" else [operands[-1]]
        font = self.font or Map()
        text = ""
        for item in items:
            if isinstance(item, pikepdf.String):
                text += font.read(bytes(item))
            elif len(items) > 1 and float(item) < -180 and text and not text.endswith(" "):
                text += " "  # a gap as wide as a space
        mark = self._mark()
        if mark is None:
            if text.strip():
                self.drawn.loose.append(text)
        elif mark >= 0:
            self.drawn.texts[mark] = self.drawn.texts.get(mark, "") + text
        self._place(text, mark)

    def _place(self, text: str, mark: int | None) -> None:
        self.shown += len(text)
        if not text.strip():
            return
        whole = _times(self.line, self.state.matrix)
        self.drawn.spots.append(Spot((round(whole[4]), round(whole[5])), text, mark is not None and mark >= 0))
        state = self.state
        is_flat = abs(whole[0] * whole[3] - whole[1] * whole[2]) * state.size**2 < 0.04
        is_unseen = state.mode == 3 or is_flat or state.is_clear or (state.is_white and not self.has_ground)
        is_unseen = is_unseen or self._is_outside(whole)
        if is_unseen and mark != -1:
            self.drawn.hidden.append(text)

    def _is_outside(self, whole: Matrix) -> bool:
        """Whether nothing of what is shown since the last place can lie on the page; no glyph is wider than two em."""
        if self.sheet is None:
            return False
        size, far = self.state.size, 2 * self.state.size * self.shown
        corners = [_times((1, 0, 0, 1, x, y), whole) for x in (0, far) for y in (-size / 2, size)]
        across, up = [corner[4] for corner in corners], [corner[5] for corner in corners]
        left, bottom, right, top = self.sheet
        return min(across) > right or min(up) > top or max(across) < left or max(up) < bottom

    def _draw(self, operands: Any, resources: Any, depth: int) -> None:
        forms = resources.get("/XObject") if resources is not None else None
        form = forms.get(str(operands[0])) if forms is not None else None
        if form is None or self._mark() == -1:
            return
        if form.get("/Subtype") != "/Form":
            self.has_ground = True
            self._loose("an image")
        elif depth < _DEPTH and "/StructParents" not in form:
            saved, marks, font = self.state, len(self.marks), self.font
            self.state = replace(saved, matrix=_times(_matrix(form.get("/Matrix", _UNIT)), saved.matrix))
            self.stream(form, form.get("/Resources", resources), depth + 1)
            self.state, self.font = saved, font
            del self.marks[marks:]


@dataclass(slots=True)
class Map:
    """What the codes of a font stand for."""

    width: int = 1
    characters: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, font: Any) -> Map:
        """Return the map of a font, by its ToUnicode."""
        width = 2 if font.get("/Subtype") == "/Type0" else 1
        found = font.get("/ToUnicode")
        content = found.read_bytes() if isinstance(found, pikepdf.Stream) else b""
        return cls(width, dict(_entries(content)))

    def read(self, string: bytes) -> str:
        """Return the characters of a string."""
        codes = [int.from_bytes(string[at : at + self.width], "big") for at in range(0, len(string), self.width)]
        if self.characters or self.width > 1:
            return "".join([self.characters.get(code, "\ufffd") for code in codes])
        return string.decode("cp1252", "replace")


def _entries(content: bytes) -> Iterator[tuple[int, str]]:
    """Yield codes and characters of a ToUnicode map (9.10.3)."""
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", content, re.DOTALL):
        strings = [_unhex(each) for each in _HEX.findall(block)]
        yield from (
            (int.from_bytes(code, "big"), _utf16(text))
            for code, text in zip(strings[0::2], strings[1::2], strict=False)
        )
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", content, re.DOTALL):
        for first, last, listed, single in re.findall(
            rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:\[(.*?)\]|<([0-9A-Fa-f\s]*)>)", block, re.DOTALL
        ):
            start = int.from_bytes(_unhex(first), "big")
            count = min(int.from_bytes(_unhex(last), "big") - start + 1, 65_536)
            if listed:
                yield from zip(
                    range(start, start + count), [_utf16(_unhex(each)) for each in _HEX.findall(listed)], strict=False
                )
            elif single and (text := _utf16(_unhex(single))):
                yield from ((start + n, text[:-1] + chr(min(ord(text[-1]) + n, 0x10FFFF))) for n in range(count))


def _sheet(page: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what is shown of a page (7.7.3.3)."""
    x1, y1, x2, y2 = (float(each) for each in pikepdf.Page(page).cropbox)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _unhex(digits: bytes) -> bytes:
    plain = b"".join(digits.split())
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode())


def _utf16(text: bytes) -> str:
    return text.decode("utf-16-be", "replace")


def _matrix(numbers: Any) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in numbers)
    return (a, b, c, d, e, f)


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
