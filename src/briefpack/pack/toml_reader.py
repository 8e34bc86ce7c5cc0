"""TOML with the place of every key and value, in the same located form as YAML."""

from __future__ import annotations

import datetime
import re
import tomllib
from typing import Any

from briefpack.diagnostics import Code, Findings, Location
from briefpack.pack.span import Span
from briefpack.pack.toml_places import Path, Places
from briefpack.pack.yaml_reader import Node, is_too_large

_ERROR_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_toml(raw: str, file: str, findings: Findings) -> Node | None:
    """Read a TOML file; return None where it is none, with the reason in `findings`."""
    if is_too_large(raw, file, findings):
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
    return _node(values, (), Places(raw, file), Span(file, raw, 0, 0))


def _node(value: Any, path: Path, places: Places, above: Span) -> Node:
    span = places.spans.get(path, above)
    if isinstance(value, dict):
        fields = {key: _node(below, (*path, key), places, span) for key, below in value.items()}
        return Node(span, fields=fields, keys={key: places.keys.get((*path, key), span.location) for key in value})
    if isinstance(value, list):
        return Node(span, items=[_node(below, (*path, index), places, span) for index, below in enumerate(value)])
    return Node(span, text=_typed(value))


def _typed(value: Any) -> str:
    """A scalar as text: TOML's own types are read back into what was typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)
