"""How far a build has come: one moving line on a terminal, complete lines in a log."""

from __future__ import annotations

from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from briefpack.cli.console import Screen


class Steps:
    """A context in which `step` may be called; what it drew on a terminal is gone afterwards."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._bar: Progress | None = None
        if screen.width is not None:
            columns = (
                BarColumn(20),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.description}", markup=False),
            )
            self._bar = Progress(*columns, console=screen.console, transient=True)
            self._task = self._bar.add_task("checking", total=None)

    def __enter__(self) -> Steps:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def step(self, name: str, done: int, total: int) -> None:
        """Say what is begun, how much is done, and of how much."""
        if self._bar:
            self._bar.update(self._task, description=name, completed=done, total=total)
        else:
            self._screen.line(f"[{done + 1}/{total}] {name}")
            self._screen.console.file.flush()
