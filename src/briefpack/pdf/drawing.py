"""From a layout to a `Piece`: WeasyPrint draws the pages, everything else about the file is ours."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from briefpack.pdf.advances import Advances
from briefpack.pdf.engine import press_of
from briefpack.pdf.layout import ELSEWHERE, Layout
from briefpack.pdf.piece import Destination, Drawn, FontUse, Link, Piece, PiecePage
from briefpack.pdf.tagging import Tagger
from briefpack.products.pages import Styles
from briefpack.world import Digest, digest

_POINTS = 0.75
"""A CSS pixel in points."""

_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")


def draw(layout: Layout, styles: Styles, lang: str, *, tagged: bool = True) -> tuple[Piece, Tagger]:
    """Draw all pages. Without tags (furniture) nothing is marked, and there are no links and destinations."""
    import pydyf  # noqa: PLC0415 - comes with WeasyPrint, which is imported late

    press, pages = press_of(styles), layout.document.pages
    fonts = press.drawn_fonts
    for font in fonts.values():
        font.to_unicode, font.widths = {}, Advances(font)
    resources = pydyf.Dictionary({name: pydyf.Dictionary() for name in ("ExtGState", "XObject", "Pattern", "Shading")})
    resources["ColorSpace"] = pydyf.Dictionary()
    images: dict[Any, Any] = {}
    tagger = Tagger(layout.root, lang)
    streams = []
    for number, page in enumerate(pages):
        tags: dict[Any, Any] | None = {} if tagged else None
        stream = _stream(page, fonts, resources, images, tags)
        if tags is not None:
            tagger.add_page(number, page._page_box, tags)
        streams.append((stream, len(tags or ())))
    links, on_page = _links(pages, tagger) if tagged else ([], {})
    elements = tagger.elements() if tagged else ()
    piece = Piece(
        pages=tuple(
            PiecePage(
                _number(page.width * _POINTS),
                _number(page.height * _POINTS),
                page._page_box.page_type.name or "",
                zlib.compress(_content(stream, tagger.artifacts.get(number, set())), 6),
                count,
                tuple(on_page.get(number, ())),
                layout.strings[number],
            )
            for number, (page, (stream, count)) in enumerate(zip(pages, streams, strict=True))
        ),
        elements=elements,
        links=tuple(Link(box, target, says, tagger.number_of(element)) for box, target, says, element in links),
        destinations=_destinations(pages) if tagged else {},
        fonts={font.hash: _font(font) for font in sorted(fonts.values(), key=lambda f: str(f.hash)) if font.to_unicode},
        **_objects(resources, images),
        lang=lang,
    )
    return piece, tagger


def _stream(page: Any, fonts: Any, resources: Any, images: Any, tags: Any) -> Any:
    from weasyprint.pdf.stream import Stream  # noqa: PLC0415

    box = (0, 0, page.width, page.height)
    stream = Stream(fonts, box, resources, images, tags, {}, None, compress=False)
    stream.transform(d=-1, f=page.height * _POINTS)
    page.paint(stream, _POINTS)
    return stream


_MARK = re.compile(rb"/Span\n<</MCID (\d+)>>\nBDC")


def _content(stream: Any, artifacts: set[int]) -> bytes:
    """The bytes of a content stream; what is an artifact is marked so."""
    import pydyf  # noqa: PLC0415

    items = [item if type(item) is bytes else pydyf._to_bytes(item) for item in stream.stream]
    content = b"\n".join(items).replace(b">0<", b"")
    if not artifacts:
        return content
    return _MARK.sub(lambda match: b"/Artifact BMC" if int(match[1]) in artifacts else match[0], content)


def _links(pages: Any, tagger: Tagger) -> tuple[list[Any], dict[int, list[int]]]:
    links: list[Any] = []
    on_page: dict[int, list[int]] = {}
    last: tuple[int, str] | None = None
    for number, page in enumerate(pages):
        height = page.height * _POINTS
        for kind, target, (x1, y1, x2, y2), box in page.links:
            if kind not in ("internal", "external") or box.element is None:
                continue
            if box.element.get("href") is None and (number, target) == last:
                continue  # a box within the link before it, such as the page number in a line of the contents
            last = (number, target)
            says = box.element.get("aria-label") or " ".join("".join(box.element.itertext()).split())
            where = f"#{target}" if kind == "internal" else str(target).removeprefix(ELSEWHERE)
            corners = (x1 * _POINTS, height - y2 * _POINTS, x2 * _POINTS, height - y1 * _POINTS)
            on_page.setdefault(number, []).append(len(links))
            tagger.add_link(box.element, len(links))
            links.append((tuple(_number(corner) for corner in corners), where, says, box.element))
    return links, on_page


def _destinations(pages: Any) -> dict[str, Destination]:
    found: dict[str, Destination] = {}
    for number, page in enumerate(pages):
        for name, (x, y, *_) in page.anchors.items():
            if name not in found:
                found[name] = Destination(number, _number(x * _POINTS), _number((page.height - y) * _POINTS))
    return found


def _font(font: Any) -> FontUse:
    name = font.name.decode().partition("+")[2]
    return FontUse(
        family=name,
        program=_program(font),
        flags=font.flags,
        ascent=font.ascent,
        descent=font.descent,
        # Pango draws all spaces as the one that fonts have, so whichever came first would stand for it.
        text={glyph: " " if text.isspace() else text for glyph, text in sorted(font.to_unicode.items())},
        widths={glyph: _width(font, glyph, width) for glyph, width in sorted(font.widths.items())},
    )


def _width(font: Any, glyph: int, measured: int) -> int:
    """The width of a glyph in thousandths: the font's own where type too small to be measured came first."""
    known = font.__dict__.get("advances")
    if known is None:
        from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to import

        opened = TTFont(BytesIO(font.file_content), lazy=True)
        unit, metrics = opened["head"].unitsPerEm, opened["hmtx"].metrics
        known = font.advances = [round(metrics[name][0] * 1000 / unit) for name in opened.getGlyphOrder()]
    own: int = known[glyph] if glyph < len(known) else measured
    return own if abs(own - measured) > 1 else measured


def _program(font: Any) -> Digest:
    """The digest of a font's file, worked out once: fonts are kept by their press."""
    found: Digest | None = font.__dict__.get("program")
    if found is None:
        found = font.program = digest(font.file_content)
    return found


def _objects(resources: Any, images: Any) -> Mapping[str, Any]:
    """Everything drawn besides text, with references from 1; nothing where a section has none."""
    import pydyf  # noqa: PLC0415
    from weasyprint.pdf import _use_references  # noqa: PLC0415

    pdf = pydyf.PDF()
    start = len(pdf.objects)
    resources["Font"] = pydyf.Dictionary()  # groups ask for it; text in one is missed by the gate
    _use_references(pdf, resources, images, {})
    del resources["Font"]
    numbers = {item.number: index for index, item in enumerate(pdf.objects[start:], 1)}

    def moved(content: bytes) -> bytes:
        return _REFERENCE.sub(lambda match: b"%d 0 R" % numbers[int(match[1])], content)

    objects = []
    for item in pdf.objects[start:]:
        if isinstance(item, pydyf.Stream):
            inside = moved(pydyf.Dictionary(item.extra).data[2:-2])
            objects.append(Drawn(inside, b"\n".join(pydyf._to_bytes(part) for part in item.stream)))
        else:
            objects.append(Drawn(moved(item.data[2:-2])))
    inside = b"".join(b"/" + name.encode() + b" " + moved(value.data) for name, value in resources.items() if value)
    return {"objects": tuple(objects), "resources": inside}


def _number(value: float) -> float:
    return round(value, 2)
