"""What is put right while WeasyPrint still knows what it drew: the map from glyphs to characters, and what links say.

With `full_fonts` WeasyPrint maps each glyph to the one character that the font's own table gives it, so ligatures and
alternates ("ft", "fi") come out as nothing or as private characters when the text is copied, searched or read aloud. It
does know the right map of the glyphs it drew; this writes that one.
"""

from __future__ import annotations

import re
from typing import Any

_HEAD = (
    b"/CIDInit /ProcSet findresource begin",
    b"12 dict begin",
    b"begincmap",
    b"/CIDSystemInfo",
    b"<< /Registry (Adobe)",
    b"/Ordering (UCS)",
    b"/Supplement 0",
    b">> def",
    b"/CMapName /Adobe-Identity-UCS def",
    b"/CMapType 2 def",
    b"1 begincodespacerange",
    b"<0000> <ffff>",
    b"endcodespacerange",
)
_TAIL = (b"endcmap", b"CMapName currentdict /CMap defineresource pop", b"end", b"end")
_BATCH = 100


def complete(document: Any, pdf: Any) -> None:
    """Restore the text of all fonts and the words of all links: a WeasyPrint finisher."""
    restore_text(document, pdf)
    for page in document.pages:
        describe_links(page._page_box)


def describe_links(page_box: Any) -> None:
    """Give each link annotation below `page_box` the text of its element as its description."""
    stack = [page_box]
    while stack:
        box = getattr(stack[-1], "_box", stack[-1])  # what is placed absolutely stands behind a placeholder
        stack.pop()
        annotation = getattr(box, "link_annotation", None)
        if annotation and box.element is not None:
            words = " ".join("".join(box.element.itertext()).split())
            if words:
                annotation["Contents"] = type(annotation["Contents"])(words)  # a pydyf.String
        stack.extend(getattr(box, "children", ()))


def restore_text(document: Any, pdf: Any) -> None:
    """Give each font of `pdf` (a `pydyf.PDF`) the glyph-to-text map of what `document` drew."""
    texts: dict[bytes, dict[int, str]] = {}
    for font in document.fonts.values():
        texts.setdefault(font.name, {}).update(font.to_unicode)
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Subtype") == "/Type0" and item.get("BaseFont") in texts:
            reference = item["ToUnicode"]
            number = int(re.match(rb"\d+", reference)[0])  # type: ignore[index]
            pdf.objects[number].stream = [*_HEAD, *_lines(texts[item["BaseFont"]]), *_TAIL]


def _lines(glyphs: dict[int, str]) -> list[bytes]:
    lines: list[bytes] = []
    items = sorted(glyphs.items())
    for start in range(0, len(items), _BATCH):
        batch = items[start : start + _BATCH]
        lines.append(f"{len(batch)} beginbfchar".encode())
        lines += [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>".encode() for glyph, text in batch]
        lines.append(b"endbfchar")
    return lines
