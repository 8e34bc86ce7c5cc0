"""A brief without what makes no difference to how it fits its page."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from briefpack.diagnostics import Location
from briefpack.products.model import Brief, Note

T = TypeVar("T")
K = TypeVar("K")


def without_links(brief: Brief) -> Brief:
    """The same brief with citations that lead nowhere."""
    return _changed(brief, Note, lambda note: replace(note, href=""))


def without_places(brief: Brief) -> Brief:
    """The same brief wherever its statements were written: an empty line before them changes no page."""
    return _changed(brief, Location, lambda _: Location(""))


def _changed(value: T, kind: type[K], change: Callable[[K], K]) -> T:
    """The same value with everything of one kind changed, however deep."""
    if isinstance(value, kind):
        return change(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(_changed(item, kind, change) for item in value)  # type: ignore[return-value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
        changed = {name: _changed(old, kind, change) for name, old in fields.items() if not isinstance(old, str)}
        return replace(value, **{name: new for name, new in changed.items() if new is not fields[name]})
    return value
