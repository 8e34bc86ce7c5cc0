"""The toolchain: everything besides its input that decides the bytes of a file, by name and version.

`toolchain` must cost a few milliseconds, for a build that has nothing to do asks it too. So nothing is imported to
learn its version: packages are told by the folders that their installation left, libraries by a call into them.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefpack.world import Digest, digest

ABSENT = "absent"
"""What stands for the version of a part that is not there."""

PACKAGES = (
    "weasyprint",
    "pydyf",
    "tinyhtml5",
    "tinycss2",
    "cssselect2",
    "pillow",
    "fonttools",
    "jinja2",
    "markdown",
    "babel",
    "pikepdf",
)
"""The packages that have a say in a page, by their normalised names."""


@dataclass(frozen=True, slots=True)
class Library:
    """A system library: the names to load it by, those to look it up by, and the function that returns its version."""

    name: str
    files: tuple[str, ...]
    names: tuple[str, ...]
    version: str


# The names and their order as in WeasyPrint's text/ffi.py, so that the version is that of the library it gets.
LIBRARIES = (
    Library("pango", ("libpango-1.0.so.0", "libpango-1.0.dylib"), ("pango-1.0",), "pango_version_string"),
    Library("harfbuzz", ("libharfbuzz.so.0", "libharfbuzz.0.dylib"), ("harfbuzz",), "hb_version_string"),
    Library(
        "harfbuzz-subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        ("harfbuzz-subset",),
        "hb_version_string",
    ),
)
_QPDF = Library("qpdf", ("libqpdf.so.30", "libqpdf.so.29", "libqpdf.dylib"), ("qpdf",), "qpdf_get_qpdf_version")


def fingerprint(parts: Mapping[str, str] | None = None) -> Digest:
    """Return the digest of the toolchain's parts, of `toolchain()` unless given. It is worked out anew at each call."""
    parts = toolchain() if parts is None else parts
    return digest("".join(f"{name}\0{version}\n" for name, version in sorted(parts.items())).encode())


def toolchain() -> Mapping[str, str]:
    """Return the version of each part by its name; "absent" for what is not there.

    briefpack's own part is the digest of its code, so that whoever works on it never gets a stale result.
    """
    folders = _installed()
    parts = {"briefpack": code_digest(Path(__file__).parents[1])}
    parts["python"] = f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor}"
    parts |= {name: _version_of(name, folders.get(name, [])) for name in PACKAGES}
    parts |= {library.name: library_version(library) for library in LIBRARIES}
    parts["qpdf"] = _bundled_qpdf(folders.get("pikepdf", [])) or library_version(_QPDF)
    return parts


def code_digest(package: Path) -> Digest:
    """Return the digest of the names and contents of all `*.py` files of a package."""
    together = hashlib.sha256()
    for path in sorted(_code(str(package))):
        with open(path, "rb", buffering=0) as file:
            content = file.read()
        name = os.path.relpath(path, package)
        together.update(f"{name}\0{len(content)}\0".encode())
        together.update(content)
    return together.hexdigest()


def _code(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield entry.path
            elif entry.is_dir() and entry.name not in ("__pycache__", "_shipped"):
                yield from _code(entry.path)


def library_version(library: Library) -> str:
    """Return what a system library says of its version, or "absent"; one that does not say is "unknown"."""
    loaded = _load(library)
    if loaded is None:
        return ABSENT
    try:
        function = loaded[library.version]
    except AttributeError:
        return "unknown"
    function.restype = ctypes.c_char_p
    text = function()
    return text.decode("ascii", "replace") if isinstance(text, bytes) else "unknown"


def _load(library: Library) -> ctypes.CDLL | None:
    for file in library.files:
        try:
            return ctypes.CDLL(file)
        except OSError:
            continue
    # Slow to import, and it may start a compiler to look around: only where nothing else helped.
    from ctypes.util import find_library  # noqa: PLC0415

    for name in library.names:
        found = find_library(name)
        try:
            return ctypes.CDLL(found) if found else None
        except OSError:
            continue
    return None


def _installed() -> dict[str, list[str]]:
    """The folders with the metadata of each package, by its name; only those of the first place that has any.

    Importing `importlib.metadata` takes 25 ms, three times as long as everything else here, so it is the last resort.
    """
    found: dict[str, list[str]] = {}
    for place in sys.path:
        here: dict[str, list[str]] = {}
        try:
            names = sorted(os.listdir(place or "."))  # where Python itself looks for packages
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info"):
                package = name.partition("-")[0].lower().replace("_", "-").replace(".", "-")
                here.setdefault(package, []).append(f"{place or '.'}/{name}")
        found = here | found
    return found


def _version_of(name: str, folders: list[str]) -> str:
    if folders:  # several: an installation broke off, and it is not known which one Python sees
        versions = [os.path.basename(folder).removesuffix(".dist-info").partition("-")[2] for folder in folders]
        return " or ".join(versions)
    from importlib import metadata  # noqa: PLC0415 - slow, and only for packages that a distribution installs its way

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ABSENT


def _bundled_qpdf(folders: list[str]) -> str:
    """Name and digest of the qpdf that came with pikepdf's wheel, by the list of the wheel's files; "" if none did."""
    for folder in folders:
        try:
            with open(f"{folder}/RECORD", encoding="utf-8", errors="replace") as file:
                lines = file.read().splitlines()
        except OSError:
            continue
        libraries = sorted(line.rpartition("/")[2].rpartition(",")[0] for line in lines if "/libqpdf" in line)
        if libraries:
            return " ".join(libraries)
    return ""
