"""Inspecting a PDF of whatever origin in a child of its own, with limited time and memory and without network.

    inspected(content, name, profiles=()) -> tuple[Diagnostic, ...]

A file that is made to harm costs its child, and is then said to be unreadable.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from briefpack.builder.engines import Setup, engine_named
from briefpack.builder.jobs import make_job
from briefpack.builder.limits import Limits
from briefpack.diagnostics import Code, Diagnostic, Location, in_order
from briefpack.pdf.answers import answer, read_answer
from briefpack.pdf.inspection.findings import Findings
from briefpack.world import Digest, digest

PROFILES = ("ua1", "3a")
"""What `page-validation` is asked for: PDF/UA-1 and PDF/A-3a."""

LIMITS = Limits(wall=240.0, memory=4_000_000_000)
MOST_BYTES = 500_000_000

_CAUSES = {
    "time": f"reading it takes more than {LIMITS.wall:.0f} seconds",
    "memory": "reading it takes more memory than a file may",
    "crash": "reading it made a library crash",
}


def has_validator() -> bool:
    """Whether the optional package `page-validation` is installed."""
    return find_spec("page") is not None


def inspected(content: bytes, name: str, profiles: Sequence[str] = ()) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a PDF called `name`, by our own inspector and by each of `profiles`."""
    if len(content) > MOST_BYTES:
        return (_unreadable(name, f"it has {len(content):,} bytes; {MOST_BYTES:,} are allowed"),)
    job = make_job("inspect", f"inspection of {name}", pickle.dumps((content, name, tuple(profiles))), (), digest(b""))
    with engine_named("local", Setup(1, LIMITS)) as engine:
        outcome = engine.submit(job, {}).result()
    if not outcome.is_done:
        return (_unreadable(name, _CAUSES.get(outcome.cause, outcome.detail.strip().rpartition("\n")[2])),)
    return in_order(read_answer(outcome.result).diagnostics)


def perform_inspection(body: bytes, assets: Mapping[Digest, bytes]) -> tuple[bytes, bool]:
    """Inspect the file of a job; the result is empty, its problems are what was found."""
    from briefpack.pdf.inspection import inspect_file  # noqa: PLC0415 - pikepdf, which other jobs do not need

    del assets
    content, name, profiles = pickle.loads(body)
    found = [*inspect_file(content, name)]
    if not any(problem.code is Code.PDF_UNREADABLE for problem in found):
        for profile in profiles:
            found += _validated(content, name, profile)
    return answer(b"", found)


def _validated(content: bytes, name: str, profile: str) -> tuple[Diagnostic, ...]:
    import page  # noqa: PLC0415 - optional

    found = Findings(name)
    try:
        failures = page.validate_pdf_bytes(content, profile=profile).failures
    except page.PageError as error:
        found.add(Code.PDF_PROFILE_FAILED, f"{profile}: the validator cannot read the file: {error}")
        return found.all()
    for failure in failures:
        found.add(Code.PDF_PROFILE_FAILED, f"{profile}: {failure.rule_id}: {failure.message}")
    return found.all()


def _unreadable(name: str, why: str) -> Diagnostic:
    hint = "open it in another program and save it again as a PDF"
    return Diagnostic(Code.PDF_UNREADABLE, f"the file cannot be read: {why}", Location(name), hint)
