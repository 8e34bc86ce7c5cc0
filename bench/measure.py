"""Whole processes: how long, how much of the processors, how much memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

_TICK = 0.1
_SELDOM = 4
"""One look of so many adds up the memory of all: the kernel walks every page for it, and takes its time."""

_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Measure:
    """One run of a command and all processes below it.

    `seconds` by the wall clock; `cpu` in user and system time of all; `one` is the greatest resident memory of any one
    process and `all` the greatest sum of all at a time (shared pages count once), in MB; 0 where nothing tells.
    """

    seconds: float
    cpu: float
    one: float
    all: float
    exit_code: int
    output: bytes = b""
    errors: bytes = b""


@dataclass(slots=True)
class _Watch:
    """What was seen of a family of processes so far."""

    root: int
    one: float = 0.0
    all: float = 0.0
    cpu: dict[int, float] = field(default_factory=dict)
    looks: int = 0

    def look(self) -> None:
        pids = _family(self.root)
        for pid in pids:
            self.one = max(self.one, _kilobytes(pid, "status", "VmHWM") / 1024)
            self.cpu[pid] = max(self.cpu.get(pid, 0.0), _processor(pid))
        if self.looks % _SELDOM == 0:
            self.all = max(self.all, sum(_kilobytes(pid, "smaps_rollup", "Pss") for pid in pids) / 1024)
        self.looks += 1


def run(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> Measure:
    """Run a command in `folder` and measure it; `environment` adds to that of this process."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            env={**os.environ, **(environment or {})},
        )
        watch, ended = _Watch(process.pid), threading.Event()
        watcher = threading.Thread(target=_until, args=(watch, ended))
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watcher.join()
        output.seek(0)
        errors.seek(0)
        # A process whose parent did not wait for it is missing in the usage; what was seen of it counts then.
        cpu = max(usage.ru_utime + usage.ru_stime, sum(watch.cpu.values()))
        return Measure(seconds, cpu, watch.one, watch.all, process.returncode, output.read(), errors.read())


def both(first: Measure, second: Measure) -> Measure:
    """One command after the other, as one."""
    return Measure(
        first.seconds + second.seconds,
        first.cpu + second.cpu,
        max(first.one, second.one),
        max(first.all, second.all),
        first.exit_code or second.exit_code,
    )


@dataclass(frozen=True, slots=True)
class Series:
    """Several runs of the same."""

    runs: tuple[Measure, ...]

    @property
    def seconds(self) -> float:
        """The median by the wall clock."""
        return median(run.seconds for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median of processor time."""
        return median(run.cpu for run in self.runs)

    @property
    def one(self) -> float:
        """The greatest memory of any one process of any run, in MB."""
        return max(run.one for run in self.runs)

    @property
    def spread(self) -> str:
        """The shortest and the longest run."""
        times = sorted(run.seconds for run in self.runs)
        return f"{times[0]:.2f}–{times[-1]:.2f}"


def _until(watch: _Watch, ended: threading.Event) -> None:
    watch.look()
    while not ended.wait(_TICK):
        watch.look()


def _family(pid: int) -> list[int]:
    """A process and all below it; children hang on the thread that made them."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        below = [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(descendant for child in below for descendant in _family(child))]


def _kilobytes(pid: int, file: str, name: str) -> int:
    try:
        for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    except (OSError, ValueError, IndexError):
        pass
    return 0


def _processor(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _SECOND
    except (OSError, ValueError, IndexError):
        return 0.0
