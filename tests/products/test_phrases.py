"""Looking for many phrases at once finds what looking for each of them would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefpack.products.phrases import BREAK, Phrases, squashed


def test_letters_and_digits_count_and_nothing_else() -> None:
    assert squashed("  The “Re-gen\u00adera\u2010\ntion”,  of *1,058*\u00a0areas! ") == "theregenerationof1058areas"
    assert squashed("ﬁnancia\u0301 el AÑO") == squashed("Financiá el año") == "financiáelaño"


def test_no_phrase_runs_over_a_break() -> None:
    phrase = squashed("one sentence that is long enough")
    assert Phrases([phrase]).found_in(squashed(f"one sentence that is{BREAK} long enough")) == {}
    assert Phrases([phrase]).found_in(squashed("x one\nsentence that is long-enough")) == {phrase: 1}


LETTERS = st.text("ab", max_size=60)


@given(st.lists(LETTERS, max_size=6), LETTERS, LETTERS, st.integers(0, 5))
def test_phrases_are_found_wherever_they_stand(phrases: list[str], before: str, after: str, which: int) -> None:
    text = before + (phrases[which % len(phrases)] if phrases else "") + after
    found = Phrases(phrases).found_in(text)
    assert found.keys() == {phrase for phrase in phrases if phrase and phrase in text}
    assert all(text.startswith(phrase, at) for phrase, at in found.items())


def test_a_phrase_is_found_at_every_offset_in_a_long_text() -> None:
    phrase = squashed("The bishop praised the masons of the north")
    for offset in range(20):
        assert Phrases([phrase]).found_in("x" * offset + phrase + "y" * 100) == {phrase: offset}
