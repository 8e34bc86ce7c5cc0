from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.citations.derivations import (
    MAXIMUM_LENGTH,
    DerivationError,
    Relation,
    holds,
    parse_derivation,
    recomputed,
)
from briefpack.citations.numbers import CitedText, verify_numbers


def is_right(text: str, language: str = "en") -> bool:
    derivation = parse_derivation(text, language)
    assert derivation.value is not None
    return holds(derivation, derivation.value)


@pytest.mark.parametrize(
    "text",
    [
        "1,890 = 1,058 + 558 + 274",
        "56 ~ 500,000 / 9,000",
        "nine = months 2017-01/2017-09",
        "2 = days 2017-09-07/2017-09-08",
        "9 = years 2009/2017",
        "56 % ~ 1,058 / 1,890",
        "56% ~ 1,058/1,890",
        "USD 56 ~ USD 500,000 / 9,000",
        "$56 ~ US$500,000 ÷ 9,000",
        "half a million dollars = 500,000 dollars",
        "40 % = 60 % - 20 %",
        "twice = 1,116 / 558",
        "a third = 9 / 27",
        "half = 4 / 8",
        "two thirds = 2 / 3",
        "a third ~ 330 / 1,000",
        "half ~ 48 / 100",
        "eleven = 2 × (3 + 4) - 3",
        "5 = -(-5)",
        "56,000 ~ 55,600",
        "1.5 million ~ 1,468,000",
        "half a million ~ 480,000",
        "twenty-six = 20 + six",
        "2 ~ 2.5",
        "3 ~ 2.5",
        "100 ~ 80",
        "1\u202f058 = 1058",
    ],
)
def test_a_true_derivation_holds(text: str) -> None:
    assert is_right(text)


@pytest.mark.parametrize(
    "text",
    [
        "1,891 = 1,058 + 558 + 274",
        "55 ~ 500,000 / 9,000",
        "57 % ~ 1,058 / 1,890",
        "ten = months 2017-01/2017-09",
        "55,000 ~ 55,600",
        "3 ~ 3.5",
        "55.50 ~ 500,000 / 9,000",
        "a third = 330 / 1,000",
        "56 = 500,000 / 9,000",
        "1.50 million ~ 1,468,000",
    ],
)
def test_a_false_derivation_does_not(text: str) -> None:
    assert not is_right(text)


def test_numbers_are_read_in_the_language_of_the_statement() -> None:
    assert is_right("1.890 = 1.058 + 558 + 274", "es-ES")
    assert is_right("1,890 = 1,058 + 558 + 274", "es-SV")
    assert is_right("mil ochocientos noventa = 1 058 + 558 + 274", "es-CR")
    assert is_right("2,5 = 5 / 2", "es-ES")


def test_a_derivation_knows_its_parts_for_printing() -> None:
    derivation = parse_derivation("56 ~ 500,000 / 9,000", "en")
    assert derivation.written == "56 ~ 500,000 / 9,000"
    assert (derivation.left.text, derivation.relation, derivation.right) == ("56", Relation.ROUNDED, "500,000 / 9,000")
    assert [operand.text for operand in derivation.operands] == ["500,000", "9,000"]
    written = derivation.written
    assert [written[operand.start : operand.end] for operand in derivation.operands] == ["500,000", "9,000"]


def test_counted_and_calendar_have_no_operands() -> None:
    assert parse_derivation("three = counted", "en").is_counted
    derivation = parse_derivation("nine = months 2017-01/2017-09", "en")
    assert (derivation.unit, derivation.value, derivation.operands) == ("months", Fraction(9), ())


