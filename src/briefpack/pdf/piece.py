"""A typeset section as plain data: pages, tags, links and fonts, independent of where in a file it will stand.

A `Piece` is what a layout child returns, what the store keeps and what `linking` joins into files. Nothing in it knows
a page number, another section or an object number of a finished file. Lengths are in PDF points, places count from the
lower left corner of the page, page indices from 0.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from briefpack.world import Digest

FORMAT = 1
"""Goes up whenever the bytes of a piece change their meaning."""

Kid = tuple[str, int, int]
"""What an element holds, in order of reading: `("e", element, 0)`, `("m", page, mcid)` or `("l", link, 0)`."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the tag tree (ISO 32000-1, 14.7.2): its standard structure type, and what it holds.

    `attributes` may hold `Alt`, `Scope` (`Row`, `Column`), `ColSpan`, `RowSpan`, `BBox` (four numbers, with spaces),
    `Summary`, `ListNumbering` and `ID`. `lang` is filled where the language differs from the element above.
    """

    role: str
    kids: tuple[Kid, ...] = ()
    lang: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A link annotation: its rectangle, where it leads, what it says, and which element it belongs to.

    `target` is an address (`https://…`, `mailto:…`) or `#name`, a destination in this section or another.
    """

    rectangle: tuple[float, float, float, float]
    target: str
    says: str
    element: int


@dataclass(frozen=True, slots=True)
class Destination:
    """A named place: the index of its page, and its left upper corner."""

    page: int
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class FontUse:
    """A font as the content uses it. Content names it by its key in `Piece.fonts`; the program is not in the piece.

    `program` is the digest of the font file in the bundle. `text` maps each glyph drawn to the characters it stands for
    in this section, `widths` to its advance in thousandths of the size.
    """

    family: str
    program: Digest
    flags: int
    ascent: int
    descent: int
    text: Mapping[int, str]
    widths: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An object that content draws besides text: the inside of its dictionary, and its stream (uncompressed) or None.

    References to other objects of the piece are written `N 0 R`, N from 1 in the order of `Piece.objects`.
    """

    dictionary: bytes
    stream: bytes | None = None


@dataclass(frozen=True, slots=True)
class PiecePage:
    """One page: its size, the name of its page rule, its content stream (compressed with zlib), and its links.

    `strings` are the named strings (CSS `string-set`) assigned on this page, each with its values in order. `links`
    are indices into `Piece.links`. Every byte of text in `content` stands in marked content: `/Span <</MCID n>>` or
    `/Artifact`.
    """

    width: float
    height: float
    name: str
    content: bytes
    mcids: int
    links: tuple[int, ...] = ()
    strings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """A typeset section.

    `elements[0]` is its root, a `Sect`. `resources` is the inside of the pages' resource dictionary without `/Font`,
    with references as in `Drawn`.
    """

    pages: tuple[PiecePage, ...]
    elements: tuple[Element, ...] = ()
    links: tuple[Link, ...] = ()
    destinations: Mapping[str, Destination] = field(default_factory=dict)
    fonts: Mapping[str, FontUse] = field(default_factory=dict)
    objects: tuple[Drawn, ...] = ()
    resources: bytes = b""
    lang: str = "en"

    def to_bytes(self) -> bytes:
        """Return the piece as bytes; equal pieces give equal bytes."""
        blobs: list[bytes] = []

        def blob(content: bytes) -> int:
            blobs.append(content)
            return len(blobs) - 1

        head = {
            "format": FORMAT,
            "lang": self.lang,
            "resources": blob(self.resources),
            "pages": [
                [p.width, p.height, p.name, blob(p.content), p.mcids, p.links, dict(p.strings)] for p in self.pages
            ],
            "elements": [[e.role, e.kids, e.lang, dict(e.attributes)] for e in self.elements],
            "links": [[link.rectangle, link.target, link.says, link.element] for link in self.links],
            "destinations": {name: [d.page, d.left, d.top] for name, d in self.destinations.items()},
            "fonts": {name: asdict(use) for name, use in self.fonts.items()},
            "objects": [[blob(o.dictionary), -1 if o.stream is None else blob(o.stream)] for o in self.objects],
            "sizes": [],
        }
        head["sizes"] = [len(content) for content in blobs]
        packed = zlib.compress(json.dumps(head, separators=(",", ":"), sort_keys=True).encode(), 1)
        return b"".join((len(packed).to_bytes(4, "big"), packed, *blobs))

    @classmethod
    def from_bytes(cls, content: bytes) -> Piece:
        """Return the piece that `to_bytes` wrote; raise `ValueError` for anything else."""
        try:
            size = int.from_bytes(content[:4], "big")
            head = json.loads(zlib.decompress(content[4 : 4 + size]))
            if head["format"] != FORMAT:
                raise ValueError("a piece of another format")
            blobs, at = [], 4 + size
            for length in head["sizes"]:
                blobs.append(content[at : at + length])
                at += length
            if at != len(content):
                raise ValueError("a piece of another length")
            return _piece(head, blobs)
        except (KeyError, IndexError, TypeError, zlib.error, UnicodeDecodeError) as error:
            raise ValueError(f"not a piece: {error}") from None


def _piece(head: Mapping[str, Any], blobs: list[bytes]) -> Piece:
    return Piece(
        pages=tuple(
            PiecePage(
                width, height, name, blobs[at], mcids, tuple(links), {k: tuple(values) for k, values in strings.items()}
            )
            for width, height, name, at, mcids, links, strings in head["pages"]
        ),
        elements=tuple(
            Element(role, tuple((kind, a, b) for kind, a, b in kids), lang, attributes)
            for role, kids, lang, attributes in head["elements"]
        ),
        links=tuple(
            Link((box[0], box[1], box[2], box[3]), target, says, element)
            for box, target, says, element in head["links"]
        ),
        destinations={name: Destination(*place) for name, place in head["destinations"].items()},
        fonts={name: _font(use) for name, use in head["fonts"].items()},
        objects=tuple(Drawn(blobs[d], None if s < 0 else blobs[s]) for d, s in head["objects"]),
        resources=blobs[head["resources"]],
        lang=head["lang"],
    )


def _font(use: Mapping[str, Any]) -> FontUse:
    text = {int(glyph): value for glyph, value in use["text"].items()}
    widths = {int(glyph): value for glyph, value in use["widths"].items()}
    return FontUse(use["family"], use["program"], use["flags"], use["ascent"], use["descent"], text, widths)
