"""The store: results by the key of what they were made from. It spares work and can be deleted at any time.

    build/store/ab/cdef…     one result each, named by its key
    build/store/records/…    what whole builds read and left (`record.py`); pruned with the rest
    build/store/memo.sqlite  the memo tables: small values by key (`memo.py`)

Nothing in it is believed. An entry begins with a digest of its key and its content, and one that does not agree (cut
off by a full disk, changed by hand, copied under another name) is removed as if it had never been. So nothing is
flushed to the disk either: after a loss of power what is whole is used, and the rest is made again. A store that cannot
be read or written is no reason to stop: `find` then finds nothing, `keep` keeps nothing, and `trouble` says why.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from briefpack.builder.memo import Memo, Memos
from briefpack.world import UNFINISHED, Digest, clock_of_files

MEMOS = "memo.sqlite"
_KEY = re.compile(r"[0-9a-f]{64}")
_FOLDER = re.compile(r"[0-9a-f]{2}|records")
_NAME = re.compile(r"[0-9a-f]{62}|[0-9a-f]{64}")
_SEAL = 32
_DAY = 86_400 * 10**9
_HOUR = 3_600 * 10**9


class Pruned(NamedTuple):
    """How many entries were removed and are left, and their bytes; those left with the memo tables'."""

    removed: int
    removed_bytes: int
    left: int
    left_bytes: int


class _Entry(NamedTuple):
    used: int
    path: str
    size: int


@dataclass(slots=True)
class Store:
    """The store in `folder`. Threads and processes may use it at once; all see whole entries or none."""

    folder: Path
    trouble: str = ""
    """Why something could not be kept, the first time that happened."""
    _now: int | None = field(default=None, init=False)
    _memos: Memos | None = field(default=None, init=False)

    def find(self, key: Digest) -> bytes | None:
        """Return what was kept under `key`, or None."""
        path = self._path(key)
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe in its place must not stop it
        except OSError:
            return None
        try:
            status = os.fstat(handle)
            entry = _read(handle, status.st_size)
        except OSError:
            return None
        finally:
            os.close(handle)
        content = entry[_SEAL:]
        if entry[:_SEAL] != _seal(key, content) or not stat.S_ISREG(status.st_mode):
            with contextlib.suppress(OSError):
                os.unlink(path)
            return None
        self._mark_used(path, status.st_mtime_ns)
        return content

    def keep(self, key: Digest, content: bytes) -> bool:
        """Put `content` under `key`, whole or not at all; whether it was kept."""
        path = self._path(key)
        try:
            try:
                self._write(path, _seal(key, content), content)
            except FileNotFoundError:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                self._write(path, _seal(key, content), content)
        except OSError as error:
            self.trouble = self.trouble or (error.strerror or "refused").lower()
            return False
        return True

    def memo(self, table: str) -> Memo:
        """Return the memo table of this name. Its last uses are written by `close`."""
        return Memo(self._tables(), table)

    def close(self) -> None:
        """Write down what is pending, and let go of files."""
        if self._memos is not None:
            self._memos.close()

    def prune(self, most_bytes: int | None = None, oldest: float | None = None, now: float | None = None) -> Pruned:
        """Remove what was not used for `oldest` days, then what was used longest ago until `most_bytes` are left.

        Ages are counted from `now` (seconds since 1970), by default from the last use of anything in the store. What
        other processes are just writing is left alone, and so is any file that the store did not make.
        """
        entries = sorted(_entries(str(self.folder)))
        newest = entries[-1].used if entries else self._clock()
        newest = newest if now is None else int(now * 10**9)
        limit = newest - int(oldest * _DAY) if oldest is not None else None
        tables = self._tables().prune(limit, most_bytes)
        left = tables + sum(entry.size for entry in entries)
        removed: list[_Entry] = []
        for entry in entries:
            if UNFINISHED in entry.path:
                is_wanted = entry.used >= newest - _HOUR
            else:
                is_recent = limit is None or entry.used >= limit
                is_wanted = is_recent and (most_bytes is None or left <= most_bytes)
            if not is_wanted and _remove(entry.path):
                removed.append(entry)
                left -= entry.size
        return Pruned(len(removed), sum(entry.size for entry in removed), len(entries) - len(removed), left)

    def _tables(self) -> Memos:
        if self._memos is None:
            self._memos = Memos(self.folder / MEMOS, self._clock)
        return self._memos

    def _path(self, key: Digest) -> str:
        if not _KEY.fullmatch(key):
            raise ValueError(f"no digest: {key!r}")
        return f"{self.folder}/{key[:2]}/{key[2:]}"

    @staticmethod
    def _write(path: str, *parts: bytes) -> None:
        handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=os.path.dirname(path))
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(parts)
            os.replace(name, path)
        except BaseException:
            _remove(name)
            raise

    def _mark_used(self, path: str, marked: int) -> None:
        """Move the time of a file on that was not marked for a day: a build that finds thousands writes nothing."""
        if self._clock() - marked > _DAY:
            with contextlib.suppress(OSError):
                os.utime(path)

    def _clock(self) -> int:
        """The file system's time, in nanoseconds, when it was first asked; 0 where the folder cannot be written."""
        if self._now is None:
            try:
                self._now = clock_of_files(self.folder)
            except OSError:
                self._now = 0
        return self._now


def _seal(key: Digest, content: bytes) -> bytes:
    seal = hashlib.sha256(f"briefpack {key}\n".encode())
    seal.update(content)
    return seal.digest()


def _read(handle: int, size: int) -> bytes:
    content = os.read(handle, size + 1)
    while len(content) < size and (more := os.read(handle, size - len(content) + 1)):
        content += more
    return content


def _entries(folder: str) -> Iterator[_Entry]:
    """Every file in the store but the memo tables, which have an order of their own; nothing that is not ours."""
    for inner in _scan(folder):
        if _FOLDER.fullmatch(inner.name):
            for entry in _scan(inner.path):
                if not (_NAME.fullmatch(entry.name) or entry.name.startswith(UNFINISHED)):
                    continue
                with contextlib.suppress(OSError):  # another process was faster
                    status = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(status.st_mode):
                        yield _Entry(status.st_mtime_ns, entry.path, status.st_size)


def _scan(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _remove(path: str) -> bool:
    try:
        os.unlink(path)
    except OSError:
        return False
    return True
