"""What a file needs to know of a section before it is joined: how long it is, and what it names and uses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from briefpack.pdf.piece import Piece
from briefpack.pdf.setting import FurniturePage
from briefpack.world import Digest


@dataclass(frozen=True, slots=True)
class Extent:
    """The pages with their named strings, the page of each name in the section, names it leads to, and its glyphs.

    Pages count from 0. `fonts` maps a font key to the digest of its program and the glyphs drawn.
    """

    pages: tuple[FurniturePage, ...]
    names: Mapping[str, int]
    targets: frozenset[str]
    fonts: Mapping[str, tuple[Digest, frozenset[int]]]

    def to_bytes(self) -> bytes:
        """Return the extent as JSON; equal extents give equal bytes."""
        written = {
            "pages": [
                [page.name, {name: list(values) for name, values in page.strings.items()}] for page in self.pages
            ],
            "names": dict(self.names),
            "targets": sorted(self.targets),
            "fonts": {key: [program, sorted(glyphs)] for key, (program, glyphs) in self.fonts.items()},
        }
        return json.dumps(written, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Extent:
        """Return the extent that `to_bytes` wrote."""
        written = json.loads(content)
        return cls(
            tuple(FurniturePage(name, strings) for name, strings in written["pages"]),
            written["names"],
            frozenset(written["targets"]),
            {key: (program, frozenset(glyphs)) for key, (program, glyphs) in written["fonts"].items()},
        )


def extent_of(piece: Piece) -> Extent:
    """Return the extent of a piece."""
    return Extent(
        tuple(FurniturePage(page.name, page.strings) for page in piece.pages),
        {name: place.page for name, place in piece.destinations.items()},
        frozenset(link.target[1:] for link in piece.links if link.target.startswith("#"))
        - frozenset(piece.destinations),
        {key: (use.program, frozenset((*use.text, *use.widths))) for key, use in piece.fonts.items()},
    )
