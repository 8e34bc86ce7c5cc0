"""Nothing changed: the shipped pack, built again."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.builds import build, cold, imported
from bench.material import ROOT
from bench.measure import Series
from bench.report import Aim, Part, Table
from bench.request import Request

_HEAVY = ("weasyprint", "pikepdf")


def measure(request: Request) -> Part:
    """Build all of the shipped pack, then again where nothing changed."""
    folder = shipped(request)
    request.say("noop: the shipped pack, cold")
    first = cold(folder, kind="")
    runs = []
    for turn in range(max(request.repeats, 1)):
        request.say(f"noop: nothing changed, {turn + 1} of {request.repeats}")
        runs.append(build(folder, kind=""))
    found = Series(tuple(run.measure for run in runs))
    heavy = imported(folder, _HEAVY, kind="")
    rows = (
        (
            "cold",
            f"{first.measure.seconds:.2f}",
            "",
            first.sections,
            f"{first.measure.one:.0f}",
            f"{first.measure.all:.0f}",
        ),
        ("nothing changed", f"{found.seconds:.2f}", found.spread, runs[-1].sections, f"{found.one:.0f}", ""),
    )
    head = ("shipped pack, all products", "seconds", "spread", "sections typeset", "MB, greatest process", "MB, all")
    aims = (
        Aim("nothing changed, shipped pack", "at most 0.25 s", f"{found.seconds:.2f} s", found.seconds <= 0.25),
        Aim(
            "imported when nothing changed", f"neither {' nor '.join(_HEAVY)}", ", ".join(heavy) or "neither", not heavy
        ),
    )
    return Part("Nothing changed", (Table(head, rows),), aims)


def shipped(request: Request) -> Path:
    """A copy of the shipped pack."""
    folder = request.folder / "shipped"
    for part in ("content", "seeds", "templates"):
        shutil.copytree(ROOT / part, folder / part, dirs_exist_ok=True)
    return folder
