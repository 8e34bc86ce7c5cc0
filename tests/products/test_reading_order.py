"""Evidence notes are numbered as they are read: in the order in which the templates print them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.products.making import FILES, brief_of, cited_in, dossier_of, notes_in, record_of, sheet_of, write_pack

from briefpack.products.comparison import reading_order
from briefpack.products.model import Annex, Bibliography, Colophon, Contents, Cover, Dossier, Index, Section
from briefpack.templating.arranging import column_groups
from briefpack.templating.bundle import load_bundle
from briefpack.templating.sections import render_section
from briefpack.world import World

ALPHA = "content/summaries/alpha.md"

RICH = """
lead:
  - The bishop praised masons. [@bishop]
  - id: lead
    text: A bridge is a road. [@road]
statistics:
  - id: boats
    measure: boats
    place: north
    period: 2018
    value: 17
    key: yes
    cite: [boats]
  - id: bridges
    measure: bridges
    place: north
    period: 2018
    value: 41
    chart: bar all
    cite: [built]
  - id: again
    measure: bridges
    place: north
    value: 41
    chart: bar all
    cite: [built]
  - id: more
    measure: bridges
    period: 2018
    value: 41
    chart: bar all
    cite: [built]
definitions:
  - id: bridge
    term: Bridge
    text: A road over water. [@road]
    brief: yes
  - id: mason
    term: Mason
    text: One who asks for wages. [@wages]
recommendations:
  - id: paint
    text: Think of the paint. [@paint]
    by: desk
    brief: yes
  - id: wage
    text: Think of the wages. [@beta/wages]
    by: desk
actors:
  - id: bishop
    name: Bishop
    text: Praised masons. [@bishop]
events:
  - id: paint
    date: 2024
    text: Bridges need paint in 2024. [@paint]
  - id: first
    date: 2018
    text: Boats were not counted. [@uncounted]
cautions:
  - id: count
    text: No boats were counted. [@uncounted]
analysis:
  - id: all
    text: All in all. [@beta/built]
