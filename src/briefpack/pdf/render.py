"""Sections of HTML to the bytes of one PDF.

    render_pdf(sections, styles, facts, parts=(), attachments=()) -> Checked[Rendered | None]
    lay_out(sections, styles, facts) -> Layout                     pages only, for the fit

One HTML document holds all sections; nothing typeset in one of them depends on the numbering of another.
"""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from briefpack.diagnostics import Checked, Code, Diagnostic, Location
from briefpack.pdf.completion import complete
from briefpack.pdf.engine import listening, press_of
from briefpack.pdf.facts import EPOCH, Facts, clean, safe_name
from briefpack.pdf.fetcher import BASE_URL, asset_fetcher
from briefpack.pdf.finish import Finish, finish
from briefpack.pdf.glyphs import missing_glyphs
from briefpack.products.model import Attachment, PartTitle
from briefpack.products.pages import SectionHtml, Styles

__all__ = ["Facts", "Layout", "Rendered", "lay_out", "render_pdf", "safe_name"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF, how many pages it has, and on which page (from 1) each anchor lies."""

    pdf: bytes
    pages: int
    anchors: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """Laid-out pages: WeasyPrint's document, and the problems met on the way."""

    document: Any
    diagnostics: tuple[Diagnostic, ...]


def render_pdf(
    sections: Sequence[SectionHtml],
    styles: Styles,
    facts: Facts,
    *,
    parts: Sequence[tuple[int, PartTitle]] = (),
    attachments: Sequence[Attachment] = (),
) -> Checked[Rendered | None]:
    """Lay out `sections`, write them as tagged PDF/A-3a and finish the file; None where a problem is an error.

    `parts` gives the index of the section with which each titled part begins. The same arguments give the same bytes.
    """
    problems = [*missing_glyphs(sections, styles)]
    if any(problem.is_error for problem in problems):
        return Checked(None, tuple(problems))
    layout = lay_out(sections, styles, facts, parts)
    problems += layout.diagnostics
    if any(problem.is_error for problem in problems):
        return Checked(None, tuple(problems))
    pages = layout.document.pages
    anchors = _anchors(pages)
    with listening() as log, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
        raw = layout.document.write_pdf(
            finisher=complete,
            pdf_variant="pdf/a-3a",
            full_fonts=False,
            attachments=_embedded(attachments, facts, layout.document.url_fetcher),
        )
    problems += [_failed(message, facts.title) for message in log.messages]
    wanted = Finish(tuple(sections), tuple(parts), anchors)
    return Checked(Rendered(finish(raw, wanted), len(pages), anchors), tuple(problems))


def lay_out(
    sections: Sequence[SectionHtml], styles: Styles, facts: Facts, parts: Sequence[tuple[int, PartTitle]] = ()
) -> Layout:
    """Break `sections` into pages without writing them."""
    press = press_of(styles)
    subject = sections[0].subject if sections else ""
    fetcher = asset_fetcher(styles.assets, subject or "templates")
    with listening() as log:
        html = press.module.HTML(string=_document(sections, facts, parts), base_url=BASE_URL, url_fetcher=fetcher)
        document = html.render(font_config=press.fonts, stylesheets=list(press.sheets))
    broken = _broken_links(document.pages, subject)
    noise = [message for message in log.messages if not _told_better(message, bool(fetcher.problems))]
    return Layout(
        document, (*press.diagnostics, *fetcher.problems, *broken, *(_failed(message, subject) for message in noise))
    )


def _told_better(message: str, has_fetch_problems: bool) -> bool:
    """Whether a log message repeats what a diagnostic of ours says with a place."""
    return message.startswith("No anchor #") or (has_fetch_problems and "Failed to load" in message)


def _document(sections: Sequence[SectionHtml], facts: Facts, parts: Sequence[tuple[int, PartTitle]]) -> str:
    opening = {index: part.anchor for index, part in parts}
    bodies = []
    for index, section in enumerate(sections):
        # A part has no page of its own: its anchor is the box around its first section.
        start = f'<div id="{escape(opening[index])}">' if opening.get(index) else ""
        bodies.append(f"{start}{section.html}{'</div>' if start else ''}")
    author = f'<meta name="author" content="{escape(facts.author)}">' if facts.author else ""
    created = f'<meta name="dcterms.created" content="{facts.date.isoformat()}">' if facts.date else ""
    title = f"<title>{escape(clean(facts.title))}</title>"
    head = f'<html lang="{escape(facts.language)}"><head><meta charset="utf-8">{title}{author}{created}</head>'
    return f"<!DOCTYPE html>{head}<body>{''.join(bodies)}</body></html>"


def _anchors(pages: Sequence[Any]) -> dict[str, int]:
    anchors: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        for name in page.anchors:
            anchors.setdefault(name, number)
    return anchors


def _broken_links(pages: Sequence[Any], subject: str) -> list[Diagnostic]:
    anchors = _anchors(pages)
    wrong = {
        str(target): None
        for page in pages
        for kind, target, _, _ in page.links
        if (kind == "internal" and target not in anchors)
        or (
            kind == "external"
            and (target.startswith(BASE_URL) or not target.startswith(("https://", "http://", "mailto:")))
        )
    }
    return [
        Diagnostic(
            Code.LINK_BROKEN,
            f"a link leads to {target.removeprefix(BASE_URL)!r}, which is not in the document",
            Location(subject or "templates"),
            hint="link to an anchor of the product's data or to an address that begins with https://",
            subject=subject,
        )
        for target in wrong
    ]


def _failed(message: str, subject: str) -> Diagnostic:
    return Diagnostic(
        Code.RENDER_FAILED, f"the layout engine says: {message.rstrip('.')}", Location(subject), subject=subject
    )


def _embedded(attachments: Sequence[Attachment], facts: Facts, fetcher: Any) -> list[Any]:
    """Return WeasyPrint's attachments: bytes with fixed dates and harmless, distinct names."""
    from weasyprint import Attachment as Embedded  # noqa: PLC0415 - imported late, see `engine`

    day = facts.date or EPOCH
    moment = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    names: set[str] = set()
    found = []
    for item in attachments:
        name = safe_name(item.name, names)
        names.add(name)
        found.append(
            Embedded(
                file_obj=_Named(item.content),
                name=name,
                description=item.description,
                created=moment,
                modified=moment,
                relationship=item.relationship,
                url_fetcher=fetcher,
                base_url=BASE_URL,
            )
        )
    return found


class _Named:
    """Bytes to read once, without the file name that WeasyPrint would look for."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def read(self) -> bytes:
        """Return all of it."""
        return self.content
