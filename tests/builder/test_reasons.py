"""Each reason, produced by the smallest change that causes it; and changes that change nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builder.planning import TOOL, built, outputs, plan, without_keys
from tests.products.making import write_pack

from briefpack.builder.ledger import Ledger
from briefpack.builder.reasons import Reason, Standing, Why, compare
from briefpack.products.pages import RenderOptions
from briefpack.shipped import shipped_pack

ALPHA, BETA, PACK = "content/summaries/alpha.md", "content/summaries/beta.md", "content/pack.toml"
BRIEF, DOSSIER = "public/brief/alpha", "public/dossier"
OWN = 'title = "For the public"\n'

Build = Callable[..., Ledger]
Change = tuple[str, str, str]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The small pack; the public has templates of its own, which change nothing yet."""
    root = write_pack(tmp_path / "pack", (PACK, OWN, OWN + 'templates = "own"\n'))
    write(root, "templates/own/template.toml", 'extends = "base"\n\n[tokens]\n# colours\nmark = "#123456"\n')
    write(root, "templates/own/brief.html", '{% extends "base/brief.html" %}\n')
    write(root, "templates/own/style.css", ".sheet { color: black }\n")
    (root / "templates/own/fonts").mkdir()
    shutil.copy(shipped_pack() / "templates/base/fonts/SourceSans3-Bold.ttf", root / "templates/own/fonts")
    return root


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    write(root, path, text.replace(old, new, 1))


def line_of(root: Path, path: str, text: str) -> int:
    return next(n for n, line in enumerate((root / path).read_text().splitlines(), 1) if text in line)


def standings(
    old: Ledger | None, new: Ledger, files: Mapping[str, str] | None = None, *, is_forced: bool = False
) -> dict[str, Standing]:
    there = files if files is not None else outputs(old) if old else {}
    return compare(old, new, there, is_forced=is_forced)


def stale(standing: Standing) -> dict[str, list[str]]:
    """The sections that would be made again, with their reasons."""
    return {s.name: [str(reason) for reason in s.reasons] for s in standing.sections if s.reasons}


def after(pack: Path, *changes: Change, audience: str = "public") -> dict[str, Standing]:
    """How everything stands after a build, then these changes."""
    old = built(plan(pack, audience))
    for path, before, now in changes:
        edit(pack, path, before, now)
    new = plan(pack, audience)
    return standings(old, new)


# Nothing to do


def test_a_pack_that_was_just_built_is_up_to_date(pack: Path) -> None:
    old = built(plan(pack))
    found = standings(old, plan(pack))
    assert [name for name, standing in found.items() if not standing.is_current or standing.silent] == []


def test_a_ledger_is_the_same_after_it_was_stored(pack: Path) -> None:
    old = Ledger.from_bytes(built(plan(pack)).to_bytes())
    assert old is not None
    assert [standing.reasons for standing in standings(old, plan(pack)).values()] == [()] * 4


def test_without_a_ledger_everything_was_never_built(pack: Path) -> None:
    found = standings(None, plan(pack))
    assert {standing.reasons for standing in found.values()} == {(Reason(Why.NEVER_BUILT),)}


def test_a_product_that_was_never_made_was_never_built(pack: Path) -> None:
    old = built(plan(pack))
    del old.products[BRIEF]  # type: ignore[attr-defined]
    found = standings(old, plan(pack))
    assert [name for name, standing in found.items() if not standing.is_current] == [BRIEF]


# Cut-offs: a file changed and says the same


@pytest.mark.parametrize(
    "change",
    [
        (ALPHA, "headline:", "# The most important one.\nheadline:"),
        (ALPHA, "text: Masons want better wages. [@wages]", 'text: "Masons want better wages. [@wages]"'),
        (ALPHA, "The masons of the north ask for better wages.", "The masons of the north\n    ask for better wages."),
    ],
    ids=["a comment", "a spelling", "a folded line"],
)
def test_a_file_that_is_written_otherwise_and_says_the_same_makes_nothing_stale(pack: Path, change: Change) -> None:
    found = after(pack, change)
    assert stale(found[BRIEF]) == {}
    assert found[BRIEF].linking == ()
    assert found[BRIEF].silent == (ALPHA,)


