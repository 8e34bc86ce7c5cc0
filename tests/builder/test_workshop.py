"""What is in the store is there at once, the rest is done once, and who waits is called when all has come."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.builder.bad_jobs import job_of
from tests.builder.engines import Here

from briefpack.builder.jobs import Job, Outcome
from briefpack.builder.slots import Store as Assets
from briefpack.builder.store import Store
from briefpack.builder.workshop import Progress, Workshop
from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location

ONE, TWO, THREE, FOUR = (job_of("reverse", body) for body in (b"one", b"two", b"three", b"four"))


def reversed_(job: Job) -> Outcome:
    return Outcome(job.key, job.body[::-1], seconds=2.0)


@dataclass(eq=False)
class Wants:
    """Wants jobs, and notes what it got when it is called."""

    workshop: Workshop
    jobs: Sequence[Job]
    calls: list[list[Outcome | None]] = field(default_factory=list)
    thread: threading.Thread | None = None

    def ask(self) -> list[Outcome | None]:
        return [self.workshop.want(job, {}, self) for job in self.jobs]

    def advance(self) -> None:
        self.thread = threading.current_thread()
        self.calls.append(self.ask())


class Later(Here):
    """An engine that answers from another thread, the last job first."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[Job, Future[Outcome]]] = []

    def submit(self, job: Job, assets: Assets, weight: float = 0.0) -> Future[Outcome]:
        self.jobs.append(job)
        self.open.append((job, Future()))
        return self.open[-1][1]

    def answer(self) -> None:
        def run() -> None:
            for job, future in reversed(self.open):
                future.set_result(reversed_(job))

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def workshop_of(store: Store, engine: Here, told: list[Progress] | None = None, *, forced: bool = False) -> Workshop:
    return Workshop(store, lambda: engine, 2, (told if told is not None else []).append, forced)


def results(outcomes: Sequence[Outcome | None]) -> list[bytes]:
    return [outcome.result for outcome in outcomes if outcome]


def test_what_the_store_has_is_there_at_once_and_no_engine_is_opened(store: Store) -> None:
    store.keep(ONE.key, b"kept")

    def refuse() -> Here:
        raise AssertionError("opened")

    workshop = Workshop(store, refuse, 2, lambda _: None)
    maker = Wants(workshop, [ONE])
    assert results(maker.ask()) == [b"kept"]
    assert not workshop.is_waiting(maker)
    assert workshop.made == set()
    workshop.close()


def test_who_wants_something_is_called_once_when_all_of_it_has_come(store: Store) -> None:
    engine = Later()
    workshop = workshop_of(store, engine)
    maker = Wants(workshop, [ONE, TWO, THREE])
    assert maker.ask() == [None, None, None]
    assert workshop.is_waiting(maker)
    engine.answer()
    workshop.run()
    assert [results(call) for call in maker.calls] == [[b"eno", b"owt", b"eerht"]]
    assert not workshop.is_waiting(maker)


def test_makers_are_called_by_the_thread_that_runs(store: Store) -> None:
    engine = Later()
    workshop = workshop_of(store, engine)
    maker = Wants(workshop, [ONE])
    maker.ask()
    engine.answer()
    workshop.run()
    assert maker.thread is threading.current_thread()


def test_a_job_that_two_want_is_done_once_and_both_go_on(store: Store) -> None:
    engine = Here(reversed_)
    workshop = workshop_of(store, engine)
    makers = [Wants(workshop, [ONE]), Wants(workshop, [ONE, TWO]), Wants(workshop, [ONE, ONE])]
    for maker in makers:
        maker.ask()
    workshop.run()
    assert engine.jobs == [ONE, TWO]
    assert [results(maker.calls[-1]) for maker in makers] == [[b"eno"], [b"eno", b"owt"], [b"eno", b"eno"]]
    assert [len(maker.calls) for maker in makers] == [1, 1, 1]


def test_a_maker_may_want_more_when_it_is_called(store: Store) -> None:
    workshop = workshop_of(store, Here(reversed_))

    class Greedy(Wants):
        def advance(self) -> None:
            self.jobs = [*self.jobs, FOUR]
            super().advance()

    maker = Greedy(workshop, [ONE])
    maker.ask()
    workshop.run()
    assert [results(call) for call in maker.calls] == [[b"eno"], [b"eno", b"ruof", b"ruof"]]


def test_results_are_kept_and_failures_are_not(store: Store) -> None:
    def answer(job: Job) -> Outcome:
        return Outcome(job.key, b"", "time") if job is TWO else reversed_(job)

    workshop = workshop_of(store, Here(answer))
    maker = Wants(workshop, [ONE, TWO])
    maker.ask()
    workshop.run()
    assert [store.find(job.key) for job in (ONE, TWO)] == [b"eno", None]
    assert [outcome.cause for outcome in maker.calls[-1] if outcome] == ["", "time"]
    assert workshop.made == {ONE.key, TWO.key}


def test_force_does_again_what_the_store_has_and_keeps_it(store: Store) -> None:
    store.keep(ONE.key, b"old")
    engine = Here(reversed_)
    workshop = workshop_of(store, engine, forced=True)
    maker = Wants(workshop, [ONE])
    assert maker.ask() == [None]
    workshop.run()
    assert engine.jobs == [ONE]
    assert store.find(ONE.key) == b"eno"


def test_what_is_begun_and_done_is_told_and_the_seconds_left_once_they_can_be_known(store: Store) -> None:
    told: list[Progress] = []
    workshop = workshop_of(store, Here(reversed_), told)
    Wants(workshop, [ONE, TWO, THREE, FOUR]).ask()
    workshop.run()
    name = "test, reverse"
    assert told[:4] == [Progress(name, 0, total) for total in (1, 2, 3, 4)]
    assert told[4:] == [
        Progress(name, 1, 4), Progress(name, 2, 4), Progress(name, 3, 4, 1.0), Progress(name, 4, 4, 0.0),
    ]  # fmt: skip


def test_what_concerns_the_engine_as_a_whole_ends_the_run(store: Store) -> None:
    class Broken(Here):
        def submit(self, job: Job, assets: Assets, weight: float = 0.0) -> Future[Outcome]:
            future: Future[Outcome] = Future()
            problem = Diagnostic(Code.RENDER_FAILED, "no layout engine", Location("machine"))
            future.set_exception(BriefpackError(problem, exit_code=3))
            return future

    workshop = workshop_of(store, Broken())
    Wants(workshop, [ONE]).ask()
    with pytest.raises(BriefpackError, match="no layout engine"):
        workshop.run()


def test_an_engine_that_was_started_is_closed(store: Store) -> None:
    closed: list[bool] = []

    class Noting(Here):
        def close(self) -> None:
            closed.append(True)

    workshop = workshop_of(store, Noting())
    workshop.start()
    workshop.start()
    workshop.close()
    assert closed == [True]
