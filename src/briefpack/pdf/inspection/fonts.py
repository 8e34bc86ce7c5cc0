"""Fonts: embedded, mapped to characters, and one program under one name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from briefpack.diagnostics import Code
from briefpack.pdf.inspection.findings import Findings
from briefpack.pdf.inspection.tree import NONE, Number
from briefpack.world import digest

_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_NAMED = frozenset(("/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding"))
_DEPTH = 4


def font_problems(pages: Sequence[Any], found: Findings) -> None:
    """Report fonts of all pages, and of the forms on them, that are not whole."""
    programs: dict[str, str] = {}
    for font in fonts_of(pages):
        name = str(font.get("/BaseFont", "/a font without a name"))[1:]
        if font.get("/Subtype") == "/Type3":
            _mapped(font, font, name, found)
            continue
        below = font.get("/DescendantFonts")
        inner = below[0] if isinstance(below, pikepdf.Array) and len(below) else font
        descriptor = inner.get("/FontDescriptor")
        program = next((descriptor[key] for key in _PROGRAMS if key in descriptor), None) if descriptor else None
        if program is None:
            found.add(Code.PDF_FONT_MISSING, f"the font {name} is not embedded", "export the file with its fonts")
        else:
            own = digest(program.read_raw_bytes())
            if programs.setdefault(name, own) != own:
                found.add(Code.PDF_FONT_CLASH, f"two different font programs are called {name}", "make the file again")
        _mapped(font, inner, name, found)


def _mapped(font: Any, inner: Any, name: str, found: Findings) -> None:
    """A simple font may say by a known encoding what its glyphs mean; all others need a map."""
    if "/ToUnicode" in font:
        return
    encoding = font.get("/Encoding")
    base = encoding.get("/BaseEncoding") if isinstance(encoding, pikepdf.Dictionary) else encoding
    is_named = inner is font and (
        base in _NAMED or (isinstance(encoding, pikepdf.Dictionary) and "/Differences" in encoding)
    )
    if not is_named:
        said = f"the font {name} does not say which characters its glyphs stand for"
        found.add(Code.PDF_FONT_UNMAPPED, said, "export the file again with another program")


def fonts_of(pages: Sequence[Any]) -> Iterator[Any]:
    """Yield each font once."""
    known: set[Number] = set()
    stack: list[tuple[Any, int]] = [(page, 0) for page in reversed(pages)]
    while stack:
        holder, depth = stack.pop()
        resources = holder.get("/Resources")
        if not isinstance(resources, pikepdf.Dictionary) or _is_known(resources, known):
            continue
        fonts = resources.get("/Font")
        if isinstance(fonts, pikepdf.Dictionary) and not _is_known(fonts, known):
            yield from (
                font for _, font in fonts.items() if isinstance(font, pikepdf.Dictionary) and not _is_known(font, known)
            )
        forms = resources.get("/XObject")
        if depth < _DEPTH and isinstance(forms, pikepdf.Dictionary):
            stack += [
                (each, depth + 1)
                for _, each in forms.items()
                if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form"
            ]


def _is_known(found: Any, known: set[Number]) -> bool:
    number: Number = found.objgen
    if number == NONE:
        return False
    if number in known:
        return True
    known.add(number)
    return False
