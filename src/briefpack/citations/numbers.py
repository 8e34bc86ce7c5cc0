"""The check of numbers: every quantity of a statement occurs in the cards it cites, or is derived from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from briefpack.citations.derivations import (
    NUMBER_KINDS,
    Derivation,
    DerivationError,
    exact,
    holds,
    parse_derivation,
    recomputed,
)
from briefpack.citations.neighbours import swapped_with
from briefpack.citations.periods import parse_period
from briefpack.citations.quantities import Kind, Quantity, find_quantities, lexicon_for, same_quantity
from briefpack.citations.support import (
    CONTEXT_KINDS,
    CitedText,
    Match,
    is_counted,
    is_date_supported,
    is_in_context,
    is_in_passage,
    is_short_count,
    matches,
    names_place,
    nearest,
    quoted,
)
from briefpack.citations.units import CODES
from briefpack.diagnostics import Code

__all__ = ["CitedText", "Derivation", "NumberProblem", "NumberReport", "verify_numbers", "verify_statistic"]

_KIND_NAMES = {
    Kind.COUNT: "count",
    Kind.PERCENTAGE: "percentage",
    Kind.MONEY: "sum of money",
    Kind.MULTIPLE: "multiple or part",
    Kind.RANK: "rank",
    Kind.DATE: "date",
    Kind.LABEL: "label",
}
_UNSUPPORTED_HINT = "correct the number, cite the passage that has it, or derive it under `derived`"


@dataclass(frozen=True, slots=True)
class NumberProblem:
    """One problem with a number.

    `start` and `end` are offsets in the statement, or, where `derivation` is the index of an entry of `derived`,
    in that entry.
    """

    code: Code
    message: str
    hint: str
    start: int
    end: int
    derivation: int | None = None
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberReport:
    """All problems of one statement or statistic, and its derivations that hold."""

    problems: tuple[NumberProblem, ...] = ()
    derivations: tuple[Derivation, ...] = ()


@dataclass(slots=True)
class _Check:
    """One statement with its cards, while it is checked."""

    text: str
    language: str
    cited: Sequence[CitedText]
    candidates: tuple[Match, ...]
    equations: str
    """The language that the derivations are written in."""
    problems: list[NumberProblem] = field(default_factory=list)
    derivations: list[Derivation] = field(default_factory=list)
    settled: list[Quantity] = field(default_factory=list)

    def report(self, code: Code, message: str, hint: str, place: Quantity) -> None:
        self.problems.append(NumberProblem(code, message, hint, place.start, place.end))


def verify_numbers(
    text: str, language: str, cited: Sequence[CitedText], derived: Sequence[str] = (), equations: str = ""
) -> NumberReport:
    """Check all quantities of a statement, written in a BCP 47 language, against the cards it cites.

    `equations` is the language of `derived`, where it is another than the text's.
    """
    quantities = find_quantities(text, language)
    if not quantities and not derived:
        return NumberReport()
    check = _Check(text, language, cited, quoted(cited), equations or language)
    _verify_derivations(check, derived, quantities)
    for quantity in quantities:
        _verify_quantity(check, quantity)
    return NumberReport(tuple(check.problems), tuple(check.derivations))


def _verify_quantity(check: _Check, quantity: Quantity) -> None:
    if any(same_quantity(quantity, settled) for settled in check.settled):
        return
    if quantity.kind is Kind.DATE and not quantity.is_ambiguous:
        if is_in_context(quantity, check.cited):
            _compare_neighbours(check, quantity, matches(quantity, check.candidates))
        else:
            _report_unsupported(check, quantity)
        return
    found = matches(quantity, check.candidates)
    if found:
        _compare_qualifiers(check, quantity, found)
        _compare_neighbours(check, quantity, found)
    elif not _is_supported_otherwise(check, quantity):
        _report_unsupported(check, quantity)


def _is_supported_otherwise(check: _Check, quantity: Quantity) -> bool:
    """Support from outside the quotation: for labels, dates, and short counts in words."""
    if (quantity.kind in CONTEXT_KINDS or quantity.is_ambiguous) and is_in_context(quantity, check.cited):
        return True
    if not is_short_count(quantity):
        return False
    if is_in_passage(quantity, check.cited):
        return True
    if is_counted(quantity, check.cited):
        message = f"{quantity.text} is the number of cards cited"
        check.report(Code.NUMBER_COUNTED, message, "make sure that these are all there are", quantity)
        return True
    return False


def _report_unsupported(check: _Check, quantity: Quantity) -> None:
    if not check.cited:
        message = f"{quantity.text} has no source: nothing is cited"
    else:
        near = nearest(quantity, check.candidates)
        where = ", ".join(dict.fromkeys(card.address for card in check.cited))
        found = (
            f"{near.card.address} has {near.quantity.text}" if near else f"no {_KIND_NAMES[quantity.kind]} in {where}"
        )
        message = f"{quantity.text} is not in the cited passages: {found}"
    check.report(Code.NUMBER_UNSUPPORTED, message, _UNSUPPORTED_HINT, quantity)


def _compare_qualifiers(check: _Check, quantity: Quantity, found: Sequence[Match]) -> None:
    """Compare with the card whose qualifier is the most like the statement's."""
    if any(match.quantity.direction is quantity.direction for match in found):
        return
    plain = next((match for match in found if match.quantity.direction is None), None)
    match = plain or found[0]
    said, card = quantity.qualifier, match.quantity.qualifier
    where = match.card.address
    if quantity.direction is None:
        message = f"{quantity.text} stands without {card}, which {where} has"
        check.report(Code.QUALIFIER_DROPPED, message, f"write it with the qualifier: {card} {quantity.text}", quantity)
    elif plain:
        message = f"{said} is added to {quantity.text}: {where} has {match.quantity.text} without it"
        check.report(Code.QUALIFIER_ADDED, message, "leave the qualifier out", quantity)
    else:
        message = f"{said} {quantity.text} goes against {where}, which has {card} {match.quantity.text}"
        check.report(Code.QUALIFIER_CHANGED, message, "keep the direction of the card's qualifier", quantity)


