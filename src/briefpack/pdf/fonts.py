"""The fonts of a file: one dictionary for all sections, one program for each font, one map from glyphs to text.

merged = merge_fonts(pieces)                             what all pieces together use, by key
number = put_fonts(writer, merged, programs)             the resource dictionary
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from briefpack.pdf.objects import Writer, name_object, real, text_string
from briefpack.pdf.piece import FontUse, Piece

_BATCH = 100
_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_WIDTH_TOLERANCE = 1


def merge_fonts(pieces: Iterable[Piece]) -> dict[str, FontUse]:
    """Return what all pieces use of each font, by key in order.

    A glyph that stands for different characters in two pieces (a hyphen, a soft hyphen) stands for the plainest of
    them. Raises `ValueError` where one key names different fonts, or one glyph has widths that differ.
    """
    uses: dict[str, list[FontUse]] = {}
    seen: set[int] = set()
    for piece in pieces:
        if id(piece) not in seen:
            seen.add(id(piece))
            for key, use in piece.fonts.items():
                uses.setdefault(key, []).append(use)
    return {key: _merged(key, uses[key]) for key in sorted(uses)}


def _merged(key: str, uses: Sequence[FontUse]) -> FontUse:
    first = uses[0]
    text: dict[int, str] = {}
    widths: dict[int, int] = {}
    for use in uses:
        if (use.program, use.family) != (first.program, first.family):
            raise ValueError(f"the font key {key!r} names two programs")
        for glyph, characters in use.text.items():
            known = text.get(glyph)
            if known is None or (known != characters and plainness(characters) < plainness(known)):
                text[glyph] = characters
        for glyph, width in use.widths.items():
            known_width = widths.setdefault(glyph, width)
            if known_width != width:
                if abs(known_width - width) > _WIDTH_TOLERANCE:
                    raise ValueError(f"glyph {glyph} of font {key!r} has widths {known_width} and {width}")
                widths[glyph] = min(known_width, width)
    flags = 0
    for use in uses:
        flags |= use.flags
    ascent, descent = max(use.ascent for use in uses), min(use.descent for use in uses)
    return FontUse(first.family, first.program, flags, ascent, descent, text, widths)


def plainness(characters: str) -> tuple[bool, int, str]:
    """Return what orders readings of one glyph: some text before none, short before long, low before high."""
    return (not characters, len(characters), characters)


def put_fonts(writer: Writer, fonts: Mapping[str, FontUse], programs: Mapping[str, bytes]) -> int:
    """Write all fonts and return the number of the resource dictionary that names them.

    Raises `ValueError` where a font has no program.
    """
    files: dict[bytes, tuple[int, str]] = {}
    entries = []
    for key, use in sorted(fonts.items()):
        program = programs.get(key)
        if not program:
            raise ValueError(f"the font {key!r} has no program")
        if program not in files:
            files[program] = _put_program(writer, program)
        file, tag = files[program]
        entries.append(f"/{name_object(key)} {_put_font(writer, use, file, tag, program)} 0 R")
    return writer.add(f"<<{''.join(entries)}>>")


def is_opentype(program: bytes) -> bool:
    """Whether the outlines are PostScript's."""
    return program[:4] == b"OTTO"


def _put_program(writer: Writer, program: bytes) -> tuple[int, str]:
    """Embed a program; its tag (9.6.4) comes from what it holds, so no two programs ever share a name."""
    number = writer.reserve()
    writer.stream(number, "/Subtype/OpenType" if is_opentype(program) else f"/Length1 {len(program)}", program)
    return number, "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])


def _put_font(writer: Writer, use: FontUse, file: int, tag: str, program: bytes) -> int:
    is_type0 = is_opentype(program)
    family = use.family.rstrip(" ,")  # Pango ends a family without a style so
    name = f"/{tag}+{name_object(family.replace(' ', '-'))}"
    widest = max(use.widths.values(), default=0)
    descriptor = writer.add(
        f"<</Type/FontDescriptor/FontName{name}/FontFamily{text_string(family)}/Flags {use.flags}"
        f"/FontBBox[0 {use.descent} {real(widest)} {use.ascent}]/ItalicAngle 0/Ascent {use.ascent}"
        f"/Descent {use.descent}/CapHeight {use.ascent}/StemV 80/StemH 80/FontFile{3 if is_type0 else 2} {file} 0 R>>"
    )
    text = writer.reserve()
    writer.stream(text, "", to_unicode(use.text).encode())
    descendant = writer.add(
        f"<</Type/Font/Subtype/CIDFontType{0 if is_type0 else 2}/BaseFont{name}/CIDToGIDMap/Identity"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {descriptor} 0 R/W[{_widths(use.widths)}]>>"
    )
    return writer.add(
        f"<</Type/Font/Subtype/Type0/BaseFont{name}/Encoding/Identity-H/ToUnicode {text} 0 R"
        f"/DescendantFonts[{descendant} 0 R]>>"
    )


def _widths(widths: Mapping[int, int]) -> str:
    """Runs of glyphs that follow each other: `first [width width …]` (9.7.4.3)."""
    parts: list[str] = []
    previous = -2
    for glyph in sorted(widths):
        if glyph != previous + 1:
            parts.append(f"{']' if parts else ''}{glyph}[")
        parts.append(f"{real(widths[glyph])} ")
        previous = glyph
    return "".join(parts) + ("]" if parts else "")


def to_unicode(text: Mapping[int, str]) -> str:
    """Return the character map of glyphs to the characters they stand for (9.10.3)."""
    lines = []
    items = [(glyph, text[glyph]) for glyph in sorted(text) if text[glyph]]
    for start in range(0, len(items), _BATCH):
        batch = items[start : start + _BATCH]
        lines.append(f"{len(batch)} beginbfchar\n")
        lines += [f"<{glyph:04x}> <{value.encode('utf-16-be').hex()}>\n" for glyph, value in batch]
        lines.append("endbfchar\n")
    return f"{_CMAP_HEAD}{''.join(lines)}{_CMAP_TAIL}"
