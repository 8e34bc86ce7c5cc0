"""A cut face draws the glyphs that are used, under their old ids, and little else."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from tests.pdf.making_pieces import FONTS, SANS, SERIF, Maker, face, section

from briefpack.diagnostics import Code
from briefpack.pdf.answers import read_answer
from briefpack.pdf.faces import FaceError, cut_face, glyphs_of, perform_face
from briefpack.world import digest

FILES = sorted(FONTS.glob("*.ttf"))


def outlines(program: bytes, glyph: int) -> object:
    font = TTFont(io.BytesIO(program))
    return font["glyf"][font.getGlyphName(glyph)].getCoordinates(font["glyf"])[0]


def variable() -> bytes:
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable({"fullName": "Wobble Variable", "familyName": "Wobble", "styleName": "Variable"})
    builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    target = io.BytesIO()
    builder.font.save(target)
    return target.getvalue()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_used_glyphs_keep_their_ids_widths_and_outlines(path: Path) -> None:
    program = path.read_bytes()
    whole = TTFont(io.BytesIO(program))
    glyphs = sorted({whole.getGlyphID(whole.getBestCmap()[ord(character)]) for character in "Añ1,—"})
    cut = TTFont(io.BytesIO(cut_face(program, glyphs)))
    for glyph in glyphs:
        assert outlines(cut_face(program, glyphs), glyph) == outlines(program, glyph)
        assert cut["hmtx"].metrics[cut.getGlyphName(glyph)][0] == whole["hmtx"].metrics[whole.getGlyphName(glyph)][0]


def test_unused_glyphs_and_tables_of_layout_are_gone() -> None:
    serif = face(SERIF)
    glyphs = [serif.glyphs[character] for character in "abc"]
    cut = cut_face(serif.program, glyphs)
    assert len(cut) < len(serif.program) // 10
    font = TTFont(io.BytesIO(cut))
    assert {"GSUB", "GPOS", "GDEF", "DSIG"} & set(font.keys()) == set()
    assert font["maxp"].numGlyphs == max(glyphs) + 1
    assert outlines(cut, serif.glyphs["a"]) != []
    assert not list(outlines(cut, serif.glyphs["B"]))  # type: ignore[call-overload]


def test_the_same_glyphs_give_the_same_bytes_in_whatever_order() -> None:
    program = face(SANS).program
    assert cut_face(program, [5, 9, 40]) == cut_face(program, (40, 9, 5, 5)) == cut_face(program, frozenset({5, 9, 40}))
    assert cut_face(program, [5, 9, 41]) != cut_face(program, [5, 9, 40])


def test_no_glyphs_at_all_still_make_a_font() -> None:
    assert TTFont(io.BytesIO(cut_face(face(SANS).program, ())))["maxp"].numGlyphs == 1


def test_a_variable_face_is_refused_by_its_name() -> None:
    with pytest.raises(FaceError, match="'Wobble Variable' is variable"):
        cut_face(variable(), [0])


@pytest.mark.parametrize(
    "program", [b"", b"not a font", b"ttcf" + bytes(60), b"\0\1\0\0\xff\xff" + bytes(60)], ids=range(4)
)
def test_what_is_no_font_with_outlines_is_refused(program: bytes) -> None:
    with pytest.raises(FaceError):
        cut_face(program, [0])


def test_the_job_gives_the_program() -> None:
    program = face(SANS).program
    body = json.dumps({"program": digest(program), "glyphs": [3, 4]}).encode()
    assert perform_face(body, {digest(program): program}) == (cut_face(program, [3, 4]), True)


def test_the_job_says_which_face_it_cannot_cut() -> None:
    program = variable()
    body = json.dumps({"program": digest(program), "glyphs": [0]}).encode()
    result, is_good = perform_face(body, {digest(program): program})
    (problem,) = read_answer(result).diagnostics
    assert not is_good
    assert problem.code is Code.RENDER_FAILED
    assert "'Wobble Variable' is variable" in problem.message


def test_glyphs_are_those_of_all_pieces_by_key() -> None:
    maker = Maker()
    maker.paragraph("Zebra", key=SERIF)
    found = glyphs_of([maker.piece(), section(0).piece])
    assert list(found) == [SANS, SERIF]
    assert {face(SERIF).glyphs[character] for character in "ZebraP"} <= found[SERIF]
    assert face(SANS).glyphs["Z"] not in found[SANS]


def test_a_glyph_without_characters_is_kept_all_the_same() -> None:
    piece = section(0).piece
    use = piece.fonts[SERIF]
    mark = replace(use, text={**use.text, 7: ""}, widths={**use.widths, 7: 0})
    assert 7 in glyphs_of([replace(piece, fonts={SERIF: mark})])[SERIF]
