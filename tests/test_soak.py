"""The soak: that it finds nothing where builds are right, and finds what is planted where they are wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from bench.soak import damage, settings, writing
from bench.soak.engine import RememberingEngine
from bench.soak.garden import SMALL, SMALLEST, Garden
from bench.soak.twin import Built, differences, expected
from bench.soak.walk import Course, Walk

from briefpack.builder import printed
from briefpack.builder.check import check_pack
from briefpack.builder.jobs import make_job
from briefpack.builder.store import Store
from briefpack.products.model import Brief, Section
from briefpack.products.pages import RenderOptions
from briefpack.templating.bundle import Bundle
from briefpack.world import Digest, World, digest

SUMMARY = "content/summaries/source-00001.md"
QUIET = Course(0, 0, command_every=0, forget_every=0)


@pytest.fixture(scope="module")
def engine() -> Iterator[RememberingEngine]:
    with RememberingEngine(jobs=2) as engine:
        yield engine


def walk(folder: Path, engine: RememberingEngine, course: Course = QUIET) -> Walk:
    return Walk(folder, 1, engine, course, SMALLEST)


# Where builds are right


def test_a_few_random_steps_differ_in_nothing(tmp_path: Path, engine: RememberingEngine) -> None:
    course = Course(edits=3, damages=5, command_every=6, forget_every=0)
    steps = list(walk(tmp_path, engine, course).steps())
    assert [(step.done, step.differences) for step in steps if step.differences] == []
    assert [step.kind for step in steps].count("damage") == 5
    assert [step.way for step in steps].count("command") == 1


def test_the_same_seed_takes_the_same_steps(tmp_path: Path) -> None:
    told = []
    for name in ("one", "other"):
        garden, chance = Garden.planted(tmp_path / name, SMALL, 3), Random(3)
        edits = [edit for _, edit in (*writing.EDITS, *settings.EDITS)]
        told.append(([edit(garden, chance) for edit in edits], garden.files()))
    assert told[0] == told[1]


def test_the_pack_checks_before_anything_is_done_to_it(tmp_path: Path) -> None:
    garden = Garden.planted(tmp_path / "pack", SMALL, 1)
    outcome = check_pack(World(garden.folder))
    assert [problem.message for problem in outcome.diagnostics if problem.is_error] == []
    assert outcome.pack is not None
    assert len({audience.parts for audience in outcome.pack.audiences}) == 2


@pytest.mark.parametrize("edit", [edit for _, edit in (*writing.EDITS, *settings.EDITS)])
def test_every_edit_finds_something_to_do_and_says_so_only_then(tmp_path: Path, edit: writing.Edit) -> None:
    garden, chance = Garden.planted(tmp_path / "pack", SMALL, 1), Random(1)
    garden.keep(is_valid=True)
    garden.write("templates/own/template.toml", 'extends = "base"\n')
    assert any(edit(garden, chance) for _ in range(20))


def test_an_earlier_state_comes_back_as_it_was(tmp_path: Path) -> None:
    garden = Garden.planted(tmp_path / "pack", SMALL, 1)
    garden.keep(is_valid=True)
    before = garden.files()
    for _, edit in writing.EDITS:
        edit(garden, Random(5))
    assert garden.files() != before
    garden.restore(garden.states[0])
    assert garden.files() == before


@pytest.mark.parametrize("bad", [bad for _, bad in damage.DAMAGES])
def test_every_damage_does_some(tmp_path: Path, bad: damage.Damage) -> None:
    store = Store(tmp_path / "build" / "store")
    for number in range(30):
        store.keep(digest(bytes([number])), bytes([number]) * 90)
        store.memo("html").keep(digest(bytes([number])), b"a value")
    store.close()
    for name in ("store/records/one", "store/ledger", "out/readers/dossier.pdf"):
        (tmp_path / "build" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "build" / name).write_bytes(b"something that can be damaged")

    def state() -> Mapping[str, object]:
        found = sorted((tmp_path / "build").rglob("*"))
        return {str(path): (path.lstat().st_mode, path.is_file() and path.read_bytes()) for path in found}

    chance, before = Random(2), state()
    assert any(bad(tmp_path, chance) for _ in range(20))
    assert state() != before


# Where builds are wrong


def test_html_that_is_taken_for_another_is_found(
    tmp_path: Path, engine: RememberingEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = printed.print_key

    def key(section: Section, bundle: Bundle, options: RenderOptions, fingerprint: Digest) -> Digest:
        headless = replace(section, lead=(), headline=section.points[0]) if isinstance(section, Brief) else section
        return right(headless, bundle, options, fingerprint)

    monkeypatch.setattr(printed, "print_key", key)
    planted = walk(tmp_path, engine)
    assert planted.take("first", str).differences == ()
    step = planted.take(
        "edit", lambda: str(planted.garden.replace(SUMMARY, "headline: >-\n  ", "headline: >-\n  Thus "))
    )
    assert any("readers/briefs/source-00001.pdf: is " in difference for difference in step.differences)
    assert step.kept is not None
    assert sorted(path.name for path in step.kept.iterdir()) == ["from-nothing", "going-on"]


def test_a_store_that_believes_everything_is_found(
    tmp_path: Path, engine: RememberingEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefpack.builder.store._seal", lambda key, content: bytes(32))
    planted = walk(tmp_path, engine)
    planted.take("first", str)
    built = planted.garden.folder / "build"
    entries = sorted((built / "store").glob("??/*"))

    def muddle() -> str:
        (built / "out" / "readers" / "dossier.pdf").unlink()
        contents = [entry.read_bytes() for entry in entries]
        for at, entry in enumerate(entries):
            entry.write_bytes(contents[at - 1])
        return "every entry has the content of the one before"

    assert len(entries) > 10
    assert planted.take("damage", muddle).differences


def test_two_jobs_of_one_key_are_found() -> None:
    engine = RememberingEngine(jobs=1)
    one = make_job("face", "one", b"{}", (), "f")
    other = make_job("face", "other", b"[]", (), "f", identity=b"{}")
    try:
        assert one.key == other.key
        for job in (one, other):
            engine.submit(job, {}).result()
    finally:
        engine.end()
    assert engine.differences == ["two jobs have one key and differ: other"]


COLD = Built(
    {"readers/": "folder", "readers/dossier.pdf": "new 644"},
    {"json": {"outcome": "built"}, "products": "", "sizes": {}},
    frozenset({"build/out/readers/briefs/one.pdf", "build/out/second/dossier.pdf"}),
)


@pytest.mark.parametrize(
    ("before", "stays"),
    [
        ("readers/dossier.pdf", True),
        ("readers/briefs/one.pdf", True),
        ("readers/briefs/two.pdf", False),
        ("readers/briefs/one-2.pdf", False),
        ("second/dossier-2.pdf", True),
        ("readers/dossier-2.pdf", False),
        ("readers/notes.txt", True),
        ("readers/mine/own.pdf", True),
        ("readers/.briefpack-x", False),
    ],
)
def test_what_must_be_there_afterwards_is_known(before: str, stays: bool) -> None:
    wanted = expected({before: "old 644"}, COLD)
    assert (before in wanted) is stays
    assert wanted["readers/dossier.pdf"] == "new 644"


def test_each_difference_is_named() -> None:
    got = Built({"readers/": "folder", "readers/dossier.pdf": "old 644"}, {**COLD.said, "sizes": {"cards": 2}})
    assert list(differences(got, expected({}, COLD), COLD)) == [
        "readers/dossier.pdf: is old 644, must be new 644",
        "the reports differ in sizes",
    ]


def test_a_build_that_raises_is_a_difference() -> None:
    assert list(differences(Built({}, None, raised="KeyError: 'x'"), {}, COLD)) == [
        "raised KeyError: 'x'; the build from nothing nothing"
    ]
