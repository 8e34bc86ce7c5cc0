"""The index: what an audience sees of names, abbreviations, terms and places, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.products.making import cited_in, dossier_of, write_pack

from briefpack.products.alphabet import sort_key
from briefpack.products.index import FEWEST_ENTRIES, MOST_ENTRIES, MOST_TARGETS, _cut, _parted, compose_index
from briefpack.products.model import Dossier, Head, Index, IndexEntry

ALPHA = "content/summaries/alpha.md"
BETA = "content/summaries/beta.md"
PACK = "content/pack.toml"
FERRYMEN = "    name: Ferrymen\n"


def index_of(dossier: Dossier) -> Mapping[str, IndexEntry]:
    (found,) = (section for section in dossier.sections if isinstance(section, Index))
    return {entry.term: entry for entry in found.entries}


def made(root: Path, *changes: tuple[str, str, str], audience: str = "public") -> Mapping[str, IndexEntry]:
    return index_of(dossier_of(write_pack(root, *changes), audience))


def test_actors_terms_and_places_are_listed(tmp_path: Path) -> None:
    assert list(made(tmp_path)) == ["Bridge", "Ferrymen", "North", "South"]


def test_every_entry_leads_to_statements_of_the_dossier(tmp_path: Path) -> None:
    dossier = dossier_of(write_pack(tmp_path))
    anchors = {cited.anchor for cited in cited_in(dossier.sections)}
    for entry in index_of(dossier).values():
        assert entry.targets
        assert set(entry.targets) <= anchors
        assert set(entry.main) <= set(entry.targets)


def test_a_term_has_its_definition_and_an_actor_their_part_as_main_place(tmp_path: Path) -> None:
    found = made(tmp_path)
    assert found["Bridge"].main == ("record-alpha.definitions.bridge",)
    assert found["Ferrymen"].main == ("record-alpha.actors.ferrymen",)
    assert "brief-alpha.points.boats" in found["Ferrymen"].targets
    assert found["North"].main == ()


def test_only_whole_words_count(tmp_path: Path) -> None:
    found = made(tmp_path, (ALPHA, FERRYMEN, "    name: Ferry\n"))
    assert found["Ferry"].targets == ("record-alpha.actors.ferrymen",)


def test_an_actor_who_is_described_and_met_nowhere_else_is_no_entry(tmp_path: Path) -> None:
    described = (ALPHA, FERRYMEN, "    name: Skippers of several boats\n")
    assert "Skippers of several boats" not in made(tmp_path / "a", described)
    named = (ALPHA, FERRYMEN, "    name: Skippers of Several Boats\n")
    assert "Skippers of Several Boats" in made(tmp_path / "b", named)
    elsewhere = (ALPHA, FERRYMEN, "    name: Better wages\n")
    assert "Better wages" in made(tmp_path / "c", elsewhere)


def test_a_place_counts_only_as_it_is_written(tmp_path: Path) -> None:
    targets = made(tmp_path)["South"].targets
    assert "brief-beta.headline" not in str([t for t in targets if t.startswith("brief-alpha")])
    assert all("beta" in target or target.startswith(("comparison", "timeline", "overview")) for target in targets)


def test_an_abbreviation_leads_to_the_name_and_counts_as_the_name(tmp_path: Path) -> None:
    found = made(
        tmp_path,
        (ALPHA, FERRYMEN, "    name: Union of Northern Ferrymen (UNF)\n"),
        (ALPHA, "text: Ferrymen lost 17 boats.", "text: The UNF lost 17 boats."),
    )
    assert found["UNF"].see == ("Union of Northern Ferrymen",)
    assert found["Union of Northern Ferrymen"].shorts == ("UNF",)
    assert "brief-alpha.points.boats" in found["Union of Northern Ferrymen"].targets


def test_an_actor_who_goes_by_an_abbreviation_elsewhere_is_one_entry(tmp_path: Path) -> None:
    second = "  - id: union\n    name: UNF\n    text: Lost 17 boats. [@boats]\nevents:"
    found = made(
        tmp_path, (ALPHA, FERRYMEN, "    name: Union of Northern Ferrymen (UNF)\n"), (ALPHA, "events:", second)
    )
    assert found["Union of Northern Ferrymen"].main == ("record-alpha.actors.ferrymen", "record-alpha.actors.union")
    assert (found["UNF"].targets, found["UNF"].see) == ((), ("Union of Northern Ferrymen",))


def test_an_abbreviation_of_two_names_leads_to_both_and_counts_for_none(tmp_path: Path) -> None:
    second = "  - id: fans\n    name: United Northern Fans (UNF)\n    text: Lost 17 boats. [@boats]\nevents:"
    found = made(
        tmp_path,
        (ALPHA, FERRYMEN, "    name: Union of Northern Ferrymen (UNF)\n"),
        (ALPHA, "events:", second),
        (ALPHA, "text: Ferrymen lost 17 boats.", "text: The UNF lost 17 boats."),
    )
    assert found["UNF"].see == ("Union of Northern Ferrymen", "United Northern Fans")
    assert "brief-alpha.points.boats" not in str(found)


@pytest.mark.parametrize(
    ("written", "parted"),
    [
        ("National Council (CON-MIGRANTES)", ("National Council", ("CON-MIGRANTES",))),
        ("Global Compact (GCM; PMM)", ("Global Compact", ("GCM", "PMM"))),
        ("Trafficking (in persons)", ("Trafficking (in persons)", ())),
        ("Council (of 2018)", ("Council (of 2018)", ())),
    ],
)
def test_what_stands_in_brackets_is_an_abbreviation_where_it_looks_like_one(
    written: str, parted: tuple[str, tuple[str, ...]]
) -> None:
    assert _parted(written) == parted


def test_a_longer_name_is_not_an_occurrence_of_the_shorter_one_in_it(tmp_path: Path) -> None:
    found = made(tmp_path, (ALPHA, FERRYMEN, "    name: Ferrymen of the North\n"))
    assert "record-alpha.actors.ferrymen" not in found["North"].targets


def test_what_an_audience_does_not_see_is_in_no_entry(tmp_path: Path) -> None:
    hidden = "  - id: mole\n    name: The Mole\n    text: Lost 17 boats. [@boats]\n    labels: [secret]\nevents:"
    pack = write_pack(
        tmp_path,
        (ALPHA, "events:", hidden),
        (PACK, '[places.south]\nname = "South"', '[places.south]\nname = "South"\n\n[places.fund]\nname = "USD"'),
    )
    public, insiders = (index_of(dossier_of(pack, audience)) for audience in ("public", "insiders"))
    assert {"The Mole", "USD"} <= set(insiders)
    assert not {"The Mole", "USD"} & set(public)
    assert "secret" not in str(public)
    assert "hidden" not in str(public)


def test_there_is_no_index_where_the_audience_wants_none(tmp_path: Path) -> None:
    parts = 'title = "For the public"\nparts = ["briefs", "colophon"]'
    dossier = dossier_of(write_pack(tmp_path, (PACK, 'title = "For the public"', parts)))
    assert not any(isinstance(section, Index) for section in dossier.sections)


def test_entries_stand_in_the_order_of_the_alphabet_under_their_letters(tmp_path: Path) -> None:
    found = list(made(tmp_path).values())
    assert found == sorted(found, key=lambda entry: sort_key(entry.term, "en"))
    assert [entry.initial for entry in found] == ["B", "F", "N", "S"]


def test_a_name_that_is_everywhere_keeps_a_statement_of_each_section(tmp_path: Path) -> None:
    dossier = dossier_of(write_pack(tmp_path))
    sections = [section for section in dossier.sections if section.anchor in ("brief-alpha", "record-alpha")]
    many = sections * MOST_TARGETS
    head: Head = dossier.head
    (index,) = compose_index(many, (), head)
    assert all(len(entry.targets) <= MOST_TARGETS + len(entry.main) for entry in index.entries)


def test_long_indexes_are_cut_where_a_letter_begins() -> None:
    entries = [IndexEntry(f"{letter}{n}", letter) for letter in "ABCDE" for n in range(100)]
    cuts = _cut(entries)
    assert [entry for cut in cuts for entry in cut] == entries
    assert all(len(cut) <= MOST_ENTRIES for cut in cuts)
    assert [cut[0].term for cut in cuts] == ["A0", "C0", "E0"]
    assert FEWEST_ENTRIES < MOST_ENTRIES
