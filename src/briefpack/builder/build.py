"""Make the products that may be printed: compose, render, and put each file in its place whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from briefpack.builder.blocks import Blocks
from briefpack.builder.check import Outcome, check_pack
from briefpack.builder.render import Press, Rendered
from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location, in_order
from briefpack.pack.load import PACK_FILE
from briefpack.pack.model import Audience
from briefpack.pack.validation import did_you_mean
from briefpack.products.comparison import has_sheet
from briefpack.products.composer import Composed, Composer
from briefpack.products.dossier import compose_dossier
from briefpack.products.model import Input
from briefpack.products.originals import Originals, survey_originals
from briefpack.products.view import View
from briefpack.templating.bundle import load_bundle
from briefpack.world import World, files_below, tidy, write_atomically

KINDS = ("brief", "comparison", "dossier")
"""The kinds of product that are files of their own; records stand in dossiers only."""


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build: all of it, or only some audiences, kinds or products (`press/brief/public-works`)."""

    audiences: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    draft: bool = False

    @property
    def folder(self) -> str:
        """Where the files go, relative to the pack."""
        return "build/draft" if self.draft else "build/out"

    def wants(self, audience: str, kind: str, name: str) -> bool:
        """Whether a product is asked for."""
        return (
            (not self.audiences or audience in self.audiences)
            and (not self.kinds or kind in self.kinds)
            and (not self.only or name in self.only)
        )


@dataclass(frozen=True, slots=True)
class ProductReport:
    """What became of one product. `path`, relative to the pack, is where its file stands or would stand."""

    audience: str
    kind: str
    id: str
    name: str
    path: str
    pages: int = 0
    bytes: int = 0
    digest: str = ""
    fit: tuple[str, ...] = ()
    older: bool = False
    """Whether nothing was made and the file of an earlier build is still there."""
    reasons: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()

    @property
    def is_made(self) -> bool:
        """Whether its file was written."""
        return bool(self.digest)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, what it could not make and why, and what it removed."""

    products: tuple[ProductReport, ...]
    removed: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    outcome: Outcome

    @property
    def has_errors(self) -> bool:
        """Whether anything is missing that was asked for, or any problem is an error."""
        return any(d.is_error for d in self.diagnostics) or any(not product.is_made for product in self.products)


Progress = Callable[[str, int, int], None]
"""Called with the name of the product that is begun, how many are done, and how many there are."""


def build(world: World, request: BuildRequest, progress: Progress = lambda *_: None) -> BuildReport:
    """Build what `request` asks for into `build/out` (or `build/draft`).

    Raises `BriefpackError` with exit code 75 where another run holds the lock, and `OSError` where `build/` cannot be
    written; files that were there stay whole.
    """
    folder = world.resolve("build")
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        with lock.acquire(timeout=0):
            return _Build(world, request, progress).run()
    except Timeout:
        problem = Diagnostic(
            Code.OUTPUT_UNWRITABLE,
            "another run is building this pack",
            Location("build/.lock"),
            hint="wait for it to end",
        )
        raise BriefpackError(problem, exit_code=75) from None


@dataclass(slots=True)
class _Build:
    world: World
    request: BuildRequest
    progress: Progress
    problems: list[Diagnostic] = field(default_factory=list)

    def run(self) -> BuildReport:
        outcome = check_pack(self.world)
        if outcome.verified is None:
            return BuildReport((), (), outcome.diagnostics, outcome)
        self._check_names(outcome)
        blocks = Blocks(outcome)
        summaries = outcome.verified.content.summaries
        is_complete = not outcome.loaded.unusable and all(s.id in outcome.verified.sources for s in summaries)
        originals = survey_originals(self.world, outcome.verified.sources, is_complete=is_complete)
        planned: list[tuple[Composed, Press | None]] = []
        for audience in outcome.verified.pack.audiences:
            if self.request.audiences and audience.id not in self.request.audiences:
                continue
            bundle = load_bundle(self.world, audience.templates)
            self.problems.extend(bundle.diagnostics)
            press = Press(bundle.value, audience, outcome.verified.pack.brief) if bundle.value else None
            planned += [
                (composed if press else _stopped(composed, bundle.diagnostics), press)
                for composed in self._compose(outcome, audience, originals, blocks)
            ]
        self._check_only([composed for composed, _ in planned])
        planned = [item for item in planned if self.request.wants(item[0].audience, item[0].kind, item[0].name)]
        reports = []
        for number, (composed, press) in enumerate(planned):
            self.progress(composed.name, number, len(planned))
            reports.append(self._make(composed, press))
        removed = self._remove_others([composed for composed, _ in planned], outcome)
        diagnostics = in_order((*outcome.diagnostics, *self.problems))
        return BuildReport(tuple(reports), removed, diagnostics, outcome)

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

    def _compose(
        self, outcome: Outcome, audience: Audience, originals: Originals, blocks: Blocks
    ) -> Iterable[Composed]:
        """All products of one audience, in the order in which reports list them."""
        assert outcome.verified is not None
        view = View(outcome.verified, audience, self.request.draft)
        composer = Composer(view, originals, _inputs(view, self.world))
        made: list[Composed | None] = [
            blocks.missing(audience, "brief", source) for source in blocks.unusable_summaries
        ]
        made += [blocks.apply(composer.brief(summary), view) for summary in outcome.verified.content.summaries]
        made += [blocks.missing(audience, "comparison", sheet) for sheet in blocks.unusable_comparisons]
        sheets = outcome.verified.content.comparisons
        made += [blocks.comparison(sheet, composer.comparison(sheet), view) for sheet in sheets]
        made.append(blocks.apply(compose_dossier(composer), view))
        return [composed for composed in made if composed is not None]

    def _make(self, composed: Composed, press: Press | None) -> ProductReport:
        path = path_of(composed, self.request.folder)
        older = self.world.exists(path)
        report = ProductReport(composed.audience, composed.kind, composed.id, composed.name, path, older=older)
        if composed.product is None or press is None:
            return _failed(report, composed.blockers)
        rendered = press.render(composed)
        self.problems.extend(rendered.diagnostics)
        if rendered.value is None:
            return _failed(report, tuple(d for d in rendered.diagnostics if d.is_error))
        result: Rendered = rendered.value
        write_atomically(self.world.resolve(path), result.pdf)
        return ProductReport(
            composed.audience,
            composed.kind,
            composed.id,
            composed.name,
            path,
            pages=result.pages,
            bytes=len(result.pdf),
            digest=result.digest,
            fit=result.fit,
        )

    def _remove_others(self, planned: list[Composed], outcome: Outcome) -> tuple[str, ...]:
        """Remove PDFs of products that no longer exist; only where everything was asked for."""
        request = self.request
        if request.kinds or request.only or request.audiences or outcome.verified is None:
            return ()
        kept = {path_of(composed, request.folder) for composed in planned}
        root = self.world.resolve(request.folder)
        removed: list[str] = []
        for file in files_below(root):
            path = str(PurePosixPath(request.folder) / file.relative_to(root).as_posix())
            if file.suffix == ".pdf" and path not in kept and _is_ours(file, root):
                file.unlink()
                removed.append(path)
        tidy(root)
        return tuple(removed)


def _is_ours(file: Path, root: Path) -> bool:
    """Whether a file stands where products are put: an audience's dossier, brief or comparison."""
    parts = file.relative_to(root).parts
    return (len(parts) == 2 and parts[1] == "dossier.pdf") or (
        len(parts) == 3 and parts[1] in ("briefs", "comparisons")
    )


