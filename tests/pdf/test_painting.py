"""Pages draw their text in the order in which it is read, and look as if painted by the levels of CSS."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from itertools import pairwise

import pypdfium2
import pytest
from tests.pdf.press import BASE, printed, sections_of
from tests.templating import samples

from briefpack.pdf import painting, quicker
from briefpack.pdf.drawing import draw
from briefpack.pdf.engine import weasyprint
from briefpack.pdf.layout import lay_out
from briefpack.pdf.piece import Piece
from briefpack.pdf.setting import document, set_section
from briefpack.products.pages import SectionHtml
from briefpack.templating.styles import styles_of
from briefpack.world import digest

STYLES = styles_of(BASE)
FLOAT = '<div style="float: {}; width: 40%">{}</div>'
CELLS = '<td>{0} <span style="float: right">aside</span></td><td><div style="float: left">left</div>right {0}</td>'
ROWS = "".join(f"<tr>{CELLS.format(n)}</tr>" for n in range(90))
PLAIN = "<div>{}</div>".format("".join(f"<p>column {n}</p>" for n in range(90)))
COLUMN = "".join(f'<p>column {n}<span style="float: right">aside</span></p>' for n in range(90))


@cache
def drawn(html: str) -> Piece:
    body = f'<section class="sheet page-portrait" id="s">{html}</section>'
    section = SectionHtml("brief", "S", "s", body, "portrait", "en", "x/s")
    layout = lay_out(document(section), STYLES, "portrait", "x/s")
    assert layout.diagnostics == ()
    return draw(layout, STYLES, "en")[0]


def read_in_order(piece: Piece) -> dict[int, list[int]]:
    """By page the numbers of the marked content, which count as it is drawn, in the order of the tag tree."""
    found: dict[int, list[int]] = {}
    stack = [("e", 0, 0)]
    while stack:
        kind, a, b = stack.pop()
        if kind == "e":
            stack.extend(reversed(piece.elements[a].kids))
        elif kind == "m":
            found.setdefault(a, []).append(b)
    return found


def out_of_order(piece: Piece) -> list[tuple[int, int, int]]:
    """Page and numbers where what is read later was drawn earlier."""
    read = read_in_order(piece)
    return [(page, one, next_one) for page in sorted(read) for one, next_one in pairwise(read[page]) if next_one < one]


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(
            f"<h2>a</h2>{FLOAT.format('left', 'b')}{FLOAT.format('right', 'c')}<h2>d</h2>", id="rows of floats"
        ),
        pytest.param(f"<div>a {FLOAT.format('right', 'b')}</div><p>c</p>", id="a float after a line"),
        pytest.param(f"<div>{FLOAT.format('left', 'a')} b</div><p>c</p>", id="a float before a line"),
        pytest.param("<p>a <b>b <span style='float: right'>c</span> d</b> e</p>", id="a float within a line"),
        pytest.param(
            f"<div>{FLOAT.format('left', '<p>a</p>' + FLOAT.format('right', 'b'))}<p>c</p></div>", id="nested"
        ),
        pytest.param(
            '<p style="position: relative"><span style="position: absolute">a</span> b</p><p>c</p>', id="signs"
        ),
        pytest.param('<p>a <span style="position: relative; top: 1pt">b</span> c</p><p>d</p>', id="moved"),
        pytest.param('<div style="overflow: hidden"><p>a</p></div><p>b</p>', id="clipped"),
        pytest.param('<div style="transform: rotate(1deg)"><p>a</p></div><p>b</p>', id="turned"),
        pytest.param('<p>a <span style="display: inline-block">b</span> c</p><p>d</p>', id="blocks in lines"),
        pytest.param('<ol style="list-style: decimal"><li>a</li><li>b</li></ol><p>c</p>', id="signs of lists"),
        pytest.param(
            f'<div style="display: grid; grid-template-columns: 1fr 1fr"><div>a {FLOAT.format("right", "b")}</div>'
            "<div>c</div></div><p>d</p>",
            id="a grid",
        ),
        pytest.param(f'<div style="display: flex"><p>a</p><div>{FLOAT.format("left", "b")}c</div></div>', id="a flex"),
        pytest.param(f"<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>{ROWS}</tbody></table>", id="a table"),
        pytest.param('<div style="columns: 2">' + COLUMN + "</div><p>after</p>", id="columns"),
        pytest.param(
            f'<div style="display: grid; grid-template-columns: 1fr 1fr">{PLAIN}{PLAIN}</div>',
            id="columns that go on",
        ),
    ],
)
def test_text_is_drawn_in_the_order_in_which_it_is_read(html: str) -> None:
    piece = drawn(html)
    assert sum(map(len, read_in_order(piece).values())) > 1
    assert out_of_order(piece) == []


@pytest.mark.parametrize("number", range(len(samples.dossier().sections)))
def test_every_page_of_a_dossier_is_drawn_in_the_order_in_which_it_is_read(number: int) -> None:
    (section,) = sections_of(samples.dossier().sections[number : number + 1])
    piece = set_section(section, STYLES).value
    assert piece is not None
    assert read_in_order(piece).keys() == set(range(len(piece.pages)))
    assert out_of_order(piece) == []


def test_a_style_that_gives_a_level_has_it() -> None:
    raised = '<p style="position: relative; z-index: 1">raised</p><p>after</p>'
    assert out_of_order(drawn(raised)) == [(0, 1, 0)]


def looks() -> list[str]:
    """The digest of each page of the sample dossier as it is shown."""
    product = samples.dossier()
    opened = pypdfium2.PdfDocument(printed(product.sections, BASE, parts=product.parts).pdf)
    found = []
    for page in opened:
        found.append(digest(bytes(page.render(scale=60 / 72).buffer)))
        page.close()
    opened.close()
    return found


_BY_LEVELS = """
from briefpack.pdf import painting
painting.install = lambda: False
from tests.pdf.test_painting import looks
print(*looks(), sep="\\n")
"""


def test_pages_look_as_if_painted_by_levels() -> None:
    by_levels = subprocess.run([sys.executable, "-c", _BY_LEVELS], capture_output=True, text=True, check=True)
    assert len(looks()) > 10
    assert by_levels.stdout.splitlines() == looks()


def test_pages_of_another_version_are_painted_by_its_own_levels(monkeypatch: pytest.MonkeyPatch) -> None:
    weasyprint(STYLES)
    assert painting.install() is True
    monkeypatch.setattr(quicker, "TESTED", ("1.0",))
    assert painting.install() is False
