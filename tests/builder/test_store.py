"""The store gives back what was kept, whole and under its key, or nothing; and it never stops a build."""

from __future__ import annotations

import errno
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.builder.store import Pruned, Store
from briefpack.world import digest

KEY = digest(b"what it was made from")
OTHER = digest(b"something else")
DAY = 86_400


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "build" / "store")


def entry(store: Store, key: str = KEY) -> Path:
    return store.folder / key[:2] / key[2:]


def files(store: Store) -> list[str]:
    return sorted(path.name for path in store.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("content", [b"", b"a", b"page\0" * 100_000])
def test_what_was_kept_is_found(store: Store, content: bytes) -> None:
    assert store.keep(KEY, content)

    assert Store(store.folder).find(KEY) == content


def test_nothing_is_found_where_nothing_was_kept(store: Store) -> None:
    assert store.find(KEY) is None
    assert not store.folder.exists()


def test_the_last_content_counts(store: Store) -> None:
    store.keep(KEY, b"first")
    store.keep(KEY, b"second")

    assert store.find(KEY) == b"second"
    assert files(store) == [KEY[2:]]


@pytest.mark.parametrize("key", ["", "../../../etc/hosts", KEY.upper(), KEY + "0", KEY[:-1] + "/"])
def test_what_is_no_digest_is_no_key(store: Store, key: str) -> None:
    with pytest.raises(ValueError, match="no digest"):
        store.find(key)
    with pytest.raises(ValueError, match="no digest"):
        store.keep(key, b"")


@given(content=st.binary(max_size=50), at=st.integers(0), bit=st.integers(0, 7))
def test_an_entry_with_any_bit_flipped_is_never_returned_and_goes(content: bytes, at: int, bit: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        store.keep(KEY, content)
        damaged = bytearray(entry(store).read_bytes())
        damaged[at % len(damaged)] ^= 1 << bit
        entry(store).write_bytes(damaged)

        assert store.find(KEY) is None
        assert not entry(store).exists()


@given(content=st.binary(max_size=50), cut=st.integers(1), more=st.binary(min_size=1, max_size=5))
def test_an_entry_cut_off_or_added_to_is_never_returned(content: bytes, cut: int, more: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        store.keep(KEY, content)
        whole = entry(store).read_bytes()
        for damaged in (whole[: -(cut % len(whole)) or -1], whole + more):
            entry(store).write_bytes(damaged)

            assert store.find(KEY) is None


@given(foreign=st.binary(max_size=100))
def test_a_foreign_file_is_never_returned(foreign: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        entry(store).parent.mkdir()
        entry(store).write_bytes(foreign)

        assert store.find(KEY) is None


def test_an_entry_under_another_name_is_never_returned(store: Store) -> None:
    store.keep(KEY, b"content")
    entry(store, OTHER).parent.mkdir(exist_ok=True)
    entry(store).rename(entry(store, OTHER))

    assert store.find(OTHER) is None


def test_a_pipe_or_a_folder_in_place_of_an_entry_is_nothing(store: Store) -> None:
    entry(store).mkdir(parents=True)
    entry(store, OTHER).parent.mkdir(exist_ok=True)
    os.mkfifo(entry(store, OTHER))

    assert store.find(KEY) is None
    assert store.find(OTHER) is None
    assert not store.keep(KEY, b"content")
    assert store.trouble == "is a directory"


@pytest.mark.parametrize("broken", ["tempfile.mkstemp", "os.replace"])
def test_a_full_disk_keeps_nothing_and_stops_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    store.keep(OTHER, b"before")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(broken, full)

    assert not store.keep(KEY, b"content")
    assert store.trouble == "no space left on device"
    assert store.find(KEY) is None
    assert store.find(OTHER) == b"before"
    assert files(store) == [OTHER[2:]]


def test_a_file_in_place_of_the_folder_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("mine")
    store = Store(tmp_path / "store")

    assert not store.keep(KEY, b"content")
    assert store.find(KEY) is None
    assert not store.memo("html").keep(KEY, b"value")
    assert store.memo("html").find(KEY) is None
    store.close()
    assert (tmp_path / "store").read_text() == "mine"


def test_many_threads_may_keep_and_find_at_once(store: Store) -> None:
    keys = [digest(bytes([number])) for number in range(20)] * 10

    def both(key: str) -> bytes | None:
        store.keep(key, key.encode() * 100)
        return store.find(key)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(both, keys)) == [key.encode() * 100 for key in keys]


def test_several_processes_may_keep_and_find_at_once(store: Store) -> None:
    with get_context("spawn").Pool(2) as processes:
        assert processes.map(_keep_and_find, [store.folder] * 4) == [[]] * 4
    store.close()


def _keep_and_find(folder: Path) -> list[int]:
    store = Store(folder)
    memo = store.memo("html")
    wrong = []
    for number in range(100):
        key = digest(str(number).encode())
        content = key.encode() * 100
        kept = store.keep(key, content) and memo.keep(key, key.encode())
        if not kept or store.find(key) != content or memo.find(key) != key.encode():
            wrong.append(number)
    store.close()
    return wrong


# Pruning


def aged(store: Store, *ages: int) -> list[str]:
    """Keep an entry of 100 bytes for each age, in days."""
    keys = []
    for number, age in enumerate(ages):
        keys.append(digest(bytes([number])))
        store.keep(keys[-1], b"x" * 68)
        os.utime(entry(store, keys[-1]), (10**9 - age * DAY,) * 2)
    return keys


def found(store: Store, keys: list[str]) -> list[int]:
    return [number for number, key in enumerate(keys) if entry(store, key).exists()]


def test_what_was_not_used_for_long_is_removed(store: Store) -> None:
    keys = aged(store, 30, 2, 0)

    assert store.prune(oldest=10) == Pruned(1, 100, 2, 200)
    assert found(store, keys) == [1, 2]


def test_ages_count_from_the_last_use_of_anything_unless_a_time_is_given(store: Store) -> None:
    keys = aged(store, 35, 31)

    assert store.prune(oldest=10).removed == 0
    assert store.prune(oldest=33, now=10**9).removed == 1
    assert found(store, keys) == [1]


def test_what_was_used_longest_ago_goes_first_when_there_is_too_much(store: Store) -> None:
    keys = aged(store, 1, 3, 0, 2)

    assert store.prune(most_bytes=250) == Pruned(2, 200, 2, 200)
    assert found(store, keys) == [0, 2]
    assert store.prune(most_bytes=0).left_bytes == 0


def test_without_limits_nothing_is_removed(store: Store) -> None:
    aged(store, 1000, 0)

    assert store.prune() == Pruned(0, 0, 2, 200)


def test_an_empty_store_can_be_pruned(store: Store) -> None:
    assert store.prune(most_bytes=0, oldest=0) == Pruned(0, 0, 0, 0)


def test_an_old_entry_that_is_found_counts_as_used(store: Store) -> None:
    keys = aged(store, 400, 400)

    assert store.find(keys[1]) == b"x" * 68
    store.prune(oldest=100)
    assert found(store, keys) == [1]


def test_what_another_run_left_unfinished_goes_and_what_one_is_writing_stays(store: Store) -> None:
    aged(store, 0)
    for name, age in ((".briefpack-old", 1), (".briefpack-new", 0)):
        path = store.folder / "ab" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half")
        os.utime(path, (10**9 - age * DAY,) * 2)

    store.prune(most_bytes=0)

    assert files(store) == [".briefpack-new"]


def test_records_are_pruned_too_and_what_the_store_did_not_make_stays(store: Store) -> None:
    aged(store, 0)
    for path in ("ab/notes.txt", "notes.txt", "letters/" + "a" * 64, f"records/{KEY}"):
        (store.folder / path).parent.mkdir(exist_ok=True)
        (store.folder / path).write_text("x")
    (store.folder / "ab" / ("c" * 62)).symlink_to(store.folder / "notes.txt")

    assert store.prune(most_bytes=0).removed == 2
    assert files(store) == ["a" * 64, "c" * 62, "notes.txt", "notes.txt"]


def test_pruning_counts_the_memo_tables_and_empties_them_last(store: Store) -> None:
    memo = store.memo("html")
    memo.keep(KEY, b"x" * 20_000)
    store.close()
    aged(store, 0)

    tables = (store.folder / "memo.sqlite").stat().st_size

    assert store.prune(most_bytes=tables).removed == 1
    assert store.memo("html").find(KEY) == b"x" * 20_000
    assert store.prune(most_bytes=tables - 1).left_bytes < 20_000
    assert store.memo("html").find(KEY) is None
    store.close()
