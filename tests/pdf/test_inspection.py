"""Accessibility of files: each defect is put into a good file of ours and found, and the good file gives nothing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.diagnostics import Code, Diagnostic
from briefpack.pdf.binding import Linked
from briefpack.pdf.inspection import inspect_file

Edit = Callable[[pikepdf.Pdf], Any]


@pytest.fixture(scope="session")
def sheet(dossier: Linked) -> bytes:
    """A dossier: headings, links, tables, evidence, contents, in the language of the page and in another."""
    return dossier.pdf


def defects(content: bytes, edit: Edit) -> list[Diagnostic]:
    """What is found after `edit`: before it there is nothing to find."""
    return list(inspect_file(edited(content, edit), "x.pdf"))


def edited(content: bytes, edit: Edit) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        edit(pdf)
        written = io.BytesIO()
        pdf.save(written)
    return written.getvalue()


def codes(content: bytes, edit: Edit) -> set[str]:
    return {str(found.code) for found in defects(content, edit)}


def elements(pdf: pikepdf.Pdf, role: str = "") -> Iterator[Any]:
    stack: list[Any] = [pdf.Root.StructTreeRoot]
    while stack:
        found = stack.pop()
        if "/S" in found and (not role or f"/{role}" == found.S):
            yield found
        kids = found.get("/K")
        listed: list[Any] = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        stack.extend(kid for kid in reversed(listed) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid)


def first(pdf: pikepdf.Pdf, role: str) -> Any:
    return next(elements(pdf, role))


def links(pdf: pikepdf.Pdf) -> list[Any]:
    return [each for page in pdf.pages for each in page.obj.get("/Annots", ())]


def fonts(pdf: pikepdf.Pdf) -> list[Any]:
    page: Any = pdf.pages[0].obj
    return [font for _, font in page.Resources.Font.items()]


def figure(pdf: pikepdf.Pdf, alternative: str | None) -> Any:
    """Make the first quotation's element a figure."""
    element = first(pdf, "H1")
    element.S = pikepdf.Name("/Figure")
    if alternative is not None:
        element.Alt = pikepdf.String(alternative)
    return element


def without(holder: Any, key: str) -> None:
    del holder[key]


def test_a_good_file_of_ours_gives_nothing(sheet: bytes) -> None:
    assert inspect_file(sheet, "x.pdf") == ()


def test_a_file_without_tags(sheet: bytes) -> None:
    assert "pdf-untagged" in codes(sheet, lambda pdf: without(pdf.Root, "/StructTreeRoot"))
    assert codes(sheet, lambda pdf: without(pdf.Root, "/MarkInfo")) == {"pdf-untagged"}


def test_a_file_without_a_title_that_is_shown(sheet: bytes) -> None:
    def untitle(pdf: pikepdf.Pdf) -> None:
        del pdf.docinfo["/Title"]
        del pdf.Root.Metadata

    assert "pdf-title-missing" in codes(sheet, untitle)
    assert codes(sheet, lambda pdf: without(pdf.Root.ViewerPreferences, "/DisplayDocTitle")) == {"pdf-title-missing"}


@pytest.mark.parametrize("language", [None, "", "english", "e", "es_SV"])
def test_a_lost_language(sheet: bytes, language: str | None) -> None:
    def lose(pdf: pikepdf.Pdf) -> None:
        if language is None:
            del pdf.Root.Lang
        else:
            pdf.Root.Lang = pikepdf.String(language)

    assert codes(sheet, lose) == {"pdf-language-invalid"}


def test_a_language_of_an_element_that_is_none(sheet: bytes) -> None:
    (found,) = defects(sheet, lambda pdf: setattr(first(pdf, "H1"), "Lang", pikepdf.String("spanish")))

    assert found.code is Code.PDF_LANGUAGE_INVALID
    assert "the language 'spanish' of an element H1 on page" in found.message


def test_a_standard_that_is_not_declared(sheet: bytes) -> None:
    found = defects(sheet, lambda pdf: without(pdf.Root, "/Metadata"))

    assert [(each.code, each.message) for each in found] == [
        (Code.PDF_STANDARD_UNDECLARED, "the file does not say that it follows PDF/UA"),
        (Code.PDF_STANDARD_UNDECLARED, "the file does not say that it follows PDF/A"),
    ]


def test_a_missing_alternative(sheet: bytes) -> None:
    assert codes(sheet, lambda pdf: figure(pdf, None)) >= {"pdf-alternative-missing"}
    assert codes(sheet, lambda pdf: figure(pdf, "  ")) >= {"pdf-alternative-missing"}


