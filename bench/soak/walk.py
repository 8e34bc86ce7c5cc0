"""The walk: one step after the other, each followed by two builds that must agree.

walk = Walk(folder, seed, engine, plan)
for found in walk.steps(plan): ...
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import TypeVar

from bench.packs import Shape
from bench.soak import settings, writing
from bench.soak.damage import DAMAGES
from bench.soak.engine import NAME, RememberingEngine
from bench.soak.garden import SMALL, Garden
from bench.soak.twin import OUT, Built, Files, built, built_by_command, differences, expected, files_of, neither, stands
from bench.soak.writing import Edit
from briefpack.builder.report import BuildRequest

T = TypeVar("T")

_TRIES = 50

EDITS: tuple[tuple[int, Edit], ...] = writing.EDITS + settings.EDITS


@dataclass(frozen=True, slots=True)
class Course:
    """How many edits and damages; every how many steps the command itself builds, and nothing is remembered (0: never).

    `is_stopped`: whether the first difference ends the walk.
    """

    edits: int
    damages: int
    command_every: int = 25
    forget_every: int = 100
    is_stopped: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was done, and what the two builds have different; `kept` is the folder with both, if they do."""

    number: int
    kind: str
    done: str
    differences: tuple[str, ...] = ()
    is_valid: bool = True
    way: str = "process"
    kept: Path | None = None


@dataclass(slots=True)
class Walk:
    """A pack in `folder`, and what was done to it. The same seed takes the same steps."""

    folder: Path
    seed: int
    engine: RememberingEngine
    course: Course
    shape: Shape = SMALL
    garden: Garden = field(init=False)
    chance: Random = field(init=False)
    taken: int = 0
    _cold: Built | None = None
    _cold_folder: Path | None = None
    _request: BuildRequest = field(default_factory=lambda: BuildRequest(engine=NAME))

    def __post_init__(self) -> None:
        self.chance = Random(f"soak/{self.seed}")
        self.garden = Garden.planted(self.folder / "pack", self.shape, self.seed)

    def steps(self) -> Iterator[Step]:
        """Build the pack as it is planted, then take every step."""
        kinds = ["edit"] * self.course.edits + ["damage"] * self.course.damages
        self.chance.shuffle(kinds)
        for kind in ("first", *kinds):
            step = self.take(kind, self._changes[kind])
            yield step
            if step.differences and self.course.is_stopped:
                return

    @property
    def _changes(self) -> Mapping[str, Callable[[], str]]:
        return {"first": lambda: "the first build", "edit": self._edited, "damage": self._damaged}

    def take(self, kind: str, change: Callable[[], str]) -> Step:
        """Take one step: change the pack or what was built, then build twice. Only a damage leaves the inputs alone."""
        number, done = self.taken, change()
        self.taken += 1
        if kind != "damage" or self._cold is None:
            self._cold = self._from_nothing(number)
        cold = self._cold
        inputs = self.garden.files()
        rest = list(self._on_the_way(cold))
        before = files_of(self.garden.folder / OUT)
        way = "command" if _is_due(number, self.course.command_every) else "process"
        got = self._going_on(way)
        found = [*differences(got, expected(before, cold), cold), *self._again(got, cold), *self.engine.differences]
        found += rest
        found += ["the build changed what it was made of"] if self.garden.files() != inputs else []
        self.engine.differences.clear()
        kept = self._keep(number) if found else None
        if kind != "damage":
            self.garden.keep(is_valid=cold.is_valid)
        return Step(number, kind, done, tuple(found), cold.is_valid, way, kept)

    def _edited(self) -> str:
        """One edit, sometimes two or three; after a mistake mostly what was right before."""
        states = self.garden.states
        right = [state for state in states if state.is_valid]
        if states and right and not states[-1].is_valid and self.chance.random() < 0.6:
            self.garden.restore(right[-1])
            return "the last state that was right"
        many = self.chance.choices((1, 2, 3), (8, 2, 1))[0]
        return "; ".join(self._one_of(EDITS, self.garden) for _ in range(many))

    def _damaged(self) -> str:
        return self._one_of(DAMAGES, self.garden.folder)

    def _one_of(self, choices: Sequence[tuple[int, Callable[[T, Random], str]]], what: T) -> str:
        """Do one thing by chance; one that finds nothing to do is followed by another."""
        weights = [weight for weight, _ in choices]
        for _ in range(_TRIES):
            if done := self.chance.choices([choice for _, choice in choices], weights)[0](what, self.chance):
                return done
        return "nothing"

    def _from_nothing(self, number: int) -> Built:
        """Copy the inputs into a new folder, whose name is sometimes long, and build them there."""
        if self._cold_folder is not None:
            shutil.rmtree(self._cold_folder)
        name = f"cold-{number}" + "-with a longer näme" * (number % 3)
        self._cold_folder = self.folder / name
        self.garden.copy_to(self._cold_folder)
        if _is_due(number, self.course.forget_every):
            self.engine.forget()
        return built(self._cold_folder, self._request, may_stand=False)

    def _on_the_way(self, cold: Built) -> Iterator[str]:
        """Sometimes, before the build that counts: another of a part, of drafts, or one that is interrupted."""
        kind = self.chance.choices(("", "part", "draft", "forced", "interrupted"), (70, 10, 5, 3, 12))[0]
        root, request = self.garden.folder, self._request
        if not kind or not cold.names:
            return
        before = files_of(root / OUT)
        request = {
            "part": replace(request, only=tuple(self.chance.sample(cold.names, 1))),
            "draft": replace(request, draft=True),
            "forced": replace(request, is_forced=True),
        }.get(kind, request)
        self.engine.stop_after = self.chance.randint(1, 8) if kind == "interrupted" else 0
        try:
            got = built(root, request, may_stand=False)
            if got.raised:
                yield f"raised {got.raised}, in a build of kind {kind}"
        except KeyboardInterrupt:
            pass
        self.engine.stop_after = 0
        if cold.is_settled and not cold.raised:
            yield from neither(files_of(root / OUT), before, cold)

    def _going_on(self, way: str) -> Built:
        if way == "command":
            return built_by_command(self.garden.folder, 1 + self.chance.randrange(2))
        return built(self.garden.folder, self._request, may_stand=self.chance.random() < 0.5)

    def _again(self, got: Built, cold: Built) -> Iterator[str]:
        """After a build without errors there is nothing to do, and the report stays as it was."""
        records = self.garden.folder / "build" / "store" / "records"
        is_blocked = any(path.is_dir() for path in records.glob("*"))  # a folder stands where the record belongs
        if not got.raised and cold.is_valid and self.chance.random() < 0.3 and not is_blocked:
            report = stands(self.garden.folder, self._request)
            if report is None:
                yield "a build that was just made is not known as current"
            elif report.outputs != {f"{OUT}/{path}": entry.split()[0] for path, entry in _pdfs(cold.files).items()}:
                yield "the record names other files than were built"

    def _keep(self, number: int) -> Path:
        kept = self.folder / f"seed-{self.seed}-step-{number}"
        shutil.copytree(self.garden.folder, kept / "going-on", symlinks=True, ignore=_pipes)
        assert self._cold_folder is not None
        shutil.copytree(self._cold_folder, kept / "from-nothing", symlinks=True)
        return kept


def _is_due(number: int, every: int) -> bool:
    return bool(every) and number > 0 and number % every == 0


def _pdfs(files: Files) -> Files:
    return {path: content for path, content in files.items() if path.endswith(".pdf")}


def _pipes(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if (Path(folder) / name).is_fifo()}
