"""The five original documents of the shipped pack, and the traps in them."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from tests.sources.making import (
    CONSULTATION,
    COOPERATION,
    PUBLIC_WORKS,
    TRAINING,
    ZACATECOLUCA,
    assert_places_are_right,
    mark,
    seed,
    source_of,
    stretch,
    work,
)

from briefpack.sources.index import TextIndex
from briefpack.sources.model import PassageKind
from briefpack.sources.normalise import normalise
from briefpack.sources.printed import printed
from briefpack.sources.readers import READERS
from briefpack.sources.survey import copies

MARKDOWN = "text/markdown"
SMUGGLING = "Migrant smuggling, trafficking in persons, and white slave trafficking, what's the difference?"
MEDIA = {CONSULTATION: MARKDOWN}
ALL = [ZACATECOLUCA, COOPERATION, TRAINING, PUBLIC_WORKS, CONSULTATION]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        (ZACATECOLUCA, {"paragraph": 21, "item": 10}),
        (COOPERATION, {"paragraph": 26, "item": 7}),
        (TRAINING, {"paragraph": 11}),
        (PUBLIC_WORKS, {"paragraph": 28, "item": 3}),
        (CONSULTATION, {"heading": 12, "paragraph": 85, "item": 48}),
    ],
)
def test_each_seed_has_its_blocks(name: str, kinds: dict[str, int]) -> None:
    assert Counter(str(block.kind) for block in seed(name, MEDIA.get(name, "")).blocks) == kinds


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("media", sorted(READERS))
def test_places_are_right_whatever_the_seed_is_read_as(name: str, media: str) -> None:
    file = seed(name, media)
    assert_places_are_right(file.characters, file.blocks)


@pytest.mark.parametrize("name", ALL)
def test_every_word_of_a_seed_is_in_a_block(name: str) -> None:
    file = seed(name, "text/plain")
    read = Counter(word for block in file.blocks for word in printed(block.pieces).split())
    lost = Counter(file.characters.split()) - read
    assert [word for word in lost if any(c.isalpha() for c in word)] == []


@pytest.mark.parametrize("name", ALL)
def test_each_passage_is_found_whole_and_leads_back_to_the_file(name: str) -> None:
    source = source_of(seed(name, MEDIA.get(name, "")), work(name))
    for passage in source.passages:
        places = source.index.find_all(normalise(passage.text))
        spans = [source.index.spans(*place)[0] for place in places]
        ranges = [source.place_in_file(*place) for place in places]
        assert passage.number - 1 in [span.block for span in spans]
        assert (passage.start, passage.end) in ranges


def test_a_file_of_two_works_is_cut_at_the_first_place_of_the_title() -> None:
    file = seed(ZACATECOLUCA)
    first = source_of(file, work(id="zacatecoluca", end="Civil Hospital of Strasbourg"))
    second = source_of(file, work(id="smuggling", start=SMUGGLING))
    assert [passage.text[:40] for passage in (first.passages[0], first.passages[-1], *second.passages[:3])] == [
        "Local governments and reintegration: the",
        "Francisco Salvador Hirezi Morataya has a",
        SMUGGLING[:40],
        SMUGGLING[:40],
        "Categoria: Migrant Protection and Assist",
    ]
    assert (len(first.passages), len(second.passages)) == (13, 18)


def test_the_title_that_stands_twice_is_dropped_as_furniture() -> None:
    furniture = (
        stretch(SMUGGLING, SMUGGLING, "the title once more"),
        stretch("Categoria", "Guest Contributor", "imprint"),
    )
    source = source_of(seed(ZACATECOLUCA), work(start=SMUGGLING, furniture=furniture[1:]))
    assert source.passages[2].text.startswith("Migrant smuggling, trafficking in persons and even")
    twice = source_of(seed(ZACATECOLUCA), work(start=SMUGGLING, furniture=furniture))
    assert twice.passages[0].text.startswith("Migrant smuggling, trafficking in persons and even")


def test_lines_of_no_break_spaces_are_blank() -> None:
    assert not any(printed(block.pieces).strip("\u00a0 ") == "" for name in ALL for block in seed(name).blocks)


def test_a_file_without_a_blank_line_is_read_line_by_line() -> None:
    source = source_of(seed(PUBLIC_WORKS), work(start="UN Migration Agency Contributes", end="aamaya@iom.int"))
    assert [passage.text[:24] for passage in source.passages] == [
        "UN Migration Agency Cont",
        "Usulután – Representativ",
        "The official events were",
        "The infrastructure works",
        "“We are convinced that t",
        "“We recognize that the c",
        "Some of the facilities b",
        "In parallel, IOM is work",
        "With construction in the",
        "IOM works closely with m",
        "According to data from t",
        "For more information, pl",
    ]


def test_the_double_list_marks_and_bold_of_the_consultation_are_no_text() -> None:
    items = [p.text for p in source_of(seed(CONSULTATION, MARKDOWN)).passages if p.kind is PassageKind.ITEM]
    assert "Facilitate irregular migration." in items
    assert [item for item in items if item[0] in "-»* "] == []


def test_the_contents_of_the_consultation_are_one_block_an_entry() -> None:
    passages = source_of(seed(CONSULTATION, MARKDOWN)).passages
    contents = [p.text for p in passages if p.headings[-1:] == ("CONTENTS",)]
    assert [entry[:12] for entry in contents][:6] == [
        "I. Introduct",
        "II. Conceptu",
        "Orderly Migr",
        "Regular Migr",
        "Safe Migrati",
        "Responsible ",
    ]
    assert len(contents) == 13


def test_the_outline_repairs_the_headings_of_the_consultation() -> None:
    themes = tuple(mark(f"THEME {number}", 3) for number in range(1, 7))
    source = source_of(seed(CONSULTATION, MARKDOWN), work(outline=(*themes, mark("GLOBAL COMPACT", 0))))
    found = [p.text[:7] for p in source.passages if p.level == 3 and p.text.startswith("THEME")]
    assert found == [f"THEME {number}" for number in range(1, 7)]


def test_the_article_that_stands_in_two_files_is_found_there() -> None:
    files = [seed(name) for name in ALL]
    source = source_of(files[0], work(id="zacatecoluca", end=SMUGGLING, furniture=(stretch(SMUGGLING, SMUGGLING),)))
    (copy,) = copies(files, [source])
    assert (copy.path, copy.share, copy.is_identical) == (f"seeds/{COOPERATION}", 1.0, True)


def test_reading_and_indexing_a_large_plain_file_is_quick() -> None:
    characters = (seed(PUBLIC_WORKS).characters + "\n\n") * 100
    begun = time.perf_counter()
    TextIndex([printed(block.pieces) for block in READERS["text/plain"](characters)])
    assert time.perf_counter() - begun < 1
