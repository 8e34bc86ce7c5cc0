"""Typographic care: what a typesetter would mend, found in the layout of each section when it is set.

    check_typography(document, section) -> tuple[Diagnostic, ...]      warnings and notices, never errors

`sight` walks WeasyPrint's boxes once and keeps lines; `pages`, `measures` and `wording` look at these. What is found
is kept with the section, so a build that takes it from the store says the same again.
"""

from __future__ import annotations

from typing import Any

from briefpack.diagnostics import Code, Diagnostic
from briefpack.pdf.typography.measures import measure_problems
from briefpack.pdf.typography.pages import page_problems
from briefpack.pdf.typography.report import Report
from briefpack.pdf.typography.sight import seen
from briefpack.pdf.typography.wording import wording_problems
from briefpack.products.pages import SectionHtml

CODES = frozenset(
    (
        Code.PAGE_UNDERFULL,
        Code.LINE_SINGLE,
        Code.HEADING_LOW,
        Code.HEADING_SHORT_END,
        Code.MEASURE_WIDE,
        Code.MEASURE_NARROW,
        Code.OUTSIDE_PAGE,
        Code.SPACE_BREAKING,
        Code.QUOTATION_MARKS,
    )
)
"""All codes of typography."""


def check_typography(document: Any, section: SectionHtml) -> tuple[Diagnostic, ...]:
    """Return what is to be mended in WeasyPrint's `document`, the layout of `section`, in order of its pages."""
    pages = seen(document, section.lang)
    report = Report(section, len(pages))
    page_problems(pages, report)
    measure_problems(pages, report)
    wording_problems(pages, report)
    return tuple(report.found)
