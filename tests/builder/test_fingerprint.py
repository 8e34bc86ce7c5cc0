"""The fingerprint changes with every part of the toolchain, and learning it imports none of them."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from briefpack.builder import fingerprint as module
from briefpack.builder.fingerprint import (
    LIBRARIES,
    PACKAGES,
    Library,
    code_digest,
    fingerprint,
    library_version,
    toolchain,
)

_LOADED = "import sys; from briefpack.builder.fingerprint import toolchain; toolchain(); print(*sys.modules)"


def test_every_part_has_a_version() -> None:
    parts = toolchain()

    libraries = ("pango", "harfbuzz", "harfbuzz-subset", "qpdf")
    assert sorted(parts) == sorted(["briefpack", "python", *PACKAGES, *libraries])
    assert [name for name, version in parts.items() if version in ("", "absent", "unknown")] == []


def test_versions_of_packages_are_those_that_the_installation_states() -> None:
    parts = toolchain()

    assert {name: parts[name] for name in PACKAGES} == {name: metadata.version(name) for name in PACKAGES}


def test_versions_of_libraries_are_those_that_weasyprint_loads() -> None:
    from weasyprint.text.ffi import pango

    major, minor, micro = map(int, toolchain()["pango"].split("."))
    assert major * 10_000 + minor * 100 + micro == pango.pango_version()


def test_qpdf_is_the_one_in_pikepdfs_wheel() -> None:
    bundled = [file for file in metadata.files("pikepdf") or [] if "libqpdf" in file.name]

    assert [toolchain()["qpdf"]] == [f"{file.name},{file.hash.mode}={file.hash.value}" for file in bundled if file.hash]


def test_learning_the_versions_imports_no_part_of_the_toolchain() -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED], check=True, capture_output=True, text=True)
    heavy = {"weasyprint", "pikepdf", "jinja2", "markdown", "PIL", "fontTools", "babel", "pydantic", "yaml", "email"}

    assert heavy & set(done.stdout.split()) == set()


def test_the_fingerprint_changes_with_each_part() -> None:
    parts = dict(toolchain())
    changed = [fingerprint(parts | {name: "other"}) for name in parts]

    assert fingerprint(parts) == fingerprint()
    assert len({fingerprint(parts), *changed}) == len(parts) + 1
    assert fingerprint(dict(reversed(parts.items()))) == fingerprint(parts)


def test_a_library_that_is_not_there_is_absent() -> None:
    assert library_version(Library("none", ("libnone-of-this.so.9",), ("none-of-this",), "version")) == "absent"


def test_a_library_under_its_plain_name_only_is_found() -> None:
    plain = Library("harfbuzz", ("libnone-of-this.so.9",), ("harfbuzz",), "hb_version_string")

    assert library_version(plain) == library_version(LIBRARIES[1])


def test_a_library_that_does_not_state_its_version_is_unknown() -> None:
    assert library_version(Library("harfbuzz", LIBRARIES[1].files, (), "no_such_function")) == "unknown"


def test_a_package_that_is_not_there_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PACKAGES", ("no-such-package",))

    assert toolchain()["no-such-package"] == "absent"


def test_two_traces_of_one_package_are_both_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "Pillow-1.0.dist-info").mkdir()
    (tmp_path / "pillow-2.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)

    assert toolchain()["pillow"] == "1.0 or 2.0"


def test_the_code_is_told_by_names_and_contents_of_its_modules(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("a = 1")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "b.py").write_text("b = 1")
    seen = [code_digest(tmp_path)]
    for noise in ("__pycache__", "_shipped"):
        (tmp_path / noise).mkdir()
        (tmp_path / noise / "c.py").write_text("c = 1")
    (tmp_path / "read.me").write_text("me")
    assert code_digest(tmp_path) == seen[0]

    (tmp_path / "inner" / "b.py").write_text("b = 2")
    seen.append(code_digest(tmp_path))
    (tmp_path / "inner" / "b.py").rename(tmp_path / "inner" / "c.py")
    seen.append(code_digest(tmp_path))
    (tmp_path / "a.py").unlink()
    seen.append(code_digest(tmp_path))
    assert len(set(seen)) == 4