@pytest.mark.parametrize("alternative", ["image", "Figure 3", "gráfico 1", "chart_final.PNG", "Imagen"])
def test_an_alternative_that_says_nothing(sheet: bytes, alternative: str) -> None:
    assert codes(sheet, lambda pdf: figure(pdf, alternative)) >= {"pdf-alternative-vague"}


def test_an_alternative_that_says_something(sheet: bytes) -> None:
    found = codes(sheet, lambda pdf: figure(pdf, "A map of the river and the figure of a boat"))

    assert not {name for name in found if "alternative" in name}


def test_a_skipped_heading(sheet: bytes) -> None:
    (found, *_) = defects(sheet, lambda pdf: setattr(first(pdf, "H2"), "S", pikepdf.Name("/H4")))

    assert found.code is Code.PDF_HEADING_SKIPPED
    assert "a heading H4 follows H1 on page" in found.message
    assert found.hint == "make it H2"


def test_a_first_heading_that_is_not_the_first_level(sheet: bytes) -> None:
    assert "pdf-heading-skipped" in codes(sheet, lambda pdf: setattr(first(pdf, "H1"), "S", pikepdf.Name("/H3")))


def test_a_dangling_link(sheet: bytes) -> None:
    def dangle(pdf: pikepdf.Pdf) -> None:
        link = next(each for each in links(pdf) if "/Dest" in each)
        link.Dest = pikepdf.String("nowhere")

    (found,) = defects(sheet, dangle)

    assert found.code is Code.PDF_DESTINATION_MISSING
    assert "leads to “nowhere”, which is not there" in found.message


def test_a_link_to_a_name_of_the_old_kind_is_shown_without_its_stroke(sheet: bytes) -> None:
    def rename(pdf: pikepdf.Pdf) -> None:
        next(each for each in links(pdf) if "/Dest" in each).Dest = pikepdf.Name("/nowhere")

    (found,) = defects(sheet, rename)

    assert "leads to “nowhere”, which is not there" in found.message


def test_a_line_of_the_outline_that_leads_nowhere(sheet: bytes) -> None:
    def dangle(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Outlines.First.Dest = pikepdf.String("nowhere")

    (found,) = defects(sheet, dangle)

    assert found.message.startswith("a line of the outline leads to “nowhere”")


def test_a_link_without_objr(sheet: bytes) -> None:
    def cut(pdf: pikepdf.Pdf) -> None:
        element = first(pdf, "Link")
        kept = [kid for kid in element.K if not isinstance(kid, pikepdf.Dictionary) or "/Obj" not in kid]
        element.K = pikepdf.Array(kept)

    found = defects(sheet, cut)

    assert {each.code for each in found} == {Code.PDF_LINK_UNTAGGED}
    assert "stands in no element" in found[0].message
    assert "holds no link" in found[-1].message


def test_a_link_that_says_nothing(sheet: bytes) -> None:
    def silence(pdf: pikepdf.Pdf) -> None:
        link = links(pdf)[0]
        del link["/Contents"]
        element = next(e for e in elements(pdf, "Link") if any(_is_of(kid, link) for kid in e.K))
        element.K = pikepdf.Array([kid for kid in element.K if _is_of(kid, link)])

    assert "pdf-link-silent" in codes(sheet, silence)


def _is_of(kid: Any, link: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid and kid.Obj.objgen == link.objgen


@pytest.mark.parametrize("words", ["here", "Click here.", "aquí", "leer más"])
def test_a_link_with_vague_words(sheet: bytes, words: str) -> None:
    assert codes(sheet, lambda pdf: setattr(links(pdf)[0], "Contents", pikepdf.String(words))) == {"pdf-link-vague"}


def test_a_head_without_scope(sheet: bytes) -> None:
    (found,) = defects(sheet, lambda pdf: without(first(pdf, "TH"), "/A"))

    assert found.code is Code.PDF_SCOPE_MISSING
    assert "has no scope: “" in found.message


def test_a_table_without_heads(sheet: bytes) -> None:
    def behead(pdf: pikepdf.Pdf) -> None:
        for head in list(elements(pdf, "TH")):
            head.S = pikepdf.Name("/TD")

    assert codes(sheet, behead) == {"pdf-table-headless"}


def test_an_irregular_table(sheet: bytes) -> None:
    def shorten(pdf: pikepdf.Pdf) -> None:
        row = list(elements(pdf, "TR"))[1]
        row.K = pikepdf.Array(list(row.K)[:-1])

    assert "pdf-table-irregular" in codes(sheet, shorten)


def test_an_empty_element(sheet: bytes) -> None:
    def add(pdf: pikepdf.Pdf) -> None:
        section = first(pdf, "Sect")
        empty = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name("/P"), P=section))
        section.K.append(empty)

    assert codes(sheet, add) == {"pdf-element-empty"}


