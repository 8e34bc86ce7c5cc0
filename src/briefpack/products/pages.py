"""What passes from templating to pdf: printed sections, how they are set, and the styles they are laid out with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

PageName = Literal["portrait", "landscape", "cover"]

SHORT_WORDS = 12
"""How many words a shortened quotation keeps where nothing else is said."""


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How a section is set: what the fit decided, and whether it is one page of its own.

    `size` is the points' type in pt, `spacing` a factor; `quotations` is "full", "short" (then about
    `quotation_words` words are left of each statement's quotations) or "locator"; `left_out` names blocks that the
    audience made optional and the fit left out; `levers` is what the fit did, in words, for the foot of the page.
    `folio` is False for a product of one page, which needs no page number. `numbers` are the page numbers by target
    (`#anchor`) that a late section prints.
    """

    size: float = 10.0
    spacing: float = 1.0
    quotations: str = "full"
    quotation_words: int = SHORT_WORDS
    left_out: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    folio: bool = True
    numbers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SectionHtml:
    """A printed section: its fragment of HTML, what it is called in the outline, and the page it wants.

    `subject` names the product in problems.
    """

    kind: str
    title: str
    anchor: str
    html: str
    page: PageName
    lang: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One style sheet and the file the user knows it by."""

    file: str
    css: str


@dataclass(frozen=True, slots=True)
class Styles:
    """What fragments are laid out with: the style sheets, and by path the files that they and the templates may name.

    `fonts` are the paths in `assets` of the files that hold the fonts. Equal digests set equal pages.
    """

    sheets: tuple[Sheet, ...]
    assets: Mapping[str, bytes]
    fonts: tuple[str, ...]
    digest: str = ""

    def to_bytes(self) -> bytes:
        """Return the styles as bytes, for another process; equal styles give equal bytes."""
        names = sorted(self.assets)
        head = {
            "sheets": [[sheet.file, sheet.css] for sheet in self.sheets],
            "assets": [[name, len(self.assets[name])] for name in names],
            "fonts": self.fonts,
            "digest": self.digest,
        }
        packed = json.dumps(head).encode()
        return b"".join((len(packed).to_bytes(4, "big"), packed, *(self.assets[name] for name in names)))

    @classmethod
    def from_bytes(cls, content: bytes) -> Styles:
        """Return the styles that `to_bytes` wrote."""
        at = 4 + int.from_bytes(content[:4], "big")
        head = json.loads(content[4:at])
        assets = {}
        for name, size in head["assets"]:
            assets[name] = content[at : at + size]
            at += size
        sheets = tuple(Sheet(file, css) for file, css in head["sheets"])
        return cls(sheets, assets, tuple(head["fonts"]), head["digest"])
