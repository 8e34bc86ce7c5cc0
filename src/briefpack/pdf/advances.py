"""How far each glyph of a font advances, by the font's own tables.

WeasyPrint measures a glyph where it meets it first, at the size that it has there: now 200 thousandths, now 201. What
is written for all that follows hangs on it, and so on what else stands in the section. The tables know no size.
"""

from __future__ import annotations

import io
import struct
from typing import Any


class Advances(dict[int, int]):
    """The advances of the glyphs that were asked for, in thousandths of the font's size.

    A glyph that the font notes is there without having been measured; without notes this is a dictionary like any.
    """

    def __init__(self, font: Any) -> None:
        super().__init__()
        self._noted = _noted(font)

    def __contains__(self, glyph: object) -> bool:
        return bool(self._noted) or super().__contains__(glyph)

    def __missing__(self, glyph: int) -> int:
        if not self._noted:
            raise KeyError(glyph)
        found = self[glyph] = self._noted[min(glyph, len(self._noted) - 1)]
        return found


class DrawnFonts(dict[Any, Any]):
    """WeasyPrint's fonts by their key; each that is added notes advances."""

    def __setitem__(self, key: Any, font: Any) -> None:
        font.widths = Advances(font)
        super().__setitem__(key, font)


def _noted(font: Any) -> tuple[int, ...]:
    """The advances in a font's tables, none where it has no such tables; read once, fonts are kept by their press."""
    found: tuple[int, ...] | None = font.__dict__.get("noted_advances")
    if found is None:
        found = font.noted_advances = advances_in(font.file_content, font.index)
    return found


def advances_in(program: bytes, index: int = 0) -> tuple[int, ...]:
    """Return the advances that a font program notes, in thousandths; all glyphs after the last have the last one's.

    OpenType 1.9: `head`, `hhea`, `hmtx`. Nothing where it is no such font, or one whose advances vary (`fvar`).
    """
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - takes long to import

    try:
        with TTFont(io.BytesIO(program), lazy=True, fontNumber=index) as font:
            if "fvar" in font.reader.tables:
                return ()
            head, hhea, hmtx = (font.reader[table] for table in ("head", "hhea", "hmtx"))
        (units,), (count,) = struct.unpack_from(">H", head, 18), struct.unpack_from(">H", hhea, 34)
        return tuple(round(1000 * advance / units) for advance, _ in struct.iter_unpack(">Hh", hmtx[: 4 * count]))
    except (TTLibError, KeyError, ValueError, ZeroDivisionError, struct.error):
        return ()
