"""Whether a finished file is what was bound: read back with another library than wrote it.

    verify_linked(content, binding) -> list[str]           what is wrong, in words; empty where nothing is
    examine(content, binding, name) -> Examined            the same, and what the inspector says of the file

Compared one by one: pages and their content streams, furniture, the tag tree with its way back, links with their
targets, the outline, fonts and attachments. What the content says is compared with the plan when a section is set
(`completeness`); here it is compared byte for byte with the section, packed or, after another program, unpacked.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from briefpack.diagnostics import Diagnostic
from briefpack.pdf.binding import Binding, Overlay
from briefpack.pdf.drawings import AFTER, BEFORE, FURNITURE, streams_of
from briefpack.pdf.facts import safe_name
from briefpack.pdf.fonts import merge_fonts, to_unicode
from briefpack.pdf.inspection import Structure, inspect_structure
from briefpack.pdf.inspection.elements import TextOf
from briefpack.pdf.inspection.findings import Findings
from briefpack.pdf.inspection.links import Found
from briefpack.pdf.inspection.tree import Node, Number, Tree, kids_of, names_of
from briefpack.pdf.objects import address, name_string
from briefpack.pdf.outline import Entry, entries_of
from briefpack.pdf.piece import Drawn, Link
from briefpack.pdf.places import Place, places_of
from briefpack.pdf.reading import read_content
from briefpack.pdf.tagcomparison import EnoughError, Problems, TagComparison


@dataclass(frozen=True, slots=True)
class Examined:
    """What in a file is not as it was bound, in words, and what the inspector found in it."""

    wrong: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def verify_linked(content: bytes, binding: Binding) -> list[str]:
    """Return what in the file `content` is not as `binding` says; at most about fifty problems."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return _Verification(pdf, binding).run()
    except pikepdf.PdfError as error:
        return [f"the file cannot be read: {error}"]


