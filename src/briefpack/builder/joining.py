"""The job that joins sections into a file: linked, read back, compared and searched in a child, away from the plan.

    job = Press.join(recipe, results)        results by key: sections, running heads, fonts
    perform_join(body, assets)               the file, or why there is none

The volumes of a long dossier are joined side by side.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass

from briefpack.diagnostics import Code, Diagnostic, Location
from briefpack.pdf.answers import answer, read_answer
from briefpack.pdf.binding import Binding, BoundPart, BoundSection
from briefpack.pdf.facts import Facts
from briefpack.pdf.linking import link
from briefpack.pdf.piece import Piece
from briefpack.products.model import Attachment
from briefpack.world import Digest


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a file is joined of: the keys of its sections with title and anchor, of its running heads, and of its fonts.

    The rest is as in `Binding`. Equal recipes give equal files.
    """

    sections: tuple[tuple[Digest, str, str], ...]
    runs: tuple[Digest, ...]
    faces: tuple[tuple[str, Digest], ...]
    facts: Facts
    parts: tuple[BoundPart, ...]
    attachments: tuple[Attachment, ...]
    elsewhere: tuple[tuple[str, str], ...]
    keep: tuple[str, ...]
    first_page: int
    producer: str
    subject: str
    absent: Digest = ""
    """The asset that holds what must not be found in the file; empty where its audience may see everything."""

    @property
    def keys(self) -> frozenset[Digest]:
        """The keys of all results that it needs."""
        return frozenset((*(key for key, _, _ in self.sections), *self.runs, *(key for _, key in self.faces)))


def perform_join(body: bytes, assets: Mapping[Digest, bytes]) -> tuple[bytes, bool]:
    """Join the file of a job, verify and inspect it, and look for what must be absent; the result is its bytes."""
    recipe, results = pickle.loads(body)
    binding = bound(recipe, results)
    linked = link(binding)
    if linked.value is None:
        return answer(None, linked.diagnostics)
    from briefpack.pdf.verification import examine  # noqa: PLC0415 - pikepdf, which other jobs do not need

    examined = examine(linked.value.pdf, binding, recipe.subject)
    wrong = [
        Diagnostic(
            Code.RENDER_FAILED,
            f"the file is not what was planned: {found}",
            Location(recipe.subject),
            hint="report this: it is a defect of briefpack",
            subject=recipe.subject,
        )
        for found in examined.wrong
    ]
    if recipe.absent:
        from briefpack.pdf.leaks import leak_problems  # noqa: PLC0415

        wrong += leak_problems(linked.value.pdf, pickle.loads(assets[recipe.absent]), recipe.subject)
    problems = (*linked.diagnostics, *wrong, *examined.diagnostics)
    return answer(None if any(problem.is_error for problem in problems) else linked.value.pdf, problems)


def bound(recipe: Recipe, results: Mapping[Digest, bytes]) -> Binding:
    """Return what `recipe` names, as the linker wants it."""

    def piece(key: Digest) -> Piece:
        return Piece.from_bytes(read_answer(results[key]).value)

    runs = [piece(key) for key in recipe.runs]
    return Binding(
        sections=tuple(BoundSection(piece(key), title, anchor) for key, title, anchor in recipe.sections),
        facts=recipe.facts,
        programs={font: results[key] for font, key in recipe.faces},
        parts=recipe.parts,
        attachments=recipe.attachments,
        overlays=tuple((run, page) for run in runs for page in range(len(run.pages))),
        first_page=recipe.first_page,
        elsewhere=dict(recipe.elsewhere),
        keep=frozenset(recipe.keep),
        producer=recipe.producer,
        subject=recipe.subject,
    )
