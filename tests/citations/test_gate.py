"""The gate: every statement against its cards, each problem said once, nothing unverified let through."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.citations.making import check, said

from briefpack.citations.gate import Verified, anchor_all
from briefpack.citations.model import FailedStatement, VerifiedCitation, VerifiedStatement
from briefpack.diagnostics import Code, Findings

Edit = Callable[[str, str, str], Path]
RIVER, HARBOUR, FLOOD = "content/summaries/river.md", "content/summaries/harbour.md", "content/comparisons/flood.md"


def verified(pack: Path) -> Verified:
    found = check(pack).verified
    assert found is not None
    return found


def failed(pack: Path) -> dict[str, list[str]]:
    return {
        address: [error.code.public for error in verdict.errors]
        for address, verdict in verified(pack).verdicts.items()
        if isinstance(verdict, FailedStatement)
    }


def test_every_statement_of_a_sound_pack_is_verified(tiny: Path) -> None:
    found = verified(tiny)

    assert failed(tiny) == {}
    assert len(found.verdicts) == 13
    assert all(isinstance(verdict, VerifiedStatement) for verdict in found.verdicts.values())
    assert (
        found.verdicts["overview/body/1"].statement.text
        == "The river rose by 1,058 millimetres and the harbour lost 12 boats."
    )


def test_markers_keep_their_place(tiny: Path) -> None:
    verdict = verified(tiny).verdicts["overview/body/1"]
    assert isinstance(verdict, VerifiedStatement)

    assert [(marker.offset, [c.address for c in marker.citations]) for marker in verdict.markers] == [
        (35, ["river/rise"]),
        (66, ["harbour/boats"]),
    ]


def test_a_card_that_is_not_found_fails_its_statements_and_is_said_once(edited: Edit) -> None:
    pack = edited(
        RIVER,
        "The river Lea rose by 1,058 millimetres in the spring",
        "The river Lea rose by 1,085 millimetres in the spring",
    )

    assert said(check(pack).diagnostics) == [f"{RIVER}:14:5 quote-not-found"]
    assert failed(pack) == {
        address: ["quote-not-found"] for address in ("river/headline", "river/statistics/rise", "overview/body/1")
    }


@pytest.mark.parametrize(
    ("card", "code"),
    [("", "quote-empty"), ("word " * 121, "quote-too-long")],
)
def test_a_card_that_is_refused_fails_its_statements(edited: Edit, card: str, code: str) -> None:
    pack = edited(RIVER, "    closed the lower bridge for nine days\n", f"    {card.strip()}\n")

    assert [problem.code.public for problem in check(pack).diagnostics] == [code]
    assert failed(pack) == {
        "river/points/bridge": ["citation-unverified"],
        "comparisons/flood/criteria/1/cells/river": ["citation-unverified"],
    }


def test_a_source_that_cannot_be_read_fails_what_cites_it_and_is_said_once(edited: Edit) -> None:
    pack = edited(HARBOUR, "file: harbour.md", "file: harbor.md")

    assert said(check(pack).diagnostics) == [f"{HARBOUR}:3:9 file-missing"]
    assert sorted(failed(pack)) == [
        "comparisons/flood/criteria/1/cells/harbour",
        "comparisons/flood/criteria/2/cells/harbour",
        "harbour/headline",
        "harbour/points/1",
        "harbour/points/2",
        "overview/body/1",
    ]


@pytest.mark.parametrize(
    ("citation", "hint"),
    [
        ("[@brigde]", "did you mean 'bridge'?"),
        ("[@boats]", "add it under `evidence`, or cite [@harbour/boats] if that source says it"),
        ("[@xyz]", "add the card under `evidence`"),
        ("[@rivr/bridge]", "did you mean 'river'?"),
        ("[@harbour/bridge]", "add it under `evidence`, or cite [@river/bridge] if that source says it"),
    ],
)
def test_an_unknown_citation_comes_with_the_likely_one(edited: Edit, citation: str, hint: str) -> None:
    pack = edited(RIVER, "closed for nine days. [@bridge]", f"closed for nine days. [@bridge] {citation}")
    (problem,) = check(pack).diagnostics

    assert (problem.code, problem.hint, problem.location.column) == (Code.CITATION_UNKNOWN, hint, 65)
    assert failed(pack) == {"river/points/bridge": ["citation-unknown"]}


def test_a_statement_with_something_like_a_citation_fails(edited: Edit) -> None:
    pack = edited(RIVER, "closed for nine days. [@bridge]", "closed for nine days. [@bridge] [@bridge p. 3]")

    assert said(check(pack).diagnostics) == [f"{RIVER}:26:65 citation-malformed"]
    assert failed(pack) == {"river/points/bridge": ["citation-malformed"]}


def test_a_statement_without_citation_fails_unless_the_desk_speaks(edited: Edit) -> None:
    pack = edited(
        RIVER, "The repairs cost USD 40,000. [@repairs]", "It cost. [@repairs]\n\nIt did.\n\n::: analysis\nWe say.\n:::"
    )

    assert said(check(pack).diagnostics) == [f"{RIVER}:42:1 citation-missing"]
    assert failed(pack) == {"river/body/2": ["citation-missing"]}


def test_a_heading_needs_no_citation_and_its_numbers_no_card(edited: Edit) -> None:
    pack = edited(
        RIVER, "The repairs cost USD 40,000. [@repairs]", "## What it cost\n\nThe repairs cost USD 40,000. [@repairs]"
    )

    assert check(pack).diagnostics == ()


def test_an_unsupported_number_is_shown_at_the_number(edited: Edit) -> None:
    pack = edited(RIVER, "rose by 1,058 millimetres. [@rise]", "rose by 1,085 millimetres. [@rise]")

    assert said(check(pack).diagnostics) == [f"{RIVER}:23:29 number-unsupported"]


def test_the_desk_may_use_a_number_that_no_card_has_and_it_is_listed(edited: Edit) -> None:
    pack = edited(RIVER, "Ask what the wall will cost.", "Ask what 77 metres of wall will cost.")

    assert check(pack).diagnostics == ()
    assert [(number.text, str(number.location)) for number in verified(pack).desk_numbers] == [("77", f"{RIVER}:36:20")]


def test_derivations_are_recomputed_and_handed_on(edited: Edit) -> None:
    pack = edited(
        RIVER,
        "    text: The lower bridge was closed for nine days. [@bridge]",
        "    text: Together they make 1,358. [@rise; @families; @bridge]\n    derived:\n      - 1,358 = 1,058 + 300",
    )
    verdict = verified(pack).verdicts["river/points/bridge"]
    assert isinstance(verdict, VerifiedStatement)

    assert verdict.derived == ("1,358 = 1,058 + 300",)


def test_only_the_gate_makes_verified_citations(tiny: Path) -> None:
    verdict = verified(tiny).verdicts["river/headline"]
    assert isinstance(verdict, VerifiedStatement)
    (citation,) = verdict.citations

    with pytest.raises(TypeError):
        VerifiedCitation(citation.card, citation.anchor, object())
    assert pickle.loads(pickle.dumps(citation)).anchor == citation.anchor


def test_settings_that_cannot_be_read_still_let_the_content_be_read(edited: Edit) -> None:
    pack = edited("content/pack.toml", 'title = "A town by a river"', "title = A town")
    (pack / RIVER).write_text("nothing", encoding="utf-8")

    outcome = check(pack)

    assert (outcome.pack, outcome.verified) == (None, None)
    assert said(outcome.diagnostics) == ["content/pack.toml:2:9 toml-invalid", f"{RIVER}:1:1 front-matter-missing"]


def kept(pack: Path) -> dict[str, bool]:
    """Whether each source has an index in memory when all cards have been looked up."""
    found = verified(pack)
    for source in found.sources.values():
        source.forget()
    list(anchor_all(found.content, found.sources, Findings()))
    return {source.id: "index" in source._kept for source in found.sources.values()}


def test_no_index_is_kept_when_all_cards_are_found(tiny: Path) -> None:
    assert kept(tiny) == {"harbour": False, "river": False}


def test_indexes_are_kept_once_a_card_was_looked_for_in_all_sources(edited: Edit) -> None:
    pack = edited(HARBOUR, "lost 12 boats in the spring", "lost 13 boats in the spring")
    assert kept(pack) == {"harbour": True, "river": True}


def test_a_source_that_forgot_its_index_finds_the_same_again(tiny: Path) -> None:
    source = verified(tiny).sources["river"]
    before = source.index.find_all("the")
    source.forget()
    assert (source.index.find_all("the"), bool(before)) == (before, True)
