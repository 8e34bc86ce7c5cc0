"""Sections printed once: the HTML of a section that was printed before comes from a memo table.

    print_section(section, bundle, options, memo, fingerprint) -> Checked[SectionHtml | None]

A print rests on the section's data, the bundle (its templates, strings and settings, by its digest), the options and
the toolchain, and on nothing else; so all of that is its key. Only prints without any problem are kept: what has one is
printed again, and says so again. A value of the table that is no printed section counts as not found.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Protocol

from briefpack.diagnostics import Checked
from briefpack.products.canonical import product_digest
from briefpack.products.model import Section
from briefpack.products.pages import RenderOptions, SectionHtml
from briefpack.templating.bundle import Bundle
from briefpack.templating.sections import render_section
from briefpack.world import Digest, digest

TABLE = "html"
"""The name of the memo table."""

_FIELDS = tuple(field.name for field in fields(SectionHtml))
_PAGES = ("portrait", "landscape", "cover")


class Table(Protocol):
    """A memo table, such as `Store.memo(TABLE)`: what was kept under a key is found again, or it is not."""

    def find(self, key: Digest) -> bytes | None:
        """Return what was kept under `key`, or None."""

    def keep(self, key: Digest, value: bytes) -> object:
        """Put `value` under `key`."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A memo table of which nothing is used, for what is to be made again; what is new is kept."""

    table: Table

    def find(self, key: Digest) -> None:
        """Find nothing."""
        del key

    def keep(self, key: Digest, value: bytes) -> object:
        """Put `value` under `key`."""
        return self.table.keep(key, value)


def print_section(
    section: Section, bundle: Bundle, options: RenderOptions | None, memo: Table, fingerprint: Digest
) -> Checked[SectionHtml | None]:
    """Return what `render_section` returns. `fingerprint` is that of the toolchain, briefpack's own code included."""
    options = options or RenderOptions()
    key = print_key(section, bundle, options, fingerprint)
    if (kept := memo.find(key)) and (known := from_bytes(kept)):
        return Checked(known, ())
    made = render_section(section, bundle, options=options)
    if made.value is not None and not made.diagnostics:
        memo.keep(key, to_bytes(made.value))
    return made


def print_key(section: Section, bundle: Bundle, options: RenderOptions, fingerprint: Digest) -> Digest:
    """Return the digest of all that the print of a section rests on."""
    parts = (fingerprint, bundle.digest, product_digest(options), product_digest(section))
    return digest("\n".join(parts).encode())


def to_bytes(html: SectionHtml) -> bytes:
    """Return a printed section as bytes."""
    return json.dumps(asdict(html), ensure_ascii=False).encode("utf-8", "surrogatepass")


def from_bytes(content: bytes) -> SectionHtml | None:
    """Return the section that `to_bytes` wrote, or None for any other bytes."""
    try:
        written = json.loads(content.decode("utf-8", "surrogatepass"))
    except ValueError:
        return None
    if not isinstance(written, dict) or tuple(written) != _FIELDS or written["page"] not in _PAGES:
        return None
    return SectionHtml(**written) if all(isinstance(text, str) for text in written.values()) else None
