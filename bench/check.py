"""`briefpack check` against the size of the pack: seconds and memory, whole processes."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from bench.builds import BRIEFPACK
from bench.material import ROOT
from bench.measure import run
from bench.packs import REGISTERS
from bench.report import Part, Table
from bench.request import Request


def measure(request: Request) -> Part:
    """Measure each size."""
    head = ("summaries", "MB of sources", "seconds", "s per 100 summaries", "MB of memory")
    shipped = run([BRIEFPACK, "check"], ROOT)
    size = _megabytes(ROOT / "seeds")
    rows = [("shipped pack", f"{size:.2f}", f"{shipped.seconds:.2f}", "", f"{shipped.all:.0f}")]
    for count in request.sizes:
        request.say(f"check: {count} summaries")
        folder = request.pack(replace(REGISTERS, sources=count))
        os.sync()
        found = run([BRIEFPACK, "check"], folder)
        assert found.exit_code == 0, f"the generated pack of {count} does not check"
        megabytes = _megabytes(folder / "seeds")
        each = found.seconds / count * 100
        rows.append((f"{count:,}", f"{megabytes:.0f}", f"{found.seconds:.1f}", f"{each:.2f}", f"{found.all:.0f}"))
    return Part("`briefpack check`", (Table(head, tuple(rows)),))


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.iterdir()) / 1_000_000
