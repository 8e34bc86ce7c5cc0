"""A quantity as data: its kind, its value and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from briefpack.citations.lexicon import Direction
from briefpack.citations.periods import DateParts


class Kind(StrEnum):
    """What a number says; kinds do not support each other."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    MONEY = "money"
    MULTIPLE = "multiple"
    RANK = "rank"
    DATE = "date"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text.

    `text` is as written, with sign, currency, scale and unit sign, and stands at the half-open range `start`, `end` in
    code points; a qualifier stands outside of it. `value` is None for vague counts (`name` is then "thousands" and the
    like), for dates, and for labels that are no number. The last rank has the value -1. `other` is the second reading
    of a numeric date whose day could be its month. `is_ambiguous` marks four digits that may be a year or a count:
    `date` and `value` are both set.
    """

    kind: Kind
    value: Decimal | None
    text: str
    start: int
    end: int
    direction: Direction | None = None
    qualifier: str = ""
    currency: str = ""
    is_word: bool = False
    date: DateParts | None = None
    other: DateParts | None = None
    name: str = ""
    is_ambiguous: bool = False


def same_quantity(left: Quantity, right: Quantity) -> bool:
    """Whether two quantities have the same kind and value; qualifiers are not compared.

    Dates are the same where no part that both have differs.
    """
    if left.kind is not right.kind:
        return (left.is_ambiguous and _same_reading(left, right)) or (right.is_ambiguous and _same_reading(right, left))
    if left.kind is Kind.DATE:
        return any(a.agrees(b) for a in readings(left) for b in readings(right))
    if left.value is None or right.value is None:
        return left.value is right.value and left.name == right.name
    return left.value == right.value and left.currency == right.currency


def readings(quantity: Quantity) -> tuple[DateParts, ...]:
    """The dates a quantity may be."""
    return tuple(parts for parts in (quantity.date, quantity.other) if parts is not None)


def _same_reading(ambiguous: Quantity, clear: Quantity) -> bool:
    """Whether four digits that are a year or a count equal a clear one of either."""
    if clear.kind is Kind.COUNT:
        return ambiguous.value == clear.value
    return clear.kind is Kind.DATE and any(
        parts.agrees(reading) for parts in readings(ambiguous) for reading in readings(clear)
    )
