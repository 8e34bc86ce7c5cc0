"""One page means one page: finding the gentlest setting in which a brief fits the paper of its audience.

    fit_brief(brief, bundle, limits, optional, facts) -> Checked[Fitted | None]

Levers in order: spacing, size, the form of quotations (full; cut after fewer and fewer words; locators only), then the
blocks that the audience made optional, one after the other. Each lever is used as little as will do: within a lever the
setting is searched by halves. What was used is named
at the foot of the page and returned. Where nothing helps, `page-overflow` says by how many lines, and what is longest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from briefpack.diagnostics import Checked, Code, Diagnostic
from briefpack.pack.model import BriefLimits
from briefpack.pdf.measure import lines_over
from briefpack.pdf.render import Facts, lay_out
from briefpack.products.model import Brief
from briefpack.templating.blocks import leave_out, longest
from briefpack.templating.bundle import Bundle
from briefpack.templating.sections import RenderOptions, SectionHtml, render_section
from briefpack.templating.styles import Styles, styles_of
from briefpack.templating.words import Words

CUTS = (48, 42, 36, 32, 28, 24, 21, 18, 15, 12, 9, 6)
"""The numbers of words left of each statement's quotations, in order. A quotation's last number is always kept."""

_STEPS = 3
"""Halvings within a lever: eight settings between its ends."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A brief that fits: the section to print (here and in a dossier), the settings, and what was done, in words."""

    section: SectionHtml
    options: RenderOptions
    brief: Brief
    levers: tuple[str, ...]


@dataclass(slots=True)
class _Attempt:
    """Renders one setting after the other and remembers what each gave."""

    bundle: Bundle
    styles: Styles
    limits: BriefLimits
    facts: Facts
    words: Words
    problems: tuple[Diagnostic, ...] = ()
    renders: int = 0

    def over(self, brief: Brief, options: RenderOptions) -> tuple[int, SectionHtml | None]:
        """Return by how many lines the setting runs over the first page, and the section."""
        named = replace(options, levers=self.name_levers(options))
        checked = render_section(brief, self.bundle, options=named)
        self.problems = checked.diagnostics
        if checked.value is None:
            return 0, None
        layout = lay_out([checked.value], self.styles, self.facts)
        self.problems = (*self.problems, *layout.diagnostics)
        self.renders += 1
        return lines_over(layout.document), checked.value

    def name_levers(self, options: RenderOptions) -> tuple[str, ...]:
        """Return what the setting changes against the roomiest one, in the page's language."""
        levers = []
        if options.spacing < 1:
            levers.append(self.words.text("lever-spacing", spacing=f"{options.spacing:.2f}"))
        if options.size < float(self.limits.max_size):
            levers.append(self.words.text("lever-size", size=f"{options.size:.2f}".rstrip("0").rstrip(".")))
        if options.quotations != self.limits.quotations[0]:
            levers.append(self.words.text(f"lever-{options.quotations}", words=options.quotation_words))
        if options.left_out:
            blocks = [self.words.text(f"block-{block}") for block in options.left_out]
            levers.append(self.words.text("lever-left-out", blocks=self.words.listed(blocks)))
        return tuple(levers)


def fit_brief(
    brief: Brief,
    bundle: Bundle,
    limits: BriefLimits,
    optional: tuple[str, ...] = (),
    facts: Facts | None = None,
    *,
    folio: bool = False,
) -> Checked[Fitted | None]:
    """Return `brief` set on one page within `limits`, or None with a `page-overflow` that says what to shorten.

    `folio`: whether its page is numbered, as in a dossier; the number takes no room, so both are set alike.
    """
    words = Words(brief.head.language, bundle.strings)
    facts = facts or Facts(brief.short, brief.head.language)
    attempt = _Attempt(bundle, styles_of(bundle), limits, facts, words)
    start = RenderOptions(float(limits.max_size), 1.0, (limits.quotations or ("full",))[0], folio=folio)
    ways = list(_ways(brief, start, limits, optional))
    first, last, over = 0, len(ways), 0
    while first < last:  # each way is shorter than the one before it
        middle = 0 if first == 0 and last == len(ways) else (first + last) // 2
        candidate, options = ways[middle]
        lines, _ = attempt.over(candidate, _tightest(options, limits))
        if any(problem.is_error for problem in attempt.problems):
            return Checked(None, attempt.problems)
        if lines == 0:
            last = middle
        else:
            first, over = middle + 1, lines
    if first == len(ways):
        return Checked(None, (_overflow(brief, over),))
    return _loosen(*ways[first], limits, attempt)


def _ways(
    brief: Brief, start: RenderOptions, limits: BriefLimits, optional: tuple[str, ...]
) -> Iterator[tuple[Brief, RenderOptions]]:
    """Yield the forms of quotations in order, then with the last of them the brief without one optional block more."""
    options = start
    for form in limits.quotations or ("full",):
        options = replace(start, quotations=form)
        if form == "short":
            yield from ((brief, replace(options, quotation_words=words)) for words in CUTS)
            options = replace(options, quotation_words=CUTS[-1])
        else:
            yield brief, options
    for block in optional:
        shorter = leave_out(brief, block)
        if shorter is not None:
            brief = shorter
            options = replace(options, left_out=(*options.left_out, block))
            yield brief, options


def _tightest(options: RenderOptions, limits: BriefLimits) -> RenderOptions:
    return replace(options, size=float(limits.min_size), spacing=float(limits.min_spacing))


def _loosen(brief: Brief, options: RenderOptions, limits: BriefLimits, attempt: _Attempt) -> Checked[Fitted | None]:
    """Find the roomiest setting: full size with as much spacing as fits, else least spacing with as much size."""
    low, high = float(limits.min_spacing), 1.0

    def at_spacing(share: float) -> RenderOptions:
        return replace(options, spacing=round(low + (high - low) * share, 3))

    smallest, largest = float(limits.min_size), float(limits.max_size)

    def at_size(share: float) -> RenderOptions:
        return replace(options, spacing=low, size=round(smallest + (largest - smallest) * share, 2))

    found = _roomiest(brief, at_spacing, attempt) or _roomiest(brief, at_size, attempt)
    settled = found or _tightest(options, limits)
    _, section = attempt.over(brief, settled)
    if section is None:
        return Checked(None, attempt.problems)
    levers = attempt.name_levers(settled)
    return Checked(Fitted(section, replace(settled, levers=levers), brief, levers), attempt.problems)


def _roomiest(brief: Brief, setting: Callable[[float], RenderOptions], attempt: _Attempt) -> RenderOptions | None:
    """Return the setting of the greatest share, 0 to 1, that fits, to an eighth; None where not even 0 does."""
    if attempt.over(brief, setting(1.0))[0] == 0:
        return setting(1.0)
    if attempt.over(brief, setting(0.0))[0] > 0:
        return None
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if attempt.over(brief, setting(middle))[0] == 0:
            low = middle
        else:
            high = middle
    return setting(low)


def _overflow(brief: Brief, over: int) -> Diagnostic:
    details = tuple(
        f"{cited.location}: {cited.words} words, {len(cited.notes)} quotations ({cited.place.kind})"
        for cited in longest(brief)
    )
    lines = "line" if over == 1 else "lines"
    return Diagnostic(
        Code.PAGE_OVERFLOW,
        f"the brief {brief.id!r} is {over} {lines} over its page, with every lever used",
        longest(brief, 1)[0].location,
        hint=f"shorten by about {over} {lines}, the longest items first, or make a block optional in pack.toml",
        subject=f"{brief.head.audience}/brief/{brief.id}",
        detail=("longest items:", *details),
    )
