"""A brief without what makes no difference to how it fits its page."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import TypeVar

from briefpack.diagnostics import Location
from briefpack.products.model import Note

T = TypeVar("T")

_NOWHERE = Location("")


def bare(value: T) -> T:
    """The same value, however deep, with citations that lead nowhere and statements that were written nowhere."""
    if isinstance(value, Location):
        return _NOWHERE  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(bare(item) for item in value)  # type: ignore[return-value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
        changed = {name: bare(old) for name, old in fields.items() if not isinstance(old, str)}
        changed |= {"href": ""} if isinstance(value, Note) else {}
        return replace(value, **{name: new for name, new in changed.items() if new is not fields[name]})
    return value
