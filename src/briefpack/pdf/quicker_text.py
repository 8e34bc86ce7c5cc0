"""Quicker stand-ins for what WeasyPrint does to each piece of text; see `quicker`.

A line was shaped three times: to find its end, to measure it, and once more to draw it, each time in a Pango context of
its own. Here a style has one context, and a line is drawn as it was measured.
"""

from __future__ import annotations

from functools import lru_cache
from struct import calcsize, iter_unpack
from typing import Any

from briefpack.pdf import quicker

_GLYPH = "=I3i4x"
"""PangoGlyphInfo: glyph, width, horizontal and vertical offset, and flags."""

_GLYPH_SIZE = calcsize(_GLYPH)

_PARAGRAPH_ENDS = frozenset("\n\r\x85\u2028\u2029")


def install() -> None:
    """Put the stand-ins in place."""
    from weasyprint.text import line_break  # noqa: PLC0415 - WeasyPrint is imported late, see `engine`

    _layouts(line_break.Layout)
    _struts(line_break)
    quicker.replace(line_break.can_break_text, lru_cache(maxsize=8192)(line_break.can_break_text))
    _drawing()


def _struts(line_break: Any) -> None:
    """The height of an empty line was looked up by a text of sixteen properties, for each piece of each line."""
    asked = line_break.strut

    def strut(style: Any) -> Any:
        found = quicker.kept(style).get("strut")
        if found is None:
            found = asked(style)
            quicker.kept(style)["strut"] = found
        return found

    quicker.replace(asked, strut)


