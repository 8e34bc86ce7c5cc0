"""Generated packs of any size. The same shape and seed give the same pack, and it checks without an error.

    write_pack(folder, shape, seed=1)

A source depends on its own number alone, so a pack of 300 sources begins with the one of 100. The first source
stands in no comparison and not in the overview, so that it can be taken away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Literal

from bench.material import TOPICS, place_id, place_of
from bench.originals import Original, make_original
from bench.summaries import summary_of

Annex = Literal["full", "cited", "none"]


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a pack: how many sources, how long each is, and what is said of it.

    `paragraphs`, `statistics`, `definitions`, `recommendations` and `events` make the record; without them there is
    none. `key` is how many statistics the brief shows large. `audiences` see the same; the first is `readers`.
    """

    sources: int
    source_bytes: int = 18_000
    cards: int = 12
    points: int = 5
    key: int = 3
    paragraphs: int = 8
    statistics: int = 2
    definitions: int = 1
    recommendations: int = 2
    events: int = 1
    comparisons: int = 2
    overview: bool = True
    audiences: int = 1
    annex: Annex = "full"
    part: int = 10


DOSSIER_180 = Shape(sources=20, source_bytes=14_500, points=6, paragraphs=4)
"""About 180 pages, as a policy desk has them."""

DOSSIER_1000 = Shape(sources=112, source_bytes=14_500, points=6, paragraphs=4, part=16)
"""About 1,000 pages of the same."""

THOUSAND = Shape(
    sources=1_000,
    source_bytes=5_200,
    cards=8,
    points=5,
    paragraphs=0,
    statistics=0,
    definitions=0,
    recommendations=0,
    events=0,
    part=50,
)
"""A thousand short sources: a brief and about two pages of annex each, more than 3,000 pages in volumes."""

REGISTERS = Shape(
    sources=100,
    source_bytes=100_000,
    cards=20,
    points=7,
    paragraphs=20,
    comparisons=0,
    overview=False,
)
"""Long sources and long records: what `briefpack check` is measured on."""


def write_pack(folder: Path, shape: Shape, seed: int = 1) -> None:
    """Write a pack of `shape` into `folder`; it checks without an error."""
    for part in ("content/summaries", "content/comparisons", "seeds"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    originals = []
    for number in range(1, shape.sources + 1):
        original = original_of(number, shape, seed)
        write_source(folder, original, shape)
        if shape.comparisons or shape.overview:
            originals.append(replace(original, text=""))
    compared = [originals[at * 3 + 1 : at * 3 + 4] for at in range(shape.comparisons) if len(originals) >= at * 3 + 4]
    for at, chosen in enumerate(compared, 1):
        _write(folder / f"content/comparisons/comparison-{at}.md", _comparison(at, chosen))
    if shape.overview:
        _write(folder / "content/overview.md", _overview(originals))
    _write(folder / "content/pack.toml", _settings(shape, len(compared)))


def original_of(number: int, shape: Shape, seed: int = 1) -> Original:
    """The source with this number: the same in every pack with sources of this shape."""
    return make_original(number, shape.source_bytes, shape.cards, Random(f"{seed}/{number}"))


def write_source(folder: Path, original: Original, shape: Shape) -> None:
    """Write a source and its summary."""
    chance = Random(f"summary/{original.number}")
    _write(folder / f"seeds/{original.id}.md", original.text)
    _write(folder / f"content/summaries/{original.id}.md", summary_of(original, shape, chance))


def parts_of(shape: Shape) -> list[list[str]]:
    """The ids of the sources, part by part, in the order of the dossier."""
    ids = [f"source-{number:05}" for number in range(1, shape.sources + 1)]
    return [ids[at : at + shape.part] for at in range(0, len(ids), shape.part)]


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _comparison(number: int, originals: list[Original]) -> str:
    """A sheet that puts to its sources the questions that all of them answer with a number."""
    shared = [topic for topic in TOPICS if all(topic.id in {f.topic for f in o.facts} for o in originals)]
    lines = ["---", f"title: What {len(originals)} registers count, sheet {number}"]
    lines += ["question: How many people return, and what is done for them?"]
    lines += [f"sources: [{', '.join(o.id for o in originals)}]", "criteria:"]
    for topic in shared[:6]:
        lines += [f"  - id: {topic.id}", f"    title: {topic.title}", f"    look-for: {topic.look_for}", "    cells:"]
        for original in originals:
            fact = next(fact for fact in original.facts if fact.topic == topic.id)
            lines += [f"      {original.id}: >-", f"        {fact.statements[0]} [@{fact.card}]"]
    first = originals[0].facts[0]
    lines += [
        "cautions:",
        "  - >-",
        f"    **Not added up.** Each register counts for itself. [@{originals[0].id}/{first.card}]",
    ]
    return "\n".join([*lines, "---", ""])


def _overview(originals: list[Original]) -> str:
    lines = ["---", "title: What the registers count", "---"]
    for original in originals[1:7]:
        lines += [f"## What {original.place} counts", ""]
        lines += [
            " ".join(f"{fact.statements[0]} [@{original.id}/{fact.card}]" for fact in original.facts[:3]),
            "",
        ]
    return "\n".join(lines)


def _settings(shape: Shape, comparisons: int) -> str:
    lines = ["[pack]", 'title = "Registers of return"', 'subtitle = "A generated pack"', 'language = "en"']
    lines += [
        'organisation = "Measuring desk"',
        "",
        "[edition]",
        "date = 2026-11-22",
        "",
        "[labels]",
        'internal = "restricted"',
        "",
    ]
    for topic in TOPICS:
        lines += [f"[measures.{topic.id}]", f'name = "{topic.measure}"', f'unit = "{topic.unit}"', ""]
    for place in sorted({place_of(number) for number in range(1, shape.sources + 1)}):
        lines += [f"[places.{place_id(place)}]", f'name = "{place}"', ""]
    for at, ids in enumerate(parts_of(shape), 1):
        names = ", ".join(f'"{name}"' for name in ids)
        lines += ["[[parts]]", f'title = "Registers, part {at}"', f"sources = [{names}]"]
        if at == 1 and comparisons:
            sheets = ", ".join(f'"comparison-{number}"' for number in range(1, comparisons + 1))
            lines.append(f"comparisons = [{sheets}]")
        lines.append("")
    for number in range(1, shape.audiences + 1):
        name = "readers" if number == 1 else f"readers-{number}"
        lines += [f"[audiences.{name}]", f'title = "For {name}"', f'annex = "{shape.annex}"', ""]
    return "\n".join(lines)
