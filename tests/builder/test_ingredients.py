"""What sections are made of, by names that stay the same; and how ledgers keep it."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builder.planning import TOOL, built, plan
from tests.products.making import composer_of, dossier_of, sheet_of, write_pack

from briefpack.builder.ingredients import binding_of, ingredients_of, inputs_of, origins_of
from briefpack.builder.ledger import Ingredient, Ledger, Sort, packed, settle, short_digest, unpacked
from briefpack.builder.stock import stock_of
from briefpack.products.model import Attachment, PartTitle, Section
from briefpack.products.pages import RenderOptions
from briefpack.templating.bundle import load_bundle
from briefpack.templating.sections import KINDS
from briefpack.world import World

ALPHA, BETA = "content/summaries/alpha.md", "content/summaries/beta.md"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


def of(root: Path, section: Section, audience: str = "public") -> tuple[Ingredient, ...]:
    return ingredients_of(section, origins_of(composer_of(root, audience).view))


def section_of(root: Path, anchor: str, audience: str = "public") -> Section:
    return next(section for section in dossier_of(root, audience).sections if section.anchor == anchor)


def names(ingredients: tuple[Ingredient, ...], file: str) -> list[str]:
    return [item.name for item in ingredients if item.file == file]


# Sections


def test_a_brief_is_made_of_what_its_summary_says(pack: Path) -> None:
    found = names(of(pack, section_of(pack, "brief-beta")), BETA)
    assert found == [
        "short",
        "source.csl.title",
        "source.language",
        "source.csl.issued",
        "source.file",
        "headline",
        "statistics/bridges",
        "points[1]",
        "points[2]",
        "evidence/built",
        "evidence/boats",
        "evidence/wages",
    ]


def test_a_card_of_another_source_is_named_in_its_own_file(pack: Path) -> None:
    found = of(pack, section_of(pack, "brief-beta"))
    assert "evidence/wages" in names(found, ALPHA)
    assert "where quotations stand" in names(found, "seeds/alpha.txt")


def test_a_statement_has_its_line_and_a_card_too(pack: Path) -> None:
    lines = {item.name: item.line for item in of(pack, section_of(pack, "brief-beta")) if item.file == BETA}
    text = (pack / BETA).read_text().splitlines()
    assert text[lines["points[2]"] - 1] == "  - Masons are content. [@wages; @alpha/wages]"
    assert text[lines["evidence/boats"] - 1].startswith("  boats: The ferrymen")


def test_cells_are_named_by_row_and_column_and_silence_is_one(pack: Path) -> None:
    found = names(of(pack, sheet_of(pack)), "content/comparisons/views.md")
    cells = [f"cell {row}/{column}" for row in ("built", "money") for column in ("alpha", "beta")]
    assert sorted(name for name in found if name.startswith("cell")) == cells
    insiders = names(of(pack, sheet_of(pack, "insiders"), "insiders"), "content/comparisons/views.md")
    assert "cell church/beta" in insiders


def test_an_annex_is_made_of_passages_and_of_what_cites_them(pack: Path) -> None:
    found = of(pack, section_of(pack, "annex-beta"))
    passages = [item.name for item in found if item.sort is Sort.PASSAGE]
    assert passages == ["the number of passages", *(f"passage[{number}]" for number in range(1, 6))]
    assert {"what cites passage 3", "what cites passage 4"} <= set(names(found, ""))


def test_a_timeline_is_made_of_many_files(pack: Path) -> None:
    found = of(pack, section_of(pack, "timeline"))
    assert ("alpha/events/built" in names(found, ALPHA), "beta/events/built" in names(found, BETA)) == (True, True)


def test_every_section_is_made_of_something_and_nothing_twice(pack: Path) -> None:
    for section in dossier_of(pack, "insiders").sections:
        found = [(item.sort, item.file, item.name) for item in of(pack, section, "insiders")]
        assert found
        assert len(found) == len(set(found))


def test_what_an_audience_may_not_see_is_not_among_its_ingredients(pack: Path) -> None:
    everything = repr([of(pack, section) for section in dossier_of(pack).sections])
    assert "gamma" not in everything
    assert "Moneybags" not in everything


def test_lines_move_and_digests_stay(pack: Path) -> None:
    before = of(pack, section_of(pack, "brief-beta"))
    text = (pack / BETA).read_text()
    (pack / BETA).write_text(text.replace("evidence:", "# One\n# Two\nevidence:"))
    after = of(pack, section_of(pack, "brief-beta"))
    assert [replace(item, line=0) for item in after] == [replace(item, line=0) for item in before]
    assert [item.line for item in after if item.line] == [
        item.line + 2 for item in before if item.line and item.file == BETA
    ] + [item.line for item in before if item.line and item.file != BETA]


def test_inputs_are_the_files_that_ingredients_come_from_and_the_settings(pack: Path) -> None:
    found = of(pack, section_of(pack, "brief-alpha"))
    reads = dict.fromkeys((ALPHA, BETA, "seeds/alpha.txt", "content/pack.toml"), "0" * 64)
    assert list(inputs_of([found], reads)) == ["content/pack.toml", ALPHA, "seeds/alpha.txt"]


def test_parts_and_attachments_are_what_joining_adds() -> None:
    attached = Attachment("a.txt", b"text", "text/plain", "Source", "Original")
    found = binding_of([(2, PartTitle("All", "part-1")), (4, PartTitle("", "part-2", "annex"))], [attached])
    assert [(item.sort, item.name) for item in found] == [
        (Sort.VALUE, "the part All"),
        (Sort.VALUE, "the part annex"),
        (Sort.ATTACHMENT, "a.txt"),
    ]


# What sections share


def test_a_stock_knows_which_templates_a_kind_can_use(pack: Path) -> None:
    own = pack / "templates" / "own"
    own.mkdir(parents=True)
    (own / "brief.html").write_text('{% extends "base/brief.html" %}\n{% import "bits.html" as bits %}\n')
    (own / "bits.html").write_text('{% from "macros.html" import note %}\n')
    (own / "record.html").write_text("<section></section>\n")
    world = World(pack)
    bundle = load_bundle(world, "own").value
    assert bundle is not None
    stock = stock_of(composer_of(pack).view, bundle, world.record.reads, TOOL)
    shipped = [f"the shipped templates/base/{name}.html" for name in ("axis", "brief", "charts", "macros")]
    assert list(stock.templates["brief"]) == ["templates/own/bits.html", "templates/own/brief.html", *shipped]
    assert stock.templates["record"] == ("templates/own/record.html",)
    assert stock.standing["brief.html"] == ("templates/own/brief.html", shipped[1])
    assert set(stock.templates) == set(KINDS)


def test_a_template_whose_name_is_computed_can_be_any(pack: Path) -> None:
    own = pack / "templates" / "own"
    own.mkdir(parents=True)
    (own / "cover.html").write_text('{% include head.audience ~ ".html" %}\n')
    bundle = load_bundle(World(pack), "own").value
    assert bundle is not None
    stock = stock_of(composer_of(pack).view, bundle, (), TOOL)
    assert set(stock.templates["cover"]) >= {
        paths[0] for name, paths in stock.standing.items() if name.endswith(".html")
    }


# Ledgers

_texts = st.text(max_size=12)
_ingredients = st.builds(
    Ingredient,
    st.sampled_from(Sort),
    _texts.map(lambda text: " ".join(text.split())),
    st.binary(max_size=4).map(short_digest),
    st.sampled_from(["", ALPHA, "seeds/a = b.txt"]),
    st.integers(0, 9999),
)


@given(st.lists(_ingredients))
def test_ingredients_are_packed_and_unpacked(ingredients: list[Ingredient]) -> None:
    assert unpacked(packed(ingredients)) == tuple(ingredients)


@given(st.lists(st.one_of(st.text(), st.binary(), st.integers()), min_size=1))
def test_a_digest_is_eight_digits(parts: list[object]) -> None:
    assert len(short_digest(*parts)) == 8


def test_a_ledger_is_kept_as_bytes_and_read_again(pack: Path) -> None:
    ledger = built(plan(pack, options=RenderOptions(spacing=0.8, left_out=("lead",), levers=("spacing 0.80",))))
    content = ledger.to_bytes()
    read = Ledger.from_bytes(content)
    assert read == ledger
    assert read is not None
    assert read.to_bytes() == content


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", zlib.compress(b"{}"), zlib.compress(b'{"format":0}'), zlib.compress(b'{"format":1,"products":[1]}')],
)
def test_what_is_no_ledger_counts_as_absent(content: bytes) -> None:
    assert Ledger.from_bytes(content) is None


def test_a_damaged_ledger_counts_as_absent(pack: Path) -> None:
    content = built(plan(pack)).to_bytes()
    assert Ledger.from_bytes(content[:-9]) is None
    assert Ledger.from_bytes(content[:200] + b"\0\0\0" + content[203:]) is None


def test_after_a_build_what_was_made_is_as_planned_and_the_rest_as_it_was(pack: Path) -> None:
    old = built(plan(pack))
    planned = plan(pack, tool={"weasyprint": "71"})
    settled = settle(old, planned, {"public/dossier": "new digest"}, is_whole=True)
    assert settled.products["public/dossier"].digest == "new digest"
    assert settled.products["public/brief/beta"] == old.products["public/brief/beta"]
    assert sorted(settled.stocks) == sorted([*old.stocks, *planned.stocks])


def test_what_is_no_product_any_more_is_forgotten_only_when_all_were_planned(pack: Path) -> None:
    old, planned = built(plan(pack)), plan(pack, "insiders")
    made = dict.fromkeys(planned.products, "digest")
    assert set(settle(old, planned, made, is_whole=False).products) == {*old.products, *planned.products}
    whole = settle(old, planned, made, is_whole=True)
    assert (set(whole.products), set(whole.stocks)) == (set(planned.products), set(planned.stocks))
