"""`briefpack doctor`: whether this machine has what building needs."""

from __future__ import annotations

import ctypes
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import typer

from briefpack import __version__
from briefpack.cli.boundary import DONE, LACKING
from briefpack.cli.console import STYLES, Screen, stdout
from briefpack.cli.place import find_root
from briefpack.diagnostics import BriefpackError
from briefpack.shipped import shipped_pack


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `hint` says what to do where something is amiss, `needed` whether building needs it."""

    name: str
    found: str
    hint: str = ""
    needed: bool = True

    @property
    def is_ok(self) -> bool:
        """Whether there is nothing to do."""
        return not self.hint


@dataclass(frozen=True, slots=True)
class Library:
    """A system library: the names it is loaded by, and the packages that bring it."""

    name: str
    files: tuple[str, ...]
    apt: str
    brew: str
    without: str = ""


# As WeasyPrint loads them; `tools/setup` installs the same.
LIBRARIES = (
    Library("GObject", ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"), "libglib2.0-0", "glib"),
    Library("Pango", ("libpango-1.0.so.0", "libpango-1.0.dylib"), "libpango-1.0-0", "pango"),
    Library("PangoFT2", ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"), "libpangoft2-1.0-0", "pango"),
    Library("HarfBuzz", ("libharfbuzz.so.0", "libharfbuzz.0.dylib"), "libharfbuzz0b", "harfbuzz"),
    Library(
        "HarfBuzz-subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        "libharfbuzz-subset0",
        "harfbuzz",
        "without it every page takes ten times as long, and other bytes come out",
    ),
    Library("Fontconfig", ("libfontconfig.so.1", "libfontconfig.1.dylib"), "libfontconfig1", "fontconfig"),
)

PACKAGES = ("weasyprint", "pikepdf", "jinja2", "typer")


def doctor(context: typer.Context) -> None:
    """Say whether this machine has what briefpack needs, and what to do where not.

    Ends with 3 where something is missing.

    For example:

      briefpack doctor

    Next: briefpack build, or the command that a line names.
    """
    screen = stdout()
    findings = [*_programs(), *map(_library, LIBRARIES), _isolation(), _fonts(), *_folder(context)]
    for finding in findings:
        _show(screen, finding)
    lacking = [finding for finding in findings if finding.needed and not finding.is_ok]
    screen.line()
    screen.line(f"{len(lacking)} to mend, as named above." if lacking else "Everything is there.")
    raise typer.Exit(LACKING if lacking else DONE)


def _show(screen: Screen, finding: Finding) -> None:
    kind = "ok" if finding.is_ok else "error" if finding.needed else "warning"
    mark = {"ok": "ok     ", "error": "missing", "warning": "note   "}[kind]
    screen.line(f"{mark}  {finding.name}: {finding.found}", STYLES[kind] if kind != "ok" else "")
    if finding.hint:
        screen.paragraph(f"= try: {finding.hint}", indent=18, first=11)


def _programs() -> Iterator[Finding]:
    python = platform.python_version()
    hint = "" if sys.version_info >= (3, 11) else "install Python 3.11 or later"
    yield Finding("Python", python, hint)
    yield Finding("briefpack", __version__)
    for name in PACKAGES:
        try:
            yield Finding(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(name, "not installed", "install briefpack again: `pip install --force-reinstall briefpack`")


def _library(library: Library) -> Finding:
    for file in library.files:
        try:
            ctypes.CDLL(file)
        except OSError:
            continue
        return Finding(library.name, f"loaded as {file}")
    command = f"brew install {library.brew}" if sys.platform == "darwin" else f"sudo apt-get install {library.apt}"
    return Finding(library.name, f"not found{'; ' + library.without if library.without else ''}", command)


def _isolation() -> Finding:
    """Sections are set in processes of their own, without network where the system allows that."""
    from briefpack.builder.forks import isolation  # noqa: PLC0415 - nobody else here needs the builder

    return Finding("Layout processes", isolation(), needed=False)


def _fonts() -> Finding:
    folder = shipped_pack() / "templates" / "base" / "fonts"
    count = len([path for path in folder.rglob("*") if path.suffix in (".ttf", ".otf")])
    hint = "" if count else "install briefpack again: its fonts are missing"
    return Finding("Fonts of the house style", f"{count} in {folder}", hint)


def _folder(context: typer.Context) -> Iterator[Finding]:
    try:
        root = find_root(context)
    except BriefpackError:
        yield Finding("Pack", "none here", "`briefpack init DIR` makes one; or name one with --pack DIR", needed=False)
        return
    yield Finding("Pack", str(root))
    build = root / "build"
    trial = build if build.is_dir() else root
    try:
        with tempfile.TemporaryFile(dir=trial):
            pass
    except OSError as error:
        reason = (error.strerror or "refused").lower()
        yield Finding("build/", f"cannot be written: {reason}", f"give yourself the permission: chmod u+w {trial}")
        return
    free = _free(build if build.is_dir() else root)
    hint = "make room: a large pack needs several hundred MB" if free < 200e6 else ""
    yield Finding("build/", f"can be written, {free / 1e9:.1f} GB free", hint)


def _free(folder: Path) -> int:
    stats = os.statvfs(folder)
    return stats.f_bavail * stats.f_frsize
