"""A plan without typesetting: the ledger of a small pack, with keys made from the printed HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from briefpack.builder.check import check_pack
from briefpack.builder.ingredients import binding_of, ingredients_of, inputs_of, origins_of
from briefpack.builder.ledger import Ledger, ProductEntry, SectionEntry, packed, short_digest
from briefpack.builder.stock import stock_of
from briefpack.pack.model import Audience
from briefpack.products.composer import Composed, Composer
from briefpack.products.dossier import compose_dossier
from briefpack.products.model import Contents, Dossier, Input, Section
from briefpack.products.originals import survey_originals
from briefpack.products.pages import RenderOptions
from briefpack.products.view import View
from briefpack.templating.bundle import Bundle, load_bundle
from briefpack.templating.sections import render_section
from briefpack.templating.styles import styles_of
from briefpack.world import World, digest

TOOL = {"python": "cpython 3.11", "weasyprint": "70.0"}


def plan(
    root: Path, audience: str = "public", *, tool: Mapping[str, str] = TOOL, options: RenderOptions | None = None
) -> Ledger:
    """The ledger of all products of one audience, as a plan has it: no digests of files, no pages."""
    world = World(root)
    outcome = check_pack(world)
    assert outcome.verified is not None
    found: Audience = next(item for item in outcome.verified.pack.audiences if item.id == audience)
    view = View(outcome.verified, found)
    originals = survey_originals(world, outcome.verified.sources, is_complete=True)
    inputs = [Input(s.path, s.digest) for s in view.summaries()]
    inputs += [Input(path, seed) for path, seed in sorted(world.record.reads.items()) if path.startswith("seeds/")]
    composer = Composer(view, originals, tuple(inputs))
    content = view.verified.content
    made = [composer.brief(s) for s in content.summaries] + [composer.comparison(s) for s in content.comparisons]
    bundle = load_bundle(world, found.templates).value
    assert bundle is not None
    stock = stock_of(view, bundle, world.record.reads, tool)
    planner = _Planner(view, bundle, tool, options or RenderOptions())
    products = [
        planner.product(item, stock.digest, world) for item in (*made, compose_dossier(composer)) if item is not None
    ]
    assert all(product.sections for product in products)
    return Ledger({stock.digest: stock}, {p.name: p for p in products}, frozenset(world.record.reads))


class _Planner:
    def __init__(self, view: View, bundle: Bundle, tool: Mapping[str, str], options: RenderOptions) -> None:
        self.origins, self.bundle, self.tool, self.options = origins_of(view), bundle, tool, options
        styles = styles_of(bundle)
        assets = sorted((name, digest(content)) for name, content in styles.assets.items())
        self.styles = digest(repr((styles.sheets, assets, styles.fonts)).encode())

    def product(self, composed: Composed, stock: str, world: World) -> ProductEntry:
        product = composed.product
        assert product is not None, composed.blockers
        sections = product.sections if isinstance(product, Dossier) else (product,)
        ingredients = [ingredients_of(section, self.origins) for section in sections]
        return ProductEntry(
            name=composed.name,
            path=f"build/out/{composed.name}.pdf",
            stock=stock,
            sections=tuple(
                self.section(section, packed(own)) for section, own in zip(sections, ingredients, strict=True)
            ),
            inputs=inputs_of(ingredients, world.record.reads),
            binding=packed(
                binding_of(product.parts if isinstance(product, Dossier) else (), composed.attachments),
            ),
        )

    def section(self, section: Section, ingredients: str) -> SectionEntry:
        html = render_section(section, self.bundle, options=self.options).value
        assert html is not None
        key = digest(repr((html.html, self.styles, sorted(self.tool.items()))).encode())
        name = f"{html.kind}: {html.title}"
        is_late = isinstance(section, Contents)
        options = self.options if html.kind == "brief" else None
        return SectionEntry(
            html.anchor, name, html.kind, "" if is_late else key, ingredients, short_digest(html.html), 0, options
        )


def built(ledger: Ledger, pages: int = 1) -> Ledger:
    """The ledger as a build leaves it: each file made, each section of so many pages."""
    return replace(
        ledger,
        products={
            name: replace(
                product,
                digest=f"digest of {name}",
                sections=tuple(replace(s, pages=pages, key=s.key or "late") for s in product.sections),
            )
            for name, product in ledger.products.items()
        },
    )


def without_keys(ledger: Ledger) -> Ledger:
    """The ledger as if nothing had been printed: only what sections are made of is known."""
    return replace(
        ledger,
        products={
            name: replace(product, sections=tuple(replace(s, key="", html="") for s in product.sections))
            for name, product in ledger.products.items()
        },
    )


def outputs(ledger: Ledger) -> dict[str, str]:
    """The files as the build left them."""
    return {name: product.digest for name, product in ledger.products.items()}
