"""Engines by name, and the same bytes from each."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from tests.builder.bad_jobs import PERFORMERS, job_of
from tests.pdf.press import BASE, sections_of
from tests.templating import samples

from briefpack.builder.engines import ENGINES, Setup, engine_named
from briefpack.builder.jobs import Job, make_job
from briefpack.builder.performers import perform, performer_of
from briefpack.builder.slots import usable_processors
from briefpack.diagnostics import BriefpackError
from briefpack.products.pages import SectionHtml
from briefpack.templating.styles import styles_of
from briefpack.world import Digest, digest


def test_the_engines_are_these() -> None:
    assert list(ENGINES) == ["local", "dask"]


def test_an_unknown_engine_is_a_misuse_and_the_nearest_is_named() -> None:
    with pytest.raises(BriefpackError) as raised:
        engine_named("locla", Setup())

    assert (raised.value.exit_code, raised.value.diagnostics[0].hint) == (2, "did you mean 'local'?")


def test_the_local_engine_runs_jobs() -> None:
    with engine_named("local", Setup(jobs=1, performers=PERFORMERS)) as engine:
        assert engine.submit(job_of("reverse", b"abc"), {}).result(60).result == b"cba"


def test_there_is_at_least_one_processor() -> None:
    assert usable_processors() >= 1


def sections(count: int) -> tuple[list[Job], dict[Digest, bytes]]:
    """Jobs for the first sections of a dossier, and their assets."""
    packed = styles_of(BASE).to_bytes()
    look = digest(packed)
    first = sections_of(samples.dossier().sections[:count])
    return [make_job("section", section.title, _body(section, look), (look,), "0" * 64) for section in first], {
        look: packed
    }


def test_sections_set_in_children_have_the_same_bytes_as_those_set_here() -> None:
    jobs, assets = sections(3)
    here = [perform(job, assets) for job in jobs]
    with engine_named("local", Setup(jobs=2)) as engine:
        there = [engine.submit(job, assets).result(60) for job in reversed(jobs)][::-1]

    assert [outcome.detail for outcome in [*here, *there]] == [""] * 6
    assert [outcome.result for outcome in there] == [outcome.result for outcome in here]
    assert all(outcome.result for outcome in here)


def _body(section: SectionHtml, styles: Digest) -> bytes:
    return json.dumps({"section": asdict(section), "styles": styles}).encode()


@pytest.mark.parametrize("kind", ["section", "furniture"])
def test_each_kind_has_a_performer(kind: str) -> None:
    assert callable(performer_of(kind))
