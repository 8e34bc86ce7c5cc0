"""`make soak COUNT=50 SEED=7`: ends with 1 where any step differs."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.soak.engine import RememberingEngine
from bench.soak.walk import Course, Step, Walk


def main(arguments: list[str]) -> int:
    """Take the steps, say what differs, and sum up."""
    chosen = _parser().parse_args(arguments)
    edits = chosen.count // 2 if chosen.edits is None else chosen.edits
    damages = chosen.count - chosen.count // 2 if chosen.damages is None else chosen.damages
    course = Course(edits, damages, chosen.command_every, chosen.forget_every, not chosen.on)
    folder = Path(chosen.folder or tempfile.mkdtemp(prefix="soak-"))
    started, seen = time.monotonic(), Counter[str]()
    with RememberingEngine(chosen.jobs, chosen.again) as engine:
        for step in Walk(folder / f"seed-{chosen.seed}", chosen.seed, engine, course).steps():
            _show(step, chosen.seed, seen, is_loud=chosen.verbose)
    counts = engine.counts
    print(
        f"seed {chosen.seed}: {seen['edit']} edits ({seen['invalid']} left the pack with errors), {seen['damage']} "
        f"damages, {seen['command']} by the command; {counts.done} jobs done, {counts.again} of them again, "
        f"{counts.remembered} remembered; {seen['different']} steps differ; {time.monotonic() - started:.0f} s"
    )
    if seen["different"]:
        return 1
    shutil.rmtree(folder / f"seed-{chosen.seed}")
    if not chosen.folder:
        folder.rmdir()
    return 0


def _show(step: Step, seed: int, seen: Counter[str], *, is_loud: bool) -> None:
    seen[step.kind] += 1
    seen["invalid"] += step.kind == "edit" and not step.is_valid
    seen["command"] += step.way == "command"
    seen["different"] += bool(step.differences)
    if is_loud or step.differences:
        print(f"seed {seed}, step {step.number}, {step.kind}: {step.done}", flush=True)
    for difference in step.differences:
        print(f"    {difference}")
    if step.kept:
        print(f"    both are kept in {step.kept}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("make soak", description=__doc__)
    parser.add_argument("--count", type=int, default=50, help="how many steps, half of them edits, half damages")
    parser.add_argument("--seed", type=int, default=7, help="which steps; the same seed takes the same")
    parser.add_argument("--edits", type=int, help="how many edits, whatever COUNT says")
    parser.add_argument("--damages", type=int, help="how many damages, whatever COUNT says")
    parser.add_argument("--jobs", type=int, default=0, help="how many jobs at a time; 0: one for each processor")
    parser.add_argument("--again", type=int, default=20, help="every so many remembered jobs one is done again")
    parser.add_argument("--command-every", type=int, default=25, help="every so many steps the command builds")
    parser.add_argument("--forget-every", type=int, default=100, help="every so many steps nothing is remembered")
    parser.add_argument("--folder", help="where the packs go; else a temporary folder")
    parser.add_argument("--on", action="store_true", help="go on after a difference")
    parser.add_argument("--verbose", action="store_true", help="name every step")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