def test_the_colophon_prints_the_digest_of_a_file_whatever_it_says(pack: Path) -> None:
    found = after(pack, (ALPHA, "headline:", "# The most important one.\nheadline:"))[DOSSIER]
    assert stale(found) == {"colophon: Colophon": [f"content changed: {ALPHA}: its digest"]}
    assert found.silent == ()


def test_a_comment_in_settings_and_strings_says_the_same(pack: Path) -> None:
    found = after(
        pack,
        (PACK, "[pack]", "# About us\n[pack]"),
        ("templates/own/template.toml", "# colours", "# all colours"),
    )
    assert {standing.silent for standing in found.values()} == {(PACK, "templates/own/template.toml")}
    assert all(standing.is_current for standing in found.values())


def test_a_template_that_prints_the_same_makes_nothing_stale(pack: Path) -> None:
    found = after(pack, ("templates/own/brief.html", "{% extends", "{# As it is. #}\n{% extends"))
    assert (stale(found[BRIEF]), found[BRIEF].silent) == ({}, ("templates/own/brief.html",))


def test_a_word_of_an_original_that_is_withheld_says_the_same(pack: Path) -> None:
    found = after(pack, ("seeds/beta.txt", "555-0142-77", "555-0142-78"))
    assert found["public/brief/beta"].is_current
    assert found["public/brief/beta"].silent == ("seeds/beta.txt",)
    assert [section.kind for section in found[DOSSIER].sections if section.reasons] == ["colophon"]


# Content


def test_a_changed_value_is_named_with_file_and_line(pack: Path) -> None:
    found = after(pack, (ALPHA, "Masons want better wages.", "Masons want higher wages."))
    at = line_of(pack, ALPHA, "Masons want higher")
    assert stale(found[BRIEF]) == {"brief: Alpha": [f"content changed: {ALPHA}:{at}: points/wages"]}
    assert found[BRIEF].sections[0].reasons == (Reason(Why.CONTENT, "points/wages", ALPHA, at),)
    assert stale(found["public/brief/beta"]) == {}


def test_moved_lines_change_nothing_and_the_new_line_is_named(pack: Path) -> None:
    found = after(
        pack, (ALPHA, "headline:", "# One\n# Two\nheadline:"), (ALPHA, "lost 17 boats. [", "lost 17 of them. [")
    )
    at = line_of(pack, ALPHA, "text: Ferrymen lost 17 of them.")
    assert found[BRIEF].reasons[0] == Reason(Why.CONTENT, "points/boats", ALPHA, at)


@pytest.mark.parametrize("known", [True, False], ids=["with keys", "without keys"])
def test_a_point_that_is_put_in_front_is_new_and_those_behind_it_are_as_they_were(pack: Path, known: bool) -> None:
    old = built(plan(pack))
    edit(pack, BETA, "points:\n", "points:\n  - Much was built. [@built]\n")
    new = plan(pack)
    found = standings(old, new if known else without_keys(new))["public/brief/beta"]
    at = line_of(pack, BETA, "Much was built")
    assert found.sections[0].reasons == (Reason(Why.CONTENT, "points[1], which is new", BETA, at),)


def test_a_point_that_is_taken_out_is_gone(pack: Path) -> None:
    found = after(pack, (BETA, "  - No boats were lost. [@boats]\n", ""))["public/brief/beta"]
    assert "points[1], which is gone" in [reason.what for reason in found.sections[0].reasons]


def test_a_card_that_quotes_more_is_named_by_its_name(pack: Path) -> None:
    found = after(pack, (BETA, "content with their wages\n", "content with their wages, as they told the bishop\n"))
    at = line_of(pack, BETA, "wages: ")
    assert found["public/brief/beta"].sections[0].reasons == (Reason(Why.CONTENT, "evidence/wages", BETA, at),)


