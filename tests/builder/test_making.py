"""Making a product of its sections: what fails is named and stops nothing else, numbers are right, little is redone."""

from __future__ import annotations

import io
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pikepdf
import pytest
from tests.builder.conftest import employ
from tests.builder.engines import Here, refused
from tests.builder.test_build import FILES, HARBOUR, NAMES, RIVER, change, files, made, stopped, words

from briefpack.builder.build import build
from briefpack.builder.jobs import Cause, Job, Outcome
from briefpack.builder.memo import Memo
from briefpack.builder.report import BuildReport, BuildRequest, ProductReport
from briefpack.builder.store import Store
from briefpack.diagnostics import Code, Diagnostic, Location
from briefpack.pdf.inspect import Inspection, inspect_pdf
from briefpack.world import World

ANNEX = "public, annex: River: original"

EVERYTHING = BuildRequest()


def rebuilt(pack: Path, request: BuildRequest = EVERYTHING) -> BuildReport:
    return build(World(pack), request)


def product(report: BuildReport, name: str) -> ProductReport:
    return next(each for each in report.products if each.name == name)


def sections_set(engine: Here) -> list[str]:
    """The sections that an engine was given, without numbers of contents: they are set twice."""
    return sorted({job.name for job in engine.jobs if job.kind == "section"})


def failing(cause: Cause, *names: str) -> Callable[[Job], Outcome | None]:
    """Answers jobs of these names with a failure."""
    return lambda job: Outcome(job.key, b"", cause, "one\ntwo") if job.name in names else None


# --- what fails


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        ("time", "was not finished in time"),
        ("memory", "needs more memory than it may use"),
        ("crash", "made the layout engine crash"),
        ("toolchain", "was refused by a worker"),
        ("defect", "met a defect of briefpack"),
    ],
)
def test_a_section_that_cannot_be_set_is_named_with_its_cause_and_the_other_products_are_made(
    built: Path, here: Here, cause: Cause, said: str
) -> None:
    before = files(built)
    change(built, "content/pack.toml", '[pack]\ntitle = "A town by a river"', '[pack]\ntitle = "A town"')
    here.instead = failing(cause, ANNEX)
    report = rebuilt(built)
    assert stopped(report) == {"public/dossier": ["render-failed"]}
    (problem,) = product(report, "public/dossier").problems
    assert (problem.message, problem.detail) == (f"{ANNEX}: {said}", ("one", "two"))
    assert report.has_errors
    after = files(built)
    assert after.keys() == before.keys()
    assert [name for name in before if after[name] == before[name]] == ["public/dossier.pdf"]
    assert product(report, "public/dossier").older


def test_every_section_that_fails_is_named(built: Path, here: Here) -> None:
    change(built, "content/pack.toml", '[pack]\ntitle = "A town by a river"', '[pack]\ntitle = "A town"')
    names = (ANNEX, "public, annex: Harbour: original", "public, cover: Cover")
    here.instead = failing("crash", *names)
    problems = product(rebuilt(built), "public/dossier").problems
    assert {problem.message.partition(": made")[0] for problem in problems} == set(names)


def test_what_failed_is_tried_again_and_what_was_set_beside_it_is_not(built: Path, here: Here) -> None:
    change(built, "content/pack.toml", '[pack]\ntitle = "A town by a river"', '[pack]\ntitle = "A town"')
    here.instead = failing("time", ANNEX)
    assert rebuilt(built).has_errors
    here.instead, here.jobs = (lambda _: None), []
    report = rebuilt(built)
    assert not report.has_errors
    assert [name for name in sections_set(here) if "contents" not in name] == [ANNEX]
    assert {p.name for p in report.products if not p.is_current} == {"public/dossier"}


@pytest.mark.parametrize("kind", ["fit", "furniture", "face"])
def test_other_jobs_that_fail_stop_their_products_too(built: Path, here: Here, kind: str) -> None:
    before = files(built)
    change(built, "content/pack.toml", '[pack]\ntitle = "A town by a river"', '[pack]\ntitle = "A càfé"')
    here.instead = lambda job: Outcome(job.key, b"", "crash") if job.kind == kind else None
    failed = stopped(rebuilt(built))
    assert failed
    assert set(map(tuple, failed.values())) == {("render-failed",)}
    after = files(built)
    kept = {f"{PurePosixPath(name).parts[0]}/dossier.pdf" for name in failed if name.endswith("dossier")}
    assert kept
    assert all(after[name] == before[name] for name in kept)


