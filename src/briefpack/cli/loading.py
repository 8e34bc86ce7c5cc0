"""What most commands begin with: the pack, checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from briefpack.cli.place import open_world
from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location
from briefpack.world import World

if TYPE_CHECKING:  # what checks a pack takes a third of a second to load: not for a build with nothing to do
    from briefpack.builder.check import Outcome
    from briefpack.citations.gate import Verified
    from briefpack.sources.source import Source


@dataclass(frozen=True, slots=True)
class Opened:
    """A pack whose settings could be read; its content may have problems."""

    world: World
    outcome: Outcome
    verified: Verified


def open_pack(context: typer.Context) -> Opened:
    """Read and check the pack; raise `BriefpackError` where its settings cannot be read."""
    from briefpack.builder.check import check_pack  # noqa: PLC0415 - see above

    world = open_world(context)
    outcome = check_pack(world)
    if outcome.verified is None:
        raise BriefpackError(*(d for d in outcome.diagnostics if d.is_error))
    return Opened(world, outcome, outcome.verified)


def find_source(opened: Opened, given: str) -> Source:
    """Return the source with this id, or the only one whose id begins so; raise `BriefpackError` where none is."""
    from briefpack.pack.validation import did_you_mean  # noqa: PLC0415 - see above

    sources = opened.verified.sources
    fitting = [name for name in sources if name == given] or [
        name for name in sorted(sources) if name.startswith(given)
    ]
    if len(fitting) == 1:
        return sources[fitting[0]]
    if fitting:
        raise misuse(Code.REFERENCE_UNKNOWN, f"{given!r} begins several ids", f"write one of {', '.join(fitting)}")
    unread = {summary.id for summary in opened.verified.content.summaries} | opened.outcome.loaded.unusable
    if given in unread:
        raise misuse(Code.REFERENCE_UNKNOWN, f"the source {given!r} could not be read", "run `briefpack check` for why")
    known = sorted(sources)
    hint = did_you_mean(given, known) or (f"known: {', '.join(known)}" if known else "`briefpack add FILE` makes one")
    raise misuse(Code.REFERENCE_UNKNOWN, f"no source {given!r}", hint)


def misuse(code: Code, message: str, hint: str, file: str = "") -> BriefpackError:
    """The error for an argument that names nothing, or cannot be used: exit code 2."""
    return BriefpackError(Diagnostic(code, message, Location(file), hint), exit_code=2)