def test_an_orphan_element(sheet: bytes) -> None:
    assert codes(sheet, lambda pdf: setattr(first(pdf, "H1"), "P", first(pdf, "Link"))) == {"pdf-element-orphan"}


def test_an_element_of_an_unknown_type(sheet: bytes) -> None:
    def rename(pdf: pikepdf.Pdf) -> None:
        first(pdf, "H2").S = pikepdf.Name("/Absatz")

    assert "pdf-role-unknown" in codes(sheet, rename)


def test_a_type_that_is_mapped_is_known(sheet: bytes) -> None:
    def rename(pdf: pikepdf.Pdf) -> None:
        first(pdf, "H2").S = pikepdf.Name("/Titel")
        pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary({"/Titel": pikepdf.Name("/H2")})

    assert codes(sheet, rename) == set()


def test_a_wrong_parent_tree(sheet: bytes) -> None:
    def twist(pdf: pikepdf.Pdf) -> None:
        pages = [page.obj for page in pdf.pages]
        pages[0].StructParents, pages[1].StructParents = int(pages[1].StructParents), int(pages[0].StructParents)

    assert codes(sheet, twist) == {"pdf-parent-tree-wrong"}


def test_two_programs_of_one_name(sheet: bytes) -> None:
    def rename(pdf: pikepdf.Pdf) -> None:
        one, other = fonts(pdf)[:2]
        other.BaseFont = one.BaseFont

    (found,) = defects(sheet, rename)

    assert found.code is Code.PDF_FONT_CLASH


