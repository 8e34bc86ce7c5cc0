"""Reading a finished PDF back: what gates and tests ask about its pages, links, text and attachments."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf


@dataclass(frozen=True, slots=True)
class Link:
    """A link annotation: the page it stands on (from 1), and the page or address it leads to (page 0: an address)."""

    page: int
    target: str
    to_page: int = 0


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline, its depth from 1, and the page it opens."""

    title: str
    depth: int
    page: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What stands in a PDF. `labels` and `texts` go by page; `attachments` are names and contents."""

    pages: int
    labels: tuple[str, ...]
    links: tuple[Link, ...]
    outline: tuple[OutlineEntry, ...]
    texts: tuple[str, ...]
    attachments: tuple[tuple[str, bytes], ...]
    title: str
    language: str


def inspect_pdf(content: bytes) -> Inspection:
    """Read `content`; raises `pikepdf.PdfError` where it is no PDF."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        numbers: dict[Any, int] = {page.objgen: index for index, page in enumerate(pdf.pages, 1)}
        places = _destinations(pdf, numbers)
        return Inspection(
            pages=len(pdf.pages),
            labels=tuple(str(page.label) for page in pdf.pages),
            links=tuple(_links(pdf, places)),
            outline=tuple(_outline(pdf, numbers)),
            texts=page_texts(content),
            attachments=tuple((name, spec.get_file().read_bytes()) for name, spec in sorted(pdf.attachments.items())),
            title=str(pdf.docinfo.get("/Title", "")),
            language=str(pdf.Root.get("/Lang", "")),
        )


def page_texts(content: bytes) -> tuple[str, ...]:
    """Return the text of each page, in the order of its content."""
    import pypdfium2  # noqa: PLC0415 - loads a library that most commands never need

    document = pypdfium2.PdfDocument(content)
    try:
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(str(text.get_text_range()).replace("\r\n", "\n"))
            text.close()
            page.close()
        return tuple(texts)
    finally:
        document.close()


def _destinations(pdf: pikepdf.Pdf, numbers: dict[Any, int]) -> dict[str, int]:
    """The page of each named destination."""
    names = pdf.Root.get("/Names")
    tree = names.get("/Dests") if names is not None else None
    if tree is None:
        return {}
    found = {}
    for name, place in pikepdf.NameTree(tree).items():
        array = place.D if isinstance(place, pikepdf.Dictionary) else place
        found[str(name)] = numbers.get(array[0].objgen, 0)
    return found


def _links(pdf: pikepdf.Pdf, places: dict[str, int]) -> Iterator[Link]:
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.get("/Annots", ()):
            if annotation.get("/Subtype") != "/Link":
                continue
            if "/Dest" in annotation:
                name = str(annotation.Dest)
                yield Link(number, name, places.get(name, 0))
            elif "/A" in annotation:
                yield Link(number, str(annotation.A.get("/URI", "")))


def _outline(pdf: pikepdf.Pdf, numbers: dict[Any, int]) -> Iterator[OutlineEntry]:
    def walk(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[OutlineEntry]:
        for item in items:
            target = item.destination
            page = numbers.get(target[0].objgen, 0) if isinstance(target, pikepdf.Array) else 0
            yield OutlineEntry(item.title, depth, page)
            yield from walk(item.children, depth + 1)

    with pdf.open_outline() as outline:
        yield from walk(list(outline.root), 1)
