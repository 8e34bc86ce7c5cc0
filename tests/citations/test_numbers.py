from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.citations.numbers import CitedText, NumberReport, verify_numbers, verify_statistic
from briefpack.diagnostics import Code

RETURNS = (
    "According to data, between January and September of 2017, San Miguel received 1,058 returnees. Meanwhile, "
    "Usulután received 558, which positioned it in fourth place, and Zacatecoluca welcomed 274 returning migrants."
)
SAN_MIGUEL = CitedText(
    "works/san-miguel",
    "between January and September of 2017, San Miguel received 1,058 returnees",
    (RETURNS,),
    ("Theme 5. Returns",),
    "?2017-11-14",
    "Municipal Development",
)
USULUTAN = CitedText(
    "works/usulutan", "Usulután received 558, which positioned it in fourth place", (RETURNS,), (), "?2017-11-14"
)
ZACATECOLUCA = CitedText(
    "works/zacatecoluca", "Zacatecoluca welcomed 274 returning migrants", (RETURNS,), (), "?2017-11-14"
)
INVESTMENT = CitedText(
    "works/investment",
    "with an investment of almost USD 500,000",
    ("In these three departments, 85 communities will benefit with an investment of almost USD 500,000.",),
    (),
    "?2017-11-14",
)
LAUNCH = CitedText("works/launch", "today (14/11) launched the regeneration of public areas", (), (), "?2017-11-14")
FAMILIES = CitedText("works/families", "that will directly benefit 9,000 Salvadoran families")
TRAINED = CitedText("skills/trained", "the Skills of More than 170 Civil Servants")
PEOPLE = CitedText("local/people", "this community of some 75 million inhabitants was the fourth most violent")
VIOLENCE = CitedText("local/violence", "a reduction in violence by 60% according to the information")


def codes(report: NumberReport) -> list[str]:
    return [problem.code.public for problem in report.problems]


def check(text: str, *cited: CitedText, derived: tuple[str, ...] = (), language: str = "en") -> list[str]:
    return codes(verify_numbers(text, language, cited, derived))


def message(text: str, *cited: CitedText) -> str:
    (problem,) = verify_numbers(text, "en", cited).problems
    return problem.message


# What is supported


def test_a_number_of_the_quotation_is_supported() -> None:
    assert check("San Miguel took in 1,058 returnees.", SAN_MIGUEL) == []


def test_a_number_of_another_card_is_not() -> None:
    assert check("Usulután took in 1,058 returnees.", USULUTAN) == ["number-unsupported"]


def test_a_count_in_the_passage_alone_does_not_support() -> None:
    assert check("Usulután took in 558 returnees.", SAN_MIGUEL) == ["number-unsupported"]


def test_a_date_is_supported_by_the_passage() -> None:
    assert check("Usulután was in fourth place from January to September 2017.", USULUTAN) == []


def test_a_date_is_supported_by_the_date_of_issue() -> None:
    assert check("The works were launched on 14 November 2017.", LAUNCH) == []
    assert check("The works were launched on 14 November 2016.", LAUNCH) == ["number-unsupported"]
    assert check("The works were launched on 15 November 2017.", LAUNCH) == ["number-unsupported"]
    assert check("The works were launched in October.", LAUNCH) == ["number-unsupported"]


def test_a_day_needs_its_own_month() -> None:
    card = CitedText("a/b", "from 7 September to 9 October 2017")
    assert check("It began on 7 September 2017.", card) == []
    assert check("It began on 9 September 2017.", card) == ["number-unsupported"]


def test_a_month_needs_its_own_year_where_both_have_one() -> None:
    card = CitedText("a/b", "from September 2016 to October 2017")
    assert check("In October 2017 it ended.", card) == []
    assert check("In October 2016 it ended.", card) == ["number-unsupported"]


def test_parts_of_a_date_come_from_one_source() -> None:
    day, year = CitedText("a/day", "on 14 November"), CitedText("b/year", "throughout 2016")
    assert check("It was launched on 14 November 2016.", day, year) == ["number-unsupported"]


