"""The nearest passage proposes a correction; it never counts as proof."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.citations.making import anchored, card, source

from briefpack.citations.proposal import nearest_passage

TEXT = (
    "The register counts persons.\n\n"
    "Between January and September of 2017, San Miguel received 1,058 returnees, the most of all.\n\n"
    "Usulután received 558, which positioned it in fourth place.\n"
)


@pytest.mark.parametrize(
    ("quote", "summary", "text"),
    [
        (
            "San Miguel received 1,085 returnees",
            'source has "1,058", card has "1,085"',
            "San Miguel received 1,058 returnees",
        ),
        (
            "San Miguel got 1,058 migrants, the most",
            'source has "received", card has "got"; source has "returnees", card has "migrants"',
            "San Miguel received 1,058 returnees, the most",
        ),
        (
            "received 558 which positioned it in fourth",
            "¶ 3 has the same words",
            "received 558, which positioned it in fourth",
        ),
        (
            "January and September 2017, San Miguel received",
            'source has "of", which the card lacks',
            "January and September of 2017, San Miguel received",
        ),
        (
            "positioned it in the fourth place",
            'card has "the", which the source lacks',
            "positioned it in fourth place",
        ),
    ],
)
def test_the_nearest_words_and_what_differs_are_named(tmp_path: Path, quote: str, summary: str, text: str) -> None:
    proposal = nearest_passage(quote, source(tmp_path, TEXT))
    assert proposal is not None

    assert proposal.summary.startswith(summary)
    assert proposal.text == text


@pytest.mark.parametrize("quote", ["", "…", "Entirely unrelated sentence about fish", "漢字"])
def test_nothing_near_is_no_proposal(tmp_path: Path, quote: str) -> None:
    assert nearest_passage(quote, source(tmp_path, TEXT)) is None


def test_the_report_shows_the_difference_and_the_words_to_paste(tmp_path: Path) -> None:
    own = source(tmp_path, TEXT)
    _, (problem,) = anchored(card("San Miguel received 1,085 returnees"), own)

    assert problem.message == 'not in \'own\': source has "1,058", card has "1,085"'
    assert problem.detail == ("San Miguel received 1,058 returnees",)
    assert anchored(card(*problem.detail), own)[1] == []
