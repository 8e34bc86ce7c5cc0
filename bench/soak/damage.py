"""Damages of what builds leave: the store's entries, memo tables, records and ledger, and the finished files.

A damage takes the pack's folder and a chance, and says what it did, or "" where there is nothing to damage.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

Damage = Callable[[Path, Random], str]

STORE = "build/store"
OUT = "build/out"


def damage_entry(folder: Path, chance: Random) -> str:
    """An entry of the store."""
    return _spoil(folder, _below(folder / STORE, r"/[0-9a-f]{2}/[0-9a-f]{62}$"), chance)


def damage_many(folder: Path, chance: Random) -> str:
    """A tenth of all entries."""
    files = _below(folder / STORE, r"/[0-9a-f]{2}/[0-9a-f]{62}$")
    chosen = chance.sample(files, len(files) // 10)
    kinds = [done.rpartition(": ")[2] for file in chosen if (done := _spoil(folder, [file], chance))]
    return f"{len(kinds)} entries: {', '.join(kinds)}" if kinds else ""


def damage_memo(folder: Path, chance: Random) -> str:
    """The file of the memo tables, or what a database leaves beside it."""
    return _spoil(folder, _below(folder / STORE, r"/memo\.sqlite"), chance)


def damage_record(folder: Path, chance: Random) -> str:
    """The record of the last whole build."""
    return _spoil(folder, _below(folder / STORE, r"/records/"), chance)


def damage_ledger(folder: Path, chance: Random) -> str:
    """The ledger: its bytes, or what stands in them."""
    path = folder / STORE / "ledger"
    if chance.random() < 0.5 or not path.is_file():
        return _spoil(folder, _below(folder / STORE, r"/ledger$"), chance)
    try:
        written = json.loads(zlib.decompress(path.read_bytes()))
    except (zlib.error, ValueError):
        return ""
    odd: Any = chance.choice(([], {}, None, 7, {"format": 1}, {"format": 1, "products": [[]], "stocks": []}, "odd"))
    if chance.random() < 0.5 and isinstance(written, dict) and written.get("products"):
        product = chance.choice(written["products"])
        product[chance.choice(sorted(product))] = odd
        odd = written
    path.write_bytes(zlib.compress(json.dumps(odd).encode()))
    return "the ledger says something odd"


def swap_memo_values(folder: Path, chance: Random) -> str:
    """Values of the memo tables under other keys, or other values; the database itself stays whole."""
    path = folder / STORE / "memo.sqlite"
    try:
        with sqlite3.connect(path) as memos:
            rows = memos.execute("SELECT name, key, seal, value FROM memo ORDER BY name, key").fetchall()
            if len(rows) < 2:
                return ""
            for one, other in (chance.sample(rows, 2) for _ in range(5)):
                seal, value = (other[2], other[3]) if chance.random() < 0.5 else (one[2], one[3] + b" ")
                memos.execute("UPDATE memo SET seal=?, value=? WHERE name=? AND key=?", (seal, value, *one[:2]))
        memos.close()
    except (sqlite3.Error, TypeError):
        return ""
    return "values of the memo tables swapped"


def swap_entries(folder: Path, chance: Random) -> str:
    """One entry's content under another's name."""
    files = _below(folder / STORE, r"/[0-9a-f]{2}/[0-9a-f]{62}$")
    if len(files) < 2:
        return ""
    one, other = chance.sample(files, 2)
    one.write_bytes(other.read_bytes())
    return f"{_name(folder, one)} has the content of {_name(folder, other)}"


def add_strangers(folder: Path, chance: Random) -> str:
    """Files in the store that it did not make."""
    name = chance.choice(("notes.txt", "ab/notes", "records/notes", "zz/x", ".briefpack-half", "ab/.briefpack-half"))
    target = folder / STORE / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(chance.randbytes(chance.randrange(200)))
    return f"{STORE}/{name} written"


def lose_parts(folder: Path, chance: Random) -> str:
    """A whole folder of the store, or all of it, or all that was built."""
    name = chance.choice((STORE, f"{STORE}/records", "build", OUT, f"{STORE}/{chance.randrange(256):02x}"))
    if not (folder / name).is_dir():
        return ""
    shutil.rmtree(folder / name)
    return f"{name} removed"


def block_place(folder: Path, chance: Random) -> str:
    """A folder, a link or a pipe where a file of the store belongs."""
    pattern = chance.choice((r"/[0-9a-f]{2}/[0-9a-f]{62}$", r"/memo\.sqlite$", r"/ledger$", r"/records/"))
    places = _below(folder / STORE, pattern)
    if not places:
        return ""
    place = chance.choice(places)
    kind = chance.choice(("folder", "link", "pipe"))
    if place.name == "memo.sqlite":
        kind = "folder" if kind == "pipe" else kind
    place.unlink()
    if kind == "folder":
        place.mkdir()
    elif kind == "link":
        inside = os.path.relpath(folder / "content/pack.toml", place.parent)
        place.symlink_to(chance.choice(("/nowhere/at/all", inside, place.name)))
    else:
        os.mkfifo(place)
    return f"a {kind} in the place of {_name(folder, place)}"


def damage_output(folder: Path, chance: Random) -> str:
    """A finished file: damaged, gone, or another one's content."""
    return _spoil(folder, _below(folder / OUT, r"\.pdf$"), chance)


