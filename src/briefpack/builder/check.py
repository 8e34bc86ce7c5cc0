"""Steps 1 to 4 in one call: everything that `briefpack check` says."""

from __future__ import annotations

from dataclasses import dataclass

from briefpack.builder.garbage import without_collection
from briefpack.citations.gate import Verified, verify
from briefpack.diagnostics import Diagnostic, Findings, in_order
from briefpack.pack.load import load_pack
from briefpack.pack.model import Pack
from briefpack.products.charts import check_charts
from briefpack.products.keyfigures import check_key_figures
from briefpack.products.untranslated import check_translations
from briefpack.sources.load import load, overlaps
from briefpack.sources.source import Source
from briefpack.summaries.load import Loaded, load_content
from briefpack.world import World


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found. `pack` and `verified` are None where the settings could not be read."""

    pack: Pack | None
    loaded: Loaded
    verified: Verified | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def has_errors(self) -> bool:
        """Whether anything stops a product."""
        return any(diagnostic.is_error for diagnostic in self.diagnostics)

    @property
    def sizes(self) -> dict[str, int]:
        """How much was checked, by name."""
        content = self.loaded.content
        statements = [s for summary in content.summaries for s in summary.statements()]
        statements += [s for sheet in content.comparisons for s in sheet.statements()]
        statements += content.overview.statements() if content.overview else ()
        return {
            "sources": len(content.summaries),
            "cards": sum(len(summary.cards) for summary in content.summaries),
            "statements": len(statements),
        }


def check_pack(world: World) -> Outcome:
    """Read the pack, its sources and its content, and hold everything against everything; nothing is rendered."""
    with without_collection():
        return _check(world)


def _check(world: World) -> Outcome:
    findings = Findings()
    pack = load_pack(world)
    findings.extend(pack.diagnostics)
    loaded = load_content(world)
    findings.extend(loaded.diagnostics)
    if pack.value is None:
        return Outcome(None, loaded.value, None, in_order(findings.items))
    sources = load_sources(world, loaded.value, findings)
    verified = verify(pack.value, loaded.value, sources)
    findings.extend(verified.diagnostics)
    check_key_figures(verified, findings)
    check_translations(verified, loaded.value, findings)
    check_charts(verified, findings)
    return Outcome(pack.value, loaded.value, verified, in_order(findings.items))


def load_sources(world: World, loaded: Loaded, findings: Findings) -> dict[str, Source]:
    """Read the source of every summary; those that cannot be read are reported and left out."""
    sources: dict[str, Source] = {}
    for summary in loaded.content.summaries:
        checked = load(world, summary.work)
        findings.extend(checked.diagnostics)
        if checked.value is not None:
            sources[summary.id] = checked.value
    findings.extend(overlaps(list(sources.values())))
    return sources