def examine(content: bytes, binding: Binding, name: str) -> Examined:
    """Verify a file and, where it is what was bound, inspect it; `name` is its place in problems.

    Tags and links are walked through once for both. What was found to be as bound is not looked at again: the way back,
    the outline, and what pages draw, which is what their sections drew (see `completeness`).
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            verification = _Verification(pdf, binding)
            if wrong := verification.run():
                return Examined(tuple(wrong))
            found = Findings(name, binding.subject)
            links, text_of = verification.links, _texts(binding)
            inspect_structure(Structure(pdf, verification.pages, verification.tree, links, text_of), found)
            return Examined((), found.all())
    except pikepdf.PdfError as error:
        return Examined((f"the file cannot be read: {error}",))


def _texts(binding: Binding) -> TextOf:
    """The words of elements for messages; pages are read only where something is to be said."""
    kept: dict[int, Mapping[int, list[str]]] = {}
    pages = [(section.piece, page) for section in binding.sections for page in section.piece.pages]

    def of(page: int, mcid: int) -> str:
        if page not in kept:
            piece, drawn = pages[page]
            kept[page] = read_content(drawn.content, piece).texts
        return "".join(kept[page].get(mcid, ()))

    return lambda node: " ".join(of(mark.page, mark.mcid) for mark in node.marks())


class _Verification:
    """One comparison of an open file with its binding."""

    def __init__(self, pdf: pikepdf.Pdf, binding: Binding) -> None:
        self.pdf = pdf
        self.binding = binding
        self.problems = Problems()
        self.places, _ = places_of(binding)
        self.pages: list[Any] = [page.obj for page in pdf.pages]
        self.indices: dict[Number, int] = {page.objgen: index for index, page in enumerate(self.pages)}
        self.tree = Tree()
        self.links: list[Found] = []
        self.forms: dict[Number, Overlay] = {}
        self.drawn: dict[Number, int] = {}

    def run(self) -> list[str]:
        """Compare everything and return what is wrong."""
        try:
            self._compare()
        except EnoughError:
            pass
        except (AttributeError, LookupError, TypeError, ValueError, RuntimeError, pikepdf.PdfError) as error:
            self.problems.found.append(f"the file is built otherwise than expected: {error}")
        return self.problems.found

    def _compare(self) -> None:
        if len(self.pages) != self.binding.pages or len(self.indices) != self.binding.pages:
            return self.problems.add(f"{len(self.indices)} pages where {self.binding.pages} were bound")
        root = self.pdf.Root
        self._fonts(self.pages[0].Resources.Font)
        self._sections(root.StructTreeRoot)
        self._labels(root)
        names = root.get("/Names")
        self._destinations({} if names is None else dict(names_of(names.get("/Dests"))))
        self._outline(root.get("/Outlines"), entries_of(self.binding, self.places), "the outline")
        self._attachments()
        return None

    # Pages and what they draw

    def _sections(self, tree: Any) -> None:
        document = kids_of(tree)[0]
        sections = kids_of(document)
        if len(sections) != len(self.binding.sections) or len(kids_of(tree)) != 1:
            return self.problems.add(
                f"{len(sections)} sections in the tag tree where {len(self.binding.sections)} were bound"
            )
        tags = TagComparison(self.problems, self.pages, tree)
        self.tree, top = tags.read, Node("Document", document.objgen, tree.objgen, document)
        self.tree.tops, self.tree.nodes = [top], [top]
        start = 0
        for section, element in zip(self.binding.sections, sections, strict=True):
            streams = streams_of(section.piece)
            for offset, page in enumerate(section.piece.pages):
                self._page(start + offset, page.content)
                self._drawn(start + offset, streams)
            tags.compare(section.piece, element, top, start)
            for number, page in enumerate(section.piece.pages, start):
                self._links(number, tags.annotations[number], [section.piece.links[index] for index in page.links])
            start += len(section.piece.pages)
        return None

    def _page(self, number: int, content: bytes) -> None:
        page = self.pages[number]
        contents, resources = page.Contents, page.Resources
        if resources.Font.objgen != self.fonts:
            self.problems.add(f"page {number + 1} has fonts of its own")
        overlay = self.binding.overlays[number] if self.binding.overlays else None
        if overlay is None:
            if not _is_same(contents, content):
                self.problems.add(f"page {number + 1} is not the page that was set")
            return None
        streams = list(contents) if isinstance(contents, pikepdf.Array) else []
        if len(streams) != 3 or not _is_same(streams[1], content):
            return self.problems.add(f"page {number + 1} is not the page that was set")
        for stream, expected in ((streams[0], BEFORE), (streams[2], AFTER)):
            if stream.read_bytes() != expected:
                self.problems.add(f"page {number + 1} draws more than its section and, as an artifact, its furniture")
        form = resources.XObject[f"/{FURNITURE}"]
        known = self.forms.get(form.objgen)
        if known is None and form.Resources.Font.objgen == self.fonts:
            known = overlay if _is_same(form, overlay[0].pages[overlay[1]].content) else None
        if known is None or known[0] is not overlay[0] or known[1] != overlay[1]:
            return self.problems.add(f"page {number + 1} has other furniture than was bound")
        self.forms[form.objgen] = known
        return None

    def _drawn(self, number: int, wanted: Mapping[str, Drawn]) -> None:
        """Compare the images and forms that a page names, each object of the file once."""
        found = {
            name: each
            for kind, group in self.pages[number].Resources.items()
            if kind != "/Font" and isinstance(group, pikepdf.Dictionary)
            for name, each in group.items()
            if isinstance(each, pikepdf.Stream) and name != f"/{FURNITURE}"
        }
        if found.keys() != wanted.keys():
            return self.problems.add(f"page {number + 1} draws with other images or forms than were set")
        for name, each in found.items():
            drawn = wanted[name]
            if self.drawn.get(each.objgen) != id(drawn.stream) and not _is_drawn(each, drawn):
                self.problems.add(f"{name[1:]!r}, which page {number + 1} draws, is another image or form than was set")
            self.drawn[each.objgen] = id(drawn.stream)
        return None

    # Links, destinations, outline

    def _links(self, number: int, found: Sequence[Any], links: Sequence[Link]) -> None:
        if len(found) != len(links):
            return self.problems.add(f"{len(found)} links on page {number + 1} where {len(links)} were set")
        for annotation, link in zip(found, links, strict=True):
            if self._target(annotation) != self._wanted(link.target):
                self.problems.add(f"a link of page {number + 1} leads elsewhere than to {link.target!r}")
            corners = [(min(pair), max(pair)) for pair in (link.rectangle[0::2], link.rectangle[1::2])]
            box = [float(corner) for corner in annotation.Rect]
            if max(abs(box[at] - corners[at % 2][at // 2]) for at in range(4)) > 0.01:
                self.problems.add(f"a link of page {number + 1} lies elsewhere than it was set")
            self.links.append(self._found(number, annotation.objgen, link))
            if str(annotation.Contents) != (link.says.strip() or link.target):
                self.problems.add(f"a link of page {number + 1} does not say {link.says!r}")
        return None

    def _found(self, page: int, number: Number, link: Link) -> Found:
        """A link as planned, and as found where nothing is said."""
        said, name = link.says.strip() or link.target, link.target.removeprefix("#")
        if name == link.target:
            return Found(page, number, said, address=link.target)
        place = self.places.get(name)
        if place is None:
            return Found(page, number, said, address=f"{self.binding.elsewhere.get(name, '')}#{name}")
        return Found(page, number, said, "", True, name, place.page)

    def _wanted(self, target: str) -> tuple[str, ...]:
        if not target.startswith("#"):
            return ("URI", address(target))
        if target[1:] in self.places:
            return ("Dest", name_string(target[1:])[1:-1])
        return ("GoToR", self.binding.elsewhere.get(target[1:], ""), name_string(target[1:])[1:-1])

    def _target(self, annotation: Any) -> tuple[str, ...]:
        if "/Dest" in annotation:
            return ("Dest", str(annotation.Dest))
        action = annotation.A
        return ("URI", str(action.URI)) if action.S == "/URI" else (str(action.S)[1:], str(action.F), str(action.D))

    def _destinations(self, found: Mapping[str, Any]) -> None:
        """Every name that is led to must be there and lie where its section has it; so must those that nobody needs."""
        wanted = {name_string(name)[1:-1]: place for name, place in self.places.items()}
        named = {link.target[1:] for section in self.binding.sections for link in section.piece.links}
        for name in sorted((named | self.binding.keep) & self.places.keys()):
            if name_string(name)[1:-1] not in found:
                self.problems.add(f"no destination {name!r}")
        for name, destination in found.items():
            place = wanted.get(name)
            if place is None or not self._is_at(destination, place):
                self.problems.add(f"the destination {name!r} lies elsewhere than planned")

    def _is_at(self, destination: Any, place: Place) -> bool:
        page, _, left, top, _ = destination
        near = abs(float(left) - place.left) < 0.01 and abs(float(top) - place.top) < 0.01
        return near and self.indices.get(page.objgen) == place.page

    def _outline(self, node: Any, entries: Sequence[Entry], where: str) -> None:
        item = node.get("/First") if node is not None else None
        for entry in entries:
            if item is None or str(item.Title) != entry.title or not self._is_at(item.Dest, entry.place):
                return self.problems.add(f"{where} has no line {entry.title!r} where it was planned")
            self._outline(item, entry.below, f"the outline below {entry.title!r}")
            item = item.get("/Next")
        return None if item is None else self.problems.add(f"{where} has a line too many: {str(item.Title)!r}")

    # What belongs to the whole file

    def _fonts(self, fonts: Any) -> None:
        self.fonts: Number = fonts.objgen
        planned = merge_fonts(self.binding.pieces())
        if set(fonts.keys()) != {f"/{key}" for key in planned}:
            return self.problems.add("the file has other fonts than its sections use")
        programs: dict[str, Number] = {}
        for key, use in planned.items():
            font = fonts[f"/{key}"]
            descriptor = font.DescendantFonts[0].FontDescriptor
            program = descriptor.get("/FontFile2", descriptor.get("/FontFile3"))
            if programs.setdefault(str(font.BaseFont), program.objgen) != program.objgen:
                self.problems.add(f"two programs have the name {font.BaseFont}")
            if program.read_bytes() != self.binding.programs[key]:
                self.problems.add(f"the font {key} has another program than was cut for it")
            if font.ToUnicode.read_bytes() != to_unicode(use.text).encode():
                self.problems.add(f"the glyphs of the font {key} stand for other characters than were set")
        return None

    def _labels(self, root: Any) -> None:
        first = root.PageLabels.Nums[1]
        if first.S != "/D" or int(first.get("/St", 1)) != self.binding.first_page:
            self.problems.add(f"the pages are not numbered from {self.binding.first_page}")
        if str(root.Lang) != self.binding.facts.language:
            self.problems.add(f"the language of the file is not {self.binding.facts.language!r}")

    def _attachments(self) -> None:
        taken: set[str] = set()
        wanted: dict[str, bytes] = {}
        for item in self.binding.attachments:
            name = safe_name(item.name, taken)
            taken.add(name)
            wanted[name] = item.content
        found = {name: specification.get_file().read_bytes() for name, specification in self.pdf.attachments.items()}
        if found != wanted:
            self.problems.add("other files are attached than were bound")


def _is_drawn(stream: Any, drawn: Drawn) -> bool:
    """Whether a stream of the file holds what was drawn, which has a filter of its own or none."""
    content = drawn.stream or b""
    if b"/Filter" in drawn.dictionary:
        return bool(stream.read_raw_bytes().rstrip(b"\n") == content.rstrip(b"\n"))
    return bool(stream.read_bytes() == content)


def _is_same(stream: Any, content: bytes) -> bool:
    """Whether a stream of the file holds `content`, which is compressed: bytes first, then what they unpack to."""
    return bool(stream.read_raw_bytes() == content) or stream.read_bytes() == zlib.decompress(content)
