"""`briefpack schema`: the format of each file as JSON Schema, for editors and other programs."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from briefpack import __version__
from briefpack.cli.console import stdout
from briefpack.cli.reports import to_json
from briefpack.pack.validation import Written
from briefpack.pack.written import PackWritten
from briefpack.summaries.written import ComparisonWritten, OverviewWritten, SummaryWritten


class Kind(StrEnum):
    """A kind of file."""

    SUMMARY = "summary"
    COMPARISON = "comparison"
    OVERVIEW = "overview"
    PACK = "pack"


MODELS: dict[Kind, type[Written]] = {
    Kind.SUMMARY: SummaryWritten,
    Kind.COMPARISON: ComparisonWritten,
    Kind.OVERVIEW: OverviewWritten,
    Kind.PACK: PackWritten,
}

_BARE = {"StatementWritten": "text", "CardWritten": "quote", "CellWritten": "text", "PlacedCautionWritten": "text"}
"""Definitions for which a bare text may stand, and the key that it then fills."""

_SCALAR = {"type": ["string", "number", "boolean"]}


def schema(
    kind: Annotated[Kind | None, typer.Option(help="One kind of file; else all four under their names.")] = None,
) -> None:
    """Print the format of summaries, comparisons, the overview and pack.toml as JSON Schema.

    Editors complete keys and mark mistakes with it.

    For example:

      briefpack schema --kind summary > summary.schema.json

    Next: name the file in your editor's settings for content/summaries/*.md.
    """
    found = schema_of(kind) if kind else {each.value: schema_of(each) for each in Kind}
    stdout().raw(to_json(found))


def schema_of(kind: Kind) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file, generated from the model that reads it."""
    written = MODELS[kind].model_json_schema(by_alias=True, mode="validation")
    definitions = {name: _loosened(one, name) for name, one in written.pop("$defs", {}).items()}
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"briefpack {__version__}: {kind.value}",
    }
    return head | {key: value for key, value in _relaxed(written).items() if key != "title"} | {"$defs": definitions}


def _loosened(definition: dict[str, Any], name: str) -> dict[str, Any]:
    relaxed: dict[str, Any] = _relaxed(definition)
    return {"anyOf": [_SCALAR, relaxed]} if name in _BARE else relaxed


def _relaxed(value: Any) -> Any:
    """What the reader takes besides: any scalar for a text (they are texts as typed), one item for a list."""
    if isinstance(value, list):
        return [_relaxed(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") in ("string", "integer", "number", "boolean") and "enum" not in value and "const" not in value:
        return {
            key: item for key, item in value.items() if key not in ("type", "title", "default", "pattern")
        } | _SCALAR
    relaxed = {key: _relaxed(item) for key, item in value.items() if key != "default"}
    if value.get("type") == "array" and isinstance(relaxed.get("items"), dict) and "minItems" not in value:
        return {"anyOf": [relaxed, relaxed["items"]]}
    return relaxed
