"""Words, dates, numbers and places follow the page's language."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.templating.samples import edtf

from briefpack.products.model import Locator, Place
from briefpack.shipped import shipped_pack
from briefpack.templating.bundle import load_bundle
from briefpack.templating.typography import NBSP, bound, nested
from briefpack.templating.words import Words
from briefpack.world import World

BUNDLE = load_bundle(World(shipped_pack()), "base").value
STRINGS = BUNDLE.strings if BUNDLE else {}
ENGLISH, SPANISH, MEXICAN, SALVADORAN = (Words(tag, STRINGS) for tag in ("en", "es", "es-MX", "es-SV"))

texts = st.text(st.sampled_from("aáàbcñnoóz AÑZ-’'.,«»“”\"1290¶%\u0301"), max_size=12)


@pytest.mark.parametrize(
    ("date", "english", "spanish"),
    [
        ("2017", "2017", "2017"),
        ("2017-09", "September 2017", "septiembre de 2017"),
        ("2017-09-07", "7 September 2017", "7 de septiembre de 2017"),
        ("2017-01/2017-09", "January–September 2017", "enero–septiembre de 2017"),
        ("2017-09-07/2017-09-08", "7–8 September 2017", "7–8 de septiembre de 2017"),
        ("2017-08-30/2017-09-02", "30 August – 2 September 2017", "30 de agosto – 2 de septiembre de 2017"),
        ("2015/2018", "2015–2018", "2015–2018"),
        ("2017-12/2018-01", "December 2017 – January 2018", "diciembre de 2017 – enero de 2018"),
        ("2017-09-17/2017-09-20", "17–20 September 2017", "17–20 de septiembre de 2017"),
        ("?2017-01/?2017-09", "January–September [2017]", "enero–septiembre [de 2017]"),
        ("?2017-11-14", "14 November [2017]", "14 de noviembre [de 2017]"),
        ("?2017", "[2017]", "[2017]"),
    ],
)
def test_a_date_is_printed_no_more_exactly_than_it_is_known(date: str, english: str, spanish: str) -> None:
    assert (ENGLISH.dated(edtf(date)), SPANISH.dated(edtf(date))) == (english, spanish)


def test_what_has_no_date_is_undated() -> None:
    assert ENGLISH.dated(None) == "undated"


@pytest.mark.parametrize(
    ("locator", "printed"),
    [
        (Locator(7, 7), "¶\u00a07"),
        (Locator(7, 9), "¶\u00a07–9"),
        (Locator(3, 3, 12, 12), "p.\u00a012, ¶\u00a03"),
        (Locator(3, 5, 12, 13), "pp.\u00a012–13, ¶\u00a03–5"),
    ],
)
def test_a_locator_cannot_be_torn_apart(locator: Locator, printed: str) -> None:
    assert ENGLISH.locator(locator) == printed


def test_places_are_named_in_the_pages_language() -> None:
    assert ENGLISH.place(Place("point", 3)) == "point\u00a03"
    assert SPANISH.place(Place("headline")) == "titular"
    assert ENGLISH.place(Place("cell", 0, "What is trafficking? / Explainer")) == "What is trafficking? / Explainer"


def test_numbers_follow_the_locale() -> None:
    assert (ENGLISH.number(1058), MEXICAN.number(1058)) == ("1,058", "1,058")
    assert (SALVADORAN.number(9000), Words("es-ES", STRINGS).number(90000)) == ("9,000", "90.000")


def test_plurals_follow_the_language() -> None:
    assert ENGLISH.text("skipped", count=1) == "… 1 passage not quoted …"
    assert SPANISH.text("skipped", count=4) == "… 4 pasajes sin citar …"


def test_a_list_has_no_comma_before_and() -> None:
    assert ENGLISH.listed(["a", "b", "c"]) == "a, b and c"
    assert SPANISH.listed(["a", "b"]) == "a y b"


@pytest.mark.parametrize(
    ("last", "joined"),
    [
        ("instituciones", "e"), ("hijos", "e"), ("índices", "e"), ("Ímola", "e"), ("«Informes»", "e"), ("IOM", "e"),
        ("Ypacaraí", "e"), ("hielo", "y"), ("iones", "y"), ("Hierro", "y"), ("yates", "y"), ("Usulután", "y"),
        ("1,058", "y"), ("", "y"),
    ],
)  # fmt: skip
def test_and_is_e_in_spanish_before_the_sound_of_i(last: str, joined: str) -> None:
    assert SALVADORAN.listed(["familias", last]) == f"familias {joined} {last}"
    assert SALVADORAN.listed(["madres", "padres", last]) == f"madres, padres {joined} {last}"


@given(st.lists(texts, max_size=5), st.sampled_from([ENGLISH, SALVADORAN]))
def test_a_list_holds_its_items_as_they_are_whatever_stands_in_them(items: list[str], words: Words) -> None:
    assert re.fullmatch(r"(?:, | and | y | e )?".join(re.escape(item) for item in items), words.listed(items))


def test_an_item_keeps_its_own_and() -> None:
    assert ENGLISH.listed(["laws, and borders", "rights"]) == "laws, and borders and rights"
    assert ENGLISH.listed(["x", "y", "laws, and borders"]) == "x, y and laws, and borders"


def test_a_regional_language_falls_back_to_the_bare_one() -> None:
    assert MEXICAN.text("brief") == "Nota"
    assert Words("xx", STRINGS).text("brief") == "Brief"


# Quotation marks


@pytest.mark.parametrize(
    ("text", "english", "spanish"),
    [
        ("Not found.", "“Not found.”", "«Not found.»"),
        ('as "coyotes" do', "“as ‘coyotes’ do”", "«as “coyotes” do»"),
        ("as “coyotes” do", "“as ‘coyotes’ do”", "«as “coyotes” do»"),
        ("«Trata» y «tráfico»", "“‘Trata’ y ‘tráfico’”", "«“Trata” y “tráfico”»"),
        ('the end of "white women"', "“the end of ‘white women’”", "«the end of “white women”»"),
        ("the 'natural disasters' of the world's", "“the 'natural disasters' of the world's”", None),
        ('cut off "before its end', '“cut off "before its end”', None),
        ('cut off" after its end', '“cut off" after its end”', None),
        ('5" and 6" pipes', '“5" and 6" pipes”', None),
        ("10 % of them", f"“10{NBSP}% of them”", None),
    ],
)
def test_a_quotation_inside_a_quotation_has_the_inner_marks_of_the_page(
    text: str, english: str, spanish: str | None
) -> None:
    assert ENGLISH.quoted(text) == english
    if spanish is not None:
        assert SALVADORAN.quoted(text) == spanish


@given(texts)
def test_nesting_changes_nothing_but_double_marks(text: str) -> None:
    other = nested(text, ("‘", "’"))
    assert len(other) == len(text)
    assert all(a == b or (a in '"“”«»' and b in "‘’") for a, b in zip(text, other, strict=True))


@given(texts)
def test_no_mark_of_nesting_is_without_its_pair(text: str) -> None:
    added = [b for a, b in zip(text, nested(text, ("\ue001", "\ue002")), strict=True) if a != b]
    assert "".join(added) == "\ue001\ue002" * (len(added) // 2)


# Spaces at which no line may end


@pytest.mark.parametrize(
    "text",
    [
        "60_% de los casos", "USD_500,000", "$_5", "244_million people", "más de 244_millones", "85_km de caminos",
        "¶_7", "p._12 y pp._12–13", "n.º_4", "25_°C",
    ],
)  # fmt: skip
def test_a_number_is_held_to_its_sign_unit_or_scale(text: str) -> None:
    assert bound(text.replace("_", " ")) == text.replace("_", NBSP)


@pytest.mark.parametrize(
    "text", ["1,058 returnees", "in 2017 mostly", "9 hamlets", "nothing %", "the USDA 5", "stop. 5"]
)
def test_other_spaces_stay(text: str) -> None:
    assert bound(text) == text


@given(texts)
def test_binding_changes_spaces_alone_and_only_once(text: str) -> None:
    assert bound(text).replace(NBSP, " ") == text
    assert bound(bound(text)) == bound(text)


# Alphabetical order


@pytest.mark.parametrize(
    ("words", "ordered"),
    [
        (ENGLISH, ["apple", "Ärger", "band", "co-operate", "co-operation", "El Salvador", "elbow", "Ñ", "nut", "zoo"]),
        (
            SALVADORAN,
            ["Ahuachapán", "árbol", "La Unión", "lana", "nunca", "ñandú", "Ñuble", "obra", "órgano", "Usulután"],
        ),
        (SALVADORAN, ["ano", "anotar", "año", "apto"]),
        (SALVADORAN, ["papa", "papá", "Papá", "papas"]),
        (ENGLISH, ["2", "10", "Theme 2", "Theme 10", "theme park"]),
        (ENGLISH, ["The returns", "“Traffic”", "trafficking", "Women", "women’s", "womens’ office"]),
    ],
)
def test_words_stand_in_the_order_of_the_language(words: Words, ordered: list[str]) -> None:
    backwards = ordered[::-1]
    assert sorted(backwards, key=words.sort_key) == ordered


@given(st.lists(texts))
def test_the_order_is_the_same_whatever_it_was_before(items: list[str]) -> None:
    ordered, backwards = sorted(items, key=SALVADORAN.sort_key), items[::-1]
    assert sorted(backwards, key=SALVADORAN.sort_key) == ordered
    assert all(SALVADORAN.sort_key(a) <= SALVADORAN.sort_key(b) for a, b in pairwise(ordered))


@given(texts, texts)
def test_texts_that_differ_never_share_a_place(a: str, b: str) -> None:
    assert (SALVADORAN.sort_key(a) == SALVADORAN.sort_key(b)) == (a == b)


@given(st.text(max_size=8))
def test_any_text_has_a_place(text: str) -> None:
    assert ENGLISH.sort_key(text) <= ENGLISH.sort_key(text + "z")


# The strings


@pytest.mark.parametrize("language", sorted(STRINGS))
def test_every_language_has_the_same_strings_with_the_same_places_to_fill(language: str) -> None:
    def places(of: str) -> dict[str, list[str]]:
        return {key: sorted(set(re.findall(r"\{\w+\}", text))) for key, text in STRINGS[of].items()}

    assert places(language) == places("en")


def test_spanish_strings_hold_no_english_quotation_marks_or_typewriter_signs() -> None:
    assert [key for key, text in STRINGS["es"].items() if re.search("[\"']|\\.\\.\\.|--", text)] == []
