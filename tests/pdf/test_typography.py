"""Typographic care: each thing that a typesetter would mend is found and named with its page and its words."""

from __future__ import annotations

import pytest
from tests.pdf.press import BASE

from briefpack.diagnostics import Code, Diagnostic, Severity
from briefpack.pdf.setting import set_section
from briefpack.pdf.typography import CODES
from briefpack.products.pages import SectionHtml, Sheet, Styles
from briefpack.templating.styles import styles_of

CSS = """
@page { size: 120mm 100mm; margin: 10mm; }
html { font: 10pt/15pt "Source Serif 4"; }
body, p, h1, h2, div { margin: 0; }
h2 { font-size: 10pt; break-after: auto; }
"""
LINE = "Some words that stand in a line of the page"
TEXT = " ".join(["word"] * 60)


def looked_at(body: str, css: str = "", lang: str = "en") -> tuple[Diagnostic, ...]:
    """What is found in a section of pages with fifteen lines of about sixty characters."""
    base = styles_of(BASE)
    styles = Styles((base.sheets[0], Sheet("style.css", CSS + css)), base.assets, base.fonts, f"typography{css}")
    html = f'<section class="sheet" id="s" lang="{lang}">{body}</section>'
    checked = set_section(
        SectionHtml("record", "Training", "s", html, "portrait", lang, "press/record/training"), styles
    )
    assert checked.value is not None, checked.diagnostics
    return checked.diagnostics


def codes(body: str, css: str = "", lang: str = "en") -> list[str]:
    return [str(found.code) for found in looked_at(body, css, lang)]


def lines(count: int) -> str:
    return f"<p>{LINE}</p>" * count


def test_pages_that_are_set_with_care_give_nothing() -> None:
    assert looked_at(f"<h1>A heading</h1><p>{TEXT}</p>" + lines(20)) == ()


def test_a_page_that_ends_high_is_found_but_not_the_last_one() -> None:
    found = looked_at(lines(8) + '<div style="break-before: page">' + lines(2) + "</div>")

    assert [(each.code, each.message) for each in found] == [
        (
            Code.PAGE_UNDERFULL,
            "page 1 of 2 of the record “Training” is only 53% full, down to “… that stand in a line of the page”",
        )
    ]
    assert str(found[0].location) == found[0].subject == "press/record/training"


def test_columns_beside_each_other_count_by_the_longest() -> None:
    beside = f'<div style="float: left; width: 40mm">{"<p>a b c</p>" * 14}</div><p style="margin-left: 45mm">Here</p>'

    assert codes(f'{beside}<p style="break-before: page">{LINE}</p>') == []


@pytest.mark.parametrize(
    ("before", "where"), [(14, "first line of a paragraph stands alone at the foot of page 1 of 2")]
)
def test_a_single_line_at_the_foot_of_a_page_is_found(before: int, where: str) -> None:
    found = looked_at(lines(before) + f"<p>{TEXT}</p>", "p { orphans: 1; widows: 1; }")

    assert [each.code for each in found] == [Code.LINE_SINGLE]
    assert where in found[0].message
    assert "“word word" in found[0].message


def test_a_single_line_at_the_head_of_a_page_is_found() -> None:
    found = looked_at(lines(10) + f"<p>{TEXT}</p>", "p { orphans: 1; widows: 1; }")

    assert [each.code for each in found] == [Code.LINE_SINGLE]
    assert "last line of a paragraph stands alone at the head of page 2 of 2" in found[0].message


def test_two_lines_may_stand_at_either_end() -> None:
    assert codes(lines(12) + f"<p>{TEXT}</p>", "p { orphans: 2; widows: 2; }") == []


@pytest.mark.parametrize(("before", "expected"), [(14, "as its last line"), (13, "with one line below it")])
def test_a_heading_in_the_last_two_lines_is_found(before: int, expected: str) -> None:
    (found,) = looked_at(lines(before) + "<h2>Dates</h2>" + lines(5))

    assert found.code is Code.HEADING_LOW
    assert (
        found.message == f"the heading “Dates” stands at the foot of page 1 of 2 of the record “Training”, {expected}"
    )


