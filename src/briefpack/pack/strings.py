"""Strings of `pack.toml` in other languages: a table named for the language stands inside that of the originals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefpack.diagnostics import Findings
from briefpack.pack.model import StringKey, Text
from briefpack.pack.validation import Written, validate
from briefpack.pack.written import MeasureStrings, PackStrings, PartStrings, PlaceStrings
from briefpack.pack.yaml_reader import Node

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")


def take_translations(node: Node, findings: Findings) -> dict[str, dict[StringKey, Text]]:
    """Take the tables of strings out of the settings at `node`, and return them by language."""
    found: dict[str, dict[StringKey, Text]] = {}
    for key, table, model in _tables(node):
        for language, strings in list((table.fields or {}).items()):
            if strings.fields is None or not _LANGUAGE.fullmatch(language) or table.fields is None:
                continue
            del table.fields[language]
            if model is None or validate(model, strings, findings, within=(*key, language)) is not None:
                texts = {
                    name: Text(child.text, child.span.location) for name, child in strings.fields.items() if child.text
                }
                into = found.setdefault(language, {})
                into |= {key if key[0] == "parts" else (*key, name): text for name, text in texts.items()}
    return found


def _tables(node: Node) -> Iterator[tuple[StringKey, Node, type[Written] | None]]:
    """The tables that may hold strings in other languages, with what those tables may hold."""
    known = node.fields or {}
    if "pack" in known:
        yield ("pack",), known["pack"], PackStrings
    if "labels" in known:
        yield ("labels",), known["labels"], None
    for name, model in (("measures", MeasureStrings), ("places", PlaceStrings)):
        for id_, table in (known[name].fields or {}).items() if name in known else ():
            yield (name, id_), table, model
    for at, table in enumerate(known["parts"].items or ()) if "parts" in known else ():
        yield ("parts", str(at)), table, PartStrings
