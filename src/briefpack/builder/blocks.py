"""Which problems stop which products: an error stops the products that print it, and no others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import PurePosixPath

from briefpack.builder.check import Outcome
from briefpack.diagnostics import Diagnostic
from briefpack.pack.load import PACK_FILE
from briefpack.pack.model import Audience
from briefpack.products.comparison import visible_sources
from briefpack.products.composer import Composed
from briefpack.products.view import View
from briefpack.summaries.load import COMPARISONS, SUMMARIES


class Blocks:
    """Errors that belong to a file as a whole, by file.

    Errors about a statement or a card are not here: the view knows which of them a product prints.
    """

    def __init__(self, outcome: Outcome) -> None:
        self.by_file: dict[str, list[Diagnostic]] = defaultdict(list)
        self.unusable = outcome.loaded.unusable
        verified = outcome.verified
        judged = {*verified.verdicts, *verified.cards} if verified else set()
        sources = {summary.id: summary.path for summary in outcome.loaded.content.summaries}
        for diagnostic in outcome.diagnostics:
            if diagnostic.is_error and diagnostic.subject not in judged:
                self.by_file[sources.get(diagnostic.subject, diagnostic.location.file)].append(diagnostic)
        paths = [path for path in self.by_file if PurePosixPath(path).stem in self.unusable]
        self.unusable_summaries = tuple(PurePosixPath(p).stem for p in paths if p.startswith(SUMMARIES))
        self.unusable_comparisons = tuple(PurePosixPath(p).stem for p in paths if p.startswith(COMPARISONS))

    def apply(self, composed: Composed | None, view: View) -> Composed | None:
        """Stop a product that prints a file with an error; in drafts nothing that could be read is stopped."""
        if composed is None or view.draft:
            return composed
        found = [d for path in self._files_of(composed, view) for d in self.by_file.get(path, ())]
        if not found:
            return composed
        return replace(composed, product=None, blockers=(*composed.blockers, *found))

    def missing(self, audience: Audience, kind: str, id_: str) -> Composed | None:
        """Stands for a product whose own file could not be read."""
        if kind not in audience.products or (kind == "brief" and audience.sources and id_ not in audience.sources):
            return None
        path = f"{SUMMARIES if kind == 'brief' else COMPARISONS}/{id_}.md"
        return Composed(audience.id, kind, id_, None, blockers=tuple(self.by_file.get(path, ())))

    def _files_of(self, composed: Composed, view: View) -> list[str]:
        content = view.verified.content
        summaries = {summary.id: summary.path for summary in view.summaries()}
        if composed.kind == "brief":
            return [PACK_FILE, summaries.get(composed.id, "")]
        if composed.kind == "comparison":
            sheet = next(sheet for sheet in content.comparisons if sheet.id == composed.id)
            return [PACK_FILE, sheet.path, *(summaries[source] for source in visible_sources(sheet, view))]
        unreadable = [path for path in self.by_file if PurePosixPath(path).stem in self.unusable]
        overview = [content.overview.path] if content.overview else []
        return list(
            dict.fromkeys(
                [PACK_FILE, *summaries.values(), *(s.path for s in view.comparisons()), *overview, *unreadable]
            )
        )
