"""The verdict on each statement: every citation resolved, every number found in what is cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefpack.citations.figures import check_statistic
from briefpack.citations.model import (
    CardResult,
    FailedStatement,
    Status,
    Verdict,
    VerifiedMarker,
    VerifiedStatement,
    seal_citation,
)
from briefpack.citations.numbers import CitedText, NumberProblem, NumberReport, verify_numbers
from briefpack.diagnostics import Code, Diagnostic, Findings, Location
from briefpack.pack.model import Pack
from briefpack.pack.validation import did_you_mean
from briefpack.sources.source import Source
from briefpack.summaries.load import Loaded
from briefpack.summaries.model import Pointer, Statement, Statistic


@dataclass(frozen=True, slots=True)
class DeskNumber:
    """A number in the desk's own voice that no cited card supports: allowed, and listed by `check --numbers`."""

    statement: Statement
    text: str
    location: Location


class Judge:
    """Judges statements one by one; collects verdicts, numbers of the desk, and which cards are used."""

    def __init__(
        self,
        pack: Pack,
        loaded: Loaded,
        sources: Mapping[str, Source],
        cards: Mapping[str, CardResult],
        findings: Findings,
    ) -> None:
        self.pack = pack
        self.content = loaded.content
        self.unusable = loaded.unusable
        self.sources = sources
        self.cards = cards
        self.findings = findings
        self.names = {summary.id: list(summary.cards) for summary in loaded.content.summaries}
        self.works = {summary.id: summary.work for summary in loaded.content.summaries}
        self.verdicts: dict[str, Verdict] = {}
        self.desk_numbers: list[DeskNumber] = []
        self.used: set[str] = set()
        self._texts: dict[str, CitedText] = {}

    def run(self) -> None:
        """Judge every statement of the content."""
        for summary in self.content.summaries:
            statistics = {id(item.statement): item for item in summary.statistics}
            for statement in summary.statements():
                self.judge(statement, statistics.get(id(statement)))
        for sheet in self.content.comparisons:
            for statement in sheet.statements():
                self.judge(statement)
        for statement in self.content.overview.statements() if self.content.overview else ():
            self.judge(statement)

    def judge(self, statement: Statement, statistic: Statistic | None = None) -> None:
        """Decide whether a statement may be printed."""
        own = Findings()
        markers = self._resolve(statement, own)
        failed_cards = [
            pointer
            for pointer in statement.pointers
            if not self._is_verified(pointer) and pointer.address in self.cards
        ]
        if statement.needs_citation and not statement.pointers and not statement.is_garbled:
            own.report(
                Code.CITATION_MISSING,
                "the statement cites nothing",
                statement.location,
                hint="add [@card] after what it rests on",
                subject=statement.address,
            )
        derived: tuple[str, ...] = ()
        complete = len([p for m in markers for p in m.citations]) == len(statement.pointers)
        if complete and (statement.pointers or statement.desk):
            derived = self._check_numbers(statement, statistic, markers, own)
        self.findings.extend(own.items)
        errors = tuple(d for d in own.items if d.is_error)
        if statement.is_garbled:
            errors += (
                Diagnostic(
                    Code.CITATION_MALFORMED,
                    "a citation could not be read",
                    statement.location,
                    hint="write [@card], [@a; @b] or [@source/card]",
                    subject=statement.address,
                ),
            )
        if failed_cards:
            subjects = {pointer.address for pointer in failed_cards}
            errors += tuple(d for d in self.findings.items if d.subject in subjects and d.is_error) or (
                self._unread(failed_cards[0], statement),
            )
        self.verdicts[statement.address] = (
            FailedStatement(statement, errors) if errors else VerifiedStatement(statement, markers, derived)
        )

    def _is_verified(self, pointer: Pointer) -> bool:
        result = self.cards.get(pointer.address)
        return result is not None and result.status is Status.VERIFIED

    def _unread(self, pointer: Pointer, statement: Statement) -> Diagnostic:
        is_read = pointer.source in self.sources
        return Diagnostic(
            Code.CITATION_UNVERIFIED,
            f"[@{pointer.address}] was refused" if is_read else f"the source of [@{pointer.address}] could not be read",
            pointer.location,
            subject=statement.address,
        )

    def _resolve(self, statement: Statement, own: Findings) -> tuple[VerifiedMarker, ...]:
        markers: list[VerifiedMarker] = []
        for marker in statement.markers:
            found = []
            for pointer in marker.pointers:
                result = self.cards.get(pointer.address)
                if result is None:
                    self._report_unknown(pointer, statement, own)
                    continue
                self.used.add(pointer.address)
                if citation := seal_citation(result):
                    found.append(citation)
            if found:
                markers.append(VerifiedMarker(marker.offset, tuple(found)))
        return tuple(markers)

    def _report_unknown(self, pointer: Pointer, statement: Statement, own: Findings) -> None:
        if pointer.source in self.unusable:
            message, hint = (
                f"{pointer.source!r} could not be read, so [@{pointer.card}] is unproven",
                "mend that file first",
            )
            own.report(Code.CITATION_UNVERIFIED, message, pointer.location, hint, subject=statement.address)
            return
        names = self.names.get(pointer.source)
        if names is None:
            message, hint = f"no source {pointer.source!r}", did_you_mean(pointer.source, list(self.names))
        else:
            elsewhere = sorted(source for source, cards in self.names.items() if pointer.card in cards)
            message = f"no card {pointer.card!r} in {pointer.source!r}"
            hint = did_you_mean(pointer.card, names)
            if not hint and elsewhere:
                hint = f"add it under `evidence`, or cite [@{elsewhere[0]}/{pointer.card}] if that source says it"
        own.report(
            Code.CITATION_UNKNOWN,
            message,
            pointer.location,
            hint or "add the card under `evidence`",
            subject=statement.address,
        )

    def _check_numbers(
        self,
        statement: Statement,
        statistic: Statistic | None,
        markers: tuple[VerifiedMarker, ...],
        own: Findings,
    ) -> tuple[str, ...]:
        cited = tuple({c.address: self.cited_text(c.address) for m in markers for c in m.citations}.values())
        equations = tuple(text.value for text in statement.derived)
        if statistic is not None:
            return check_statistic(statistic, self.pack, cited, own)
        report = verify_numbers(statement.text, self.pack.language, cited, equations)
        for problem in report.problems:
            self._report_number(problem, statement, own)
        return _printed(report)

    def _report_number(self, problem: NumberProblem, statement: Statement, own: Findings) -> None:
        if problem.derivation is None:
            place = statement.part(problem.start, problem.end)
        else:
            place = statement.derived[problem.derivation].location
        if statement.desk and problem.derivation is None:
            if problem.code is Code.NUMBER_UNSUPPORTED:
                text = statement.text[problem.start : problem.end]
                self.desk_numbers.append(DeskNumber(statement, text, place))
            return
        own.report(problem.code, problem.message, place, problem.hint, statement.address, problem.detail)

    def cited_text(self, address: str) -> CitedText:
        """What a card and the passages around it say, for the numbers of statements that cite it."""
        if address not in self._texts:
            self._texts[address] = self._cited_text(address)
        return self._texts[address]

    def _cited_text(self, address: str) -> CitedText:
        result = self.cards[address]
        source, work = self.sources[result.card.source], self.works[result.card.source]
        numbers = result.anchor.passages if result.anchor else ()
        passages = [source.passage(number) for number in numbers]
        return CitedText(
            address=address,
            quotation=" … ".join(result.card.fragments),
            passages=tuple(passage.text for passage in passages),
            headings=tuple(dict.fromkeys(heading for passage in passages for heading in passage.headings)),
            issued=work.issued.value if work.issued else "",
            title=(work.csl or {}).get("title", ""),
            language=work.language,
        )

    def report_unused(self) -> None:
        """Cards that nothing cites are dead weight: they are highlighted nowhere."""
        for address, result in self.cards.items():
            if address not in self.used:
                self.findings.report(
                    Code.CARD_UNUSED,
                    f"nothing cites the card {result.card.name!r}",
                    result.card.location,
                    hint="cite it or remove it",
                    subject=address,
                )


def _printed(report: NumberReport) -> tuple[str, ...]:
    return tuple(derivation.written for derivation in report.derivations)
