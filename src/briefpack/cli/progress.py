"""How far a build has come: one moving line on a terminal, complete lines in a log."""

from __future__ import annotations

from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from briefpack.builder.workshop import Progress
from briefpack.cli.console import Screen

_LOG_EVERY = 10


class Steps:
    """A context in which `step` may be called; what it drew on a terminal is gone afterwards."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._bar: Bar | None = None
        self._told = 0
        if screen.width is not None:
            columns = (
                BarColumn(20),
                MofNCompleteColumn(),
                TextColumn("{task.fields[left]}", markup=False),
                TextColumn("{task.description}", markup=False),
            )
            self._bar = Bar(*columns, console=screen.console, transient=True)
            self._task = self._bar.add_task("checking", total=None, left="")

    def __enter__(self) -> Steps:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def step(self, progress: Progress) -> None:
        """Say what is made, how much is done of what is known, and how long the rest will take, if that is known."""
        if self._bar:
            self._bar.update(
                self._task,
                description=progress.name,
                completed=progress.done,
                total=progress.total,
                left=time_left(progress.seconds_left),
            )
        elif progress.done >= self._told + _LOG_EVERY:
            self._told = progress.done
            self._screen.line(f"[{progress.done}/{progress.total}] {progress.name}")
            self._screen.console.file.flush()


def time_left(seconds: float | None) -> str:
    """Seconds for people: nothing where not known."""
    if seconds is None:
        return ""
    return f"{seconds:.0f} s left" if seconds < 90 else f"{seconds / 60:.0f} min left"
