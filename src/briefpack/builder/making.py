"""Making one product: its sections fitted, printed and set, then joined into its file or, if it is long, its volumes.

Steps in order; each asks the workshop for all it needs and goes on when that has come:

    fits        how each brief fits its page
    sections    every section but the late ones
    index       with page numbers, and again where its own length moves them
    late        the contents: first for their own length, then with all page numbers
    binding     running heads, fonts cut to the glyphs used, the files
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import PurePosixPath

from briefpack import __version__
from briefpack.builder.extent import Extent, extent_of
from briefpack.builder.fitting import Aside, options_of
from briefpack.builder.jobs import Job, Outcome
from briefpack.builder.joining import Recipe
from briefpack.builder.press import Press
from briefpack.builder.printed import TABLE, Table, Unread, print_section
from briefpack.builder.workshop import Jobs
from briefpack.diagnostics import Code, Diagnostic, Location
from briefpack.pack.edtf import Edtf
from briefpack.pdf.answers import read_answer
from briefpack.pdf.binding import BoundPart
from briefpack.pdf.facts import Facts
from briefpack.pdf.piece import Piece
from briefpack.products.annex import without_places
from briefpack.products.canonical import canonical
from briefpack.products.composer import Composed
from briefpack.products.index import without_targets
from briefpack.products.model import Annex, Attachment, Brief, Contents, Dossier, Head, Index, PartTitle, Section
from briefpack.products.pages import RenderOptions, SectionHtml
from briefpack.templating.blocks import statements
from briefpack.templating.fitting import BriefSetter
from briefpack.templating.sections import name_parts
from briefpack.world import Digest, digest

RUN = 150
"""Pages of furniture in one job."""

EXTENTS = "extents"
"""The memo table of what the rest of a file needs to know of a section."""

FITS = "fits"
"""The memo table of how briefs fit, by the whole of their data; found faster than the job that says so."""

FILES = "files"
"""The memo table of finished files, by all that they are bound of."""

UNKNOWN = "000"
"""Stands for a page number while the contents' own length is being settled."""

_ROUNDS = 4
"""How often an index is set until its length is the one that its page numbers rest on."""

_CAUSES = {
    "time": "was not finished in time",
    "memory": "needs more memory than it may use",
    "crash": "made the layout engine crash",
    "toolchain": "was refused by a worker",
    "defect": "met a defect of briefpack",
}

PRODUCER = f"briefpack {__version__} with WeasyPrint {version('weasyprint')}"


Entry = tuple[Section, Digest, SectionHtml | None, int, RenderOptions | None]
"""A section with the key of its job, its HTML, its pages, and how a brief was fitted; empty where not known."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One finished file of a product: where it goes, its digest, and its bytes unless it stands there already."""

    path: str
    digest: Digest
    pages: int
    size: int
    pdf: bytes | None


def volume_path(path: str, number: int) -> str:
    """Return where a volume of a product goes, whose only file would be `path`."""
    return f"{path.removesuffix('.pdf')}-{number}.pdf"


@dataclass(frozen=True, slots=True)
class _Volume:
    """Sections that go into one file: their indices, and the number of the first page."""

    path: str
    sections: tuple[int, ...]
    first: int


