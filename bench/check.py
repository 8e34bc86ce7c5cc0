"""`briefpack check` against the size of the pack: seconds and memory, whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from bench.packs import ROOT, Size, write_pack

_TICK = 0.05


@dataclass(frozen=True, slots=True)
class Measure:
    """One run: wall time in seconds, and the greatest sum of memory of all its processes, in MB."""

    seconds: float
    megabytes: float
    exit_code: int


def run(command: list[str], folder: Path) -> Measure:
    """Run a command and watch the resident memory of it and all its children."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    greatest = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, greatest))
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - start
    watcher.join()
    return Measure(seconds, greatest[0], code)


def _watch(process: subprocess.Popen[bytes], greatest: list[float]) -> None:
    while process.poll() is None:
        greatest[0] = max(greatest[0], sum(_memory(pid) for pid in _family(process.pid)))
        time.sleep(_TICK)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        below = [int(child) for child in children.read_text().split()]
    except OSError:
        return []
    return [pid, *(descendant for child in below for descendant in _family(child))]


def _memory(pid: int) -> float:
    """Private memory of a process in MB; pages shared between forked processes count once, in the parent."""
    try:
        fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
        return int(fields["Pss"].split()[0]) / 1024
    except (OSError, KeyError, ValueError):
        return 0.0


def main(sizes: tuple[int, ...] = (100, 300, 1000)) -> list[str]:
    """Measure each size and return the rows of a table."""
    briefpack = str(Path(sys.executable).with_name("briefpack"))
    rows = ["| summaries | MB of sources | seconds | s per 100 summaries | MB of memory |", f"|{'---:|' * 5}"]
    shipped = run([briefpack, "check"], ROOT)
    size = _megabytes(ROOT / "seeds")
    rows.append(f"| shipped pack | {size:.2f} | {shipped.seconds:.2f} | | {shipped.megabytes:.0f} |")
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            write_pack(Path(folder), Size(count))
            os.sync()
            measure = run([briefpack, "check"], Path(folder))
            assert measure.exit_code == 0, f"the generated pack of {count} does not check"
            rows.append(
                f"| {count:,} | {_megabytes(Path(folder) / 'seeds'):.0f} | {measure.seconds:.1f} "
                f"| {measure.seconds / count * 100:.2f} | {measure.megabytes:.0f} |"
            )
    return rows


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.iterdir()) / 1_000_000
