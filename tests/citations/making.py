"""Sources, cards and whole packs for the tests of the gate, made from text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from briefpack.builder.check import Outcome, check_pack
from briefpack.citations.anchor import anchor_card
from briefpack.citations.model import CardResult
from briefpack.diagnostics import Diagnostic, Findings, Location
from briefpack.pack.model import Range, Text, Work
from briefpack.pack.span import Span
from briefpack.sources.load import load_source, read_file
from briefpack.sources.source import Source
from briefpack.summaries.model import Card
from briefpack.world import World


def source(
    folder: Path,
    content: str,
    *,
    id: str = "own",
    file: str = "own.txt",
    start: str = "",
    end: str = "",
    withhold: Iterable[tuple[str, str]] = (),
) -> Source:
    (folder / "seeds").mkdir(exist_ok=True)
    (folder / "seeds" / file).write_text(content, encoding="utf-8")
    work = Work(
        id,
        text(file),
        "en",
        Location("work.md", 2, 1),
        start=text(start) if start else None,
        end=text(end) if end else None,
        withhold=tuple(Range(text(a), text(b), "private") for a, b in withhold),
    )
    loaded = load_source(read_file(World(folder), f"seeds/{file}"), work)
    assert loaded.diagnostics == ()
    assert loaded.value is not None
    return loaded.value


def text(value: str) -> Text:
    return Text(value, Location("work.md", 3, 3))


def card(*fragments: str, prefix: str = "", suffix: str = "", of: str = "own") -> Card:
    """A card whose fragment number n stands in line n of `work.md`."""
    raw = "\n".join(fragments)
    spans, at = [], 0
    for fragment in fragments:
        spans.append(Span("work.md", raw, at, at + len(fragment)))
        at += len(fragment) + 1
    return Card(of, "card", fragments, tuple(spans), spans[0].location, prefix=prefix, suffix=suffix)


def anchored(wanted: Card, own: Source, *others: Source) -> tuple[CardResult, list[Diagnostic]]:
    findings = Findings()
    return anchor_card(wanted, own, lambda: (own, *others), findings), findings.items


def said(diagnostics: Iterable[Diagnostic]) -> list[str]:
    return [f"{d.location} {d.code}" for d in diagnostics]


def check(pack: Path) -> Outcome:
    return check_pack(World(pack))