def test_a_statement_that_cites_another_card_has_changed(pack: Path) -> None:
    found = after(
        pack, (BETA, "Masons are content. [@wages; @alpha/wages]", "Masons are content. [@wages; @alpha/road]")
    )
    reasons = [reason.what for reason in found["public/brief/beta"].sections[0].reasons]
    assert reasons[0] == "points[2]"


def test_a_cell_is_named_by_row_and_column(pack: Path) -> None:
    found = after(pack, ("content/comparisons/views.md", "Bridges, 52 of them.", "52 bridges."))
    assert [reason.what for reason in found["public/comparison/views"].sections[0].reasons] == ["cell built/beta"]


def test_a_title_of_a_source_is_named_by_its_key(pack: Path) -> None:
    found = after(pack, (BETA, "    title: On the bridges of the south", "    title: On bridges of the south"))
    assert "source.csl.title" in [reason.what for reason in found["public/brief/beta"].sections[0].reasons]


def test_another_sources_short_name_is_told_by_the_file_it_stands_in(pack: Path) -> None:
    found = after(pack, (ALPHA, "headline:", "short: North\nheadline:"))["public/brief/beta"]
    assert {(reason.what, reason.file) for reason in found.sections[0].reasons} == {("short", ALPHA)}


def test_a_brief_and_what_is_said_of_it_elsewhere_are_told_apart(pack: Path) -> None:
    found = stale(after(pack, (ALPHA, "headline: The north built 41", "headline: The north has built 41"))[DOSSIER])
    assert found["contents: Contents"][0] == "content changed: the line Alpha"
    assert sorted(found) == ["brief: Alpha", "colophon: Colophon", "contents: Contents", "index: Index"]


# Originals


def test_a_changed_passage_is_named_by_number(pack: Path) -> None:
    found = after(pack, ("seeds/alpha.txt", "in public.", "in the open."))[DOSSIER]
    assert stale(found)["annex: Alpha: original"] == ["passage changed: seeds/alpha.txt: passage 4"]


def test_a_passage_that_is_put_in_front_is_new_and_moves_what_is_quoted(pack: Path) -> None:
    found = after(pack, ("seeds/beta.txt", "4 June 2018\n", "4 June 2018\n\nSent by boat to all of the councils.\n"))
    said = [reason.what for reason in found[DOSSIER].reasons if reason.file == "seeds/beta.txt"]
    assert {"where quotations stand", "passage 3, which is new", "the number of passages"} <= set(said)
    assert {reason.why for reason in found["public/brief/beta"].sections[0].reasons} == {Why.PASSAGE}


def test_a_new_citation_of_a_passage_is_told_by_what_cites_it(pack: Path) -> None:
    found = stale(after(pack, (BETA, "points:\n", "points:\n  - Much was built. [@alpha/road]\n"))[DOSSIER])
    assert found["annex: Alpha: original"] == [f"content changed: what cites passage {number}" for number in (4, 5)]


# Templates, assets, settings, tools


def test_a_changed_template_is_named(pack: Path) -> None:
    found = after(pack, ("templates/own/brief.html", "\n", "\n{% block points %}{{ super() }} {% endblock %}\n"))
    assert stale(found[BRIEF]) == {"brief: Alpha": ["template changed: templates/own/brief.html"]}
    assert stale(found["public/comparison/views"]) == {}


def test_a_changed_style_sheet_makes_every_section_stale(pack: Path) -> None:
    found = after(pack, ("templates/own/style.css", "black", "gray"))
    assert {standing.sections[0].reasons for standing in found.values()} == {
        (Reason(Why.TEMPLATE, "", "templates/own/style.css"),)
    }
    assert all(section.reasons for section in found[DOSSIER].sections)


def test_a_changed_font_is_named(pack: Path) -> None:
    old = built(plan(pack))
    font = pack / "templates/own/fonts/SourceSans3-Bold.ttf"
    font.write_bytes(font.read_bytes() + b"\0")
    found = standings(old, plan(pack))
    assert found[BRIEF].sections[0].reasons == (Reason(Why.ASSET, "", "templates/own/fonts/SourceSans3-Bold.ttf"),)


