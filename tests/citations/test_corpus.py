"""The rule for numbers, measured on statements that somebody else wrote from the originals and the rule alone."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from briefpack.citations.numbers import CitedText, NumberReport, verify_numbers
from briefpack.citations.quantities import Kind, find_quantities
from briefpack.diagnostics import Code, Severity

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus" / "statements.yaml"
ISSUED = {"002": "2018-08-05", "003": "?2017-11-14"}

MOST_FALSE_ALARMS = 0.03
LEAST_CAUGHT = 0.97

_MARKS = re.compile(r"\*+|</?b>|^\s*(?:#+|[-•»]|\d+\.(?=\s*\*))\s+(?:»\s*)?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A quantity of an entry made wrong."""

    kind: str
    text: str
    altered: str
    statement: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement with the cards it cites and what can be made wrong in it."""

    id: str
    language: str
    text: str
    cited: tuple[CitedText, ...]
    derived: tuple[str, ...]
    wrong: tuple[Wrong, ...]
    swapped: str
    counted: bool

    def check(self, statement: str) -> NumberReport:
        return verify_numbers(statement, self.language, self.cited, self.derived)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a seed and where it stands in the seed's text without marks and with single spaces."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Seed:
    title: str
    text: str
    lines: tuple[Line, ...]

    def lines_of(self, quote: str) -> tuple[str, ...]:
        start = self.text.find(quote)
        assert start >= 0, f"not in the original: {quote}"
        return tuple(line.text for line in self.lines if line.start < start + len(quote) and line.end > start)


def one_line(text: str) -> str:
    """A folded text on one line; other kinds of space stay, for they group digits."""
    return re.sub(r"[ \n]+", " ", text).strip()


def collapse(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split())


@cache
def read_seed(name: str) -> Seed:
    lines, text = [], ""
    for raw in (ROOT / "seeds" / name).read_text(encoding="utf-8").splitlines():
        line = collapse(raw)
        if line:
            start = len(text) + bool(text)
            text = f"{text} {line}".strip()
            lines.append(Line(line, start, len(text)))
    title = next(line.text for line in lines if len(line.text) > 20)
    return Seed(title, text, tuple(lines))


def read_card(number: int, card: dict[str, str | list[str]]) -> CitedText:
    name, quote = str(card["file"]), card["quote"]
    seed, pieces = read_seed(name), [collapse(piece) for piece in ([quote] if isinstance(quote, str) else quote)]
    passages = dict.fromkeys(line for piece in pieces for line in seed.lines_of(piece))
    source = name[:3]
    issued = ISSUED.get(source, "")
    return CitedText(f"{source}/{number}", " … ".join(pieces), tuple(passages), (), issued, seed.title, "en")


def make_wrong(text: str, quantities: list[dict[str, str]]) -> tuple[Wrong, ...]:
    wrong, after = [], 0
    for quantity in quantities:
        pattern = re.compile(rf"(?<!\w){re.escape(one_line(quantity['text']))}(?!\w)")
        match = pattern.search(text, after) or pattern.search(text)
        assert match is not None, f"{quantity['text']} is not in: {text}"
        after = match.end()
        altered = f"{text[: match.start()]}{quantity['altered']}{text[match.end() :]}"
        wrong.append(Wrong(quantity["kind"], quantity["text"], quantity["altered"], altered))
    return tuple(wrong)


@cache
def read_corpus() -> tuple[Entry, ...]:
    entries = []
    for raw in yaml.load(CORPUS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader):  # every scalar is a text
        text = one_line(raw["text"])
        entries.append(
            Entry(
                raw["id"],
                raw["language"],
                text,
                tuple(read_card(number, card) for number, card in enumerate(raw["cards"])),
                tuple(raw.get("derived") or ()),
                make_wrong(text, raw.get("quantities") or []),
                one_line(raw.get("swapped") or ""),
                bool(raw.get("counted")),
            )
        )
    return tuple(entries)


def errors(report: NumberReport) -> list[str]:
    return [problem.message for problem in report.problems if problem.code.severity is Severity.ERROR]


def failing() -> list[str]:
    return [
        f"{entry.id}: {'; '.join(errors(entry.check(entry.text)))}" for entry in CORPUS_ENTRIES if is_failing(entry)
    ]


def is_failing(entry: Entry) -> bool:
    return bool(errors(entry.check(entry.text)))


def altered() -> dict[str, list[tuple[bool, str]]]:
    """By kind: whether each altered quantity is caught, and which it is."""
    found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for entry in CORPUS_ENTRIES:
        before = set(errors(entry.check(entry.text)))
        for wrong in entry.wrong:
            is_caught = bool(set(errors(entry.check(wrong.statement))) - before)
            found[wrong.kind].append((is_caught, f"{entry.id}: {wrong.text} -> {wrong.altered}: {wrong.statement}"))
    return found


def warnings() -> dict[str, int]:
    """How many statements, all true, have each warning or notice."""
    found: dict[str, int] = defaultdict(int)
    for entry in CORPUS_ENTRIES:
        for code in {problem.code for problem in entry.check(entry.text).problems}:
            found[code.public] += 1
    return dict(sorted(found.items()))


def swaps() -> tuple[list[str], int]:
    """The swapped statements that are not caught, and how many there are in all."""
    swapped = [entry for entry in CORPUS_ENTRIES if entry.swapped]
    missed = []
    for entry in swapped:
        before = {problem.code for problem in entry.check(entry.text).problems}
        after = {problem.code for problem in entry.check(entry.swapped).problems}
        if not after - before:
            missed.append(f"{entry.id}: {entry.swapped}")
    return missed, len(swapped)


def summary() -> str:
    """What the corpus shows, as a table."""
    missed, swapped = swaps()
    bad = failing()
    rows = [
        f"statements      {len(CORPUS_ENTRIES):4}   with an error {len(bad)} ({len(bad) / len(CORPUS_ENTRIES):.1%})"
    ]
    for kind, cases in sorted(altered().items()):
        caught = sum(is_caught for is_caught, _ in cases)
        rows.append(f"{kind:15} {len(cases):4}   caught {caught} ({caught / len(cases):.1%})")
    rows.append(f"swapped         {swapped:4}   caught {swapped - len(missed)}")
    rows.extend(f"{code:20} {count}" for code, count in warnings().items())
    return "\n".join(rows)


CORPUS_ENTRIES = read_corpus()


def test_true_statements_have_no_errors() -> None:
    bad = failing()
    assert len(bad) / len(CORPUS_ENTRIES) <= MOST_FALSE_ALARMS, "\n".join(bad)


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
def test_altered_quantities_are_errors(kind: str) -> None:
    cases = altered()[kind]
    missed = [case for is_caught, case in cases if not is_caught]
    assert cases
    assert 1 - len(missed) / len(cases) >= LEAST_CAUGHT, "\n".join(missed)


def test_swapped_quantities_are_mostly_noticed(record_property: Callable[[str, object], None]) -> None:
    missed, count = swaps()
    assert count > 0
    record_property("swapped", count)
    record_property("swapped-caught", count - len(missed))
    assert len(missed) < count, "\n".join(missed)


def is_counted(entry: Entry) -> bool:
    """Whether the count of cards is noticed, or derived, which settles it."""
    report = entry.check(entry.text)
    return any(p.code is Code.NUMBER_COUNTED for p in report.problems) or any(d.is_counted for d in report.derivations)


def test_words_that_count_the_cards_are_noticed() -> None:
    counted = [entry for entry in CORPUS_ENTRIES if entry.counted]
    assert counted
    assert [entry.id for entry in counted if not is_counted(entry)] == []


def test_every_quantity_listed_is_found() -> None:
    missed = []
    for entry in CORPUS_ENTRIES:
        found = {quantity.text for quantity in find_quantities(entry.text, entry.language)}
        missed += [
            f"{entry.id}: {wrong.text} ({wrong.kind}), found {sorted(found)}"
            for wrong in entry.wrong
            if not any(text in wrong.text or wrong.text in text for text in found)
        ]
    assert missed == []


if __name__ == "__main__":
    lines = [
        summary(),
        *failing(),
        *(case for cases in altered().values() for is_caught, case in cases if not is_caught),
    ]
    sys.stdout.write("\n".join([*lines, *swaps()[0], ""]))
