"""Memo tables: small values by key, such as the digest of the HTML that some product data give.

One SQLite file holds them all: a value takes half the time of a file of its own, and not 4,096 bytes. It is as little
believed as the rest of the store: a value stands with a digest of its table, key and content, a file that is no
database or not ours is made anew, and where nothing can be read or written, nothing is found or kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from briefpack.world import Digest

VERSION = 1
"""Of the form of the tables; a file of another version is made anew."""

_DAY = 86_400 * 10**9
_TABLES = """
CREATE TABLE memo (
  name TEXT NOT NULL, key TEXT NOT NULL, seal BLOB NOT NULL, value BLOB NOT NULL, used INTEGER NOT NULL,
  PRIMARY KEY (name, key)
) WITHOUT ROWID
"""
_FIND = "SELECT seal, value, used FROM memo WHERE name = ? AND key = ?"
_KEEP = "INSERT OR REPLACE INTO memo (name, key, seal, value, used) VALUES (?, ?, ?, ?, ?)"
_USED = "UPDATE memo SET used = ? WHERE name = ? AND key = ?"
_LOST = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
"""Damaged, no database, or without our table: nothing in it can be used. Anything else may pass: full, busy, locked."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Memo:
    """One table."""

    _memos: Memos
    name: str

    def find(self, key: Digest) -> bytes | None:
        """Return what was kept under `key`, or None."""
        return self._memos.find(self.name, key)

    def keep(self, key: Digest, value: bytes) -> bool:
        """Put `value` under `key`; whether it was kept."""
        return self._memos.keep(self.name, key, value)


@dataclass(slots=True)
class Memos:
    """All tables, in the file `path`; `clock` is the time that uses are marked with, in nanoseconds."""

    path: Path
    clock: Callable[[], int]
    _is_off: bool = field(default=False, init=False)
    _connection: sqlite3.Connection | None = field(default=None, init=False)
    _used: set[tuple[str, Digest]] = field(default_factory=set, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def find(self, name: str, key: Digest) -> bytes | None:
        """Return a value, or None."""
        nothing: list[tuple[Any, Any, Any]] = []
        rows = self._try(lambda connection: connection.execute(_FIND, (name, key)).fetchall(), nothing)
        for seal, value, used in rows:
            if isinstance(value, bytes) and seal == _seal(name, key, value):
                if not isinstance(used, int) or self.clock() - used > _DAY:
                    self._used.add((name, key))
                return value
        return None

    def keep(self, name: str, key: Digest, value: bytes) -> bool:
        """Put a value in its place; whether it was kept."""
        row = (name, key, _seal(name, key, value), value, self.clock())
        return self._try(lambda connection: connection.execute(_KEEP, row) is not None, otherwise=False)

    def prune(self, before: int | None, most_bytes: int | None) -> int:
        """Remove what was last used before this time, and everything where that is not enough; return the size left."""
        if not self.path.is_file():
            return 0
        if before is not None:
            self._try(lambda connection: connection.execute("DELETE FROM memo WHERE used < ?", (before,)), None)
        if most_bytes is not None and self._size() > most_bytes:
            self._try(lambda connection: connection.execute("DELETE FROM memo"), None)
        self._try(lambda connection: connection.execute("VACUUM"), None)
        self.close()
        return self._size()

    def close(self) -> None:
        """Mark what was used, once for all, and let go of the file."""
        now = self.clock()
        rows = [(now, *row) for row in sorted(self._used)]
        if rows:
            self._try(lambda connection: _in_one(connection, _USED, rows), None)
        self._used.clear()
        with self._lock:
            self._disconnect()

    def _size(self) -> int:
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def _try(self, ask: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Ask the database; make a damaged one anew and ask once more."""
        with self._lock:
            for is_last in (False, True) if not self._is_off else ():
                try:
                    if self._connection is None:
                        self._connection = _connect(self.path)
                    return ask(self._connection)
                except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
                    if is_last or not _is_lost(error):
                        self._is_off = self._connection is None  # asking 10,000 times in vain would take a second
                        return otherwise
                    self._disconnect()
                    _discard(self.path)
            return otherwise

    def _disconnect(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None


def _is_lost(error: Exception) -> bool:
    if isinstance(error, UnicodeDecodeError):  # a message that quotes what is damaged
        return True
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _LOST


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file, or make it; raise `sqlite3.Error` where it is not ours."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():  # SQLite would write to what it leads to
        path.unlink()
    connection = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")  # readers need not wait for a writer in another process
        connection.execute("PRAGMA synchronous = OFF")  # what a loss of power damages is found out and made again
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            _make(connection)
        elif version != VERSION:
            error = sqlite3.DatabaseError(f"version {version}, not {VERSION}")
            error.sqlite_errorcode = sqlite3.SQLITE_NOTADB
            raise error
    except BaseException:
        connection.close()
        raise
    return connection


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:  # else another process was faster
            connection.execute(_TABLES)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _in_one(connection: sqlite3.Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany(statement, rows)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _discard(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink()


def _seal(name: str, key: Digest, value: bytes) -> bytes:
    return hashlib.sha256(f"{name}\n{key}\n".encode() + value).digest()[:16]
