"""Run the benchmarks, all or those named, and write `bench/results.md`.

    python -m bench [NAME...] [--sizes 100,300,1000] [--repeats 3] [--sources N] [--all] [--date DAY] [--dry]

Names: check, noop, compare, edits, growth, dossier, kinds.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from bench import changing, check, compare, dossier, growth, kinds, noop
from bench.report import Part, aims_table, keep, written
from bench.request import Request

PARTS: Mapping[str, Callable[[Request], Part]] = {
    "check": check.measure,
    "noop": noop.measure,
    "compare": compare.measure,
    "edits": changing.measure,
    "growth": growth.measure,
    "dossier": dossier.measure,
    "kinds": kinds.measure,
}


def main() -> None:
    """Measure, print, and keep the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(PARTS)}; all if none")
    parser.add_argument("--sizes", default="100,300,1000", help="sources of the packs that show growth")
    parser.add_argument("--repeats", type=int, default=3, help="how often what is compared is run")
    parser.add_argument("--sources", type=int, default=0, help="sources of the dossiers, in place of 20 and 112")
    parser.add_argument("--all", action="store_true", help="growth of all products, not of the dossier alone")
    parser.add_argument("--date", default="", help="the day, to be written beside the results")
    parser.add_argument("--dry", action="store_true", help="print the results and keep none")
    given = parser.parse_args()
    if unknown := sorted(set(given.names) - set(PARTS)):
        parser.error(f"no part is called {', '.join(unknown)}; known: {', '.join(PARTS)}")
    sizes = tuple(int(size) for size in given.sizes.split(","))
    with tempfile.TemporaryDirectory(prefix="briefpack-bench-") as folder:
        request = Request(Path(folder), sizes, given.repeats, given.sources, "" if given.all else "dossier")
        for name in given.names or PARTS:
            part = PARTS[name](request)
            print("\n".join([written(part), *aims_table([asdict(aim) for aim in part.aims])]), flush=True)
            if not given.dry:
                keep(name, part, given.date)


if __name__ == "__main__":
    main()
