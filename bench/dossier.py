"""A dossier of about 1,000 pages: its size, the time a page takes, and memory."""

from __future__ import annotations

from bench.builds import Build, build, cold
from bench.packs import DOSSIER_1000
from bench.report import Aim, Part, Table
from bench.request import Request

_MOST_BYTES = 15_000
_MOST_MEMORY = 700


def measure(request: Request) -> Part:
    """Build cold, then where nothing changed."""
    folder = request.pack(request.sized(DOSSIER_1000))
    request.say("dossier: cold")
    first = cold(folder)
    request.say("dossier: nothing changed")
    same = build(folder)
    head = (
        "dossier",
        "pages",
        "seconds",
        "CPU seconds",
        "ms a page",
        "kB a page",
        "sections typeset",
        "MB, greatest process",
        "MB, all",
    )
    each = first.bytes / first.pages
    aims = (
        Aim(
            f"bytes a page of a dossier of {first.pages:,} pages",
            "at most 15 kB",
            f"{each / 1000:.1f} kB",
            each <= _MOST_BYTES,
        ),
        Aim(
            f"memory of any one process, {first.pages:,} pages",
            f"at most {_MOST_MEMORY} MB",
            f"{first.measure.one:.0f} MB",
            first.measure.one <= _MOST_MEMORY,
        ),
    )
    rows = (_row("cold", first), _row("nothing changed", same))
    return Part("A long dossier", (Table(head, rows),), aims)


def _row(name: str, found: Build) -> tuple[str, ...]:
    measure = found.measure
    return (
        name,
        f"{found.pages:,}",
        f"{measure.seconds:.2f}",
        f"{measure.cpu:.2f}",
        f"{measure.seconds / found.pages * 1000:.1f}",
        f"{found.bytes / found.pages / 1000:.1f}",
        found.sections,
        f"{measure.one:.0f}",
        f"{measure.all:.0f}",
    )