def test_a_font_that_is_not_embedded(sheet: bytes) -> None:
    def strip(pdf: pikepdf.Pdf) -> None:
        descriptor = fonts(pdf)[0].DescendantFonts[0].FontDescriptor
        for key in ("/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]

    assert codes(sheet, strip) == {"pdf-font-missing"}


def test_a_font_without_a_map(sheet: bytes) -> None:
    assert "pdf-font-unmapped" in codes(sheet, lambda pdf: without(fonts(pdf)[0], "/ToUnicode"))


def drawn(pdf: pikepdf.Pdf, content: bytes, page: int = 0) -> None:
    """Draw more on a page, before all else."""
    pdf.pages[page].contents_add(content, prepend=True)


def shown(pdf: pikepdf.Pdf, before: str) -> bytes:
    """Text in the first font of the file: two glyphs that it has."""
    font = next(iter(pdf.pages[0].obj.Resources.Font.keys()))
    read = fonts(pdf)[0].ToUnicode.read_bytes()
    glyph = read.partition(b"<0")[2][:3].decode()
    return f"q BT {font} 10 Tf 1 0 0 1 300 20 Tm {before} <0{glyph}0{glyph}> Tj ET Q\n".encode()


def test_content_that_is_neither_tagged_nor_an_artifact(sheet: bytes) -> None:
    assert "pdf-content-untagged" in codes(sheet, lambda pdf: drawn(pdf, b"q 0 0 10 10 re f Q\n"))
    assert codes(sheet, lambda pdf: drawn(pdf, b"/Artifact BMC q 0 0 10 10 re f Q EMC\n")) == set()


@pytest.mark.parametrize(
    "how",
    ["3 Tr", "1 g", "0 Tr 0.01 0 0 0.01 300 20 Tm", "1 0 0 1 -60 20 Tm", "1 0 0 1 620 20 Tm", "1 0 0 1 300 -12 Tm"],
)
def test_text_that_nobody_sees(sheet: bytes, how: str) -> None:
    def hide(pdf: pikepdf.Pdf) -> None:
        drawn(pdf, b"/Span <</MCID 9000>> BDC " + shown(pdf, how) + b"EMC\n")

    assert "pdf-text-invisible" in codes(sheet, hide)


@pytest.mark.parametrize("place", ["-10 20", "590 20", "300 -3", "300 835"])
def test_text_at_the_edge_of_a_page_is_seen(sheet: bytes, place: str) -> None:
    def hide(pdf: pikepdf.Pdf) -> None:
        drawn(pdf, b"/Span <</MCID 9000>> BDC " + shown(pdf, f"1 0 0 1 {place} Tm") + b"EMC\n")

    assert "pdf-text-invisible" not in codes(sheet, hide)


def test_margin_content_that_is_tagged(sheet: bytes) -> None:
    def head(pdf: pikepdf.Pdf) -> None:
        for page in range(len(pdf.pages)):
            drawn(pdf, b"/Span <</MCID 9000>> BDC " + shown(pdf, "0 g") + b"EMC\n", page)

    found = [each for each in defects(sheet, head) if each.code is Code.PDF_MARGIN_TAGGED]

    assert len(found) == 1
    assert "stands at the same place of" in found[0].message


def numbered(step: int, sheet: bytes) -> set[str]:
    """What is found where pages have a tagged number at one place: `step` more on each page."""

    def count(pdf: pikepdf.Pdf) -> None:
        font = pikepdf.Dictionary(Type=pikepdf.Name("/Font"), Subtype=pikepdf.Name("/Type1"))
        font.BaseFont = pikepdf.Name("/Helvetica")
        for number, page in enumerate(pdf.pages):
            page.obj.Resources.Font["/Plain"] = pdf.make_indirect(font)
            text = f"q BT /Plain 10 Tf 1 0 0 1 300 20 Tm (Row {number * step}) Tj ET Q".encode()
            page.contents_add(b"/Span <</MCID 9000>> BDC " + text + b" EMC\n", prepend=True)

    return codes(sheet, count)


def test_a_tagged_number_that_counts_pages_is_margin_content_and_another_is_not(sheet: bytes) -> None:
    assert "pdf-margin-tagged" in numbered(1, sheet)
    assert "pdf-margin-tagged" in numbered(0, sheet)
    assert "pdf-margin-tagged" not in numbered(23, sheet)


def test_contents_that_are_not_tagged_as_such(sheet: bytes) -> None:
    def untag(pdf: pikepdf.Pdf) -> None:
        for role in ("TOC", "TOCI"):
            for element in list(elements(pdf, role)):
                element.S = pikepdf.Name("/Div")

    def tag(pdf: pikepdf.Pdf) -> None:
        untag(pdf)
        for section in list(elements(pdf, "Sect")):
            section.S = pikepdf.Name("/TOC")

    assert "pdf-contents-untagged" in {str(found.code) for found in inspect_file(edited(sheet, untag), "x.pdf")}
    assert "pdf-contents-untagged" not in {str(found.code) for found in inspect_file(edited(sheet, tag), "x.pdf")}


def test_an_order_of_reading_that_is_not_that_of_the_page(sheet: bytes) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        for section in list(elements(pdf, "Sect")):
            if isinstance(section.get("/K"), pikepdf.Array):
                section.K = pikepdf.Array(list(reversed(list(section.K))))

    assert codes(sheet, turn) == {"pdf-order-differs", "pdf-heading-skipped"}


# Whatever the file is


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.7\n%%EOF\n", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_pdf_is_unreadable(content: bytes) -> None:
    assert [found.code for found in inspect_file(content, "x.pdf")] == [Code.PDF_UNREADABLE]


def test_an_encrypted_file_is_unreadable(dossier: Linked) -> None:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(dossier.pdf)) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(owner="o", user="u"))

    (found,) = inspect_file(written.getvalue(), "x.pdf")

    assert (found.code, str(found.location)) == (Code.PDF_UNREADABLE, "x.pdf")
    assert "encrypted" in found.message


def test_a_tag_tree_with_a_circle_is_read_to_its_end(sheet: bytes) -> None:
    def bend(pdf: pikepdf.Pdf) -> None:
        section = first(pdf, "Sect")
        section.K.append(section)

    assert codes(sheet, bend) == {"pdf-element-orphan"}


@settings(max_examples=10, deadline=None)
@given(cut=st.floats(0.05, 0.99), change=st.binary(min_size=1, max_size=40), at=st.floats(0, 0.99))
def test_a_damaged_file_never_raises(sheet: bytes, cut: float, change: bytes, at: float) -> None:
    place = int(len(sheet) * at)
    for content in (sheet[: int(len(sheet) * cut)], sheet[:place] + change + sheet[place + len(change) :]):
        assert isinstance(inspect_file(content, "x.pdf"), tuple)
