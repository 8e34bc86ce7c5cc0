"""Equations that derive a number of a statement from numbers of its cards.

Grammar of one entry of `derived`:

    derivation  = quantity ( "=" | "~" ) right
    right       = "counted" | ( "months" | "years" | "days" ) period | sum
    sum         = product { ( "+" | "-" ) product }
    product     = factor { ( "*" | "×" | "/" | "÷" ) factor }
    factor      = ( "-" | "+" ) factor | "(" sum ")" | quantity

Everything is computed in exact fractions. `=` wants equal values; `~` wants them equal when rounded to the digits
written on the left, trailing zeros of a whole number not counted; at a tie either neighbour will do.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from briefpack.citations.periods import Period, count_units, parse_period
from briefpack.citations.quantities import Kind, Quantity, find_quantities

MAXIMUM_LENGTH = 300
MAXIMUM_DEPTH = 32
_FUNCTION = re.compile(r"(?P<unit>months|years|days)\s+(?P<period>\S.*)", re.DOTALL)
_OPERATORS = {"+": "+", "-": "-", "−": "-", "–": "-", "*": "*", "×": "*", "·": "*", "/": "/", "÷": "/", ":": "/"}
_OPERAND = re.compile(r"(?:[^\s()+*×·/÷=~−–:-]|(?<=[^\W\d_])-(?=[^\W\d_])|\s+(?=[^\s()+*×·/÷=~−–:-]))+")
NUMBER_KINDS = frozenset({Kind.COUNT, Kind.PERCENTAGE, Kind.MONEY, Kind.MULTIPLE})


class Relation(StrEnum):
    """How the left side of a derivation relates to the right."""

    EQUAL = "="
    ROUNDED = "~"


@dataclass(frozen=True, slots=True)
class Derivation:
    """A derivation as parsed: the text `written`, the number on the left, and what the right side is.

    Exactly one of these holds: `value` is the right side's result (a fraction of one for per cent; its ISO currency in
    `currency`), `is_counted`, or `period` counted in `unit`. `operands` are the numbers on the right with their offsets
    in `written`; `right` is the right side as written.
    """

    written: str
    left: Quantity
    relation: Relation
    right: str
    value: Fraction | None = None
    currency: str = ""
    operands: tuple[Quantity, ...] = ()
    is_counted: bool = False
    period: Period | None = None
    unit: str = ""


class DerivationError(Exception):
    """A derivation that cannot be read: what is wrong, at which offsets, and what to do."""

    def __init__(self, message: str, hint: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.start = start
        self.end = end


@dataclass(frozen=True, slots=True)
class _Term:
    """An intermediate result: its value and currency."""

    value: Fraction
    currency: str = ""


def parse_derivation(text: str, language: str) -> Derivation:
    """Read one entry of `derived`, its numbers in a BCP 47 language; raise `DerivationError` where it is none."""
    if len(text) > MAXIMUM_LENGTH:
        raise DerivationError(
            f"a derivation has at most {MAXIMUM_LENGTH} characters, this one {len(text)}",
            "split it into several derivations",
            MAXIMUM_LENGTH,
            len(text),
        )
    match = re.search("[=~≈]", text)
    if match is None:
        raise DerivationError("a derivation needs `=` or `~`", "write it as `1,890 = 1,058 + 558 + 274`", 0, len(text))
    relation = Relation.EQUAL if match.group() == "=" else Relation.ROUNDED
    left = _left(text[: match.start()], language)
    right = text[match.end() :].strip()
    start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if right.lower() == "counted":
        return Derivation(text, left, relation, right, is_counted=True)
    function = _FUNCTION.fullmatch(right)
    if function:
        return _calendar(text, left, relation, right, function, start)
    reader = _Reader(text, start, language)
    term = reader.read()
    return Derivation(text, left, relation, right, term.value, term.currency, tuple(reader.operands))


def _left(written: str, language: str) -> Quantity:
    left = _whole_quantity(written, language)
    if left is None or left.kind not in NUMBER_KINDS or left.value is None:
        raise DerivationError(
            f"the left side must be one number, not {written.strip() or 'nothing'}",
            "write the number on the left as it stands in the statement",
            0,
            len(written.rstrip()),
        )
    return left


def _calendar(
    text: str, left: Quantity, relation: Relation, right: str, function: re.Match[str], start: int
) -> Derivation:
    period = parse_period(function["period"])
    count = count_units(period, function["unit"]) if period else None
    if period is None or count is None:
        raise DerivationError(
            f"{function['period']} is no period that can be counted in {function['unit']}",
            "write it like `months 2017-01/2017-09`",
            start + function.start("period"),
            start + function.end("period"),
        )
    value = Fraction(count)
    return Derivation(text, left, relation, right, value, period=period, unit=function["unit"])


def _whole_quantity(written: str, language: str) -> Quantity | None:
    """The one number that a text is, white space aside; years and labels are read as plain numbers."""
    found = find_quantities(written, language)
    if len(found) != 1 or (found[0].start, found[0].end) != (
        len(written) - len(written.lstrip()),
        len(written.rstrip()),
    ):
        return None
    number = found[0]
    if number.kind is Kind.DATE and number.date and number.text.isdecimal():
        return Quantity(Kind.COUNT, Decimal(number.text), number.text, number.start, number.end)
    return number


class _Reader:
    """Recursive descent over the right side of one derivation."""

    def __init__(self, text: str, start: int, language: str) -> None:
        self._text = text
        self._at = start
        self._language = language
        self._depth = 0
        self.operands: list[Quantity] = []

    def read(self) -> _Term:
        term = self._sum()
        if self._peek():
            raise self._error(f"{self._text[self._at :].strip()!r} is not expected here", "use numbers and + - * / ( )")
        return term

    def _sum(self) -> _Term:
        term = self._product()
        while self._operator() in {"+", "-"}:
            sign = self._take()
            other = self._product()
            if term.currency != other.currency:
                raise self._error(
                    "money is added to a number without this currency", "write the currency with every sum"
                )
            value = term.value + other.value if sign == "+" else term.value - other.value
            term = _Term(value, term.currency)
        return term

    def _product(self) -> _Term:
        term = self._factor()
        while self._operator() in {"*", "/"}:
            at = self._at
            sign = self._take()
            other = self._factor()
            term = self._divide(term, other, at) if sign == "/" else self._multiply(term, other)
        return term

    def _multiply(self, term: _Term, other: _Term) -> _Term:
        if term.currency and other.currency:
            raise self._error("money is multiplied by money", "multiply a sum by a plain number")
        return _Term(term.value * other.value, term.currency or other.currency)

    def _divide(self, term: _Term, other: _Term, at: int) -> _Term:
        if not other.value:
            raise DerivationError("this divides by zero", "divide by a number that is not zero", at, self._at)
        if other.currency and other.currency != term.currency:
            raise self._error("a number is divided by money of another kind", "divide a sum by a plain number")
        return _Term(term.value / other.value, "" if other.currency else term.currency)

    def _factor(self) -> _Term:
        self._depth += 1
        if self._depth > MAXIMUM_DEPTH:
            raise self._error("the brackets are nested too deeply", "simplify the derivation")
        try:
            return self._signed()
        finally:
            self._depth -= 1

    def _signed(self) -> _Term:
        if self._operator() in {"+", "-"}:
            sign = self._take()
            term = self._factor()
            return term if sign == "+" else _Term(-term.value, term.currency)
        if self._peek() == "(":
            self._take()
            term = self._sum()
            if self._peek() != ")":
                raise self._error("a closing bracket is missing", "add `)`")
            self._take()
            return term
        return self._operand()

    def _operand(self) -> _Term:
        self._peek()
        match = _OPERAND.match(self._text, self._at)
        number = _whole_quantity(match.group(), self._language) if match else None
        if match is None or number is None or number.value is None or number.kind is Kind.DATE:
            written = match.group().strip() if match else ""
            message = f"{written!r} is no number" if written else "a number is missing"
            raise self._error(message, "write a number of the cited cards", match.end() if match else None)
        value = exact(number)
        start = self._at + number.start
        self.operands.append(
            Quantity(
                number.kind,
                number.value,
                number.text,
                start,
                start + len(number.text),
                currency=number.currency,
                is_word=number.is_word,
                name=number.name,
            )
        )
        self._at = match.end()
        return _Term(value, number.currency)

    def _peek(self) -> str:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _operator(self) -> str:
        return _OPERATORS.get(self._peek(), "")

    def _take(self) -> str:
        sign = self._text[self._at]
        self._at += 1
        return _OPERATORS.get(sign, sign)

    def _error(self, message: str, hint: str, end: int | None = None) -> DerivationError:
        return DerivationError(message, hint, min(self._at, len(self._text)), end or len(self._text))


def exact(number: Quantity) -> Fraction:
    """A number as an exact fraction: thirds as thirds, per cent as hundredths."""
    value = Fraction(number.value or 0)
    if number.kind is Kind.MULTIPLE:
        value = (
            value.limit_denominator(1000) if abs(value - value.limit_denominator(1000)) < Fraction(1, 10**20) else value
        )
    return value / 100 if number.kind is Kind.PERCENTAGE else value


def holds(derivation: Derivation, value: Fraction) -> bool:
    """Whether the left side equals a value, or is what it rounds to."""
    left = exact(derivation.left)
    if left == value:
        return True
    if derivation.relation is Relation.EQUAL:
        return False
    step = _step(derivation.left)
    quotient = value / step
    away = math.floor(abs(quotient) + Fraction(1, 2)) * (1 if quotient >= 0 else -1)
    return round(left / step) in {round(quotient), away}


def _step(number: Quantity) -> Fraction:
    """The value of the last digit written; hundredths for fractions that have no end, such as a third."""
    written = number.value or Decimal(0)
    exponent = int(written.as_tuple().exponent)
    if exponent < -12:
        return Fraction(1, 100)
    if exponent == 0:
        digits, exponent = int(written), 0
        while digits and digits % 10 == 0:
            digits, exponent = digits // 10, exponent + 1
    step = Fraction(10) ** exponent
    return step / 100 if number.kind is Kind.PERCENTAGE else step


def recomputed(derivation: Derivation, value: Fraction) -> str:
    """The right side's value as a decimal of at most six significant places, in the unit of the left side."""
    shown = value * 100 if derivation.left.kind is Kind.PERCENTAGE else value
    with localcontext() as context:
        context.prec = 2 * MAXIMUM_LENGTH
        number = Decimal(shown.numerator) / Decimal(shown.denominator)
        places = max(0, 4 - max(0, number.adjusted()))
        text = f"{number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    unit = " %" if derivation.left.kind is Kind.PERCENTAGE else ""
    return f"{derivation.left.currency} {text}{unit}".strip()
