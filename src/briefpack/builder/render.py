"""Steps 6 and 7 for one product: its sections as HTML, fitted where one page means one page, then the PDF."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from briefpack.diagnostics import Checked, Diagnostic
from briefpack.pack.edtf import Edtf
from briefpack.pack.model import Audience, Pack
from briefpack.pdf.fit import fit_brief
from briefpack.pdf.render import Facts, render_pdf
from briefpack.products.composer import Composed
from briefpack.products.model import Brief, Dossier, Head, Section
from briefpack.templating.bundle import Bundle
from briefpack.templating.sections import RenderOptions, SectionHtml, render_section
from briefpack.templating.styles import styles_of
from briefpack.world import Digest, digest


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file, and the levers that made it fit."""

    pdf: bytes
    pages: int
    digest: Digest
    fit: tuple[str, ...]


def render_product(composed: Composed, bundle: Bundle, audience: Audience, pack: Pack) -> Checked[Rendered | None]:
    """Render one product for one audience; None where a problem is an error."""
    product = composed.product
    assert product is not None
    problems: list[Diagnostic] = []
    fit: tuple[str, ...] = ()
    sections: list[SectionHtml] = []
    for section in product.sections if isinstance(product, Dossier) else (product,):
        html, levers = _section(section, bundle, audience, pack, problems, alone=not isinstance(product, Dossier))
        fit += levers
        if html is not None:
            sections.append(html)
    if any(problem.is_error for problem in problems):
        return Checked(None, _named(problems, composed.name))
    facts = _facts(product.head, product.title if isinstance(product, Dossier) else product.short)
    made = render_pdf(
        sections,
        styles_of(bundle),
        facts,
        parts=product.parts if isinstance(product, Dossier) else (),
        attachments=composed.attachments,
    )
    problems += made.diagnostics
    if made.value is None or any(problem.is_error for problem in problems):
        return Checked(None, _named(problems, composed.name))
    pdf = made.value.pdf
    return Checked(Rendered(pdf, made.value.pages, digest(pdf), fit), _named(problems, composed.name))


def _section(
    section: Section, bundle: Bundle, audience: Audience, pack: Pack, problems: list[Diagnostic], *, alone: bool
) -> tuple[SectionHtml | None, tuple[str, ...]]:
    if isinstance(section, Brief):
        fitted = fit_brief(section, bundle, pack.brief, audience.optional, folio=not alone)
        problems += fitted.diagnostics
        return (fitted.value.section, fitted.value.levers) if fitted.value else (None, ())
    html = render_section(section, bundle, options=RenderOptions(folio=True))
    problems += html.diagnostics
    return html.value, ()


def _facts(head: Head, title: str) -> Facts:
    return Facts(
        title=f"{title} – {head.pack_title}" if title != head.pack_title else title,
        language=head.language,
        author=head.organisation,
        date=_day(head.date),
    )


def _day(date: Edtf | None) -> datetime.date | None:
    return datetime.date(*date.end.last) if date else None


def _named(problems: Sequence[Diagnostic], name: str) -> tuple[Diagnostic, ...]:
    """Problems without a subject are about the product."""
    return tuple(problems) if not name else tuple(problems)
