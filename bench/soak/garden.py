"""The pack that is edited: small, two audiences that see different things, and a few steps back from where it is.

A `Garden` is the folder of a pack as the soak changes it. Only `content`, `seeds` and `templates` are inputs; what is
built lies beside them and is never part of a state.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from bench.packs import Shape, write_pack

INPUTS = ("content", "seeds", "templates")

SMALL = Shape(
    sources=4,
    source_bytes=900,
    cards=4,
    points=3,
    key=1,
    paragraphs=1,
    statistics=1,
    definitions=1,
    recommendations=1,
    events=1,
    comparisons=1,
    audiences=2,
    annex="full",
    part=2,
)

SMALLEST = replace(SMALL, sources=2, points=2, definitions=0, recommendations=0, events=0, comparisons=0)

_SECOND = """[audiences.readers-2]
title = "For readers-2"
include = ["internal"]
annex = "cited"
parts = ["briefs", "annex", "overview", "bibliography", "colophon"]
"""
"""The second audience: other parts, only what is cited of the originals, and what is restricted as well."""


@dataclass(frozen=True, slots=True)
class State:
    """All inputs by their paths; `is_valid`: whether everything could be built of it."""

    files: dict[str, bytes]
    is_valid: bool


@dataclass(slots=True)
class Garden:
    """The pack in `folder`, and the states it was in before, the oldest of the last twenty first."""

    folder: Path
    shape: Shape = SMALL
    states: list[State] = field(default_factory=list)

    @classmethod
    def planted(cls, folder: Path, shape: Shape, seed: int) -> Garden:
        """Write a new pack."""
        folder.mkdir(parents=True)
        write_pack(folder, shape, seed)
        garden = cls(folder, shape)
        settings = garden.text("content/pack.toml")
        first, _, _ = settings.partition("[audiences.readers-2]")
        garden.write("content/pack.toml", first + _SECOND)
        return garden

    def files(self) -> dict[str, bytes]:
        """Every input by its path."""
        return {path: (self.folder / path).read_bytes() for path in self.paths()}

    def paths(self, pattern: str = "") -> list[str]:
        """The paths of the inputs that match a pattern, sorted."""
        return sorted(path for path in _below(self.folder, INPUTS) if re.search(pattern, path))

    def text(self, path: str) -> str:
        """A file as text."""
        return (self.folder / path).read_text(encoding="utf-8", errors="surrogateescape")

    def write(self, path: str, text: str) -> None:
        """Write a file as an editor does: in place."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", errors="surrogateescape")

    def replace(self, path: str, old: str, new: str, count: int = -1) -> bool:
        """Replace a text in a file; whether it was there."""
        before = self.text(path)
        after = before.replace(old, new, count)
        if after != before:
            self.write(path, after)
        return after != before

    def keep(self, *, is_valid: bool) -> None:
        """Remember the state that the pack is in."""
        self.states.append(State(self.files(), is_valid))
        del self.states[:-20]

    def restore(self, state: State) -> bool:
        """Bring an earlier state back, its files only; whether that changed anything."""
        now = self.files()
        for path in sorted(now.keys() - state.files.keys()):
            (self.folder / path).unlink()
        for path, content in sorted(state.files.items()):
            if now.get(path) != content:
                target = self.folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        return now != state.files

    def some(self, chance: Random, pattern: str) -> str:
        """One of the inputs that match a pattern, "" where none does."""
        found = self.paths(pattern)
        return chance.choice(found) if found else ""

    def copy_to(self, folder: Path) -> None:
        """Copy the inputs, and nothing that was built of them."""
        for part in INPUTS:
            if (self.folder / part).is_dir():
                shutil.copytree(self.folder / part, folder / part, copy_function=shutil.copyfile)


def _below(folder: Path, parts: tuple[str, ...]) -> Iterator[str]:
    for part in parts:
        for root, _, names in os.walk(folder / part):
            for name in names:
                yield str((Path(root) / name).relative_to(folder))