def _compare_neighbours(check: _Check, quantity: Quantity, found: Sequence[Match]) -> None:
    rival = swapped_with(check.text, check.language, quantity, found, check.candidates)
    if rival is None:
        return
    match = found[0]
    message = (
        f"{quantity.text} may be swapped: {match.card.address} has {match.quantity.text} elsewhere, and "
        f"{rival.quantity.text} where {rival.card.address} says the same as the statement"
    )
    detail = (
        f"statement: {_excerpt(check.text, quantity)}",
        f"{match.card.address}: {_excerpt(match.card.quotation, match.quantity)}",
        f"{rival.card.address}: {_excerpt(rival.card.quotation, rival.quantity)}",
    )
    problem = NumberProblem(
        Code.NUMBER_SWAPPED,
        message,
        "compare the statement with both places",
        quantity.start,
        quantity.end,
        detail=detail,
    )
    check.problems.append(problem)


def _excerpt(text: str, quantity: Quantity) -> str:
    start, end = max(0, quantity.start - 40), min(len(text), quantity.end + 40)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


# Derivations


def _verify_derivations(check: _Check, derived: Sequence[str], quantities: Sequence[Quantity]) -> None:
    """Verify each, in order: one may use what an earlier one derived. Then report those that nothing uses."""
    parsed = [
        (index, found) for index, entry in enumerate(derived) if (found := _verify_derivation(check, index, entry))
    ]
    for index, derivation in parsed:
        left = derivation.left
        feeds = any(_is_operand(operand, left) for at, later in parsed if at > index for operand in later.operands)
        if not feeds and not any(same_quantity(left, quantity) for quantity in quantities):
            message = f"{left.text} is derived but does not occur in the statement"
            hint = "write the number as the statement has it, or remove the derivation"
            check.problems.append(NumberProblem(Code.DERIVATION_UNUSED, message, hint, left.start, left.end, index))


