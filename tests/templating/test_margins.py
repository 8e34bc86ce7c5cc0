"""The margin of an original: places drawn together, and passages that may break."""

from __future__ import annotations

from briefpack.products.model import AnnexPassage, BackReference, Highlight, Place
from briefpack.sources.model import PassageKind
from briefpack.templating.margins import Margin, margin_of


def name(place: Place, count: int = 1) -> str:
    plural = "s" if count > 1 else ""
    return place.detail or (f"{place.kind}{plural} {place.ordinal}" if place.ordinal else place.kind)


def margin(*references: BackReference, words: int = 20, notes: tuple[str, ...] = ()) -> Margin:
    text = Highlight("word " * words, ("a",), ("x",))
    passage = AnnexPassage(1, "p1", PassageKind.PARAGRAPH, 0, (text,), references, notes)
    return margin_of(passage, name)


def cited(kind: str, ordinal: int = 0, short: str = "Wells", letter: str = "a", detail: str = "") -> BackReference:
    return BackReference(letter, short, Place(kind, ordinal, detail), f"#{short}-{kind}-{ordinal}")


def said(found: Margin) -> list[tuple[str, list[str]]]:
    return [
        (letter, [", ".join(link.label for link in links) for links in documents]) for letter, documents in found.lines
    ]


def test_places_of_one_kind_in_one_document_are_drawn_together() -> None:
    found = margin(cited("point", 3), cited("figure", 2), cited("point", 1), cited("headline"))
    assert said(found) == [("a", ["Wells, points 1, 3, figure 2, headline"])]


def test_each_number_leads_to_its_own_place() -> None:
    ((_, (links,)),) = margin(cited("point", 3), cited("point", 1)).lines
    assert [link.href for link in links] == ["#Wells-point-1", "#Wells-point-3"]


def test_each_letter_and_each_document_stands_for_itself() -> None:
    found = margin(cited("point", 1), cited("point", 2, "Rivers"), cited("point", 2, letter="b"))
    assert said(found) == [("a", ["Wells, point 1", "Rivers, point 2"]), ("b", ["Wells, point 2"])]


def test_cells_that_are_called_alike_are_named_once() -> None:
    found = margin(cited("cell", 1, "Table", detail="Deep?"), cited("cell", 2, "Table", detail="Deep?"))
    assert said(found) == [("a", ["Table, Deep?"])]


def test_a_passage_as_tall_as_a_third_of_a_page_may_break() -> None:
    assert (margin(words=400).is_tall, margin(words=100).is_tall) == (True, False)


def test_the_notes_below_a_passage_make_it_taller() -> None:
    note = "The source gives no year. " * 12
    assert (margin(words=140).is_tall, margin(words=140, notes=(note,)).is_tall) == (False, True)
