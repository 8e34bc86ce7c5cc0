"""What a bundle's `template.toml` says: how pages look, never what is said or to whom.

Each key has one check and one message. Keys of `content/pack.toml` are refused with the right file named.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from briefpack.diagnostics import Checked, Code, Findings, Location

PAPERS = ("A3", "A4", "A5", "B4", "B5", "Letter", "Legal", "Ledger")
"""Paper sizes that a bundle may name; all of them are CSS page sizes."""

_PACK_KEY_NAMES = """
    title subtitle organisation contact disclaimer language date brief dossier labels measures places parts audiences
    sources include exclude flag products optional annex attach marking refresh schedule pack edition
    min-size max-size min-spacing quotations volume-pages templates
"""
PACK_KEYS = frozenset(_PACK_KEY_NAMES.split())
"""Keys that belong into `content/pack.toml`."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file of a bundle: its path inside the bundle, and how CSS calls it."""

    file: str
    family: str
    weight: int = 400
    style: str = "normal"


@dataclass(frozen=True, slots=True)
class BundleSettings:
    """A `template.toml` as written; None or empty where a key is absent."""

    extends: str | None = None
    paper: str | None = None
    logo: str | None = None
    tokens: Mapping[str, str] = field(default_factory=dict)
    strings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fonts: tuple[Face, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line on which each token stands."""


def parse_settings(content: bytes, file: str) -> Checked[BundleSettings]:
    """Read the bytes of the `template.toml` that the user knows as `file`; wrong keys are left out and reported."""
    findings = Findings()
    try:
        text = content.decode()
        table = tomllib.loads(text)
    except UnicodeDecodeError:
        findings.report(Code.ENCODING_INVALID, "the file is not UTF-8", Location(file), "save it as UTF-8")
        return Checked(BundleSettings(), tuple(findings.items))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        where = Location(file, int(at[1]), int(at[2])) if at else Location(file)
        message = str(error).split(" (at")[0]
        findings.report(Code.TOML_INVALID, message[:1].lower() + message[1:], where, "correct the TOML")
        return Checked(BundleSettings(), tuple(findings.items))
    reader = _Reader(file, text, findings)
    values: dict[str, Any] = {}
    for key, value in table.items():
        check = _CHECKS.get(key)
        if check is None:
            reader.unknown(key)
            continue
        values[key] = check(reader, key, value)
    kept = {key: value for key, value in values.items() if value is not None}
    lines = {name: reader.line(name) for name in kept.get("tokens", {})}
    return Checked(BundleSettings(**kept, lines=lines), tuple(findings.items))


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    text: str
    findings: Findings

    def line(self, key: str) -> int:
        """The first line that sets `key` or opens a table of that name; 0 where it cannot be told."""
        name = re.escape(key)
        pattern = re.compile(rf'^\s*(?:"?{name}"?\s*[.=]|\[+\s*(?:[\w.-]+\.)?"?{name}"?\s*[.\]])')
        return next((n for n, line in enumerate(self.text.splitlines(), 1) if pattern.match(line)), 0)

    def wrong(self, key: str, message: str, hint: str) -> None:
        self.findings.report(Code.VALUE_INVALID, message, Location(self.file, self.line(key)), hint)

    def unknown(self, key: str) -> None:
        where = Location(self.file, self.line(key))
        if key in PACK_KEYS:
            self.findings.report(
                Code.KEY_MISPLACED, f"`{key}` does not belong into {self.file}", where, "move it to content/pack.toml"
            )
            return
        near = difflib.get_close_matches(key, _CHECKS, 1, 0.5)
        hint = f"did you mean `{near[0]}`" if near else f"use one of {', '.join(_CHECKS)}"
        self.findings.report(Code.KEY_UNKNOWN, f"unknown key `{key}`", where, hint)


def _name(reader: _Reader, key: str, value: object) -> str | None:
    if isinstance(value, str) and re.fullmatch(r"[\w-]+", value):
        return value
    reader.wrong(
        key, f"`{key}` must be the name of a folder in templates/", "write the name of another bundle, or base"
    )
    return None


def _paper(reader: _Reader, key: str, value: object) -> str | None:
    found = {name.lower(): name for name in PAPERS}.get(str(value).lower())
    if found is None:
        reader.wrong(key, f"unknown paper {value!r}", f"use one of {', '.join(PAPERS)}")
    return found


def _path(reader: _Reader, key: str, value: object) -> str | None:
    if isinstance(value, str) and value and not value.startswith("/") and ".." not in value.split("/"):
        return value
    reader.wrong(key, f"`{key}` must be the path of a file inside the bundle", "name a file of this folder")
    return None


def _tokens(reader: _Reader, key: str, value: object) -> dict[str, str] | None:
    if not isinstance(value, dict):
        reader.wrong(key, "`tokens` must be a table", 'write [tokens] and one `name = "value"` a line')
        return None
    kept: dict[str, str] = {}
    for name, token in value.items():
        text = str(token)
        if isinstance(token, dict | list | bool) or re.search(r"[;{}<>\\@\n]|url\s*\(|/\*", text, re.IGNORECASE):
            reader.wrong(
                name, f"the token `{name}` is no single CSS value", "write a colour, a length, a number or a family"
            )
        else:
            kept[name] = text
    return kept


def _strings(reader: _Reader, key: str, value: object) -> dict[str, dict[str, str]] | None:
    tables = value if isinstance(value, dict) else {"": None}
    kept: dict[str, dict[str, str]] = {}
    for language, texts in tables.items():
        if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
            reader.wrong(
                key, "`strings` holds one table of texts for each language", "write [strings.en] above the texts"
            )
        else:
            kept[language] = texts
    return kept


def _fonts(reader: _Reader, key: str, value: object) -> tuple[Face, ...] | None:
    faces: list[Face] = []
    for entry in value if isinstance(value, list) else [None]:
        if not isinstance(entry, dict) or not {"file", "family"} <= set(entry) <= {"file", "family", "weight", "style"}:
            reader.wrong(
                key, "a font needs `file` and `family`, and may have `weight` and `style`", "write one [[fonts]] a face"
            )
            continue
        file = _path(reader, "file", entry["file"])
        weight = entry.get("weight", 400)
        style = entry.get("style", "normal")
        if not isinstance(weight, int) or not 100 <= weight <= 900 or style not in ("normal", "italic"):
            reader.wrong(
                key, f"font {entry['file']!r} has no valid weight or style", "use 100 to 900, and normal or italic"
            )
        elif file is not None and re.fullmatch(r"[\w .-]+", str(entry["family"])):
            faces.append(Face(file, str(entry["family"]), weight, style))
    return tuple(faces)


_CHECKS: dict[str, Callable[[_Reader, str, Any], Any]] = {
    "extends": _name,
    "paper": _paper,
    "strings": _strings,
    "tokens": _tokens,
    "logo": _path,
    "fonts": _fonts,
}
