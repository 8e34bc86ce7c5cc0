"""What pages draw with: resource dictionaries, the objects behind them, and furniture laid over as an artifact."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from briefpack.pdf.binding import Overlay
from briefpack.pdf.objects import LEVEL, Writer, real
from briefpack.pdf.piece import Drawn, Piece

_REFERENCE = re.compile(r"\b(\d+) 0 R\b")
_ENTRY = re.compile(r"(/[^\s/<>\[\]()]+)\s+(\d+) 0 R\b")
_BRACKET = re.compile(r"<<|>>|/XObject(?![^\s/<>\[\]()])\s*(<<|\d+ 0 R)?")
FURNITURE = "BriefpackFurniture"
BEFORE = b"q"
AFTER = f"Q\n/Artifact <</Type /Pagination>> BDC\n/{FURNITURE} Do\nEMC".encode()


class Drawings:
    """Writes each piece's objects once, equal ones of several pieces once; `fonts` is the font dictionary's number."""

    def __init__(self, writer: Writer, fonts: int) -> None:
        self.writer = writer
        self.fonts = fonts
        self._resources: dict[int, str] = {}
        self._shared: dict[int, int] = {}
        self._forms: dict[tuple[int, int], int] = {}
        self._known: dict[tuple[str, bytes | None], int] = {}
        self._frame: tuple[int, int] | None = None

    def page(self, piece: Piece, content: int, overlay: Overlay | None) -> str:
        """Return a page's entries for its content (stream number `content`) and what that is drawn with."""
        resources = self._inside(piece)
        if overlay is None:
            if id(piece) not in self._shared:
                self._shared[id(piece)] = self.writer.add(f"<<{resources}>>")
            return f"/Contents {content} 0 R/Resources {self._shared[id(piece)]} 0 R"
        if self._frame is None:
            self._frame = self._stream(BEFORE), self._stream(AFTER)
        before, after = self._frame
        form = f"/{FURNITURE} {self._form(overlay)} 0 R"
        return f"/Contents[{before} 0 R {content} 0 R {after} 0 R]/Resources<<{with_form(resources, form)}>>"

    def _stream(self, content: bytes) -> int:
        number = self.writer.reserve()
        self.writer.packed(number, "", zlib.compress(content, LEVEL))
        return number

    def _form(self, overlay: Overlay) -> int:
        """Write a page of furniture as a form XObject, once for all pages that show it."""
        piece, index = overlay
        known = self._forms.get((id(piece), index))
        if known is not None:
            return known
        page = piece.pages[index]
        if page.mcids:
            raise ValueError("furniture with tags cannot stand in an artifact")
        number = self._forms[id(piece), index] = self.writer.reserve()
        box = f"/Type/XObject/Subtype/Form/BBox[0 0 {real(page.width)} {real(page.height)}]"
        self.writer.packed(number, f"{box}/Resources<<{self._inside(piece)}>>", page.content)
        return number

    def _inside(self, piece: Piece) -> str:
        """Return the inside of a piece's resource dictionary, its objects written."""
        known = self._resources.get(id(piece))
        if known is None:
            numbers = self._put_objects(piece)
            inside = _renumbered(piece.resources.decode("latin-1"), numbers)
            known = self._resources[id(piece)] = f"/Font {self.fonts} 0 R{in_line(inside, piece, numbers)}"
        return known

    def _put_objects(self, piece: Piece) -> dict[int, int]:
        """Write what a piece draws; an object that is there already, from another piece, is that one."""
        numbers: dict[int, int] = {}
        waiting = list(enumerate(piece.objects, 1))
        while waiting:
            ready = [(index, drawn) for index, drawn in waiting if _named(drawn) <= numbers.keys()]
            if not ready:
                numbers |= {index: self.writer.reserve() for index, _ in waiting}  # objects that name each other
                for index, drawn in waiting:
                    self._put(numbers[index], _renumbered(drawn.dictionary.decode("latin-1"), numbers), drawn.stream)
                break
            waiting = [(index, drawn) for index, drawn in waiting if not _named(drawn) <= numbers.keys()]
            for index, drawn in ready:
                inside = _renumbered(drawn.dictionary.decode("latin-1"), numbers)
                known = self._known.get((inside, drawn.stream))
                if known is None:
                    known = self._known[inside, drawn.stream] = self.writer.reserve()
                    self._put(known, inside, drawn.stream)
                numbers[index] = known
        return numbers

    def _put(self, number: int, inside: str, stream: bytes | None) -> None:
        if stream is None:
            self.writer.put(number, f"<<{inside}>>")
        else:
            self.writer.stream(number, inside, stream)


def streams_of(piece: Piece) -> dict[str, Drawn]:
    """Return by its name each object with a stream that a piece's resource dictionary names."""
    same = {number: number for number in range(1, len(piece.objects) + 1)}
    inside = in_line(piece.resources.decode("latin-1"), piece, same)
    named = {name: piece.objects[int(number) - 1] for name, number in _ENTRY.findall(inside)}
    return {name: drawn for name, drawn in named.items() if drawn.stream is not None}


def _named(drawn: Drawn) -> set[int]:
    return {int(number) for number in _REFERENCE.findall(drawn.dictionary.decode("latin-1"))}


def _renumbered(inside: str, numbers: Mapping[int, int]) -> str:
    return _REFERENCE.sub(lambda match: f"{numbers[int(match[1])]} 0 R", inside)


def in_line(inside: str, piece: Piece, numbers: Mapping[int, int]) -> str:
    """Return resources whose XObject dictionary stands in them, not behind a reference."""
    at = _forms_of(inside)
    if at is None or not (at[1] or "").endswith("R"):
        return inside
    named = {number: index for index, number in numbers.items()}[int((at[1] or "").split()[0])]
    dictionary = _renumbered(piece.objects[named - 1].dictionary.decode("latin-1"), numbers)
    return f"{inside[: at.start()]}/XObject<<{dictionary}>>{inside[at.end() :]}"


def with_form(inside: str, form: str) -> str:
    """Return resources with one more form."""
    at = _forms_of(inside)
    return f"{inside}/XObject<<{form}>>" if at is None else f"{inside[: at.end()]}{form}{inside[at.end() :]}"


def _forms_of(inside: str) -> re.Match[str] | None:
    """Return where the XObject dictionary of resources begins."""
    depth = 0
    for match in _BRACKET.finditer(inside):
        if match[0].startswith("/XObject") and not depth:
            return match
        depth += match[0].count("<<") - match[0].count(">>")
    return None
