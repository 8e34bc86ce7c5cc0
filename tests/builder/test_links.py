"""A link that stands where a build writes is replaced; what it leads to is left as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.builder.build import build
from briefpack.builder.ledger import LEDGER, load_ledger
from briefpack.builder.memo import Memos
from briefpack.builder.report import BuildRequest
from briefpack.world import World, digest

DOSSIER = "build/out/public/dossier.pdf"
MEMOS = "build/store/memo.sqlite"


@pytest.mark.parametrize("target", ["content/mine.md", "../mine.md", "nothing.md"])
@pytest.mark.parametrize("place", [LEDGER, MEMOS, DOSSIER])
def test_a_link_is_replaced_and_not_followed(built: Path, place: str, target: str) -> None:
    for mine in (built / "content/mine.md", built.parent / "mine.md"):
        mine.write_bytes(b"")
    before = (built / DOSSIER).read_bytes()
    (built / DOSSIER).unlink()
    (built / place).unlink(missing_ok=True)
    (built / place).symlink_to(built / target)

    report = build(World(built), BuildRequest())

    assert not report.has_errors
    assert not (built / place).is_symlink()
    assert (built / DOSSIER).read_bytes() == before
    assert load_ledger(World(built)) is not None
    assert (built / "content/mine.md").read_bytes() == (built.parent / "mine.md").read_bytes() == b""
    assert not (built / "nothing.md").exists()


def test_memos_in_the_place_of_a_link_are_kept(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"")
    (tmp_path / "memo.sqlite").symlink_to(other)
    memos = Memos(tmp_path / "memo.sqlite", lambda: 1)
    assert memos.keep("html", digest(b"key"), b"value")
    assert memos.find("html", digest(b"key")) == b"value"
    memos.close()
    assert other.read_bytes() == b""
