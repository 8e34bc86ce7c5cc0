"""What a build would make: every product composed, with its press, and why some cannot be made. Nothing is typeset.

plan = Plan.of(world, request, tool)
plan_ledger(world, request) -> Ledger        the same as a ledger, for `explain`
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from briefpack.builder.blocks import Blocks
from briefpack.builder.check import Outcome, check_pack
from briefpack.builder.fingerprint import fingerprint, toolchain
from briefpack.builder.garbage import without_collection
from briefpack.builder.press import Press
from briefpack.builder.report import KINDS, BuildRequest
from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location
from briefpack.pack.load import PACK_FILE
from briefpack.pack.model import Audience
from briefpack.pack.validation import did_you_mean
from briefpack.products.comparison import has_sheet
from briefpack.products.composer import Composed, Composer
from briefpack.products.dossier import compose_dossier
from briefpack.products.model import Input
from briefpack.products.originals import Originals, survey_originals
from briefpack.products.view import View
from briefpack.products.withholding import absence_of, in_all_languages
from briefpack.templating.bundle import load_bundle, shipped_templates, with_logo
from briefpack.templating.sections import DATA, check_bundle
from briefpack.world import Digest, World


@dataclass(frozen=True, slots=True)
class Planned:
    """One product that was asked for; without a press its templates could not be read."""

    composed: Composed
    press: Press | None
    path: str


@dataclass(slots=True)
class Plan:
    """What was found and what is to be made. `shipped` recorded what was read of the shipped templates."""

    world: World
    request: BuildRequest
    tool: Mapping[str, str]
    shipped: World = field(default_factory=shipped_templates)
    fingerprint: Digest = ""
    outcome: Outcome | None = None
    products: list[Planned] = field(default_factory=list)
    all_paths: set[str] = field(default_factory=set)
    """Where the files of all products go, of those that were not asked for as well."""
    views: dict[str, View] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    @classmethod
    def of(cls, world: World, request: BuildRequest, tool: Mapping[str, str] | None = None) -> Plan:
        """Check the pack and compose what is asked for; raises `BriefpackError` for a request that names nothing."""
        tool = toolchain() if tool is None else tool
        plan = cls(world, request, tool, fingerprint=fingerprint(tool))
        with without_collection():
            plan._make()
        return plan

    def _make(self) -> None:
        outcome = self.outcome = check_pack(self.world)
        self.problems.extend(outcome.diagnostics)
        if outcome.verified is None:
            return
        self._check_names(outcome)
        blocks = Blocks(outcome)
        summaries = outcome.verified.content.summaries
        is_complete = not outcome.loaded.unusable and all(s.id in outcome.verified.sources for s in summaries)
        originals = survey_originals(self.world, outcome.verified.sources, is_complete=is_complete)
        found: list[Planned] = []
        for audience in outcome.verified.pack.audiences:
            if self.request.audiences and audience.id not in self.request.audiences:
                continue
            press, wrong = self._press(audience, outcome.verified.pack.logo)
            mistakes = self._mistakes(press)
            composer = self._composer(outcome, audience, originals)
            if press:
                _, *others = in_all_languages(outcome.verified, audience)
                absence = absence_of(composer.view, originals, composer.files, others)
                press.withhold(absence.but_for(press.bundle.house_texts))
            found += [
                Planned(
                    _stopped(composed, (*wrong, *(each for each in mistakes if _concerns(each, composed)))),
                    press,
                    path_of(composed, self.request.folder),
                )
                for composed in self._compose(outcome, audience, composer, blocks)
            ]
        self._check_only([planned.composed for planned in found])
        self.all_paths = {planned.path for planned in found}
        wants = self.request.wants
        self.products = [p for p in found if wants(p.composed.audience, p.composed.kind, p.composed.name)]

    def _press(self, audience: Audience, logo: str) -> tuple[Press | None, tuple[Diagnostic, ...]]:
        """The press of an audience with the logo of the pack, or what is wrong with its templates."""
        bundle = load_bundle(self.world, audience.templates, self.shipped)
        self.problems.extend(bundle.diagnostics)
        if bundle.value is None:
            return None, tuple(problem for problem in bundle.diagnostics if problem.is_error)
        marked = with_logo(bundle.value, self.world, logo)
        self.problems.extend(marked.diagnostics)
        if marked.value is None:
            return None, marked.diagnostics
        return Press(marked.value, audience, audience.brief, self.fingerprint), ()

    def _mistakes(self, press: Press | None) -> tuple[Diagnostic, ...]:
        """What is wrong in the pack's own templates; each stops the products that it concerns."""
        found = check_bundle(press.bundle) if press else ()
        self.problems.extend(found)
        return found

    def _composer(self, outcome: Outcome, audience: Audience, originals: Originals) -> Composer:
        assert outcome.verified is not None
        view = self.views[audience.id] = View(outcome.verified, audience, self.request.draft)
        return Composer(view, originals, _inputs(view, self.world))

    def _compose(self, outcome: Outcome, audience: Audience, composer: Composer, blocks: Blocks) -> Iterable[Composed]:
        """All products of one audience, in the order in which reports list them."""
        assert outcome.verified is not None
        view = composer.view
        made: list[Composed | None] = [
            blocks.missing(audience, "brief", source) for source in blocks.unusable_summaries
        ]
        if self._may_want("brief"):
            made += [blocks.apply(composer.brief(summary), view) for summary in view.verified.content.summaries]
        made += [blocks.missing(audience, "comparison", sheet) for sheet in blocks.unusable_comparisons]
        sheets = view.verified.content.comparisons
        if self._may_want("comparison"):
            made += [blocks.comparison(sheet, composer.comparison(sheet), view) for sheet in sheets]
        if self._may_want("dossier"):
            made.append(blocks.apply(compose_dossier(composer), view))
        return [composed for composed in made if composed is not None]

    def _may_want(self, kind: str) -> bool:
        """Whether products of a kind have to be composed; names are checked against those of all kinds."""
        return not self.request.kinds or kind in self.request.kinds or bool(self.request.only)

    def _check_names(self, outcome: Outcome) -> None:
        """An audience or kind of product that does not exist is a misuse of the command."""
        assert outcome.verified is not None
        known = [audience.id for audience in outcome.verified.pack.audiences]
        for name in self.request.audiences:
            if name not in known:
                mistakes = [d for d in outcome.diagnostics if d.is_error and d.location.file == PACK_FILE]
                if mistakes:  # the audience may be there and only not be readable
                    raise BriefpackError(*mistakes)
                raise _misuse(f"no audience {name!r}", known, name)
        for kind in self.request.kinds:
            if kind not in KINDS:
                raise _misuse(f"no kind of product {kind!r} has files of its own", KINDS, kind)

    def _check_only(self, planned: list[Composed]) -> None:
        """A product that does not exist is a misuse, too; which ones exist is known once all are composed."""
        known = [composed.name for composed in planned]
        for name in self.request.only:
            if name not in known:
                raise _misuse(f"no product {name!r}", known, name)


