"""Pieces by hand: paragraphs, headings, tables, figures and links in the vendored fonts, without a layout engine."""

from __future__ import annotations

import datetime
import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from briefpack.pdf.binding import Binding, BoundSection
from briefpack.pdf.faces import cut_face, glyphs_of
from briefpack.pdf.facts import Facts
from briefpack.pdf.piece import Destination, Drawn, Element, FontUse, Kid, Link, Piece, PiecePage
from briefpack.world import digest

FONTS = Path(__file__).parents[2] / "templates" / "base" / "fonts"
FACTS = Facts("Migration & reintegration: “año”", "en", "Briefing desk", datetime.date(2026, 11, 22))
WIDTH, HEIGHT = 595.3, 841.9
SERIF, SANS = "SERIFA", "SANSAA"
FILES = {SERIF: "SourceSerif4-Regular.ttf", SANS: "SourceSans3-Regular.ttf"}


@dataclass(frozen=True)
class Face:
    key: str
    program: bytes
    glyphs: Mapping[str, int]
    widths: Mapping[int, int]

    def shown(self, text: str) -> str:
        return "".join(f"{self.glyphs[character]:04x}" for character in text)


@lru_cache
def face(key: str) -> Face:
    program = (FONTS / FILES[key]).read_bytes()
    font = TTFont(io.BytesIO(program))
    glyphs = {chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()}
    widths = {font.getGlyphID(name): width for name, (width, _) in font["hmtx"].metrics.items()}
    return Face(key, program, glyphs, widths)


