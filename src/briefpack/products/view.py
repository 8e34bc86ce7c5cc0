"""What one audience sees. Everything that products print goes through here, so that a label is applied once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from briefpack.citations.gate import Verified
from briefpack.citations.model import CardResult, FailedStatement, Verdict
from briefpack.diagnostics import Diagnostic
from briefpack.pack.edtf import Edtf, parse_edtf
from briefpack.pack.model import Audience, is_same
from briefpack.products.model import Head
from briefpack.summaries.model import Comparison, Statement, Summary, Visibility

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class View:
    """The verified content through one audience's eyes, in its language as far as it is translated.

    `draft`: statements that failed are shown as such instead of stopping their product.
    """

    verified: Verified
    audience: Audience
    draft: bool = False
    _sources: dict[str, bool] = field(default_factory=dict, init=False, compare=False, repr=False)
    _shown: dict[int, tuple[Statement, bool]] = field(default_factory=dict, init=False, compare=False, repr=False)
    _kept: dict[type, object] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "verified", self.verified.in_language(self.audience.language))

    def language_of(self, statement: Statement) -> str:
        """The language of a statement's text, where it is not the page's: empty elsewhere."""
        language = statement.language or self.verified.pack.language
        return "" if is_same(language, self.audience.language) else language

    def language_at(self, path: str, *key: str) -> str:
        """The same for another text of a document, by its key: its title, a card's note."""
        own = self.verified.pack.language
        if is_same(own, self.audience.language):
            return ""
        translated = self.verified.translated
        return "" if translated and translated.has(path, key) else own

    def sees(self, labels: Iterable[str]) -> bool:
        """Whether nothing in `labels` withholds: a restricted label that is not included, an open one that is excluded.

        An undeclared label withholds.
        """
        declared = self.verified.pack.labels or {}
        for label in labels:
            access = declared.get(label)
            if access is None or label in self.audience.exclude:
                return False
            if access == "restricted" and label not in self.audience.include:
                return False
        return True

    def shows_source(self, source: str) -> bool:
        """Whether the audience may know of a source at all."""
        if source not in self._sources:
            summary = self.verified.summary(source)
            chosen = self.audience.sources is None or source in self.audience.sources
            self._sources[source] = summary is not None and chosen and self.sees(summary.labels)
        return self._sources[source]

    def shows_card(self, result: CardResult) -> bool:
        """Whether a card may be printed: its own labels and its source's."""
        return self.sees(result.card.labels) and self.shows_source(result.card.source)

    def shows(self, statement: Statement) -> bool:
        """Whether a statement may be printed: its labels, and every card it cites."""
        known = self._shown.get(id(statement))  # by identity: two statements of one address may differ in labels
        if known is None:
            known = self._shown[id(statement)] = (statement, self._shows(statement))
        return known[1]

    def _shows(self, statement: Statement) -> bool:
        if not self.sees(statement.labels):
            return False
        for pointer in statement.pointers:
            result = self.verified.cards.get(pointer.address)
            if result is not None:
                if not self.shows_card(result):
                    return False
            elif self.audience.sources is not None and pointer.source not in self.audience.sources:
                return False
        return True

    def verdict(self, statement: Statement) -> Verdict:
        """What the gate decided."""
        return self.verified.verdicts[statement.address]

    def summaries(self) -> tuple[Summary, ...]:
        """The visible summaries, by id."""
        return self._once(tuple, lambda: tuple(s for s in self.verified.content.summaries if self.shows_source(s.id)))

    def comparisons(self) -> tuple[Comparison, ...]:
        """The comparisons whose own labels are visible, by id."""
        return tuple(c for c in self.verified.content.comparisons if self.sees(c.labels))

    def tags(self, labels: Sequence[str]) -> tuple[str, ...]:
        """The labels that the audience is shown as tags, by the names they are printed with."""
        names = self.verified.pack.label_names
        return tuple(names.get(label, label) for label in labels if label in self.audience.flag)

    def labels_of(self, statement: Statement, own: str = "") -> tuple[str, ...]:
        """All labels that a statement stands under: its own, its cards', and those of sources other than `own`."""
        labels = dict.fromkeys(statement.labels)
        for pointer in statement.pointers:
            if result := self.verified.cards.get(pointer.address):
                labels |= dict.fromkeys(result.card.labels)
            if pointer.source != own and (summary := self.verified.summary(pointer.source)):
                labels |= dict.fromkeys(summary.labels)
        return tuple(labels)

    def wants(self, value: Visibility) -> bool:
        """Whether `brief` or `key` says yes for this audience."""
        return self.audience.id in value if isinstance(value, tuple) else value

    def date(self) -> Edtf | None:
        """The edition's date; None until it is published where the day of publishing is to be printed."""
        written = self.verified.pack.date
        if written == "day-of-publishing":
            return None
        if written != "newest-source":
            return parse_edtf(written)
        dates = [parse_edtf(s.work.issued.value) for s in self.summaries() if s.work.issued]
        known = sorted((date for date in dates if date is not None), key=lambda date: date.end.last)
        return known[-1] if known else None

    def head(self) -> Head:
        """What every product carries; always the same object."""
        return self._once(Head, self._head)

    def _head(self) -> Head:
        pack, audience = self.verified.pack, self.audience
        return Head(
            audience=audience.id,
            audience_title=audience.title,
            language=audience.language,
            pack_title=pack.title,
            pack_subtitle=pack.subtitle,
            organisation=pack.organisation,
            contact=pack.contact,
            disclaimer=pack.disclaimer,
            marking=audience.marking,
            date=self.date(),
            draft=self.draft,
        )

    def _once(self, kind: type[T], build: Callable[[], T]) -> T:
        kept = self._kept.get(kind)
        if not isinstance(kept, kind):
            kept = self._kept[kind] = build()
        return kept

    def errors(self, statements: Iterable[Statement]) -> tuple[Diagnostic, ...]:
        """The errors of those statements that would be printed and did not pass."""
        found: list[Diagnostic] = []
        for statement in statements:
            verdict = self.verdict(statement)
            if self.shows(statement) and isinstance(verdict, FailedStatement):
                found.extend(verdict.errors)
        return tuple(found)
