"""From located values to typed models: one problem for each wrong key or value, at its own place."""

from __future__ import annotations

import difflib
import typing
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from briefpack.diagnostics import Code, Findings, Location
from briefpack.pack.edtf import parse_edtf
from briefpack.pack.yaml_reader import NAME, Node


def _kebab(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Written(BaseModel):
    """A mapping as a person writes it: keys with hyphens, nothing unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=_kebab, populate_by_name=False)


def _as_name(value: Any) -> Any:
    if not isinstance(value, str) or not NAME.fullmatch(value):
        raise PydanticCustomError("name", "{value} is not a name of letters, digits and `-`", {"value": repr(value)})
    return value


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _as_flag(value: Any) -> Any:
    if isinstance(value, str) and value in ("yes", "true"):
        return True
    if isinstance(value, str) and value in ("no", "false"):
        return False
    if isinstance(value, bool | list):
        return value
    raise PydanticCustomError("flag", "expected yes or no, not {value}", {"value": repr(value)})


def _as_date(value: Any) -> Any:
    if not isinstance(value, str) or parse_edtf(value) is None:
        raise PydanticCustomError("edtf", "{value} is not a date", {"value": repr(value)})
    return value


def _as_language(value: Any) -> Any:
    parts = value.split("-") if isinstance(value, str) else [""]
    if not (parts[0].isascii() and parts[0].isalpha() and 2 <= len(parts[0]) <= 3 and all(p.isalnum() for p in parts)):
        raise PydanticCustomError("language", "{value} is not a language tag", {"value": repr(value)})
    return value


def _as_decimal(value: Any) -> Any:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise PydanticCustomError("decimal", "{value} is not a number", {"value": repr(value)})
    return number


Name = Annotated[str, BeforeValidator(_as_name)]
Names = Annotated[list[Name], BeforeValidator(_as_list)]
Flag = Annotated[bool, BeforeValidator(_as_flag)]
Visibility = Annotated[bool | list[Name], BeforeValidator(_as_flag)]
Date = Annotated[str, BeforeValidator(_as_date)]
Language = Annotated[str, BeforeValidator(_as_language)]
Number = Annotated[Decimal, BeforeValidator(_as_decimal)]

_CODES = {
    "extra_forbidden": Code.KEY_UNKNOWN,
    "missing": Code.KEY_MISSING,
    "edtf": Code.DATE_INVALID,
    "language": Code.LANGUAGE_INVALID,
    "name": Code.NAME_INVALID,
}
_HINTS = {
    Code.DATE_INVALID: "write 2017, 2017-09, 2017-09-07, an interval 2017-01/2017-09, or ? before an inferred date",
    Code.LANGUAGE_INVALID: "write a BCP 47 tag such as en or es-SV",
    Code.NAME_INVALID: "use letters and digits of any script, joined by `-`",
}

M = TypeVar("M", bound=Written)


def validate(
    model: type[M],
    node: Node,
    findings: Findings,
    misplaced: dict[str, str] | None = None,
    within: tuple[str, ...] = (),
) -> M | None:
    """Return the model that `node` writes, with every problem reported; None where nothing usable is left.

    What is wrong is dropped from `node`, so that the rest can still be checked; errors remain errors.

    `misplaced` names, for keys that belong into another file, where they belong. `within` is the path of `node` in its
    file, for messages.
    """
    dropped: set[tuple[str | int, ...]] = set()
    for _ in range(_ATTEMPTS):
        try:
            return model.model_validate(node.plain())
        except ValidationError as error:
            details = error.errors(include_url=False)
        for detail in details:
            if detail["loc"] not in dropped:
                _report(detail, model, node, findings, misplaced or {}, within)
        doomed = {_prunable(detail) for detail in details}
        if () in doomed:
            return None
        for path in sorted(doomed, key=lambda p: [str(step).zfill(6) for step in p], reverse=True):
            node.drop(path)
        dropped |= doomed
    return None


_ATTEMPTS = 4
_ENTRIES = ("evidence", "cells", "labels", "measures", "places", "audiences")
_WITHHOLDING = ("withhold", "labels", "exclude", "attach", "annex")
"""What keeps something from being printed: where it is wrong, what it stands in cannot be used either."""


def _prunable(detail: ErrorDetails) -> tuple[str | int, ...]:
    """The smallest part to leave out so that the rest can still be checked; empty where nothing can be spared."""
    path = detail["loc"]
    is_unknown = detail["type"] == "extra_forbidden"
    depth = next((at for at, step in enumerate(path) if _withholds(path, at, misspelt=is_unknown)), None)
    if depth is None and is_unknown:
        return path
    owner = path if depth is None else path[:depth]
    for length in range(len(owner), 0, -1):
        if isinstance(owner[length - 1], int) or (length > 1 and owner[length - 2] in _ENTRIES):
            return owner[:length]
    if depth is None and detail["type"] != "missing" and len(path) > 1:
        return path
    return ()


def _withholds(path: Sequence[str | int], at: int, *, misspelt: bool) -> bool:
    step = path[at]
    if not isinstance(step, str) or (step == "labels" and isinstance((*path, 0)[at + 1], str)):
        return False  # the table `[labels]` declares; an undeclared label withholds
    is_last = at == len(path) - 1
    return step in _WITHHOLDING or (misspelt and is_last and bool(did_you_mean(step, _WITHHOLDING)))


def _report(
    detail: ErrorDetails,
    model: type[Written],
    node: Node,
    findings: Findings,
    misplaced: dict[str, str],
    within: tuple[str, ...],
) -> None:
    path = detail["loc"]
    if path[-1:] == ("[key]",):
        place = node.at(*path[:-2]).keys.get(str(path[-2]), node.at(*path[:-1]).span.location)
        findings.report(Code.NAME_INVALID, _plain(detail), place, hint=_HINTS[Code.NAME_INVALID])
        return
    code = _CODES.get(detail["type"], Code.VALUE_INVALID)
    key = str(path[-1]) if path else ""
    where = ".".join(str(step) for step in (*within, *path))
    if code is Code.KEY_UNKNOWN:
        owner = node.at(*path[:-1])
        place = owner.keys.get(key, owner.span.location)
        if key in misplaced:
            findings.report(
                Code.KEY_MISPLACED, f"{key!r} does not belong here", place, hint=f"move it to {misplaced[key]}"
            )
            return
        known = _keys_at(model, path[:-1])
        findings.report(code, f"unknown key {key!r}", place, hint=did_you_mean(key, known) or _one_of(known))
    elif code is Code.KEY_MISSING:
        findings.report(code, f"{where!r} is missing", _head(node.at(*path[:-1]).span.location), hint=f"add `{key}:`")
    else:
        target = node.at(*path)
        findings.report(code, f"{where}: {_plain(detail)}", target.span.location, hint=_HINTS.get(code, ""))


def _plain(detail: ErrorDetails) -> str:
    """The problem in words that do not need to know Python."""
    value = detail.get("input")
    kinds = {
        "string_type": "expected text",
        "list_type": "expected a list, one item a line after `- `",
        "dict_type": "expected keys with values",
        "model_type": "expected keys with values",
        "model_attributes_type": "expected keys with values",
        "bool_type": "expected yes or no",
        "literal_error": f"{value!r} is not one of {(detail.get('ctx') or {}).get('expected', '')}",
        "int_parsing": f"{value!r} is not a whole number",
    }
    message = kinds.get(detail["type"], detail["msg"])
    return message[0].lower() + message[1:] if message[:2] != message[:2].upper() else message


def _head(location: Location) -> Location:
    return Location(location.file, location.line, location.column, location.line, location.column + 1)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A hint that names the nearest known word, or the empty string."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else ""


def _one_of(known: Sequence[str]) -> str:
    return f"known here: {', '.join(known)}" if known else ""


def _keys_at(model: type[Written], path: Sequence[int | str]) -> list[str]:
    """The keys that may stand at `path` below `model`, found by walking the annotations."""
    annotation: Any = model
    for step in path:
        if typing.get_origin(annotation) is dict:
            annotation = typing.get_args(annotation)[1]
            continue
        found = _model_in(annotation)
        if isinstance(step, str) and found is not None:
            field = next((f for n, f in found.model_fields.items() if (f.alias or n) == step), None)
            annotation = field.annotation if field else None
    final = _model_in(annotation)
    return sorted(f.alias or n for n, f in final.model_fields.items()) if final else []


def _model_in(annotation: Any) -> type[Written] | None:
    if isinstance(annotation, type) and issubclass(annotation, Written):
        return annotation
    for inner in typing.get_args(annotation):
        if found := _model_in(inner):
            return found
    return None
