"""One brief in any setting that the fit may try, and what to say where none fits."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from briefpack.diagnostics import Checked, Code, Diagnostic
from briefpack.pack.model import BriefLimits
from briefpack.products.model import Brief
from briefpack.products.pages import RenderOptions, SectionHtml
from briefpack.templating.blocks import leave_out, longest
from briefpack.templating.bundle import Bundle
from briefpack.templating.sections import as_read, render_section
from briefpack.templating.words import Words


@dataclass(frozen=True, slots=True)
class BriefSetter:
    """Prints `brief` with `bundle` as the options say; what they change against the roomiest setting is at its foot."""

    brief: Brief
    bundle: Bundle
    limits: BriefLimits
    words: Words = field(init=False)
    ordered: Brief = field(init=False)
    """The brief with its notes numbered as they are read on its page."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", Words(self.brief.head.language, self.bundle.strings))
        object.__setattr__(self, "ordered", as_read(self.brief, self.bundle))

    def section(self, options: RenderOptions) -> Checked[SectionHtml | None]:
        """Print the brief in one setting."""
        named = replace(options, levers=self.levers(options))
        return render_section(self.without(options.left_out), self.bundle, options=named)

    def without(self, blocks: tuple[str, ...]) -> Brief:
        """The brief without some of its optional blocks."""
        brief = self.ordered
        for block in blocks:
            brief = leave_out(brief, block) or brief
        return brief

    def can_leave_out(self, block: str, gone: tuple[str, ...]) -> bool:
        """Whether the brief has anything there when `gone` is left out already."""
        return leave_out(self.without(gone), block) is not None

    def levers(self, options: RenderOptions) -> tuple[str, ...]:
        """What a setting changes against the roomiest one, in the page's language."""
        levers = []
        if options.spacing < 1:
            levers.append(self.words.text("lever-spacing", spacing=f"{options.spacing:.2f}"))
        if options.size < float(self.limits.max_size):
            levers.append(self.words.text("lever-size", size=f"{options.size:.2f}".rstrip("0").rstrip(".")))
        if options.quotations != self.limits.quotations[0]:
            levers.append(self.words.text(f"lever-{options.quotations}", words=options.quotation_words))
        if options.left_out:
            blocks = [self.words.text(f"block-{block}") for block in options.left_out]
            levers.append(self.words.text("lever-left-out", blocks=self.words.listed(blocks, either=True)))
        return tuple(levers)

    def overflow(self, over: int) -> Diagnostic:
        """Say by how many lines the brief is over its page at the tightest, and what is longest."""
        brief = self.brief
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
