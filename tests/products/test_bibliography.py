"""The list of sources: what each is, and what the editors of its brief warn of."""

from __future__ import annotations

from pathlib import Path

from tests.products.making import dossier_of, write_pack

from briefpack.products.model import Bibliography, Reference

ALPHA = "content/summaries/alpha.md"
PACK = "content/pack.toml"
CAUTION = "    text: No boats were counted. [@uncounted]"


def entries(root: Path, *changes: tuple[str, str, str], audience: str = "public") -> dict[str, Reference]:
    dossier = dossier_of(write_pack(root, *changes), audience)
    found = next(section for section in dossier.sections if isinstance(section, Bibliography))
    return {entry.source: entry for entry in found.references}


def test_a_source_has_the_verdicts_of_its_cautions_and_a_way_to_its_brief(tmp_path: Path) -> None:
    text = "    text: '**Boats left out.** No boats were counted. [@uncounted]'"
    alpha = entries(tmp_path, (ALPHA, CAUTION, text))["alpha"]
    assert (alpha.cautions, alpha.cautions_href) == (("Boats left out.",), "#brief-alpha")


def test_a_caution_without_a_verdict_has_its_first_sentence(tmp_path: Path) -> None:
    text = "    text: No boats were counted. [@uncounted] Ask why."
    assert entries(tmp_path, (ALPHA, CAUTION, text))["alpha"].cautions == ("No boats were counted.",)


def test_cautions_that_an_audience_does_not_see_are_not_repeated(tmp_path: Path) -> None:
    hidden = (ALPHA, CAUTION, f"{CAUTION}\n    labels: [secret]")
    assert entries(tmp_path, hidden)["alpha"].cautions == ()
    assert entries(tmp_path, hidden, audience="insiders")["alpha"].cautions == ("No boats were counted.",)


def test_without_briefs_there_are_no_cautions(tmp_path: Path) -> None:
    parts = 'title = "For the public"\nparts = ["annex", "bibliography"]'
    found = entries(tmp_path, (PACK, 'title = "For the public"', parts))
    assert {entry.cautions_href for entry in found.values()} == {""}