def _stopped(composed: Composed, problems: tuple[Diagnostic, ...]) -> Composed:
    """The product without its templates."""
    errors = tuple(problem for problem in problems if problem.is_error)
    return replace(composed, product=None, attachments=(), blockers=(*composed.blockers, *errors))


def _misuse(message: str, known: Sequence[str], name: str) -> BriefpackError:
    hint = did_you_mean(name, list(known)) or f"known: {', '.join(known)}"
    return BriefpackError(Diagnostic(Code.REFERENCE_UNKNOWN, message, Location(PACK_FILE), hint), exit_code=2)


def _failed(report: ProductReport, problems: tuple[Diagnostic, ...]) -> ProductReport:
    return replace(report, problems=in_order(problems))


def path_of(composed: Composed, folder: str) -> str:
    """Where a product's file goes, relative to the pack."""
    if composed.kind == "dossier":
        return f"{folder}/{composed.audience}/dossier.pdf"
    return f"{folder}/{composed.audience}/{composed.kind}s/{composed.id}.pdf"


def _inputs(view: View, world: World) -> tuple[Input, ...]:
    """The files that the dossier of this audience rests on, with their digests."""
    verified = view.verified
    digests = {summary.path: summary.digest for summary in view.summaries()}
    digests |= {sheet.path: sheet.digest for sheet in view.comparisons() if has_sheet(sheet, view)}
    if verified.content.overview and view.sees(verified.content.overview.labels):
        digests[verified.content.overview.path] = verified.content.overview.digest
    for summary in view.summaries():
        for path in (summary.work.path, f"seeds/{summary.work.text.value}" if summary.work.text else ""):
            digests[path] = world.record.reads.get(path, "")
    return tuple(Input(path, digest) for path, digest in sorted(digests.items()) if digest)