def test_a_changed_title_of_an_audience_is_a_setting_of_the_pack(pack: Path) -> None:
    found = after(pack, (PACK, OWN, 'title = "For everybody"\n'))
    at = line_of(pack, PACK, "For everybody")
    assert found[BRIEF].sections[0].reasons == (Reason(Why.SETTING, "[audiences.public] title", PACK, at),)


def test_a_changed_token_is_named_with_its_line(pack: Path) -> None:
    found = after(pack, ("templates/own/template.toml", "#123456", "#654321"))
    assert found[BRIEF].sections[0].reasons == (Reason(Why.SETTING, "[tokens] mark", "templates/own/template.toml", 5),)


def test_a_text_that_an_audience_words_otherwise_is_named_where_it_stands_now(pack: Path) -> None:
    found = after(
        pack, ("templates/own/template.toml", "[tokens]", '[strings.en]\npoints-head = "It says"\n\n[tokens]')
    )
    assert stale(found[BRIEF]) == {
        "brief: Alpha": ["setting changed: templates/own/template.toml: [strings.en] points-head"]
    }
    assert stale(found["public/comparison/views"]) == {}


def test_a_text_is_no_reason_for_sections_whose_templates_do_not_have_it(pack: Path) -> None:
    found = after(
        pack,
        ("templates/own/template.toml", "[tokens]", '[strings.en]\npoints-head = "It says"\n\n[tokens]'),
        ("content/comparisons/views.md", "Bridges, 52 of them.", "52 bridges."),
    )["public/comparison/views"]
    assert [reason.what for reason in found.sections[0].reasons] == ["cell built/beta"]


def test_a_text_that_no_template_has_is_named_where_nothing_else_is(pack: Path) -> None:
    found = stale(
        after(pack, ("templates/own/template.toml", "[tokens]", '[strings.en]\nplace-point = "No."\n\n[tokens]'))[
            DOSSIER
        ]
    )
    text = "setting changed: templates/own/template.toml: [strings.en] place-point"
    assert {name: reasons for name, reasons in found.items() if name.startswith("annex")} == {
        "annex: Alpha: original": [text],
        "annex: Beta: original": [text],
    }


def test_a_measures_name_and_a_statement_are_told_apart(pack: Path) -> None:
    found = after(
        pack,
        (PACK, 'name = "Bridges built"', 'name = "New bridges"'),
        (ALPHA, "Masons want better wages.", "Masons want higher wages."),
    )[BRIEF]
    assert [reason.what for reason in found.sections[0].reasons] == ["[measures.bridges] name", "points/wages"]


def test_another_measure_of_a_statistic_is_content(pack: Path) -> None:
    found = after(pack, (BETA, "measure: bridges", "measure: boats"))["public/brief/beta"]
    assert "statistics/bridges" in [reason.what for reason in found.sections[0].reasons]


def test_limits_of_the_fit_concern_briefs(pack: Path) -> None:
    old = built(plan(pack))
    edit(pack, PACK, "[labels]", "[brief]\nmin-size = 8\n\n[labels]")
    found = standings(old, without_keys(plan(pack)))
    assert found[BRIEF].sections[0].reasons == (Reason(Why.SETTING, "[brief] min-size", PACK),)
    assert found["public/comparison/views"].sections[0].reasons == ()


def test_a_measures_name_is_a_setting_though_statistics_print_it(pack: Path) -> None:
    found = after(pack, (PACK, 'name = "Bridges built"', 'name = "New bridges"'))
    assert found[BRIEF].sections[0].reasons == (Reason(Why.SETTING, "[measures.bridges] name", PACK),)


def test_a_label_that_an_audience_is_shown_is_a_setting(pack: Path) -> None:
    found = after(pack, (PACK, 'flag = ["secret"]', "flag = []"), audience="insiders")
    assert found["insiders/brief/alpha"].sections[0].reasons == (
        Reason(Why.SETTING, "[audiences.insiders] flag", PACK, line_of(pack, PACK, "flag = []")),
    )