def test_a_numeric_date_may_be_read_both_ways() -> None:
    card = CitedText("a/b", "on 05/08/2018", language="es-SV")
    assert check("on 5 August 2018", card) == []
    assert check("on May 8, 2018", card) == []
    assert check("on 6 August 2018", card) == ["number-unsupported"]


def test_a_label_is_supported_by_a_heading_in_any_name() -> None:
    assert check("El tema 5 trata de retornos.", SAN_MIGUEL, language="es-SV") == []
    assert check("Theme 6 is about returns.", SAN_MIGUEL) == ["number-unsupported"]


def test_a_short_count_in_words_is_supported_by_the_passage() -> None:
    assert check("The three departments invest.", INVESTMENT) == []
    assert check("The 3 departments invest.", INVESTMENT) == ["number-unsupported"]
    assert check("The four departments invest.", INVESTMENT) == ["number-unsupported"]


def test_a_short_count_may_count_the_cards() -> None:
    report = verify_numbers("Two municipalities received them.", "en", [SAN_MIGUEL, USULUTAN])
    assert codes(report) == ["counted"]
    assert report.problems[0].message == "Two is the number of cards cited"


def test_kinds_do_not_support_each_other() -> None:
    assert check("Violence fell by 60 per cent.", VIOLENCE) == []
    assert check("Violence fell in 60 communities.", VIOLENCE) == ["number-unsupported"]
    assert check("The office pays almost 500,000.", INVESTMENT) == ["number-unsupported"]
    assert check("The office pays almost $500,000.", INVESTMENT) == []
    assert check("The office pays almost EUR 500,000.", INVESTMENT) == ["number-unsupported"]


def test_values_compare_across_locales() -> None:
    assert check("San Miguel recibió 1.058 personas.", SAN_MIGUEL, language="es-ES") == []
    assert check("San Miguel recibió 1,058 personas.", SAN_MIGUEL, language="es-SV") == []
    assert check("San Miguel recibió 1 058 personas.", SAN_MIGUEL, language="es-CR") == []
    assert check("La inversión fue de casi medio millón de dólares.", INVESTMENT, language="es-SV") == []
    assert check("Quedó en el cuarto lugar.", USULUTAN, language="es-SV") == []


def test_a_statement_without_numbers_has_no_problems() -> None:
    assert verify_numbers("Public works are planned.", "en", []) == NumberReport()


# What is said about the rest


def test_the_nearest_of_its_kind_is_shown() -> None:
    assert message("San Miguel took in 1,085 returnees.", SAN_MIGUEL) == (
        "1,085 is not in the cited passages: works/san-miguel has 1,058"
    )


def test_digits_in_another_order_are_nearer_than_a_near_value() -> None:
    card = CitedText("a/b", "1,090 here and 1,508 there")
    assert message("It has 1,085.", card).endswith("a/b has 1,508")


def test_where_there_is_none_of_its_kind_the_kind_is_named() -> None:
    assert message("Violence fell in 60 places.", VIOLENCE) == (
        "60 is not in the cited passages: no count in local/violence"
    )
    assert message("Violence fell in 60 places.") == "60 has no source: nothing is cited"


def test_a_problem_stands_at_its_number() -> None:
    text = "San Miguel took in 1,085 returnees."
    (problem,) = verify_numbers(text, "en", [SAN_MIGUEL]).problems
    assert text[problem.start : problem.end] == "1,085"
    assert problem.code is Code.NUMBER_UNSUPPORTED
    assert problem.derivation is None


@pytest.mark.parametrize(
    ("text", "card", "expected"),
    [
        ("almost USD 500,000", INVESTMENT, []),
        ("nearly USD 500,000", INVESTMENT, []),
        ("USD 500,000", INVESTMENT, ["qualifier-dropped"]),
        ("more than USD 500,000", INVESTMENT, ["qualifier-changed"]),
        ("about USD 500,000", INVESTMENT, ["qualifier-changed"]),
        ("over 170 people", TRAINED, []),
        ("almost 170 people", TRAINED, ["qualifier-changed"]),
        ("more than 9,000 families", FAMILIES, ["qualifier-added"]),
        ("about 75 million", PEOPLE, []),
    ],
)
def test_a_qualifier_is_held_against_the_card_s(text: str, card: CitedText, expected: list[str]) -> None:
    assert check(text, card) == expected


