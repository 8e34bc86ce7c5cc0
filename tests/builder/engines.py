"""An engine without children: jobs are done in this process, each key once for all tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from briefpack.builder.jobs import Job, Outcome
from briefpack.builder.performers import perform
from briefpack.builder.slots import Store
from briefpack.diagnostics import Diagnostic
from briefpack.pdf.answers import answer
from briefpack.world import Digest

_KNOWN: dict[Digest, Outcome] = {}
"""Equal keys have equal results, so what one test had set need not be set for another."""


@dataclass
class Here:
    """Does each job when it is submitted. `instead` may answer for it; `jobs` are those that were submitted."""

    instead: Callable[[Job], Outcome | None] = lambda _: None
    jobs: list[Job] = field(default_factory=list)

    def start(self) -> None:
        pass

    def submit(self, job: Job, assets: Store, weight: float = 0.0) -> Future[Outcome]:
        del weight
        self.jobs.append(job)
        future: Future[Outcome] = Future()
        future.set_result(self.instead(job) or self._performed(job, assets))
        return future

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    @property
    def names(self) -> list[str]:
        """What was submitted, by name, in the order of the alphabet."""
        return sorted(job.name for job in self.jobs)

    def _performed(self, job: Job, assets: Store) -> Outcome:
        if job.key not in _KNOWN:
            held = {name: assets[name] if isinstance(assets, Mapping) else assets(name) for name in job.assets}
            _KNOWN[job.key] = perform(job, held)
        return _KNOWN[job.key]


def refused(job: Job, *problems: Diagnostic) -> Outcome:
    """What a child answers that found problems."""
    return Outcome(job.key, answer(None, problems)[0], "problems")
