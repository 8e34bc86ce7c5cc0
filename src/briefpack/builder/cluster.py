"""The engine `dask`: the same jobs as tasks on a cluster of dask.distributed (the extra `cluster`).

    engine = DaskEngine("tls://scheduler:8786", Security("ca.pem", "me.pem", "me.key"))

A task carries its job; the assets are tasks of their own, so that dask brings each to a worker once and makes it anew
if the worker that had it is lost. In the worker a slot does the job, so what loops is killed there (`cluster_worker`).
A worker with another toolchain would make other bytes: it is refused, and its jobs go to others. Jobs of a worker that
was lost are done again elsewhere. Whoever can talk to a scheduler can run code on its workers and on its clients, so
nothing but this machine itself is talked to without TLS.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
import time
from collections.abc import Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from briefpack.builder.cluster_access import Security, checked_address, checked_security, connect, lacking
from briefpack.builder.cluster_worker import Order, Reply, carry, is_whole, work
from briefpack.builder.fingerprint import fingerprint
from briefpack.builder.jobs import Job, Outcome
from briefpack.builder.limits import Limits
from briefpack.builder.performers import PERFORMERS
from briefpack.builder.slots import Store
from briefpack.diagnostics import BriefpackError
from briefpack.world import Digest, digest

__all__ = ["DaskEngine", "Security"]

_LOOK = 1.0
"""Seconds between two looks at who is left."""


@dataclass(slots=True)
class _Errand:
    """A job on its way: what was sent, to which workers (none: to any), and who waits for it."""

    job: Job
    store: Store
    weight: float
    future: Future[Outcome] = field(default_factory=Future)
    task: Any = None
    workers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asset:
    """An asset as sent, and the digest of its bytes: jobs may name it by what it says, as a pickle has no one form."""

    seal: Digest
    task: Any


class DaskEngine:
    """Runs jobs on the workers of a scheduler.

    `patience`: seconds without any worker that may be used after which what waits is given up.
    """

    def __init__(
        self,
        address: str,
        security: Security | None = None,
        limits: Limits | None = None,
        performers: Mapping[str, str] = PERFORMERS,
        patience: float = 60.0,
    ) -> None:
        self.address = checked_address(address)
        self.security = checked_security(self.address, security or Security())
        self.limits = limits or Limits()
        self.performers = performers
        self.patience = patience
        self.refused: dict[str, str] = {}
        self._client: Any = None
        self._fingerprint = ""
        self._assets: dict[Digest, _Asset] = {}
        self._errands: dict[int, _Errand] = {}
        self._numbers = itertools.count()
        self._lock = threading.RLock()
        self._ended = threading.Event()
        self._failure: BriefpackError | None = None

    def start(self) -> None:
        """Connect; raise `BriefpackError` (exit code 3) where no scheduler answers or the extra is not installed."""
        with self._lock:
            if self._client is not None or self._ended.is_set():
                return
            self._fingerprint = fingerprint()
            self._client = connect(self.address, self.security)
            threading.Thread(target=self._watch, name="cluster watch", daemon=True).start()

    def submit(self, job: Job, assets: Store, weight: float = 0.0) -> Future[Outcome]:
        """Send a job. The future raises `BriefpackError` (exit code 3) once the cluster has nobody left to do it."""
        self.start()
        errand = _Errand(job, assets, weight)
        with self._lock:
            if self._ended.is_set():
                errand.future.cancel()
                return errand.future
            if self._failure is not None:
                errand.future.set_exception(self._failure)
                return errand.future
            number = next(self._numbers)
            self._errands[number] = errand
            errand.future.set_running_or_notify_cancel()
            try:
                self._send(number, errand)
            except BaseException:
                del self._errands[number]
                raise
        return errand.future

    def close(self) -> None:
        """Drop what is not done and disconnect. The cluster goes on; its workers end what they are at."""
        with self._lock:
            if self._ended.is_set():
                return
            self._ended.set()
            errands, self._errands = self._errands, {}
        for errand in errands.values():
            errand.future.set_exception(CancelledError())
        if self._client is not None:
            tasks = [errand.task for errand in errands.values() if errand.task is not None]
            with contextlib.suppress(Exception):  # the scheduler may be gone
                self._client.cancel(tasks, force=True)
            self._assets.clear()
            self._client.close(timeout=2)

    def __enter__(self) -> DaskEngine:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def _send(self, number: int, errand: _Errand) -> None:
        from dask import config  # noqa: PLC0415 - an extra

        job = errand.job
        with config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"}):  # a bundle's fonts are large
            assets = [self._asset(name, errand.store) for name in job.assets]
            seals = tuple(asset.seal for asset in assets)
            errand.task = self._client.submit(
                work,
                Order(job, seals, self.limits, dict(self.performers), self._fingerprint),
                *(asset.task for asset in assets),
                key=f"briefpack-{job.kind}-{job.key}-{number}-{next(self._numbers)}",
                priority=errand.weight,
                workers=list(errand.workers) or None,
                pure=False,
            )
        errand.task.add_done_callback(lambda task: self._arrived(number, task))

    def _asset(self, name: Digest, store: Store) -> _Asset:
        if name not in self._assets or self._assets[name].task.status in ("error", "cancelled"):
            content = store[name] if isinstance(store, Mapping) else store(name)
            seal = digest(content)
            task = self._client.submit(carry, content, key=f"briefpack-asset-{seal}", priority=1_000_000)
            self._assets[name] = _Asset(seal, task)
        return self._assets[name]

    def _arrived(self, number: int, task: Any) -> None:
        errand = self._errands.get(number)
        if errand is None or errand.task is not task:
            return  # given up, or sent again
        try:
            outcome = self._outcome_of(errand, task)
            if outcome is None:
                return
        except Exception as error:  # noqa: BLE001 - whoever waits for the job is told
            self._finish(number, error)
        else:
            self._finish(number, outcome)

    def _finish(self, number: int, result: Outcome | BaseException) -> None:
        with self._lock:
            errand = self._errands.pop(number, None)
            if isinstance(result, BriefpackError):
                self._failure = result
        if errand is None:
            return
        if isinstance(result, Outcome):
            errand.future.set_result(result)
        else:
            errand.future.set_exception(result)

    def _outcome_of(self, errand: _Errand, task: Any) -> Outcome | None:
        """What became of a task; None where it was sent again."""
        if task.status == "cancelled":
            raise self._lost_scheduler()
        if task.status == "error":
            return _failed(errand.job, task.exception())
        reply: Reply = task.result()
        if not is_whole(errand.job, reply):
            return Outcome(errand.job.key, cause="crash", detail=f"what {reply.worker} sent was damaged on its way")
        if reply.outcome.cause == "toolchain":
            return self._refuse(errand, reply)
        return reply.outcome

    def _refuse(self, errand: _Errand, reply: Reply) -> Outcome | None:
        """Remember a worker that is not fit, and send its job to others, if there are any."""
        with self._lock:
            self.refused[reply.worker] = reply.outcome.detail
            others = self._usable()
            if not others:
                return reply.outcome
            self._send_again(errand, others)
        return None

    def _send_again(self, errand: _Errand, workers: list[str]) -> None:
        errand.workers = tuple(workers)
        number = next(key for key, found in self._errands.items() if found is errand)
        self._send(number, errand)

    def _usable(self) -> list[str]:
        return sorted(set(self._workers()) - set(self.refused))

    def _workers(self) -> list[str]:
        workers = list(self._client.scheduler_info(n_workers=-1)["workers"])
        for address in workers:
            checked_address(address)
        return workers

    def _watch(self) -> None:
        """Give up when nobody was there for too long; send again what waits for workers that are gone."""
        seen = time.monotonic()
        while not self._ended.wait(_LOOK):
            try:
                usable = self._usable()
            except BriefpackError as error:
                self._give_up(error)
                return
            except Exception:  # noqa: BLE001 - no answer: the tasks are cancelled, and `_arrived` says so
                usable = []
            if usable or not self._errands:
                seen = time.monotonic()
                self._redirect(usable)
            elif time.monotonic() - seen > self.patience:
                self._give_up(self._nobody())
                return

    def _redirect(self, usable: list[str]) -> None:
        with self._lock:
            for errand in list(self._errands.values()):
                if errand.workers and usable and not set(errand.workers) & set(usable):
                    self._send_again(errand, usable)

    def _give_up(self, error: BriefpackError) -> None:
        with self._lock:
            self._failure = error
            numbers = list(self._errands)
        for number in numbers:
            self._finish(number, error)

    def _nobody(self) -> BriefpackError:
        return lacking(
            f"the cluster at {self.address} has no worker left; {len(self._errands)} jobs wait",
            "start workers (docs/cluster.md), or build without `--engine dask`",
            tuple(self.refused.values()),
        )

    def _lost_scheduler(self) -> BriefpackError:
        return lacking(f"the scheduler at {self.address} is gone", "start it again, or build without `--engine dask`")


def _failed(job: Job, error: BaseException) -> Outcome:
    """The outcome for a task that gave no reply at all."""
    from distributed.scheduler import KilledWorker  # noqa: PLC0415 - an extra

    if isinstance(error, KilledWorker):
        detail = (
            f"{error.allowed_failures + 1} workers were lost during this job, the last at {error.last_worker.address}"
        )
        return Outcome(job.key, cause="crash", detail=detail)
    if isinstance(error, ImportError):
        return Outcome(job.key, cause="toolchain", detail=f"a worker cannot import what a job needs: {error}")
    return Outcome(job.key, cause="defect", detail=f"{type(error).__name__}: {error}")
