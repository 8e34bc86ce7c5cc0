"""A new audience, written at the end of `content/pack.toml`: nothing that stands there is touched or moved.

with_audience(raw, NewAudience("public", …)) -> the whole file, or `ValueError` where TOML would not read it so
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass

_HEADER = re.compile(r"^[ \t]*\[{1,2}\s*(?P<name>[^\]#]+?)\s*\]{1,2}", re.MULTILINE)
_SET = ("title", "language", "templates")


@dataclass(frozen=True, slots=True)
class NewAudience:
    """What is written: the id, the title, a language or none, and the audience whose other settings it takes over."""

    id: str
    title: str
    language: str = ""
    like: str = ""


def with_audience(raw: str, new: NewAudience) -> str:
    """Return `raw` with the tables of a new audience at its end, in the file's own line ends."""
    ending = "\r\n" if "\r\n" in raw else "\n"
    before = raw if not raw or raw.endswith("\n") else raw + ending
    table = table_of(raw, new).replace("\n", ending)
    whole = f"{before}{ending}{table}"
    old, found = (tomllib.loads(text.removeprefix("\ufeff")) for text in (raw, whole))
    added = found.get("audiences", {}).pop(new.id, None)
    if not found.get("audiences"):
        found.pop("audiences", None)
    if added is None or found != old:
        raise ValueError("the settings would not be read as they are written")
    return whole


def table_of(raw: str, new: NewAudience) -> str:
    """Return the tables of a new audience as they are to be written."""
    lines = [f"[audiences.{_key(new.id)}]", f"title = {_quoted(new.title)}"]
    if new.language:
        lines.append(f"language = {_quoted(new.language)}")
    lines.append(f"templates = {_quoted(new.id)}")
    own, *inner = _tables(raw, new.like) if new.like else [("", "")]
    kept = [
        line for line in own[1].splitlines() if not _sets(line, (*_SET[:1], *_SET[2:], *_SET[1:2] * bool(new.language)))
    ]
    lines += [line for line in kept if line.strip()]
    for name, body in inner:
        rest = ".".join(_parts(name)[2:])
        lines += ["", f"[audiences.{_key(new.id)}.{rest}]", *(line for line in body.splitlines() if line.strip())]
    return "\n".join(lines) + "\n"


def _tables(raw: str, audience: str) -> list[tuple[str, str]]:
    """The tables of an audience as they stand, by name: its own first, then those in it."""
    headers = list(_HEADER.finditer(raw))
    found = []
    for index, header in enumerate(headers):
        end = headers[index + 1].start() if index + 1 < len(headers) else len(raw)
        if _parts(header["name"])[:2] == ["audiences", audience]:
            found.append((header["name"], _without_tail(raw[header.end() : end])))
    return sorted(found, key=lambda table: len(_parts(table[0]))) or [("", "")]


def _without_tail(body: str) -> str:
    """A table without the comments at its end: they belong to the next one."""
    lines = body.splitlines()[1:]
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return "\n".join(lines)


def _parts(name: str) -> list[str]:
    return [part.strip().strip("\"'") for part in re.findall(r'"[^"]*"|\'[^\']*\'|[^.]+', name)]


def _sets(line: str, keys: tuple[str, ...]) -> bool:
    return re.match(rf"\s*(?:{'|'.join(keys)})\s*=", line) is not None


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
