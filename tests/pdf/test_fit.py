"""One page means one page: the fit uses its levers in order, names them, or says by how much a brief is over."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.pdf.press import BASE, pressed
from tests.templating import samples

from briefpack.diagnostics import Code
from briefpack.pack.model import BriefLimits
from briefpack.pdf.fit import Fitted, fit_page
from briefpack.pdf.inspect import inspect_pdf
from briefpack.products import model as m
from briefpack.templating.fitting import BriefSetter
from briefpack.templating.sections import render_section
from briefpack.templating.styles import styles_of

ROOMY = samples.brief(charts=(), analysis=(), points=samples.brief().points[:2])
USUAL = BriefLimits()
FULL_ONLY = BriefLimits(quotations=("full",))


def fitted(brief: m.Brief, limits: BriefLimits = USUAL, optional: tuple[str, ...] = ()) -> Fitted:
    checked = fit_page(BriefSetter(brief, BASE, limits), styles_of(BASE), limits, optional)
    assert checked.diagnostics == ()
    assert checked.value is not None
    return checked.value


def pages(found: Fitted) -> tuple[int, str]:
    checked = pressed(found.section)
    assert checked.value is not None
    return checked.value.pages, inspect_pdf(checked.value.pdf).texts[0]


def test_a_brief_with_room_is_set_at_full_size_without_levers() -> None:
    found = fitted(ROOMY)
    assert (found.options.size, found.options.spacing, found.levers) == (10.5, 1.0, ())


def test_a_full_brief_is_one_page_and_names_its_levers_on_it() -> None:
    found = fitted(samples.brief())
    count, text = pages(found)
    assert count == 1
    assert found.levers
    assert "Set to fit one page:" in text
    assert "spacing 0.75" in text


def test_spacing_gives_before_size() -> None:
    found = fitted(samples.brief(charts=(), analysis=()))
    assert found.options.size == 10.5 or found.options.spacing == 0.75


def test_optional_blocks_go_last_in_the_audiences_order_and_are_named() -> None:
    found = fitted(
        samples.brief(),
        BriefLimits(min_size=Decimal(10), min_spacing=Decimal(1), quotations=("full",)),
        ("charts", "figures"),
    )
    assert found.options.left_out == ("charts",)
    assert "Returnees received" not in found.section.html
    assert "left out: charts" in found.levers


def test_what_cannot_fit_is_said_in_lines_with_the_longest_items() -> None:
    limits = replace(FULL_ONLY, min_size=Decimal("10.5"), min_spacing=Decimal(1))
    checked = fit_page(BriefSetter(samples.brief(), BASE, limits), styles_of(BASE), limits, ())
    assert checked.value is None
    (found,) = checked.diagnostics
    assert found.code is Code.PAGE_OVERFLOW
    assert "lines over its page" in found.message
    assert found.detail[1].startswith("content/summaries/public-works.md:124:5: 24 words, 3 quotations")


def test_a_number_on_the_page_takes_no_room() -> None:
    found = fitted(samples.brief())
    again = render_section(samples.brief(), BASE, options=replace(found.options, folio=True))
    assert again.value is not None
    checked = pressed(again.value)
    assert checked.value is not None
    assert checked.value.pages == 1


@settings(max_examples=6, deadline=None)
@example(2)
@example(24)
@given(count=st.integers(2, 24))
def test_half_a_page_to_two_pages_either_fit_whole_or_say_what_is_too_long(count: int) -> None:
    given_points = samples.brief().points
    points = tuple(replace(given_points[n % len(given_points)], anchor=f"point-{n}") for n in range(count))
    brief = samples.brief(charts=(), analysis=(), points=points)

    checked = fit_page(BriefSetter(brief, BASE, USUAL), styles_of(BASE), USUAL, ())

    if checked.value is not None:
        assert checked.value.layout is None or len(checked.value.layout.document.pages) == 1
        assert [f'id="point-{n}"' in checked.value.section.html for n in range(count)] == [True] * count
    else:
        (found,) = checked.diagnostics
        assert found.code is Code.PAGE_OVERFLOW
        assert "over its page" in found.message
        assert any("words" in line for line in found.detail)
