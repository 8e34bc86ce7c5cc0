"""The ledger of a build and of a plan: what each section is made of, for `explain` to compare.

save_made(plan, makings, reports)          after a build
plan_ledger(world, request) -> Ledger      for `explain`: nothing is set, nothing is written
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefpack.builder.fitting import Aside
from briefpack.builder.ingredients import Origins, binding_of, ingredients_of, inputs_of, origins_of
from briefpack.builder.jobs import Job, Outcome
from briefpack.builder.ledger import (
    Ledger,
    ProductEntry,
    SectionEntry,
    Stock,
    load_ledger,
    packed,
    save_ledger,
    settle,
    short_digest,
)
from briefpack.builder.making import Making
from briefpack.builder.plan import Plan, Planned
from briefpack.builder.report import BuildRequest, ProductReport
from briefpack.builder.stock import stock_of
from briefpack.builder.store import Store
from briefpack.builder.workshop import Maker
from briefpack.diagnostics import BriefpackError
from briefpack.products.model import Dossier
from briefpack.products.pages import RenderOptions
from briefpack.templating.sections import kind_of
from briefpack.world import Digest, World


def save_made(plan: Plan, makings: Sequence[Making], reports: Sequence[ProductReport]) -> None:
    """Write down what every product was made of; a disk that refuses costs the reasons, not the build."""
    ledger = _ledger(plan, {making.composed.name: making for making in makings})
    made = {report.name: report.digest for report in reports if report.is_made}
    with contextlib.suppress(OSError):
        save_ledger(plan.world, settle(load_ledger(plan.world), ledger, made, is_whole=plan.request.is_whole))


def plan_ledger(world: World, request: BuildRequest) -> Ledger:
    """Return the ledger of what a build would make now, as far as that is known without setting anything.

    Raises `BriefpackError` where the settings cannot be read, or with exit code 2 where `request` names nothing.
    """
    plan = Plan.of(world, request)
    if plan.outcome is None or plan.outcome.verified is None:
        raise BriefpackError(*(problem for problem in plan.problems if problem.is_error))
    store = Store(world.resolve("build/store"))
    try:
        lookout, last = Lookout(store), load_ledger(world)
        makings = {}
        for planned in plan.products:
            if planned.composed.product is not None and planned.press is not None:
                making = Making(planned.composed, planned.press, lookout, planned.path, 1, _nothing, _ignored)
                making.look(_fits(last, planned.composed.name))
                makings[planned.composed.name] = making
        return _ledger(plan, makings)
    finally:
        store.close()


def _fits(last: Ledger | None, name: str) -> dict[str, RenderOptions]:
    """How the briefs of a product were fitted last, by their ids."""
    product = last.products.get(name) if last else None
    sections = product.sections if product else ()
    return {s.anchor.removeprefix("brief-"): s.options for s in sections if s.kind == "brief" and s.options}


def _nothing(path: str) -> bytes | None:
    del path
    return None


def _ignored(making: Making) -> None:
    del making


@dataclass(slots=True)
class Lookout:
    """Stands in for the workshop where nothing is to be done: what the store has is there, the rest is not."""

    store: Store
    is_forced: bool = False
    made: set[Digest] = field(default_factory=set)
    asides: dict[Digest, Aside] = field(default_factory=dict)

    def offer(self, job: Job, result: bytes) -> None:
        """Nothing is done here, on the way or otherwise."""

    def want(self, job: Job, assets: Mapping[Digest, bytes], maker: Maker, weight: float = 0.0) -> Outcome | None:
        """Return what the store has."""
        del assets, maker, weight
        found = self.store.find(job.key)
        return None if found is None else Outcome(job.key, found)

    def drop(self, job: Job) -> None:
        """Nothing is held here."""

    def is_waiting(self, maker: Maker) -> bool:
        """Nothing is ever waited for."""
        del maker
        return False


def _ledger(plan: Plan, makings: Mapping[str, Making]) -> Ledger:
    stocks: dict[str, Stock] = {}
    origins: dict[str, Origins] = {}
    for planned in plan.products:
        audience = planned.composed.audience
        if audience not in origins and planned.press is not None:
            view = plan.views[audience]
            origins[audience] = origins_of(view)
            stocks[audience] = stock_of(view, planned.press.bundle, plan.world.record.reads, plan.tool)
    entries = [_entry(planned, plan, makings, stocks, origins) for planned in plan.products]
    files = frozenset((*plan.world.record.reads, *plan.shipped.record.reads))
    return Ledger({stock.digest: stock for stock in stocks.values()}, {entry.name: entry for entry in entries}, files)


def _entry(
    planned: Planned,
    plan: Plan,
    makings: Mapping[str, Making],
    stocks: Mapping[str, Stock],
    origins: Mapping[str, Origins],
) -> ProductEntry:
    composed = planned.composed
    stock = stocks[composed.audience].digest if composed.audience in stocks else ""
    making = makings.get(composed.name)
    if making is None or composed.product is None:
        codes = tuple(sorted({str(problem.code) for problem in composed.blockers if problem.is_error}))
        return ProductEntry(composed.name, planned.path, stock, blocked=codes)
    found = [ingredients_of(section, origins[composed.audience]) for section in making.sections]
    parts = composed.product.parts if isinstance(composed.product, Dossier) else ()
    return ProductEntry(
        composed.name,
        planned.path,
        stock,
        sections=tuple(_sections(making, [packed(ingredients) for ingredients in found])),
        inputs=inputs_of(found, plan.world.record.reads),
        binding=packed(binding_of(parts, composed.attachments)),
    )


def _sections(making: Making, ingredients: Sequence[str]) -> Iterator[SectionEntry]:
    for (section, key, html, pages, options), made_of in zip(making.entries(), ingredients, strict=True):
        kind = kind_of(section)
        title = html.title if html else getattr(section, "short", "")
        name = f"{kind}: {title}" if title else section.anchor
        said = short_digest(html.html) if html else ""
        yield SectionEntry(section.anchor, name, kind, key, made_of, said, pages, options)