def test_a_brief_that_does_not_fit_stops_what_prints_it_and_keeps_the_old_files(built: Path, here: Here) -> None:
    before = files(built)
    change(built, RIVER, "The lower bridge was closed for nine days.", "The bridge was closed for nine days.")

    def over(job: Job) -> Outcome | None:
        problem = Diagnostic(Code.PAGE_OVERFLOW, "too long", Location(RIVER))
        return refused(job, problem) if job.kind == "fit" else None

    here.instead = over
    report = rebuilt(built)
    printing = {name for name in NAMES if name.endswith(("brief/river", "dossier"))}
    assert stopped(report) == {name: ["page-overflow"] for name in printing}
    assert files(built) == before


def test_a_template_that_fails_stops_the_products_it_prints_and_is_placed(built: Path) -> None:
    before = files(built)
    own = built / "templates" / "own"
    own.mkdir(parents=True)
    (own / "template.toml").write_text("")
    (own / "annex.html").write_text("{{ annex.nothing }}")
    change(built, "content/pack.toml", 'title = "For the public"', 'title = "For the public"\ntemplates = "own"')
    report = rebuilt(built)
    assert stopped(report) == {"public/dossier": ["template-field"]}
    assert str(product(report, "public/dossier").problems[0].location) == "templates/own/annex.html:1:10"
    assert files(built)["public/dossier.pdf"] == before["public/dossier.pdf"]


# --- numbers


@pytest.fixture
def dossier(built: Path) -> Inspection:
    return inspect_pdf(files(built)["council/dossier.pdf"])


def test_contents_print_the_page_that_each_line_leads_to(built: Path, dossier: Inspection) -> None:
    entries = [link for link in dossier.links if link.page == 2]
    with pikepdf.open(built / "build/out/council/dossier.pdf") as pdf:
        said = [str(annotation.Contents) for annotation in pdf.pages[1].Annots]
    numbers = [int(found[1]) for text in said if (found := re.search(r", page (\d+)$", text))]
    assert len(numbers) == 8
    assert numbers == [link.to_page for link, text in zip(entries, said, strict=True) if ", page " in text]
    assert "000" not in dossier.texts[1]


def test_the_index_prints_the_page_that_each_of_its_numbers_leads_to(built: Path) -> None:
    places = '[places.well]\nname = "bridge"\n\n[[parts]]'
    change(built, "content/pack.toml", "[[parts]]", places)
    assert not rebuilt(built).has_errors
    read = inspect_pdf(files(built)["council/dossier.pdf"])
    page = next(
        number
        for number, text in enumerate(read.texts, 1)
        if text.splitlines()[0].startswith("Dossier") and "Pages of this dossier" in text
    )
    with pikepdf.open(built / "build/out/council/dossier.pdf") as pdf:
        said = [str(annotation.Contents) for annotation in pdf.pages[page - 1].Annots]
    leads = [link.to_page for link in read.links if link.page == page]
    assert leads
    assert [int(found[0]) for text in said if (found := re.search(r"\d+", text))] == leads


def test_pages_are_numbered_from_the_cover_to_the_colophon(dossier: Inspection) -> None:
    assert dossier.labels == tuple(str(number) for number in range(1, 12))
    assert [text.split()[-1] for text in dossier.texts[1:]] == [str(number) for number in range(2, 12)]


# --- volumes


@pytest.fixture
def divided(built: Path) -> Path:
    """The small pack with volumes of at most four pages."""
    change(built, "content/pack.toml", "[[parts]]", "[dossier]\nvolume-pages = 4\n\n[[parts]]")
    return built


def volumes(pack: Path) -> dict[str, Inspection]:
    found = {name: content for name, content in files(pack).items() if name.startswith("council/dossier")}
    return {PurePosixPath(name).name: inspect_pdf(content) for name, content in found.items()}


def test_a_long_dossier_is_bound_in_volumes_with_one_running_page_number(divided: Path) -> None:
    report = rebuilt(divided)
    assert report.removed == ("build/out/council/dossier.pdf", "build/out/public/dossier.pdf")
    found = volumes(divided)
    assert list(found) == ["dossier-1.pdf", "dossier-2.pdf", "dossier-3.pdf"]
    assert [volume.labels for volume in found.values()] == [
        ("1", "2", "3", "4"), ("5", "6", "7", "8"), ("9", "10", "11"),
    ]  # fmt: skip
    assert all(
        text.split()[-1] == label
        for volume in found.values()
        for label, text in zip(volume.labels, volume.texts, strict=True)
        if label != "1"
    )
    told = product(report, "council/dossier")
    assert (told.path, told.pages) == ("build/out/council/dossier-1.pdf", 11)
    assert list(told.outputs) == [f"build/out/council/{name}" for name in found]


