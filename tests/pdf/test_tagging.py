"""One element of the tag tree for each element of the HTML that means something, wherever its boxes went."""

from __future__ import annotations

from functools import lru_cache

import pytest
from tests.pdf.press import BASE

from briefpack.pdf.completeness import text_of
from briefpack.pdf.drawing import draw
from briefpack.pdf.layout import lay_out
from briefpack.pdf.piece import Element, Piece
from briefpack.pdf.setting import document
from briefpack.pdf.tagging import Tagger
from briefpack.products.pages import SectionHtml
from briefpack.templating.styles import styles_of

STYLES = styles_of(BASE)
LONG = " ".join(f"word{number}" for number in range(1500))
ROWS = "".join(f'<tr><th scope="row">row {number}</th><td>cell</td></tr>' for number in range(90))
TABLE = f'<table><thead><tr><th>Head</th><th scope="col">Other</th></tr></thead><tbody>{ROWS}</tbody></table>'


@lru_cache(maxsize=64)
def drawn(html: str) -> tuple[Piece, Tagger]:
    body = f'<section class="sheet page-portrait" id="s">{html}</section>'
    section = SectionHtml("brief", "S", "s", body, "portrait", "en", "x/s")
    layout = lay_out(document(section), STYLES, "portrait", "x/s")
    assert layout.diagnostics == ()
    return draw(layout, STYLES, "en")


def outline(html: str) -> str:
    """The tree as nested roles: `Sect(P, L(LI(Lbl, LBody)))`."""
    elements = drawn(html)[0].elements

    def told(element: Element) -> str:
        inner = [told(elements[number]) for kind, number, _ in element.kids if kind == "e"]
        return element.role + (f"({', '.join(inner)})" if inner else "")

    return told(elements[0])


def only(html: str, role: str) -> Element:
    (found,) = [element for element in drawn(html)[0].elements if element.role == role]
    return found


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>a</h1><p>b</p>", "Sect(H1, P)"),
        ("<div>a <b>b</b> <em>c</em></div>", "Sect(P)"),
        ("<div><p>a</p></div><div><p>b</p></div>", "Sect(P, P)"),
        ("<ul><li>a</li><li><p>b</p></li></ul>", "Sect(L(LI(LBody), LI(LBody(P))))"),
        ('<p>a <a href="#s">b</a> c</p>', "Sect(P(Link))"),
        ('<p>a <sup><a href="#s">1</a></sup></p>', "Sect(P(Link))"),
        ("<p>a <a>no link</a></p>", "Sect(P)"),
        ("<blockquote>a</blockquote>", "Sect(BlockQuote(P))"),
        ('<p role="doc-footnote" id="n">a</p>', "Sect(Note)"),
        ('<div role="doc-toc"><p role="doc-tocitem">a</p></div>', "Sect(TOC(TOCI(P)))"),
        ("<p></p><div></div><p>a</p>", "Sect(P)"),
        ("<p>a <span>b</span></p>", "Sect(P)"),
        ('<p>a <span aria-label="c">b</span></p>', "Sect(P(Span))"),
        ("<p>a <mark>b</mark></p>", "Sect(P(Quote))"),
        ('<div role="region"><h2>a</h2></div><p>b</p>', "Sect(Sect(H2), P)"),
        ('<ol><li><b role="doc-label">1</b><p>a</p></li></ol>', "Sect(L(LI(Lbl, LBody(P))))"),
        ('<p><b role="doc-label">1</b> a</p>', "Sect(P(Lbl))"),
        ('<p>a <span lang="es">b</span></p>', "Sect(P(Span))"),
        ("<table><tbody><tr><th>a</th><td></td></tr></tbody></table>", "Sect(Table(TBody(TR(TH, TD))))"),
    ],
)
def test_elements_become_what_they_mean(html: str, expected: str) -> None:
    assert expected == outline(html)


def test_a_paragraph_over_two_pages_is_one_element() -> None:
    piece, _ = drawn(f"<p>{LONG}</p>")
    assert len(piece.pages) > 1
    assert outline(f"<p>{LONG}</p>") == "Sect(P)"
    assert {page for _, page, _ in only(f"<p>{LONG}</p>", "P").kids} == set(range(len(piece.pages)))


def test_a_link_over_several_lines_is_one_element_with_an_annotation_for_each() -> None:
    html = f'<p><a href="https://example.org/">{LONG[:400]}</a></p>'
    kinds = [kind for kind, _, _ in only(html, "Link").kids]
    assert kinds.count("l") == kinds.count("m") > 1


