"""Sections to PDF in one call, for tests."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from briefpack.diagnostics import Checked
from briefpack.pdf.render import Facts, Rendered, render_pdf
from briefpack.products import model as m
from briefpack.products.pages import SectionHtml
from briefpack.shipped import shipped_pack
from briefpack.templating.bundle import Bundle, load_bundle
from briefpack.templating.sections import name_parts, render_section
from briefpack.templating.styles import styles_of
from briefpack.world import World

FACTS = Facts("Migration and reintegration", "en", "Briefing desk", datetime.date(2026, 11, 22))

_LOADED = load_bundle(World(shipped_pack()), "base").value
assert _LOADED is not None
BASE: Bundle = _LOADED


def sections_of(sections: Sequence[m.Section], bundle: Bundle = BASE) -> list[SectionHtml]:
    found = []
    for section in sections:
        checked = render_section(section, bundle)
        assert checked.diagnostics == ()
        assert checked.value is not None
        found.append(checked.value)
    return found


def printed(sections: Sequence[m.Section], bundle: Bundle = BASE, **more: Any) -> Rendered:
    more["parts"] = name_parts(more.get("parts", ()), bundle, FACTS.language)
    checked = render_pdf(sections_of(sections, bundle), styles_of(bundle), FACTS, **more)
    assert checked.diagnostics == ()
    assert checked.value is not None
    return checked.value


def fragment(html: str, bundle: Bundle = BASE) -> Checked[Rendered | None]:
    """Print a bare fragment in a section of its own."""
    body = f'<section class="sheet page-portrait" id="s">{html}</section>'
    return render_pdf(
        [SectionHtml("brief", "S", "s", body, "portrait", "en", "donors/brief/s")], styles_of(bundle), FACTS
    )
