"""Slots: threads that each own one layout child, and what runs jobs on them on this machine.

    with LocalEngine(jobs=2) as engine:
        future = engine.submit(job, assets)
        outcome = future.result()

A child that loops, crashes or eats memory is killed and replaced; its own job says so, all others go on.
"""

from __future__ import annotations

import heapq
import itertools
import os
import select
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from typing import IO, Any, get_args

from briefpack.builder.forks import WARM, Closed, Ended, ForkServer, tail
from briefpack.builder.jobs import Assets, Cause, Job, Outcome
from briefpack.builder.limits import Limits
from briefpack.builder.performers import PERFORMERS
from briefpack.builder.wire import Frame, WireError, receive, send
from briefpack.world import Digest

Store = Assets | Callable[[Digest], bytes]
"""Where an engine gets the bytes of an asset."""

_CAUSES: Mapping[str, Cause] = {cause: cause for cause in get_args(Cause)}
_GRACE = 0.25
"""Seconds between the end of a child's pipe and its own."""
_NEAR = 0.8
"""A child that dies having held this share of its memory died of it."""
_NO_MEMORY = ("failed to allocate", "Cannot allocate memory", "bad_alloc", "MemoryError", "out of memory")
_JOIN = 5.0


@dataclass(slots=True)
class _Child:
    pid: int
    pipe: socket.socket
    log: IO[bytes]
    known: set[Digest] = field(default_factory=set)
    jobs: int = 0
    peak: int = 0


class Slot:
    """One layout child at a time. Used by one thread."""

    def __init__(self, server: ForkServer, limits: Limits) -> None:
        self.server = server
        self.limits = limits
        self._child: _Child | None = None

    def run(self, job: Job, store: Store) -> Outcome:
        """Have a job done; never raises for what the job does.

        Raises what `store` raises, `Closed` after `server.close()`, `BriefpackError` where no child can be made.
        """
        outcome = self._attempt(job, store)
        if outcome is None:  # the server was lost and its children with it: the job may have had no part in it
            outcome = self._attempt(job, store)
        return outcome or Outcome(job.key, cause="crash", detail="the fork server was lost twice during this job")

    def tidy(self) -> None:
        """End the child if it has done or held enough, or died; the next job gets a new one."""
        child = self._child
        if child and (child.jobs >= self.limits.jobs or child.peak > self.limits.resident or _has_spoken(child)):
            self.empty()

    def empty(self) -> Ended:
        """End the child, if there is one."""
        return self._end(0)

    def _fork(self) -> _Child:
        pipe, other = socket.socketpair()
        log = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the child
        try:
            with other:
                return _Child(self.server.fork(other, log.fileno()), pipe, log)
        except BaseException:
            pipe.close()
            log.close()
            raise

    def _attempt(self, job: Job, store: Store) -> Outcome | None:
        self.tidy()
        child = self._child = self._child or self._fork()
        missing = [(name, _fetched(store, name)) for name in job.assets if name not in child.known]
        os.ftruncate(child.log.fileno(), 0)
        started = time.monotonic()
        wall = self.limits.wall_of(job.kind)
        try:
            frame = self._ask(child, job, missing, started + wall)
            outcome = _to_outcome(job, frame) if frame else None
        except TimeoutError:
            self._end(0)
            return _stopped(job, f"stopped after {wall:g} s, the limit for one job", wall, "time")
        except WireError as error:
            self._end(0)
            return _stopped(job, f"the child did not keep to the protocol: {error}", time.monotonic() - started)
        if outcome is None:
            return self._died(job, time.monotonic() - started)
        child.jobs += 1
        child.peak = frame[0]["peak"] if frame and isinstance(frame[0].get("peak"), int) else 0
        if outcome.cause == "memory":
            self._end(0)
        return outcome

    def _ask(self, child: _Child, job: Job, missing: list[tuple[Digest, bytes]], deadline: float) -> Frame | None:
        head = {"frame": "job", "key": job.key, "kind": job.kind, "name": job.name, "assets": job.assets}
        try:
            for name, content in missing:
                send(child.pipe, {"frame": "asset", "digest": name}, content, deadline)
                child.known.add(name)
            send(child.pipe, {**head, "wall": self.limits.wall_of(job.kind)}, job.body, deadline)
        except ConnectionError:
            return None
        return receive(child.pipe, self.limits.result, deadline)

    def _died(self, job: Job, seconds: float) -> Outcome | None:
        """What became of a job whose child closed its pipe; None where nobody knows."""
        assert self._child is not None
        printed = tail(self._child.log.fileno())
        ended = self._end(_GRACE)
        if ended.status is None:
            return None
        cause, detail = _explained(ended, printed, self.limits)
        return _stopped(job, f"{detail}\n{printed}".strip(), seconds, cause)

    def _end(self, grace: float) -> Ended:
        child, self._child = self._child, None
        if child is None:
            return Ended()
        child.pipe.close()
        child.log.close()
        return self.server.end(child.pid, grace)


