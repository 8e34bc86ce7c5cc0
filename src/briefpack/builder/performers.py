"""Who performs which kind of job: a table of names, for the modules are heavy and needed in layout children only.

    def perform_section(body: bytes, assets: Assets) -> tuple[bytes, bool]      the result, and whether it is good

A result that is not good holds the problems that were found, in the form of its kind.
"""

from __future__ import annotations

import importlib
import time
import traceback
from collections.abc import Callable, Mapping
from typing import Any, cast

from briefpack.builder.jobs import Assets, Cause, Job, Outcome

Performer = Callable[[bytes, Assets], tuple[bytes, bool]]

PERFORMERS: Mapping[str, str] = {
    "section": "briefpack.pdf.setting:perform_section",
    "furniture": "briefpack.pdf.setting:perform_furniture",
    "fit": "briefpack.builder.fitting:perform_fit",
    "face": "briefpack.pdf.faces:perform_face",
    "join": "briefpack.builder.joining:perform_join",
    "inspect": "briefpack.builder.inspecting:perform_inspection",
}
"""Kind of job: `module:function`."""


def perform(job: Job, assets: Assets, performers: Mapping[str, str] = PERFORMERS) -> Outcome:
    """Do a job here and now. Never raises: an exception becomes an outcome with its traceback."""
    started = time.monotonic()
    result, cause, detail = b"", "", ""
    try:
        found, is_good = performer_of(job.kind, performers)(job.body, {asset: assets[asset] for asset in job.assets})
        result, cause = bytes(found), "" if is_good else "problems"
    except MemoryError:
        cause, detail = "memory", "the memory that a job may use did not suffice\n" + _told()
    except BaseException:  # noqa: BLE001 - `sys.exit` included: a job must not end the child
        cause, detail = "defect", _told()
    return Outcome(job.key, result, _CAUSES[cause], detail, time.monotonic() - started)


def performer_of(kind: str, performers: Mapping[str, str] = PERFORMERS) -> Performer:
    """Return the function that performs jobs of a kind, importing its module; raise `LookupError` for no such kind."""
    if kind not in performers:
        raise LookupError(f"no performer for jobs of the kind {kind!r}")
    return cast("Performer", load(performers[kind]))


def load(name: str) -> Callable[..., Any]:
    """Return what `module:function` names."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


_CAUSES: dict[str, Cause] = {"": "", "problems": "problems", "memory": "memory", "defect": "defect"}
_MOST_DETAIL = 20_000


def _told() -> str:
    try:
        return traceback.format_exc()[-_MOST_DETAIL:]
    except Exception:  # noqa: BLE001 - memory may be short even for this
        return "no more is known"
