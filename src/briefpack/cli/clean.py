"""`briefpack clean`: what can be made again is removed."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Annotated

import typer

from briefpack.builder.store import Store
from briefpack.cli.console import Screen, counted, stdout
from briefpack.cli.place import find_root, shown_path

STORE = "build/store"

FOLDERS = (STORE, "build/draft", "build/out")
"""What a build makes again. `build/editions` is the archive and is not among them."""


def clean(
    context: typer.Context,
    older: Annotated[
        int | None, typer.Option(help="Only what lies in build/store unused for so many days.", metavar="DAYS", min=0)
    ] = None,
    keep_below: Annotated[
        int | None, typer.Option(help="Only so much of build/store that fewer megabytes are left.", metavar="MB", min=0)
    ] = None,
) -> None:
    """Remove what briefpack build made. Published editions stay.

    Removes build/out, build/draft and build/store, and nothing else.
    With an option, only files of build/store that were not used for longest.

    For example:

      briefpack clean
      briefpack clean --older 30 --keep-below 500      once a week, say

    Next: briefpack build makes again what is missing.
    """
    root = find_root(context)
    screen = stdout()
    if older is not None or keep_below is not None:
        _prune(screen, root, older, keep_below)
        return
    removed = False
    for name in FOLDERS:
        folder = root / name
        if folder.is_symlink():  # somebody put it elsewhere: the link goes, what it leads to is not ours
            folder.unlink()
            screen.line(f"{shown_path(root, name)}: link removed")
            removed = True
        elif folder.is_dir():
            files, size = _size(folder)
            shutil.rmtree(folder)
            screen.line(f"{shown_path(root, name)}: removed, {counted(files, 'file')}, {size / 1e6:.1f} MB")
            removed = True
    if not removed:
        screen.line("Nothing to remove.")


def _prune(screen: Screen, root: Path, older: int | None, keep_below: int | None) -> None:
    most = None if keep_below is None else keep_below * 1_000_000
    store = Store(root / STORE)
    pruned = store.prune(most, older, time.time())
    store.close()
    removed = f"{counted(pruned.removed, 'file')} removed, {pruned.removed_bytes / 1e6:.1f} MB"
    left = f"{counted(pruned.left, 'file')} left, {pruned.left_bytes / 1e6:.1f} MB"
    screen.line(f"{shown_path(root, STORE)}: {removed}; {left}")


def _size(folder: Path) -> tuple[int, int]:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return len(files), sum(path.stat().st_size for path in files)
