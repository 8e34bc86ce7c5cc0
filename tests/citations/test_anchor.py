"""A quotation is found character by character after one named normalisation, or it is not found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.citations.making import anchored, card, said, source

from briefpack.citations.model import Status, Tier

TEXT = (
    "First of all, “San Miguel” received 1,058 returnees – the most.\n\n"
    "Second: the so-called office\u00a0opened in\u00a02017 at 3.5 per cent.\n\n"
    "Third of all, nobody came.\n\n"
    "Fourth of all, everybody left again, and nobody came.\n\n"
    "Fifth.\n\nSixth of them.\n"
)


@pytest.mark.parametrize(
    ("quote", "tier"),
    [
        ("received 1,058 returnees", Tier.VERBATIM),
        ("“San Miguel” received", Tier.VERBATIM),
        ('"San Miguel" received', Tier.NORMALISED),
        ("returnees - the most", Tier.NORMALISED),
        ("office opened in 2017", Tier.NORMALISED),
        ("office\u00a0opened in\u00a02017", Tier.VERBATIM),
        ("the  most.\n Second", Tier.NORMALISED),
        ("so\u00adcalled", None),
        ("so-call\u00aded", Tier.NORMALISED),
        ("1,058", Tier.VERBATIM),
        ("1,05", None),
        ("058", None),
        ("5 per cent", None),
        ("3.5 per cent", Tier.VERBATIM),
        ("3", None),
        ("eceived", None),
        ("receive", None),
        ("Received 1,058", None),
        ("1.058", None),
        ("2017 at 3.5 per cent", Tier.VERBATIM),
    ],
)
def test_a_quotation_is_verbatim_normalised_or_missing(tmp_path: Path, quote: str, tier: Tier | None) -> None:
    result, problems = anchored(card(quote), source(tmp_path, TEXT))

    assert (result.anchor.tier if result.anchor else None) == tier
    assert result.status is (Status.VERIFIED if tier else Status.MISSING)
    assert said(problems) == ([] if tier else ["work.md:1:1 quote-not-found"])


@pytest.mark.parametrize(
    "quote", ["lost 12 boats in spring", "masters asked for a second crane", "A second crane Insurance for small boats"]
)
def test_marks_of_emphasis_and_of_lists_are_not_text(tmp_path: Path, quote: str) -> None:
    content = (
        "It lost **12 boats** in spring.\n\nIts masters asked for a *second* crane:\n\n"
        "- A second crane\n- Insurance for small boats\n"
    )
    result, problems = anchored(card(quote), source(tmp_path, content, file="own.md"))

    assert (result.status, problems) == (Status.VERIFIED, [])
    assert result.anchor is not None
    assert result.anchor.tier is Tier.NORMALISED


def test_an_anchor_knows_its_range_in_the_file_and_its_passages(tmp_path: Path) -> None:
    own = source(tmp_path, TEXT)
    result, _ = anchored(card("nobody came. Fourth of all"), own)
    assert result.anchor is not None
    (fragment,) = result.anchor.fragments

    assert own.file.characters[fragment.start : fragment.end] == "nobody came.\n\nFourth of all"
    assert result.anchor.passages == (3, 4)
    assert [own.passage(r.passage).text[r.start : r.end] for r in fragment.ranges] == ["nobody came.", "Fourth of all"]


def test_what_occurs_twice_needs_its_neighbours(tmp_path: Path) -> None:
    own = source(tmp_path, TEXT)
    result, (problem,) = anchored(card("nobody came"), own)

    assert (result.status, result.anchor) == (Status.AMBIGUOUS, None)
    assert problem.message == "the quotation occurs 2 times in 'own' (¶ 3, ¶ 4)"
    assert problem.hint == "lengthen it, or add the words before it, such as `prefix: cent. Third of all,`"


@pytest.mark.parametrize(
    ("prefix", "suffix", "passages"),
    [
        ("Third of all,", "", (3,)),
        ("again, and", "", (4,)),
        ("", ". Fourth", (3,)),
        ("", ". Fifth.", (4,)),
        ("again, and", ". Fifth", (4,)),
        ("again, and", ". Fourth", None),
        ("nothing like it", "", None),
    ],
)
def test_prefix_and_suffix_choose_among_places(
    tmp_path: Path, prefix: str, suffix: str, passages: tuple[int, ...] | None
) -> None:
    result, problems = anchored(card("nobody came", prefix=prefix, suffix=suffix), source(tmp_path, TEXT))

    assert (result.anchor.passages if result.anchor else None) == passages
    assert said(problems) == ([] if passages else ["work.md:1:1 quote-ambiguous"])


def test_the_suggested_prefix_works(tmp_path: Path) -> None:
    own = source(tmp_path, TEXT)
    _, (problem,) = anchored(card("of all"), own)
    prefix = problem.hint.partition("prefix: ")[2].rstrip("`")

    assert anchored(card("of all", prefix=prefix), own)[0].status is Status.VERIFIED


@pytest.mark.parametrize(
    ("fragments", "passages", "expected"),
    [
        (("First of all", "the most"), (1,), []),
        (("the most", "Second"), (1, 2), []),
        (("the most", "Third of all"), (1, 3), []),
        (("the most", "Fourth of all"), None, ["work.md:1:1 quote-gap"]),
        (("Second", "First of all"), None, ["work.md:1:1 quote-gap"]),
        (("Third of all", "everybody left", "Fifth."), (3, 4, 5), []),
        (("Third of all", "nobody left"), None, ["work.md:2:1 quote-not-found"]),
        (("everybody left", "nobody came"), (4,), []),
    ],
)
def test_fragments_stand_in_order_in_neighbouring_passages(
    tmp_path: Path, fragments: tuple[str, ...], passages: tuple[int, ...] | None, expected: list[str]
) -> None:
    result, problems = anchored(card(*fragments), source(tmp_path, TEXT))

    assert (result.anchor.passages if result.anchor else None) == passages
    assert said(problems) == expected


def test_what_stands_in_another_source_is_sent_there(tmp_path: Path) -> None:
    other = source(tmp_path, "One.\n\nTwo is the word.\n", id="other", file="other.txt")
    result, (problem,) = anchored(card("Two is the word"), source(tmp_path, TEXT), other)

    assert result.status is Status.IN_OTHER_SOURCE
    assert problem.message == "not in 'own' but in 'other', ¶ 2"
    assert problem.hint == "move the card to content/summaries/other.md and cite [@other/card]"


def test_two_works_of_one_file_are_two_sources(tmp_path: Path) -> None:
    first = source(tmp_path, TEXT, end="per cent")
    second = source(tmp_path, TEXT, id="second", start="Third of all")
    result, (problem,) = anchored(card("everybody left"), first, second)

    assert result.status is Status.IN_OTHER_SOURCE
    assert problem.message == "not in 'own' but in 'second', ¶ 2"
    assert anchored(card("everybody left", of="second"), second, first)[0].status is Status.VERIFIED


@pytest.mark.parametrize("quote", ["call Ana at 555 0199", "Ana at 555", "questions call Ana"])
def test_what_is_withheld_is_not_quoted_and_not_shown(tmp_path: Path, quote: str) -> None:
    own = source(tmp_path, "For questions call Ana at 555 0199.\n", withhold=[("call Ana", "0199")])
    result, (problem,) = anchored(card(quote), own)

    assert (result.status, problem.code.public) == (Status.MISSING, "quote-withheld")
    assert "555" not in problem.message + problem.hint + "".join(problem.detail)


def test_nothing_is_found_across_what_is_withheld(tmp_path: Path) -> None:
    own = source(tmp_path, "Call Ana at 555 0199 for more.\n", withhold=[("Ana at", "0199")])
    result, (problem,) = anchored(card("Call for more"), own)

    assert (result.status, problem.code.public) == (Status.MISSING, "quote-not-found")


def test_a_card_that_was_refused_when_it_was_read_is_not_looked_for(tmp_path: Path) -> None:
    own = source(tmp_path, "word " * 130)

    for quote in ("", "word " * 121):
        result, problems = anchored(card(quote), own)
        assert (result.status, problems) == (Status.MISSING, [])


WORD = st.sampled_from(["uno", "año", "1,058", "«x»", "“y”", "3.5", "a-b", "é", "ﬁn", "II"])
GAP = st.sampled_from([" ", "\u00a0", "  ", "\n"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(st.lists(st.tuples(WORD, GAP), min_size=1, max_size=6), min_size=1, max_size=5), st.data())
def test_any_run_of_whole_words_is_found_where_it_stands(
    tmp_path: Path, paragraphs: list[list[tuple[str, str]]], data: st.DataObject
) -> None:
    numbered = [[(f"w{number}", " "), *words] for number, words in enumerate(paragraphs)]
    content = "\n\n".join("".join(word + gap for word, gap in words).strip() for words in numbered)
    words = content.split()
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = " ".join(words[first : last + 1])
    own = source(tmp_path, content)

    result, problems = anchored(card(quote), own)

    if result.status is Status.AMBIGUOUS:
        assert said(problems) == ["work.md:1:1 quote-ambiguous"]
    else:
        assert problems == []
        assert result.anchor is not None
        (fragment,) = result.anchor.fragments
        assert own.file.characters[fragment.start : fragment.end].split() == words[first : last + 1]