def _fetched(store: Store, name: Digest) -> bytes:
    return store[name] if isinstance(store, Mapping) else store(name)


def _has_spoken(child: _Child) -> bool:
    """Whether something can be read from a child that nobody has asked: it ended, or it is out of its mind."""
    return bool(select.select([child.pipe], [], [], 0)[0])


def _to_outcome(job: Job, frame: Frame) -> Outcome:
    head, result = frame
    cause, detail, seconds = head.get("cause"), head.get("detail"), head.get("seconds")
    is_whole = head.get("key") == job.key and cause in _CAUSES
    if not is_whole or not isinstance(detail, str) or not isinstance(seconds, float):
        raise WireError("an answer to something else")
    return Outcome(job.key, result, _CAUSES[str(cause)], detail, seconds)


def _stopped(job: Job, detail: str, seconds: float, cause: Cause = "crash") -> Outcome:
    return Outcome(job.key, cause=cause, detail=detail, seconds=seconds)


def _explained(ended: Ended, printed: str, limits: Limits) -> tuple[Cause, str]:
    """Why a child died, as a cause and in words."""
    code = os.waitstatus_to_exitcode(ended.status or 0)
    how = f"ended itself with exit code {code}" if code >= 0 else f"died of {_signal(-code)}"
    if code == -getattr(signal, "SIGXCPU", 0):
        return "time", f"the interpreter {how}: it used more processor time than it may"
    if ended.peak > _NEAR * limits.memory or (code and any(words in printed for words in _NO_MEMORY)):
        return "memory", f"the interpreter {how}: the memory that a job may use did not suffice"
    if code == -signal.SIGKILL:
        return "crash", f"the interpreter {how}, sent from outside: most likely this machine ran out of memory"
    return "crash", f"the interpreter {how}"


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


@dataclass(slots=True, order=True)
class _Work:
    rank: tuple[float, int]
    job: Job = field(compare=False)
    store: Store = field(compare=False)
    future: Future[Outcome] = field(compare=False, default_factory=Future)


class LocalEngine:
    """Runs jobs on slots of this machine. `jobs`: how many at a time; 0 is one per usable processor."""

    def __init__(
        self,
        jobs: int = 0,
        limits: Limits | None = None,
        performers: Mapping[str, str] = PERFORMERS,
        warm: str = WARM,
    ) -> None:
        self.limits = limits or Limits()
        self.server = ForkServer(self.limits, performers, warm)
        self._count = jobs or usable_processors()
        self._queue: list[_Work] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._is_closed = False

    def start(self) -> None:
        """Start the fork server and the slots in the background; return at once."""
        with self._changed:
            if self._threads or self._is_closed:
                return
            self.server.start()
            for number in range(self._count):
                thread = threading.Thread(target=self._serve, name=f"slot {number + 1}", daemon=True)
                self._threads.append(thread)
                thread.start()

    def submit(self, job: Job, assets: Store, weight: float = 0.0) -> Future[Outcome]:
        """Queue a job. The heaviest is taken first, among equals the first submitted.

        The future raises `BriefpackError` (exit code 3) where this machine cannot lay out at all, what `assets` raises
        for a digest it does not know, and is cancelled by `close`.
        """
        self.start()
        with self._changed:
            work = _Work((-weight, next(self._numbers)), job, assets)
            if self._is_closed:
                work.future.cancel()
                return work.future
            heapq.heappush(self._queue, work)
            self._changed.notify()
        return work.future

    def close(self) -> None:
        """Cancel what waits, kill what runs. No process, thread or file of the engine is left."""
        with self._changed:
            self._is_closed = True
            waiting, self._queue = self._queue, []
            self._changed.notify_all()
        for work in waiting:
            work.future.cancel()
        self.server.close()
        for thread in self._threads:
            thread.join(_JOIN)

    def __enter__(self) -> LocalEngine:
        self.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _serve(self) -> None:
        slot = Slot(self.server, self.limits)
        try:
            while True:
                slot.tidy()
                work = self._next()
                if work is None:
                    return
                if work.future.set_running_or_notify_cancel():
                    self._do(slot, work)
        finally:
            slot.empty()

    def _next(self) -> _Work | None:
        with self._changed:
            self._changed.wait_for(lambda: self._queue or self._is_closed)
            return None if self._is_closed else heapq.heappop(self._queue)

    def _do(self, slot: Slot, work: _Work) -> None:
        try:
            outcome = slot.run(work.job, work.store)
        except Closed:
            work.future.set_exception(CancelledError())
        except Exception as error:  # noqa: BLE001 - whoever waits for the job is told
            work.future.set_exception(error)
        else:
            work.future.set_result(outcome)


def usable_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
