"""A section is laid out alone: parsed as the HTML parser would, without margin boxes, its strings by page."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from tests.pdf.press import BASE, sections_of
from tests.templating import samples

from briefpack.pdf import layout as layouts
from briefpack.pdf.engine import press_of
from briefpack.pdf.fetcher import asset_fetcher
from briefpack.pdf.layout import Layout, lay_out, parse
from briefpack.pdf.setting import document
from briefpack.templating.styles import styles_of

STYLES = styles_of(BASE)
SECTIONS = {section.kind: section for section in sections_of(samples.dossier().sections)}


def whole(body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title></head><body>{body}</body></html>'
    )


def laid_out(body: str, **more: Any) -> Layout:
    return lay_out(whole(body), STYLES, "portrait", "x/s", **more)


def tree(text: str, monkeypatch: pytest.MonkeyPatch, *, as_xml: bool) -> bytes:
    press = press_of(STYLES)
    with monkeypatch.context() as patch:
        if not as_xml:
            patch.setattr(layouts, "_as_xml", lambda _text: None)
        return ElementTree.tostring(parse(text, press, asset_fetcher(STYLES.assets, "x")).etree_element)


@pytest.mark.parametrize("kind", sorted(SECTIONS))
def test_sections_are_read_as_the_html_parser_reads_them(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = document(SECTIONS[kind])
    assert tree(text, monkeypatch, as_xml=False) == tree(text, monkeypatch, as_xml=True)


@pytest.mark.parametrize(
    "body",
    [
        "<p>a<br>b</p>",
        "<p>one<p>two",
        "<p>before<div>inside</div>after</p>",
        "<table><tr><td>a</td></tr></table>",
        "<table><tbody>astray<tr><td>a</td></tr></tbody></table>",
        '<p><svg xmlns="http://www.w3.org/2000/svg"><title>t</title></svg></p>',
        "<p>caf&eacute; &amp; &lt;&nbsp;&#8195;&notin; &nosuch;</p>",
        "<p>a<!-- not said -->b</p>",
        "<p class=bare>a</p>",
    ],
)
def test_other_html_is_read_as_the_html_parser_reads_it(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tree(whole(body), monkeypatch, as_xml=False) == tree(whole(body), monkeypatch, as_xml=True)


def margin_boxes(layout: Layout) -> list[str]:
    return [
        child.at_keyword
        for page in layout.document.pages
        for child in page._page_box.children
        if type(child).__name__ == "MarginBox"
    ]


SHEET = '<section class="sheet page-portrait" id="s" data-foot="The foot" data-marking="" data-draft="">{}</section>'


def test_a_section_has_no_margin_boxes() -> None:
    assert margin_boxes(laid_out(SHEET.format("<p>a</p>"))) == []


def test_furniture_has_margin_boxes() -> None:
    assert "@bottom-left" in margin_boxes(laid_out(SHEET.format("<p>a</p>"), furniture=True))


def test_strings_are_those_assigned_on_each_page() -> None:
    second = '<div class="masthead" data-running="Running" style="break-before: page">b</div>'
    first, last = laid_out(SHEET.format(f"<p>a</p>{second}")).strings
    assert first["foot"] == ("The foot",)
    assert last["running"] == ("Running",)
    assert "running" not in first or first["running"] != ("Running",)


def test_extra_styles_come_after_all_others() -> None:
    layout = laid_out(SHEET.format("<p>a</p>"), extra="@page portrait { size: 100mm 200mm }")
    assert round(layout.document.pages[0].width * 25.4 / 96) == 100


def test_what_the_engine_says_becomes_a_problem_at_the_subject() -> None:
    (problem,) = laid_out('<p style="colr: red">a</p>').diagnostics
    assert "colr" in problem.message
    assert problem.subject == "x/s"


def test_a_link_to_elsewhere_is_no_problem() -> None:
    assert laid_out('<p><a href="briefpack:#elsewhere">a</a></p>').diagnostics == ()


def test_a_file_that_the_bundle_lacks_is_a_problem() -> None:
    problems = laid_out('<p><img src="none.png" alt="n"></p>').diagnostics
    assert any("none.png" in problem.message for problem in problems)
