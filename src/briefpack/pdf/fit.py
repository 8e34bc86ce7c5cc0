"""One page means one page: finding the gentlest setting in which a brief fits the paper of its audience.

    fit_page(setter, styles, limits, optional) -> Checked[Fitted | None]

Levers in order: spacing, size, the form of quotations (full; cut after fewer and fewer words; locators only), then the
blocks that the audience made optional, one after the other. Each lever is used as little as will do, to an eighth.
What was used is named at the foot of the page and returned. Where nothing helps,
`page-overflow` says by how many lines, and what is longest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from briefpack.diagnostics import Checked, Diagnostic
from briefpack.pack.model import BriefLimits
from briefpack.pdf.layout import Layout, lay_out
from briefpack.pdf.measure import fullness, lines_over
from briefpack.pdf.setting import document
from briefpack.products.pages import RenderOptions, SectionHtml, Styles

CUTS = (48, 42, 36, 32, 28, 24, 21, 18, 15, 12, 9, 6)
"""The numbers of words left of each statement's quotations, in order. A quotation's last number is always kept."""

_STEPS = 8
"""Settings of a lever after the first."""

_SPACING_STEP = 0.006
_SIZE_STEP = 0.016
"""How much fuller a page gets by one setting of either lever, about."""


class Setter(Protocol):
    """Whoever can print the brief in any setting; see `templating.fitting`."""

    def section(self, options: RenderOptions) -> Checked[SectionHtml | None]:
        """Print the brief in one setting."""

    def can_leave_out(self, block: str, gone: tuple[str, ...]) -> bool:
        """Whether the brief has anything there when `gone` is left out already."""

    def levers(self, options: RenderOptions) -> tuple[str, ...]:
        """What a setting changes against the roomiest one, in words."""

    def overflow(self, over: int) -> Diagnostic:
        """Say by how many lines the brief is over its page."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A brief that fits: its section, the setting, and what was done, in words; and its layout, if it is at hand."""

    section: SectionHtml
    options: RenderOptions
    levers: tuple[str, ...]
    layout: Layout | None = None


@dataclass(slots=True)
class _Attempt:
    """Lays out one setting after the other and remembers what each gave."""

    setter: Setter
    styles: Styles
    limits: BriefLimits
    problems: tuple[Diagnostic, ...] = ()
    tried: dict[RenderOptions, tuple[float, int, SectionHtml | None]] = field(default_factory=dict)
    fitting: tuple[RenderOptions, Layout] | None = None
    """The last layout that fitted."""

    @property
    def has_failed(self) -> bool:
        """Whether the last try met an error."""
        return any(problem.is_error for problem in self.problems)

    def of(self, options: RenderOptions) -> tuple[float, int, SectionHtml | None]:
        """Return how full the page is in a setting (above 1: over), by how many lines it is over, and the section."""
        if options not in self.tried:
            checked = self.setter.section(options)
            self.problems = checked.diagnostics
            if checked.value is None:
                return 0.0, 0, None
            section = checked.value
            layout = lay_out(document(section), self.styles, section.page, section.subject)
            self.problems = (*self.problems, *layout.diagnostics)
            full = fullness(layout.document)
            self.tried[options] = full, lines_over(layout.document), section
            if full <= 1:
                self.fitting = options, layout
        return self.tried[options]

    def roomiest(self, settings: Sequence[RenderOptions]) -> RenderOptions | None:
        """Return the first of `settings`, each tighter than the one before, that fits; None where none does.

        How much room a setting leaves says where to look next. How much one is over says little: what may not be broken
        goes over as a whole.
        """
        over, fits = -1, len(settings)
        room, index = 0.0, 0
        while over + 1 < fits:
            full = self.of(settings[index])[0]
            if self.has_failed:
                return None
            if full <= 1:
                fits, room = index, 1 - full
            else:
                over = index
            index = fits - _steps(room, fits) if fits < len(settings) else over + math.ceil((fits - over) * 0.6)
            index = min(max(index, over + 1), fits - 1)
        return settings[fits] if fits < len(settings) else None


def fit_page(
    setter: Setter,
    styles: Styles,
    limits: BriefLimits,
    optional: tuple[str, ...],
    *,
    folio: bool = False,
) -> Checked[Fitted | None]:
    """Return the brief set on one page within `limits`, or None with a `page-overflow` that says what to shorten.

    `folio`: whether its page is numbered, as in a dossier; the number takes no room, so both are set alike.
    """
    attempt = _Attempt(setter, styles, limits)
    start = RenderOptions(float(limits.max_size), 1.0, (limits.quotations or ("full",))[0], folio=folio)
    ways = list(_ways(setter, start, limits, optional))
    settled = attempt.roomiest(list(_settings(ways[0], limits)))
    if settled is None and not attempt.has_failed:
        gentlest = attempt.roomiest([_tightest(way, limits) for way in ways[1:]])
        if gentlest is None and not attempt.has_failed:
            return Checked(None, (setter.overflow(attempt.of(_tightest(ways[-1], limits))[1]),))
        if gentlest is not None:
            way = next(way for way in ways if _tightest(way, limits) == gentlest)
            settled = attempt.roomiest(list(_settings(way, limits)))
    if settled is None:
        return Checked(None, attempt.problems)
    section = attempt.of(settled)[2]
    assert section is not None, "a setting that fits was printed"
    levers = setter.levers(settled)
    layout = attempt.fitting[1] if attempt.fitting and attempt.fitting[0] == settled else None
    return Checked(Fitted(section, replace(settled, levers=levers), levers, layout), attempt.problems)


def _ways(
    setter: Setter, start: RenderOptions, limits: BriefLimits, optional: tuple[str, ...]
) -> Iterator[RenderOptions]:
    """Yield the forms of quotations in order, then with the last of them the brief without one optional block more."""
    options = start
    for form in limits.quotations or ("full",):
        options = replace(start, quotations=form)
        if form == "short":
            yield from (replace(options, quotation_words=words) for words in CUTS)
            options = replace(options, quotation_words=CUTS[-1])
        else:
            yield options
    for block in optional:
        if setter.can_leave_out(block, options.left_out):
            options = replace(options, left_out=(*options.left_out, block))
            yield options


def _tightest(options: RenderOptions, limits: BriefLimits) -> RenderOptions:
    return replace(options, size=float(limits.min_size), spacing=float(limits.min_spacing))


def _settings(options: RenderOptions, limits: BriefLimits) -> Iterator[RenderOptions]:
    """Yield a way at full size with less and less spacing, then at the least spacing with less and less size."""
    low, smallest, largest = float(limits.min_spacing), float(limits.min_size), float(limits.max_size)
    for step in range(_STEPS, -1, -1):
        yield replace(options, spacing=round(low + (1.0 - low) * step / _STEPS, 3))
    for step in range(_STEPS - 1, -1, -1):
        yield replace(options, spacing=low, size=round(smallest + (largest - smallest) * step / _STEPS, 2))


def _steps(room: float, index: int) -> int:
    """Return by how many settings a page with so much room, as a part of its height, may be roomier than at `index`."""
    steps = 0
    while room > 0 and steps < index:
        room -= _SIZE_STEP if index - steps > _STEPS else _SPACING_STEP
        steps += 1
    return max(steps - (room < 0), 1)