def _verify_derivation(check: _Check, index: int, entry: str) -> Derivation | None:
    try:
        derivation = parse_derivation(entry, check.equations)
    except DerivationError as error:
        check.problems.append(
            NumberProblem(Code.DERIVATION_INVALID, error.message, error.hint, error.start, error.end, index)
        )
        return None
    check.settled.append(derivation.left)
    before = len(check.problems)
    _verify_operands(check, index, derivation)
    _verify_result(check, index, derivation)
    if len(check.problems) == before:
        check.derivations.append(derivation)
    return derivation


def _verify_operands(check: _Check, index: int, derivation: Derivation) -> None:
    numbers = [
        match for match in check.candidates if match.quantity.kind in NUMBER_KINDS or match.quantity.is_ambiguous
    ]
    hint = "use a number of the cited cards, or cite the card that has it"
    for operand in derivation.operands:
        known = [*(match.quantity for match in numbers), *(done.left for done in check.derivations)]
        if any(_is_operand(operand, quantity) for quantity in known):
            continue
        near = nearest(operand, numbers) or nearest(operand, [_as_count(match) for match in numbers])
        found = f": {near.card.address} has {near.quantity.text}" if near else ""
        message = f"{operand.text} is not in the quotations of the cited cards{found}"
        check.problems.append(NumberProblem(Code.DERIVATION_OPERAND, message, hint, operand.start, operand.end, index))
    if derivation.period is None:
        return
    for parts in derivation.period.dates:
        if not is_date_supported(parts, check.cited):
            start = derivation.written.index(derivation.right)
            message = f"{derivation.right} names a date that the cited cards do not have"
            check.problems.append(
                NumberProblem(Code.DERIVATION_OPERAND, message, hint, start, start + len(derivation.right), index)
            )
            break


def _is_operand(operand: Quantity, candidate: Quantity) -> bool:
    """Whether a card's number is this operand: the same value; with a currency or per cent sign, also that."""
    if operand.kind in {Kind.MONEY, Kind.PERCENTAGE, Kind.MULTIPLE}:
        return same_quantity(operand, candidate)
    return operand.value == candidate.value


def _as_count(match: Match) -> Match:
    return Match(match.card, replace(match.quantity, kind=Kind.COUNT))


def _verify_result(check: _Check, index: int, derivation: Derivation) -> None:
    left = derivation.left
    if derivation.is_counted:
        count = len({card.address for card in check.cited})
        if left.value != count:
            message = f"{left.text} is not the number of cards cited, which is {count}"
            _report_wrong(check, index, derivation, message)
        return
    if derivation.value is None:
        return
    if derivation.currency != left.currency and not _has_money(check, derivation):
        unit = derivation.currency or "no currency"
        message = f"the left side {left.text} and the right side, in {unit}, are not the same kind"
        hint = "write the currency on both sides, as in `USD 56 ~ USD 500,000 / 9,000`"
        check.problems.append(NumberProblem(Code.DERIVATION_INVALID, message, hint, left.start, left.end, index))
        return
    if not holds(derivation, derivation.value):
        result = recomputed(derivation, derivation.value)
        _report_wrong(check, index, derivation, f"{derivation.right} is {result}, not {left.text}")


def _has_money(check: _Check, derivation: Derivation) -> bool:
    """Whether the right side names no currency, but one of its numbers is a card's money in that of the left side."""
    if any(operand.currency for operand in derivation.operands):
        return False
    money = {match.quantity.value for match in check.candidates if match.quantity.currency == derivation.left.currency}
    return any(operand.value in money for operand in derivation.operands)


