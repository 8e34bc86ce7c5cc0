"""What a part of the benchmarks found, and how all of it becomes one table and one plot."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.material import ROOT
from bench.plot import Curve, plot

RESULTS = Path(__file__).with_name("results.json")
TABLES = Path(__file__).with_name("results.md")
PLOT = Path(__file__).with_name("growth.svg")


@dataclass(frozen=True, slots=True)
class Aim:
    """What was aimed at, what was measured, and whether that is enough; None where it could not be measured."""

    what: str
    aim: str
    measured: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; all cells are text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the benchmarks found. `curves` go into the plot."""

    title: str
    tables: tuple[Table, ...]
    aims: tuple[Aim, ...] = ()
    notes: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    curves: Mapping[str, Sequence[tuple[float, float]]] = field(default_factory=dict)


def keep(name: str, part: Part, date: str) -> None:
    """Keep what a part found, beside what other parts found before, and write table and plot anew."""
    kept: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    kept[name] = {**asdict(part), "machine": _machine(), "revision": _revision(), "date": date}
    RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    TABLES.write_text(_page(kept), encoding="utf-8")
    curves = kept.get("growth", {}).get("curves")
    if curves:
        PLOT.write_text(_plot(curves), encoding="utf-8")


def written(part: Part | Mapping[str, Any]) -> str:
    """A part as Markdown."""
    fields = asdict(part) if isinstance(part, Part) else part
    lines = [f"## {fields['title']}", ""]
    for table in fields["tables"]:
        lines += [_line(table["head"]), f"|{'---|' * len(table['head'])}", *map(_line, table["rows"]), ""]
    lines += [f"- {note}" for note in fields["notes"]]
    if fields.get("machine"):
        told = [fields["machine"], *fields["versions"], f"revision {fields['revision']}", fields["date"]]
        lines += ["", f"Measured: {'; '.join(item for item in told if item)}."]
    return "\n".join([*lines, ""])


def aims_table(aims: Sequence[Mapping[str, Any]]) -> list[str]:
    """The lines of a table of aims; none where there are none."""
    words = {True: "yes", False: "**no**", None: "not measured"}
    rows = [(aim["what"], aim["aim"], aim["measured"], words[aim["met"]]) for aim in aims]
    return [_line(("what", "aim", "measured", "met")), "|---|---|---|---|", *map(_line, rows), ""] if rows else []


def _page(kept: Mapping[str, Any]) -> str:
    ordered = [kept[name] for name in ("compare", "noop", "edits", "growth", "dossier", "check") if name in kept]
    lines = ["# Measured", "", "Written by `make bench`; [docs/performance.md](../docs/performance.md) says how.", ""]
    lines += aims_table([aim for part in ordered for aim in part["aims"]])
    lines += [written(part) for part in ordered]
    if any(part["curves"] for part in ordered):
        lines += ["![Time and memory against the number of sources](growth.svg)", ""]
    return "\n".join(lines)


def _plot(curves: Mapping[str, Sequence[Sequence[float]]]) -> str:
    return plot(
        "briefpack build against the number of sources",
        "sources",
        [Curve(name, name.rpartition(", ")[2], tuple((x, y) for x, y in points)) for name, points in curves.items()],
    )


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _machine() -> str:
    model = platform.processor() or platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    except (OSError, ValueError):
        return model
    python = platform.python_version()
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GB, Python {python}"


def _revision() -> str:
    told = subprocess.run(
        ["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"
