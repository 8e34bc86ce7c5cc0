"""Named places of a file: where each name lies, and which names are broken or doubled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefpack.diagnostics import Code, Diagnostic, Location
from briefpack.pdf.binding import Binding
from briefpack.pdf.objects import Writer, name_string, real
from briefpack.pdf.trees import put_tree

ADDRESSES = ("https://", "http://", "mailto:")
"""How an address begins that a link may lead to; any other target is `#name`."""


@dataclass(frozen=True, slots=True)
class Place:
    """The index of a page in the file, and a place on it."""

    page: int
    left: float
    top: float

    def destination(self, first: int) -> str:
        """Return the explicit destination (12.3.2.2), where `first` is the number of the first page."""
        return f"[{first + self.page} 0 R/XYZ {real(self.left)} {real(self.top)} 0]"


def places_of(binding: Binding) -> tuple[dict[str, Place], list[Diagnostic]]:
    """Return the place of each name in the file, and a problem for each name that stands for two."""
    places: dict[str, Place] = {}
    problems = []
    start = 0
    for section in binding.sections:
        for name, found in section.piece.destinations.items():
            if name in places:
                problems.append(_doubled(name, section.title, binding))
            places[name] = Place(start + found.page, found.left, found.top)
        start += len(section.piece.pages)
    openings = list(beginnings(binding, places))
    for part in binding.parts:
        if part.anchor and 0 <= part.first < len(openings):
            places.setdefault(part.anchor, openings[part.first])
    return places, problems


def beginnings(binding: Binding, places: Mapping[str, Place]) -> Iterator[Place]:
    """Yield where each section begins: at its anchor, else at the top of its first page."""
    start = 0
    for section in binding.sections:
        pages = section.piece.pages
        yield places.get(section.anchor) or Place(start, 0, pages[0].height if pages else 0)
        start += len(pages)


def broken_links(binding: Binding, places: Mapping[str, Place]) -> list[Diagnostic]:
    """Return a problem for each target that is neither in this file nor in another volume nor an address."""
    wanted: dict[str, str] = {}
    for section in binding.sections:
        if section.anchor:
            wanted.setdefault(f"#{section.anchor}", section.title)
        for link in section.piece.links:
            wanted.setdefault(link.target, section.title)
    for name in sorted(binding.keep):
        wanted.setdefault(f"#{name}", binding.facts.title)
    return [
        Diagnostic(
            Code.LINK_BROKEN,
            f"a link in {title!r} leads to {target!r}, which is not in the document",
            Location(binding.subject or "templates"),
            hint="link to an anchor of the product's data or to an address that begins with https://",
            subject=binding.subject,
        )
        for target, title in wanted.items()
        if not _leads_somewhere(target, binding, places)
    ]


def _leads_somewhere(target: str, binding: Binding, places: Mapping[str, Place]) -> bool:
    if target.startswith("#"):
        return target[1:] in places or target[1:] in binding.elsewhere
    return target.startswith(ADDRESSES)


def targets_of(binding: Binding, places: Mapping[str, Place]) -> list[str]:
    """Return the names of this file that something leads to, sorted."""
    wanted = {section.anchor for section in binding.sections} | {part.anchor for part in binding.parts} | binding.keep
    wanted |= {link.target[1:] for section in binding.sections for link in section.piece.links}
    return sorted(name for name in wanted if name in places)


def put_places(writer: Writer, names: list[str], places: Mapping[str, Place], first: int) -> str:
    """Write the name tree of destinations; return the entry of the catalog's names."""
    if not names:
        return ""
    entries = sorted((name_string(name), places[name].destination(first)) for name in names)
    root = writer.reserve()
    put_tree(writer, root, "Names", entries)
    return f"/Dests {root} 0 R"


def _doubled(name: str, title: str, binding: Binding) -> Diagnostic:
    return Diagnostic(
        Code.ID_DUPLICATE,
        f"the anchor {name!r} of {title!r} stands in another section of the same file as well",
        Location(binding.subject or "templates"),
        hint="give each element that is linked to an id of its own",
        subject=binding.subject,
    )
