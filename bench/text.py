"""The text of a pack's dossier, as the comparators need it: the product as data, and its sections as HTML.

The only place here that knows briefpack from the inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from briefpack.builder.blocks import Blocks
from briefpack.builder.check import check_pack
from briefpack.products.composer import Composer
from briefpack.products.dossier import compose_dossier
from briefpack.products.model import Dossier
from briefpack.products.originals import survey_originals
from briefpack.products.pages import RenderOptions, SectionHtml, Styles
from briefpack.products.view import View
from briefpack.templating.bundle import Bundle, load_bundle
from briefpack.templating.sections import render_section
from briefpack.templating.styles import styles_of
from briefpack.world import World

_SETTING = RenderOptions(size=9.5, spacing=0.9)
"""About what the fit chooses for a full page; the comparators do not fit."""


@dataclass(frozen=True, slots=True)
class Text:
    """A dossier: as data, as printed sections, and the styles that they are laid out with."""

    dossier: Dossier
    sections: tuple[SectionHtml, ...]
    styles: Styles


def text_of(folder: Path, audience: str = "") -> Text:
    """The dossier of the pack in `folder`, for its first audience or the one named."""
    world = World(folder)
    outcome = check_pack(world)
    assert outcome.verified is not None, "only packs that check are compared"
    chosen = next(a for a in outcome.verified.pack.audiences if audience in ("", a.id))
    originals = survey_originals(world, outcome.verified.sources, is_complete=True)
    view = View(outcome.verified, chosen, False)
    composed = compose_dossier(Composer(view, originals, ()))
    made = Blocks(outcome).apply(composed, view) if composed else None
    bundle = load_bundle(world, chosen.templates).value
    assert bundle, "a generated pack is set in the house style"
    assert made, "its audience gets a dossier"
    assert isinstance(made.product, Dossier), "nothing in it is blocked"
    return Text(made.product, _printed(made.product, bundle), styles_of(bundle))


def _printed(dossier: Dossier, bundle: Bundle) -> tuple[SectionHtml, ...]:
    printed = [render_section(section, bundle, options=_SETTING).value for section in dossier.sections]
    return tuple(section for section in printed if section)


def write_html(text: Text, folder: Path) -> Path:
    """Write one HTML file with all sections, beside it the style sheets and fonts it links to; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    links = []
    own = Path(__file__).with_name("document.css").read_text(encoding="utf-8")
    for number, css in enumerate((*(sheet.css for sheet in text.styles.sheets), own), 1):
        (folder / f"{number}.css").write_text(css, encoding="utf-8")
        links.append(f'<link rel="stylesheet" href="{number}.css">')
    for path, content in text.styles.assets.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    head = text.dossier.head
    opening = (
        f'<!DOCTYPE html><html lang="{head.language}"><head><meta charset="utf-8"><title>{escape(text.dossier.title)}'
    )
    body = "".join(section.html for section in text.sections)
    page = folder / "dossier.html"
    page.write_text(f"{opening}</title>{''.join(links)}</head><body>{body}</body></html>", encoding="utf-8")
    return page


def fonts_below(text: Text, folder: Path) -> Path:
    """The folder with the fonts that `write_html` wrote."""
    return (folder / text.styles.fonts[0]).parent