def test_the_recomputed_value_is_shown_in_the_left_side_s_unit() -> None:
    for text, shown in {
        "57 % ~ 1,058 / 1,890": "55.979 %",
        "55 ~ 500,000 / 9,000": "55.556",
        "7 = 2 + 3": "5",
        "USD 55 ~ USD 500,000 / 9,000": "USD 55.556",
    }.items():
        derivation = parse_derivation(text, "en")
        assert derivation.value is not None
        assert recomputed(derivation, derivation.value) == shown


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a derivation needs `=` or `~`"),
        ("1,058 + 558", "a derivation needs `=` or `~`"),
        (" = 1 + 2", "the left side must be one number, not nothing"),
        ("some = 1 + 2", "the left side must be one number, not some"),
        ("3 returnees = 1 + 2", "the left side must be one number, not 3 returnees"),
        ("3 = ", "a number is missing"),
        ("3 = 1 +", "a number is missing"),
        ("3 = (1 + 2", "a closing bracket is missing"),
        ("3 = 1 + 2)", "')' is not expected here"),
        ("3 = 1 2", "'1 2' is no number"),
        ("3 = returnees + 2", "'returnees' is no number"),
        ("3 = 1 / (2 - 2)", "this divides by zero"),
        ("3 = months 2017", "2017 is no period that can be counted in months"),
        ("3 = months then/now", "then/now is no period that can be counted in months"),
        ("3 = USD 5 + 2", "money is added to a number without this currency"),
        ("3 = USD 5 * USD 2", "money is multiplied by money"),
        ("3 = 5 = 5", "'= 5' is not expected here"),
        ("3 = 2 ** 2", "a number is missing"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, message: str) -> None:
    with pytest.raises(DerivationError) as caught:
        parse_derivation(text, "en")
    assert caught.value.message == message
    assert caught.value.hint
    assert 0 <= caught.value.start <= caught.value.end <= max(len(text), caught.value.start)


@pytest.mark.parametrize("text", ["3 = " + "(" * 200, "3 = " + "-" * 250, "3 = " + "9" * 400, "3 = " + "1+" * 148])
def test_hostile_input_is_refused_quickly(text: str) -> None:
    with pytest.raises(DerivationError):
        parse_derivation(text, "en")


def test_the_length_is_limited() -> None:
    with pytest.raises(DerivationError, match=str(MAXIMUM_LENGTH)):
        parse_derivation("3 = 3" + " " * MAXIMUM_LENGTH, "en")


@st.composite
def sums(draw: st.DrawFn, depth: int = 3) -> tuple[str, Fraction]:
    """An expression as text and its value."""
    if depth == 0 or draw(st.booleans()):
        number = draw(st.integers(2, 9_999))
        return f"{number:,}", Fraction(number)
    (left, a), (right, b) = draw(sums(depth=depth - 1)), draw(sums(depth=depth - 1))
    sign = draw(st.sampled_from("+-*/"))
    if sign == "/" and not b:
        sign = "*"
    value = {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else Fraction(0)}[sign]
    return f"({left} {sign} {right})", value


@given(sums())
def test_arithmetic_agrees_with_fractions(case: tuple[str, Fraction]) -> None:
    text, value = case
    assert parse_derivation(f"2 = {text}", "en").value == value


@given(st.fractions(min_value=0, max_value=10**6, max_denominator=1000), st.integers(0, 3))
def test_a_number_rounded_as_written_holds(value: Fraction, places: int) -> None:
    rounded = round(value, places)
    written = f"{float(rounded):.{places}f}"
    text = f"{written} ~ {value.numerator} / {value.denominator}"
    assert is_right(text)


@given(st.text(max_size=320))
def test_no_text_makes_it_raise_anything_else(text: str) -> None:
    for candidate in (text, f"3 = {text}", f"{text} ~ 3"):
        with suppress(DerivationError):
            parse_derivation(candidate, "en")


def test_a_huge_result_can_still_be_shown() -> None:
    derivation = parse_derivation("2 = " + "9*" * 147 + "9", "en")
    assert derivation.value is not None
    assert recomputed(derivation, derivation.value).isdecimal()


def test_a_derivation_that_only_feeds_a_later_one_is_used() -> None:
    cited = [
        CitedText(
            "a/b", "the fund paid 1,058 and the town 832", ("the fund paid 1,058 and the town 832",), (), "", "", "en"
        )
    ]
    chain = ["1,890 = 1,058 + 832", "56 % ~ 1,058 / 1,890"]

    report = verify_numbers("The fund paid 56 % of it.", "en", cited, chain)

    assert report.problems == ()


def test_a_derivation_that_nothing_uses_is_reported() -> None:
    cited = [
        CitedText(
            "a/b", "the fund paid 1,058 and the town 832", ("the fund paid 1,058 and the town 832",), (), "", "", "en"
        )
    ]

    report = verify_numbers("The fund paid 1,058.", "en", cited, ["1,890 = 1,058 + 832"])

    assert [problem.code.public for problem in report.problems] == ["derivation-unused"]