def test_links_between_volumes_name_the_file_and_a_place_that_it_has(divided: Path) -> None:
    rebuilt(divided)
    ways = []
    for name, content in sorted(files(divided).items()):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            ways += [
                (PurePosixPath(name).parent / str(annotation.A.F), str(annotation.A.D))
                for page in pdf.pages
                for annotation in page.get("/Annots", ())
                if "/A" in annotation and annotation.A.S == "/GoToR"
            ]
    assert len(ways) > 10
    names = {}
    for file in {file for file, _ in ways}:
        with pikepdf.open(io.BytesIO(files(divided)[str(file)])) as pdf:
            names[file] = set(pikepdf.NameTree(pdf.Root.Names.Dests).keys())
    assert [way for way in ways if way[1] not in names[way[0]]] == []


def test_contents_of_the_first_volume_number_the_pages_of_all(divided: Path) -> None:
    before = " ".join(inspect_pdf(files(divided)["council/dossier.pdf"]).texts[1].split())
    rebuilt(divided)
    assert " ".join(volumes(divided)["dossier-1.pdf"].texts[1].split()) == before


def test_the_originals_are_attached_to_the_last_volume_only(divided: Path) -> None:
    attached = inspect_pdf(files(divided)["council/dossier.pdf"]).attachments
    rebuilt(divided)
    assert [volume.attachments for volume in volumes(divided).values()] == [(), (), attached]
    assert attached


def test_volumes_that_are_there_are_not_made_again_and_go_when_there_is_one_file_again(divided: Path) -> None:
    rebuilt(divided)
    report = rebuilt(divided)
    assert all(each.is_current for each in report.products)
    change(divided, "content/pack.toml", "volume-pages = 4", "volume-pages = 400")
    report = rebuilt(divided)
    assert [path for path in report.removed if "council" in path] == [
        f"build/out/council/dossier-{number}.pdf" for number in (1, 2, 3)
    ]
    assert list(files(divided)) == [f"{audience}/{name}.pdf" for audience in ("council", "public") for name in FILES]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_volume_that_is_joined_again_keeps_its_place_in_the_report(divided: Path, number: int) -> None:
    before = product(rebuilt(divided), "council/dossier")
    (divided / f"build/out/council/dossier-{number}.pdf").write_bytes(b"")
    after = product(rebuilt(divided), "council/dossier")
    assert not after.is_current
    assert (after.path, after.digest, after.volumes) == (before.path, before.digest, before.volumes)


def test_the_volumes_of_a_dossier_that_fails_stay(divided: Path, here: Here) -> None:
    rebuilt(divided)
    before = files(divided)
    change(divided, "content/pack.toml", 'title = "The flood"', 'title = "The great flood"')
    here.instead = lambda job: Outcome(job.key, b"", "crash") if "contents" in job.name else None
    report = rebuilt(divided)
    assert set(stopped(report)) == {"council/dossier", "public/dossier"}
    assert report.removed == ()
    assert files(divided) == before
    assert product(report, "council/dossier").older


# --- what is done again


def test_a_second_build_sets_nothing_and_writes_nothing(built: Path, here: Here) -> None:
    stamps = {path: path.stat().st_mtime_ns for path in (built / "build/out").rglob("*.pdf")}
    report = rebuilt(built)
    assert [(p.is_current, p.sections_made) for p in report.products] == [(True, 0)] * len(NAMES)
    assert here.jobs == []
    assert {path: path.stat().st_mtime_ns for path in (built / "build/out").rglob("*.pdf")} == stamps


def test_an_edit_of_one_statement_sets_only_the_sections_that_print_it(built: Path, here: Here) -> None:
    before = files(built)
    change(built, RIVER, "  - text: Ask what the wall will cost.", "  - text: Ask what a wall will cost.")
    report = rebuilt(built)
    colophons = [f"{audience}, colophon: Colophon" for audience in ("council", "public")]  # with the file's digest
    assert sections_set(here) == sorted([*colophons, "council, record: River, in detail"])
    changed_files = {name for name, content in files(built).items() if content != before[name]}
    assert changed_files == {"council/dossier.pdf", "public/dossier.pdf"}
    changed = product(report, "council/dossier")
    assert (changed.sections, changed.sections_made, changed.is_current) == (11, 2, False)


