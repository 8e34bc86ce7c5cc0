"""Setting a section, or the furniture of a run of pages: what a layout child does. The result is a `Piece`.

    set_section(section, styles, lang) -> Checked[Piece | None]
    set_furniture(run, styles) -> Checked[Piece | None]

A section is set without knowing where it will stand. Links that leave it keep the name of their destination; linking
finds out where that is. Its completeness is checked here: the text of its tag tree is the text of its HTML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import Any

from briefpack.diagnostics import Checked, Code, Diagnostic, Location
from briefpack.pdf.answers import answer
from briefpack.pdf.completeness import differences
from briefpack.pdf.drawing import draw
from briefpack.pdf.fetcher import BASE_URL
from briefpack.pdf.glyphs import missing_glyphs
from briefpack.pdf.layout import ELSEWHERE, Layout, failed, lay_out
from briefpack.pdf.piece import Piece
from briefpack.pdf.typography import check_typography
from briefpack.products.pages import SectionHtml, Styles

_ID = re.compile(r'\sid="([^"]+)"')
_HREF = re.compile(r'\shref="#([^"]+)"')
_SCHEMES = ("https://", "http://", "mailto:", "#")


@dataclass(frozen=True, slots=True)
class FurniturePage:
    """A page that wants its furniture: its page rule, and the strings assigned on it."""

    name: str
    strings: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Run:
    """Pages that follow each other, the number of the first, and the strings that hold when it begins."""

    pages: tuple[FurniturePage, ...]
    first: int
    lang: str
    before: Mapping[str, str]


def set_section(section: SectionHtml, styles: Styles, layout: Layout | None = None) -> Checked[Piece | None]:
    """Set a section; None where a problem is an error: a missing glyph or asset, a broken link, text that is lost.

    What a typesetter would mend is among the problems as a warning; so it is kept with the piece, and said again.
    `layout` is its layout, where it was laid out just before.
    """
    problems = [*missing_glyphs([section], styles)]
    if any(problem.is_error for problem in problems):
        return Checked(None, tuple(problems))
    layout = layout or lay_out(document(section), styles, section.page, section.subject)
    problems += [*layout.diagnostics, *_styles_within(layout.root, section.subject)]
    if any(problem.is_error for problem in problems):
        return Checked(None, tuple(problems))
    piece, tagger = draw(layout, styles, section.lang)
    problems += _broken(piece, section.subject)
    problems += [failed(f"image {name!r} has no text alternative", section.subject) for name in tagger.unnamed]
    planned = tuple(_texts(layout.root, layout.style_for))
    problems += [_lost(found, section) for found in differences(planned, piece, extra=tagger.generated)]
    problems += check_typography(layout.document, section)
    return Checked(None if any(problem.is_error for problem in problems) else piece, tuple(problems))


def document(section: SectionHtml) -> str:
    """Return the HTML document of a section, its links to elsewhere in a private scheme."""
    own = set(_ID.findall(section.html))

    def target(match: re.Match[str]) -> str:
        return match[0] if match[1] in own else f' href="{ELSEWHERE}#{match[1]}"'

    body = _HREF.sub(target, section.html)
    head = (
        f'<html lang="{escape(section.lang)}"><head><meta charset="utf-8"/><title>{escape(section.kind)}</title></head>'
    )
    return f"<!DOCTYPE html>{head}<body>{body}</body></html>"


def set_furniture(run: Run, styles: Styles) -> Checked[Piece | None]:
    """Set running heads and folios of a run: pages with nothing on them but their margin boxes."""
    pages = [*run.pages]
    if run.before:  # a page before the first, so that its strings hold, and do not count as assigned, when that begins
        pages.insert(0, FurniturePage(pages[0].name, {name: (value,) for name, value in run.before.items()}))
    ahead = len(pages) - len(run.pages)
    boxes = "".join(_assignments(page) for page in pages)
    style = f"@page :first {{ counter-reset: page {run.first - ahead} }}"
    head = f'<html lang="{escape(run.lang)}"><head><meta charset="utf-8"/><title>-</title></head>'
    layout = lay_out(
        f"<!DOCTYPE html>{head}<body>{boxes}</body></html>", styles, "", "furniture", furniture=True, extra=style
    )
    if any(problem.is_error for problem in layout.diagnostics):
        return Checked(None, layout.diagnostics)
    piece, _ = draw(layout, styles, run.lang, tagged=False)
    if len(piece.pages) != len(pages):
        wrong = failed(f"{len(pages)} pages of furniture became {len(piece.pages)}", "furniture")
        return Checked(None, (*layout.diagnostics, wrong))
    return Checked(replace(piece, pages=piece.pages[ahead:]), layout.diagnostics)


def _assignments(page: FurniturePage) -> str:
    """A box that fills a page of its own and assigns strings; several values of one name need a box each."""
    most = max((len(values) for values in page.strings.values()), default=0)
    rounds = [
        {name: values[turn] for name, values in page.strings.items() if turn < len(values)} for turn in range(most)
    ]
    inner = "".join(f'<div style="{escape(_string_set(each))}"></div>' for each in rounds)
    return f'<div style="page: {page.name or "auto"}; break-before: page; break-after: page; height: 1px">{inner}</div>'


def _string_set(strings: Mapping[str, str]) -> str:
    return "string-set: " + ", ".join(f"{name} {_quoted(text)}" for name, text in sorted(strings.items()))


def _quoted(text: str) -> str:
    kept = "".join(f"\\{ord(c):x} " if c in '\\"' or ord(c) < 32 else c for c in text)
    return f'"{kept}"'


def _texts(root: Any, style_for: Any) -> Iterator[str]:
    """The text of the HTML in order, element by element, without what is not displayed."""
    stack = [(root.find("body"), False)]
    while stack:
        element, is_tail = stack.pop()
        if is_tail:
            yield element.tail
            continue
        if element.tail:
            stack.append((element, True))
        style = style_for(element)
        if not isinstance(element.tag, str) or (style is not None and style["display"] == ("none",)):
            continue
        if element.text:
            yield element.text
        stack.extend((child, False) for child in reversed(element))


def _styles_within(root: Any, subject: str) -> Iterator[Diagnostic]:
    """Styles written into a section: they are not read, for the styles of an audience are shared by all sections."""
    for element in root.iter():
        if element.tag not in ("style", "link"):
            continue
        yield Diagnostic(
            Code.ASSET_FORBIDDEN,
            f"a section has a <{element.tag}> of its own, which is not read",
            Location(subject or "templates"),
            hint="move it into style.css of the audience's templates",
            subject=subject,
        )


def _broken(piece: Piece, subject: str) -> list[Diagnostic]:
    own = {link.target for link in piece.links}
    wrong = [target for target in sorted(own) if not target.startswith(_SCHEMES) or target.startswith(BASE_URL)]
    return [
        Diagnostic(
            Code.LINK_BROKEN,
            f"a link leads to {target.removeprefix(BASE_URL)!r}, which is not an address",
            Location(subject or "templates"),
            hint="link to an anchor of the product's data or to an address that begins with https://",
            subject=subject,
        )
        for target in wrong
    ]


def _lost(found: Any, section: SectionHtml) -> Diagnostic:
    return Diagnostic(
        Code.RENDER_FAILED,
        f"the layout lost or doubled text of {section.title!r}: {found}",
        Location(section.subject or section.kind),
        hint="simplify the section's styles; if the base templates do it, report it",
        subject=section.subject,
    )


def perform_section(body: bytes, assets: Mapping[str, bytes]) -> tuple[bytes, bool]:
    """Set the section of a job; see `section_body`. The result is the piece, or its problems."""
    content = json.loads(body)
    section = SectionHtml(**content["section"])
    return _answer(set_section(section, _styles(content["styles"], assets)))


def perform_furniture(body: bytes, assets: Mapping[str, bytes]) -> tuple[bytes, bool]:
    """Set the furniture of a job; see `furniture_body`."""
    content = json.loads(body)
    pages = tuple(FurniturePage(name, strings) for name, strings in content["pages"])
    run = Run(pages, content["first"], content["lang"], content["before"])
    return _answer(set_furniture(run, _styles(content["styles"], assets)))


def _answer(checked: Checked[Piece | None]) -> tuple[bytes, bool]:
    return answer(checked.value.to_bytes() if checked.value else None, checked.diagnostics)


@lru_cache(maxsize=4)
def unpacked_styles(packed: bytes) -> Styles:
    """Return the styles of an asset, the same object for the same asset."""
    return Styles.from_bytes(packed)


def _styles(key: str, assets: Mapping[str, bytes]) -> Styles:
    return unpacked_styles(assets[key])
