"""What runs in a worker of a cluster: slots that stay as long as the worker, and a look at everything that came.

Everything here is called by dask, with arguments that its client sent.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from briefpack.builder.fingerprint import fingerprint
from briefpack.builder.jobs import Job, Outcome
from briefpack.builder.limits import Limits
from briefpack.builder.slots import LocalEngine
from briefpack.diagnostics import BriefpackError
from briefpack.world import Digest, digest

_MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class Order:
    """A job with the digests of its assets' bytes, and what the client goes by: limits, performers and toolchain."""

    job: Job
    seals: tuple[Digest, ...]
    limits: Limits
    performers: Mapping[str, str]
    toolchain: Digest


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a job, which worker says so, and the digest of all that."""

    outcome: Outcome
    worker: str
    seal: Digest


def carry(content: bytes) -> bytes:
    """An asset, as a task: dask keeps its result on the workers that need it, and can make it again."""
    return content


def work(order: Order, *assets: bytes) -> Reply:
    """Do a job in one of this worker's slots."""
    from distributed import get_worker  # noqa: PLC0415 - an extra

    worker = get_worker()
    own = _toolchain()
    if own != order.toolchain:
        detail = (
            f"the worker {worker.address} has another toolchain ({own[:8]}) than this machine ({order.toolchain[:8]})"
        )
        return sealed(Outcome(order.job.key, cause="toolchain", detail=detail), worker.address)
    if not all(map(_KEPT.is_sound, order.seals, assets)):
        detail = f"the job's assets were damaged on their way to {worker.address}"
        return sealed(Outcome(order.job.key, cause="crash", detail=detail), worker.address)
    try:
        named = dict(zip(order.job.assets, assets, strict=True))
        outcome = _SLOTS.of(order, worker.state.nthreads).submit(order.job, named).result()
    except BriefpackError as error:
        detail = f"the worker {worker.address} cannot do it: {error}"
        outcome = Outcome(order.job.key, cause="toolchain", detail=detail)
    return sealed(outcome, worker.address)


def sealed(outcome: Outcome, worker: str) -> Reply:
    """Return a reply with its seal."""
    return Reply(outcome, worker, _seal(outcome, worker))


def is_whole(job: Job, reply: Reply) -> bool:
    """Whether a reply arrived as it was sent, and is one to this job."""
    return reply.outcome.key == job.key and reply.seal == _seal(reply.outcome, reply.worker)


def _seal(outcome: Outcome, worker: str) -> Digest:
    head = json.dumps([outcome.key, outcome.cause, outcome.detail, outcome.seconds, worker])
    return digest(b"\0".join((head.encode(), outcome.result)))


@lru_cache(maxsize=1)
def _toolchain() -> Digest:
    """The toolchain that this process imported: asked once, for its files may be replaced while it runs."""
    return fingerprint()


class _Kept:
    """Assets that were found to be sound, by the digest of their bytes: none is looked at twice."""

    def __init__(self) -> None:
        self.known: dict[Digest, bytes] = {}

    def is_sound(self, seal: Digest, content: bytes) -> bool:
        if self.known.get(seal) is content:
            return True
        if digest(content) != seal:
            return False
        if len(self.known) >= _MOST_KEPT:
            self.known.clear()
        self.known[seal] = content
        return True


class _Slots:
    """The slots of this worker, one for each of its threads; further ones where a client brings other limits."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.made: dict[str, LocalEngine] = {}

    def of(self, order: Order, threads: int) -> LocalEngine:
        key = repr((order.limits, sorted(order.performers.items())))
        with self.lock:
            if key not in self.made:
                self.made[key] = LocalEngine(threads, order.limits, order.performers)
            return self.made[key]


_KEPT = _Kept()
_SLOTS = _Slots()
