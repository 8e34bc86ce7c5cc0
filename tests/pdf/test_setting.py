"""What a section may load, what it says when something is wrong, and what it never does in silence."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.pdf.press import fragment, printed
from tests.templating import samples
from tests.templating.packs import loaded

from briefpack.diagnostics import Checked, Code
from briefpack.pdf.binding import Linked
from briefpack.pdf.facts import safe_name
from briefpack.pdf.inspect import inspect_pdf
from briefpack.products import model as m
from briefpack.sources.model import PassageKind


def codes(checked: Checked[Linked | None]) -> set[Code]:
    return {problem.code for problem in checked.diagnostics}


@pytest.mark.parametrize(
    "html",
    [
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="http://169.254.169.254/latest" alt="x">',
        '<object data="file:///etc/passwd"></object>',
        '<p style="background: url(file:///etc/passwd)">x</p>',
        '<p style="background: url(https://example.org/x.png)">x</p>',
        '<img src="data:image/svg+xml,%3Csvg%3E%3C/svg%3E" alt="x">',
        '<link rel="stylesheet" href="http://example.org/x.css">',
        "<style>p { color: red }</style>",
    ],
)
def test_nothing_outside_the_bundle_is_loaded(html: str) -> None:
    checked = fragment(html)
    assert checked.value is None
    assert codes(checked) == {Code.ASSET_FORBIDDEN}


@pytest.mark.parametrize("name", ["images/none.png", "../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd"])
def test_a_file_that_the_bundle_does_not_have_is_missing(name: str) -> None:
    checked = fragment(f'<img src="{name}" alt="x">')
    assert checked.value is None
    assert codes(checked) <= {Code.ASSET_MISSING, Code.ASSET_FORBIDDEN}


@pytest.mark.parametrize("css", ['@import "http://example.org/x.css";', '@import url("file:///etc/passwd");'])
def test_a_style_sheet_cannot_import_from_elsewhere(tmp_path: Path, css: str) -> None:
    checked = fragment("<p>x</p>", loaded(tmp_path, {"own/style.css": css}))
    assert [(problem.code, str(problem.location)) for problem in checked.diagnostics] == [
        (Code.ASSET_FORBIDDEN, "templates/own/style.css")
    ]


def test_a_mistake_in_a_style_sheet_is_placed(tmp_path: Path) -> None:
    checked = fragment("<p>x</p>", loaded(tmp_path, {"own/style.css": "p {\n  colour: red;\n}"}))
    (found,) = checked.diagnostics
    assert (found.code, str(found.location)) == (Code.TEMPLATE_SYNTAX, "templates/own/style.css:2:3")


def test_a_link_to_nowhere_is_broken() -> None:
    checked = fragment('<a href="#nowhere">x</a>')
    assert checked.value is None
    assert codes(checked) == {Code.LINK_BROKEN}


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "other.html"])
def test_a_link_to_something_else_than_the_web_is_broken(target: str) -> None:
    assert codes(fragment(f'<a href="{target}">x</a>')) == {Code.LINK_BROKEN}


def test_a_missing_glyph_names_the_code_point_and_where() -> None:
    checked = fragment("<p>before \u4e2d after</p>")
    (found,) = checked.diagnostics
    assert (found.code, found.subject) == (Code.GLYPH_MISSING, "donors/brief/s")
    assert found.message == "no font of the bundle has U+4E2D (cjk unified ideograph-4e2d), printed in 'S', at #s"
    assert found.detail == ("… before \u4e2d after …",)


def test_tokens_change_what_is_printed(tmp_path: Path) -> None:
    plain = printed([samples.brief()]).pdf
    assert (
        printed([samples.brief()], loaded(tmp_path, {"own/template.toml": '[tokens]\nsource = "#ff0000"\n'})).pdf
        != plain
    )


def test_paper_is_the_audiences(tmp_path: Path) -> None:
    import io

    import pikepdf

    bundle = loaded(tmp_path, {"own/template.toml": 'paper = "Letter"\n'})
    with pikepdf.open(io.BytesIO(printed([samples.overview(), samples.comparison()], bundle).pdf)) as pdf:
        sizes = [[round(float(side)) for side in sheet.MediaBox][2:] for sheet in pdf.pages]
    assert sizes[0] == [612, 792]
    assert sizes[-1] == [792, 612]


def test_a_draft_and_a_marking_are_on_every_page() -> None:
    head = samples.head(draft=True, marking="For publication")
    read = inspect_pdf(
        printed([samples.brief(head=head), replace(samples.overview(), head=head), samples.annex(head=head)]).pdf
    )
    assert read.pages > 3
    for text in read.texts:
        assert "DRAFT" in "".join(text.split())  # its letters are spaced
        assert "For publication" in " ".join(text.split())


def test_ligatures_read_as_their_letters() -> None:
    checked = fragment('<p class="say">after the office traffic benefit left</p><p class="small">after the office</p>')
    assert checked.value is not None
    assert inspect_pdf(checked.value.pdf).texts[0].count("after the office") == 2


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../../x.txt", "x.txt"),
        ("..\\x.txt", "x.txt"),
        (".bashrc", "bashrc"),
        ("a\0b:c.pdf", "a_b_c.pdf"),
        ("", "attachment"),
    ],
)
def test_names_of_attachments_are_made_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_second_file_of_the_same_name_gets_a_number() -> None:
    assert safe_name("x.txt", {"x.txt"}) == "x-2.txt"


def test_a_line_before_a_marked_run_is_filled_before_it_breaks() -> None:
    quoted = "making migrant populations visible and incorporating them into the formulation of policies"
    runs = (
        "In order to achieve orderly migration, States will have to commit to ",
        m.Highlight(quoted, ("a",), ("annex-pw--visible",)),
        ".",
    )
    reference = m.BackReference("a", "Public works", m.Place("headline"), "#annex-pw.p1")
    passage = m.AnnexPassage(1, "annex-pw.p1", PassageKind.PARAGRAPH, 0, runs, (reference,))

    pages = inspect_pdf(printed([samples.annex(passages=(passage,))]).pdf).texts

    assert "In order to achieve orderly migration" in pages[0]