def test_a_file_that_was_removed_or_changed_is_bound_again_without_setting_anything(built: Path, here: Here) -> None:
    before = files(built)
    (built / "build/out/public/dossier.pdf").unlink()
    (built / "build/out/council/dossier.pdf").write_bytes(b"changed")
    report = rebuilt(built)
    assert {job.kind for job in here.jobs} == {"join"}
    assert {p.name for p in report.products if not p.is_current} == {"council/dossier", "public/dossier"}
    assert files(built) == before


def test_force_uses_nothing_that_was_kept(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(built)
    found: list[object] = []
    monkeypatch.setattr(Store, "find", lambda *key: found.append(key))
    monkeypatch.setattr(Memo, "find", lambda *key: found.append(key))
    assert not rebuilt(built, BuildRequest(is_forced=True)).has_errors
    assert found == []
    assert files(built) == before


def test_force_sets_everything_again_to_the_same_bytes(built: Path, here: Here) -> None:
    before = files(built)
    report = rebuilt(built, BuildRequest(is_forced=True))
    assert all(p.sections_made == p.sections and not p.is_current for p in report.products)
    assert {job.kind for job in here.jobs} == {"fit", "section", "furniture", "face", "join"}
    assert files(built) == before


def test_a_piece_that_two_files_share_is_set_once(tiny: Path, here: Here) -> None:
    assert made(rebuilt(tiny)) == NAMES
    assert len({job.key for job in here.jobs}) == len(here.jobs)


# --- a store that is damaged


def spoil(store: Path, change_of: Callable[[bytes], bytes]) -> None:
    entries = [path for path in sorted(store.glob("[0-9a-f][0-9a-f]/*")) if path.is_file()]
    assert entries
    for path in entries:
        path.write_bytes(change_of(path.read_bytes()))


@pytest.mark.parametrize(
    "change_of",
    [lambda _: b"", lambda content: content[:-1], lambda content: content[:-1] + bytes((content[-1] ^ 1,))],
    ids=["empty", "cut off", "one bit"],
)
def test_results_that_are_damaged_are_made_again_to_the_same_bytes(
    built: Path, here: Here, change_of: Callable[[bytes], bytes]
) -> None:
    before = files(built)
    spoil(built / "build/store", change_of)
    shutil.rmtree(built / "build/out")
    report = rebuilt(built)
    assert not report.has_errors
    assert here.jobs
    assert files(built) == before


def test_memo_tables_that_are_no_database_are_made_anew(built: Path) -> None:
    before = files(built)
    (built / "build/store/memo.sqlite").write_bytes(b"nothing" * 1000)
    shutil.rmtree(built / "build/out")
    assert not rebuilt(built).has_errors
    assert files(built) == before
    with sqlite3.connect(built / "build/store/memo.sqlite") as tables:
        assert tables.execute("SELECT count(*) FROM memo").fetchone()[0] > 0
    tables.close()


def test_a_store_that_was_deleted_costs_only_time(built: Path) -> None:
    before = files(built)
    shutil.rmtree(built / "build/store")
    assert not rebuilt(built).has_errors
    assert files(built) == before


@pytest.mark.parametrize("stood", [False, True])
def test_a_store_that_cannot_be_written_stops_nothing(
    tiny: Path, built_once: Path, monkeypatch: pytest.MonkeyPatch, stood: bool
) -> None:
    engine = employ(Here(), monkeypatch)
    (tiny / "build").mkdir()
    (tiny / "build/store").write_text("a file where the folder should be")
    if stood:
        shutil.copytree(built_once / "build/out", tiny / "build/out")
    report = rebuilt(tiny)
    assert made(report) == NAMES
    assert engine.jobs
    assert files(tiny) == files(built_once)


def test_an_original_that_is_edited_sets_its_annex_again(built: Path, here: Here) -> None:
    change(built, "seeds/harbour.md", "The harbour after the flood", "The harbour after this flood")
    change(built, HARBOUR, "title: The harbour after the flood", "title: The harbour after this flood")
    assert not rebuilt(built).has_errors
    assert {"public, annex: Harbour: original", "public, bibliography: Sources"} <= set(sections_set(here))
    assert "public, annex: River: original" not in sections_set(here)
    assert "after this flood" in words(files(built)["public/dossier.pdf"])
