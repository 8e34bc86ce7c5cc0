from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.running import Desk


@pytest.fixture
def desk(tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Somebody in the tiny pack, which has no problem."""
    return Desk(tiny, monkeypatch, capsys)


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Somebody in an empty folder."""
    return Desk(tmp_path, monkeypatch, capsys)