def test_other_templates_altogether_are_one_reason(pack: Path) -> None:
    found = after(pack, (PACK, 'templates = "own"\n', ""))
    assert found[BRIEF].sections[0].reasons == (Reason(Why.SETTING, "[audiences.public] templates", PACK),)


def test_a_part_of_the_toolchain_is_named_with_both_versions(pack: Path) -> None:
    old = built(plan(pack))
    found = standings(old, plan(pack, tool=TOOL | {"weasyprint": "70.1"}))
    assert {standing.sections[0].reasons for standing in found.values()} == {
        (Reason(Why.TOOLCHAIN, "weasyprint 70.0 → 70.1"),)
    }


def test_a_digest_among_the_versions_is_shortened(pack: Path) -> None:
    old = built(plan(pack, tool={"briefpack": "a" * 64}))
    found = standings(old, plan(pack, tool={"briefpack": "b" * 64}))
    assert found[BRIEF].sections[0].reasons == (Reason(Why.TOOLCHAIN, "briefpack aaaaaaaa → bbbbbbbb"),)


def test_another_fit_is_told_where_nothing_else_is(pack: Path) -> None:
    old = built(plan(pack))
    found = standings(old, plan(pack, options=RenderOptions(spacing=0.8)))
    assert found[BRIEF].sections[0].reasons == (Reason(Why.FIT, "spacing 1.0 → 0.8"),)


# Files that come and go


def test_a_template_that_now_stands_over_another_is_told_with_it(pack: Path) -> None:
    old = built(plan(pack))
    write(pack, "templates/own/comparison.html", '{% extends "base/comparison.html" %}\n')
    found = standings(old, without_keys(plan(pack)))["public/comparison/views"]
    assert found.sections[0].reasons == (
        Reason(
            Why.ADDED,
            "it stands over the shipped templates/base/comparison.html",
            "templates/own/comparison.html",
        ),
    )


def test_a_copy_of_the_house_style_stands_over_the_shipped_file(pack: Path) -> None:
    old = built(plan(pack))
    (pack / "templates/base").mkdir()
    shutil.copy(shipped_pack() / "templates/base/page.css", pack / "templates/base")
    edit(pack, "templates/base/page.css", "\n", "\n/* Ours. */\n")
    found = standings(old, plan(pack))
    assert found[BRIEF].sections[0].reasons == (
        Reason(Why.ADDED, "it stands over the shipped templates/base/page.css", "templates/base/page.css"),
    )


def test_a_template_that_is_gone_is_told_with_what_stands_there_now(pack: Path) -> None:
    write(pack, "templates/own/overview.html", "<section id='overview'>Nothing to say.</section>\n")
    old = built(plan(pack))
    (pack / "templates/own/overview.html").unlink()
    found = standings(old, plan(pack))[DOSSIER]
    overview = next(section for section in found.sections if section.kind == "overview")
    assert overview.reasons == (
        Reason(
            Why.REMOVED,
            "the shipped templates/base/overview.html stands in its place",
            "templates/own/overview.html",
        ),
    )


def test_a_summary_that_is_gone_is_told_where_it_was_printed(pack: Path) -> None:
    edit(pack, PACK, '"alpha", "beta", "gamma"', '"alpha", "beta"')
    old = built(plan(pack, "insiders"))
    (pack / "content/summaries/gamma.md").unlink()
    edit(pack, "content/comparisons/views.md", "sources: [alpha, beta, gamma]", "sources: [alpha, beta]")
    edit(pack, "content/comparisons/views.md", "      gamma: not addressed\n", "")
    edit(pack, "content/comparisons/views.md", "      gamma: not addressed\n", "")
    edit(pack, "content/comparisons/views.md", "      gamma: A fund. [@fund]\n", "")
    edit(pack, "content/comparisons/views.md", "at: money/gamma", "at: money/beta")
    edit(pack, "content/overview.md", "There is a fund of USD 900. [@gamma/fund]", "There is none. [@alpha/road]")
    found = standings(old, plan(pack, "insiders"))["insiders/dossier"]
    gone = Reason(Why.REMOVED, "", "content/summaries/gamma.md")
    assert gone in next(section.reasons for section in found.sections if section.kind == "comparison")
    assert {gone, Reason(Why.SECTION, "brief: Moneybags is gone")} <= set(found.linking)


