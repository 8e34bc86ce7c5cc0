"""Whether the bundle's fonts have every character that will be printed; a missing glyph is an error before layout."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from html import unescape

from briefpack.diagnostics import Code, Diagnostic, Location
from briefpack.products.pages import SectionHtml, Styles
from briefpack.world import digest

_ID = re.compile(r'\sid="([^"]+)"')
_TAG = re.compile(r"<[^>]*>")
_UNSEEN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))


class _Maps:
    """Character maps by the digest of their font file."""

    def __init__(self) -> None:
        self.kept: dict[str, frozenset[int]] = {}
        self.united: dict[str, frozenset[int]] = {}
        """Those of all fonts of a bundle, by the digest of its styles: hashing fonts takes longer than a short text."""

    def all_of(self, styles: Styles) -> frozenset[int]:
        if not styles.digest:
            return frozenset().union(*(self.of(styles.assets[path]) for path in styles.fonts))
        if styles.digest not in self.united:
            self.united[styles.digest] = frozenset().union(*(self.of(styles.assets[path]) for path in styles.fonts))
        return self.united[styles.digest]

    def of(self, content: bytes) -> frozenset[int]:
        key = digest(content)
        if key not in self.kept:
            from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to import, comes with WeasyPrint

            self.kept[key] = frozenset(TTFont(io.BytesIO(content), lazy=True).getBestCmap() or ())
        return self.kept[key]


_MAPS = _Maps()


def missing_glyphs(sections: Sequence[SectionHtml], styles: Styles) -> tuple[Diagnostic, ...]:
    """Return a `glyph-missing` for each character that no font of the bundle has, with the words around it."""
    covered = _MAPS.all_of(styles)
    found: dict[str, Diagnostic] = {}
    for section in sections:
        for character in sorted(set(section.html) - _ascii()):
            if (
                character not in found
                and ord(character) not in covered
                and unicodedata.category(character) not in _UNSEEN
            ):
                found[character] = _problem(character, section)
    return tuple(found.values())


@lru_cache(maxsize=1)
def _ascii() -> frozenset[str]:
    return frozenset(chr(code) for code in range(128))


def _problem(character: str, section: SectionHtml) -> Diagnostic:
    text = unescape(_TAG.sub(" ", section.html))
    position = max(text.find(character), 0)
    before = _ID.findall(section.html[: max(section.html.find(character), 0)])
    statement = f", at #{before[-1]}" if before else ""
    around = " ".join(text[max(position - 30, 0) : position + 30].split())
    name = unicodedata.name(character, "unnamed").lower()
    return Diagnostic(
        Code.GLYPH_MISSING,
        f"no font of the bundle has U+{ord(character):04X} ({name}), printed in {section.title!r}{statement}",
        Location(section.subject or section.kind),
        hint="add a font that has it under [[fonts]] in template.toml, or write the character otherwise",
        subject=section.subject,
        detail=(f"… {around} …",),
    )
