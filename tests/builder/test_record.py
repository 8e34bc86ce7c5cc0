"""A build is current only where it would read the same and leave the same: any single change makes it not so."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.builder import record as module
from briefpack.builder.record import (
    RECORDS,
    BuildRecord,
    begin_record,
    current,
    read_record,
    write_record,
)
from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location, diagnostic_of, plain_diagnostic
from briefpack.world import World, digest

FINGERPRINT = digest(b"the toolchain")
REQUEST = {"audiences": ("press",), "draft": False}
REPORT = {"products": [{"path": "build/out/press/dossier.pdf", "pages": 3, "fit": ["size 10 pt"]}], "diagnostics": []}
MINUTE = 60 * 10**9

SUMMARY = "pack/content/summaries/a.md"
SEED = "pack/seeds/a.txt"
DOSSIER = "pack/build/out/press/dossier.pdf"
STYLE = "house/base/page.css"


@dataclass(frozen=True, slots=True)
class Desk:
    """A pack, the shipped templates beside it, and a build of both; `rest` is how long all files had not changed."""

    folder: Path
    rest: int = MINUTE

    @property
    def root(self) -> Path:
        return self.folder / "pack"

    def write(self, path: str, content: bytes) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(content)

    def build(self, request: dict[str, Any] | None = None, change: Callable[[], None] = lambda: None) -> bool:
        """Read what a build reads, write what it writes, and record that; `change` something while it runs."""
        world, house = World(self.root), World(self.folder / "house")
        since = begin_record(self.root) + self.rest
        for path in (*world.listing("content/summaries", ".md"), "seeds/a.txt"):
            world.read(path)
            world.exists(path.replace(".md", ".es.md"))
        world.exists("seeds/a.pdf")
        world.exists("build/out/press/dossier.pdf")
        world.listing("templates/base")
        for path in house.listing("base"):
            house.read(path)
        change()
        world.listing("content/summaries", ".md")
        world.read("seeds/a.txt")
        outputs = {}
        for name in ("press/dossier.pdf", "press/briefs/a.pdf"):
            self.write(f"pack/build/out/{name}", f"PDF {name}".encode())
            outputs[f"build/out/{name}"] = digest(f"PDF {name}".encode())
        asked_for = REQUEST if request is None else request
        return write_record(world, house, since, asked_for, FINGERPRINT, outputs, REPORT, "build/out")

    def now(self) -> BuildRecord | None:
        return current(self.root, self.folder / "house", REQUEST, FINGERPRINT)

    def record(self) -> Path:
        (path,) = (self.root / RECORDS).iterdir()
        return path


def laid_out(folder: Path, rest: int = MINUTE) -> Desk:
    desk = Desk(folder, rest)
    for path in (SUMMARY, "pack/content/summaries/b.md", SEED, "pack/seeds/a.pdf", STYLE, "house/base/brief.html"):
        desk.write(path, f"this is {path}".encode())
    return desk


@pytest.fixture(params=[MINUTE, 0], ids=["at rest", "just written"])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Desk:
    """Whether states of files may stand for their content or not, all that follows must hold."""
    desk = laid_out(tmp_path, request.param)
    assert desk.build()
    return desk


def hashed(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> list[str]:
    """The files that were read again to know whether the build is current, which it must be."""
    names = []
    true = hashlib.file_digest

    def noting(file: Any, name: str) -> Any:
        names.append(Path(file.name).relative_to(desk.folder).as_posix())
        return true(file, name)

    monkeypatch.setattr(hashlib, "file_digest", noting)
    assert desk.now() is not None
    return sorted(names)


# What leaves a build current


def test_an_unchanged_pack_is_current_and_its_report_is_shown_again(desk: Desk) -> None:
    found = desk.now()

    assert found is not None
    assert found.report == REPORT


def test_it_stays_current_from_run_to_run(desk: Desk) -> None:
    assert [desk.now() is not None for _ in range(3)] == [True] * 3


@pytest.mark.parametrize("path", [SUMMARY, SEED, DOSSIER, STYLE])
def test_a_file_replaced_by_the_same_content_is_current(desk: Desk, path: str) -> None:
    same = (desk.folder / path).read_bytes()
    (desk.folder / path).unlink()
    desk.write(path, same)

    assert desk.now() is not None


@pytest.mark.parametrize("path", [SUMMARY, DOSSIER, STYLE])
def test_a_file_with_other_times_is_current(desk: Desk, path: str) -> None:
    os.utime(desk.folder / path, (1, 1))

    assert desk.now() is not None


def test_a_copy_of_the_pack_is_current(desk: Desk) -> None:
    copy = shutil.copytree(desk.folder, desk.folder.parent / f"{desk.folder.name}-copy")

    assert Desk(Path(copy)).now() is not None


def test_what_no_build_asks_for_does_not_matter(desk: Desk) -> None:
    for path in ("pack/notes.txt", "pack/content/summaries/.hidden.md", "pack/build/out/press/.~lock.dossier.pdf#"):
        desk.write(path, b"mine")

    assert desk.now() is not None


def test_each_request_has_a_record_of_its_own(desk: Desk) -> None:
    desk.build({"audiences": ("public",), "draft": False})
    desk.build({"audiences": ("press",), "draft": True})

    assert len(list((desk.root / RECORDS).iterdir())) == 3
    assert desk.now() is not None


# What does not


def overwritten(desk: Desk, path: str) -> None:
    content = (desk.folder / path).read_bytes()
    desk.write(path, b"T" + content[1:])


def overwritten_in_secret(desk: Desk, path: str) -> None:
    status = (desk.folder / path).stat()
    overwritten(desk, path)
    os.utime(desk.folder / path, ns=(status.st_atime_ns, status.st_mtime_ns))


def exchanged_in_secret(desk: Desk, path: str) -> None:
    target = desk.folder / path
    status = target.stat()
    other = target.with_name("other")
    other.write_bytes(b"x" * status.st_size)
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(target)


def cut_off(desk: Desk, path: str) -> None:
    os.truncate(desk.folder / path, 3)


def emptied(desk: Desk, path: str) -> None:
    os.truncate(desk.folder / path, 0)


def appended_to(desk: Desk, path: str) -> None:
    desk.write(path, (desk.folder / path).read_bytes() + b"\n")


def removed(desk: Desk, path: str) -> None:
    (desk.folder / path).unlink()


def made_a_folder(desk: Desk, path: str) -> None:
    (desk.folder / path).unlink()
    (desk.folder / path).mkdir()


def made_a_pipe(desk: Desk, path: str) -> None:
    (desk.folder / path).unlink()
    os.mkfifo(desk.folder / path)


def moved_outside(desk: Desk, path: str) -> None:
    outside = desk.folder / "outside"
    (desk.folder / path).rename(outside)
    (desk.folder / path).symlink_to(outside)


def folder_moved_outside(desk: Desk, path: str) -> None:
    inner = (desk.folder / path).parent
    inner.rename(desk.folder / "outside")
    inner.symlink_to(desk.folder / "outside")


CHANGES = (
    overwritten, overwritten_in_secret, exchanged_in_secret, cut_off, emptied, appended_to, removed, made_a_folder,
    made_a_pipe, moved_outside, folder_moved_outside,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("path", [SUMMARY, SEED, DOSSIER, STYLE])
@pytest.mark.parametrize("is_known", [False, True], ids=["at once", "after a run"])
def test_any_change_of_any_file_is_seen(
    desk: Desk, change: Callable[[Desk, str], None], path: str, is_known: bool
) -> None:
    if is_known:
        assert desk.now() is not None
    change(desk, path)

    assert desk.now() is None


@pytest.mark.parametrize(
    "path",
    [
        "pack/content/summaries/c.md",
        "pack/content/summaries/a.es.md",
        "pack/templates/base/page.css",
        "house/base/new.css",
        "pack/build/out/press/briefs/old.pdf",
        "pack/build/out/gone/dossier.pdf",
    ],
)
def test_a_new_file_where_a_build_looks_is_seen(desk: Desk, path: str) -> None:
    desk.write(path, b"new")

    assert desk.now() is None


def test_a_path_that_was_missed_is_seen_when_it_appears(tmp_path: Path) -> None:
    desk = laid_out(tmp_path)
    (tmp_path / "pack/seeds/a.pdf").unlink()
    assert desk.build()
    assert desk.now() is not None
    desk.write("pack/seeds/a.pdf", b"new")

    assert desk.now() is None


def test_a_file_that_was_only_asked_about_is_seen_when_it_goes(desk: Desk) -> None:
    desk.write("pack/seeds/a.pdf", b"other, and never read")
    assert desk.now() is not None
    removed(desk, "pack/seeds/a.pdf")

    assert desk.now() is None


def test_a_listed_folder_that_was_empty_is_seen_when_it_goes(tmp_path: Path) -> None:
    desk = laid_out(tmp_path)
    (tmp_path / "pack/templates/base").mkdir(parents=True)
    assert desk.build()
    assert desk.now() is not None
    (tmp_path / "pack/templates/base").rmdir()

    assert desk.now() is None


def test_another_request_is_not_current(desk: Desk) -> None:
    for other in ({}, REQUEST | {"draft": True}, REQUEST | {"audiences": ()}, REQUEST | {"only": ()}):
        assert current(desk.root, desk.folder / "house", other, FINGERPRINT) is None


def test_another_toolchain_is_not_current(desk: Desk) -> None:
    assert current(desk.root, desk.folder / "house", REQUEST, digest(b"another")) is None


def test_without_a_record_nothing_is_current(desk: Desk) -> None:
    desk.record().unlink()

    assert desk.now() is None


def test_the_record_of_another_request_is_no_record(desk: Desk) -> None:
    other = {"draft": True}
    desk.record().rename(desk.root / RECORDS / digest(b'{"draft": true}'))

    assert read_record(desk.root, other, FINGERPRINT) is None


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = laid_out(tmp_path_factory.mktemp("written"))
    assert desk.build()
    return desk


@given(at=st.integers(0), bit=st.integers(0, 7))
def test_a_record_with_any_bit_flipped_is_no_record(written: Desk, at: int, bit: int) -> None:
    content = bytearray(written.record().read_bytes())
    content[at % len(content)] ^= 1 << bit

    assert found_with(bytes(content), written) is None


@given(cut=st.integers(1), more=st.binary(min_size=1, max_size=9), foreign=st.binary(max_size=200))
def test_a_record_cut_off_or_added_to_or_foreign_is_no_record(
    written: Desk, cut: int, more: bytes, foreign: bytes
) -> None:
    content = written.record().read_bytes()

    assert found_with(content, written) is not None
    assert found_with(content[: -(cut % len(content)) or -1], written) is None
    assert found_with(content + more, written) is None
    assert found_with(foreign, written) is None


def found_with(content: bytes, written: Desk) -> BuildRecord | None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / RECORDS / written.record().name
        target.parent.mkdir(parents=True)
        target.write_bytes(content)
        return read_record(Path(folder), REQUEST, FINGERPRINT)


# Builds that leave no record


def test_a_build_under_which_an_input_changed_leaves_no_record(tmp_path: Path) -> None:
    desk = laid_out(tmp_path)

    assert not desk.build(change=lambda: desk.write(SEED, b"changed meanwhile"))
    assert not desk.build(change=lambda: desk.write("pack/content/summaries/z.md", b"new meanwhile"))
    assert desk.now() is None


def test_a_build_under_which_a_missed_file_appeared_leaves_no_record(tmp_path: Path) -> None:
    desk = laid_out(tmp_path)

    assert not desk.build(change=lambda: desk.write("pack/templates/base/new.css", b"new meanwhile"))
    assert desk.now() is None


def test_what_changes_after_it_was_read_is_seen(tmp_path: Path) -> None:
    desk = laid_out(tmp_path)

    assert desk.build(change=lambda: overwritten_in_secret(desk, SUMMARY))
    assert desk.now() is None


def test_a_record_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    desk = laid_out(tmp_path)
    desk.write("pack/build/store", b"a file where the store should be")

    assert begin_record(desk.root) == 0
    assert not desk.build()
    assert desk.now() is None


# What is read again


def test_what_was_at_rest_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = laid_out(tmp_path)
    desk.build()
    monkeypatch.setattr(module, "begin_record", lambda root: begin_record(root) + MINUTE)
    outputs = ["pack/build/out/press/briefs/a.pdf", DOSSIER]

    assert hashed(monkeypatch, desk) == outputs
    monkeypatch.undo()
    assert hashed(monkeypatch, desk) == []


def test_what_was_just_written_is_read_again_until_it_is_at_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = laid_out(tmp_path, rest=0)
    desk.build()
    inputs = [SUMMARY, "pack/content/summaries/b.md", SEED, STYLE, "house/base/brief.html"]
    everything = sorted([*inputs, DOSSIER, "pack/build/out/press/briefs/a.pdf"])
    before = desk.record().read_bytes()

    assert hashed(monkeypatch, desk) == everything
    assert desk.record().read_bytes() == before  # nothing would be spared yet
    monkeypatch.undo()
    monkeypatch.setattr(module, "begin_record", lambda root: begin_record(root) + MINUTE)
    assert hashed(monkeypatch, desk) == everything
    monkeypatch.undo()
    assert hashed(monkeypatch, desk) == []


def test_only_what_was_touched_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = laid_out(tmp_path)
    desk.build()
    monkeypatch.setattr(module, "begin_record", lambda root: begin_record(root) + MINUTE)
    assert desk.now() is not None
    os.utime(desk.folder / SUMMARY, (1, 1))

    assert hashed(monkeypatch, desk) == [SUMMARY]
    monkeypatch.undo()
    assert hashed(monkeypatch, desk) == []


def test_a_refreshed_record_that_cannot_be_written_stops_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(module, "write_atomically", full)

    assert desk.now() is not None


# What it costs, and what it says

_LOADED = """
import sys
from pathlib import Path
from briefpack.builder.fingerprint import fingerprint
from briefpack.builder.record import current
print(current(Path("."), Path("."), {}, fingerprint()))
print(*sys.modules)
"""


def test_asking_imports_nothing_that_only_a_build_needs(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED], cwd=tmp_path, check=True, capture_output=True, text=True)
    answer, loaded = done.stdout.splitlines()
    heavy = {"pydantic", "yaml", "jinja2", "rich", "typer", "weasyprint", "pikepdf", "lxml", "babel", "sqlite3"}

    assert answer == "None"
    assert heavy & set(loaded.split()) == set()


def test_a_problem_goes_into_a_report_and_comes_back() -> None:
    problem = Diagnostic(
        Code.CARD_UNUSED, "no statement cites 'a'", Location("content/a.md", 3, 5, 3, 8), "cite it", "a/b", ("x", "y")
    )

    assert diagnostic_of(plain_diagnostic(problem)) == problem


def test_a_world_that_refuses_a_path_records_nothing_of_it(tmp_path: Path) -> None:
    world = World(tmp_path)
    with pytest.raises(BriefpackError):
        world.read("../secret")

    assert write_record(world, World(tmp_path), 0, {}, FINGERPRINT, {}, {})
    assert current(tmp_path, tmp_path, {}, FINGERPRINT) is not None
