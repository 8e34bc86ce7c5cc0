"""Packs on disk for tests: a folder with the templates that a test writes, above the shipped base."""

from __future__ import annotations

from pathlib import Path

from briefpack.diagnostics import Checked
from briefpack.templating.bundle import Bundle, load_bundle
from briefpack.world import World


def write(root: Path, files: dict[str, str]) -> World:
    for name, content in files.items():
        path = root / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return World(root)


def load(root: Path, files: dict[str, str], name: str = "own") -> Checked[Bundle | None]:
    return load_bundle(write(root, {"own/template.toml": "", **files}), name)


def loaded(root: Path, files: dict[str, str] | None = None, name: str = "own") -> Bundle:
    checked = load(root, files or {}, name)
    assert checked.diagnostics == ()
    assert checked.value is not None
    return checked.value
