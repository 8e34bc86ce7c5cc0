"""Steps 6 and 7 for one product: its sections as HTML, fitted where one page means one page, then the PDF."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from briefpack.diagnostics import Checked, Diagnostic
from briefpack.pack.edtf import Edtf
from briefpack.pack.model import Audience, BriefLimits
from briefpack.pdf.fit import Fitted, fit_page
from briefpack.pdf.render import Facts, render_pdf
from briefpack.products.annex import without_places
from briefpack.products.composer import Composed
from briefpack.products.model import Annex, Brief, Dossier, Head, Note, Section
from briefpack.products.pages import SectionHtml
from briefpack.templating.blocks import statements
from briefpack.templating.bundle import Bundle
from briefpack.templating.fitting import BriefSetter
from briefpack.templating.sections import name_parts, render_section
from briefpack.templating.styles import styles_of
from briefpack.world import Digest, digest

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file, and the levers that made it fit."""

    pdf: bytes
    pages: int
    digest: Digest
    fit: tuple[str, ...]


@dataclass(slots=True)
class Press:
    """Renders the products of one audience. A brief is fitted once, and set alike by itself and in the dossier."""

    bundle: Bundle
    audience: Audience
    limits: BriefLimits
    fits: dict[str, Checked[Fitted | None]] = field(default_factory=dict)

    def render(self, composed: Composed) -> Checked[Rendered | None]:
        """Render one product; None where a problem is an error."""
        product = composed.product
        assert product is not None, "only products that nothing blocks are rendered"
        problems: list[Diagnostic] = []
        levers: list[str] = []
        sections: list[SectionHtml] = []
        is_dossier = isinstance(product, Dossier)
        planned: tuple[Section, ...] = product.sections if isinstance(product, Dossier) else (product,)
        gone = self._left_out(planned)
        for section in planned:
            whole = without_places(section, gone) if isinstance(section, Annex) else section
            html = self._section(whole, problems, levers, folio=is_dossier)
            if html is not None:
                sections.append(html)
        if any(problem.is_error for problem in problems):
            return Checked(None, tuple(problems))
        made = render_pdf(
            sections,
            styles_of(self.bundle),
            _facts(product.head, product.title if isinstance(product, Dossier) else product.short),
            parts=name_parts(product.parts, self.bundle, product.head.language) if isinstance(product, Dossier) else (),
            attachments=composed.attachments,
        )
        problems += made.diagnostics
        if made.value is None or any(problem.is_error for problem in problems):
            return Checked(None, tuple(problems))
        pdf = made.value.pdf
        fit = () if is_dossier else tuple(levers)
        return Checked(Rendered(pdf, made.value.pages, digest(pdf), fit), tuple(problems))

    def _left_out(self, sections: tuple[Section, ...]) -> frozenset[str]:
        """The anchors of statements that the fit of a brief leaves out: nothing may lead there."""
        gone: set[str] = set()
        for section in sections:
            if isinstance(section, Brief) and (fitted := self._fit(section).value) and fitted.options.left_out:
                shorter = BriefSetter(section, self.bundle, self.limits).without(fitted.options.left_out)
                kept = {cited.anchor for cited in statements(shorter)}
                gone |= {cited.anchor for cited in statements(section)} - kept
        return frozenset(gone)

    def _section(
        self, section: Section, problems: list[Diagnostic], levers: list[str], *, folio: bool
    ) -> SectionHtml | None:
        options = None
        if isinstance(section, Brief):
            fitted = self._fit(section)
            if fitted.value is None:
                problems += fitted.diagnostics
                return None
            levers += fitted.value.levers
            options = replace(fitted.value.options, folio=folio)
            section = BriefSetter(section, self.bundle, self.limits).without(options.left_out)
        html = render_section(section, self.bundle, options=options)
        problems += html.diagnostics
        return html.value

    def _fit(self, brief: Brief) -> Checked[Fitted | None]:
        """How the brief fits. Where its citations lead makes no difference to the page, so links are left out."""
        if brief.id not in self.fits:
            facts = _facts(brief.head, brief.short)
            setter = BriefSetter(_without_links(brief), self.bundle, self.limits)
            self.fits[brief.id] = fit_page(setter, styles_of(self.bundle), self.limits, self.audience.optional, facts)
        return self.fits[brief.id]


def _without_links(value: T) -> T:
    """The same product with citations that lead nowhere."""
    if isinstance(value, tuple):
        return tuple(_without_links(item) for item in value)  # type: ignore[return-value]
    if isinstance(value, Note):
        return replace(value, href="")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed: dict[str, Any] = {}
        for item in dataclasses.fields(value):
            old = getattr(value, item.name)
            new = _without_links(old) if isinstance(old, tuple) or dataclasses.is_dataclass(old) else old
            if new is not old:
                changed[item.name] = new
        return replace(value, **changed) if changed else value
    return value


def _facts(head: Head, title: str) -> Facts:
    return Facts(
        title=title if title == head.pack_title else f"{title} – {head.pack_title}",
        language=head.language,
        author=head.organisation,
        date=_day(head.date),
    )


def _day(date: Edtf | None) -> datetime.date | None:
    return datetime.date(*date.end.last) if date else None
