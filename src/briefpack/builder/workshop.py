"""Where jobs are asked for: answered from the store at once, else done by the engine, each only once.

    workshop.want(job, assets, maker)    the outcome, or None: then `maker` goes on when all that it wants is there
    workshop.run()                       until nobody wants anything

A maker asks for all that it needs next and returns; it is called again when the last of that has come. One thread does
all of it, so makers need no locks.
"""

from __future__ import annotations

import queue
from collections import defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Protocol

from briefpack.builder.engines import Engine
from briefpack.builder.fitting import Aside, parted
from briefpack.builder.jobs import Job, Outcome
from briefpack.builder.store import Store
from briefpack.world import Digest


class Maker(Protocol):
    """Whoever makes a product in steps."""

    def advance(self) -> None:
        """Go on: everything that was wanted is there."""


class Jobs(Protocol):
    """Where a maker gets its jobs done."""

    store: Store
    is_forced: bool
    made: set[Digest]
    asides: dict[Digest, Aside]
    """By the key of a fit, the brief that was set on the way."""

    def offer(self, job: Job, result: bytes) -> None:
        """Take the result of a job that was done on the way."""

    def want(self, job: Job, assets: Mapping[Digest, bytes], maker: Maker, weight: float = 0.0) -> Outcome | None:
        """Return what became of a job, or None where it is not done."""

    def drop(self, job: Job) -> None:
        """Let go of a large result that nobody needs again."""

    def is_waiting(self, maker: Maker) -> bool:
        """Whether something that `maker` wants is not there yet."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build has come: what was begun, how many jobs are done and known, and the seconds left, if known."""

    name: str
    done: int
    total: int
    seconds_left: float | None = None


@dataclass(slots=True)
class Workshop:
    """`open_engine` is called when the first job is to be done. `is_forced`: what the store has is made again."""

    store: Store
    open_engine: Callable[[], Engine]
    slots: int
    tell: Callable[[Progress], None]
    is_forced: bool = False
    made: set[Digest] = field(default_factory=set)
    """The keys of jobs that were done now, not found."""
    asides: dict[Digest, Aside] = field(default_factory=dict)
    _engine: Engine | None = None
    _outcomes: dict[Digest, Outcome] = field(default_factory=dict)
    _running: dict[Digest, Job] = field(default_factory=dict)
    _waiting: dict[Digest, list[Maker]] = field(default_factory=lambda: defaultdict(list))
    _open: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    _arrived: queue.SimpleQueue[Digest] = field(default_factory=queue.SimpleQueue)
    _futures: dict[Digest, Future[Outcome]] = field(default_factory=dict)
    _seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def want(self, job: Job, assets: Mapping[Digest, bytes], maker: Maker, weight: float = 0.0) -> Outcome | None:
        """Return what became of `job`, or None where it has yet to be done; `maker` then waits for it."""
        if job.key in self._outcomes:
            return self._outcomes[job.key]
        if job.key not in self._running:
            found = None if self.is_forced else self.store.find(job.key)
            if found is not None:
                return Outcome(job.key, found)
            self._submit(job, assets, weight)
        if maker not in self._waiting[job.key]:
            self._waiting[job.key].append(maker)
            self._open[id(maker)] += 1
        return None

    def is_waiting(self, maker: Maker) -> bool:
        """Whether something that `maker` wants is not there yet."""
        return self._open[id(maker)] > 0

    def offer(self, job: Job, result: bytes) -> None:
        """Take the result of a job that was done on the way."""
        if job.key not in self._outcomes and job.key not in self._running:
            self._outcomes[job.key] = Outcome(job.key, result)
            self.made.add(job.key)
            self.store.keep(job.key, result)

    def drop(self, job: Job) -> None:
        """Let go of a large result that nobody needs again."""
        self._outcomes.pop(job.key, None)

    def run(self) -> None:
        """Do what is wanted until nothing is."""
        while self._running:
            self._arrive(self._arrived.get())

    def close(self) -> None:
        """End the engine, with whatever still runs."""
        if self._engine is not None:
            self._engine.close()

    def start(self) -> None:
        """Start the engine in the background: it takes a second that checking can use."""
        if self._engine is None:
            self._engine = self.open_engine()
            self._engine.start()

    def _submit(self, job: Job, assets: Mapping[Digest, bytes], weight: float) -> None:
        self.start()
        assert self._engine is not None
        self._running[job.key] = job
        future = self._engine.submit(job, assets, weight)
        self._futures[job.key] = future
        future.add_done_callback(lambda _: self._arrived.put(job.key))
        self._tell(job.name)

    def _arrive(self, key: Digest) -> None:
        job = self._running.pop(key)
        outcome = self._futures.pop(key).result()
        if job.kind == "fit":
            outcome, self.asides[key] = parted(outcome)
        self._outcomes[key] = outcome
        self.made.add(key)
        if outcome.is_done:
            if job.kind != "join":  # a file stands in its own place
                self.store.keep(key, outcome.result)
            self._seconds[job.kind].append(outcome.seconds)
        self._tell(job.name)
        for maker in self._waiting.pop(key, ()):
            self._open[id(maker)] -= 1
            if not self._open[id(maker)]:
                maker.advance()

    def _tell(self, name: str) -> None:
        done = len(self.made)
        self.tell(Progress(name, done, done + len(self._running), self._left()))

    def _left(self) -> float | None:
        """The seconds left for what is known to do, from the mean of finished jobs of the same kind."""
        left = 0.0
        for job in self._running.values():
            known = self._seconds[job.kind]
            if len(known) < 3:
                return None
            left += sum(known) / len(known)
        return left / max(self.slots, 1)