def test_a_heading_with_two_lines_below_it_may_stand_low() -> None:
    assert codes(lines(12) + "<h2>Dates</h2>" + lines(5)) == []


def test_long_lines_are_found_once_for_each_kind_of_paragraph() -> None:
    found = looked_at(f'<p class="a">{TEXT}</p><p class="a">{TEXT}</p><p>{LINE}</p>', ".a { font-size: 5pt; }")

    assert [each.code for each in found] == [Code.MEASURE_WIDE]
    assert "characters a line in p.a, the worst of 2 such paragraphs, on page 1 of 1" in found[0].message


def test_short_lines_are_found_but_evidence_may_be_narrower() -> None:
    narrow = f'<p style="width: 48mm">{TEXT}</p>'

    assert codes(narrow) == ["measure-narrow"]
    assert codes(f'<div class="proof">{narrow}</div>') == []


def test_tables_and_lines_broken_by_hand_have_no_measure() -> None:
    table = f'<table><tbody><tr><th scope="row">a</th><td style="width: 30mm">{TEXT}</td></tr></tbody></table>'

    assert codes(f"{table}<p>A street 1<br/>A town</p>") == []


def test_text_in_the_margin_and_off_the_paper_is_outside() -> None:
    found = looked_at(f'<p style="white-space: nowrap">{LINE} {LINE}</p>', "html { font-size: 9pt; }")

    assert [each.code for each in found] == [Code.OUTSIDE_PAGE]
    assert "“Some words that stand in a line of …” leaves the paper on page 1 of 1" in found[0].message

    (margin,) = looked_at('<p style="margin-left: -5mm">Hung</p>')
    assert margin.message == "“Hung” stands 5.0 mm in the margin of page 1 of 1 of the record “Training”"


@pytest.mark.parametrize("text", ["60 % of it", "as ¶ 7 says", "3 km away", "USD 500 spent", "p. 12 says"])
def test_a_breaking_space_before_a_unit_is_found(text: str) -> None:
    assert codes(f"<p>It is {text}</p>") == ["space-breaking"]
    assert codes(f"<p>It is {text.replace(' ', chr(0xA0))}</p>") == []


def test_a_unit_that_is_only_the_beginning_of_a_word_is_none() -> None:
    assert codes("<p>3 hundred, 4 mm2x, 12 gifts, 5 towns, a m, in 2018 Lima</p>") == []


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ('the "success" of it', "en", ["quotation-marks"]),
        ("it doesn't", "en", ["quotation-marks"]),
        ("the «success» of it", "en", ["quotation-marks"]),
        ("el «éxito» y el “éxito”", "es-SV", []),
        ("el „éxito”", "es-SV", ["quotation-marks"]),
        ("the “success” that doesn’t", "en", []),
    ],
)
def test_quotation_marks_are_those_of_the_language(text: str, lang: str, expected: list[str]) -> None:
    assert codes(f"<p>{text}</p>", lang=lang) == expected


def test_quotations_stand_as_in_the_source() -> None:
    assert (
        codes('<p>It says <span class="quoted">“60 % of "it"”</span> and <span lang="fr">« l\'eau »</span></p>') == []
    )


def test_a_heading_that_ends_in_one_short_word_is_a_notice() -> None:
    (found,) = looked_at(
        "<h1>The heading of this text has words enough for a line and one of them is too<br/>many</h1>"
    )

    assert (found.code, found.severity) == (Code.HEADING_SHORT_END, Severity.NOTICE)
    assert "is one short word, 'many', on page 1 of 1" in found.message


def test_nothing_typographic_stops_a_pack() -> None:
    assert {code.severity for code in CODES} == {Severity.WARNING, Severity.NOTICE}
