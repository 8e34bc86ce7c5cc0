"""Engines: where jobs are done. By name: `local`, on slots of this machine; `dask`, on a cluster.

    with engine_named("local", Setup(jobs=4)) as engine:
        futures = [engine.submit(job, assets) for job in jobs]

An engine answers every job with an `Outcome`, whatever becomes of it; only what concerns the engine as a whole (a
machine without the layout engine, a cluster that does not answer) is raised, as `BriefpackError`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self

from briefpack.builder.cluster import DaskEngine
from briefpack.builder.cluster_access import Security
from briefpack.builder.jobs import Job, Outcome
from briefpack.builder.limits import Limits
from briefpack.builder.performers import PERFORMERS
from briefpack.builder.slots import LocalEngine, Store
from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location
from briefpack.pack.validation import did_you_mean


class Engine(Protocol):
    """Runs jobs. All methods may be called from any thread."""

    def start(self) -> None:
        """Begin whatever takes a while, and return soon; raise `BriefpackError` for a setup that cannot be right."""

    def submit(self, job: Job, assets: Store, weight: float = 0.0) -> Future[Outcome]:
        """Queue a job; heavier ones are taken first. `assets` is asked for the digests that the job names."""

    def close(self) -> None:
        """Drop what is not done, end everything that was started, and return soon."""

    def __enter__(self) -> Self:
        """Start."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Close."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What the command line knows of the engine. `jobs`: how many at a time, 0 for one per usable processor.

    `address` and `security` are for clusters only.
    """

    jobs: int = 0
    limits: Limits = field(default_factory=Limits)
    performers: Mapping[str, str] = field(default_factory=lambda: PERFORMERS)
    address: str = ""
    security: Security = field(default_factory=Security)


def _local(setup: Setup) -> Engine:
    return LocalEngine(setup.jobs, setup.limits, setup.performers)


def _dask(setup: Setup) -> Engine:
    return DaskEngine(setup.address, setup.security, setup.limits, setup.performers)


ENGINES: Mapping[str, Callable[[Setup], Engine]] = {"local": _local, "dask": _dask}


def engine_named(name: str, setup: Setup) -> Engine:
    """Return the engine of this name, not started; raise `BriefpackError` (exit code 2) where there is none."""
    if name not in ENGINES:
        raise BriefpackError(
            Diagnostic(
                Code.VALUE_INVALID,
                f"no engine {name!r}",
                Location("--engine"),
                hint=did_you_mean(name, list(ENGINES)) or f"take one of {', '.join(ENGINES)}",
            ),
            exit_code=2,
        )
    return ENGINES[name](setup)
