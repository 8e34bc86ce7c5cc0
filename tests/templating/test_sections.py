"""Sections are printed with a bundle's templates; what a template may do is little, and its mistakes are placed."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.templating import samples
from tests.templating.packs import loaded

from briefpack.diagnostics import Code, Diagnostic
from briefpack.products import model as m
from briefpack.products.pages import RenderOptions
from briefpack.shipped import shipped_pack
from briefpack.templating.blocks import leave_out, statements
from briefpack.templating.bundle import Bundle, load_bundle
from briefpack.templating.printing import Printer
from briefpack.templating.sections import render_section
from briefpack.templating.words import Words
from briefpack.world import World

BASE = load_bundle(World(shipped_pack()), "base").value
assert BASE is not None


def html_of(section: m.Section, bundle: Bundle = BASE, options: RenderOptions | None = None) -> str:
    checked = render_section(section, bundle, options=options)
    assert checked.diagnostics == ()
    assert checked.value is not None
    return checked.value.html


def problem(root: Path, template: str, name: str = "brief.html") -> Diagnostic:
    checked = render_section(samples.brief(), loaded(root, {f"own/{name}": template}))
    assert checked.value is None
    (found,) = checked.diagnostics
    return found


def headline(text: str) -> m.Brief:
    brief = samples.brief()
    return replace(brief, headline=replace(brief.headline, prose=(text, m.NoteRef(1))))


@pytest.mark.parametrize("section", samples.dossier().sections, ids=lambda section: type(section).__name__)
def test_each_kind_of_section_is_printed_with_unique_ids_and_closed_links(section: m.Section) -> None:
    html = html_of(section)
    ids = re.findall(r' id="([^"]*)"', html)
    assert sorted(set(ids)) == sorted(ids)
    assert section.anchor in ids
    assert "Undefined" not in html


def test_hostile_text_stays_text() -> None:
    html = html_of(headline("<script>x</script> {{ head }} {% if %} [b]bold[/b] </section>"))
    assert "&lt;script&gt;x&lt;/script&gt; {{ head }} {% if %} " in html
    assert "[b]bold[/b] &lt;/section&gt;<" in html.replace("\u00a0", " ").replace('<span class="held">', "").replace(
        "\u200b", ""
    )
    assert "<script" not in html


def test_a_figure_and_the_word_before_it_hold_together() -> None:
    html = html_of(headline("A headline whose last words are extraordinarily long-winded-and-unbreakable-here"))
    assert re.search(
        r'<span class="held">long-winded-and-unbreakable-here<sup class="ref">'
        r'<a href="#pw-note-1" aria-label="note 1">1</a></sup></span>',
        html,
    )


def test_a_headline_does_not_end_in_one_word_alone() -> None:
    assert '<span class="held">among them<sup class="ref">' in html_of(headline("It is to benefit families among them"))


def test_the_last_two_words_of_a_statement_hold_together_where_they_are_short() -> None:
    brief = samples.brief()
    point = replace(brief.points[0], prose=("Nobody is detained for it.", m.NoteRef(brief.points[0].notes[0].number)))
    assert '<span class="held">for it.<sup class="ref">' in html_of(replace(brief, points=(point,)))


def test_a_long_run_of_escaped_characters_is_not_cut_in_two() -> None:
    assert "&amp;" * 30 + "<sup" in html_of(headline("&" * 30))


def test_a_repeated_citation_leads_to_the_note_printed_first() -> None:
    assert html_of(samples.brief()).count('href="#pw-note-1"') == 2


PAGE_FIELD = re.compile(r'<span class="entry-page">[^<]*</span>')
"""A field of fixed width, which is no element of the tag tree."""


def test_no_link_holds_another_element() -> None:
    for section in samples.dossier().sections:
        assert not re.search(r"<a [^>]*>[^<]*<(?!/a>)", PAGE_FIELD.sub("", html_of(section)))


def test_quotations_have_the_pages_marks_and_their_own_language() -> None:
    html = html_of(samples.brief("es"))
    assert '<span class="quoted" lang="en">«the regeneration' in html
    assert "“the regeneration" in html_of(samples.brief())


def test_gaps_are_printed_with_brackets() -> None:
    assert "in these communities […] is one of those angles" in html_of(samples.brief())


def test_a_short_quotation_keeps_the_number_it_is_quoted_for() -> None:
    html = html_of(samples.brief(), options=RenderOptions(quotations="short", quotation_words=12))
    assert "an investment of almost USD\u00a0500,000”" in html
    assert "relatives of migrants and returnees" in html
    assert "to be applied for reincorporation" not in html


def test_cut_quotations_share_the_words_of_their_statement() -> None:
    html = html_of(samples.brief(), options=RenderOptions(quotations="short", quotation_words=24))
    assert "“community house of Colonia Buena Vista and soccer …”" in html
    assert "focus groups are being organized with women" in html
    assert "to be applied for reincorporation”" in html


def test_neighbouring_blocks_in_the_editors_voice_share_one_label() -> None:
    overview = samples.overview()
    again = replace(overview.body[-1], cited=replace(overview.body[-1].cited, anchor="ov-b"))
    assert html_of(replace(overview, body=(*overview.body, again))).count("Analysis by the editors") == 1


def test_a_column_does_not_name_its_own_source_in_every_cell() -> None:
    sheet = samples.comparison()
    cited = sheet.rows[0].cells[0].cited
    assert cited is not None
    named = replace(
        cited, notes=tuple(replace(note, source="explainer", source_short="Explainer") for note in cited.notes)
    )
    row = replace(sheet.rows[0], cells=(replace(sheet.rows[0].cells[0], cited=named), *sheet.rows[0].cells[1:]))
    assert '<b class="short">Explainer</b>' not in html_of(replace(sheet, rows=(row,)))


def test_contents_name_what_has_no_title_of_its_own() -> None:
    entries = (
        m.ContentsEntry("", "", "#part", 1, "bibliography"),
        m.ContentsEntry("", "", "#sources", 2, "bibliography"),
    )
    html = html_of(m.Contents(samples.head(), "contents", entries))
    assert '<a class="entry-title" href="#sources" aria-label="Sources">Sources</a>' in PAGE_FIELD.sub("", html)
    assert html.count(">Sources<") == 1


def test_locators_alone_print_no_quotation() -> None:
    html = html_of(samples.brief(), options=RenderOptions(quotations="locator"))
    assert "“" not in re.sub(r'<div class="caution".*', "", html, flags=re.DOTALL)
    assert "¶\u00a09" in html


def test_labels_derivations_and_inferred_dates_are_shown() -> None:
    html = html_of(samples.brief())
    assert '<span class="tag">internal</span>' in html
    said = "USD 5,900 is about USD 500,000 divided by 85"
    assert f'<span aria-label="{said}">USD\u00a05,900 ≈ USD\u00a0500,000 ÷ 85</span>' in html
    assert '<span aria-label="14 November 2017, inferred">14 November [2017]</span>' in html


def test_a_draft_shows_what_failed() -> None:
    failed = samples.cited("p", m.Place("point", 1), "Unproven.", failures=("quote not found",))
    html = html_of(samples.brief(points=(failed,), head=samples.head(draft=True)))
    assert '<div class="failed"><p class="label">Not verified</p><p>quote not found</p></div>' in html
    assert 'data-draft="DRAFT"' in html


def test_a_comparison_of_many_columns_repeats_its_row_heads() -> None:
    html = html_of(samples.comparison(columns=5))
    assert html.count("<table") == 2
    assert html.count(">What is smuggling?</th>".replace("</th>", "")) == 2
    assert ["Columns 1–2 of 5" in html, "Columns 3–5 of 5" in html] == [True, True]


def test_silence_and_disagreement_are_words_not_blanks() -> None:
    html = html_of(samples.comparison())
    assert html.count("Not addressed") == 4
    assert html.count('<span class="differ-mark" aria-label="Sources differ:">≠</span>') == 2
    assert "Unclear: it names shelters" in html


def test_an_original_that_opens_with_its_title_prints_it_once_with_its_number() -> None:
    annex = samples.annex()
    title = str(annex.passages[0].runs[0])
    html = html_of(replace(annex, reference=samples.reference(title=title.upper())))
    assert html.count(title) == 1
    assert f'id="{annex.passages[0].anchor}"' in html
    other = html_of(replace(annex, reference=samples.reference(title="Another")))
    assert (other.count(title), other.count("Another")) == (1, 1)


def test_a_mostly_quoted_original_is_underlined_and_others_have_the_marker() -> None:
    kinds = {
        quoted: html_of(samples.annex(reference=samples.reference(quoted=quoted, passages=10))).split('"', 2)[1]
        for quoted in (7, 8)
    }
    assert ("dense" in kinds[7].split(), "dense" in kinds[8].split()) == (False, True)


def test_an_original_marks_what_is_quoted_and_says_what_is_withheld_and_skipped() -> None:
    annex = samples.annex()
    html = html_of(replace(annex, passages=(replace(annex.passages[1], skipped=4), *annex.passages[2:])))
    assert (
        '<a href="#annex-pw-2-a" aria-label="quoted passage a">a</a></sup><mark id="annex-pw-2-mark-a">municipal Mayors'
        in html
    )
    assert "… 4 passages not quoted …" in html
    assert "[not reproduced: names, telephone numbers and e-mail addresses of contact persons]" in html
    assert 'href="#pw-p1" aria-label="point\u00a01, Public works">Public works, point\u00a01</a>' in html


def test_a_document_that_cites_a_passage_twice_is_named_once() -> None:
    passage = samples.annex().passages[1]
    references = tuple(
        m.BackReference("a", "Public works", m.Place("point", number), f"#p{number}") for number in (1, 2)
    )
    html = html_of(replace(samples.annex(), passages=(replace(passage, references=references),)))
    first = '<a href="#p1" aria-label="point\u00a01, Public works">Public works, points\u00a01</a>'
    assert f'{first}, <a href="#p2" aria-label="point\u00a02, Public works">2</a></p>' in html


def test_an_override_replaces_one_block_and_inherits_the_rest(tmp_path: Path) -> None:
    override = '{% extends "base/brief.html" %}{% block cautions %}<p>none today</p>{% endblock %}'
    html = html_of(samples.brief(), loaded(tmp_path, {"own/brief.html": override}))
    assert "<p>none today</p>" in html
    assert "Plans, not results." not in html
    assert "What the source says" in html


def test_a_bundles_strings_win(tmp_path: Path) -> None:
    bundle = loaded(tmp_path, {"own/template.toml": '[strings.en]\npoints-head = "In short"\n'})
    assert "In short" in html_of(samples.brief(), bundle)


def test_a_misspelt_field_is_placed_and_the_right_one_named(tmp_path: Path) -> None:
    found = problem(tmp_path, "<h1>\n  {{ brief.headlin.prose }}\n</h1>")
    assert (found.code, str(found.location)) == (Code.TEMPLATE_FIELD, "templates/own/brief.html:2:12")
    assert (found.message, found.hint) == ("no field `headlin` in Brief", "did you mean `headline`")
    assert found.detail[0] == "there are:"
    assert "  headline          Cited: the one statement that says what it is about" in found.detail


def test_a_missing_template_names_the_one_probably_meant(tmp_path: Path) -> None:
    found = problem(tmp_path, '{% extends "base/breif.html" %}')
    assert (found.code, found.hint) == (Code.TEMPLATE_MISSING, "did you mean 'base/brief.html'")


def test_a_syntax_error_is_placed(tmp_path: Path) -> None:
    found = problem(tmp_path, "<p>\n{% if brief.tags %}\n</p>")
    assert found.code is Code.TEMPLATE_SYNTAX
    assert found.location.file == "templates/own/brief.html"
    assert found.location.line >= 2


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ brief.__init__.__globals__ }}",
        "{{ prose.__self__ }}",
        "{{ '%01000000000d' % 1 }}",
        "{{ 'x' * 1000000000 }}",
        "{{ 9 ** 9999999 }}",
        "{{ '{0:>1000000000}'.format(1) }}",
        "{{ 'x'.ljust(1000000000) }}",
        "{{ range(1000000000) | list }}",
        "{{ brief.short | safe }}",
        "{% autoescape false %}{{ brief.short }}{% endautoescape %}",
        "{{ brief.short | format(1) }}",
        "{{ brief.tags.append('x') }}",
    ],
)
def test_an_attack_on_the_sandbox_is_refused(tmp_path: Path, attack: str) -> None:
    assert problem(tmp_path, attack).code in (Code.TEMPLATE_FORBIDDEN, Code.TEMPLATE_FIELD)


@pytest.mark.parametrize("name", ["../../secret.html", "/etc/passwd", "base/../own/brief.html"])
def test_a_template_cannot_be_included_from_elsewhere(tmp_path: Path, name: str) -> None:
    assert problem(tmp_path, f'{{% include "{name}" %}}').code is Code.TEMPLATE_MISSING


def test_a_template_that_drops_the_notes_is_told_so(tmp_path: Path) -> None:
    checked = render_section(
        samples.brief(), loaded(tmp_path, {"own/brief.html": "{{ prose(brief.figures[0].cited.prose) }}"})
    )
    assert [problem.code for problem in checked.diagnostics] == [Code.LINK_BROKEN]


def test_leaving_a_block_out_moves_its_notes_to_where_they_are_cited_next() -> None:
    brief = samples.brief()
    shorter = leave_out(brief, "figures")
    assert shorter is not None
    assert shorter.figures == ()
    moved = samples.brief(points=(samples.cited("p", m.Place("point", 1), "Again.", m.NoteRef(5)),))
    kept = leave_out(moved, "figures")
    assert kept is not None
    assert [note.number for cited in statements(kept.points) for note in cited.notes] == [5]


def test_a_block_that_is_empty_or_indispensable_cannot_be_left_out() -> None:
    assert leave_out(samples.brief(), "points") is None
    assert leave_out(samples.brief(), "definitions") is None


@pytest.mark.parametrize(
    ("language", "written", "printed"),
    [
        ("en", "1,890 = 1,058 + 558 + 274", "1,890 = 1,058 + 558 + 274"),
        ("es-SV", "nueve = months 2017-01/2017-09", "nueve = meses, enero–septiembre de 2017"),
        ("en", "three = counted", "three = the passages cited"),
        ("es-SV", "tres = counted", "tres = los pasajes citados"),
        ("en", "nine = months of work", "nine = months of work"),
    ],
)
def test_a_sum_that_counts_says_what_in_the_language_of_the_page(language: str, written: str, printed: str) -> None:
    assert BASE is not None

    assert Printer(Words(language, BASE.strings)).reckoned(written).replace("\u00a0", " ") == printed


def said_in_headline(text: str) -> str:
    html = html_of(headline(text))
    head = html[html.index("<h1") : html.index("</h1>")]
    return re.sub(r"<[^>]+>", "", head).replace("\u00a0", " ").replace("\u200b", "")


def test_a_headline_is_printed_without_its_full_stop() -> None:
    assert said_in_headline("The spaces are open.") == "The spaces are open1"
    assert said_in_headline("Are the spaces open?") == "Are the spaces open?1"
    assert said_in_headline("The spaces are to open...") == "The spaces are to open...1"


def test_figures_side_by_side_are_in_order() -> None:
    brief = samples.brief()
    prose = ("The spaces ", m.NoteRef(3), m.NoteRef(1), m.NoteRef(2), " open", m.NoteRef(1))
    html = html_of(replace(brief, headline=replace(brief.headline, prose=prose)))
    head = html[html.index("<h1") : html.index("</h1>")]
    assert re.findall(r">(\d+)</a>", head) == ["1", "2", "3", "1"]


def test_beside_a_statement_whose_passages_stand_above_their_places_are_named() -> None:
    brief = samples.brief()
    last = brief.points[-1]
    again = replace(last, prose=("Said once more.", m.NoteRef(1)), notes=(), derived=(), note="")
    html = html_of(replace(brief, points=(*brief.points[:-1], again)))
    (beside,) = re.findall(r'<p class="again">(.*?)</p>', html)
    assert re.sub(r"<[^>]+>", "", beside) == "as above: 1\u00a0¶\u00a02"
