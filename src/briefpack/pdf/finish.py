"""What a PDF needs after WeasyPrint has written it: outline, page labels, tags put right, and stable bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf

from briefpack.pdf.saving import saved
from briefpack.pdf.tags import declare_accessible, repair_tags
from briefpack.products.model import PartTitle
from briefpack.products.pages import SectionHtml


@dataclass(frozen=True, slots=True)
class Finish:
    """What the finishing needs to know of a document besides its bytes."""

    sections: tuple[SectionHtml, ...]
    parts: tuple[tuple[int, PartTitle], ...]
    anchors: Mapping[str, int]


def finish(raw: bytes, wanted: Finish) -> bytes:
    """Return the PDF with outline, page labels and repaired structure; the same input gives the same bytes."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        _label_pages(pdf)
        _outline(pdf, wanted)
        _single_files(pdf)
        declare_accessible(pdf)
        repair_tags(pdf)
        return saved(pdf)


def _label_pages(pdf: pikepdf.Pdf) -> None:
    """Page labels are the printed numbers: from 1 through the whole document, the cover included."""
    numbers = pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.D, St=1)])
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=numbers)


def _outline(pdf: pikepdf.Pdf, wanted: Finish) -> None:
    """Parts hold the sections that follow them; sections before the first part stand alone."""
    opening = dict(wanted.parts)
    with pdf.open_outline() as outline:
        current = outline.root
        for index, section in enumerate(wanted.sections):
            if index in opening:
                current = outline.root
            if index in opening and opening[index].title != section.title:  # a part named as its first section is that
                part = pikepdf.OutlineItem(opening[index].title, destination=_page(wanted, section))
                outline.root.append(part)
                current = part.children
            current.append(pikepdf.OutlineItem(section.title, destination=_page(wanted, section)))


def _page(wanted: Finish, section: SectionHtml) -> int:
    return wanted.anchors.get(section.anchor, 1) - 1


def _single_files(pdf: pikepdf.Pdf) -> None:
    """WeasyPrint lists each associated file twice."""
    if "/AF" not in pdf.Root:
        return
    seen: dict[tuple[int, int], pikepdf.Object] = {}
    for item in pdf.Root.AF:
        seen.setdefault(item.objgen, item)
    pdf.Root.AF = pikepdf.Array(list(seen.values()))