def link_output(folder: Path, chance: Random) -> str:
    """A link in the place of a finished file."""
    files = _below(folder / OUT, r"\.pdf$")
    if not files:
        return ""
    file, target = chance.choice(files), chance.choice(("content/pack.toml", "content/none.md", "../elsewhere"))
    file.unlink()
    file.symlink_to(folder / target)
    return f"{_name(folder, file)} leads to {target}"


def alter_unseen(folder: Path, chance: Random) -> str:
    """A finished file with one other byte, of the same size and with the old times."""
    files = _below(folder / OUT, r"\.pdf$")
    if not files:
        return ""
    file = chance.choice(files)
    state, content = file.stat(), bytearray(file.read_bytes())
    content[chance.randrange(len(content))] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    return f"one byte of {_name(folder, file)}, unseen"


def add_to_output(folder: Path, chance: Random) -> str:
    """Files beside the finished ones: notes, another PDF, half a file, an empty folder."""
    name = chance.choice(
        (
            "readers/notes.txt",
            "readers/briefs/other.pdf",
            "readers/mine/own.pdf",
            "old/dossier.pdf",
            "readers/dossier-3.pdf",
            "readers/.briefpack-half",
            "empty/",
        )
    )
    target = folder / OUT / name
    if name.endswith("/"):
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"%PDF-1.7 " + chance.randbytes(20))
    return f"{OUT}/{name} put there"


DAMAGES: tuple[tuple[int, Damage], ...] = (
    (6, damage_entry),
    (3, damage_many),
    (4, damage_memo),
    (4, damage_record),
    (3, damage_ledger),
    (3, swap_memo_values),
    (3, swap_entries),
    (1, add_strangers),
    (1, lose_parts),
    (3, block_place),
    (6, damage_output),
    (2, link_output),
    (3, alter_unseen),
    (2, add_to_output),
)
"""How often each is chosen, in proportion."""


def _spoil(folder: Path, files: list[Path], chance: Random) -> str:
    """Do something bad to one of the files."""
    files = [file for file in files if file.is_file() and not file.is_symlink()]
    if not files:
        return ""
    file = chance.choice(files)
    content = bytearray(file.read_bytes())
    kind = chance.choice(("bits", "cut", "gone", "empty", "longer", "zeros", "noise"))
    if kind == "gone":
        file.unlink()
        return f"{_name(folder, file)}: gone"
    if kind == "bits":
        for _ in range(chance.randint(1, 8) if content else 0):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif kind in ("zeros", "noise") and content:
        start = chance.randrange(len(content))
        length = min(len(content) - start, 4096)
        content[start : start + length] = bytes(length) if kind == "zeros" else chance.randbytes(length)
    elif kind == "cut" and content:
        del content[chance.randrange(len(content)) :]
    elif kind == "empty":
        content.clear()
    else:
        content += b"\0more"
    file.write_bytes(content)
    return f"{_name(folder, file)}: {kind}"


def _below(folder: Path, pattern: str) -> list[Path]:
    """The files below a folder whose paths match, sorted."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and re.search(pattern, path.as_posix()))


def _name(folder: Path, file: Path) -> str:
    return str(file.relative_to(folder))
