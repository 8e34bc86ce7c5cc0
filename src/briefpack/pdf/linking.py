"""Pieces to the bytes of one PDF file: PDF/A-3a and PDF/UA-1 at once, with tags, links, outline and attachments.

    link(binding) -> Checked[Linked | None]

A writer of our own, in plain Python: everything that a library would parse and renumber is known here beforehand. Pages
keep the content streams of their pieces byte for byte. The same binding gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping

from briefpack.diagnostics import Checked
from briefpack.pdf.binding import Binding, Linked
from briefpack.pdf.drawings import Drawings
from briefpack.pdf.fonts import merge_fonts, put_fonts
from briefpack.pdf.metadata import put_attachments, put_info, put_intent, put_metadata
from briefpack.pdf.objects import Writer, address, literal, name_string, real, references, text_string
from briefpack.pdf.outline import entries_of, put_outline
from briefpack.pdf.piece import Link, Piece
from briefpack.pdf.places import Place, broken_links, places_of, put_places, targets_of
from briefpack.pdf.structure import TagTree
from briefpack.pdf.trees import PageTree
from briefpack.world import Digest, digest

_VIEW = "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>"


def link(binding: Binding) -> Checked[Linked | None]:
    """Return the file; None where a link leads nowhere or two places share a name.

    Raises `ValueError` where the pieces contradict each other or themselves: that is a defect, not an author's mistake.
    """
    places, problems = places_of(binding)
    problems += broken_links(binding, places)
    if problems:
        return Checked(None, tuple(problems))
    if not binding.pages:
        raise ValueError("a file without pages")
    if binding.overlays and len(binding.overlays) != binding.pages:
        raise ValueError(f"{len(binding.overlays)} overlays for {binding.pages} pages")
    anchors = {name: place.page + 1 for name, place in places.items()}
    linking = _Linking(binding, places)
    content = linking.file()
    return Checked(Linked(content, binding.pages, tuple(linking.contents), anchors))


class _Linking:
    """One file while it is written."""

    def __init__(self, binding: Binding, places: Mapping[str, Place]) -> None:
        self.binding = binding
        self.places = places
        self.writer = writer = Writer()
        self.tree = PageTree(writer, binding.pages)
        self.first = writer.reserve(binding.pages)
        """The number of the first page; the others follow it."""
        self.tags = TagTree(writer, binding.facts.language, binding.pages, self.first)
        self.drawings = Drawings(writer, put_fonts(writer, merge_fonts(binding.pieces()), binding.programs))
        self.contents: list[Digest] = []

    def file(self) -> bytes:
        """Write everything and return the file."""
        page = 0
        for index, section in enumerate(self.binding.sections):
            self._put_section(index, section.piece, page)
            page += len(section.piece.pages)
        self.tree.write(range(self.first, self.first + page))
        facts, producer = self.binding.facts, self.binding.producer
        return self.writer.finish(self._put_catalog(), put_info(self.writer, facts, producer))

    def _put_section(self, index: int, piece: Piece, start: int) -> None:
        links = self.writer.reserve(len(piece.links))
        key = self.tags.add(index, piece, start, links)
        for offset, each in enumerate(piece.links):
            self.writer.put(links + offset, self._annotation(each, key + offset))
        for number, page in enumerate(piece.pages, start):
            content = self.writer.reserve()
            self.contents.append(digest(self.writer.packed(content, "", page.content)))
            overlay = self.binding.overlays[number] if self.binding.overlays else None
            drawn = self.drawings.page(piece, content, overlay)
            annotations = f"/Annots[{references(links + link for link in page.links)}]" if page.links else ""
            head = (
                f"/Type/Page/Parent {self.tree.above(number)} 0 R/MediaBox[0 0 {real(page.width)} {real(page.height)}]"
            )
            self.writer.put(self.first + number, f"<<{head}{drawn}/StructParents {number}/Tabs/S{annotations}>>")

    def _annotation(self, each: Link, key: int) -> str:
        """A link annotation (12.5.6.5): printed, without a border, and saying in words where it leads."""
        corners = each.rectangle
        left, right = sorted((corners[0], corners[2]))
        low, high = sorted((corners[1], corners[3]))
        where = f"/Rect[{real(left)} {real(low)} {real(right)} {real(high)}]"
        says = text_string(each.says.strip() or each.target)
        head = f"<</Type/Annot/Subtype/Link{where}/BS<</W 0>>/F 4/Contents{says}/StructParent {key}"
        return f"{head}{self._way(each.target)}>>"

    def _way(self, target: str) -> str:
        """Where a link leads: to a name of this file, to one of another volume, or to an address."""
        name = target[1:] if target.startswith("#") else None
        if name is None:
            return f"/A<</S/URI/URI{literal(address(target))}>>"
        if name in self.places:
            return f"/Dest{name_string(name)}"
        return f"/A<</S/GoToR/F{text_string(self.binding.elsewhere[name])}/D{name_string(name)}>>"

    def _put_catalog(self) -> int:
        binding, writer = self.binding, self.writer
        files, embedded = put_attachments(writer, binding.attachments, binding.facts)
        names = put_places(writer, targets_of(binding, self.places), self.places, self.first) + embedded
        parts = (
            f"/Pages {self.tree.root} 0 R/Lang{text_string(binding.facts.language)}{_VIEW}",
            f"/StructTreeRoot {self.tags.finish()} 0 R",
            f"/Metadata {put_metadata(writer, binding.facts, binding.producer)} 0 R{put_intent(writer)}",
            f"/PageLabels<</Nums[0<</S/D/St {binding.first_page}>>]>>",
            put_outline(writer, entries_of(binding, self.places), self.first),
            f"/Names<<{names}>>" if names else "",
            files,
        )
        return writer.add(f"<</Type/Catalog{''.join(parts)}>>")
