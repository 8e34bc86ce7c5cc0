"""Words, dates, numbers and places follow the page's language."""

import pytest
from tests.templating.samples import edtf

from briefpack.products.model import Locator, Place
from briefpack.shipped import shipped_pack
from briefpack.templating.bundle import load_bundle
from briefpack.templating.words import Words
from briefpack.world import World

BUNDLE = load_bundle(World(shipped_pack()), "base").value
STRINGS = BUNDLE.strings if BUNDLE else {}
ENGLISH, SPANISH, MEXICAN = (Words(tag, STRINGS) for tag in ("en", "es", "es-MX"))


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


def test_plurals_follow_the_language() -> None:
    assert ENGLISH.text("skipped", count=1) == "… 1 passage not quoted …"
    assert SPANISH.text("skipped", count=4) == "… 4 pasajes sin citar …"


def test_a_list_has_no_comma_before_and() -> None:
    assert ENGLISH.listed(["a", "b", "c"]) == "a, b and c"
    assert SPANISH.listed(["a", "b"]) == "a y b"


def test_a_regional_language_falls_back_to_the_bare_one() -> None:
    assert MEXICAN.text("brief") == "Nota"
    assert Words("xx", STRINGS).text("brief") == "Brief"
