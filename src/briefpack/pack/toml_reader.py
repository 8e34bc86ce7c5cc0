"""TOML with the place of every key and value, in the same located form as YAML."""

from __future__ import annotations

import datetime
import re
import tomllib
from typing import Any

from briefpack.diagnostics import Code, Findings, Location
from briefpack.pack.span import Span
from briefpack.pack.yaml_reader import MAX_BYTES, Node

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=\s*(.*)$""")
_ERROR_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")

Path = tuple[str | int, ...]


def read_toml(raw: str, file: str, findings: Findings) -> Node | None:
    """Read a TOML file; return None where it is none, with the reason in `findings`."""
    if len(raw) > MAX_BYTES:
        findings.report(Code.YAML_TOO_LARGE, "the file is larger than 2 MB", Location(file), hint="split the file")
        return None
    try:
        values = tomllib.loads(raw, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        place = _ERROR_PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place else (len(raw.splitlines()), 1)
        findings.report(
            Code.TOML_INVALID,
            f"not readable as TOML: {_ERROR_PLACE.sub('', str(error)).strip().lower()}",
            Location(file, line, column, line, column + 1),
            hint="put text in double quotation marks and lists in [ ]",
        )
        return None
    except RecursionError:
        findings.report(Code.TOML_INVALID, "nested too deeply", Location(file), hint="write fewer brackets")
        return None
    keys, spans = _positions(raw, file)
    return _node(values, (), keys, spans, Span(file, raw, 0, 0))


def _positions(raw: str, file: str) -> tuple[dict[Path, Location], dict[Path, Span]]:
    """The places of keys and of values, by path; tables of an array are numbered from 0."""
    keys: dict[Path, Location] = {}
    spans: dict[Path, Span] = {}
    arrays: dict[Path, int] = {}
    table: Path = ()
    offset = 0
    for line in raw.splitlines(keepends=True):
        if header := _HEADER.match(line):
            names = _split(header[2])
            path: Path = ()
            for index, name in enumerate(names):
                path = (*path, name)
                if index == len(names) - 1 and header[1] == "[[":
                    arrays[path] = arrays.get(path, -1) + 1
                keys.setdefault(path, Span(file, raw, offset + header.start(2), offset + header.end(2)).location)
                if path in arrays:
                    path = (*path, arrays[path])
            table = path
            spans[table] = Span(file, raw, offset + header.start(2), offset + header.end(2))
        elif key := _KEY.match(line):
            path = (*table, *_split(key[1]))
            keys[path] = Span(file, raw, offset + key.start(1), offset + key.end(1)).location
            value = key[2].rstrip()
            quoted = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
            start = offset + key.start(2) + quoted
            spans[path] = Span(file, raw, start, start + len(value) - 2 * quoted)
        offset += len(line)
    return keys, spans


def _split(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", dotted)]


def _node(value: Any, path: Path, keys: dict[Path, Location], spans: dict[Path, Span], above: Span) -> Node:
    span = spans.get(path, above)
    if isinstance(value, dict):
        fields = {key: _node(below, (*path, key), keys, spans, span) for key, below in value.items()}
        return Node(span, fields=fields, keys={key: keys.get((*path, key), span.location) for key in value})
    if isinstance(value, list):
        return Node(span, items=[_node(below, (*path, index), keys, spans, span) for index, below in enumerate(value)])
    return Node(span, text=_typed(value))


def _typed(value: Any) -> str:
    """A scalar as text: TOML's own types are read back into what was typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)