@dataclass(eq=False, slots=True)
class Making:
    """One product while it is made. Afterwards `files` are its PDFs, or `problems` say why there are none.

    `path` is where its file goes; `standing` reads what stands there; `known` maps what a file is bound of to the file.
    """

    composed: Composed
    press: Press
    workshop: Jobs
    path: str
    volume_pages: int
    standing: Callable[[str], bytes | None]
    finished: Callable[[Making], None]
    files: list[MadeFile] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    levers: tuple[str, ...] = ()
    sections: list[Section] = field(default_factory=list)
    _jobs: dict[int, Job] = field(default_factory=dict)
    _html: dict[int, SectionHtml] = field(default_factory=dict)
    _extents: dict[int, Extent] = field(default_factory=dict)
    _fits: dict[str, RenderOptions] = field(default_factory=dict)
    _asides: dict[str, Aside] = field(default_factory=dict)
    _assumed: frozenset[str] = frozenset()
    _steps: list[Callable[[], None]] = field(default_factory=list)
    _volumes: list[_Volume] = field(default_factory=list)
    _runs: dict[str, list[Job]] = field(default_factory=dict)
    _faces: dict[str, dict[str, Job]] = field(default_factory=dict)
    _joins: dict[str, Job] = field(default_factory=dict)

    def begin(self) -> None:
        """Ask for what comes first."""
        self.begin_sections()
        self._steps = [self._fit, self._set, self._measure, self._set_index, self._set_late]
        self._steps += [self._divide, self._furnish, self._cut, self._bind]
        self.advance()

    def begin_sections(self) -> None:
        """Take the product apart."""
        product = self.composed.product
        assert product is not None, "only products that nothing blocks are made"
        self.sections = list(product.sections) if isinstance(product, Dossier) else [product]

    def look(self, fits: Mapping[str, RenderOptions]) -> None:
        """Find out what a build would ask for, as far as that is known without setting anything.

        A brief whose fit is not known is printed as it was fitted last, by `fits`; then its key is not known either.
        """
        self.begin_sections()
        self._fit()
        briefs = {section.id for section in self.sections if isinstance(section, Brief)}
        self._assumed = frozenset(fits) & briefs - self._fits.keys()
        self._fits |= {brief: fits[brief] for brief in sorted(self._assumed)}
        self._set()

    def advance(self) -> None:
        """Go on with the next steps, until one has to wait, or all is done."""
        while self._steps and not self.workshop.is_waiting(self) and not self.has_failed:
            self._steps[0]()
            if not self.workshop.is_waiting(self):  # else the step asks again when everything is there
                self._steps.pop(0)
        if self.workshop.is_waiting(self):
            return
        self._steps.clear()
        self.finished(self)

    @property
    def has_failed(self) -> bool:
        """Whether a problem is an error."""
        return any(problem.is_error for problem in self.problems)

    def sections_made(self) -> int:
        """How many sections were set now; the others came from the store."""
        return sum(job.key in self.workshop.made for job in self._jobs.values())

    def entries(self) -> Iterator[Entry]:
        """Yield each section with what is known of it."""
        for index, section in enumerate(self.sections):
            job, extent = self._jobs.get(index), self._extents.get(index)
            options = self._fits.get(section.id) if isinstance(section, Brief) else None
            pages = len(extent.pages) if extent else 0
            is_known = job is not None and not (isinstance(section, Brief) and section.id in self._assumed)
            yield section, job.key if job and is_known else "", self._html.get(index), pages, options

    # --- steps: each asks for all it needs, and is called again when it is there

    def _fit(self) -> None:
        for section in self.sections:
            if isinstance(section, Brief) and section.id not in self._fits:
                quick = self.press.fit_name(section)
                if (kept := self._memo(FITS).find(quick)) is not None:
                    self._fits[section.id] = options_of(kept)
                    continue
                job = self.press.fit(section, self._has_folios)
                found = self._result(job, 3.0)
                if found is not None:
                    self._memo(FITS).keep(quick, found)
                    self._asides[section.id] = self.workshop.asides.get(job.key, Aside())
                    self._fits[section.id] = options_of(found)
        if not isinstance(self.composed.product, Dossier):
            self.levers = tuple(lever for options in self._fits.values() for lever in options.levers)

    def _set(self) -> None:
        gone = self._left_out()
        for index, section in enumerate(self.sections):
            if not isinstance(section, Contents | Index):
                self._set_section(index, without_places(section, gone) if isinstance(section, Annex) else section)

    def _measure(self) -> None:
        """Set the contents with a placeholder for each number, which settles how many pages they have."""
        for index, section in self._late():
            self._set_section(index, section, tuple((entry.target, UNKNOWN) for entry in section.entries))

    def _set_index(self) -> None:
        """Set the index with page numbers; where its length moves what stands behind it, again with the new ones."""
        gone = self._left_out()
        indexes = [
            (at, without_targets(section, gone))
            for at, section in enumerate(self.sections)
            if isinstance(section, Index)
        ]
        for _ in range(_ROUNDS):
            numbers = self._numbers()
            found = {at: self._ask_section(at, section, _index_numbers(section, numbers)) for at, section in indexes}
            known = {at: extent for at, extent in found.items() if extent is not None}
            if len(known) < len(indexes):
                return
            assumed = [self._length(at) for at in known]
            self._extents |= known
            if assumed == [self._length(at) for at in known]:
                return
        self._fail("its page numbers change how many pages it has", self._html[indexes[0][0]].subject)

    def _set_late(self) -> None:
        """Set the contents with all page numbers."""
        numbers = self._numbers()
        for index, section in self._late():
            known = tuple((e.target, str(numbers.get(e.target.removeprefix("#"), UNKNOWN))) for e in section.entries)
            extent = self._ask_section(index, section, known)
            if extent is not None and len(extent.pages) != len(self._extents[index].pages):
                self._fail("its page numbers change how many pages it has", self._html[index].subject)

    def _divide(self) -> None:
        """Put the sections into volumes of at most so many pages; a longer section has one of its own."""
        volumes: list[list[int]] = [[]]
        pages = 0
        for index in range(len(self.sections)):
            more = len(self._extents[index].pages)
            if volumes[-1] and pages + more > self.volume_pages:
                volumes.append([])
                pages = 0
            volumes[-1].append(index)
            pages += more
        first = 1
        for number, indices in enumerate(volumes, 1):
            path = self.path if len(volumes) == 1 else volume_path(self.path, number)
            self._volumes.append(_Volume(path, tuple(indices), first))
            first += sum(len(self._extents[index].pages) for index in indices)

    def _furnish(self) -> None:
        """Set running heads and folios, in runs."""
        strings: dict[str, str] = {}
        kind = f"{self.composed.kind} {self.composed.id}".strip()
        for volume in self._volumes:
            pages = [page for index in volume.sections for page in self._extents[index].pages]
            jobs = []
            for start in range(0, len(pages), RUN):
                run = pages[start : start + RUN]
                jobs.append(self.press.furniture(run, volume.first + start, self._head.language, strings, kind))
                for page in run:
                    strings |= {name: values[-1] for name, values in page.strings.items() if values}
            for job in jobs:
                self._extent(job)
            self._runs[volume.path] = jobs

    def _cut(self) -> None:
        """Cut each font to the glyphs that a file draws."""
        for volume in self._volumes:
            drawn = [self._extents[index] for index in volume.sections]
            drawn += [extent for job in self._runs[volume.path] if (extent := self._extent(job))]
            glyphs: dict[str, tuple[Digest, set[int]]] = {}
            for extent in drawn:
                for key, (program, used) in extent.fonts.items():
                    glyphs.setdefault(key, (program, set()))[1].update(used)
            jobs = {key: self.press.face(program, tuple(used)) for key, (program, used) in sorted(glyphs.items())}
            for job in jobs.values():
                self._outcome(job)
            self._faces[volume.path] = jobs

    def _bind(self) -> None:
        """Join each file that is not there already."""
        where = {name: volume.path for volume in self._volumes for name in self._names(volume)}
        wanted = {volume.path: self._targets(volume) for volume in self._volumes}
        for volume in self._volumes:
            elsewhere = {
                name: PurePosixPath(where[name]).name
                for name in sorted(wanted[volume.path])
                if name in where and where[name] != volume.path
            }
            others = (targets for path, targets in wanted.items() if path != volume.path)
            keep = frozenset(name for targets in others for name in targets if where.get(name) == volume.path)
            self._bind_volume(volume, elsewhere, keep)
        # What stands already is known before what is joined: reports name the first volume.
        order = [volume.path for volume in self._volumes]
        self.files.sort(key=lambda file: order.index(file.path))

    def _bind_volume(self, volume: _Volume, elsewhere: Mapping[str, str], keep: frozenset[str]) -> None:
        if any(file.path == volume.path for file in self.files):
            return
        recipe = self._recipe(volume, elsewhere, keep)
        name = digest(self.press.fingerprint.encode() + canonical(recipe))
        pages = sum(len(self._extents[index].pages) for index in volume.sections)
        known = self._memo(FILES).find(name)
        standing = self.standing(volume.path) if known else None
        if known and standing is not None and digest(standing) == known.decode():
            self.files.append(MadeFile(volume.path, known.decode(), pages, len(standing), None))
            return
        job = self._joins.get(volume.path) or self._join(volume, recipe)
        pdf = self._result(job, 2.0) if job else None
        if job and pdf is not None:
            self.workshop.drop(self._joins.pop(volume.path))
            self._memo(FILES).keep(name, digest(pdf).encode())
            self.files.append(MadeFile(volume.path, digest(pdf), pages, len(pdf), pdf))

    def _join(self, volume: _Volume, recipe: Recipe) -> Job | None:
        """Return the job that joins a volume; None where something it needs was lost from the store since."""
        needed = {self._jobs[index].key: self._jobs[index] for index in volume.sections}
        needed |= {job.key: job for job in (*self._runs[volume.path], *self._faces[volume.path].values())}
        results = {key: outcome.result for key, job in needed.items() if (outcome := self._outcome(job))}
        if len(results) < len(needed):
            return None
        self._joins[volume.path] = self.press.join(recipe, results)
        return self._joins[volume.path]

    # --- what the steps are made of

    @property
    def _head(self) -> Head:
        product = self.composed.product
        assert product is not None
        return product.head

    @property
    def _has_folios(self) -> bool:
        """Whether pages are numbered; a product of a page or two needs none."""
        return isinstance(self.composed.product, Dossier)

    def _late(self) -> Iterator[tuple[int, Contents]]:
        for index, section in enumerate(self.sections):
            if isinstance(section, Contents):
                yield index, section

    def _left_out(self) -> frozenset[str]:
        """The anchors of statements that the fit of a brief leaves out: nothing may lead there."""
        gone: set[str] = set()
        for section in self.sections:
            if isinstance(section, Brief) and (options := self._fits.get(section.id)) and options.left_out:
                kept = {cited.anchor for cited in statements(self._shorter(section, options))}
                gone |= {cited.anchor for cited in statements(section)} - kept
        return frozenset(gone)

    def _shorter(self, brief: Brief, options: RenderOptions) -> Brief:
        return BriefSetter(brief, self.press.bundle, self.press.limits).without(options.left_out)

    def _set_section(self, index: int, section: Section, numbers: tuple[tuple[str, str], ...] = ()) -> None:
        if index not in self._extents:
            extent = self._ask_section(index, section, numbers)
            if extent is not None:
                self._extents[index] = extent

    def _ask_section(self, index: int, section: Section, numbers: tuple[tuple[str, str], ...]) -> Extent | None:
        """Print a section and ask for it to be set."""
        options, aside = RenderOptions(numbers=numbers), Aside()
        if isinstance(section, Brief):
            if section.id not in self._fits:
                return None
            options = replace(self._fits[section.id], folio=self._has_folios)
            aside = self._asides.get(section.id, aside)
            section = self._shorter(section, options)
        printed = print_section(section, self.press.bundle, options, self._memo(TABLE), self.press.fingerprint)
        self.problems += printed.diagnostics
        if printed.value is None:
            return None
        self._html[index] = printed.value
        self._jobs[index] = self.press.section(printed.value)
        if aside.answer and aside.html == digest(printed.value.html.encode()):
            self.workshop.offer(self._jobs[index], aside.answer)
        return self._extent(self._jobs[index])

    def _extent(self, job: Job) -> Extent | None:
        """Ask for a job whose result is a piece; return what the rest needs to know of it."""
        result = self._result(job)
        if result is None:
            return None
        memo = self._memo(EXTENTS)
        if kept := memo.find(job.key):
            return Extent.from_bytes(kept)
        extent = extent_of(Piece.from_bytes(result))
        memo.keep(job.key, extent.to_bytes())
        return extent

    def _memo(self, table: str) -> Table:
        memo = self.workshop.store.memo(table)
        return Unread(memo) if self.workshop.is_forced else memo

    def _result(self, job: Job, weight: float = 0.0) -> bytes | None:
        """Ask for a job; return its result, or None where it has to be waited for or failed."""
        outcome = self._outcome(job, weight)
        if outcome is None:
            return None
        answer = read_answer(outcome.result)
        self.problems += answer.diagnostics
        return answer.value

    def _outcome(self, job: Job, weight: float = 0.0) -> Outcome | None:
        outcome = self.workshop.want(job, self.press.assets, self, weight)
        if outcome is None or outcome.is_done:
            return outcome
        if outcome.cause == "problems":
            self.problems += read_answer(outcome.result).diagnostics
        else:
            self._fail(f"{job.name}: {_CAUSES[outcome.cause]}", self.composed.name, outcome.detail)
        return None

    def _fail(self, message: str, subject: str, detail: str = "") -> None:
        lines = tuple(detail.strip().splitlines()[-12:])
        hint = "the other products were made; look at this section's content and templates"
        self.problems.append(Diagnostic(Code.RENDER_FAILED, message, Location(subject), hint, subject, lines))

    def _starts(self) -> dict[int, int]:
        """The number of the first page of each section."""
        starts, number = {}, 1
        for index in range(len(self.sections)):
            starts[index] = number
            number += self._length(index)
        return starts

    def _length(self, index: int) -> int:
        """How many pages a section has; one where it is not set yet."""
        return len(self._extents[index].pages) if index in self._extents else 1

    def _numbers(self) -> dict[str, int]:
        """The page number of every name, sections and parts included."""
        starts = self._starts()
        numbers = {part.anchor: starts[first] for first, part in self._parts()}
        for index, section in enumerate(self.sections):
            if index in self._extents:
                numbers |= {name: starts[index] + page for name, page in self._extents[index].names.items()}
            numbers.setdefault(section.anchor, starts[index])
        return numbers

    def _parts(self) -> tuple[tuple[int, PartTitle], ...]:
        product = self.composed.product
        if not isinstance(product, Dossier):
            return ()
        return name_parts(product.parts, self.press.bundle, product.head.language)

    def _names(self, volume: _Volume) -> set[str]:
        names = {part.anchor for first, part in self._parts() if first in volume.sections}
        for index in volume.sections:
            names |= {self.sections[index].anchor, *self._extents[index].names}
        return names

    def _targets(self, volume: _Volume) -> set[str]:
        return {target for index in volume.sections for target in self._extents[index].targets}

    def _facts(self) -> Facts:
        product, head = self.composed.product, self._head
        assert product is not None
        title = product.title if isinstance(product, Dossier) else product.short
        titled = title if title == head.pack_title else f"{title} – {head.pack_title}"
        return Facts(titled, head.language, head.organisation, _day(head.date))

    def _bound_parts(self, volume: _Volume) -> tuple[BoundPart, ...]:
        """The parts that begin in a volume; one that is named as its first section needs no line of its own."""
        return tuple(
            BoundPart(volume.sections.index(first), part.title, part.anchor)
            for first, part in self._parts()
            if first in volume.sections
        )

    def _recipe(self, volume: _Volume, elsewhere: Mapping[str, str], keep: frozenset[str]) -> Recipe:
        return Recipe(
            sections=tuple((self._jobs[i].key, self._html[i].title, self.sections[i].anchor) for i in volume.sections),
            runs=tuple(job.key for job in self._runs[volume.path]),
            faces=tuple((font, job.key) for font, job in self._faces[volume.path].items()),
            facts=self._facts(),
            parts=self._bound_parts(volume),
            attachments=self._attached(volume),
            elsewhere=tuple(sorted(elsewhere.items())),
            keep=tuple(sorted(keep)),
            first_page=volume.first,
            producer=PRODUCER,
            subject=self.composed.name,
            absent=self.press.absent,
        )

    def _attached(self, volume: _Volume) -> tuple[Attachment, ...]:
        return self.composed.attachments if volume is self._volumes[-1] else ()


def _index_numbers(section: Index, numbers: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """The page numbers that an index prints, by target; what the templates leave out has none."""
    targets = dict.fromkeys(target for entry in section.entries for target in entry.targets)
    return tuple((f"#{target}", str(numbers[target])) for target in targets if target in numbers)


def _day(date: Edtf | None) -> datetime.date | None:
    return datetime.date(*date.end.last) if date else None
