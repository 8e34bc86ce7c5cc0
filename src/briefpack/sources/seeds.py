"""All files of `seeds/`, whether or not a summary names them."""

from __future__ import annotations

from collections.abc import Iterable

from briefpack.diagnostics import BriefpackError, Checked, Code, Diagnostic
from briefpack.sources.load import read_file
from briefpack.sources.model import SourceFile
from briefpack.world import World

SEEDS = "seeds"


def read_seeds(world: World, known: Iterable[SourceFile] = ()) -> Checked[tuple[SourceFile, ...]]:
    """Read every file of `seeds/` by its name; those in `known` were read already and keep their media type.

    Files that no reader knows are left out: they can be sources only through `source.text`, which says so itself. Other
    problems are reported.
    """
    files = {file.path: file for file in known}
    problems: list[Diagnostic] = []
    for path in world.listing(SEEDS):
        if path in files:
            continue
        try:
            files[path] = read_file(world, path)
        except BriefpackError as error:
            problems.extend(d for d in error.diagnostics if d.code is not Code.MEDIA_UNKNOWN)
    return Checked(tuple(files[path] for path in sorted(files)), tuple(problems))
