"""One page means one page: finding the gentlest setting in which a brief fits the paper of its audience.

    fit_page(setter, styles, limits, optional) -> Checked[Fitted | None]

Levers in order: spacing, size, the form of quotations (full; cut after fewer and fewer words; locators only), then the
blocks that the audience made optional, one after the other. Each lever is used as little as will do: within a lever the
setting is searched by halves. What was used is named at the foot of the page and returned. Where nothing helps,
`page-overflow` says by how many lines, and what is longest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from briefpack.diagnostics import Checked, Diagnostic
from briefpack.pack.model import BriefLimits
from briefpack.pdf.layout import lay_out
from briefpack.pdf.measure import lines_over
from briefpack.pdf.setting import document
from briefpack.products.pages import RenderOptions, SectionHtml, Styles

CUTS = (48, 42, 36, 32, 28, 24, 21, 18, 15, 12, 9, 6)
"""The numbers of words left of each statement's quotations, in order. A quotation's last number is always kept."""

_STEPS = 3
"""Halvings within a lever: eight settings between its ends."""


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
    """A brief that fits: its section, the setting, and what was done, in words."""

    section: SectionHtml
    options: RenderOptions
    levers: tuple[str, ...]


@dataclass(slots=True)
class _Attempt:
    """Lays out one setting after the other and remembers what each gave."""

    setter: Setter
    styles: Styles
    limits: BriefLimits
    problems: tuple[Diagnostic, ...] = ()
    tried: dict[RenderOptions, tuple[int, SectionHtml | None]] = field(default_factory=dict)

    def over(self, options: RenderOptions) -> tuple[int, SectionHtml | None]:
        """Return by how many lines the setting runs over the first page, and the section."""
        if options not in self.tried:
            checked = self.setter.section(options)
            self.problems = checked.diagnostics
            if checked.value is None:
                return 0, None
            section = checked.value
            layout = lay_out(document(section), self.styles, section.page, section.subject)
            self.problems = (*self.problems, *layout.diagnostics)
            self.tried[options] = lines_over(layout.document), checked.value
        return self.tried[options]

    def fits(self, options: RenderOptions) -> bool:
        """Whether the setting is one page."""
        return self.over(options)[0] == 0


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
    first, last, over = 0, len(ways), 0
    while first < last:  # each way is shorter than the one before it
        middle = 0 if first == 0 and last == len(ways) else (first + last) // 2
        lines, _ = attempt.over(_tightest(ways[middle], limits))
        if any(problem.is_error for problem in attempt.problems):
            return Checked(None, attempt.problems)
        if lines == 0:
            last = middle
        else:
            first, over = middle + 1, lines
    if first == len(ways):
        return Checked(None, (setter.overflow(over),))
    return _loosen(ways[first], limits, attempt)


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


def _loosen(options: RenderOptions, limits: BriefLimits, attempt: _Attempt) -> Checked[Fitted | None]:
    """Find the roomiest setting: full size with as much spacing as fits, else least spacing with as much size."""
    low, high = float(limits.min_spacing), 1.0

    def at_spacing(share: float) -> RenderOptions:
        return replace(options, spacing=round(low + (high - low) * share, 3))

    smallest, largest = float(limits.min_size), float(limits.max_size)

    def at_size(share: float) -> RenderOptions:
        return replace(options, spacing=low, size=round(smallest + (largest - smallest) * share, 2))

    settled = _roomiest(at_spacing, attempt) or _roomiest(at_size, attempt) or _tightest(options, limits)
    _, section = attempt.over(settled)
    if section is None:
        return Checked(None, attempt.problems)
    levers = attempt.setter.levers(settled)
    return Checked(Fitted(section, replace(settled, levers=levers), levers), attempt.problems)


def _roomiest(setting: Callable[[float], RenderOptions], attempt: _Attempt) -> RenderOptions | None:
    """Return the setting of the greatest share, 0 to 1, that fits, to an eighth; None where not even 0 does."""
    if attempt.fits(setting(1.0)):
        return setting(1.0)
    if not attempt.fits(setting(0.0)):
        return None
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if attempt.fits(setting(middle)):
            low = middle
        else:
            high = middle
    return setting(low)
