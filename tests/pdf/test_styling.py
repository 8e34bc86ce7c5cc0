"""Kept styles are the styles that WeasyPrint's own cascade computes."""

from __future__ import annotations

from typing import Any

import pytest
from tests.pdf.press import BASE, sections_of
from tests.templating import samples

from briefpack.pdf.engine import listening, press_of
from briefpack.pdf.fetcher import asset_fetcher
from briefpack.pdf.layout import parse
from briefpack.pdf.setting import document
from briefpack.pdf.styling import Kept, kept_style_for
from briefpack.products.pages import SectionHtml
from briefpack.templating.styles import styles_of

STYLES = styles_of(BASE)
SECTIONS = {section.kind: section for section in sections_of(samples.dossier().sections)}


def fragment(html: str) -> SectionHtml:
    return SectionHtml("brief", "S", "s", f'<section class="sheet" id="s">{html}</section>', "portrait", "en", "x/s")


def styled(section: SectionHtml, kept: Kept | None = None) -> tuple[Any, Any]:
    """The HTML of a section and its styles: kept ones, or those of WeasyPrint where `kept` is None."""
    from weasyprint.css import StyleFor
    from weasyprint.css.targets import TargetCollector

    press = press_of(STYLES)
    html = parse(document(section), press, asset_fetcher(STYLES.assets, "x"))
    sheets = [(sheet, "user agent", None) for sheet in html._ua_stylesheets(False)]
    sheets += [(sheet, "user", None) for sheet in press.bare_sheets]
    if kept is None:
        return html.etree_element, StyleFor(html, sheets, False, press.fonts, TargetCollector())
    return html.etree_element, kept_style_for()(kept, html, sheets, press.fonts, TargetCollector())


def computed(section: SectionHtml, kept: Kept | None = None) -> list[Any]:
    """All properties of all elements and pseudo-elements, in the order of the document."""
    from weasyprint.css.properties import INITIAL_VALUES

    root, style_for = styled(section, kept)
    names = sorted(INITIAL_VALUES)
    found: list[Any] = []
    for element in root.iter():
        for pseudo in (None, "before", "after", "marker"):
            style = style_for(element, pseudo)
            found.append((element.tag, pseudo, None if style is None else [str(style[name]) for name in names]))
    return found


@pytest.mark.parametrize("kind", sorted(SECTIONS))
def test_every_property_is_what_weasyprint_computes(kind: str) -> None:
    assert computed(SECTIONS[kind]) == computed(SECTIONS[kind], Kept())


def test_what_other_sections_left_behind_makes_no_difference() -> None:
    kept = Kept()
    for section in SECTIONS.values():
        computed(section, kept)
    for section in SECTIONS.values():
        assert computed(section) == computed(section, kept)


def test_a_section_seen_before_makes_no_style() -> None:
    kept = Kept()
    styled(SECTIONS["record"], kept)
    made = len(kept.styles)
    styled(SECTIONS["record"], kept)
    assert made == len(kept.styles)


def test_elements_that_differ_by_their_id_share_a_style_and_have_their_own_anchors() -> None:
    root, style_for = styled(fragment('<p id="one">a</p><p id="two">b</p>'), Kept())
    one, two = (style_for(element) for element in root.iter("p"))
    assert (one["anchor"], two["anchor"]) == ("one", "two")
    assert one.shared is two.shared


def test_inline_styles_are_told_apart() -> None:
    kept = Kept()
    root, style_for = styled(fragment('<p style="width: 1px">a</p><p style="width: 2px">b</p>'), kept)
    assert [style_for(element)["width"].value for element in root.iter("p")] == [1, 2]


def test_languages_are_told_apart() -> None:
    root, style_for = styled(fragment('<p lang="es">a</p><p lang="fr">b</p><p>c</p>'), Kept())
    assert [style_for(element)["lang"] for element in root.iter("p")] == ["es", "fr", "en"]


def test_places_among_siblings_are_told_apart() -> None:
    text = '<div class="rule"><div class="row">a</div><div class="row">b</div></div>' * 2
    assert computed(fragment(text)) == computed(fragment(text), Kept())


def test_a_wrong_inline_style_is_reported_each_time() -> None:
    kept = Kept()
    said = []
    for _ in range(2):
        with listening() as log:
            styled(fragment('<p style="colr: red">a</p>'), kept)
        said.append(log.messages)
    assert said[0] == said[1]
    assert "colr" in said[0][0]


def test_changing_the_style_of_one_element_leaves_the_others() -> None:
    root, style_for = styled(fragment('<p id="one">a</p><p id="two">b</p>'), Kept())
    one, two = (style_for(element) for element in root.iter("p"))
    one["float"] = "left"
    assert two["float"] == "none"
    assert one.copy()["float"] == "left"


def test_too_much_kept_is_forgotten() -> None:
    kept = Kept()
    styled(SECTIONS["record"], kept)
    kept.styles.update((number, None) for number in range(30_000))
    kept.room()
    assert (kept.styles, kept.elements, kept.candidates, kept.sheets) == ({}, {}, {}, {})
