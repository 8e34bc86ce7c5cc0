"""Whether files still are as they were: what was asked of a `World`, held against what stands there now.

Digests decide. Size, times and inode only spare the reading of a file that was at rest when its state was taken: both
its times were at least two seconds older, by the file system's own clock, than the beginning of the run that read it.
Whatever is younger could have changed within one tick of that clock, and is read again.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from briefpack.diagnostics import BriefpackError
from briefpack.world import Digest, Stamp, World

REST = 2 * 10**9
"""Nanoseconds: the coarsest clock of a file system in use (FAT) ticks every two seconds."""


class State(NamedTuple):
    """A file's content, and what the file system said of it then; without that it is read in any case."""

    digest: Digest
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a `World`, as it is recorded there."""

    reads: Mapping[str, State] = field(default_factory=dict)
    listings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    misses: tuple[str, ...] = ()
    found: tuple[str, ...] = ()


def asked_of(world: World, besides: str) -> Asked | None:
    """Return what was asked of `world`, leaving out all at or below the folder `besides`.

    None where the answers do not fit together: something changed meanwhile, or is there that was not.
    """

    def counts(path: str) -> bool:
        return path != besides and not path.startswith(f"{besides}/")

    record = world.record
    missed = tuple(sorted(filter(counts, record.misses)))
    is_steady = not any(map(counts, record.unsteady)) and not any(_stands(world, path) for path in missed)
    if not is_steady:
        return None
    return Asked(
        {path: State(found, record.stamps.get(path)) for path, found in sorted(record.reads.items()) if counts(path)},
        {place: paths for place, paths in sorted(record.listings.items()) if counts(place.rpartition("/*")[0])},
        missed,
        tuple(sorted(path for path in record.found if counts(path) and path not in record.reads)),
    )


@dataclass(slots=True)
class Agreement:
    """Compares with the files below `world`; `since` is when the run began that took the states, in nanoseconds.

    `fresh` has the state of each file that was read again. A difference is said as a few words; "" means none.
    """

    world: World
    since: int
    fresh: dict[str, State] = field(default_factory=dict)
    _folders: dict[str, str] = field(default_factory=dict, init=False)

    def difference(self, asked: Asked) -> str:
        """Return the first thing that would be answered otherwise now."""
        return next(self._differences(asked), "")

    def changed(self, states: Mapping[str, State]) -> str:
        """Return the first of these files that is gone or has another content."""
        return next(self._changes(states), "")

    def _differences(self, asked: Asked) -> Iterator[str]:
        for place, paths in asked.listings.items():
            folder, _, suffix = place.rpartition("/*")
            if self._listing(folder, suffix) != paths:
                yield f"the files in {folder} are others"
        yield from (f"{path} is there now" for path in asked.misses if self._status(path) is not None)
        yield from (f"{path} is gone" for path in asked.found if not _is_file(self._status(path)))
        yield from self._changes(asked.reads)

    def _changes(self, states: Mapping[str, State]) -> Iterator[str]:
        for path, state in states.items():
            status = self._status(path)
            if status is None:
                yield f"{path} is gone"
            elif not self._is_same(path, state, status):
                yield f"{path} is changed"

    def _is_same(self, path: str, state: State, status: os.stat_result) -> bool:
        if state.stamp == Stamp.of(status) and was_at_rest(state, self.since):
            return True
        now = self._read(path) if _is_file(status) else None
        if now is None or now.digest != state.digest:
            return False
        self.fresh[path] = now
        return True

    def _read(self, path: str) -> State | None:
        try:
            with self.world.resolve(path).open("rb") as file:
                stamp = Stamp.of(os.fstat(file.fileno()))
                return State(hashlib.file_digest(file, "sha256").hexdigest(), stamp)
        except (OSError, BriefpackError):
            return None

    def _listing(self, folder: str, suffix: str) -> Iterable[str] | None:
        try:
            found = self.world.listing(folder, suffix)
        except BriefpackError:
            return None
        return None if folder in self.world.record.misses else found

    def _status(self, path: str) -> os.stat_result | None:
        """The status of what stands at a path; None where nothing does, or something outside the root.

        Each folder is resolved once, and a file only where it is a link: `World.resolve` looks at every part of a path.
        """
        folder, _, name = path.rpartition("/")
        try:
            if folder not in self._folders:
                self._folders[folder] = str(self.world.resolve(folder))
            status = os.lstat(f"{self._folders[folder]}/{name}")
            return self.world.resolve(path).stat() if stat.S_ISLNK(status.st_mode) else status
        except (OSError, BriefpackError):
            return None


def was_at_rest(state: State, since: int) -> bool:
    """Whether the file had not changed for a while when the run began that took its state."""
    return state.stamp is not None and max(state.stamp.mtime, state.stamp.ctime) < since - REST


def _is_file(status: os.stat_result | None) -> bool:
    return status is not None and stat.S_ISREG(status.st_mode)


def _stands(world: World, path: str) -> bool:
    try:
        return os.path.lexists(world.resolve(path))
    except BriefpackError:
        return True
