"""A dossier that is joined of sections is the dossier that is set as a whole: the same pages, tags, links and outline.

The whole is one HTML document of all sections: set here in one piece, and once more by WeasyPrint with its own cascade
and its own writer.
"""

from __future__ import annotations

import ctypes
import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from tests.pdf.press import BASE, bind, bound, linked, numbers_of, sections_of, set_one
from tests.templating import samples

from briefpack.pdf.binding import Linked
from briefpack.pdf.completeness import normalised
from briefpack.pdf.engine import press_of
from briefpack.pdf.fetcher import BASE_URL, asset_fetcher
from briefpack.pdf.inspect import inspect_pdf, page_texts
from briefpack.pdf.setting import document
from briefpack.products.model import Annex
from briefpack.products.pages import SectionHtml
from briefpack.templating.styles import styles_of

STYLES = styles_of(BASE)


@dataclass(frozen=True)
class Dossiers:
    """The same sections joined, as one piece, and as WeasyPrint writes them; none has running heads."""

    sections: list[SectionHtml]
    parts: Mapping[int, tuple[str, str]]
    joined: Linked
    whole: Linked
    other: bytes


@pytest.fixture(scope="module")
def dossiers() -> Dossiers:
    product = samples.dossier()
    sections = [replace(each, language="es") if isinstance(each, Annex) else each for each in product.sections]
    binding = bound(sections, BASE, product.parts)
    html = sections_of(sections, BASE, numbers_of(sections, binding))
    one = SectionHtml(
        "dossier", "Dossier", "", f"<section>{''.join(section.html for section in html)}</section>", "portrait", "en"
    )
    whole = bind([set_one(one, STYLES)], [one], STYLES)
    return Dossiers(
        html,
        {part.first: (part.title, part.anchor) for part in binding.parts},
        linked(replace(binding, overlays=())),
        linked(replace(whole, overlays=(), programs=binding.programs, subject=binding.subject)),
        written_by_weasyprint(one),
    )


