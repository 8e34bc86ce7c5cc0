"""What an audience may not see is not there, nor anything that would name it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.products.making import (
    FILES,
    annex_of,
    brief_of,
    cited_in,
    composer_of,
    dossier_of,
    everything,
    made_brief,
    record_of,
    sheet_of,
    words,
    write_pack,
)

from briefpack.builder.check import check_pack
from briefpack.products.composer import Composer
from briefpack.products.dossier import compose_dossier
from briefpack.products.model import Annex, Bibliography, Brief, Colophon, Contents, Cover, Note, Overview, Timeline
from briefpack.world import World

PACK = "content/pack.toml"
ALPHA = "content/summaries/alpha.md"
VIEWS = "content/comparisons/views.md"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


def test_a_restricted_statement_is_hidden_unless_its_label_is_included(pack: Path) -> None:
    assert [words(point) for point in brief_of(pack).points] == ["Masons want better wages.", "Ferrymen lost 17 boats."]
    assert "Painting" in everything(brief_of(pack, audience="insiders").points)


def test_an_open_label_is_shown_unless_it_is_excluded(pack: Path) -> None:
    assert "Boats were not counted." in everything(brief_of(pack, audience="insiders"))
    assert "Boats were not counted." not in everything(brief_of(pack))


def test_an_exclusion_outweighs_an_inclusion(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, (PACK, 'exclude = ["early"]', 'include = ["secret"]\nexclude = ["secret"]'))
    assert "Painting" not in everything(brief_of(pack))


def test_an_undeclared_label_withholds_even_where_an_audience_includes_it(pack: Path) -> None:
    view = composer_of(pack, "insiders").view
    assert view.sees(["secret"])
    assert not view.sees(["secret", "sceret"])
    assert not composer_of(pack, "public").view.sees(["sceret"])


def test_a_misspelt_label_is_caught_with_the_one_probably_meant(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, (ALPHA, "    labels: [secret]\n  - id: boats", "    labels: [sceret]\n  - id: boats"))
    (problem,) = (each for each in check_pack(World(pack)).diagnostics if each.is_error)
    assert (str(problem.code), problem.location.file) == ("label-undeclared", ALPHA)
    assert problem.hint == "did you mean 'secret'?"
    assert (pack / ALPHA).read_text().splitlines()[problem.location.line - 1] == "    labels: [sceret]"


def test_a_hidden_card_takes_its_statements(pack: Path) -> None:
    assert "church" not in everything(brief_of(pack))
    assert "A man of the church praised masons loudly." in everything(brief_of(pack, audience="insiders"))


def test_a_statement_is_tagged_with_its_own_labels_and_those_of_its_cards(pack: Path) -> None:
    points = brief_of(pack, audience="insiders").points
    assert [point.tags for point in points] == [(), ("secret",), (), ("secret",), ()]


def test_a_hidden_headline_takes_the_brief_and_its_record(tmp_path: Path) -> None:
    old = "headline: The north built 41 bridges. [@built]"
    new = "headline:\n  text: The north built 41 bridges. [@built]\n  labels: [secret]"
    pack = write_pack(tmp_path, (ALPHA, old, new))
    assert made_brief(pack) is None
    assert made_brief(pack, audience="insiders") is not None
    dossier = dossier_of(pack)
    assert not any(section.anchor in ("brief-alpha", "record-alpha") for section in dossier.sections)
    assert annex_of(dossier) != []


def test_a_hidden_cell_takes_its_row_its_caution_and_its_reading(pack: Path) -> None:
    sheet = sheet_of(pack)
    assert [(row.number, row.title) for row in sheet.rows] == [(1, "What was built?"), (2, "Is there money?")]
    assert "church" not in everything(sheet)
    assert [row.title for row in sheet_of(pack, "insiders").rows][1] == "What does the church say?"


def test_cautions_are_lettered_anew_where_some_are_hidden(pack: Path) -> None:
    assert [item.letter for item in sheet_of(pack).cautions] == ["A", ""]
    assert sheet_of(pack).rows[0].cells[1].cautions == ("A",)
    assert [item.letter for item in sheet_of(pack, "insiders").cautions] == ["A", "B", "C", ""]


def test_a_hidden_summary_takes_its_column_and_all_that_is_said_about_it(pack: Path) -> None:
    sheet = sheet_of(pack)
    assert [column.id for column in sheet.columns] == ["alpha", "beta"]
    assert "fund" not in everything(sheet)
    assert [reference.source for reference in sheet.references] == ["alpha", "beta"]


def test_a_hidden_summary_takes_its_annex_its_reference_and_its_file(pack: Path) -> None:
    dossier = dossier_of(pack)
    said = everything(dossier)
    for trace in ("gamma", "Moneybags", "fund", "treasur", "On the money"):
        assert trace not in said, trace
    assert "gamma" in everything(dossier_of(pack, "insiders"))


def test_a_sheet_with_fewer_than_two_visible_columns_goes(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, (PACK, 'title = "For the public"', 'title = "For the public"\nsources = ["alpha"]'))
    composer = composer_of(pack)
    assert composer.comparison(composer.view.verified.content.comparisons[0]) is None
    assert "comparison" not in everything([s.anchor for s in dossier_of(pack).sections])


def test_a_sheet_without_a_row_left_goes(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path,
        (VIEWS, "alpha: Bridges, 41 of them. [@built]", "alpha: Praise for bridges. [@bishop]"),
        (VIEWS, "  - id: money\n    title: Is there money?", "  - id: money\n    title: More?"),
        (
            VIEWS,
            "      beta: not addressed\n      gamma: A fund. [@fund]",
            "      beta: So. [@alpha/bishop]\n      gamma: A fund. [@fund]",
        ),
    )
    composer = composer_of(pack)
    assert composer.comparison(composer.view.verified.content.comparisons[0]) is None


def test_only_the_sources_of_an_audience_exist_for_it(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, (PACK, 'title = "For insiders"', 'title = "For insiders"\nsources = ["beta", "alpha"]'))
    assert [summary.id for summary in composer_of(pack, "insiders").view.summaries()] == ["alpha", "beta"]
    assert "gamma" not in everything(dossier_of(pack, "insiders"))


def test_statements_that_cite_a_source_outside_the_audience_are_hidden(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, (PACK, 'title = "For the public"', 'title = "For the public"\nsources = ["beta"]'))
    assert [words(point) for point in brief_of(pack, "beta").points] == ["No boats were lost."]


def test_brief_and_key_may_name_audiences(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path,
        (ALPHA, "    text: A road over water. [@road]", "    text: A road over water. [@road]\n    brief: [public]"),
        (ALPHA, "    value: 17\n", "    value: 17\n    key: [insiders]\n"),
    )
    assert [item.term for item in brief_of(pack).definitions] == ["Bridge"]
    assert brief_of(pack, audience="insiders").definitions == ()
    assert [figure.value for figure in brief_of(pack).figures] == ["41"]
    assert [figure.value for figure in brief_of(pack, audience="insiders").figures] == ["41", "17"]
    assert [figure.value for figure in record_of(dossier_of(pack)).figures] == ["17"]


def test_numbers_show_no_gap_where_something_is_hidden(pack: Path) -> None:
    brief = brief_of(pack)
    assert [note.number for cited in cited_in(brief) for note in cited.notes] == [1, 2, 3, 4]
    assert [point.place.ordinal for point in brief.points] == [1, 2]


def test_back_references_count_what_is_printed(pack: Path) -> None:
    annex = annex_of(dossier_of(pack))[0]
    points = [
        r.place.ordinal for p in annex.passages for r in p.references if r.place.kind == "point" and "alpha" in r.href
    ]
    assert points == [1, 2]


def test_a_heading_goes_with_all_that_stands_under_it(pack: Path) -> None:
    headings = [words(block.cited) for block in record_of(dossier_of(pack)).body if block.kind == "heading"]
    assert headings == ["What was built"]
    everyone = [words(b.cited) for b in record_of(dossier_of(pack, "insiders")).body if b.kind == "heading"]
    assert everyone == ["What was built", "What the church says", "About masons"]


def test_a_heading_under_which_nothing_was_written_stays(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, (ALPHA, "## What was built\n", "## To be written\n\n## What was built\n"))
    assert words(record_of(dossier_of(pack)).body[0].cited) == "To be written"


def test_the_overview_says_nothing_of_hidden_sources(pack: Path) -> None:
    overview = next(s for s in dossier_of(pack).sections if isinstance(s, Overview))
    assert [words(block.cited) for block in overview.body] == ["Bridges", "In the north 41 were built."]


def test_an_overview_of_which_nothing_is_left_goes(tmp_path: Path) -> None:
    text = "---\ntitle: In short\n---\n## Money\n\nThere is a fund of USD 900. [@gamma/fund]\n"
    pack = write_pack(tmp_path, ("content/overview.md", "", text))
    assert not any(isinstance(s, Overview) for s in dossier_of(pack).sections)


def test_the_timeline_lists_visible_events_only(pack: Path) -> None:
    timeline = next(s for s in dossier_of(pack).sections if isinstance(s, Timeline))
    assert [(event.source, words(event.cited)) for event in timeline.events] == [
        ("alpha", "The north builds 41 bridges."),
        ("beta", "The south builds 52 bridges."),
    ]


def test_the_bibliography_holds_visible_sources_only(pack: Path) -> None:
    bibliography = next(s for s in dossier_of(pack).sections if isinstance(s, Bibliography))
    assert {reference.source for reference in bibliography.references} == {"alpha", "beta"}


def test_a_card_cited_only_by_hidden_statements_is_no_highlight_and_no_mark_on_the_cover(pack: Path) -> None:
    last = annex_of(dossier_of(pack))[0].passages[-1]
    assert last.runs == (last.runs[0],)
    assert isinstance(last.runs[0], str)
    assert last.references == ()
    marks = {mark.short: mark.quoted for s in dossier_of(pack).sections if isinstance(s, Cover) for mark in s.marks}
    assert marks["Alpha"] == (False, False, True, True, True, False)
    everyone = next(s for s in dossier_of(pack, "insiders").sections if isinstance(s, Cover))
    assert everyone.marks[0].quoted[-1]


def test_the_colophon_counts_what_is_visible(pack: Path) -> None:
    colophon = next(s for s in dossier_of(pack).sections if isinstance(s, Colophon))
    cards = {note.fragments for s in dossier_of(pack).sections for note in _notes(s)}
    assert colophon.quotations == len(cards)


def _notes(section: object) -> list[Note]:
    return [note for cited in cited_in(section) for note in cited.notes]


def test_the_data_hold_visible_statements_only(pack: Path) -> None:
    made = compose_dossier(composer_of(pack))
    assert made is not None
    data = next(item for item in made.attachments if item.name == "dossier.json")
    said = data.content.decode()
    for trace in ("gamma", "fund", "Painting", "church", "secret", "paint", "About masons", "were not counted."):
        assert trace not in said, trace
    ids = [statement["id"] for statement in json.loads(said)["statements"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("audience", ["insiders", "public"])
def test_the_data_of_a_dossier_are_the_statements_that_it_prints(pack: Path, audience: str) -> None:
    made = compose_dossier(composer_of(pack, audience))
    assert made is not None
    data = json.loads(next(item for item in made.attachments if item.name == "dossier.json").content)
    said = {item["text"].strip() for item in data["statements"]}
    sections = dossier_of(pack, audience).sections
    shown = {words(cited) for s in sections if not isinstance(s, Annex | Contents) for cited in cited_in(s)}
    assert said == shown


@pytest.mark.parametrize("audience", ["insiders", "public"])
def test_the_data_of_a_sheet_are_the_statements_that_it_prints(pack: Path, audience: str) -> None:
    composer = composer_of(pack, audience)
    made = composer.comparison(composer.view.verified.content.comparisons[0])
    assert made is not None
    data = json.loads(made.attachments[-1].content if made.attachments[-1].name == "views.json" else b"{}")
    assert {item["text"].strip() for item in data["statements"]} == {words(c) for c in cited_in(made.product)}


def test_the_data_of_a_brief_are_the_statements_that_it_prints(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path,
        (
            ALPHA,
            "    value: 41\n    key: yes\n",
            "    value: 41\n    key: yes\n    chart: timeline all\n    labels: [secret]\n",
        ),
        (ALPHA, "    value: 17\n", "    value: 17\n    chart: timeline all\n"),
    )
    made = made_brief(pack)
    assert made is not None
    assert isinstance(made.product, Brief)
    data = json.loads(next(a.content for a in made.attachments if a.name == "alpha.json"))
    shown = {c.anchor.removeprefix("brief-alpha.").replace(".", "/") for c in cited_in(made.product)}
    assert {item["id"].removeprefix("alpha/") for item in data["statements"]} == shown
    assert made.product.charts == ()


def test_what_depends_on_the_newest_source_does_not_tell_of_a_hidden_one(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, (PACK, "date = 2020-01-01", 'date = "newest-source"'))
    dates = {name: composer_of(pack, name).view.date() for name in ("public", "insiders")}
    assert {name: date.text for name, date in dates.items() if date} == {
        "public": "2018-06-04",
        "insiders": "2018-07-05",
    }


def test_a_file_that_is_home_to_a_hidden_source_is_not_named_for_a_copy_it_holds(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path,
        ("seeds/gamma.txt", "", FILES["seeds/alpha.txt"] + "\n" + FILES["seeds/gamma.txt"]),
        ("content/summaries/gamma.md", "  language: en\n", "  language: en\n  from: On the money for the bridges\n"),
    )
    assert _files(composer_of(pack)) == ("alpha.txt",)
    assert _files(composer_of(pack, "insiders")) == ("alpha.txt", "gamma.txt")


def _files(composer: Composer) -> tuple[str, ...]:
    return composer.files.files["alpha"]