def test_the_head_of_a_table_over_pages_is_read_once_and_its_repeats_are_artifacts() -> None:
    piece, tagger = drawn(TABLE)
    assert len(piece.pages) > 1
    assert text_of(piece).count("Head") == 1
    assert set(range(1, len(piece.pages))) == set(tagger.artifacts)
    assert outline(TABLE).count("THead") == outline(TABLE).count("Table(") == 1


def test_heads_know_which_way_they_lead() -> None:
    scopes = [element.attributes["Scope"] for element in drawn(TABLE)[0].elements if element.role == "TH"]
    assert scopes[:3] == ["Column", "Column", "Row"]


def test_cells_over_several_columns_and_rows_say_so() -> None:
    html = '<table><tbody><tr><td colspan="2" rowspan="1">a</td></tr></tbody></table>'
    assert only(html, "TD").attributes == {"ColSpan": "2"}


PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 4 2"><title>t</title></svg>'


def test_the_box_of_a_picture_is_counted_from_the_lower_left_corner_of_its_page() -> None:
    html = f'<div style="break-before: page"></div><div style="position: absolute; left: 0; top: 30pt">{PICTURE}</div>'
    page = drawn(html)[0].pages[-1]
    left, bottom, right, top = map(float, only(html, "Figure").attributes["BBox"].split())
    assert (right - left, top - bottom) == (30, 15)
    assert page.height / 2 < bottom < top < page.height - 30


def test_a_picture_stands_in_the_line_that_it_stands_in() -> None:
    assert outline(f"<div>before {PICTURE} after</div>") == "Sect(P(Figure))"


def test_another_language_stands_where_it_begins_and_nowhere_below() -> None:
    html = '<div lang="es"><p>a</p></div><p lang="en">b</p>'
    assert outline(html) == "Sect(Div(P), P)"
    assert [element.lang for element in drawn(html)[0].elements] == ["", "es", "", ""]


def test_what_style_sheets_add_is_known_as_such() -> None:
    _, plain = drawn("<p>a</p>")
    assert plain.generated == set()
    _, marked = drawn('<ul style="list-style: disc"><li>a</li></ul>')
    assert len(marked.generated) == 1


def test_the_sign_of_a_list_item_is_its_label() -> None:
    html = '<ol style="list-style: decimal"><li>a</li></ol>'
    assert outline(html) == "Sect(L(LI(Lbl, LBody)))"


def test_what_is_too_small_to_see_is_read_where_it_stands() -> None:
    piece, _ = drawn('<p><b>Source</b><span class="spoken">: </span> a book</p>')
    assert text_of(piece) == ["Source:  a book"]


def test_a_link_and_a_sign_say_what_their_label_says() -> None:
    html = '<p>a <a href="#s" aria-label="note 1">1</a> <span aria-label="2017, inferred">[2017]</span></p>'
    assert only(html, "Link").attributes == {"Alt": "note 1"}
    assert only(html, "Span").attributes == {"Alt": "2017, inferred"}
    assert [link.says for link in drawn(html)[0].links] == ["note 1"]


@pytest.mark.parametrize(("tag", "numbering"), [("ol", "Decimal"), ("ul", "Disc")])
def test_a_list_says_how_its_items_are_labelled(tag: str, numbering: str) -> None:
    html = f'<{tag}><li><b role="doc-label">1</b>a</li></{tag}>'
    assert only(html, "L").attributes == {"ListNumbering": numbering}
    assert only(f"<{tag}><li>a</li></{tag}>", "L").attributes == {}


def test_a_box_within_a_link_is_no_second_link() -> None:
    html = '<p><a href="#s" aria-label="Terms, page 4"><span style="display: inline-block">4</span> Terms</a></p>'
    assert [link.says for link in drawn(html)[0].links] == ["Terms, page 4"]


def test_columns_that_go_on_are_read_one_after_the_other() -> None:
    left = "".join(f"<p>left {number}</p>" for number in range(90))
    html = f'<div style="display: grid; grid-template-columns: 1fr 1fr"><div>{left}</div><div><p>right</p></div></div>'
    piece, _ = drawn(html)
    assert len(piece.pages) > 1
    assert [f"left {number}" for number in range(90)] + ["right"] == text_of(piece)


def test_elements_are_numbered_as_they_are_read() -> None:
    for element in drawn(TABLE)[0].elements:
        numbers = [number for kind, number, _ in element.kids if kind == "e"]
        assert sorted(numbers) == numbers
