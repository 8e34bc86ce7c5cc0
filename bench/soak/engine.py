"""An engine that stays warm between builds and remembers what it did, by all that a job is made of.

Builds from nothing would otherwise spend their time on work that another build did before. What is remembered goes by
the bytes of a job's body and of its assets, not by its key, so it cannot hide that a key leaves something out; that
two jobs of one key differ is told in `differences`, and so is a job that, done again, has another result.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self, cast

from briefpack.builder.engines import ENGINES, Engine, Setup
from briefpack.builder.jobs import Job, Outcome
from briefpack.builder.slots import LocalEngine, Store
from briefpack.world import Digest, digest

NAME = "remembered"
_MOST_BYTES = 400_000_000
_BY_IDENTITY = ("fit",)
"""Kinds whose key stands for what a body says, not for its bytes: a pickle may say the same in other bytes."""


@dataclass(slots=True)
class Counts:
    """How many jobs were done, answered from memory, and done again to compare."""

    done: int = 0
    remembered: int = 0
    again: int = 0


@dataclass(slots=True)
class RememberingEngine:
    """Runs jobs on slots of this machine. Of the jobs that it remembers, every `again`-th is done again (0: none)."""

    jobs: int = 0
    again: int = 20
    stop_after: int = 0
    """The how manyth job from now is as far as it goes: then the build is interrupted, as by Ctrl-C. 0: never."""
    counts: Counts = field(default_factory=Counts)
    differences: list[str] = field(default_factory=list)
    _local: LocalEngine = field(init=False)
    _memory: OrderedDict[Digest, Outcome] = field(default_factory=OrderedDict)
    _size: int = 0
    _bodies: dict[Digest, Digest] = field(default_factory=dict)
    _assets: dict[Digest, tuple[bytes, Digest]] = field(default_factory=dict)
    _asked: int = 0

    def __post_init__(self) -> None:
        self._local = LocalEngine(self.jobs)

    def start(self) -> None:
        """Start the slots; once for all builds."""
        self._local.start()

    def submit(self, job: Job, assets: Store, weight: float = 0.0) -> Future[Outcome]:
        """Answer from memory, or have the job done."""
        self._count_down()
        content = self._content(job, assets)
        if job.kind not in _BY_IDENTITY and self._bodies.setdefault(job.key, content) != content:
            self.differences.append(f"two jobs have one key and differ: {job.name}")
        known = self._memory.get(content)
        self._asked += 1
        if known is not None and (not self.again or self._asked % self.again):
            self.counts.remembered += 1
            self._memory.move_to_end(content)
            answer: Future[Outcome] = Future()
            answer.set_result(replace(known, key=job.key))
            return answer
        future = self._local.submit(job, assets, weight)
        future.add_done_callback(lambda made: self._remember(job, content, made))
        return future

    def close(self) -> None:
        """Stay: the next build goes on with the same children."""

    def forget(self) -> None:
        """Let the next build do everything itself."""
        self._memory.clear()
        self._size = 0

    def end(self) -> None:
        """End the children."""
        self._local.close()

    def __enter__(self) -> Self:
        ENGINES_BY_NAME[NAME] = self._for
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        ENGINES_BY_NAME.pop(NAME, None)
        self.end()

    def _for(self, setup: Setup) -> Engine:
        del setup
        return self

    def _count_down(self) -> None:
        if self.stop_after:
            self.stop_after -= 1
            if not self.stop_after:
                raise KeyboardInterrupt

    def _content(self, job: Job, assets: Store) -> Digest:
        parts = [job.kind.encode(), job.body]
        for name in job.assets:
            content = assets(name) if callable(assets) else assets[name]
            kept = self._assets.get(name)
            if kept is None or kept[0] is not content:
                kept = self._assets[name] = (content, digest(content))
            parts.append(kept[1].encode())
        return digest(b"\0".join(parts))

    def _remember(self, job: Job, content: Digest, made: Future[Outcome]) -> None:
        if made.cancelled() or made.exception() is not None:
            return
        outcome, known = made.result(), self._memory.get(content)
        self.counts.done += 1
        if known is not None:
            self.counts.again += 1
            if (known.result, known.cause) != (outcome.result, outcome.cause):
                self.differences.append(f"done twice, a job has two results: {job.name}")
        elif outcome.cause in ("", "problems"):
            self._memory[content] = outcome
            self._size += len(outcome.result)
            while self._size > _MOST_BYTES:
                self._size -= len(self._memory.popitem(last=False)[1].result)


ENGINES_BY_NAME = cast("dict[str, Callable[[Setup], Engine]]", ENGINES)
"""The builder's table of engines, to which this one is added while it is open."""