"""


def rich(tmp_path: Path) -> Path:
    head, rest = FILES[ALPHA].split("statistics:\n", 1)
    body = rest.split("\n---\n", 1)[1]
    return write_pack(tmp_path, (ALPHA, "", f"{head}{RICH.strip()}\n---\n{body}"))


def printed(section: Section) -> str:
    bundle = load_bundle(World(Path("/nonexistent")), "base").value
    assert bundle is not None
    made = render_section(section, bundle)
    assert made.diagnostics == ()
    assert made.value is not None
    return made.value.html


def figures_of(html: str) -> list[int]:
    """The superior figures of evidence notes, each where it is first printed."""
    return list(
        dict.fromkeys(int(n) for n in re.findall(r'<sup class="ref">[^<]*<a href="[^"]*"[^>]*>(\d+)</a>', html))
    )


def numbers_of(html: str) -> list[int]:
    """The numbers of the notes as they are printed."""
    return [int(number) for number in re.findall(r'data-note="(\d+)"', html)]


def assert_counts_as_read(section: Section) -> None:
    html = printed(section)
    assert figures_of(html) == list(range(1, len(figures_of(html)) + 1))
    assert numbers_of(html) == figures_of(html)


@pytest.mark.parametrize("audience", ["insiders", "public"])
def test_the_notes_of_a_brief_count_as_it_is_read(tmp_path: Path, audience: str) -> None:
    assert_counts_as_read(brief_of(rich(tmp_path), audience=audience))


@pytest.mark.parametrize("audience", ["insiders", "public"])
def test_the_notes_of_every_section_of_a_dossier_count_as_it_is_read(tmp_path: Path, audience: str) -> None:
    counted = 0
    for section in dossier_of(rich(tmp_path), audience).sections:
        if not isinstance(section, Annex | Bibliography | Colophon | Contents | Cover | Index):
            assert_counts_as_read(section)
            counted += 1
    assert counted == {"insiders": 8, "public": 7}[audience]


def test_the_record_counts_figures_and_charts_before_definitions(tmp_path: Path) -> None:
    record = record_of(dossier_of(rich(tmp_path), "insiders"))
    assert [c.name for c in record.charts] == ["all"]
    assert_counts_as_read(record)


def test_a_sheet_is_read_row_by_row_then_cautions_readings_and_body(tmp_path: Path) -> None:
    assert_counts_as_read(sheet_of(write_pack(tmp_path), "insiders"))


def test_readings_and_cautions_of_a_sheet_count_after_its_table(tmp_path: Path) -> None:
    views = "content/comparisons/views.md"
    pack = write_pack(
        tmp_path,
        (views, "reading: Each council counts for itself.", "reading: Each council counts. [@alpha/paint]"),
        (views, "reading: All in all a fair view.", "reading: All in all. [@alpha/road]"),
        (views, "text: Both councils praise themselves.", "text: Both praise themselves. [@alpha/boats]"),
    )
    sheet = sheet_of(pack)
    assert_counts_as_read(sheet)
    assert [note.fragments[0][:10] for item in sheet.cautions for note in item.cited.notes] == ["The ferrym"]


def test_a_wide_sheet_counts_table_by_table(tmp_path: Path) -> None:
    changes = [("content/pack.toml", 'sources = ["alpha", "beta", "gamma"]', 'sources = ["alpha"]')]
    sources, cells = ["alpha", "beta", "gamma"], ""
    for name in ("delta", "epsilon", "zeta"):
        sources.append(name)
        changes.append((f"seeds/{name}.txt", "", FILES["seeds/gamma.txt"].replace("treasur", f"{name} treasur")))
        text = FILES["content/summaries/gamma.md"].replace("gamma.txt", f"{name}.txt").replace("labels: [secret]\n", "")
        text = text.replace("short: Moneybags", f"short: Summary {name}")
        changes.append((f"content/summaries/{name}.md", "", text.replace("The treasury", f"The {name} treasury")))
        cells += f"      {name}: A fund. [@fund]\n"
    rows = "".join(
        f"  - id: row{n}\n    title: Row {n}?\n    cells:\n      alpha: Said. [@{card}]\n      beta: So. [@{other}]\n"
        f"      gamma: A fund. [@{fund}]\n{cells.replace('@fund', f'@{fund}')}"
        for n, (card, other, fund) in enumerate([("built", "built", "fund"), ("wages", "wages", "empty")])
    )
    sheet = f"---\ntitle: Wide\nquestion: What?\nsources: [{', '.join(sources)}]\ncriteria:\n{rows}---\n"
    pack = write_pack(tmp_path, *changes, ("content/comparisons/views.md", "", sheet))
    made = sheet_of(pack, "insiders")
    assert len(made.columns) == 6
    assert len(column_groups(made.columns, made.rows)) == 2
    assert_counts_as_read(made)


@pytest.mark.parametrize("columns", range(1, 14))
def test_the_order_of_cells_is_that_of_the_templates_tables(columns: int) -> None:
    from briefpack.products.model import Cell, Column, Row

    cells = tuple(Cell("unclear", why=str(column)) for column in range(columns))
    rows = [Row(str(row), row + 1, "", "", cells) for row in range(3)]
    groups = column_groups([Column(str(column), "") for column in range(columns)], rows)
    printed_cells = [(row.number - 1, int(cell.why)) for group in groups for row, own in group.rows for cell in own]
    assert list(reading_order(columns, 3)) == printed_cells


def test_each_section_counts_from_one(tmp_path: Path) -> None:
    for section in dossier_of(write_pack(tmp_path), "insiders").sections:
        numbers = sorted(note.number for note in notes_in(section))
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_repeated_citation_keeps_its_number_and_is_set_once(tmp_path: Path) -> None:
    html = printed(brief_of(rich(tmp_path), audience="insiders"))
    assert len(numbers_of(html)) == len(set(numbers_of(html)))
    assert html.count('data-note="') < len(re.findall(r'<sup class="ref">', html))


def test_no_two_elements_of_a_dossier_share_an_anchor(tmp_path: Path) -> None:
    for audience in ("insiders", "public"):
        ids = ids_of(dossier_of(rich(tmp_path), audience))
        assert len(ids) == len(set(ids))


def test_sources_whose_names_look_like_parts_of_others_share_no_anchor(tmp_path: Path) -> None:
    """`alpha-p3` is no passage of `alpha`, nor `alpha-points` a part of its brief."""
    changes = []
    for name in ("alpha-p3", "alpha-n1", "alpha-cut2", "alpha-points"):
        changes.append((f"seeds/{name}.txt", "", FILES["seeds/gamma.txt"].replace("treasur", f"{name} treasur")))
        text = (
            FILES["content/summaries/gamma.md"]
            .replace("gamma.txt", f"{name}.txt")
            .replace("The treasury", f"The {name} treasury")
        )
        text = text.replace("  - It is for", "  - id: headline\n    text: It is for").replace("labels: [secret]\n", "")
        changes.append((f"content/summaries/{name}.md", "", text))
    ids = ids_of(dossier_of(write_pack(tmp_path, *changes), "insiders"))
    assert len(ids) == len(set(ids))


def test_statistics_of_one_id_share_no_anchor_in_a_sheet(tmp_path: Path) -> None:
    views = (
        "---\ntitle: Figures\nquestion: How many?\nkind: figures\nsources: [alpha, beta]\nmeasures: [bridges]\n"
        "rows: source\n---\n"
    )
    sheet = sheet_of(write_pack(tmp_path, ("content/comparisons/views.md", "", views)))
    anchors = [cited.anchor for cited in cited_in(sheet)]
    assert len(anchors) == 2
    assert len(set(anchors)) == 2


def ids_of(dossier: Dossier) -> list[str]:
    html = "".join(printed(section) for section in dossier.sections)
    return re.findall(r'\bid="([^"]*)"', html)


def test_every_link_of_a_dossier_leads_to_something_in_it(tmp_path: Path) -> None:
    for audience in ("insiders", "public"):
        dossier = dossier_of(rich(tmp_path), audience)
        html = "".join(printed(section) for section in dossier.sections)
        known = {*re.findall(r'\bid="([^"]*)"', html), *(part.anchor for _, part in dossier.parts)}
        assert {link for link in re.findall(r'href="#([^"]*)"', html) if link not in known} == set()
