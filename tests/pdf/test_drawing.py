"""What is drawn is plain data that depends on the section alone."""

from __future__ import annotations

import re
import zlib

from tests.pdf.press import BASE, sections_of
from tests.templating import samples

from briefpack.pdf.advances import advances_in
from briefpack.pdf.drawing import draw
from briefpack.pdf.layout import lay_out
from briefpack.pdf.piece import Piece
from briefpack.pdf.setting import document
from briefpack.products.pages import SectionHtml
from briefpack.templating.styles import styles_of
from briefpack.world import digest

STYLES = styles_of(BASE)
BREAK = '<div style="break-before: page"></div>'


def section(html: str) -> SectionHtml:
    body = f'<section class="sheet page-portrait" id="s">{html}</section>'
    return SectionHtml("brief", "S", "s", body, "portrait", "en", "x/s")


def drawn(given: SectionHtml, *, tagged: bool = True) -> Piece:
    layout = lay_out(document(given), STYLES, given.page, given.subject)
    assert layout.diagnostics == ()
    return draw(layout, STYLES, given.lang, tagged=tagged)[0]


def content(piece: Piece, page: int = 0) -> bytes:
    return zlib.decompress(piece.pages[page].content)


def test_what_was_drawn_before_makes_no_difference() -> None:
    sections = sections_of(samples.dossier().sections)
    forwards = [drawn(each).to_bytes() for each in sections]
    backwards = [drawn(each).to_bytes() for each in reversed(sections)]
    assert forwards == backwards[::-1]


def test_pages_have_the_size_and_the_name_of_their_rule() -> None:
    (page,) = drawn(section("<p>a</p>")).pages
    assert (page.width, page.height, page.name) == (595.28, 841.89, "portrait")


def test_each_text_has_its_own_mark() -> None:
    piece = drawn(section("<p>a</p><p>b</p>"))
    assert piece.pages[0].mcids == content(piece).count(b"/MCID") == 2


def test_places_are_counted_from_the_lower_left_corner() -> None:
    piece = drawn(section(f'<p id="one">a</p>{BREAK}<p id="two">b</p>'))
    one, two = piece.destinations["one"], piece.destinations["two"]
    assert (one.page, two.page) == (0, 1)
    assert round(841.89 - one.top) == round(14 / 25.4 * 72)
    assert round(one.left) == round(17 / 25.4 * 72)


def test_links_keep_the_name_of_their_destination_and_what_they_say() -> None:
    links = drawn(
        section('<p><a href="#s">here</a> <a href="#far">far  away</a> <a href="https://a.b/">out</a></p>')
    ).links
    assert [(link.target, link.says) for link in links] == [
        ("#s", "here"),
        ("#far", "far away"),
        ("https://a.b/", "out"),
    ]


def test_links_belong_to_their_page_and_to_their_element() -> None:
    piece = drawn(section(f'<p><a href="#s">a</a></p>{BREAK}<p><a href="#s">b</a></p>'))
    assert [page.links for page in piece.pages] == [(0,), (1,)]
    assert [piece.elements[link.element].role for link in piece.links] == ["Link", "Link"]


def test_fonts_are_named_by_their_files() -> None:
    programs = {digest(STYLES.assets[path]) for path in STYLES.fonts}
    assert {use.program for use in drawn(section("<p>a <b>b</b></p>")).fonts.values()} <= programs


def test_fonts_hold_the_glyphs_of_the_section_and_no_others() -> None:
    drawn(section("<p>many other letters</p>"))
    (font,) = drawn(section("<p>ab</p>")).fonts.values()
    assert sorted(font.text.values()) == ["a", "b"]
    assert sorted(font.text) == sorted(font.widths)


def test_glyphs_are_as_wide_as_their_font_says_whatever_size_is_drawn_first() -> None:
    programs = {digest(content): content for content in STYLES.assets.values()}
    sizes = "".join(
        f'<p style="font-size: {size}pt">the quick b <b>rown fox</b></p>' for size in (0.26, 7.3, 9.5, 13.1, 36)
    )
    for use in drawn(section(sizes)).fonts.values():
        noted = advances_in(programs[use.program])
        assert {glyph: noted[glyph] for glyph in use.widths} == dict(use.widths)


def test_advances_that_a_font_does_not_note_are_those_measured() -> None:
    assert advances_in(b"no font") == ()


def test_repeated_heads_are_artifacts() -> None:
    rows = "".join(f"<tr><td>cell {number}</td></tr>" for number in range(90))
    piece = drawn(section(f"<table><thead><tr><th>Head</th></tr></thead><tbody>{rows}</tbody></table>"))
    assert len(piece.pages) > 1
    assert [0] + [1] * (len(piece.pages) - 1) == [
        content(piece, number).count(b"/Artifact BMC") for number in range(len(piece.pages))
    ]


def test_furniture_is_drawn_without_marks_links_and_destinations() -> None:
    piece = drawn(section('<p id="one"><a href="#one">a</a></p>'), tagged=False)
    assert b"BDC" not in content(piece)
    assert (piece.elements, piece.links, dict(piece.destinations)) == ((), (), {})


def test_what_is_drawn_besides_text_is_numbered_from_one() -> None:
    shape = '<rect width="9" height="9" opacity="0.5"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>t</title>{shape}</svg>'
    piece = drawn(section(f"<p>{svg}</p>"))
    assert drawn(section("<p>a</p>")).objects == ()
    assert all(int(number) <= len(piece.objects) for number in re.findall(rb"(\d+) 0 R", piece.resources))
    assert b"1 0 R" in piece.resources


def test_a_piece_survives_its_bytes() -> None:
    piece = drawn(sections_of(samples.dossier().sections)[0])
    assert piece == Piece.from_bytes(piece.to_bytes())
