"""The engine `dask`, with a scheduler and workers of its own on this machine."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

import pytest
from tests.builder.bad_jobs import PERFORMERS, job_of
from tests.builder.test_engines import sections
from tests.conftest import TINY

from briefpack.builder.build import build
from briefpack.builder.cluster import DaskEngine
from briefpack.builder.cluster_access import Security
from briefpack.builder.cluster_worker import is_whole, sealed
from briefpack.builder.engines import Setup, engine_named
from briefpack.builder.jobs import Outcome
from briefpack.builder.limits import Limits
from briefpack.builder.performers import perform
from briefpack.builder.report import BuildRequest
from briefpack.diagnostics import BriefpackError
from briefpack.world import World, digest

ROOT = Path(__file__).parents[2]
FONT = b"a font" * 1000
LIMITS = Limits(wall=20.0, factors={"loop": 0.05})
OTHER_TOOLCHAIN = """
import briefpack.builder.cluster_worker as worker
worker.fingerprint = lambda: "f" * 64
"""


@dataclass(slots=True)
class Cluster:
    """A scheduler, and workers by name."""

    folder: Path
    options: tuple[str, ...] = ()
    address: str = ""
    scheduler: subprocess.Popen[bytes] | None = None
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    logs: list[IO[bytes]] = field(default_factory=list)

    def start(self, protocol: str = "tcp") -> None:
        log = self.folder / "scheduler.log"
        command = ["scheduler", "--host", f"{protocol}://127.0.0.1", "--port", "0", "--no-dashboard"]
        self.scheduler = self._run([*command, "--no-show"], log)
        self.address = _told(log, r"Scheduler at:\s+(\S+)")

    def worker(self, name: str, *more: str) -> None:
        command = ["worker", self.address, "--name", name, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        log = self.folder / f"{name}.log"
        self.workers[name] = self._run([*command, "--local-directory", str(self.folder / name), *more], log)
        _told(log, r"(Registered to)")

    def _run(self, command: list[str], log: Path) -> subprocess.Popen[bytes]:
        file = log.open("wb")
        self.logs.append(file)
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{command[0]}", *command[1:], *self.options],
            stdout=file,
            stderr=file,
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
        )

    def stop(self) -> None:
        for process in [*self.workers.values(), *([self.scheduler] if self.scheduler else [])]:
            process.kill()
            process.wait()
        for log in self.logs:
            log.close()


def _told(log: Path, pattern: str) -> str:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if log.exists() and (found := re.search(pattern, log.read_text())):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(log.read_text())


@contextmanager
def a_cluster(folder: Path, *workers: str, options: tuple[str, ...] = (), protocol: str = "tcp") -> Iterator[Cluster]:
    cluster = Cluster(folder, options)
    try:
        cluster.start(protocol)
        for name in workers:
            cluster.worker(name)
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with a_cluster(tmp_path_factory.mktemp("cluster"), "one", "two") as cluster:
        yield cluster


@pytest.fixture(scope="module")
def engine(cluster: Cluster) -> Iterator[DaskEngine]:
    with DaskEngine(cluster.address, limits=LIMITS, performers=PERFORMERS) as engine:
        yield engine


# Results


def test_jobs_on_a_cluster_have_the_same_results_as_here(engine: DaskEngine) -> None:
    assets = {digest(FONT): FONT}
    jobs = [job_of("joined", str(n).encode(), tuple(assets)) for n in range(5)]
    jobs += [job_of("reverse", b"abc"), job_of("problems")]
    there = [future.result(60) for future in [engine.submit(job, assets) for job in jobs]]
    here = [perform(job, assets, PERFORMERS) for job in jobs]

    assert [replace(outcome, seconds=0) for outcome in there] == [replace(outcome, seconds=0) for outcome in here]


@pytest.mark.parametrize(
    ("kind", "cause", "detail"),
    [
        ("loop", "time", "stopped after 1 s, the limit for one job"),
        ("abort", "crash", "the interpreter died of SIGABRT"),
        ("raising", "defect", "Traceback (most recent call last):"),
    ],
)
def test_a_job_that_misbehaves_is_stopped_in_its_worker(engine: DaskEngine, kind: str, cause: str, detail: str) -> None:
    outcome = engine.submit(job_of(kind), {}).result(60)

    assert (outcome.cause, outcome.detail.splitlines()[0]) == (cause, detail)


def test_an_asset_that_nobody_has_is_the_callers_mistake(engine: DaskEngine) -> None:
    with pytest.raises(KeyError):
        engine.submit(job_of("joined", b"", ("f" * 64,)), {})


def test_an_asset_may_be_named_by_what_it_says(engine: DaskEngine) -> None:
    assert engine.submit(job_of("joined", b"", ("c" * 64,)), {"c" * 64: b"a pickle"}).result(60).result == b"a pickle"


def test_an_asset_that_arrives_otherwise_than_it_was_sent_is_not_used(
    engine: DaskEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefpack.builder.cluster.digest", lambda content: "e" * 64)
    outcome = engine.submit(job_of("joined", b"", ("d" * 64,)), {"d" * 64: b"other"}).result(60)

    assert outcome.cause == "crash"
    assert outcome.detail.startswith("the job's assets were damaged on their way to tcp://127.0.0.1:")


def test_a_reply_that_was_changed_is_not_whole() -> None:
    job = job_of("echo")
    reply = sealed(Outcome(job.key, b"result"), "tcp://127.0.0.1:1")
    changed = [
        replace(reply, outcome=replace(reply.outcome, result=b"resalt")),
        replace(reply, outcome=replace(reply.outcome, cause="time")),
        replace(reply, worker="tcp://127.0.0.1:2"),
        replace(reply, seal="0" * 64),
    ]

    assert is_whole(job, reply)
    assert [is_whole(job, other) for other in changed] == [False] * 4
    assert not is_whole(job_of("reverse"), reply)


def test_a_section_set_on_a_cluster_has_the_same_bytes_as_one_set_here(cluster: Cluster) -> None:
    (job,), assets = sections(1)
    with DaskEngine(cluster.address) as engine:
        there = engine.submit(job, assets).result(60)

    assert (there.cause, there.detail) == ("", "")
    assert there.result == perform(job, assets).result


def test_a_pack_built_on_a_cluster_has_the_same_bytes_as_one_built_here(tmp_path: Path, cluster: Cluster) -> None:
    here = built(tmp_path / "here", BuildRequest(jobs=2))
    there = built(tmp_path / "there", BuildRequest(engine="dask", scheduler=cluster.address))

    assert len(here) >= 2
    assert sorted(there) == sorted(here)
    assert [name for name in here if there[name] != here[name]] == []


def built(root: Path, request: BuildRequest) -> dict[str, bytes]:
    shutil.copytree(TINY, root)
    report = build(World(root), request)
    assert [product.name for product in report.products if not product.is_made] == []
    out = root / "build" / "out"
    return {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*.pdf")}


# Losses


def test_a_worker_that_is_killed_costs_no_job(tmp_path: Path) -> None:
    assets = {digest(FONT): FONT}
    with a_cluster(tmp_path, "doomed", "other") as cluster:
        with DaskEngine(cluster.address, limits=LIMITS, performers=PERFORMERS) as engine:
            jobs = [job_of("slow_joined", str(n).encode(), tuple(assets)) for n in range(60)]
            futures = [engine.submit(job, assets) for job in jobs]
            assert wait(futures, 60, FIRST_COMPLETED).not_done
            cluster.workers["doomed"].send_signal(signal.SIGKILL)
            there = [future.result(60) for future in futures]

        assert cluster.workers["doomed"].wait() == -signal.SIGKILL
    here = [perform(job_of("joined", job.body, job.assets), assets, PERFORMERS) for job in jobs]
    assert [outcome.result for outcome in there] == [outcome.result for outcome in here]


def test_what_waits_for_workers_that_are_all_gone_is_given_up(tmp_path: Path) -> None:
    with (
        a_cluster(tmp_path, "only") as cluster,
        DaskEngine(cluster.address, limits=LIMITS, performers=PERFORMERS, patience=0.5) as engine,
    ):
        assert engine.submit(job_of("echo", b"1"), {}).result(60).result == b"1"
        futures = [engine.submit(job_of("sleep", b"5"), {}), engine.submit(job_of("sleep", b"6"), {})]
        cluster.workers["only"].kill()
        errors = [future.exception(60) for future in futures]
        later = engine.submit(job_of("echo"), {}).exception(60)

    assert isinstance(later, BriefpackError)
    assert errors == [later, later]
    message = f"the cluster at {cluster.address} has no worker left; 2 jobs wait"
    assert (later.exit_code, later.diagnostics[0].message) == (3, message)


def test_a_scheduler_that_dies_is_named(tmp_path: Path) -> None:
    with (
        a_cluster(tmp_path, "only") as cluster,
        DaskEngine(cluster.address, limits=LIMITS, performers=PERFORMERS) as engine,
    ):
        future = engine.submit(job_of("sleep", b"5"), {})
        assert cluster.scheduler
        cluster.scheduler.kill()
        error = future.exception(60)

    assert isinstance(error, BriefpackError)
    assert (error.exit_code, error.diagnostics[0].message) == (3, f"the scheduler at {cluster.address} is gone")


def test_what_runs_when_the_engine_closes_is_dropped(cluster: Cluster) -> None:
    engine = DaskEngine(cluster.address, limits=LIMITS, performers=PERFORMERS)
    with engine:
        future = engine.submit(job_of("sleep", b"2"), {})

    with pytest.raises(CancelledError):
        future.result(1)
    assert engine.submit(job_of("echo"), {}).cancelled()


# Other toolchains


def test_a_worker_with_another_toolchain_is_refused_and_its_jobs_go_to_others(tmp_path: Path) -> None:
    preload = tmp_path / "other_toolchain.py"
    preload.write_text(OTHER_TOOLCHAIN)
    with a_cluster(tmp_path) as cluster:
        cluster.worker("other", "--preload", str(preload))
        with DaskEngine(cluster.address, limits=LIMITS, performers=PERFORMERS) as engine:
            outcome = engine.submit(job_of("echo", b"1"), {}).result(60)
            (refused,) = engine.refused

            assert (outcome.cause, outcome.result) == ("toolchain", b"")
            assert outcome.detail.startswith(f"the worker {refused} has another toolchain (ffffffff) than this machine")

            cluster.worker("right")
            results = [engine.submit(job_of("echo", str(n).encode()), {}) for n in range(10)]
            assert [future.result(60).result for future in results] == [str(n).encode() for n in range(10)]


# Addresses


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("", "'' is not the address of a scheduler"),
        ("tls://host", "'tls://host' is not the address of a scheduler"),
        ("tcp://127.0.0.1:port", "'tcp://127.0.0.1:port' is not the address of a scheduler"),
        ("tcp://10.0.0.1:8786", "tcp://10.0.0.1:8786 is another machine, and the connection to it is not secured"),
        ("example.org:8786", "example.org:8786 is another machine, and the connection to it is not secured"),
        (
            "tcp://127.example.org:1",
            "tcp://127.example.org:1 is another machine, and the connection to it is not secured",
        ),
        ("ws://127.0.0.1:8786", "ws://127.0.0.1:8786 is another machine, and the connection to it is not secured"),
        ("tls://host:8786", "a connection to tls://host:8786 needs certificates"),
    ],
)
def test_an_address_that_is_not_secured_is_a_misuse(address: str, message: str) -> None:
    with pytest.raises(BriefpackError) as raised:
        engine_named("dask", Setup(address=address))

    assert (raised.value.exit_code, raised.value.diagnostics[0].message) == (2, message)


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "tcp://localhost:1", "tcp://[::1]:8786", "tcp://127.3.2.1:1"])
def test_this_machine_needs_no_certificates(address: str) -> None:
    assert DaskEngine(address).address.removeprefix("tcp://") == address.removeprefix("tcp://")


def test_a_certificate_that_is_not_there_is_a_misuse() -> None:
    with pytest.raises(BriefpackError) as raised:
        DaskEngine("tls://host:8786", Security("no-ca.pem", "no.pem", "no.key"))

    assert (raised.value.exit_code, raised.value.diagnostics[0].message) == (2, "no file 'no-ca.pem'")


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefpack.builder.cluster_access._CONNECT", 0.5)
    with pytest.raises(BriefpackError) as raised:
        DaskEngine("tcp://127.0.0.1:1").start()

    assert (raised.value.exit_code, raised.value.diagnostics[0].message) == (
        3,
        "no scheduler answers at tcp://127.0.0.1:1",
    )


def test_a_cluster_with_certificates_is_used_through_tls(tmp_path: Path) -> None:
    paths = {name: str(tmp_path / f"{name}.pem") for name in ("certificate", "key")}
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=briefpack test",
         "-keyout", paths["key"], "-out", paths["certificate"]],
        check=True,
        capture_output=True,
    )  # fmt: skip
    security = Security(paths["certificate"], paths["certificate"], paths["key"])
    options = ("--tls-ca-file", paths["certificate"], "--tls-cert", paths["certificate"], "--tls-key", paths["key"])
    with (
        a_cluster(tmp_path, "one", options=options, protocol="tls") as cluster,
        DaskEngine(cluster.address, security, LIMITS, PERFORMERS) as engine,
    ):
        assert cluster.address.startswith("tls://")
        assert engine.submit(job_of("reverse", b"abc"), {}).result(60).result == b"cba"
