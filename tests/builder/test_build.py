"""The loop: what is made, what is stopped and why, and that what was there stays whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock
from tests.builder.engines import Here

from briefpack.builder import build as builder
from briefpack.builder.build import build
from briefpack.builder.report import BuildReport, BuildRequest
from briefpack.diagnostics import BriefpackError, Code
from briefpack.pdf.inspect import page_texts
from briefpack.world import World, digest, write_atomically

NAMES = [
    "council/brief/harbour",
    "council/brief/river",
    "council/comparison/flood",
    "council/dossier",
    "public/brief/harbour",
    "public/brief/river",
    "public/comparison/flood",
    "public/dossier",
]


def made(report: BuildReport) -> list[str]:
    return [product.name for product in report.products if product.is_made]


def stopped(report: BuildReport) -> dict[str, list[str]]:
    return {p.name: sorted({str(d.code) for d in p.problems}) for p in report.products if not p.is_made}


def files(pack: Path, folder: str = "build/out") -> dict[str, bytes]:
    root = pack / folder
    return {str(file.relative_to(root)): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


def change(pack: Path, file: str, old: str, new: str) -> None:
    text = (pack / file).read_text(encoding="utf-8")
    assert old in text
    (pack / file).write_text(text.replace(old, new), encoding="utf-8")


RIVER, HARBOUR = "content/summaries/river.md", "content/summaries/harbour.md"


def test_every_product_of_every_audience_is_made(built: Path) -> None:
    assert list(files(built)) == [
        *(f"{audience}/{name}.pdf" for audience in ("council", "public") for name in FILES),
    ]


FILES = ("briefs/harbour", "briefs/river", "comparisons/flood", "dossier")


def test_a_report_tells_of_each_file(tiny: Path) -> None:
    report = build(World(tiny), BuildRequest(only=("public/brief/river",)))  # with children
    (product,) = report.products
    content = files(tiny)["public/briefs/river.pdf"]
    assert (product.path, product.pages, product.bytes) == ("build/out/public/briefs/river.pdf", 1, len(content))
    assert (product.digest, product.sections, product.sections_made) == (digest(content), 1, 1)
    assert (report.outputs, report.sizes) == (
        {product.path: product.digest},
        {"sources": 2, "cards": 8, "statements": 13},
    )
    assert not report.has_errors


def test_children_set_the_same_bytes_as_this_process(tiny: Path, built_once: Path) -> None:
    report = build(World(tiny), BuildRequest(jobs=2))
    assert stopped(report) == {}
    assert files(tiny) == files(built_once)


def test_an_error_stops_the_products_that_print_it_and_leaves_their_old_files(built: Path) -> None:
    before = files(built)
    change(built, RIVER, "closed the lower bridge for nine days", "closed the upper bridge for nine days")
    change(built, HARBOUR, "They ask for insurance.", "They ask for more insurance.")
    report = build(World(built), BuildRequest())
    assert stopped(report) == {name: ["quote-not-found"] for name in NAMES if not name.endswith("harbour")}
    after = files(built)
    for name, content in before.items():
        assert (after[name] == content) is not name.endswith("briefs/harbour.pdf")
    assert report.has_errors


def test_an_error_of_a_statement_that_an_audience_does_not_see_stops_nothing_there(built: Path) -> None:
    change(built, RIVER, "  - text: Ask what the wall will cost.\n", "  - text: Ask. [@nothing]\n")
    report = build(World(built), BuildRequest())
    assert list(stopped(report)) == ["council/dossier"]  # a record's statement, and only the council sees it


def test_a_card_that_nothing_cites_stops_nothing(built: Path) -> None:
    change(built, RIVER, "  mayor: >-\n", "  other: nowhere in the source\n  mayor: >-\n")
    report = build(World(built), BuildRequest())
    assert stopped(report) == {}
    assert report.has_errors


def test_an_unreadable_summary_stops_its_brief_and_what_joins_it_but_no_others(built: Path) -> None:
    before = files(built)
    change(built, HARBOUR, "headline:", "headline")
    report = build(World(built), BuildRequest())
    assert set(stopped(report)) == {name for name in NAMES if not name.endswith("river")}
    assert all(codes for codes in stopped(report).values())
    assert made(report) == ["council/brief/river", "public/brief/river"]
    assert files(built).keys() == before.keys()


def test_an_unreadable_overview_stops_the_dossiers(built: Path) -> None:
    change(built, "content/overview.md", "title: The flood in short", "title")
    assert list(stopped(build(World(built), BuildRequest()))) == ["council/dossier", "public/dossier"]


def test_an_unreadable_comparison_stops_itself_and_the_dossiers(built: Path) -> None:
    change(built, "content/comparisons/flood.md", "title: Two", "title Two")
    report = build(World(built), BuildRequest())
    assert set(stopped(report)) == {name for name in NAMES if name.endswith(("flood", "dossier"))}


def test_of_two_documents_of_one_name_only_the_unreadable_one_is_missing(built: Path) -> None:
    (built / "content/comparisons/flood.md").rename(built / "content/comparisons/river.md")
    change(built, "content/pack.toml", 'comparisons = ["flood"]', 'comparisons = ["river"]')
    change(built, "content/comparisons/river.md", "title: Two", "title Two")
    report = build(World(built), BuildRequest())
    assert len({product.name for product in report.products}) == len(report.products)
    assert "council/brief/river" in made(report)


def test_too_many_key_figures_stop_the_brief_of_the_audience_that_has_them(built: Path) -> None:
    one = (
        "  - id: more{}\n    measure: rise\n    period: 2019\n    value: 1,058\n    key: [council]\n    cite: [rise]\n"
    )
    change(built, RIVER, "statistics:\n", "statistics:\n" + "".join(one.format(n) for n in range(7)))
    report = build(World(built), BuildRequest())
    assert stopped(report) == {"council/brief/river": ["too-many"], "council/dossier": ["too-many"]}


def test_templates_that_are_missing_stop_their_audience(built: Path) -> None:
    change(built, "content/pack.toml", 'title = "For the public"', 'title = "For the public"\ntemplates = "pubilc"')
    report = build(World(built), BuildRequest())
    assert stopped(report) == {name: ["template-missing"] for name in NAMES if name.startswith("public")}


def test_files_of_products_that_are_no_more_are_removed(built: Path) -> None:
    (built / HARBOUR).unlink()
    (built / "content/overview.md").unlink()
    (built / "content/comparisons/flood.md").unlink()
    change(built, "content/pack.toml", 'sources = ["river", "harbour"]\ncomparisons = ["flood"]', 'sources = ["river"]')
    notes = built / "build/out/public/notes.txt"
    notes.write_text("mine")
    report = build(World(built), BuildRequest())
    removed = [f"{audience}/{name}.pdf" for audience in ("council", "public") for name in FILES[::2]]
    assert list(report.removed) == sorted(f"build/out/{name}" for name in removed)
    assert notes.read_text() == "mine"
    assert not (built / "build/out/public/comparisons").exists()


def test_files_of_an_audience_that_is_no_more_are_removed(built: Path) -> None:
    change(built, "content/pack.toml", '[audiences.public]\ntitle = "For the public"\nannex = "cited"\n', "")
    report = build(World(built), BuildRequest())
    assert len(report.removed) == len(FILES)
    assert not (built / "build/out/public").exists()


def test_what_a_killed_run_left_half_written_is_cleared_away(built: Path) -> None:
    rest = built / "build/out/public/briefs/.briefpack-abc"
    rest.write_bytes(b"half")
    build(World(built), BuildRequest())
    assert not rest.exists()


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (BuildRequest(audiences=("public",)), [name for name in NAMES if name.startswith("public")]),
        (BuildRequest(kinds=("brief",)), [name for name in NAMES if "/brief/" in name]),
        (BuildRequest(only=("public/dossier",)), ["public/dossier"]),
        (BuildRequest(audiences=("council",), kinds=("comparison",)), ["council/comparison/flood"]),
    ],
)
def test_a_part_can_be_asked_for_and_nothing_is_removed_then(
    built: Path, request_: BuildRequest, expected: list[str]
) -> None:
    old = built / "build/out/gone/briefs/old.pdf"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    report = build(World(built), request_)
    assert made(report) == expected
    assert report.removed == ()
    assert old.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("request_", "hint"),
    [
        (BuildRequest(audiences=("pubilc",)), "did you mean"),
        (BuildRequest(kinds=("record",)), "known: brief, comparison, dossier"),
        (BuildRequest(only=("public/brief/rivre",)), "did you mean"),
    ],
)
def test_what_does_not_exist_is_a_misuse_and_nothing_is_made(built: Path, request_: BuildRequest, hint: str) -> None:
    before = files(built)
    with pytest.raises(BriefpackError) as caught:
        build(World(built), request_)
    assert caught.value.exit_code == 2
    assert hint in caught.value.diagnostics[0].hint
    assert files(built) == before


def test_another_run_that_builds_is_waited_for_by_nobody(built: Path) -> None:
    with FileLock(built / "build/.lock"), pytest.raises(BriefpackError) as caught:
        build(World(built), BuildRequest())
    assert caught.value.exit_code == 75


def test_a_draft_is_made_beside_what_was_built(built: Path) -> None:
    before = files(built)
    change(built, RIVER, "closed the lower bridge for nine days", "closed the upper bridge for nine days")
    report = build(World(built), BuildRequest(draft=True))
    assert stopped(report) == {}
    assert files(built) == before
    assert files(built, "build/draft").keys() == before.keys()


@pytest.mark.usefixtures("here")
def test_a_draft_shows_what_failed_and_marks_its_pages(tiny: Path) -> None:
    change(tiny, RIVER, "closed the lower bridge for nine days", "closed the upper bridge for nine days")
    for name in ("public/brief/river", "public/comparison/flood", "public/dossier"):
        report = build(World(tiny), BuildRequest(draft=True, only=(name,)))
        assert made(report) == [name]
    for content in files(tiny, "build/draft").values():
        pages = page_texts(content)
        text = " ".join("\n".join(pages).split())
        assert "Not verified" in text
        assert "not in 'river'" in text
        assert all("DRAFT" in "".join(page.split()) for page in pages)
    assert files(tiny) == {}


def test_a_disk_that_is_full_leaves_every_file_whole(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(built)
    change(built, RIVER, "About 300 families left, says", "Some 300 families left, says")
    written: list[Path] = []

    def full(target: Path, content: bytes) -> None:
        if len(written) == 2:
            raise OSError(28, "No space left on device", str(target))
        written.append(target)
        write_atomically(target, content)

    monkeypatch.setattr(builder, "write_atomically", full)
    with pytest.raises(OSError, match="No space"):
        build(World(built), BuildRequest())
    after = files(built)
    assert after.keys() == before.keys()
    for name, content in after.items():
        is_new = built / "build/out" / name in written
        assert content == before[name] or is_new


def test_a_write_that_fails_leaves_no_rest(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(built)

    def broken(source: str, target: str) -> None:
        raise OSError(5, "Input/output error", str(target))

    change(built, RIVER, "About 300 families left, says", "Some 300 families left, says")
    monkeypatch.setattr("briefpack.world.os.replace", broken)
    with pytest.raises(OSError, match="Input/output"):
        build(World(built), BuildRequest(audiences=("public",)))
    assert files(built) == before


def test_settings_that_cannot_be_read_make_nothing_and_remove_nothing(built: Path) -> None:
    before = files(built)
    change(built, "content/pack.toml", "[pack]", "[pack")
    report = build(World(built), BuildRequest())
    assert report.products == ()
    assert report.has_errors
    assert Code.TOML_INVALID in {diagnostic.code for diagnostic in report.diagnostics}
    assert files(built) == before


def test_an_audience_with_a_mistake_keeps_its_files(built: Path) -> None:
    before = files(built)
    change(built, "content/pack.toml", 'title = "For the public"', 'titel = "For the public"')
    report = build(World(built), BuildRequest())
    assert Code.KEY_UNKNOWN in {diagnostic.code for diagnostic in report.diagnostics}
    assert {product.audience for product in report.products} == {"council"}
    assert report.removed == ()
    assert list(files(built)) == list(before)


def test_only_a_dossier_has_volumes(built: Path) -> None:
    change(built, HARBOUR, "headline: The harbour", "headline: Eleven times the harbour")
    other = built / "build/out/public/briefs/harbour-2.pdf"
    volume = built / "build/out/public/dossier-2.pdf"
    for file in (other, volume):
        file.write_bytes(b"old")
    report = build(World(built), BuildRequest())
    assert {"public/brief/harbour", "public/dossier"} <= stopped(report).keys()
    assert report.removed == ("build/out/public/briefs/harbour-2.pdf",)
    assert volume.read_bytes() == b"old"


def test_the_colophon_lists_the_files_of_the_audience(built: Path) -> None:
    change(built, HARBOUR, "headline: The harbour", "labels: [internal]\nheadline: The harbour")
    report = build(World(built), BuildRequest(kinds=("dossier",)))
    assert stopped(report) == {}
    public, council = (words(files(built)[f"{audience}/dossier.pdf"]) for audience in ("public", "council"))
    assert "content/summaries/river.md" in public
    assert "seeds/river.txt" in public
    assert "harbour" not in public.lower()
    assert "flood.md" not in public
    assert "content/summaries/harbour.md" in council


def words(content: bytes) -> str:
    """The text of a file, without line breaks."""
    return " ".join("\n".join(page_texts(content)).split())


def test_an_audience_with_a_mistake_is_not_called_unknown(built: Path) -> None:
    settings = built / "content" / "pack.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[audiences.public]\n", "[audiences.public]\nanex = 'none'\n"), encoding="utf-8")

    with pytest.raises(BriefpackError) as caught:
        build(World(built), BuildRequest(audiences=("public",)))

    assert [d.code.public for d in caught.value.diagnostics] == ["key-unknown"]
    assert caught.value.exit_code == 1


def test_what_a_typesetter_would_mend_is_said_again_from_the_store(tiny: Path, here: Here) -> None:
    settings = tiny / "content" / "pack.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + 'templates = "town"\n', encoding="utf-8")
    town = tiny / "templates" / "town"
    town.mkdir(parents=True)
    (town / "template.toml").write_text('extends = "base"\n', encoding="utf-8")
    (town / "style.css").write_text(".point .text { width: 20mm; }", encoding="utf-8")
    request = BuildRequest(only=("public/brief/river",))
    first = build(World(tiny), request)
    here.jobs.clear()

    again = build(World(tiny), request)

    assert here.jobs == []
    assert "measure-narrow" in {str(problem.code) for problem in first.diagnostics}
    assert again.diagnostics == first.diagnostics
