"""Memo tables give back what was kept under their name and key, whatever happened to their file."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.builder.memo import Memos
from briefpack.world import digest

KEY = digest(b"what it was made from")
OTHER = digest(b"something else")
DAY = 86_400 * 10**9


def at(time: int, path: Path) -> Memos:
    return Memos(path, lambda: time)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "memo.sqlite"


@pytest.fixture
def memos(path: Path) -> Iterator[Memos]:
    memos = at(0, path)
    yield memos
    memos.close()


def change(path: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement, values)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("value", [b"", b"value", b"\0" * 5000])
def test_what_was_kept_is_found_in_the_next_run(path: Path, memos: Memos, value: bytes) -> None:
    assert memos.keep("html", KEY, value)
    assert memos.find("html", KEY) == value
    memos.close()

    assert memos.find("html", KEY) == value


def test_tables_and_keys_are_kept_apart(memos: Memos) -> None:
    memos.keep("html", KEY, b"value")

    assert memos.find("product", KEY) is None
    assert memos.find("html", OTHER) is None


def test_the_last_value_counts(memos: Memos) -> None:
    memos.keep("html", KEY, b"first")
    memos.keep("html", KEY, b"second")

    assert memos.find("html", KEY) == b"second"


@pytest.mark.parametrize(
    "change_of",
    ["value = x'00'", "seal = x'00'", "key = ?2", "name = 'product'", "value = 'text'", "value = value || x'00'"],
)
def test_a_value_that_was_changed_or_moved_is_not_found(path: Path, memos: Memos, change_of: str) -> None:
    memos.keep("html", KEY, b"value")
    memos.close()
    change(path, f"UPDATE memo SET {change_of} WHERE key = ?1 OR ?2 = ''", KEY, OTHER)

    found = [memos.find(name, key) for name in ("html", "product") for key in (KEY, OTHER)]
    assert found == [None] * 4


@pytest.mark.parametrize("foreign", [b"no database" * 500, b"SQLite format 3\0" + b"\xff" * 5000, b"x"])
def test_a_file_that_is_no_database_is_made_anew(path: Path, memos: Memos, foreign: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(foreign)

    assert memos.find("html", KEY) is None
    assert memos.keep("html", KEY, b"value")
    assert memos.find("html", KEY) == b"value"


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE memo (a, b)", "PRAGMA user_version = 1", "PRAGMA user_version = 99"]
)
def test_a_database_of_another_form_is_made_anew(path: Path, memos: Memos, statement: str) -> None:
    path.parent.mkdir()
    change(path, statement)

    assert memos.find("html", KEY) is None
    assert memos.keep("html", KEY, b"value")
    assert memos.find("html", KEY) == b"value"


@given(where=st.integers(0), wrong=st.binary(min_size=1, max_size=200))
def test_a_damaged_database_never_gives_a_wrong_value(where: int, wrong: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memo.sqlite"
        memos = at(0, path)
        kept = {digest(bytes([number])): bytes([number]) * 50 for number in range(40)}
        for key, value in kept.items():
            memos.keep("html", key, value)
        memos.close()
        content = path.read_bytes()
        start = where % len(content)
        path.write_bytes(content[:start] + wrong + content[start + len(wrong) :])

        for key, value in kept.items():
            assert memos.find("html", key) in (value, None)
        memos.keep("html", KEY, b"value")  # into an index that is out of order it may go, and not be found
        assert memos.find("html", KEY) in (b"value", None)
        memos.close()


def test_a_database_that_is_locked_is_left_alone(path: Path, memos: Memos, monkeypatch: pytest.MonkeyPatch) -> None:
    memos.keep("html", KEY, b"value")
    memos.close()
    connect = sqlite3.connect
    other = connect(path, isolation_level=None)
    monkeypatch.setattr(sqlite3, "connect", lambda path, **options: connect(path, **options | {"timeout": 0}))
    other.execute("BEGIN IMMEDIATE")

    assert memos.find("html", KEY) == b"value"
    assert not memos.keep("html", OTHER, b"value")
    other.execute("COMMIT")
    other.close()
    assert memos.find("html", KEY) == b"value"


def test_values_that_were_not_used_for_long_are_removed(path: Path) -> None:
    memos = at(0, path)
    memos.keep("html", KEY, b"old")
    memos.keep("html", OTHER, b"used again")
    memos.close()
    later = at(10 * DAY, path)
    assert later.find("html", OTHER) == b"used again"
    later.close()

    assert later.prune(5 * DAY, None) == path.stat().st_size
    assert later.find("html", KEY) is None
    assert later.find("html", OTHER) == b"used again"
    later.close()


def test_pruning_what_is_not_there_makes_nothing(path: Path, memos: Memos) -> None:
    assert memos.prune(0, 0) == 0
    assert not path.exists()
