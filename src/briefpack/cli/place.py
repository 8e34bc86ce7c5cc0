"""Where the command runs: the pack it is about, the environment, today. Nothing else reads these from the system."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from pathlib import Path

import typer

from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location
from briefpack.world import World, find_pack


@dataclass(frozen=True, slots=True)
class Globals:
    """What was given before the command: `pack` is the folder of `--pack`, or None."""

    pack: Path | None = None


def find_root(context: typer.Context) -> Path:
    """Return the pack's folder: that of `--pack`, else the nearest one upward; raise `BriefpackError` where none is."""
    given = context.find_object(Globals) or Globals()
    if given.pack is not None:
        if (given.pack / "content" / "pack.toml").is_file():
            return given.pack.resolve()
        raise _no_pack(f"no content/pack.toml in {str(given.pack)!r}", str(given.pack))
    here = Path.cwd()
    found = find_pack(here)
    if found is None:
        raise _no_pack("no content/pack.toml in this folder or in one above it", str(here))
    return found


def _no_pack(message: str, where: str) -> BriefpackError:
    hint = "run `briefpack init DIR` for a new pack, or name one with `--pack DIR`"
    return BriefpackError(Diagnostic(Code.PACK_MISSING, message, Location(where), hint), exit_code=2)


def open_world(context: typer.Context) -> World:
    """Return the world of the pack, with the environment and today's date."""
    return world_at(find_root(context))


def world_at(root: Path) -> World:
    """Return the world of the pack at `root`."""
    return World(root, dict(os.environ), datetime.date.today())


def shown_path(root: Path, path: str) -> str:
    """Return a path of the pack as it leads there from the working directory; a product's name stays as it is."""
    if os.path.isabs(path) or not (root / path.split("/", 1)[0]).exists():  # noqa: PTH117 - a string
        return path
    try:
        return os.path.relpath(os.path.realpath(root / path), os.path.realpath(Path.cwd()))
    except (OSError, ValueError):
        return str(root / path)
