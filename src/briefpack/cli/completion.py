"""What the shell offers after TAB. It must never fail and never print: an unreadable pack offers nothing."""

from __future__ import annotations

import re
from pathlib import Path

import typer

from briefpack.cli.place import find_root
from briefpack.diagnostics import CODES, BriefpackError

_CARD = re.compile(r"^  ([^\W_][\w-]*):", re.MULTILINE)
_EVIDENCE = re.compile(r"^evidence:\s*\n((?:[ \t#].*\n|\n)*)", re.MULTILINE)
_AUDIENCE = re.compile(r"^\[audiences\.([\w-]+)\]", re.MULTILINE)


def sources(context: typer.Context, incomplete: str) -> list[str]:
    """Ids of sources."""
    return [path.stem for path in _summaries(context) if path.stem.startswith(incomplete)]


def citations(context: typer.Context, incomplete: str) -> list[str]:
    """Addresses of cards; before the `/`, as long as several sources fit, only those of the sources named so far."""
    found = []
    for path in _summaries(context):
        if path.stem.startswith(incomplete.partition("/")[0]):
            found += [f"{path.stem}/{name}" for name in _cards(path)]
    return [address for address in found if address.startswith(incomplete)]


def codes(incomplete: str) -> list[str]:
    """Codes of problems."""
    return [code for code in sorted(CODES) if code.startswith(incomplete)]


def audiences(context: typer.Context, incomplete: str) -> list[str]:
    """Ids of audiences."""
    try:
        text = (find_root(context) / "content" / "pack.toml").read_text(encoding="utf-8")
    except (BriefpackError, OSError, UnicodeDecodeError):
        return []
    return [name for name in _AUDIENCE.findall(text) if name.startswith(incomplete)]


def templates(context: typer.Context, incomplete: str) -> list[str]:
    """Files of the house style."""
    from briefpack.templating.bundle import BASE, shipped_templates  # noqa: PLC0415 - only here, and not for each TAB

    files = [name for inner in ("", "/strings") for name in shipped_templates().listing(BASE + inner)]
    return [name.removeprefix(f"{BASE}/") for name in files if name.removeprefix(f"{BASE}/").startswith(incomplete)]


def _summaries(context: typer.Context) -> list[Path]:
    try:
        folder = find_root(context) / "content" / "summaries"
        return [path for path in sorted(folder.glob("*.md")) if "." not in path.stem]
    except (BriefpackError, OSError):
        return []


def _cards(path: Path) -> list[str]:
    # The keys two spaces in: reading the file as YAML would take ten times as long, at every press of a key.
    try:
        match = _EVIDENCE.search(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return []
    return _CARD.findall(match[1]) if match else []
