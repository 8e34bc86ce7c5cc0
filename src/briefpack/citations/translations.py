"""The gate for translations: the same citations as the original, and its numbers in the same cards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from briefpack.citations.derivations import Derivation
from briefpack.citations.judge import Judge
from briefpack.citations.model import (
    CardResult,
    FailedStatement,
    Verdict,
    VerifiedMarker,
    VerifiedStatement,
    seal_citation,
)
from briefpack.citations.number_formats import rewritten
from briefpack.citations.numbers import verify_numbers
from briefpack.citations.quantities import find_quantities, same_quantity
from briefpack.diagnostics import Code, Findings
from briefpack.pack.model import Pack
from briefpack.sources.source import Source
from briefpack.summaries.load import Loaded
from briefpack.summaries.model import Statement, Statistic

_RELATION = re.compile("[=~≈]")


class TranslationJudge(Judge):
    """Judges the content in one language. `originals` are the verdicts on the content as the pack is written.

    A statement that is not translated, and a statistic, keep the verdict of their original.
    """

    def __init__(
        self,
        pack: Pack,
        loaded: Loaded,
        sources: Mapping[str, Source],
        cards: Mapping[str, CardResult],
        findings: Findings,
        originals: Mapping[str, Verdict],
    ) -> None:
        super().__init__(pack, loaded, sources, cards, findings)
        self.originals = originals

    def judge(self, statement: Statement, statistic: Statistic | None = None) -> None:
        """Decide whether a statement may be printed."""
        original = self.originals[statement.address]
        if not statement.language or statistic is not None:
            self.verdicts[statement.address] = self._kept(statement, original)
            return
        errors = Findings()
        _compare_citations(statement, original.statement, errors)
        if errors.items and not statement.is_garbled:
            self.findings.extend(errors.items)
            self.verdicts[statement.address] = FailedStatement(statement, tuple(errors.items))
            return
        super().judge(statement)

    def _kept(self, statement: Statement, original: Verdict) -> Verdict:
        """The original's verdict; its citations are of the cards whose notes are translated."""
        if isinstance(original, FailedStatement):
            return FailedStatement(statement, original.errors)
        markers = tuple(
            VerifiedMarker(
                marker.offset,
                tuple(sealed for c in marker.citations if (sealed := seal_citation(self.cards[c.address]))),
            )
            for marker in original.markers
        )
        derived = original.derived
        if statement.language:
            derived = tuple(rewritten(text, self.pack.language, statement.language) for text in derived)
        return VerifiedStatement(statement, markers, derived)

    def _check_numbers(
        self,
        statement: Statement,
        statistic: Statistic | None,
        markers: tuple[VerifiedMarker, ...],
        own: Findings,
    ) -> tuple[str, ...]:
        cited = tuple({c.address: self.cited_text(c.address) for m in markers for c in m.citations}.values())
        equations = tuple(text.value for text in statement.derived)
        report = verify_numbers(statement.text, statement.language, cited, equations, self.pack.language)
        for problem in report.problems:
            if not statement.desk or problem.derivation is not None:
                self._report_number(problem, statement, own)
        return tuple(_said(derivation, statement, self.pack.language) for derivation in report.derivations)


def _compare_citations(statement: Statement, original: Statement, own: Findings) -> None:
    """Report citations that the translation has lost or gained; their order is its own."""
    ours = Counter(pointer.address for pointer in statement.pointers)
    theirs = Counter(pointer.address for pointer in original.pointers)
    lost, gained = sorted((theirs - ours).elements()), sorted((ours - theirs).elements())
    if not lost and not gained:
        return
    parts = [f"lacks {_listed(lost)}"] if lost else []
    parts += [f"has {_listed(gained)} besides"] if gained else []
    place = next((p.location for p in statement.pointers if p.address in gained), statement.location)
    own.report(
        Code.TRANSLATION_CITATIONS,
        f"the translation does not cite what its original cites: it {' and '.join(parts)}",
        place,
        hint="cite the same cards, in any order",
        subject=statement.address,
    )


def _listed(addresses: Sequence[str]) -> str:
    return ", ".join(f"[@{address}]" for address in addresses)


def _said(derivation: Derivation, statement: Statement, language: str) -> str:
    """A derivation as the translation prints it: numbers as its readers write them, words as it has them itself."""
    written = derivation.written
    relation = _RELATION.search(written)
    if derivation.left.is_word and relation is not None:
        quantities = find_quantities(statement.text, statement.language)
        said = next((found.text for found in quantities if same_quantity(found, derivation.left)), "")
        written = f"{said} {written[relation.start() :]}" if said else written
    return rewritten(written, language, statement.language)
