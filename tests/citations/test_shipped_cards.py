"""The shipped pack's cards: whatever is changed in one of them, the check says so on its line."""

from __future__ import annotations

import re
import shutil
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from briefpack.builder.check import Outcome, check_pack
from briefpack.citations.anchor import anchor_card
from briefpack.citations.model import Status
from briefpack.diagnostics import Code, Findings, Severity
from briefpack.sources.source import Source
from briefpack.summaries.model import Card
from briefpack.world import World

ROOT = Path(__file__).parents[2]


@cache
def shipped() -> Outcome:
    return check_pack(World(ROOT))


def sources() -> dict[str, Source]:
    verified = shipped().verified
    assert verified is not None
    return dict(verified.sources)


def cards() -> list[Card]:
    return [card for summary in shipped().loaded.content.summaries for card in summary.cards.values()]


@dataclass(frozen=True)
class Mutation:
    """A card of which fragment `number` was changed at `start` to `end`."""

    card: Card
    number: int
    start: int
    end: int
    new: str

    @property
    def changed(self) -> Card:
        fragments = list(self.card.fragments)
        old = fragments[self.number]
        fragments[self.number] = old[: self.start] + self.new + old[self.end :]
        return replace(self.card, fragments=tuple(fragments))

    def __str__(self) -> str:
        old = self.card.fragments[self.number]
        return f"{self.card.address}: {old[: self.start]}[{old[self.start : self.end]} -> {self.new}]{old[self.end :]}"


def mutations(card: Card) -> Iterator[Mutation]:
    """Each digit replaced by each other one; each word left out that is neither the first nor the last."""
    for number, fragment in enumerate(card.fragments):
        for digit in re.finditer(r"[0-9]", fragment):
            for new in "0123456789":
                if new != digit.group():
                    yield Mutation(card, number, digit.start(), digit.end(), new)
        for word in list(re.finditer(r"\S+ ", fragment))[1:]:
            yield Mutation(card, number, word.start(), word.end(), "")


def test_no_change_of_a_digit_or_a_word_survives() -> None:
    loaded = sources()
    survivors, misplaced, tried = [], [], 0
    for card in cards():
        for mutation in mutations(card):
            tried += 1
            findings = Findings()
            result = anchor_card(mutation.changed, loaded[card.source], loaded.values, findings)
            errors = [problem for problem in findings.items if problem.is_error]
            if result.status is Status.VERIFIED or not errors:
                survivors.append(str(mutation))
            span = card.spans[mutation.number].location
            misplaced += [
                f"{error.location} for {mutation}"
                for error in errors
                if error.location.file != span.file or not card.location.line <= error.location.line <= span.end_line
            ]

    assert tried > 2_000
    assert survivors == []
    assert misplaced == []


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("shipped")
    for folder in ("content", "seeds"):
        shutil.copytree(ROOT / folder, target / folder)
    return target


def sample() -> list[Mutation]:
    """About one in a hundred changes, of every kind, spread over the whole pack, and whole on one line of its file."""
    chosen = []
    for number, card in enumerate(cards()):
        if number % 8 == 0 and (found := [m for m in mutations(card) if _written(m) is not None]):
            chosen.append(found[len(found) // 2])
    return chosen


def _written(mutation: Mutation) -> tuple[str, str] | None:
    """The file with the change, and what stands there now; None where the words run over two of its lines."""
    span = mutation.card.spans[mutation.number]
    fragment = mutation.card.fragments[mutation.number]
    place = span.part(fragment, mutation.start, mutation.end)
    if place.line != place.end_line:
        return None
    lines = span.raw.split("\n")
    line = lines[place.line - 1]
    old = line[place.column - 1 : place.end_column - 1]
    if old != fragment[mutation.start : mutation.end].strip():
        return None
    lines[place.line - 1] = line[: place.column - 1] + mutation.new + line[place.end_column - 1 :]
    return span.file, "\n".join(lines)


@pytest.mark.parametrize("mutation", sample(), ids=str)
def test_a_change_is_reported_on_its_line_by_the_whole_check(mutation: Mutation, copy: Path) -> None:
    written = _written(mutation)
    assert written is not None
    file, text = written
    before = (copy / file).read_bytes()
    (copy / file).write_text(text, encoding="utf-8")
    try:
        outcome = check_pack(World(copy))
    finally:
        (copy / file).write_bytes(before)

    span = mutation.card.spans[mutation.number].location
    reported = [d for d in outcome.diagnostics if d.is_error and d.subject == mutation.card.address]
    assert [(d.code, d.location.file, d.location.line) for d in reported] == [(Code.QUOTE_NOT_FOUND, file, span.line)]
    assert [d for d in outcome.diagnostics if d.is_error and d.subject != mutation.card.address] == []


def test_the_shipped_pack_has_neither_errors_nor_warnings() -> None:
    found = [f"{d.location} {d.code} {d.message}" for d in shipped().diagnostics if d.severity is not Severity.NOTICE]

    assert found == []


def test_cards_quote_few_words() -> None:
    words = [card.words for card in cards()]

    assert statistics.median(words) <= 25
    assert max(words) <= 60


def test_few_statements_rest_on_the_number_of_their_citations() -> None:
    verified = shipped().verified
    assert verified is not None
    counted = [d for d in shipped().diagnostics if d.code is Code.NUMBER_COUNTED]

    assert len(counted) * 10 <= len(verified.verdicts)


def test_every_statement_of_the_shipped_pack_passed() -> None:
    verified = shipped().verified
    assert verified is not None

    assert [result.card.address for result in verified.cards.values() if result.status is not Status.VERIFIED] == []
    assert {type(verdict).__name__ for verdict in verified.verdicts.values()} == {"VerifiedStatement"}
