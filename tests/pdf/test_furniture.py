"""Running heads and folios of a run of pages: the right number, string and paper on each, and nothing else."""

import re
import zlib

from tests.pdf.press import BASE

from briefpack.pdf.piece import Piece
from briefpack.pdf.setting import FurniturePage, Run, set_furniture
from briefpack.templating.styles import styles_of

STYLES = styles_of(BASE)
OPENING = FurniturePage("portrait", {"foot": ("A pack",), "running": ('A "section"',), "marking": ("",)})
FOLLOWING = FurniturePage("portrait", {})


def set_run(*pages: FurniturePage, first: int = 1, before: dict[str, str] | None = None) -> Piece:
    checked = set_furniture(Run(pages, first, "en", before or {}), STYLES)
    assert checked.diagnostics == ()
    assert checked.value is not None
    return checked.value


def texts(piece: Piece) -> list[str]:
    found = []
    for page in piece.pages:
        said, font = "", None
        for match in re.finditer(rb"/(\w+) [\d.]+ Tf|<([0-9a-f]+)>", zlib.decompress(page.content)):
            if match[1]:
                font = piece.fonts[match[1].decode()]
            elif font:
                glyphs = [int(match[2][at : at + 4], 16) for at in range(0, len(match[2]), 4)]
                said += "".join(font.text[glyph] for glyph in glyphs)
        found.append(said)
    return found


def test_pages_are_numbered_from_the_first_of_the_run() -> None:
    assert [said[-1] for said in texts(set_run(OPENING, FOLLOWING, FOLLOWING))] == ["1", "2", "3"]
    assert [said[-3:] for said in texts(set_run(OPENING, FOLLOWING, first=151))] == ["151", "152"]


def test_a_running_head_stands_on_the_pages_after_the_one_that_opens_the_section() -> None:
    first, second = texts(set_run(OPENING, FOLLOWING))
    assert 'A "section"' not in first
    assert 'A "section"' in second
    assert "A pack" in first
    assert "A pack" in second


def test_a_run_goes_on_with_the_strings_that_held_before_it() -> None:
    (said,) = texts(set_run(FOLLOWING, first=7, before={"foot": "A pack", "running": "Earlier", "marking": ""}))
    assert "A pack" in said
    assert "Earlier" in said
    assert said.endswith("7")


def test_each_page_has_the_paper_of_its_name() -> None:
    piece = set_run(OPENING, FurniturePage("landscape", {}), FurniturePage("cover", {"running": ("",)}))
    assert [page.width > page.height for page in piece.pages] == [False, True, False]
    assert texts(piece)[2] == ""


def test_furniture_has_no_tags_links_or_destinations() -> None:
    piece = set_run(OPENING)
    assert (piece.elements, piece.links, dict(piece.destinations)) == ((), (), {})