def test_the_card_with_the_same_qualifier_counts() -> None:
    plain = CitedText("works/plain", "an investment of USD 500,000")
    assert check("USD 500,000", INVESTMENT, plain) == []
    assert check("almost USD 500,000", INVESTMENT, plain) == []


def test_swapped_numbers_are_shown_both() -> None:
    report = verify_numbers("Usulután received 1,058 and stood in fourth place.", "en", [SAN_MIGUEL, USULUTAN])
    assert codes(report) == ["number-swapped"]
    (problem,) = report.problems
    assert "works/san-miguel has 1,058" in problem.message
    assert "558 where works/usulutan" in problem.message
    assert len(problem.detail) == 3


def test_swapped_numbers_are_found_across_languages_by_names() -> None:
    cards = (SAN_MIGUEL, USULUTAN)
    assert check("Usulután recibió a 1,058 personas.", *cards, language="es-SV") == ["number-swapped"]
    assert check("San Miguel recibió a 1,058 personas.", *cards, language="es-SV") == []


def test_numbers_in_their_place_are_not_swapped() -> None:
    text = "San Miguel received 1,058 returnees, Usulután 558 and Zacatecoluca 274."
    assert check(text, SAN_MIGUEL, USULUTAN, ZACATECOLUCA) == []


# Derivations

ALL = (SAN_MIGUEL, USULUTAN, ZACATECOLUCA)


def test_a_derivation_settles_its_number() -> None:
    report = verify_numbers("Together they took in 1,890.", "en", ALL, ["1,890 = 1,058 + 558 + 274"])
    assert report.problems == ()
    assert [derivation.written for derivation in report.derivations] == ["1,890 = 1,058 + 558 + 274"]


def test_a_derivation_may_use_an_earlier_one() -> None:
    derived = ("1,890 = 1,058 + 558 + 274", "56 % ~ 1,058 / 1,890")
    assert check("Of 1,890, San Miguel took in 56 %.", *ALL, derived=derived) == []
    assert check("San Miguel took in 56 %.", *ALL, derived=derived[1:]) == ["derivation-operand"]


def test_months_and_cards_can_be_counted() -> None:
    derived = ("nine = months 2017-01/2017-09", "three = counted")
    assert check("In nine months three cities received them.", *ALL, derived=derived) == []
    assert check("In ten months.", *ALL, derived=("ten = months 2017-01/2017-10",)) == ["derivation-operand"]
    assert check("Four cities.", *ALL, derived=("four = counted",)) == ["derivation-wrong"]


def test_money_keeps_its_currency() -> None:
    cards = (INVESTMENT, FAMILIES)
    assert check("That is USD 56 a family.", *cards, derived=("USD 56 ~ USD 500,000 / 9,000",)) == []
    assert check("That is 56 a family.", *cards, derived=("56 ~ 500,000 / 9,000",)) == []
    assert check("That is USD 56 a family.", *cards, derived=("USD 56 ~ 500,000 / 9,000",)) == []
    assert check("That is USD 2 a family.", *cards, derived=("USD 2 = 18,000 / 9,000",)) == [
        "derivation-operand",
        "derivation-invalid",
    ]
    assert check("That is 56 a family.", *cards, derived=("56 ~ USD 500,000 / 9,000",)) == ["derivation-invalid"]
    assert check("That is $56 a family.", *cards, derived=("USD 56 ~ EUR 500,000 / 9,000",)) == [
        "derivation-operand",
        "derivation-invalid",
    ]


