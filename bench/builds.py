"""`briefpack build` as a whole process, and what its report says."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bench.measure import Measure, run

BRIEFPACK = Path(sys.executable).with_name("briefpack")


@dataclass(frozen=True, slots=True)
class Build:
    """A build: its measure, and from its report pages, bytes and sections. `made` is None where it is not reported."""

    measure: Measure
    pages: int
    bytes: int
    made: int | None
    reused: int | None

    @property
    def sections(self) -> str:
        """How many sections were typeset, of how many."""
        if self.made is None or self.reused is None:
            return "not reported"
        return f"{self.made} of {self.made + self.reused}"


@lru_cache(maxsize=1)
def _jobs() -> tuple[str, ...]:
    """`--jobs 2`, where this version knows it."""
    told = run([BRIEFPACK, "build", "--help"], Path.cwd(), {"COLUMNS": "200"}).output
    return ("--jobs", "2") if b"--jobs" in told else ()


def build(folder: Path, *, kind: str = "dossier", environment: dict[str, str] | None = None) -> Build:
    """Build the pack in `folder`: all products, or with `kind` those of a kind. Raises where something was not made."""
    chosen = ("--product", kind) if kind else ()
    measure = run([BRIEFPACK, "build", "--json", *_jobs(), *chosen], folder, environment)
    if measure.exit_code:
        said = (measure.output[-2000:] + measure.errors[-2000:]).decode(errors="replace")
        raise RuntimeError(f"the build of a generated pack failed with {measure.exit_code}:\n{said}")
    products: list[dict[str, Any]] = json.loads(measure.output)["products"]
    counted = [product["sections"] for product in products if product.get("sections")]
    made = sum(sections["made"] for sections in counted) if counted else None
    reused = sum(sections["reused"] for sections in counted) if counted else None
    size = sum(file.stat().st_size for file in (folder / "build/out").rglob("*.pdf"))
    return Build(measure, sum(product["pages"] for product in products), size, made, reused)


def cold(folder: Path, *, kind: str = "dossier") -> Build:
    """Build where nothing was built before."""
    shutil.rmtree(folder / "build", ignore_errors=True)
    return build(folder, kind=kind)


def imported(folder: Path, names: tuple[str, ...], *, kind: str = "dossier") -> list[str]:
    """Which of the modules a build imports, in any of its processes that inherit its error output."""
    told = build(folder, kind=kind, environment={"PYTHONPROFILEIMPORTTIME": "1"}).measure.errors.decode(
        errors="replace"
    )
    loaded = {line.rpartition("|")[2].strip() for line in told.splitlines() if line.startswith("import time:")}
    return [name for name in names if name in loaded]
