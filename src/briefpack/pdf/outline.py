"""The outline that readers show beside the pages (ISO 32000-1, 12.3.3): parts, and in them their sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefpack.pdf.binding import Binding
from briefpack.pdf.objects import Writer, text_string
from briefpack.pdf.places import Place, beginnings


@dataclass(slots=True)
class Entry:
    """A line: what it says, where it leads, and the lines below it."""

    title: str
    place: Place
    below: list[Entry] = field(default_factory=list)


def entries_of(binding: Binding, places: Mapping[str, Place]) -> list[Entry]:
    """Return the lines of the outline: sections before the first part stand alone."""
    # A part named as its section is that section.
    opening = {part.first: part for part in binding.parts}
    root: list[Entry] = []
    current = root
    for index, (section, place) in enumerate(zip(binding.sections, beginnings(binding, places), strict=True)):
        part = opening.get(index)
        if part is not None:
            current = root
        if part is not None and part.title != section.title:
            root.append(Entry(part.title, places.get(part.anchor, place)))
            current = root[-1].below
        current.append(Entry(section.title, place))
    return root


def put_outline(writer: Writer, entries: Sequence[Entry], first: int) -> str:
    """Write the outline and return the catalog's entries; `first` is the number of the first page."""
    if not entries:
        return ""
    root = writer.reserve()
    numbers, count = _put_level(writer, entries, root, first)
    writer.put(root, f"<</Type/Outlines/First {numbers[0]} 0 R/Last {numbers[-1]} 0 R/Count {count}>>")
    mode = "/PageMode/UseOutlines" if count > 1 else ""
    return f"/Outlines {root} 0 R{mode}"


def _put_level(writer: Writer, entries: Sequence[Entry], parent: int, first: int) -> tuple[range, int]:
    """Write lines below `parent`; return their numbers, and how many lines there are with those below them."""
    start = writer.reserve(len(entries))
    numbers, total = range(start, start + len(entries)), len(entries)
    for number, entry in zip(numbers, entries, strict=True):
        links = [f"/Prev {number - 1} 0 R"] if number > start else []
        links += [f"/Next {number + 1} 0 R"] if number < numbers[-1] else []
        if entry.below:
            below, count = _put_level(writer, entry.below, number, first)
            total += count
            links.append(f"/First {below[0]} 0 R/Last {below[-1]} 0 R/Count {count}")
        said = f"/Title{text_string(entry.title)}/Dest{entry.place.destination(first)}"
        writer.put(number, f"<<{said}/Parent {parent} 0 R{''.join(links)}>>")
    return numbers, total
