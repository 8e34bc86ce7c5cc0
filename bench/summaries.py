"""Generated summaries: front matter and a body whose statements are true to the cards of their source."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from bench.material import HEADINGS, TOPICS, lowered, place_id, plain_sentences
from bench.originals import Fact, Original

if TYPE_CHECKING:
    from bench.packs import Shape

DATED = "dated"
"""The card that only one statement cites, and that quotes the line with the date."""

_UNITS = {topic.id: topic for topic in TOPICS}


def summary_of(original: Original, shape: Shape, chance: Random) -> str:
    """The summary of a source, as a file."""
    facts = original.facts
    lines = ["---", *_source(original), "evidence:"]
    for fact in facts:
        lines += [f"  {fact.card}: >-", f"    {fact.quote}"]
    lines += [f"  {DATED}: >-", f"    {original.imprint}"]
    lines += ["headline: >-", f"  {facts[0].statements[0]} [@{facts[0].card}]"]
    if len(facts) > 1:
        lines += ["lead:", *_statement(facts[1 % len(facts)], 0)]
    lines += ["points:"]
    for at in range(shape.points):
        lines += _statement(facts[(at + 2) % len(facts)], 0 if at + 2 < len(facts) else 1)
    lines += _statistics(facts, shape)
    lines += _definitions(facts, shape)
    lines += _recommendations(facts, original, shape)
    lines += _events(facts, shape)
    lines += ["cautions:", "  - id: own", "    text: >-"]
    lines += [f"      **Its own count.** The register counts for itself, and nobody else did. [@{facts[-1].card}]"]
    lines += ["  - id: after", "    text: >-"]
    lines += [
        f"      **What came after is open.** Nothing is said of those who left {original.place} again. [@{DATED}]"
    ]
    lines += [
        "analysis:",
        "  - >-",
        f"    Ask what became of those who returned: {lowered(chance.choice(plain_sentences()))}.",
    ]
    return "\n".join([*lines, "---", *_body(facts, shape, chance), ""])


def _source(original: Original) -> list[str]:
    return [
        "source:",
        f"  file: {original.id}.md",
        "  language: en",
        "  csl:",
        "    type: report",
        "    title: >-",
        f"      {original.title}",
        f"    publisher: {original.publisher}",
        f"    issued: {original.issued.isoformat()}",
        f"short: {original.place} {original.number}",
    ]


def _statement(fact: Fact, form: int) -> list[str]:
    return ["  - >-", f"    {fact.statements[form]} [@{fact.card}]"]


def _statistics(facts: tuple[Fact, ...], shape: Shape) -> list[str]:
    counted = [fact for fact in facts if fact.topic][: shape.key + shape.statistics]
    lines = ["statistics:"] if counted else []
    for at, fact in enumerate(counted):
        lines += [f"  - id: {fact.card}", f"    measure: {fact.topic}", f"    value: {fact.number}"]
        lines += [f"    place: [{place_id(fact.place)}]", f"    unit: {_UNITS[fact.topic].unit}"]
        lines += [f"    period: {fact.period}"] if fact.period else []
        lines += ["    key: yes"] if at < shape.key else []
        lines += [f"    cite: [{fact.card}]"]
    return lines


def _definitions(facts: tuple[Fact, ...], shape: Shape) -> list[str]:
    said = [fact for fact in facts if not fact.topic][: shape.definitions]
    lines = ["definitions:"] if said else []
    for at, fact in enumerate(said, 1):
        lines += [f"  - term: Term {at} of {fact.place}", "    text: >-", f"      {fact.statements[1]} [@{fact.card}]"]
    return lines


def _recommendations(facts: tuple[Fact, ...], original: Original, shape: Shape) -> list[str]:
    lines = ["recommendations:"] if shape.recommendations else []
    for at in range(shape.recommendations):
        fact = facts[-1 - at % len(facts)]
        lines += [f"  - id: recommendation-{at + 1}", "    text: >-"]
        if at % 2:
            lines += [f"      {fact.statements[0]} [@{fact.card}]", f"    to: the municipality of {original.place}"]
        else:
            lines += [f"      Ask {fact.place} how it counts, and whether those who came back stayed. [@{fact.card}]"]
            lines += ["    by: desk", "    to: Donors"]
    return lines


def _events(facts: tuple[Fact, ...], shape: Shape) -> list[str]:
    dated = [fact for fact in facts if fact.day][: shape.events]
    lines = ["events:"] if dated else []
    for fact in dated:
        lines += [f"  - date: {fact.day}", "    text: >-", f"      {fact.statements[0]} [@{fact.card}]"]
    return lines


def _body(facts: tuple[Fact, ...], shape: Shape, chance: Random) -> list[str]:
    """Paragraphs of one to three sentences, each cited, under a heading every three; first what the brief leaves."""
    lines: list[str] = []
    turn = shape.points + 2
    for at in range(shape.paragraphs):
        if at % 3 == 0:
            lines += [f"## {HEADINGS[at // 3 % len(HEADINGS)]}", ""]
        chosen = [facts[(turn + step) % len(facts)] for step in range(chance.randint(1, 3))]
        turn += len(chosen)
        lines += [" ".join(f"{fact.statements[(at + 1) % 2]} [@{fact.card}]" for fact in chosen), ""]
    return lines