def _concerns(problem: Diagnostic, composed: Composed) -> bool:
    """Whether a product prints sections with the template that has a mistake; what others import, all may print."""
    template, product = PurePosixPath(problem.location.file).stem, composed.product
    if product is None or template not in DATA:
        return product is not None
    return any(isinstance(section, DATA[template]) for section in getattr(product, "sections", (product,)))


def _stopped(composed: Composed, problems: tuple[Diagnostic, ...]) -> Composed:
    """The product, stopped where its templates have a problem."""
    if not problems:
        return composed
    return replace(composed, product=None, attachments=(), blockers=(*composed.blockers, *problems))


def path_of(composed: Composed, folder: str) -> str:
    """Where a product's file goes, relative to the pack."""
    if composed.kind == "dossier":
        return f"{folder}/{composed.audience}/dossier.pdf"
    return f"{folder}/{composed.audience}/{composed.kind}s/{composed.id}.pdf"


def _misuse(message: str, known: Sequence[str], name: str) -> BriefpackError:
    hint = did_you_mean(name, list(known)) or f"known: {', '.join(known)}"
    return BriefpackError(Diagnostic(Code.REFERENCE_UNKNOWN, message, Location(PACK_FILE), hint), exit_code=2)


def _inputs(view: View, world: World) -> tuple[Input, ...]:
    """The files that the dossier of this audience rests on, with their digests."""
    verified = view.verified
    digests = {summary.path: summary.digest for summary in view.summaries()}
    digests |= {sheet.path: sheet.digest for sheet in view.comparisons() if has_sheet(sheet, view)}
    if verified.content.overview and view.sees(verified.content.overview.labels):
        digests[verified.content.overview.path] = verified.content.overview.digest
    if verified.translated:
        translations = verified.translated.translations
        digests |= {
            translations[path].document.path: translations[path].document.digest
            for path in [*digests]
            if path in translations
        }
    for summary in view.summaries():
        for path in (summary.work.path, f"seeds/{summary.work.text.value}" if summary.work.text else ""):
            digests[path] = world.record.reads.get(path, "")
    return tuple(Input(path, digest) for path, digest in sorted(digests.items()) if digest)
