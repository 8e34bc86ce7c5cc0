"""The record of the last complete build of a request, by which a build that has nothing to do knows it at once.

    since = begin_record(root)                     before anything is read
    write_record(world, shipped, since, ...)       after a build without errors
    current(root, shipped, request, fingerprint)   the next time: the record, if a build would make the same again

The record lies in `build/store/records`, one for each request, and is as disposable as the rest of the store: it begins
with the fingerprint of the program that wrote it and with its own digest, and counts only where both agree. This module
must not import what a real build needs: it runs first, and most often alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefpack.builder.agreement import Agreement, Asked, State, asked_of, was_at_rest
from briefpack.world import Digest, Stamp, World, clock_of_files, digest, write_atomically

OUTPUT = "build"
"""The folder that builds write to; nothing in it is an input."""

RECORDS = f"{OUTPUT}/store/records"

Request = Mapping[str, Any]
"""What was asked for, as values that JSON can hold: whatever changes which files are made, or what is in them."""


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What a build rested on, what it made and what it said.

    `since` is when it began, in nanoseconds of the file system's clock; `swept` the PDFs that stood below the folder
    `sweep` afterwards; `report` is what the caller wants to show again, as JSON.
    """

    request: Request
    since: int
    pack: Asked
    shipped: Asked
    outputs: Mapping[str, State]
    sweep: str
    swept: tuple[str, ...]
    report: Mapping[str, Any]


def begin_record(root: Path) -> int:
    """Return the time of the file system's clock, in nanoseconds; 0, so that all is read again, where it has none."""
    try:
        (root / RECORDS).mkdir(parents=True, exist_ok=True)
        return clock_of_files(root / RECORDS)
    except OSError:
        return 0


def write_record(
    world: World,
    shipped: World,
    since: int,
    request: Request,
    fingerprint: Digest,
    outputs: Mapping[str, Digest],
    report: Mapping[str, Any],
    sweep: str = "",
) -> bool:
    """Record a complete build without errors; whether that was possible.

    `outputs` are the digests of all files asked for, by their paths in the pack. `sweep` is the folder from which the
    build removes PDFs of products that no longer exist, if it does. No record is written where an input changed while
    the build ran, or where the disk refuses.
    """
    pack, house = asked_of(world, OUTPUT), asked_of(shipped, OUTPUT)
    if pack is None or house is None:
        return False
    made = {path: State(found) for path, found in sorted(outputs.items())}
    swept = tuple(_pdfs(world.root, sweep)) if sweep else ()
    return _write(world.root, fingerprint, BuildRecord(request, since, pack, house, made, sweep, swept, report))


def read_record(root: Path, request: Request, fingerprint: Digest) -> BuildRecord | None:
    """Return the record of a request; None where there is none, or one that is damaged or another program's."""
    try:
        content = _path(root, request).read_bytes()
    except OSError:
        return None
    header, _, body = content.partition(b"\n")
    if header != _header(fingerprint, body):
        return None
    record = _from_json(json.loads(body))
    return record if _plain(record.request) == _plain(request) else None


def current(root: Path, shipped: Path, request: Request, fingerprint: Digest) -> BuildRecord | None:
    """Return the record of a request if a build would read the same and leave the same files; else None.

    Where files had to be read to know, and can be known by their state the next time, the record is written anew.
    """
    record = read_record(root, request, fingerprint)
    if record is None:
        return None
    pack, house = Agreement(World(root), record.since), Agreement(World(shipped), record.since)
    began = begin_record(root)
    if pack.difference(record.pack) or house.difference(record.shipped) or pack.changed(record.outputs):
        return None
    if record.sweep and tuple(_pdfs(root, record.sweep)) != record.swept:
        return None
    if any(was_at_rest(state, began) for state in (*pack.fresh.values(), *house.fresh.values())):
        _write(root, fingerprint, _refreshed(record, began, pack.fresh, house.fresh))
    return record


def _refreshed(record: BuildRecord, since: int, pack: Mapping[str, State], shipped: Mapping[str, State]) -> BuildRecord:
    return replace(
        record,
        since=since,
        pack=replace(record.pack, reads={path: pack.get(path, state) for path, state in record.pack.reads.items()}),
        shipped=replace(
            record.shipped, reads={path: shipped.get(path, state) for path, state in record.shipped.reads.items()}
        ),
        outputs={path: pack.get(path, state) for path, state in record.outputs.items()},
    )


def _pdfs(root: Path, folder: str) -> Iterator[str]:
    """Every PDF below a folder, sorted."""
    try:
        with os.scandir(root / folder) as entries:
            found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError:
        return
    for name, is_folder in found:
        if is_folder:
            yield from _pdfs(root, f"{folder}/{name}")
        elif name.endswith(".pdf"):
            yield f"{folder}/{name}"


def _path(root: Path, request: Request) -> Path:
    return root / RECORDS / digest(_plain(request).encode())


def _plain(request: Request) -> str:
    return json.dumps(request, sort_keys=True)


def _header(fingerprint: Digest, body: bytes) -> bytes:
    return f"briefpack {fingerprint} {digest(body)}".encode()


def _write(root: Path, fingerprint: Digest, record: BuildRecord) -> bool:
    body = json.dumps(_to_json(record), separators=(",", ":")).encode()
    try:
        write_atomically(_path(root, record.request), _header(fingerprint, body) + b"\n" + body)
    except OSError:
        return False
    return True


def _to_json(record: BuildRecord) -> dict[str, Any]:
    def asked(part: Asked) -> list[Any]:
        return [part.reads, part.listings, part.misses, part.found]

    return {
        "request": record.request,
        "since": record.since,
        "pack": asked(record.pack),
        "shipped": asked(record.shipped),
        "outputs": record.outputs,
        "sweep": record.sweep,
        "swept": record.swept,
        "report": record.report,
    }


def _from_json(written: dict[str, Any]) -> BuildRecord:
    def states(part: dict[str, Any]) -> dict[str, State]:
        return {path: State(found, Stamp(*stamp) if stamp else None) for path, (found, stamp) in part.items()}

    def asked(part: list[Any]) -> Asked:
        reads, listings, misses, found = part
        listed = {place: tuple(paths) for place, paths in listings.items()}
        return Asked(states(reads), listed, tuple(misses), tuple(found))

    return BuildRecord(
        request=written["request"],
        since=written["since"],
        pack=asked(written["pack"]),
        shipped=asked(written["shipped"]),
        outputs=states(written["outputs"]),
        sweep=written["sweep"],
        swept=tuple(written["swept"]),
        report=written["report"],
    )
