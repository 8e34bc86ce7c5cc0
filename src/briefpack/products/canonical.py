"""One row of bytes for each value that a product can hold, so that equal products have equal digests.

    canonical(value) -> bytes            product_digest(value) -> Digest

Values are frozen dataclasses, tuples, mappings, enums, dates, texts, bytes, numbers, truth values and None, in each
other as they come. Equal values of equal types give equal bytes, in every process and under every hash seed, and
different ones different bytes: 0, False, 0.0, "", () and None differ, and so do two classes with the same fields. (Of
equal values, -0.0 and 0.0 alone differ, for they print differently.) Fields that do not compare are left out.

The bytes are those of `marshal` in version 2, which knows no references between objects; what it does not know is put
into lists, which are no values here: `[mark of the class, field, field …]`. They may change with Python's version, and
nothing reads them.
"""

from __future__ import annotations

import datetime
import hashlib
import marshal
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from operator import attrgetter
from typing import Any

from briefpack.world import Digest

_FORM = 2
"""Of marshal: later ones write an object that occurs twice only once, so that its identity decides the bytes."""

_ATOMS = frozenset({str, int, bool, float, bytes, type(None)})
_Plain = Callable[[Any], Any]
_plain_by_class: dict[type, _Plain] = {}


def canonical(value: object) -> bytes:
    """Return the bytes that stand for `value`; raise `TypeError` for what no product may hold, such as a list."""
    return marshal.dumps(_plain(value), _FORM)


def product_digest(value: object) -> Digest:
    """Return the digest of `canonical(value)`."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _ATOMS:
        return value
    if kind is tuple:
        return tuple([item if type(item) in _ATOMS else _plain(item) for item in value])
    return (_plain_by_class.get(kind) or _learn(kind))(value)


def _learn(kind: type) -> _Plain:
    """Find out, once for each class, how its values are taken apart."""
    plain = _plain_by_class[kind] = _way_of(kind)
    return plain


def _way_of(kind: type) -> _Plain:
    if issubclass(kind, Enum):
        marked = {member: [_mark(kind), member.name] for member in kind}
        return lambda value: marked[value]
    if is_dataclass(kind):
        return _way_of_fields(kind, [field.name for field in fields(kind) if field.compare])
    if kind in (datetime.date, datetime.datetime):
        mark = _mark(kind)
        return lambda value: [mark, value.isoformat()]
    if issubclass(kind, Mapping):
        return _plain_mapping
    raise TypeError(f"a product cannot hold a value of the type {kind.__qualname__!r}")


def _way_of_fields(kind: type, names: list[str]) -> _Plain:
    mark = _mark(kind, *names)
    if len(names) < 2:
        return lambda value: [mark, *(_plain(getattr(value, name)) for name in names)]
    take = attrgetter(*names)
    return lambda value: [mark, *[item if type(item) in _ATOMS else _plain(item) for item in take(value)]]


def _plain_mapping(value: Mapping[Any, Any]) -> dict[Any, Any]:
    """A mapping in the order of its keys' bytes; whatever its class, its entries are what it says."""
    entries = [(canonical(key), _plain(item)) for key, item in value.items()]
    return dict(sorted(entries, key=lambda entry: entry[0]))


def _mark(kind: type, *names: str) -> bytes:
    """What tells a class from all others: a short digest of its name and its fields' names."""
    return hashlib.sha256(" ".join((kind.__module__, kind.__qualname__, *names)).encode()).digest()[:12]
