"""`briefpack clean`: what can be made again is removed."""

from __future__ import annotations

import shutil
from pathlib import Path

import typer

from briefpack.cli.console import counted, stdout
from briefpack.cli.place import find_root, shown_path

FOLDERS = ("build/store", "build/draft", "build/out")
"""What a build makes again. `build/editions` is the archive and is not among them."""


def clean(context: typer.Context) -> None:
    """Remove what briefpack build made. Published editions stay.

    Removes build/out, build/draft and build/store, and nothing else.

    For example:

      briefpack clean

    Next: briefpack build makes it all again.
    """
    root = find_root(context)
    screen = stdout()
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


def _size(folder: Path) -> tuple[int, int]:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return len(files), sum(path.stat().st_size for path in files)
