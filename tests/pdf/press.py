"""Sections to a linked PDF in one call and in this process, for tests."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from briefpack.diagnostics import Checked, Diagnostic
from briefpack.pdf.binding import Binding, BoundPart, BoundSection, Linked, Overlay
from briefpack.pdf.faces import cut_face, glyphs_of
from briefpack.pdf.facts import Facts
from briefpack.pdf.linking import link
from briefpack.pdf.piece import Piece
from briefpack.pdf.places import places_of
from briefpack.pdf.setting import FurniturePage, Run, set_furniture, set_section
from briefpack.pdf.typography import CODES
from briefpack.pdf.verification import verify_linked
from briefpack.products import model as m
from briefpack.products.pages import RenderOptions, SectionHtml, Styles
from briefpack.shipped import shipped_pack
from briefpack.templating.bundle import Bundle, load_bundle
from briefpack.templating.sections import name_parts, render_section
from briefpack.templating.styles import styles_of
from briefpack.world import World, digest

FACTS = Facts("Migration and reintegration", "en", "Briefing desk", datetime.date(2026, 11, 22))
"""What files of the tests say of themselves."""

_LOADED = load_bundle(World(shipped_pack()), "base").value
assert _LOADED is not None
BASE: Bundle = _LOADED

Numbers = tuple[tuple[str, str], ...]


def sections_of(sections: Sequence[m.Section], bundle: Bundle = BASE, numbers: Numbers = ()) -> list[SectionHtml]:
    """Print sections, the contents with `numbers`."""
    found = []
    for section in sections:
        options = RenderOptions(numbers=numbers) if isinstance(section, m.Contents) else RenderOptions()
        checked = render_section(section, bundle, options=options)
        assert checked.diagnostics == ()
        assert checked.value is not None
        found.append(checked.value)
    return found


def printed(
    sections: Sequence[m.Section],
    bundle: Bundle = BASE,
    parts: Sequence[tuple[int, m.PartTitle]] = (),
    attachments: Sequence[m.Attachment] = (),
) -> Linked:
    """Print, set and link `sections`; contents get the numbers of the pages they lead to."""
    return linked(bound(sections, bundle, parts, attachments))


def bound(
    sections: Sequence[m.Section],
    bundle: Bundle = BASE,
    parts: Sequence[tuple[int, m.PartTitle]] = (),
    attachments: Sequence[m.Attachment] = (),
) -> Binding:
    """Print and set `sections`; contents get the numbers of the pages they lead to."""
    styles = styles_of(bundle)
    html = sections_of(sections, bundle, tuple((target, "000") for target in _numbered(sections)))
    named = tuple(
        BoundPart(first, part.title, part.anchor) for first, part in name_parts(parts, bundle, FACTS.language)
    )
    first = replace(bind([set_one(each, styles) for each in html], html, styles), parts=named)
    again = sections_of(sections, bundle, numbers_of(sections, first))
    pieces = [
        before.piece if old == new else set_one(new, styles)
        for before, old, new in zip(first.sections, html, again, strict=True)
    ]
    return replace(bind(pieces, again, styles), parts=named, attachments=tuple(attachments))


def numbers_of(sections: Sequence[m.Section], binding: Binding) -> Numbers:
    """The page numbers that the contents print, by their targets."""
    places, problems = places_of(binding)
    assert problems == []
    return tuple((target, str(places[target.removeprefix("#")].page + 1)) for target in _numbered(sections))


def _numbered(sections: Sequence[m.Section]) -> list[str]:
    return [entry.target for section in sections if isinstance(section, m.Contents) for entry in section.entries]


def linked(binding: Binding) -> Linked:
    """Link a binding, and hold the file against it."""
    checked = link(binding)
    assert checked.diagnostics == ()
    assert checked.value is not None
    assert verify_linked(checked.value.pdf, binding) == []
    return checked.value


def pressed(section: SectionHtml, bundle: Bundle = BASE) -> Checked[Linked | None]:
    """Set and link one printed section; problems of both."""
    styles = styles_of(bundle)
    found = set_section(section, styles)
    if found.value is None:
        return Checked(None, but_typography(found.diagnostics))
    file = link(bind([found.value], [section], styles))
    problems: tuple[Diagnostic, ...] = (*but_typography(found.diagnostics), *file.diagnostics)
    return Checked(file.value, problems)


def fragment(html: str, bundle: Bundle = BASE) -> Checked[Linked | None]:
    """Print a bare fragment in a section of its own."""
    body = f'<section class="sheet page-portrait" id="s">{html}</section>'
    return pressed(SectionHtml("brief", "S", "s", body, "portrait", "en", "donors/brief/s"), bundle)


def set_one(section: SectionHtml, styles: Styles) -> Piece:
    """Set a section without problems."""
    checked = set_section(section, styles)
    assert but_typography(checked.diagnostics) == ()
    assert checked.value is not None
    return checked.value


def but_typography(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Leave out what a typesetter would mend: samples are not written with care for line ends."""
    return tuple(each for each in diagnostics if each.code not in CODES)


def bind(pieces: Sequence[Piece], html: Sequence[SectionHtml], styles: Styles) -> Binding:
    """Pieces with their furniture, and with the programs that both draw with."""
    sections = tuple(BoundSection(piece, each.title, each.anchor) for piece, each in zip(pieces, html, strict=True))
    overlays = _furniture(pieces, styles)
    drawn = [*pieces, *(piece for piece, _ in overlays[:1])]
    programs = _programs(drawn, styles)
    return Binding(sections, FACTS, programs, overlays=overlays, producer="briefpack in a test", subject="test")


def _furniture(pieces: Sequence[Piece], styles: Styles) -> tuple[Overlay, ...]:
    pages = tuple(FurniturePage(page.name, page.strings) for piece in pieces for page in piece.pages)
    checked = set_furniture(Run(pages, 1, FACTS.language, {}), styles)
    assert checked.diagnostics == ()
    assert checked.value is not None
    return tuple((checked.value, number) for number in range(len(pages)))


def _programs(drawn: Sequence[Piece], styles: Styles) -> dict[str, bytes]:
    whole = {digest(content): content for content in styles.assets.values()}
    sources = {key: use.program for piece in drawn for key, use in piece.fonts.items()}
    return {key: cut_face(whole[sources[key]], glyphs) for key, glyphs in glyphs_of(drawn).items()}
