"""The small pack, built once; each test that wants one gets a copy. Jobs are done in this process."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest
from tests.builder.engines import Here
from tests.conftest import TINY

from briefpack.builder.build import build
from briefpack.builder.engines import ENGINES
from briefpack.builder.fingerprint import toolchain
from briefpack.builder.report import BuildRequest
from briefpack.world import World


def employ(engine: Here, patch: pytest.MonkeyPatch) -> Here:
    """Let builds use `engine`. The tools are looked at once: nobody edits them between two builds of a test."""
    patch.setitem(ENGINES, "local", lambda _: engine)
    patch.setattr("briefpack.builder.plan.toolchain", _toolchain)
    return engine


_toolchain = cache(toolchain)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Here:
    """The engine that builds use."""
    return employ(Here(), monkeypatch)


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny pack, built."""
    root = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("built") / "pack"))
    with pytest.MonkeyPatch.context() as patch:
        employ(Here(), patch)
        assert not build(World(root), BuildRequest()).has_errors
    return root


@pytest.fixture
def built(built_once: Path, tmp_path: Path, here: Here) -> Path:
    """A copy of the tiny pack, built."""
    del here
    return Path(shutil.copytree(built_once, tmp_path / "pack"))
