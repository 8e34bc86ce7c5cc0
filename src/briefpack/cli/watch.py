"""Check again whenever a file of the pack changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from briefpack.cli.console import Screen

FOLDERS = ("content", "seeds", "templates")
DEBOUNCE = 200
"""Milliseconds without a change before the check begins: editors write a file in several steps."""


def watch_pack(root: Path, screen: Screen, check: Callable[[], None]) -> None:
    """Call `check` now and after each change below `root`, until interrupted."""
    from watchfiles import watch  # noqa: PLC0415 - 50 ms that no other command needs

    _clear(screen)
    check()
    screen.line("Watching; Ctrl-C ends it.", "dim")
    folders = [root / name for name in FOLDERS if (root / name).is_dir()]
    for changes in watch(*folders, debounce=1600, step=DEBOUNCE, raise_interrupt=True):
        names = sorted({Path(path).name for _, path in changes})
        _clear(screen)
        screen.line(f"changed: {', '.join(names[:4])}{' …' if len(names) > 4 else ''}", "dim")
        check()
        screen.line("Watching; Ctrl-C ends it.", "dim")


def _clear(screen: Screen) -> None:
    """On a terminal each check has the screen for itself; in a log a line parts them."""
    if screen.width is not None:
        screen.console.clear()
    else:
        screen.line("-" * 20)
    screen.console.file.flush()