class _Setup:
    """What all Pango layouts of a style share: context, font, language, features and the places of lines."""

    def __init__(self, layout: Any, style: Any) -> None:
        from weasyprint.text.constants import PANGO_DIRECTION  # noqa: PLC0415
        from weasyprint.text.ffi import ffi, gobject, pango  # noqa: PLC0415
        from weasyprint.text.fonts import get_font_description  # noqa: PLC0415

        self.values = {name: value for name, value in vars(layout).items() if name in _VALUES}
        context = pango.pango_font_map_create_context(style.font_config.font_map)
        self.context = ffi.gc(context, gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(self.context, False)
        pango.pango_context_set_base_dir(self.context, PANGO_DIRECTION[style["direction"]])
        if style["font_language_override"] != "normal" or style["lang"]:
            pango.pango_context_set_language(self.context, layout.language)
        self.description = get_font_description(style)
        self.model = layout.layout  # owns the attributes
        found = pango.pango_layout_get_attributes(self.model)
        self.attributes = None if found == ffi.NULL else found
        self.is_shared = (
            style["word_spacing"] == 0
            and style["letter_spacing"] in ("normal", 0)
            and style["overflow_wrap"] not in ("anywhere", "break-word")
        )
        """Whether setting a text leaves the attributes as they are."""


_VALUES = frozenset(("language", "ascent"))
_VALUES |= {f"{line}_{what}" for line in ("underline", "strikethrough") for what in ("position", "thickness")}


def _layouts(layout_class: Any) -> None:
    """Layouts of one style share what `_Setup` holds, and stay as they are between being measured and being drawn."""
    from weasyprint.text.ffi import ffi, gobject, pango  # noqa: PLC0415

    set_up, reactivated = layout_class.setup, layout_class.reactivate
    new, unref, set_auto_dir = pango.pango_layout_new, gobject.g_object_unref, pango.pango_layout_set_auto_dir
    set_description, set_attributes = pango.pango_layout_set_font_description, pango.pango_layout_set_attributes
    line, set_width = pango.pango_layout_get_line_readonly, pango.pango_layout_set_width

    def setup(layout: Any, style: Any) -> None:
        found = quicker.kept(style).get("setup")
        if found is None:
            set_up(layout, style)
            found = _Setup(layout, style)
            quicker.kept(style)["setup"] = found
        layout.kept = found
        if not found.is_shared or layout.justification_spacing:
            set_up(layout, style)
            return
        layout.__dict__.update(found.values, style=style, first_line_direction=0)
        layout.layout = made = ffi.gc(new(found.context), unref)
        set_auto_dir(made, False)
        set_description(made, found.description)
        if found.attributes is not None:
            set_attributes(made, found.attributes)

    def deactivate(_layout: Any) -> None:
        """Keep the layout: a section is few pages, and shaping its lines again takes longer than anything else."""

    def reactivate(layout: Any, style: Any) -> None:
        if layout.justification_spacing or quicker.kept(style).get("setup") is not layout.kept:
            reactivated(layout, style)
        elif line(layout.layout, 1) != ffi.NULL:
            set_width(layout.layout, -1)

    layout_class.setup, layout_class.deactivate, layout_class.reactivate = setup, deactivate, reactivate


class _OddError(Exception):
    """A glyph that WeasyPrint draws with more than its number: unknown, raised, coloured, from a bitmap."""


class _Pieces(dict[tuple[int, int, int, int], str]):
    """What is written for each glyph of a font at a size, by glyph, width and offsets, within a section."""

    def __init__(self, font: Any, size: float) -> None:
        self.widths, self.font, self.size = font.widths, font, size


def _pieces(font: Any, size: float) -> _Pieces:
    made: dict[float, _Pieces] = font.__dict__.setdefault("pieces", {})
    found = made.get(size)
    if found is None or found.widths is not font.widths:  # widths begin anew with each section
        found = made[size] = _Pieces(font, size)
    return found


def _drawing() -> None:
    """Glyphs are written as four digits each; which digits, and which kerning follows, repeats all over a page."""
    from weasyprint.draw import text  # noqa: PLC0415
    from weasyprint.text.ffi import ffi, pango  # noqa: PLC0415

    asked = text.draw_first_line
    if ffi.sizeof("PangoGlyphInfo") != _GLYPH_SIZE or pango.pango_version() < 14802:
        return
    scribe = _Scribe()

    def draw_first_line(stream: Any, box: Any, text_overflow: str, block_ellipsis: str, matrix: Any) -> Any:
        line = box.pango_layout
        usual = text_overflow != "ellipsis" and block_ellipsis == "none" and box.style["font_size"] >= 1
        if not usual or not box.text.strip() or not _PARAGRAPH_ENDS.isdisjoint(line.text):
            return asked(stream, box, text_overflow, block_ellipsis, matrix)
        try:
            shown = scribe.written(stream, line)
        except _OddError:
            return asked(stream, box, text_overflow, block_ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        for font, size, texts in shown:
            stream.set_font_size(font.hash, size)
            stream.show_text("".join(texts))
        return []

    quicker.replace(asked, draw_first_line)


class _Scribe:
    """Writes the glyphs of lines down."""

    def __init__(self) -> None:
        from weasyprint.text.ffi import FROM_UNITS, ffi, pango  # noqa: PLC0415

        self.null, self.buffer, self.pango, self.thousandths = ffi.NULL, ffi.buffer, pango, 1000 * FROM_UNITS
        self.empty, self.unknown = pango.PANGO_GLYPH_EMPTY, pango.PANGO_GLYPH_UNKNOWN_FLAG

    def written(self, stream: Any, line: Any) -> list[tuple[Any, float, list[str]]]:
        """Return the texts of a line by font and size, as they are shown."""
        shown: list[tuple[Any, float, list[str]]] = []
        previous, run = None, line.get_first_line()[0].runs[0]
        while run != self.null:
            item = run.data
            run = run.next
            pango_font = item.item.analysis.font
            if pango_font != previous:
                previous = pango_font
                font, size = _font_of(stream, pango_font)
                if font.bitmap or font.svg or font.png or font.colr:
                    raise _OddError
                pieces = _pieces(font, size)
                shown.append((font, size, []))
            string = item.glyphs
            glyphs = list(iter_unpack(_GLYPH, self.buffer(string.glyphs, string.num_glyphs * _GLYPH_SIZE)))
            for index, glyph in enumerate(glyphs):
                if glyph not in pieces:
                    pieces[glyph] = self._piece(pieces, glyph, item, index, line, stream)
            said = "<" + "".join([pieces[glyph] for glyph in glyphs])
            shown[-1][2].append(said[:-1] if said[-1] == "<" else f"{said}>")
        return shown

    def _piece(
        self, pieces: _Pieces, glyph: tuple[int, int, int, int], run: Any, index: int, line: Any, stream: Any
    ) -> str:
        """What is written for a glyph not met before; also notes what it says and how wide it is."""
        number, width, x_offset, y_offset = glyph
        font, size = pieces.font, pieces.size
        if number == self.empty:
            return f">{-width / size}<"
        if number & self.unknown or y_offset:
            raise _OddError
        if number not in font.to_unicode:
            font.to_unicode[number] = _said(run, index, line)
        if number not in font.widths:
            measure = self.pango.pango_font_get_glyph_extents
            measure(run.item.analysis.font, number, stream.ink_rect, stream.logical_rect)
            font.widths[number] = round(stream.logical_rect.width * self.thousandths / size)
        offset = x_offset / size
        kerning = font.widths[number] + offset - width * self.thousandths / size
        before = f">{-offset}<" if offset else ""
        after = f">{int(kerning)}<" if kerning else ""
        return f"{before}{number:04x}{after}"


def _said(run: Any, index: int, line: Any) -> str:
    """The characters that a glyph of a run stands for."""
    clusters, count, length = run.glyphs.log_clusters, run.glyphs.num_glyphs, run.item.length
    if run.item.analysis.level % 2:  # from right to left
        end = clusters[index - 1] if index else length
    else:
        end = clusters[index + 1] if index < count - 1 else length
    start = run.item.offset
    said: str = line.text.encode()[start + clusters[index] : start + end].decode()
    return said


def _font_of(stream: Any, pango_font: Any) -> tuple[Any, float]:
    """The font of a page's stream and its size; layouts are kept while a page is drawn, so addresses are names."""
    known: dict[Any, tuple[Any, float]] = stream.__dict__.setdefault("fonts_by_address", {})
    found = known.get(pango_font)
    if found is None:
        found = known[pango_font] = stream.add_font(pango_font)
    return found
