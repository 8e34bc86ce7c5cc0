"""What the tag tree of a file says, read from its objects as PDF writes them (ISO 32000-1, 14.7).

text = TagText(bodies, pages)
text.run(root)              then text.pieces and text.wholes
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_LITERAL = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)
_KIDS = re.compile(rb"/K (\[.*?\]|<<.*?>>|\d+ \d+ R|\d+)", re.DOTALL)
_KID = re.compile(rb"<<(.*?)>>|(\d+) \d+ R|(\d+)", re.DOTALL)
_MCID = re.compile(rb"/MCID (\d+)")
_PAGE = re.compile(rb"/Pg (\d+) ")
_MOST = 400
"""Characters from which on the whole text of an element matters to nobody."""
_NOTE_DIGITS = 3

Kid = tuple[str, int, int]
"""`("e", object, 0)`, `("m", page object, mcid)`, or `("end", object, index of its first piece)`."""


@dataclass(slots=True)
class TagText:
    """The tag tree in order: pieces of text with their pages, and the whole texts of elements, each when it ends."""

    bodies: Mapping[int, bytes]
    pages: Mapping[int, Mapping[int, str]]
    pieces: list[tuple[str, int]] = field(default_factory=list)
    wholes: list[str] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def run(self, root: int) -> None:
        """Walk through everything below `root`, once."""
        numbers = {page: number for number, page in enumerate(self.pages, 1)}
        stack: list[Kid] = [("e", root, 0)] if root else []
        while stack:
            kind, a, b = stack.pop()
            if kind == "m":
                self.pieces.append((self.pages.get(a, {}).get(b, ""), numbers.get(a, 0)))
            elif kind == "end":
                self.end(a, b)
            elif a not in self.seen:
                self.seen.add(a)
                stack.append(("end", a, len(self.pieces)))
                stack.extend(reversed(_kids_of(a, self.bodies)))

    def end(self, number: int, start: int) -> None:
        """Take in an element that began with the piece at `start`."""
        if len(self.pieces) - start > _MOST:
            return
        whole = "".join([text for text, _ in self.pieces[start:]]).strip()
        if whole.isdigit() and len(whole) <= _NOTE_DIGITS and b"/S /Link" in self.bodies[number]:
            del self.pieces[start:]
        elif whole and len(whole) <= _MOST:
            self.wholes.append(whole)


def _kids_of(number: int, bodies: Mapping[int, bytes]) -> list[Kid]:
    """Return what an element holds, in order; a reference may lead to an element or to a marked content."""
    body = _LITERAL.sub(b"()", bodies.get(number, b""))
    held = _KIDS.search(body)
    if held is None:
        return []
    own = _PAGE.search(body, held.end()) or _PAGE.search(body, 0, held.start())
    page = int(own[1]) if own else 0
    found: list[Kid] = []
    for inline, reference, mcid in _KID.findall(held[1]):
        content = bodies.get(int(reference), b"") if reference else inline
        if b"/S /" not in content and (marked := _MCID.search(content)):
            elsewhere = _PAGE.search(content)
            found.append(("m", int(elsewhere[1]) if elsewhere else page, int(marked[1])))
        elif reference:
            found.append(("e", int(reference), 0))
        elif mcid:
            found.append(("m", page, int(mcid)))
    return found