@dataclass
class Maker:
    """Builds one piece; every line of text is marked content of the element it is given."""

    lang: str = "en"
    tagged: bool = True
    streams: list[list[str]] = field(default_factory=list)
    mcids: list[int] = field(default_factory=list)
    elements: list[list[Any]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    on_page: list[list[int]] = field(default_factory=list)
    destinations: dict[str, Destination] = field(default_factory=dict)
    used: dict[str, dict[int, str]] = field(default_factory=dict)
    objects: list[Drawn] = field(default_factory=list)
    resources: bytes = b""
    y: float = 0

    def __post_init__(self) -> None:
        if self.tagged:
            self.elements.append(["Sect", [], "", {}])
        self.new_page()

    def new_page(self) -> None:
        self.streams.append([f"1 0 0 -1 0 {HEIGHT} cm"])
        self.mcids.append(0)
        self.on_page.append([])
        self.y = 60

    def element(self, role: str, above: int = 0, lang: str = "", **attributes: str) -> int:
        self.elements.append([role, [], lang, attributes])
        self.elements[above][1].append(("e", len(self.elements) - 1, 0))
        return len(self.elements) - 1

    def text(self, text: str, element: int, key: str = SERIF, size: float = 11) -> None:
        used = face(key)
        self.used.setdefault(key, {}).update({used.glyphs[character]: character for character in text})
        begin, end = self.mark(element)
        middle = len(text) // 2
        shown = f"<{used.shown(text[:middle])}>-3<{used.shown(text[middle:])}>"
        self.streams[-1] += [
            begin,
            f"BT\n/{key} {size} Tf\n1 0 0 -1 60 {self.y} Tm\n[{shown}] TJ\nET",
            end,
        ]
        self.y += size * 1.4

    def mark(self, element: int) -> tuple[str, str]:
        if not self.tagged:
            return "q", "Q"
        page, mcid = len(self.streams) - 1, self.mcids[-1]
        self.mcids[-1] += 1
        self.elements[element][1].append(("m", page, mcid))
        return f"/Span\n<</MCID {mcid}>>\nBDC", "EMC"

    def paragraph(self, text: str, role: str = "P", **more: Any) -> int:
        element = self.element(role)
        self.text(text, element, **more)
        return element

    def link(self, target: str, says: str, above: int) -> int:
        element = self.element("Link", above)
        low = HEIGHT - self.y
        self.text(says, element)
        self.elements[element][1].append(("l", len(self.links), 0))
        self.on_page[-1].append(len(self.links))
        self.links.append(Link((60, low, 60 + 6.0 * len(says), low + 11), target, says, element))
        return element

    def anchor(self, name: str) -> None:
        self.destinations[name] = Destination(len(self.streams) - 1, 60, HEIGHT - self.y)

    def draw(self, alt: str) -> None:
        """A figure, drawn by a form that has a graphics state of its own."""
        self.objects += [
            Drawn(b"/Type/ExtGState /LW 2"),
            Drawn(
                b"/Type/XObject /Subtype/Form /BBox [0 0 50 50] /Resources <</ExtGState <</g 1 0 R>>>>",
                b"/g gs 0 0 0 rg 10 10 30 30 re f",
            ),
        ]
        self.resources = b"/ExtGState <</g 1 0 R>> /XObject <</x1 2 0 R>>"
        figure = self.element("Figure", Alt=alt, BBox="60 400 110 450")
        begin, end = self.mark(figure)
        self.streams[-1] += [begin, "q 1 0 0 1 60 400 cm /x1 Do Q", end]

    def piece(self) -> Piece:
        return Piece(
            pages=tuple(
                PiecePage(WIDTH, HEIGHT, "", zlib.compress("\n".join(stream).encode()), mcids, tuple(links))
                for stream, mcids, links in zip(self.streams, self.mcids, self.on_page, strict=True)
            ),
            elements=tuple(
                Element(role, tuple(kids), lang, attributes) for role, kids, lang, attributes in self.elements
            ),
            links=tuple(self.links),
            destinations=self.destinations,
            fonts={key: _use(key, text) for key, text in sorted(self.used.items())},
            objects=tuple(self.objects),
            resources=self.resources,
            lang=self.lang,
        )


def _use(key: str, text: Mapping[int, str]) -> FontUse:
    used = face(key)
    widths = {glyph: used.widths[glyph] for glyph in text}
    return FontUse(f"{key} Regular", digest(used.program), 4, 1036, -335, dict(sorted(text.items())), widths)


def texts(number: int, paragraphs: int = 4) -> list[str]:
    """What section `number` says, in order."""
    said = [f"Section {number}: hallazgos", f"see section {(number + 1) % 3}"]
    said += [
        f"Paragraph {index} of section {number}: 1,058 people returned, según la OIM." for index in range(paragraphs)
    ]
    return [*said, "Municipality", "Returns", "Usulután", f"{number}00", "the source"]


def section(number: int, pages: int = 2, paragraphs: int = 4, sections: int = 3) -> BoundSection:
    """A section with a heading, a link to the next, paragraphs over `pages` pages, a table, a figure and an address."""
    maker = Maker(lang="es" if number == 1 else "en")
    maker.anchor(f"s{number}")
    said = texts(number, paragraphs)
    maker.paragraph(said[0], "H1", key=SANS, size=18)
    line = maker.element("P")
    maker.link(f"#s{(number + 1) % sections}", said[1], line)
    for index in range(paragraphs):
        if pages > 1 and index == paragraphs // 2:
            element = maker.element("P", lang="es")
            text = said[2 + index]
            maker.text(text[:20], element)
            maker.new_page()
            maker.text(text[20:], element)
        else:
            maker.paragraph(said[2 + index])
    for _ in range(pages - len(maker.streams)):
        maker.new_page()
    _table(maker, said[-5:-1])
    maker.draw("A square")
    maker.link("https://example.org/a(b)?ñ=1", said[-1], maker.element("P"))
    return BoundSection(maker.piece(), f"Section {number}", f"s{number}")


def _table(maker: Maker, cells: Sequence[str]) -> None:
    table = maker.element("Table")
    head, body = maker.element("THead", table), maker.element("TBody", table)
    rows = (maker.element("TR", head), maker.element("TR", body))
    for index, cell in enumerate(cells):
        row = rows[index // 2]
        if index == 3:
            element = maker.element("TD", row)
        else:
            element = maker.element("TH", row, Scope="Row" if index == 2 else "Column", ID=f"c{index}")
        maker.text(cell, element, SANS)


def furniture(pages: int) -> Piece:
    """Running heads: untagged pages, each with its number."""
    maker = Maker(tagged=False)
    for number in range(pages):
        if number:
            maker.new_page()
        maker.y = HEIGHT - 30
        maker.text(f"Briefing desk · {number + 1}", 0, SANS, 8)
    return maker.piece()


@lru_cache
def cut(key: str, glyphs: frozenset[int]) -> bytes:
    return cut_face(face(key).program, glyphs)


def bound(sections: Sequence[BoundSection], *, heads: bool = True, **more: Any) -> Binding:
    """A binding of `sections` with programs cut for them, and with furniture on each page unless `heads` is False."""
    pages = sum(len(each.piece.pages) for each in sections)
    if heads:
        over = furniture(pages)
        more.setdefault("overlays", tuple((over, number) for number in range(pages)))
    drawn = [each.piece for each in sections] + [overlay[0] for overlay in more.get("overlays", ()) if overlay]
    programs = {key: cut(key, glyphs) for key, glyphs in glyphs_of(drawn).items()}
    more.setdefault("facts", FACTS)
    return Binding(tuple(sections), programs=programs, producer="briefpack 0.1.0 with WeasyPrint 70.0", **more)


def kids(piece: Piece, element: int) -> tuple[Kid, ...]:
    return piece.elements[element].kids
