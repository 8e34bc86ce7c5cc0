"""The only door: what lies outside stays outside, what was asked is recorded, what is written is written whole."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from briefpack.diagnostics import BriefpackError
from briefpack.world import Stamp, World, clock_of_files, digest, find_pack, write_atomically


@pytest.fixture
def world(tmp_path: Path) -> World:
    root = tmp_path / "pack"
    (root / "content").mkdir(parents=True)
    (root / "content" / "b.md").write_bytes(b"b")
    (root / "content" / "a.md").write_bytes(b"a")
    (root / "content" / "c.txt").write_bytes(b"c")
    (root / "content" / ".hidden.md").write_bytes(b"h")
    (root / "content" / "folder.md").mkdir()
    (tmp_path / "secret.md").write_bytes(b"secret")
    return World(root)


def refusal(world: World, path: str) -> str:
    with pytest.raises(BriefpackError) as caught:
        world.read(path)
    (problem,) = caught.value.diagnostics
    return f"{problem.location.file} {problem.code}"


@pytest.mark.parametrize("path", ["../secret.md", "content/../../secret.md", "/etc/hosts", "a\0b", ".."])
def test_a_path_that_leads_outside_is_refused(world: World, path: str) -> None:
    assert refusal(world, path) == f"{path} file-outside-pack"


@pytest.mark.parametrize("target", ["../../secret.md", "/etc/hosts"])
def test_a_link_that_leads_outside_is_refused(world: World, target: str) -> None:
    (world.root / "content" / "link.md").symlink_to(target)

    assert refusal(world, "content/link.md") == "content/link.md file-outside-pack"
    with pytest.raises(BriefpackError):
        world.exists("content/link.md")


def test_a_folder_that_leads_outside_is_refused(world: World) -> None:
    (world.root / "content" / "away").symlink_to("../..")

    assert refusal(world, "content/away/secret.md") == "content/away/secret.md file-outside-pack"
    with pytest.raises(BriefpackError):
        world.listing("content/away")


def test_a_link_inside_is_followed(world: World) -> None:
    (world.root / "link.md").symlink_to("content/a.md")

    assert world.read("link.md") == b"a"


@pytest.mark.parametrize("target", ["content/a.md", "/nowhere", "../secret.md", "link.md"])
def test_what_is_written_takes_the_place_of_a_link(world: World, target: str) -> None:
    (world.root / "link.md").symlink_to(target)

    assert world.place("link.md") == world.root.resolve() / "link.md"


@pytest.mark.parametrize("path", ["..", "content/../..", "away/a.md", "/etc/x", "../x"])
def test_nothing_is_written_outside(world: World, path: str) -> None:
    (world.root / "away").symlink_to("..")

    with pytest.raises(BriefpackError):
        world.place(path)


def test_a_pack_that_is_itself_a_link_is_whole(world: World, tmp_path: Path) -> None:
    (tmp_path / "also").symlink_to("pack")

    assert World(tmp_path / "also").read("content/a.md") == b"a"


def test_a_name_that_begins_like_the_pack_is_outside(world: World, tmp_path: Path) -> None:
    (tmp_path / "pack-2").mkdir()
    (tmp_path / "pack-2" / "x.md").write_bytes(b"x")

    assert refusal(world, "../pack-2/x.md") == "../pack-2/x.md file-outside-pack"


def test_what_is_missing_is_told_from_what_cannot_be_read(world: World) -> None:
    assert refusal(world, "content/none.md") == "content/none.md file-missing"
    assert refusal(world, "content/a.md/b") == "content/a.md/b file-missing"
    assert refusal(world, "content/folder.md") == "content/folder.md file-unreadable"
    assert refusal(world, "x" * 5000) == f"{'x' * 5000} file-unreadable"


def test_a_pipe_is_refused_instead_of_waited_for(world: World) -> None:
    os.mkfifo(world.root / "pipe")

    assert refusal(world, "pipe") == "pipe file-unreadable"


def test_a_link_to_itself_is_refused(world: World) -> None:
    (world.root / "loop").symlink_to("loop")

    assert refusal(world, "loop") in ("loop file-unreadable", "loop file-missing")
    assert not world.exists("loop")


def test_reads_listings_and_misses_are_recorded(world: World) -> None:
    world.read("content/a.md")
    assert world.exists("content/b.md")
    assert not world.exists("content/none.md")
    assert world.listing("content", ".md") == ("content/a.md", "content/b.md")
    assert world.listing("nowhere", ".md") == ()
    assert refusal(world, "gone") == "gone file-missing"

    assert world.record.reads == {"content/a.md": digest(b"a")}
    assert world.record.listings == {"content/*.md": ("content/a.md", "content/b.md")}
    assert world.record.misses == {"content/none.md", "nowhere", "gone"}


def test_sizes_are_those_of_files(world: World) -> None:
    assert (world.size("content/a.md"), world.size("content/none.md")) == (1, 0)


def test_the_nearest_pack_upward_is_found(tiny: Path) -> None:
    assert find_pack(tiny / "content" / "summaries") == tiny
    assert find_pack(tiny) == tiny


def test_a_folder_without_a_pack_is_none(tmp_path: Path) -> None:
    assert find_pack(tmp_path) is None


def test_a_file_is_written_whole_into_folders_that_are_made(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b.pdf"
    write_atomically(target, b"first")
    write_atomically(target, b"second")

    assert target.read_bytes() == b"second"
    assert [path.name for path in target.parent.iterdir()] == ["b.pdf"]
    assert target.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("broken", ["os.fsync", "os.replace", "os.fchmod"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    target = tmp_path / "b.pdf"
    write_atomically(target, b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(broken, full)
    with pytest.raises(OSError, match="no space"):
        write_atomically(target, b"new")

    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["b.pdf"]


def test_the_state_of_a_file_is_taken_with_its_bytes(world: World) -> None:
    path = world.root / "content" / "a.md"
    world.read("content/a.md")

    assert world.record.stamps == {"content/a.md": Stamp.of(path.stat())}


def test_what_was_only_asked_about_is_recorded_too(world: World) -> None:
    assert world.exists("content/b.md")

    assert world.record.found == {"content/b.md"}
    assert world.record.reads == {}


def test_what_gives_two_answers_is_unsteady(world: World) -> None:
    for name in ("content/a.md", "content/b.md"):
        world.read(name)
    world.listing("content", ".md")
    (world.root / "content" / "a.md").write_bytes(b"changed")
    (world.root / "content" / "d.md").write_bytes(b"new")
    for name in ("content/a.md", "content/b.md"):
        world.read(name)
    world.listing("content", ".md")

    assert world.record.unsteady == {"content/a.md", "content"}
    assert world.record.reads["content/a.md"] == digest(b"changed")


def test_the_files_clock_is_that_of_a_file_made_now(tmp_path: Path) -> None:
    before = clock_of_files(tmp_path)
    (tmp_path / "a").write_bytes(b"a")

    assert before <= (tmp_path / "a").stat().st_mtime_ns <= clock_of_files(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
