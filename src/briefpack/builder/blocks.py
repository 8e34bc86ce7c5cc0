"""Which problems stop which products: an error stops the products that print it, and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from briefpack.builder.check import Outcome
from briefpack.citations.model import FailedStatement
from briefpack.diagnostics import Diagnostic
from briefpack.pack.load import PACK_FILE
from briefpack.pack.model import Audience
from briefpack.products.comparison import has_sheet, visible_sources
from briefpack.products.composer import Composed
from briefpack.products.view import View
from briefpack.summaries.load import COMPARISONS, OVERVIEW, SUMMARIES
from briefpack.summaries.model import Comparison


class Blocks:
    """Errors that belong to a file as a whole, by file, or to one product, by its name.

    Errors of statements are not here: the view knows which of them a product prints; nor are those of cards, for a
    card that no statement cites is printed nowhere.
    """

    def __init__(self, outcome: Outcome) -> None:
        self.by_file: dict[str, list[Diagnostic]] = defaultdict(list)
        self.by_product: dict[str, list[Diagnostic]] = defaultdict(list)
        verified, content = outcome.verified, outcome.loaded.content
        told = {
            error
            for each in ((verified, *verified.translations.values()) if verified else ())
            for verdict in each.verdicts.values()
            if isinstance(verdict, FailedStatement)
            for error in verdict.errors
        }
        cards = set(verified.cards) if verified else set()
        audiences = [audience.id for audience in outcome.pack.audiences] if outcome.pack else []
        files = {summary.id: summary.path for summary in content.summaries}
        for diagnostic in outcome.diagnostics:
            if not diagnostic.is_error or diagnostic in told or diagnostic.subject in cards:
                continue
            if diagnostic.subject.partition("/")[0] in audiences and diagnostic.subject.count("/") == 2:
                self.by_product[diagnostic.subject].append(diagnostic)
            else:
                self.by_file[files.get(diagnostic.subject, diagnostic.location.file)].append(diagnostic)
        read = {*files.values(), *(sheet.path for sheet in content.comparisons)}
        unread = [
            path
            for folder in (SUMMARIES, COMPARISONS)
            for id_ in sorted(outcome.loaded.unusable)
            if (path := f"{folder}/{id_}.md") in self.by_file and path not in read
        ]
        self.unusable_summaries = tuple(PurePosixPath(p).stem for p in unread if p.startswith(SUMMARIES))
        self.unusable_comparisons = tuple(PurePosixPath(p).stem for p in unread if p.startswith(COMPARISONS))

    def apply(self, composed: Composed | None, view: View) -> Composed | None:
        """Stop a product that prints a file with an error; in drafts nothing that could be read is stopped."""
        if composed is None or view.draft:
            return composed
        translated = view.verified.translated
        paths = self._files_of(composed, view)
        if translated:
            paths += [translated.files[path] for path in list(paths) if path in translated.files]
        found = [d for path in paths for d in self.by_file.get(path, ())]
        for name in self._products_of(composed, view):
            found += self.by_product.get(name, ())
        if not found:
            return composed
        return replace(composed, product=None, attachments=(), blockers=(*composed.blockers, *found))

    def comparison(self, sheet: Comparison, composed: Composed | None, view: View) -> Composed | None:
        """Like `apply`; stands also for a sheet that has too few columns only because a source could not be read."""
        unread = self._unread_columns(sheet, view)
        if composed is None and unread and "comparison" in view.audience.products and view.sees(sheet.labels):
            found = [problem for path in unread for problem in self.by_file.get(path, ())]
            return Composed(view.audience.id, "comparison", sheet.id, None, blockers=tuple(found))
        return self.apply(composed, view)

    def _unread_columns(self, sheet: Comparison, view: View) -> list[str]:
        chosen = view.audience.sources
        return [
            f"{SUMMARIES}/{source}.md"
            for source in sheet.sources
            if source in self.unusable_summaries and (chosen is None or source in chosen)
        ]

    def missing(self, audience: Audience, kind: str, id_: str) -> Composed | None:
        """Stands for a product whose own file could not be read."""
        is_chosen = kind != "brief" or audience.sources is None or id_ in audience.sources
        if kind not in audience.products or not is_chosen:
            return None
        path = f"{SUMMARIES if kind == 'brief' else COMPARISONS}/{id_}.md"
        return Composed(audience.id, kind, id_, None, blockers=tuple(self.by_file.get(path, ())))

    def _products_of(self, composed: Composed, view: View) -> list[str]:
        if composed.kind == "dossier" and "briefs" in view.audience.parts:
            return [f"{view.audience.id}/brief/{summary.id}" for summary in view.summaries()]
        return [composed.name]

    def _files_of(self, composed: Composed, view: View) -> list[str]:
        content = view.verified.content
        if composed.kind == "brief":
            return [PACK_FILE, *_paths([composed.id], view)]
        if composed.kind == "comparison":
            sheet = next(sheet for sheet in content.comparisons if sheet.id == composed.id)
            columns = _paths(visible_sources(sheet, view), view)
            return [PACK_FILE, sheet.path, *columns, *self._unread_columns(sheet, view)]
        summaries = [summary.path for summary in view.summaries()]
        return list(dict.fromkeys([PACK_FILE, *summaries, *self._others_of_dossier(view)]))

    def _others_of_dossier(self, view: View) -> Iterator[str]:
        """Besides what it prints, what it would print if it could be read: nothing is left out unsaid."""
        audience, content = view.audience, view.verified.content
        if "overview" in audience.parts and (not content.overview or view.sees(content.overview.labels)):
            yield OVERVIEW
        if "comparisons" in audience.parts:
            yield from (sheet.path for sheet in content.comparisons if has_sheet(sheet, view))
            yield from (f"{COMPARISONS}/{id_}.md" for id_ in self.unusable_comparisons)
        for id_ in self.unusable_summaries:
            if audience.sources is None or id_ in audience.sources:
                yield f"{SUMMARIES}/{id_}.md"


def _paths(sources: Iterable[str], view: View) -> list[str]:
    """The files of those summaries that the audience may know of."""
    found = (view.verified.summary(source) for source in sources if view.shows_source(source))
    return [summary.path for summary in found if summary]
