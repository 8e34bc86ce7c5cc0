"""Slots: a job that misbehaves is stopped and named, and nothing else suffers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path

import pytest
from tests.builder.bad_jobs import PERFORMERS, job_of

from briefpack.builder.forks import ForkServer, isolation
from briefpack.builder.jobs import Job, Outcome
from briefpack.builder.limits import NO_NETWORK, Limits
from briefpack.builder.performers import perform
from briefpack.builder.slots import LocalEngine
from briefpack.diagnostics import BriefpackError
from briefpack.world import digest

LIMITS = Limits(wall=20.0, factors={"loop": 0.05, "closing": 0.1, "mute": 0.05}, memory=400_000_000, result=1_000_000)
FONT = b"a font" * 1000
FONTS = {digest(FONT): FONT, digest(b"2"): b"2"}


def an_engine(jobs: int = 2, limits: Limits = LIMITS, warm: str = "") -> LocalEngine:
    return LocalEngine(jobs, limits, PERFORMERS, warm)


@pytest.fixture(scope="module")
def engine() -> Iterator[LocalEngine]:
    with an_engine() as engine:
        yield engine


def done(engine: LocalEngine, job: Job) -> Outcome:
    return engine.submit(job, FONTS).result(30)


def still_works(engine: LocalEngine) -> bool:
    """Whether both slots do another job."""
    both = [engine.submit(job_of("sleep", b"0.01"), {}) for _ in range(2)]
    return [future.result(30).result for future in both] == [b"0.01", b"0.01"]


# Results


def test_a_job_is_done_as_it_would_be_here(engine: LocalEngine) -> None:
    job = job_of("reverse", b"\0forwards")
    here = perform(job, {}, PERFORMERS)
    there = done(engine, job)

    assert (there.key, there.result, there.cause, there.detail) == (job.key, b"sdrawrof\0", "", "")
    assert (here.key, here.result, here.cause, here.detail) == (job.key, b"sdrawrof\0", "", "")


def test_a_job_sees_its_assets_in_order_and_no_others(engine: LocalEngine) -> None:
    one, two = FONTS
    assert done(engine, job_of("joined", b"+", (two, one))).result == b"2+" + FONT
    assert done(engine, job_of("joined", b"+", (two,))).result == b"2"


def test_an_asset_is_asked_for_once_per_child() -> None:
    asked = []

    def store(name: str) -> bytes:
        asked.append(name)
        return FONTS[name]

    with an_engine(jobs=1) as engine:
        for body in (b"1", b"2", b"3"):
            assert engine.submit(job_of("joined", body, (digest(FONT),)), store).result(30).result == FONT

    assert asked == [digest(FONT)]


def test_an_asset_that_nobody_has_is_the_callers_mistake(engine: LocalEngine) -> None:
    with pytest.raises(KeyError):
        done(engine, job_of("joined", b"", ("f" * 64,)))
    assert still_works(engine)


def test_problems_are_a_result_with_a_cause(engine: LocalEngine) -> None:
    outcome = done(engine, job_of("problems"))

    assert (outcome.result, outcome.cause, outcome.is_done) == (b"two problems", "problems", False)


def test_many_quick_jobs_on_two_slots_each_get_their_own_result(engine: LocalEngine) -> None:
    futures = {n: engine.submit(job_of("reverse", str(n).encode()), {}) for n in range(200)}

    assert {n: future.result(30).result for n, future in futures.items()} == {
        n: str(n)[::-1].encode() for n in range(200)
    }


def test_heavier_jobs_are_taken_first_and_equal_ones_in_order() -> None:
    finished: list[str] = []
    with an_engine(jobs=1) as engine:
        first = engine.submit(job_of("sleep", b"0.5"), {})
        while not first.running():
            time.sleep(0.01)
        futures = []
        for name, weight in (("a", 0.0), ("b", 0.0), ("heavy", 9.0), ("c", 0.0)):
            future: Future[Outcome] = engine.submit(job_of("echo", name.encode()), {}, weight)
            future.add_done_callback(lambda f: finished.append(f.result().result.decode()))
            futures.append(future)
        for future in futures:
            future.result(30)

    assert finished == ["heavy", "a", "b", "c"]


# Misbehaviour


def test_a_job_that_loops_is_stopped_at_its_limit_and_the_others_are_done(engine: LocalEngine) -> None:
    looping = engine.submit(job_of("loop"), {})
    others = [engine.submit(job_of("echo", str(n).encode()), {}) for n in range(20)]

    assert [future.result(30).result for future in others] == [str(n).encode() for n in range(20)]
    outcome = looping.result(30)
    assert (outcome.cause, outcome.detail) == ("time", "stopped after 1 s, the limit for one job")
    assert still_works(engine)


def test_a_job_that_eats_memory_is_stopped_by_its_limit(engine: LocalEngine) -> None:
    outcome = done(engine, job_of("eat"))

    assert outcome.cause == "memory"
    assert outcome.detail.startswith("the memory that a job may use did not suffice")
    assert still_works(engine)


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        ("abort", "the interpreter died of SIGABRT"),
        ("segfault", "the interpreter died of SIGSEGV"),
        ("leave", "the interpreter ended itself with exit code 7"),
    ],
)
def test_a_job_that_ends_its_interpreter_is_named_with_the_way_it_did(
    engine: LocalEngine, kind: str, detail: str
) -> None:
    outcome = done(engine, job_of(kind))

    assert (outcome.cause, outcome.detail.splitlines()[0]) == ("crash", detail)
    assert still_works(engine)


def test_a_crash_says_where_in_the_code_it_happened(engine: LocalEngine) -> None:
    assert "in segfault" in done(engine, job_of("segfault")).detail


@pytest.mark.parametrize(
    ("kind", "line"), [("raising", "ValueError: of the test"), ("stop", "SystemExit: 7"), ("absent", "tests.builder")]
)
def test_an_exception_is_a_defect_with_its_traceback(engine: LocalEngine, kind: str, line: str) -> None:
    outcome = done(engine, job_of(kind))

    assert outcome.cause == "defect"
    assert line in outcome.detail.splitlines()[-1]


def test_a_kind_that_nobody_performs_is_a_defect(engine: LocalEngine) -> None:
    outcome = done(engine, job_of("unheard-of"))

    assert (outcome.cause, outcome.detail.splitlines()[-1]) == (
        "defect",
        "LookupError: no performer for jobs of the kind 'unheard-of'",
    )


def test_what_a_job_prints_does_not_disturb_its_result(engine: LocalEngine) -> None:
    outcome = done(engine, job_of("chatty"))

    assert (outcome.result, outcome.cause, outcome.detail) == (b"said it", "", "")


def test_a_result_longer_than_allowed_is_not_taken(engine: LocalEngine) -> None:
    outcome = done(engine, job_of("huge", b"1000001"))

    assert (outcome.result, outcome.cause) == (b"", "memory")
    assert outcome.detail == "the result has 1,000,001 bytes; 1,000,000 are allowed"
    assert len(done(engine, job_of("huge", b"1000000")).result) == 1_000_000


def test_garbage_in_the_pipe_ends_the_child_and_its_job(engine: LocalEngine) -> None:
    outcome = done(engine, job_of("garbage"))

    assert outcome.cause == "crash"
    assert outcome.detail.startswith("the child did not keep to the protocol: a frame of ")
    assert still_works(engine)


def test_half_an_answer_is_waited_for_until_the_limit(engine: LocalEngine) -> None:
    assert done(engine, job_of("mute")).cause == "time"
    assert still_works(engine)


def test_a_job_that_closes_its_pipe_is_stopped(engine: LocalEngine) -> None:
    assert done(engine, job_of("closing")).cause == "crash"
    assert still_works(engine)


def test_a_job_that_kills_the_server_is_named_and_the_server_started_again() -> None:
    with an_engine() as engine:
        outcome = engine.submit(job_of("server_killer"), {}).result(30)

        assert (outcome.cause, outcome.detail) == ("crash", "the fork server was lost twice during this job")
        assert still_works(engine)


def test_a_child_that_dies_between_two_jobs_costs_nobody_anything() -> None:
    with an_engine(jobs=1) as engine:
        pid = int(engine.submit(job_of("whoami"), {}).result(30).result)
        os.kill(pid, signal.SIGKILL)
        while Path(f"/proc/{pid}/stat").exists() and not _is_zombie(pid):
            time.sleep(0.01)

        assert engine.submit(job_of("echo", b"well"), {}).result(30).result == b"well"


# Bounds


def test_a_child_is_bound_in_memory_files_and_processor_time(engine: LocalEngine) -> None:
    memory, core, file, processor = map(int, done(engine, job_of("bounds")).result.split())

    assert (memory, core, file) == (LIMITS.memory, 0, LIMITS.file)
    assert 20 <= processor <= 60


def test_a_child_is_replaced_after_so_many_jobs() -> None:
    with an_engine(jobs=1, limits=Limits(jobs=2)) as engine:
        pids = [engine.submit(job_of("whoami", bytes(n)), {}).result(30).result for n in range(6)]

    assert [pids.index(pid) for pid in pids] == [0, 0, 2, 2, 4, 4]


def test_a_child_that_held_much_memory_is_replaced() -> None:
    with an_engine(jobs=1, limits=Limits(resident=150_000_000)) as engine:
        bodies = (b"1000", b"200000000", b"1001")
        pids = [engine.submit(job_of("hungry", body), {}).result(30).result for body in bodies]

    assert [pids.index(pid) for pid in pids] == [0, 0, 2]


def test_a_child_cannot_reach_the_network_where_the_kernel_allows_that(engine: LocalEngine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        reached = done(engine, job_of("network", str(listener.getsockname()[1]).encode())).result

    assert reached == (b"refused" if engine.server.isolation == NO_NETWORK else b"reached")
    assert isolation() == engine.server.isolation


def test_no_child_is_made_before_there_is_work() -> None:
    with an_engine() as engine:
        engine.server.ready()
        assert _children_of(engine.server.pid) == []
        engine.submit(job_of("whoami"), {}).result(30)
        assert len(_children_of(engine.server.pid)) == 1


# Ending


def test_a_closed_engine_leaves_no_process_and_no_folder() -> None:
    engine = an_engine()
    with engine:
        pids = {int(engine.submit(job_of("whoami", bytes(n)), {}).result(30).result) for n in range(8)}
        looping = engine.submit(job_of("sleep", b"60"), {})
        waiting = [engine.submit(job_of("sleep", b"60"), {}) for _ in range(5)]
        pids.add(engine.server.pid)
        folder = engine.server.folder
        while not looping.running():
            time.sleep(0.01)

    assert [pid for pid in sorted(pids) if Path(f"/proc/{pid}").exists()] == []
    assert folder is not None
    assert not folder.exists()
    assert all(future.done() for future in [looping, *waiting])
    with pytest.raises(CancelledError):
        looping.result(0)


def test_an_engine_that_was_closed_takes_nothing_more() -> None:
    engine = an_engine()
    engine.close()
    engine.close()

    assert engine.submit(job_of("echo"), {}).cancelled()


PARENT = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background lets its children ignore it
sys.path.insert(0, {root!r})
from tests.builder.bad_jobs import PERFORMERS, job_of
from briefpack.builder.slots import LocalEngine
engine = LocalEngine(2, performers=PERFORMERS, warm="")
engine.start()
pids = [engine.submit(job_of("whoami", bytes(n)), dict()).result().result.decode() for n in range(8)]
engine.submit(job_of("loop"), dict()), engine.submit(job_of("sleep", b"60"), dict())
print(engine.server.folder, engine.server.pid, *sorted(set(pids)), flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("killed", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_nothing_outlives_a_parent_that_is_killed(killed: signal.Signals) -> None:
    command = [sys.executable, "-c", PARENT.format(root=str(Path(__file__).parents[2]))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        folder, *pids = parent.stdout.readline().split()
        parent.send_signal(killed)
        parent.wait(10)
        until = time.monotonic() + 10
        while (left := _left(folder, pids)) and time.monotonic() < until:
            time.sleep(0.02)

    assert len(pids) >= 2
    assert left == []


def test_nothing_outlives_a_server_that_is_killed() -> None:
    with an_engine() as engine:
        pids = {engine.submit(job_of("whoami", bytes(n)), {}).result(30).result.decode() for n in range(8)}
        os.kill(engine.server.pid, signal.SIGKILL)
        until = time.monotonic() + 10
        while (left := _left("/nowhere", sorted(pids))) and time.monotonic() < until:
            time.sleep(0.02)

        assert left == []
        assert still_works(engine)


def _left(folder: str, pids: list[str]) -> list[str]:
    found = [pid for pid in pids if Path(f"/proc/{pid}").exists() and not _is_zombie(int(pid))]
    return found + ([folder] if Path(folder).exists() else [])


def _children_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


# What lacks


def lacking(folder: Path) -> None:
    raise OSError("cannot load library 'libpango-1.0-0': no such file\nand more")


def dying(folder: Path) -> None:
    os.abort()


@pytest.mark.parametrize(
    ("warm", "message"),
    [
        ("lacking", "the layout engine cannot start: cannot load library 'libpango-1.0-0': no such file"),
        ("dying", "the layout engine cannot start: its server ended with -6"),
    ],
)
def test_a_machine_that_cannot_lay_out_is_told_what_it_lacks(warm: str, message: str) -> None:
    with an_engine(warm=f"tests.builder.test_slots:{warm}") as engine:
        futures = [engine.submit(job_of("echo", bytes(n)), {}) for n in range(5)]
        errors = [future.exception(30) for future in futures]

    for error in errors:
        assert isinstance(error, BriefpackError)
        assert (error.exit_code, [d.message for d in error.diagnostics]) == (3, [message])


def test_the_layout_engine_is_ready_in_each_child() -> None:
    server = ForkServer(Limits(), {})
    try:
        server.ready()
        assert server.folder is not None
        assert [path.name for path in sorted(server.folder.rglob("fonts.conf"))] == ["fonts.conf"]
    finally:
        server.close()
