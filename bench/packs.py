"""Generated packs: sources of real sentences, summaries whose cards quote them. The same seed gives the same pack."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

_SENTENCE = re.compile(r"[A-Z][^.!?\n#*|>\[\]]{40,240}[.]")
_SYLLABLES = (
    "ba",
    "be",
    "bi",
    "bo",
    "ca",
    "co",
    "da",
    "do",
    "fa",
    "la",
    "le",
    "ma",
    "me",
    "mo",
    "na",
    "pe",
    "ri",
    "ro",
    "sa",
    "ta",
)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a pack: summaries, cards in each, and bytes of each source."""

    summaries: int
    cards: int = 20
    source_bytes: int = 100_000


def sentences() -> tuple[str, ...]:
    """Every plain sentence of the shipped originals, in order; the material of all generated text."""
    found: list[str] = []
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        found += _SENTENCE.findall(path.read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(" ".join(sentence.split()) for sentence in found if ": " not in sentence))


def write_pack(folder: Path, size: Size, seed: int = 1) -> None:
    """Write a pack of `size` into `folder`; it checks without a problem."""
    chance = random.Random(seed)
    material = sentences()
    for part in ("content/summaries", "content/comparisons", "seeds"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "content/pack.toml").write_text(_SETTINGS, encoding="utf-8")
    for number in range(1, size.summaries + 1):
        text, cards = _source(chance, material, size)
        (folder / f"seeds/source-{number:05}.txt").write_text(text, encoding="utf-8")
        (folder / f"content/summaries/source-{number:05}.md").write_text(_summary(number, cards), encoding="utf-8")


def _source(chance: random.Random, material: tuple[str, ...], size: Size) -> tuple[str, list[tuple[str, int]]]:
    """A source of paragraphs, and `size.cards` sentences of it with a number in each."""
    paragraphs: list[str] = []
    cards: list[tuple[str, int]] = []
    length = 0
    step = size.source_bytes // size.cards
    while length < size.source_bytes:
        body = " ".join(chance.choice(material) for _ in range(chance.randint(2, 5)))
        if len(cards) < size.cards and length >= step * len(cards):
            place, count = _name(chance), chance.randint(1_000, 900_000)
            sentence = f"The municipality of {place} counted {count:,} returnees, according to its own register."
            cards.append((sentence.rstrip("."), count))
            body = f"{sentence} {body}"
        paragraphs.append(body)
        length += len(body.encode()) + 2
    return "\n\n".join(paragraphs) + "\n", cards


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(4)).capitalize()


def _summary(number: int, cards: list[tuple[str, int]]) -> str:
    lines = [
        "---",
        "source:",
        f"  file: source-{number:05}.txt",
        "  language: en",
        "  csl:",
        f"    title: Source {number}",
        "evidence:",
    ]
    for index, (sentence, _) in enumerate(cards, start=1):
        lines += [f"  card-{index}: >-", f"    {sentence}"]
    lines += ["headline: Municipal registers count the returnees. [@card-1]", "points:"]
    lines += [f"  - It counted {count:,} returnees. [@card-{i}]" for i, (_, count) in enumerate(cards[:7], start=1)]
    lines += ["---", ""]
    lines += [f"The register gives {count:,}. [@card-{i}]\n" for i, (_, count) in enumerate(cards, start=1)]
    return "\n".join(lines)


_SETTINGS = """\
[pack]
title = "Generated pack"
language = "en"

[edition]
date = 2026-11-22

[audiences.readers]
title = "Readers"
"""