@pytest.mark.parametrize(
    ("derived", "code", "said"),
    [
        ("1,891 = 1,058 + 558 + 274", "derivation-wrong", "1,058 + 558 + 274 is 1890, not 1,891"),
        ("1,891 = 1,058 + 833", "derivation-operand", "833 is not in the quotations of the cited cards: "),
        ("1,891 = 1,058 +", "derivation-invalid", "a number is missing"),
    ],
)
def test_a_derivation_that_fails_is_reported_once_and_in_place(derived: str, code: str, said: str) -> None:
    (problem,) = verify_numbers("Together they took in 1,891.", "en", ALL, [derived]).problems[:1]
    assert problem.code.public == code
    assert problem.message.startswith(said)
    assert problem.derivation == 0
    assert 0 <= problem.start <= problem.end <= len(derived)


def test_a_derivation_of_a_number_that_is_not_there_is_unused() -> None:
    assert check("Together they took in many.", *ALL, derived=("1,890 = 1,058 + 558 + 274",)) == ["derivation-unused"]


def test_all_problems_are_reported_together() -> None:
    assert check("In 2016, 1,085 and 60 %.", SAN_MIGUEL, derived=("3 =",)) == [
        "derivation-invalid",
        "number-unsupported",
        "number-unsupported",
        "number-unsupported",
    ]


# Statistics


def statistic(
    value: str,
    unit: str = "",
    qualifier: str = "",
    places: tuple[str, ...] = (),
    period: str = "",
    language: str = "en",
) -> list[str]:
    cited = [SAN_MIGUEL, USULUTAN, INVESTMENT, VIOLENCE]
    return codes(verify_statistic(value, unit, qualifier, places, period, language, cited))


def test_a_statistic_is_supported_in_all_its_parts() -> None:
    assert statistic("1,058", "returnees", "", ("San Miguel",), "2017-01/2017-09") == []
    assert statistic("500,000", "USD", "almost", ("Usulutan",), "2017") == []
    assert statistic("4", "rank") == []
    assert statistic("60", "%") == []
    assert statistic("1.058", language="es-ES") == []


def test_each_part_that_is_not_supported_is_named() -> None:
    assert statistic("1,085") == ["number-unsupported"]
    assert statistic("4") == ["number-unsupported"]
    assert statistic("60") == ["number-unsupported"]
    assert statistic("500,000", "USD") == ["qualifier-dropped"]
    assert statistic("500,000", "USD", "more than") == ["qualifier-changed"]
    assert statistic("1,058", "", "about") == ["qualifier-added"]
    assert statistic("1,058", "", "", ("Santa Ana", "Miguel")) == ["statistic-unsupported"]
    assert statistic("1,058", "", "", (), "2016") == ["statistic-unsupported"]
    assert statistic("1,058", "", "", (), "2017-01/2017-10") == ["statistic-unsupported"]
    assert statistic("1,058", "", "", (), "last year") == ["statistic-unsupported"]
    assert statistic("many") == ["number-unsupported"]


def test_a_statistic_s_scale_may_stand_in_its_unit() -> None:
    report = verify_statistic("75", "million inhabitants", "about", (), "", "en", [PEOPLE])
    assert report.problems == ()


def test_a_statistic_that_looks_like_a_year_is_a_count() -> None:
    card = CitedText("a/b", "benefits 2,015 families in Usulután")
    assert verify_statistic("2015", "families", "", ("Usulután",), "", "en", [card]).problems == ()


def test_a_statistic_can_be_derived() -> None:
    report = verify_statistic("1,890", "returnees", "", (), "", "en", ALL, ["1,890 = 1,058 + 558 + 274"])
    assert report.problems == ()
    assert len(report.derivations) == 1


# Any text


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=40))
def test_no_text_makes_it_raise(text: str, quotation: str, derived: str) -> None:
    card = CitedText("a/b", quotation, (text,), (derived,), derived, text, "es-SV")
    report = verify_numbers(text, "en", [card], [derived])
    for problem in report.problems:
        within = text if problem.derivation is None else derived
        assert 0 <= problem.start <= problem.end <= max(len(within), problem.start)
    verify_statistic(text, derived, "almost", (quotation,), derived, "en", [card], [derived])


@given(st.integers(2, 10**7), st.integers(2, 10**7))
def test_only_the_same_number_supports(left: int, right: int) -> None:
    card = CitedText("a/b", f"exactly {right:,} families")
    assert (check(f"The {left:,} families", card) == []) == (left == right)
