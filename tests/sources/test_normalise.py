"""The one normalisation, and the way back from it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefpack.sources.normalise import normalise, normalise_mapped

NASTY = (
    "aAeo\u0301\u0323\u0308\u0345\u00e1\u00e9\u0130 \u00a0\u2003\u3000\t\r\n\u2028\u0085\u00ad\u200b\u200d\ufeff\ufe0f"
    "\ufb01\ufb03\u00b2\u00bd\u2026\u00b4\u00a8`'\"\u2018\u2019\u201c\u201d\u00ab\u00bb\u2033\u2034-\u2010\u2011\u2013"
    "\u2014\u2212\ufe58\uff0d\uff07\u1100\u1161\u11a8\uac00\uac01\uffa1\uffc2\u30ab\uff76\uff9e\u3099\u09c7\u09be\u0dd9"
    "\u0dcf\u0dca\ufdfa\u2126\u212b\U0001d15e\U0001d165\ufffc1,.5=\u0338"
)
nasty = st.text(st.sampled_from(NASTY), max_size=24) | st.text(max_size=24)


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("a\u00a0b \r\n\t c", "a b c"),
        ("  outer  ", "outer"),
        ("\u201cWe\u201d \u2018are\u2019 \u00abhere\u00bb \u2039now\u203a", "\"We\" 'are' \"here\" 'now'"),
        ("7\u20138 \u2014 9 \u2212 1 \u2011 \uff0d", "7-8 - 9 - 1 - -"),
        ("co\u00adopera\u00adtion", "cooperation"),
        ("zero\u200bwidth\u200d \ufeffmarks", "zerowidth marks"),
        ("\ufb01nd o\ufb03ce", "find office"),
        ("Jose\u0301", "José"),
        ("wait\u2026", "wait..."),
        ("10 m\u00b2", "10 m2"),
        ("\u1112\u1161\u11ab", "\ud55c"),
        ("Case Stays, 1,058.", "Case Stays, 1,058."),
        ("\ufffc", "\ufffc"),
    ],
)
def test_text_is_compared_without_differences_of_typography(written: str, compared: str) -> None:
    assert normalise(written) == compared


def test_hyphens_that_are_written_stay() -> None:
    assert normalise("re-launch of the inter-\nstate") == "re-launch of the inter- state"


@given(nasty)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(nasty)
@example("e\u00ad\u0301")
@example("\u1100\u1161\u11a8")
@example("\uff76\uff9e")
@example("\u00b4a \u00a8")
def test_the_slow_way_gives_the_same_text_as_the_fast_one(text: str) -> None:
    mapped = normalise_mapped(text)
    assert mapped.text == normalise(text)
    assert len(mapped.starts) == len(mapped.ends) == len(mapped.text)


@given(nasty, st.data())
def test_what_was_found_is_in_the_range_it_is_mapped_back_to(text: str, data: st.DataObject) -> None:
    mapped = normalise_mapped(text)
    if not mapped.text:
        return
    start = data.draw(st.integers(0, len(mapped.text) - 1))
    end = data.draw(st.integers(start + 1, len(mapped.text)))
    first, last = mapped.to_origin(start, end)
    assert 0 <= first < last <= len(text)
    assert mapped.text[start:end].strip() in normalise(text[first:last])


@given(nasty)
def test_origins_stand_in_order(text: str) -> None:
    mapped = normalise_mapped(text)
    assert list(mapped.starts) == sorted(mapped.starts)
    assert list(mapped.ends) == sorted(mapped.ends)


def test_a_soft_hyphen_inside_a_word_is_inside_its_range() -> None:
    text = "the co\u00adoperation of"
    mapped = normalise_mapped(text)
    start = mapped.text.index("cooperation")
    first, last = mapped.to_origin(start, start + len("cooperation"))
    assert text[first:last] == "co\u00adoperation"


@pytest.mark.parametrize("text", ["“Yes” – it’s\u00a0so", "«\tno\u2003»", "a ’ b"])
def test_characters_that_are_exchanged_one_for_one_stay_in_their_places(text: str) -> None:
    mapped = normalise_mapped(text)
    assert [mapped.to_origin(at, at + 1) for at in range(len(text))] == [(at, at + 1) for at in range(len(text))]


def test_a_character_more_and_one_less_do_not_hide_that_places_have_moved() -> None:
    mapped = normalise_mapped("\ufb01ve  \u2019s")
    assert (mapped.text, mapped.to_origin(0, 2), mapped.to_origin(4, 5)) == ("five 's", (0, 1), (3, 5))


@pytest.mark.parametrize("text", ["Plain text, as it is.", "Jos\u00e9 said so."])
def test_text_that_needs_no_change_is_not_copied(text: str) -> None:
    assert normalise(text) is text
