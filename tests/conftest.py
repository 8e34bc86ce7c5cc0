"""What all tests share: packs copied to a folder of their own, and short forms of what a check says."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
TINY = TESTS / "packs" / "tiny"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny valid pack."""
    return Path(shutil.copytree(TINY, tmp_path / "pack"))


@pytest.fixture
def edited(tiny: Path) -> Callable[[str, str, str], Path]:
    """Replaces a text that occurs once in a file of the tiny pack; returns the pack."""

    def edit(file: str, old: str, new: str) -> Path:
        target = tiny / file
        text = target.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {file}"
        target.write_text(text.replace(old, new), encoding="utf-8")
        return tiny

    return edit
