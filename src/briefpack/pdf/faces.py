"""Font programs cut to the glyphs that a whole file uses: once per face and file, not once per section.

    glyphs = glyphs_of(pieces)                       by font key
    program = cut_face(program, glyphs)              in a layout child: HarfBuzz, through WeasyPrint's own door to it

Glyph ids stay as they are, so that the content streams of the pieces need no change.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from briefpack.diagnostics import Code, Diagnostic, Location
from briefpack.pdf.answers import answer
from briefpack.pdf.piece import Piece
from briefpack.world import Digest

_DECLARATIONS = """
hb_blob_t * hb_blob_create (const char *data, unsigned int length, int mode, void *user_data, void *destroy);
hb_face_t * hb_face_create (hb_blob_t *blob, unsigned int index);
"""
_COPY = 0
_NO_USE_IN_PDF = (
    b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GDEF", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT", b"SVG "
)  # fmt: skip
_VARIABLE = b"fvar"
_NEEDED = frozenset((b"head", b"hhea", b"hmtx", b"maxp"))
_OUTLINES = frozenset((b"glyf", b"CFF "))


class FaceError(ValueError):
    """A font program that cannot be cut; the message says why."""


def glyphs_of(pieces: Iterable[Piece]) -> dict[str, frozenset[int]]:
    """Return the glyphs that all pieces together draw, by font key in order."""
    glyphs: dict[str, set[int]] = {}
    seen: set[int] = set()
    for piece in pieces:
        if id(piece) not in seen:
            seen.add(id(piece))
            for key, use in piece.fonts.items():
                glyphs.setdefault(key, set()).update(use.text, use.widths)
    return {key: frozenset(glyphs[key]) for key in sorted(glyphs)}


def perform_face(body: bytes, assets: Mapping[Digest, bytes]) -> tuple[bytes, bool]:
    """Cut the face that `body` (JSON: `program`, a digest, and `glyphs`) names: the program and True.

    Where the face cannot be cut: an answer (see `answers`) with a diagnostic, and False.
    """
    wanted = json.loads(body)
    try:
        return cut_face(assets[wanted["program"]], wanted["glyphs"]), True
    except FaceError as error:
        hint = "take a static face of the family, in a file for each weight"
        return answer(None, [Diagnostic(Code.RENDER_FAILED, str(error), Location("templates"), hint=hint)])


def cut_face(program: bytes, glyphs: Collection[int]) -> bytes:
    """Return a font program with the outlines of `glyphs` and of what they are composed of, under their old ids.

    The same arguments give the same bytes. Raises `FaceError` where the face is variable or is no font.
    """
    name, tables = _name_of(program), _tables(program)
    if not tables.keys() >= _NEEDED or not tables.keys() & _OUTLINES:
        raise FaceError(f"the font {name!r} has no outlines to draw")
    if _VARIABLE in tables:
        raise FaceError(f"the font {name!r} is variable (it has a table 'fvar'), and only static faces are embedded")
    ids = sorted({0, *glyphs})
    return _cut(_cut(program, ids, name, keeps_ids=True), list(range(ids[-1] + 1)), name, keeps_ids=False)


def _cut(program: bytes, ids: list[int], name: str, *, keeps_ids: bool) -> bytes:
    """Cut once. The first cut empties all other glyphs and keeps their ids, the second drops those behind the last."""
    ffi, harfbuzz, subset = _library()
    blob = ffi.gc(harfbuzz.hb_blob_create(program, len(program), _COPY, ffi.NULL, ffi.NULL), harfbuzz.hb_blob_destroy)
    face = ffi.gc(harfbuzz.hb_face_create(blob, 0), harfbuzz.hb_face_destroy)
    plan = ffi.gc(subset.hb_subset_input_create_or_fail(), subset.hb_subset_input_destroy)
    _add(ffi, harfbuzz, subset.hb_subset_input_glyph_set(plan), ids)
    flags = subset.HB_SUBSET_FLAGS_PASSTHROUGH_UNRECOGNIZED | subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
    flags |= subset.HB_SUBSET_FLAGS_NOTDEF_OUTLINE
    flags |= subset.HB_SUBSET_FLAGS_RETAIN_GIDS if keeps_ids else subset.HB_SUBSET_FLAGS_NO_HINTING
    subset.hb_subset_input_set_flags(plan, flags)
    dropped = subset.hb_subset_input_set(plan, subset.HB_SUBSET_SETS_DROP_TABLE_TAG)
    _add(ffi, harfbuzz, dropped, sorted(harfbuzz.hb_tag_from_string(tag, -1) for tag in _NO_USE_IN_PDF))
    found = subset.hb_subset_or_fail(face, plan)
    if found == ffi.NULL:
        raise FaceError(f"the font {name!r} cannot be cut: HarfBuzz refuses it")
    return _program_of(ffi, harfbuzz, ffi.gc(found, harfbuzz.hb_face_destroy))


def _add(ffi: Any, harfbuzz: Any, into: Any, numbers: list[int]) -> None:
    harfbuzz.hb_set_add_sorted_array(into, ffi.new(f"hb_codepoint_t[{len(numbers)}]", numbers), len(numbers))


def _program_of(ffi: Any, harfbuzz: Any, face: Any) -> bytes:
    blob = ffi.gc(harfbuzz.hb_face_reference_blob(face), harfbuzz.hb_blob_destroy)
    length = ffi.new("unsigned int *")
    found = harfbuzz.hb_blob_get_data(blob, length)
    return bytes(ffi.buffer(found, length[0]))


@lru_cache(maxsize=1)
def _library() -> tuple[Any, Any, Any]:
    """Return WeasyPrint's `ffi` and its HarfBuzz, which it never makes a face from bytes with."""
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset  # noqa: PLC0415 - heavy, and only in children

    if harfbuzz_subset is None:
        raise FaceError("no font can be cut: the library harfbuzz-subset is missing")
    ffi.cdef(_DECLARATIONS, override=True)
    return ffi, harfbuzz, harfbuzz_subset


def _tables(program: bytes) -> dict[bytes, bytes]:
    """Return the tables of a font program by tag; raise `FaceError` where it is none."""
    if program[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        raise FaceError("a font file that holds no single font")
    found = {}
    for record in range(12, 12 + 16 * int.from_bytes(program[4:6], "big"), 16):
        offset, length = (int.from_bytes(program[record + at : record + at + 4], "big") for at in (8, 12))
        found[program[record : record + 4]] = program[offset : offset + length]
    return found


def _name_of(program: bytes) -> str:
    """Return the full name of a font, as its table `name` has it (OpenType, name id 4)."""
    table = _tables(program).get(b"name", b"")
    start = int.from_bytes(table[4:6], "big")
    for record in range(6, 6 + 12 * int.from_bytes(table[2:4], "big"), 12):
        platform, _, _, which, length, offset = (
            int.from_bytes(table[record + at : record + at + 2], "big") for at in range(0, 12, 2)
        )
        if which == 4:
            content = table[start + offset : start + offset + length]
            return content.decode("mac-roman" if platform == 1 else "utf-16-be", "replace")
    return "without a name"
