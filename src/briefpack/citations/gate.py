"""The gate: every card against its source, every statement against its cards, every reference against what is declared.

`verify` reports all problems together. What it returns holds a verdict for each statement; products print only those
that passed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from briefpack.citations.anchor import anchor_card
from briefpack.citations.figures import check_disagreements
from briefpack.citations.issued import inferred_dates
from briefpack.citations.judge import DeskNumber, Judge
from briefpack.citations.model import CardResult, Status, Verdict
from briefpack.citations.references import check_references, check_silences
from briefpack.citations.retold import check_retold
from briefpack.citations.translations import TranslationJudge
from briefpack.diagnostics import Diagnostic, Findings
from briefpack.pack.model import Pack
from briefpack.sources.source import Source
from briefpack.summaries.load import Loaded
from briefpack.summaries.model import Content, Summary
from briefpack.summaries.translated import Translated, translate_content


@dataclass(frozen=True, slots=True)
class Verified:
    """Everything that passed the gate, and what did not.

    `cards` is keyed by `source/card`, `verdicts` by the statement's address. `inferred` are the sources whose date of
    issue the editors inferred. `translations` holds the same for each language that some audience reads and the pack
    is not written in; there `translated` says what is in that language, and `pack` speaks it.
    """

    pack: Pack
    content: Content
    sources: Mapping[str, Source]
    cards: Mapping[str, CardResult]
    verdicts: Mapping[str, Verdict]
    desk_numbers: tuple[DeskNumber, ...]
    inferred: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]
    translations: Mapping[str, Verified] = field(default_factory=dict)
    translated: Translated | None = None
    _summaries: Mapping[str, Summary] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_summaries", {summary.id: summary for summary in self.content.summaries})

    def summary(self, source: str) -> Summary | None:
        """The summary of a source."""
        return self._summaries.get(source)

    def in_language(self, language: str) -> Verified:
        """What readers of this language are shown."""
        return self.translations.get(language, self)


def verify(pack: Pack, loaded: Loaded, sources: Mapping[str, Source]) -> Verified:
    """Hold the content against the sources. `sources` lacks those that could not be read: their cards stay unjudged."""
    findings = Findings()
    cards = dict(anchor_all(loaded.content, sources, findings))
    judge = Judge(pack, loaded, sources, cards, findings)
    judge.run()
    check_references(pack, loaded, findings)
    check_silences(loaded.content, sources, findings)
    check_disagreements(loaded.content, findings)
    judge.report_unused()
    verified = Verified(
        pack=pack,
        content=loaded.content,
        sources=sources,
        cards=cards,
        verdicts=judge.verdicts,
        desk_numbers=tuple(judge.desk_numbers),
        inferred=inferred_dates(loaded.content.summaries, sources, cards, findings),
        diagnostics=(),
    )
    translations = {language: _translated(verified, loaded, language, findings) for language in pack.languages}
    return replace(verified, translations=translations, diagnostics=tuple(findings.items))


def _translated(verified: Verified, loaded: Loaded, language: str, findings: Findings) -> Verified:
    """The same in another language, each translated statement judged anew, against the same cards."""
    translated = translate_content(loaded, language, findings)
    check_retold(translated, verified.pack.language, loaded.content, findings)
    told = {card.address: card for summary in translated.content.summaries for card in summary.cards.values()}
    cards = {address: replace(result, card=told[address]) for address, result in verified.cards.items()}
    judge = TranslationJudge(
        verified.pack, replace(loaded, content=translated.content), verified.sources, cards, findings, verified.verdicts
    )
    judge.run()
    return replace(
        verified,
        pack=verified.pack.in_language(language),
        content=translated.content,
        cards=cards,
        verdicts=judge.verdicts,
        translated=translated,
    )


def anchor_all(content: Content, sources: Mapping[str, Source], findings: Findings) -> Iterator[tuple[str, CardResult]]:
    """Look every card up; yields its address and what became of it.

    Each source's index is let go of when its cards are found, until one is looked for in all of them.
    """
    is_searched = False

    def others() -> Iterator[Source]:
        nonlocal is_searched
        is_searched = True
        return (sources[key] for key in sorted(sources))

    for summary in content.summaries:
        source = sources.get(summary.id)
        for card in summary.cards.values():
            if source is None:
                yield card.address, CardResult(card, Status.MISSING)
            else:
                yield card.address, anchor_card(card, source, others, findings)
        if source is not None and not is_searched:
            source.forget()
