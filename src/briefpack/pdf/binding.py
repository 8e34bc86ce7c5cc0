"""What is bound into one file, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from briefpack.pdf.facts import Facts
from briefpack.pdf.piece import Piece
from briefpack.products.model import Attachment
from briefpack.world import Digest

Overlay = tuple[Piece, int]
"""Furniture of one page: an untagged piece and the index of its page that is drawn."""


@dataclass(frozen=True, slots=True)
class BoundSection:
    """A section in its place: its pages and tags, its line in the outline, and the name of its beginning."""

    piece: Piece
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class BoundPart:
    """A part: the index of the section it begins with, its line in the outline, and the name of its beginning.

    Where no section has a destination of that name, it is the beginning of the first section.
    """

    first: int
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Binding:
    """A file to be made.

    `programs` holds the finished font program of each font key that a section or overlay uses. `overlays` is empty or
    has an entry for each page of the file. `elsewhere` gives the file of each name that lies in another volume; `keep`
    are names that other files lead to. `producer` names program and engine with their versions; `subject` names the
    product in problems.
    """

    sections: tuple[BoundSection, ...]
    facts: Facts
    programs: Mapping[str, bytes]
    parts: tuple[BoundPart, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    overlays: tuple[Overlay | None, ...] = ()
    first_page: int = 1
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    keep: frozenset[str] = frozenset()
    producer: str = "briefpack"
    subject: str = ""

    @property
    def pages(self) -> int:
        """How many pages the file has."""
        return sum(len(section.piece.pages) for section in self.sections)

    def pieces(self) -> Iterator[Piece]:
        """Yield every piece that is drawn, furniture included; one may come more than once."""
        for section in self.sections:
            yield section.piece
        for overlay in self.overlays:
            if overlay is not None:
                yield overlay[0]


@dataclass(frozen=True, slots=True)
class Linked:
    """A finished file: its bytes, how many pages it has, and for each the digest of its section's content stream.

    The stream is digested as it stands in the file, compressed. `anchors` gives the page of each name, from 1.
    """

    pdf: bytes
    pages: int
    contents: tuple[Digest, ...]
    anchors: Mapping[str, int] = field(default_factory=dict)