def _report_wrong(check: _Check, index: int, derivation: Derivation, message: str) -> None:
    left = derivation.left
    hint = "correct the number or the derivation"
    if derivation.value is not None and exact(left) and abs(derivation.value / exact(left) - 1) < 1:
        hint = "correct the number or the derivation; `~` instead of `=` compares rounded"
    check.problems.append(NumberProblem(Code.DERIVATION_WRONG, message, hint, left.start, left.end, index))


# Statistics


def verify_statistic(
    value: str,
    unit: str,
    qualifier: str,
    places: Sequence[str],
    period: str,
    language: str,
    cited: Sequence[CitedText],
    derived: Sequence[str] = (),
) -> NumberReport:
    """Check a statistic: its value (as typed, in a BCP 47 language) with unit and qualifier, its places and its period.

    `unit` is an ISO currency, `%`, `rank`, or a noun; `places` are printed names; `period` is EDTF. Offsets of the
    problems count in `value`.
    """
    check = _Check(value, language, cited, quoted(cited), language)
    quantity = read_statistic(value, unit, qualifier, language)
    if quantity is None:
        message = f"{value} is not a number"
        problem = NumberProblem(
            Code.NUMBER_UNSUPPORTED, message, "write the number in the pack's locale", 0, len(value)
        )
        return NumberReport((problem,))
    _verify_derivations(check, derived, (quantity,))
    _verify_quantity(check, quantity)
    _verify_places(check, places, quantity)
    _verify_period(check, period, quantity)
    return NumberReport(tuple(check.problems), tuple(check.derivations))


def read_statistic(value: str, unit: str, qualifier: str, language: str) -> Quantity | None:
    """A statistic's value as a quantity of the kind its unit says; None where it is no number."""
    number = _first(f"{value} %", language)
    with_unit = _first(f"{value} {unit}".strip(), language) or number
    if number is None or with_unit is None or number.value is None:
        return None
    direction = lexicon_for("en").qualifiers.get(qualifier)
    plain = replace(
        number, kind=Kind.COUNT, text=value, start=0, end=len(value), direction=direction, qualifier=qualifier
    )
    if unit == "rank":
        return replace(plain, kind=Kind.RANK, direction=None)
    if unit in CODES:
        return replace(plain, kind=Kind.MONEY, currency=unit)
    if number.kind is Kind.MULTIPLE or with_unit.kind in NUMBER_KINDS:
        kind = Kind.MULTIPLE if number.kind is Kind.MULTIPLE else with_unit.kind
        return replace(plain, kind=kind, value=with_unit.value, currency=with_unit.currency)
    return plain


def _first(text: str, language: str) -> Quantity | None:
    found = find_quantities(text, language)
    return found[0] if found and found[0].start == 0 and found[0].value is not None else None


def _verify_places(check: _Check, places: Sequence[str], quantity: Quantity) -> None:
    where = ", ".join(dict.fromkeys(card.address for card in check.cited)) or "nothing"
    for place in places:
        if not any(names_place(place, card) for card in check.cited):
            message = f"the place {place} is not in the cited passages, their headings or title: {where} is cited"
            hint = "cite the passage that names the place, or correct the place"
            check.report(Code.STATISTIC_UNSUPPORTED, message, hint, quantity)


def _verify_period(check: _Check, period: str, quantity: Quantity) -> None:
    if not period:
        return
    hint = "cite the passage that names the period, or correct the period"
    read = parse_period(period)
    if read is None:
        check.report(Code.STATISTIC_UNSUPPORTED, f"the period {period} is no EDTF date or interval", hint, quantity)
    elif not all(is_date_supported(parts, check.cited) for parts in read.dates):
        where = ", ".join(dict.fromkeys(card.address for card in check.cited)) or "nothing"
        message = f"the period {period} is not in the cited passages, their headings, title or date: {where} is cited"
        check.report(Code.STATISTIC_UNSUPPORTED, message, hint, quantity)