# Files, links, late sections


def test_a_missing_file_is_joined_anew_and_its_sections_are_up_to_date(pack: Path) -> None:
    old = built(plan(pack))
    found = standings(old, plan(pack), outputs(old) | {BRIEF: ""})[BRIEF]
    assert (stale(found), found.linking) == ({}, (Reason(Why.MISSING, "", f"build/out/{BRIEF}.pdf"),))


def test_a_file_that_somebody_altered_is_joined_anew(pack: Path) -> None:
    old = built(plan(pack))
    found = standings(old, plan(pack), outputs(old) | {BRIEF: "another digest"})[BRIEF]
    assert found.linking == (Reason(Why.ALTERED, "", f"build/out/{BRIEF}.pdf"),)


def test_force_is_a_reason_for_every_section(pack: Path) -> None:
    found = standings(built(plan(pack)), plan(pack), is_forced=True)
    assert {standing.reasons for standing in found.values()} == {(Reason(Why.FORCED),)}


def test_a_file_is_joined_anew_when_a_section_it_holds_changed(pack: Path) -> None:
    found = after(pack, (ALPHA, "Masons want better wages.", "Masons want higher wages."))[BRIEF]
    assert found.linking[0] == Reason(Why.SECTION, "brief: Alpha")


def test_an_attachment_that_changed_is_a_reason_to_join(pack: Path) -> None:
    found = after(pack, ("seeds/alpha.txt", "pay for it.", "pay for it. "))[BRIEF]
    assert stale(found) == {}
    assert found.linking == (Reason(Why.ATTACHMENT, "alpha.txt"),)
    assert found.silent == ()


def test_page_numbers_that_may_change_are_told_by_the_section_they_hang_on(pack: Path) -> None:
    found = stale(after(pack, (ALPHA, "Masons want better wages.", "Masons want higher wages."))[DOSSIER])
    assert found["contents: Contents"] == ["page numbers changed: as far as brief: Alpha gets longer or shorter"]


def test_page_numbers_that_change_are_told_by_the_first(pack: Path) -> None:
    old = built(plan(pack))
    new = built(plan(pack))
    dossier = new.products[DOSSIER]
    longer = tuple(replace(s, pages=2, key="other") if s.kind == "overview" else s for s in dossier.sections)
    changed = replace(new, products={DOSSIER: replace(dossier, sections=longer)})
    found = stale(standings(old, changed)[DOSSIER])
    assert found["contents: Contents"] == ["page numbers changed: brief: Alpha begins on page 5, not 4"]


def test_a_last_section_of_another_length_moves_no_page_number(pack: Path) -> None:
    found = after(pack, (ALPHA, "headline:", "# The most important one.\nheadline:"))[DOSSIER]
    assert [section.kind for section in found.sections if section.reasons] == ["colophon"]


def test_what_is_recorded_nowhere_is_said_so(pack: Path) -> None:
    old, new = built(plan(pack)), plan(pack)
    brief = new.products[BRIEF]
    other = replace(brief, sections=(replace(brief.sections[0], key="another key"),))
    found = standings(old, replace(new, products={BRIEF: other}))[BRIEF]
    assert found.sections[0].reasons == (Reason(Why.UNTRACED),)


def test_a_product_that_problems_stop_names_their_codes(pack: Path) -> None:
    old, new = built(plan(pack)), plan(pack)
    stopped = replace(new.products[BRIEF], sections=(), blocked=("quote-not-found",))
    found = standings(old, replace(new, products={BRIEF: stopped}))[BRIEF]
    assert (found.blocked, found.reasons, found.is_current) == (("quote-not-found",), (), False)
