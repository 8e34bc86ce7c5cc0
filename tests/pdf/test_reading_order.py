"""Four audiences read one source's brief in four orders: asserted on the tag trees of their PDFs."""

from __future__ import annotations

import io
import re
from functools import cache
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from tests.pdf.press import pressed
from tests.templating import samples

from briefpack.pack.model import BriefLimits
from briefpack.pdf.fit import fit_page
from briefpack.products import model as m
from briefpack.products.pages import RenderOptions
from briefpack.shipped import shipped_pack
from briefpack.templating.bundle import Bundle, load_bundle
from briefpack.templating.fitting import BriefSetter
from briefpack.templating.styles import styles_of
from briefpack.world import World

ORDERS = {
    "ministry": "headline recommendation lead figure point definition caution",
    "donors": "headline lead figure point caution recommendation definition",
    "field": "headline lead definition recommendation point figure caution",
    "press": "headline lead point definition figure recommendation caution",
}
"""The parts of the brief in the order in which each audience reads them."""

EVIDENCE = {
    "ministry": "headline recommendation lead figure point definition",
    "donors": "headline lead figure point recommendation definition",
    "field": "headline lead definition recommendation point figure",
    "press": "headline lead point recommendation definition figure",
}
"""Whose quotations follow each other. The point cites that of the recommendation too: in the press it comes first."""


def bundle_of(audience: str) -> Bundle:
    bundle = load_bundle(World(shipped_pack()), audience).value
    assert bundle is not None
    return bundle


def told(part: str, cites: tuple[int, ...], own: tuple[int, ...] = ()) -> m.Cited:
    """A statement whose text names it, citing some numbers; the evidence notes of its `own` stand beside it."""
    notes = tuple(m.Note(n, f"b-note-{n}", (f"quotation {n} of {part}",), m.Locator(n, n), "en", "s", "") for n in own)
    prose: m.Prose = (f"A {part} that is told.", *(m.NoteRef(n) for n in cites))
    return m.Cited(f"b-{part}", m.Place(part), prose, notes, samples.brief().headline.location, words=5)


def brief() -> m.Brief:
    """A brief with one statement of each kind, its notes numbered as a summary is composed."""
    return samples.brief(
        headline=told("headline", (1,), (1,)),
        lead=(told("lead", (2,), (2,)),),
        figures=(m.Figure(told("figure", (3,), (3,)), "Boats", (), None, "12", "", ""),),
        points=(told("point", (4, 6), (4,)),),
        charts=(),
        definitions=(m.Definition("Term", told("definition", (5,), (5,))),),
        recommendations=(m.Recommendation("", "desk", told("recommendation", (6,), (6,))),),
        cautions=(told("caution", (4,)),),
        analysis=(),
    )


@cache
def pdf_of(audience: str) -> bytes:
    bundle, limits = bundle_of(audience), BriefLimits()
    fitted = fit_page(BriefSetter(brief(), bundle, limits), styles_of(bundle), limits, ())
    assert fitted.value is not None
    linked = pressed(fitted.value.section, bundle)
    assert linked.diagnostics == ()
    assert linked.value is not None
    return linked.value.pdf


def read_aloud(pdf: bytes) -> list[tuple[str, str]]:
    """Role and text of each element of a PDF's tag tree that holds text, in its order."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        texts = marked_texts(opened.pages[0])
        found: list[tuple[str, str]] = []

        def walk(element: Any) -> None:
            kids = element.get("/K", [])
            kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
            own = "".join(texts.get(int(kid), "") for kid in kids if isinstance(kid, int))
            begins = next((at for at, kid in enumerate(kids) if isinstance(kid, int)), len(kids))
            for at, kid in enumerate([*kids, None]):
                if at == begins and own.strip():
                    found.append((str(element.S)[1:], own))
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    walk(kid)

        root = opened.Root.StructTreeRoot.K
        for kid in list(root) if isinstance(root, pikepdf.Array) else [root]:
            walk(kid)
    return found


def marked_texts(page: Any) -> dict[int, str]:
    """The text of each marked content of a page, through the fonts' ToUnicode maps."""
    maps = {name: unicode_of(font) for name, font in page.Resources.Font.items()}
    texts: dict[int, str] = {}
    stack: list[int | None] = []
    font: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        operator = str(instruction.operator)
        match operator:
            case "BDC" | "BMC":
                properties: Any = operands[1] if len(operands) > 1 else {}
                is_marked = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
                stack.append(int(properties.MCID) if is_marked else None)
            case "EMC":
                stack.pop()
            case "Tf":
                font = maps[str(operands[0])]
            case "Tj" | "TJ":
                shown = operands[0] if operator == "TJ" else [operands[0]]
                codes = b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String))
                text = "".join(font.get(codes[i] * 256 + codes[i + 1], "") for i in range(0, len(codes), 2))
                if (number := next((n for n in reversed(stack) if n is not None), None)) is not None:
                    texts[number] = texts.get(number, "") + text
    return texts


def unicode_of(font: Any) -> dict[int, str]:
    content = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", content)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def parts_read(audience: str) -> list[str]:
    """The kinds of statement in the order in which the tag tree of an audience's brief tells them."""
    whole = "".join(text for _, text in read_aloud(pdf_of(audience)))
    places = {part: re.search(rf"A\s*{part}\s*that\s*is\s*told", whole) for part in ORDERS["donors"].split()}
    assert all(places.values())
    return sorted(places, key=lambda part: places[part].start())  # type: ignore[union-attr]


@pytest.mark.parametrize("audience", ORDERS)
def test_an_audience_reads_in_its_own_order(audience: str) -> None:
    assert parts_read(audience) == ORDERS[audience].split()


def test_no_two_audiences_read_in_the_same_order() -> None:
    orders = [parts_read(audience) for audience in ORDERS]
    assert all(order not in orders[:place] for place, order in enumerate(orders))


@pytest.mark.parametrize("audience", ORDERS)
def test_the_evidence_is_numbered_as_it_is_read(audience: str) -> None:
    whole = " ".join(text for _, text in read_aloud(pdf_of(audience)))
    order = EVIDENCE[audience].split()
    quoted = {part: re.search(rf"quotation\s*\d\s*of\s*{part}", whole) for part in order}
    assert all(quoted.values())
    starts = [quoted[part].start() for part in order]  # type: ignore[union-attr]
    assert all(before < after for before, after in pairwise(starts))
    assert re.findall(r"(\d)\s*[“«]\s*quotation", whole) == [str(place) for place in range(1, len(order) + 1)]


def test_tasks_of_the_field_are_items_of_a_list_whose_boxes_are_not_read() -> None:
    html = BriefSetter(brief(), bundle_of("field"), BriefLimits()).section(RenderOptions()).value
    assert html is not None
    assert '<ul class="checklist"><li class="row task"' in re.sub(r">\s+<", "><", html.html)
    assert [role for role, text in read_aloud(pdf_of("field")) if "A recommendation that" in text] == ["P"]
