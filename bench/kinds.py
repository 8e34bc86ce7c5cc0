"""What a page of each kind of section takes to set, in the dossier of the shipped pack."""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from collections.abc import Iterator

from bench.material import ROOT
from bench.report import Part, Table
from bench.request import Request
from briefpack.builder.check import check_pack
from briefpack.pdf.setting import set_section
from briefpack.products.composer import Composer
from briefpack.products.dossier import compose_dossier
from briefpack.products.model import Dossier
from briefpack.products.originals import survey_originals
from briefpack.products.pages import RenderOptions, SectionHtml, Styles
from briefpack.products.view import View
from briefpack.templating.bundle import load_bundle
from briefpack.templating.sections import render_section
from briefpack.templating.styles import styles_of
from briefpack.world import World

AUDIENCE = "donors"


def measure(request: Request) -> Part:
    """Set every section in this process, once to warm up and then as often as is asked; the best time counts."""
    sections, styles = _printed()
    taken: dict[int, float] = {}
    pages: dict[int, int] = {}
    for turn in range(1 + request.repeats):
        request.say(f"kinds: turn {turn} of {request.repeats}")
        for index, section in enumerate(sections):
            gc.collect()
            gc.disable()
            begin = time.process_time()
            piece = set_section(section, styles).value
            spent = time.process_time() - begin
            gc.enable()
            pages[index] = len(piece.pages) if piece else 0
            if turn:
                taken[index] = min(spent, taken.get(index, spent))
    return Part(f"Setting by kind of section ({AUDIENCE})", (Table(_HEAD, tuple(_rows(sections, pages, taken))),))


_HEAD = ("kind", "sections", "pages", "CPU ms", "CPU ms a page")


def _printed() -> tuple[list[SectionHtml], Styles]:
    world = World(ROOT)
    verified = check_pack(world).verified
    assert verified is not None, "the shipped pack is right"
    audience = next(each for each in verified.pack.audiences if each.id == AUDIENCE)
    bundle = load_bundle(world, audience.templates).value
    assert bundle is not None
    composed = compose_dossier(Composer(View(verified, audience), survey_originals(world, verified.sources)))
    assert composed is not None
    assert isinstance(composed.product, Dossier)
    found = [render_section(each, bundle, options=RenderOptions()).value for each in composed.product.sections]
    return [each for each in found if each], styles_of(bundle)


def _rows(sections: list[SectionHtml], pages: dict[int, int], taken: dict[int, float]) -> Iterator[tuple[str, ...]]:
    kinds: dict[str, list[int]] = defaultdict(list)
    for index, section in enumerate(sections):
        kinds[section.kind].append(index)
    for kind, members in kinds.items():
        count, spent = sum(pages[each] for each in members), sum(taken[each] for each in members) * 1000
        yield kind, str(len(members)), str(count), f"{spent:.0f}", f"{spent / max(count, 1):.1f}"
    count, spent = sum(pages.values()), sum(taken.values()) * 1000
    yield "all", str(len(sections)), str(count), f"{spent:.0f}", f"{spent / max(count, 1):.1f}"
