"""Make the products that may be printed, as far as they are not there already, and put each file in its place whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from briefpack.builder.cluster import Security
from briefpack.builder.engines import Engine, Setup, engine_named
from briefpack.builder.keeping import save_made
from briefpack.builder.making import Making, volume_path
from briefpack.builder.plan import Plan, Planned
from briefpack.builder.record import begin_record, write_record
from briefpack.builder.report import BuildReport, BuildRequest, ProductReport
from briefpack.builder.slots import usable_processors
from briefpack.builder.store import Store
from briefpack.builder.workshop import Progress, Workshop
from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location, in_order
from briefpack.pack.load import PACK_FILE
from briefpack.world import World, files_below, tidy, write_atomically

STORE = "build/store"

Tell = Callable[[Progress], None]


def build(world: World, request: BuildRequest, tell: Tell = lambda _: None) -> BuildReport:
    """Build what `request` asks for into `build/out` (or `build/draft`).

    Raises `BriefpackError` with exit code 75 where another run holds the lock, and `OSError` where `build/` cannot be
    written; files that were there stay whole.
    """
    folder = world.resolve("build")
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        with lock.acquire(timeout=0):
            return _Build(world, request, tell).run()
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
    tell: Tell
    workshop: Workshop = field(init=False)
    problems: list[Diagnostic] = field(default_factory=list)
    done: dict[str, ProductReport] = field(default_factory=dict)

    def run(self) -> BuildReport:
        since = begin_record(self.world.root)
        store = Store(self.world.resolve(STORE))
        slots = self.request.jobs or usable_processors()
        self.workshop = Workshop(store, self._engine, slots, self.tell, self.request.is_forced)
        try:
            self.workshop.start()  # while the pack is checked, the layout engine is loaded
            plan = Plan.of(self.world, self.request)
            report = self._make(plan)
        finally:
            self.workshop.close()
            store.close()
        if not report.has_errors:
            sweep = self.request.folder if self.request.is_whole else ""
            write_record(
                self.world,
                plan.shipped,
                since,
                self.request.plain(),
                plan.fingerprint,
                report.outputs,
                report.plain(),
                sweep,
            )
        return report

    def _engine(self) -> Engine:
        authority, certificate, key = self.request.tls
        security = Security(authority, certificate, key)
        setup = Setup(self.request.jobs, address=self.request.scheduler, security=security)
        return engine_named(self.request.engine, setup)

    def _make(self, plan: Plan) -> BuildReport:
        outcome = plan.outcome
        assert outcome is not None
        self.problems = plan.problems
        makings = [self._making(planned, plan) for planned in plan.products]
        # The long ones first: what is short fills the gaps at the end.
        for making in sorted((m for m in makings if m), key=lambda m: m.composed.kind != "dossier"):
            making.begin()
        self.workshop.run()
        products = [self.done[planned.composed.name] for planned in plan.products]
        removed = self._remove_others(plan, products)
        save_made(plan, [making for making in makings if making], products)
        return BuildReport(tuple(products), removed, in_order(self.problems), outcome.sizes)

    def _making(self, planned: Planned, plan: Plan) -> Making | None:
        composed = planned.composed
        report = ProductReport(composed.audience, composed.kind, composed.id, composed.name, planned.path)
        older = any(self.world.place(path).is_file() for path in (planned.path, volume_path(planned.path, 1)))
        self.done[composed.name] = replace(report, older=older)
        if composed.product is None or planned.press is None:
            self._fail(composed.name, composed.blockers)
            return None
        assert plan.outcome is not None
        assert plan.outcome.pack is not None
        pages = plan.outcome.pack.volume_pages
        return Making(composed, planned.press, self.workshop, planned.path, pages, self._standing, self._finish)

    def _standing(self, path: str) -> bytes | None:
        """What stands in the place of a file."""
        try:
            return World(self.world.root).read(path)
        except BriefpackError:
            return None

    def _fail(self, name: str, problems: tuple[Diagnostic, ...]) -> None:
        self.done[name] = replace(self.done[name], problems=in_order(problems))

    def _finish(self, making: Making) -> None:
        """Put the files of a product in their places, or say why there are none."""
        name = making.composed.name
        self.problems.extend(problem for problem in making.problems if not problem.is_error)
        if making.has_failed:
            errors = tuple(problem for problem in making.problems if problem.is_error)
            self.problems.extend(errors)
            self._fail(name, errors)
            return
        for file in making.files:
            if file.pdf is not None:
                write_atomically(self.world.place(file.path), file.pdf)
        self.done[name] = replace(
            self.done[name],
            path=making.files[0].path,
            pages=sum(file.pages for file in making.files),
            bytes=sum(file.size for file in making.files),
            digest=making.files[0].digest,
            fit=making.levers,
            older=False,
            is_current=all(file.pdf is None for file in making.files),
            sections=len(making.sections),
            sections_made=making.sections_made(),
            volumes=tuple((file.path, file.digest) for file in making.files) if len(making.files) > 1 else (),
        )
        making.files.clear()

    def _remove_others(self, plan: Plan, products: list[ProductReport]) -> tuple[str, ...]:
        """Remove PDFs of products that no longer exist; only where everything was asked for, and is known."""
        # With a mistake in the settings an audience may only seem to be gone: a key misspelt must not cost its files.
        is_known = not any(problem.is_error and problem.location.file == PACK_FILE for problem in plan.problems)
        if not self.request.is_whole or not is_known:
            return ()
        # The old file of a product that failed stays, and so does each volume of a dossier.
        failed = {product.path for product in products if not product.is_made}
        kept = {path for product in products for path in product.outputs} | failed
        root = self.world.resolve(self.request.folder)
        removed: list[str] = []
        for file in files_below(root):
            path = str(PurePosixPath(self.request.folder) / file.relative_to(root).as_posix())
            of_failed = _VOLUME.sub(".pdf", path) in failed
            if file.suffix == ".pdf" and path not in kept and not of_failed and _is_ours(file, root):
                file.unlink()
                removed.append(path)
        tidy(root)
        return tuple(removed)


_VOLUME = re.compile(r"(?<=/dossier)-\d+\.pdf$")


def _is_ours(file: Path, root: Path) -> bool:
    """Whether a file stands where products are put: an audience's dossier or volume of it, brief or comparison."""
    parts = file.relative_to(root).parts
    return (len(parts) == 2 and re.fullmatch(r"dossier(-\d+)?\.pdf", parts[1]) is not None) or (
        len(parts) == 3 and parts[1] in ("briefs", "comparisons")
    )