def written_by_weasyprint(section: SectionHtml) -> bytes:
    press = press_of(STYLES)
    html = press.module.HTML(
        string=document(section), base_url=BASE_URL, url_fetcher=asset_fetcher(STYLES.assets, "test")
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves a file open
        written: bytes = html.write_pdf(
            font_config=press.fonts, stylesheets=list(press.bare_sheets), pdf_tags=True, custom_metadata=False
        )
    return written


# --- reading a file with other libraries than wrote it


@dataclass(frozen=True)
class Tag:
    """An element: how deep it stands, its role, language, attributes, and own text with a bar between what it holds."""

    depth: int
    role: str
    lang: str
    attributes: str
    text: str


class Tree:
    """The tag tree of a file, with the text that PDFium reads for each marked content."""

    def __init__(self, pdf: pikepdf.Pdf, texts: Mapping[tuple[int, int], str]) -> None:
        self.texts = texts
        self.pages: dict[Any, int] = {page.objgen: index for index, page in enumerate(pdf.pages)}
        self.lang = str(pdf.Root.Lang)
        root = pdf.Root.StructTreeRoot.K
        self.top = root[0] if isinstance(root, pikepdf.Array) else root

    def kids(self, element: Any) -> Iterator[Any]:
        """What an element holds, in order: texts and elements."""
        below = element.get("/K", [])
        for kid in list(below) if isinstance(below, pikepdf.Array) else [below]:
            if isinstance(kid, int):
                yield self.texts.get((self.pages[element.Pg.objgen], kid), "")
            elif kid.get("/Type") == "/MCR":
                yield self.texts.get((self.pages[kid.Pg.objgen], int(kid.MCID)), "")
            elif "/S" in kid:
                yield kid

    def tags(self, element: Any, depth: int, lang: str) -> Iterator[Tag]:
        lang = str(element.get("/Lang", lang))
        kids = list(self.kids(element))
        said = [f"{name}={element[name]}" for name in ("/Alt", "/ActualText") if name in element]
        own = "|".join(normalised(kid) if isinstance(kid, str) else "" for kid in kids)
        yield Tag(depth, str(element.S), lang, " ".join([*said, *sorted(_attributes(element.get("/A")))]), own)
        for kid in kids:
            if not isinstance(kid, str):
                yield from self.tags(kid, depth + 1, lang)

    def words(self, element: Any) -> Iterator[str]:
        for kid in self.kids(element):
            yield from [kid] if isinstance(kid, str) else self.words(kid)


def tags_of(content: bytes) -> list[Tag]:
    """All elements of a file in order, from its document on."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tree = Tree(pdf, marked_texts(content))
        return list(tree.tags(tree.top, 0, tree.lang))


def words_of(content: bytes) -> str:
    """What the tag tree of a file says, in order."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tree = Tree(pdf, marked_texts(content))
        return normalised("".join(tree.words(tree.top)))


def _attributes(found: Any) -> Iterator[str]:
    for each in list(found) if isinstance(found, pikepdf.Array) else [found] if found is not None else []:
        for name, value in each.items():
            yield f"{name}={[str(item) for item in value] if isinstance(value, pikepdf.Array) else value}"


def marked_texts(content: bytes) -> dict[tuple[int, int], str]:
    """The text of each marked content, by page and number, as PDFium reads it."""
    texts: dict[tuple[int, int], str] = {}
    opened = pypdfium2.PdfDocument(content)
    for number, page in enumerate(opened):
        shown = page.get_textpage()
        for drawn in page.get_objects(max_depth=1):
            mark = pdfium.FPDFPageObj_GetMarkedContentID(drawn)
            said = _text(drawn, shown) if drawn.type == pdfium.FPDF_PAGEOBJ_TEXT else ""
            texts[number, mark] = texts.get((number, mark), "") + said
        shown.close()
        page.close()
    opened.close()
    return texts


def _text(drawn: Any, shown: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(drawn, shown, None, 0)
    room = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(drawn, shown, ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), size)
    return room.raw[: max(size - 2, 0)].decode("utf-16-le")


def destinations(content: bytes) -> dict[str, int]:
    """The page of each name that something leads to, from 1."""
    return {link.target: link.to_page for link in inspect_pdf(content).links if link.to_page}


# --- the same


def test_each_page_is_drawn_byte_for_byte_as_in_the_whole(dossiers: Dossiers) -> None:
    assert len(dossiers.sections) == 10
    assert dossiers.joined.pages == dossiers.whole.pages > 10
    assert dossiers.joined.contents == dossiers.whole.contents


def test_the_tag_trees_have_the_same_elements_in_the_same_order(dossiers: Dossiers) -> None:
    joined, whole = tags_of(dossiers.joined.pdf), tags_of(dossiers.whole.pdf)
    # What is one piece has a section around all sections.
    assert [tag.role for tag in whole[:3]] == ["/Document", "/Sect", "/Sect"]
    outer = [replace(tag, depth=tag.depth - 1) for tag in whole[2:]]
    assert len(outer) > 400
    assert {tag.lang for tag in outer} == {"en", "es"}
    assert joined[1:] == outer


def test_the_tag_trees_say_the_same_words_in_the_same_order(dossiers: Dossiers) -> None:
    joined, whole = words_of(dossiers.joined.pdf), words_of(dossiers.whole.pdf)
    assert len(joined) > 5000
    assert joined == whole


def test_links_lie_in_the_same_places_say_the_same_and_lead_to_the_same_pages(dossiers: Dossiers) -> None:
    def links(file: Linked) -> list[tuple[object, ...]]:
        places = destinations(file.pdf)
        with pikepdf.open(io.BytesIO(file.pdf)) as pdf:
            return [
                (
                    number,
                    tuple(float(corner) for corner in annotation.Rect),
                    str(annotation.Contents),
                    places[str(annotation.Dest)] if "/Dest" in annotation else str(annotation.A.URI),
                )
                for number, page in enumerate(pdf.pages)
                for annotation in page.get("/Annots", ())
            ]

    assert len(links(dossiers.joined)) > 80
    assert links(dossiers.joined) == links(dossiers.whole)


def test_names_lie_on_the_same_pages(dossiers: Dossiers) -> None:
    anchors = {anchor for _, anchor in dossiers.parts.values()}
    assert {k: v for k, v in dossiers.joined.anchors.items() if k not in anchors} == dict(dossiers.whole.anchors)


def test_the_outline_opens_each_section_where_it_lies_in_the_whole(dossiers: Dossiers) -> None:
    pages = dossiers.whole.anchors
    expected, depth = [], 1
    for index, section in enumerate(dossiers.sections):
        title, _ = dossiers.parts.get(index, ("", ""))
        if title:
            depth = 1
        if title and title != section.title:
            expected.append((1, title, pages[section.anchor]))
            depth = 2
        expected.append((depth, section.title, pages[section.anchor]))
    outline = inspect_pdf(dossiers.joined.pdf).outline
    assert [(entry.depth, entry.title, entry.page) for entry in outline] == expected


def test_the_files_say_the_same_of_themselves(dossiers: Dossiers) -> None:
    def facts(file: Linked) -> list[object]:
        with pikepdf.open(io.BytesIO(file.pdf)) as pdf:
            said = {name: str(value) for name, value in pdf.docinfo.items()}
            return [said, str(pdf.Root.Lang), pdf.Root.Metadata.read_bytes(), [str(page.label) for page in pdf.pages]]

    assert facts(dossiers.joined) == facts(dossiers.whole)


# --- WeasyPrint's own writer


def test_weasyprint_itself_puts_the_same_text_on_the_same_pages(dossiers: Dossiers) -> None:
    theirs, ours = page_texts(dossiers.other), page_texts(dossiers.joined.pdf)
    assert [normalised(text) for text in ours] == [normalised(text) for text in theirs]


def test_weasyprint_itself_leads_to_the_same_pages(dossiers: Dossiers) -> None:
    assert destinations(dossiers.joined.pdf) == destinations(dossiers.other)


def test_weasyprint_itself_tags_the_same_words_in_the_same_order(dossiers: Dossiers) -> None:
    assert words_of(dossiers.joined.pdf) == words_of(dossiers.other)
