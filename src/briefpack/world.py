"""The only door to the outside: files, folder listings, the environment and dates.

Every module that needs input gets a `World` passed in. It records what was read, listed and looked for in vain, so that
a later build can tell what it depends on, and it refuses paths that lead out of its root.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location

UNFINISHED = ".briefpack-"
"""How the names of half-written files begin."""

Digest = str
"""A SHA-256 in lower-case hexadecimal."""


def digest(content: bytes) -> Digest:
    """Return the SHA-256 of `content` in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


class Stamp(NamedTuple):
    """What the file system says of a file without reading it; times in nanoseconds of its own clock."""

    size: int
    mtime: int
    ctime: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """Take these four from a file's status."""
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


@dataclass(slots=True)
class Record:
    """What was asked of a `World`: digests of files read, folders listed, and paths that were looked for in vain.

    `stamps` has the state of each read file just before its bytes were read, `found` the paths that were only asked
    about and are there, `unsteady` what gave two different answers: it changed while the program ran.
    """

    reads: dict[str, Digest] = field(default_factory=dict)
    listings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    misses: set[str] = field(default_factory=set)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)
    unsteady: set[str] = field(default_factory=set)


@dataclass(slots=True)
class World:
    """Files below `root`, as the program may see them.

    Paths are given relative to `root` with `/`. A path whose real target lies outside `root` raises `BriefpackError`
    with `file-outside-pack`; symbolic links are followed only inside.
    """

    root: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    today: datetime.date | None = None
    record: Record = field(default_factory=Record)
    _real_root: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self._real_root = os.path.realpath(self.root)

    def resolve(self, path: str) -> Path:
        """Return the real path of `path`, or raise `BriefpackError` where it leads outside the root."""
        is_relative = not os.path.isabs(path) and "\0" not in path
        real = os.path.realpath(os.path.join(self._real_root, path)) if is_relative else ""
        if not is_relative or os.path.commonpath((real, self._real_root)) != self._real_root:
            raise BriefpackError(
                Diagnostic(
                    Code.FILE_OUTSIDE_PACK,
                    f"{path!r} leads outside the pack",
                    Location(path),
                    hint="name a file inside the pack's own folder",
                )
            )
        return Path(real)

    def place(self, path: str) -> Path:
        """Return where a file is to be written; raise `BriefpackError` where its folder leads outside the root.

        A link that stands there itself is not followed: the file takes its place, whatever it leads to.
        """
        folder, _, name = path.rpartition("/")
        return self.resolve(path) if name in ("", ".", "..") else self.resolve(folder or ".") / name

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raise `BriefpackError` (missing, unreadable, outside)."""
        target = self.resolve(path)
        try:
            if not stat.S_ISREG(target.stat().st_mode):
                raise OSError(errno.EINVAL, "not a file")  # reading a pipe or a device might never end
            with target.open("rb") as file:
                stamp = Stamp.of(os.fstat(file.fileno()))
                content = file.read()
        except (FileNotFoundError, NotADirectoryError):
            self.record.misses.add(path)
            raise BriefpackError(
                Diagnostic(
                    Code.FILE_MISSING, f"no file {path!r}", Location(path), hint="add the file or correct its name"
                )
            ) from None
        except OSError as error:
            reason = (error.strerror or "unreadable").lower()
            raise BriefpackError(
                Diagnostic(
                    Code.FILE_UNREADABLE,
                    f"{path!r} cannot be read: {reason}",
                    Location(path),
                    hint="check the file's permissions",
                )
            ) from None
        if self.record.reads.setdefault(path, found := digest(content)) != found:
            self.record.unsteady.add(path)
        self.record.reads[path] = found
        self.record.stamps[path] = stamp
        return content

    def exists(self, path: str) -> bool:
        """Whether a file stands at `path`; a miss is recorded."""
        found = os.path.isfile(self.resolve(path))
        (self.record.found if found else self.record.misses).add(path)
        return found

    def size(self, path: str) -> int:
        """Return the size of a file in bytes, 0 where there is none."""
        try:
            return self.resolve(path).stat().st_size
        except OSError:
            return 0

    def listing(self, folder: str, suffix: str = "") -> tuple[str, ...]:
        """Return the paths of the files directly in `folder` that end in `suffix`, sorted, without hidden files."""
        try:
            with os.scandir(self.resolve(folder)) as entries:
                names = sorted(
                    entry.name
                    for entry in entries
                    if entry.name.endswith(suffix) and not entry.name.startswith(".") and _is_file(entry)
                )
        except (FileNotFoundError, NotADirectoryError):
            self.record.misses.add(folder)
            return ()
        except OSError as error:
            reason = (error.strerror or "unreadable").lower()
            raise BriefpackError(
                Diagnostic(
                    Code.FILE_UNREADABLE,
                    f"the folder {folder!r} cannot be listed: {reason}",
                    Location(folder),
                    hint="check the folder's permissions",
                )
            ) from None
        base = str(PurePosixPath(folder))
        found = tuple(names) if base == "." else tuple(f"{base}/{name}" for name in names)
        if self.record.listings.setdefault(f"{folder}/*{suffix}", found) != found:
            self.record.unsteady.add(folder)
        self.record.listings[f"{folder}/*{suffix}"] = found
        return found


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link to itself
        return False


def find_pack(start: Path) -> Path | None:
    """Return the nearest folder from `start` upward that holds `content/pack.toml`, or None."""
    for folder in (start, *start.parents):
        if (folder / "content" / "pack.toml").is_file():
            return folder
    return None


def write_atomically(target: Path, content: bytes) -> None:
    """Put `content` at `target` so that a reader, a kill or a full disk sees the old file or the new, never a part.

    Writes a temporary file in the same folder, flushes it to the disk, renames it over `target`, flushes the folder.
    Raises `OSError` where the file cannot be written; the old file is then untouched.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o644)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def clock_of_files(folder: Path) -> int:
    """Return the time in nanoseconds by the clock that stamps the files of `folder`; raise `OSError` where none can be.

    It tells which files were at rest for a while, and may decide nothing else.
    """
    with tempfile.TemporaryFile(dir=folder) as file:
        return os.fstat(file.fileno()).st_mtime_ns


def files_below(root: Path) -> tuple[Path, ...]:
    """Every file in `root` and its folders, sorted; nothing where there is no such folder."""
    return tuple(sorted(path for path in root.rglob("*") if path.is_file()))


def tidy(root: Path) -> None:
    """Remove what a killed run left half-written below `root`, and folders in which nothing is left."""
    for unfinished in sorted(root.rglob(f"{UNFINISHED}*")):
        unfinished.unlink()
    for folder in sorted((path for path in root.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
