"""`briefpack translate` writes the places to translate, and says what is left."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import Desk

RIVER = "content/summaries/river.es.md"
OVERVIEW = "content/overview.es.md"


def test_everything_is_written_once_and_listed(desk: Desk) -> None:
    first = desk.run("translate", "es")
    files = {path: (desk.folder / path).read_bytes() for path in _translations(desk.folder)}
    second = desk.run("translate", "es")

    assert (first.code, second.code) == (0, 0)
    assert sorted(files) == [
        "content/comparisons/flood.es.md",
        OVERVIEW,
        "content/summaries/harbour.es.md",
        RIVER,
    ]
    assert f"{RIVER}: written\n{RIVER}: 6 missing\n  missing short\n" in first.out
    assert second.out == "".join(line for line in first.out.splitlines(keepends=True) if "written" not in line)
    assert {path: (desk.folder / path).read_bytes() for path in files} == files


def test_with_check_nothing_is_written(desk: Desk) -> None:
    ran = desk.run("translate", "overview", "es", "--check")

    assert (ran.code, ran.out) == (0, f"{OVERVIEW}: 2 missing\n  missing title\n  missing body/1\n")
    assert _translations(desk.folder) == []


def test_texts_that_are_still_good_are_brought_up_to_date(desk: Desk) -> None:
    text = "---\n# ok\ntitle:\n  of: 00000000\n  text: La crecida\n---\n<!-- of: 00000000 -->\nEl río. [@river/rise]\n"
    (desk.folder / OVERVIEW).write_text(text, encoding="utf-8")

    one = desk.run("translate", "overview", "es", "--still-good", "body/1")
    assert one.out == f"{OVERVIEW}: brought up to date\n{OVERVIEW}: 1 stale\n  stale   title\n"

    rest = desk.run("translate", "es", "--still-good")
    assert f"{OVERVIEW}: brought up to date\n" in rest.out
    assert _translations(desk.folder) == [OVERVIEW]
    assert desk.run("translate", "overview", "es").out == "Nothing is missing, nothing is stale.\n"


def test_items_without_an_id_are_named(desk: Desk) -> None:
    assert (
        "content/summaries/river.md:36: this recommendation needs an `id` before it can be translated"
        in desk.run("translate", "river", "es").out
    )


def test_a_file_that_cannot_be_read_stays_as_it_is(desk: Desk) -> None:
    (desk.folder / RIVER).write_text("---\nshort: {of: x}\n---\n", encoding="utf-8")

    ran = desk.run("translate", "river", "es")

    assert ran.code == 1
    assert f"{RIVER}:2:8: error: `{{ }}` is not used here" in ran.err
    assert (desk.folder / RIVER).read_text(encoding="utf-8") == "---\nshort: {of: x}\n---\n"


def test_what_is_no_document_language_or_text_is_misuse(desk: Desk) -> None:
    wrong = [
        ("rivr", "es", "did you mean 'river'?"),
        ("river", "Spanish", "'Spanish' is no language"),
        ("river", "es", "points/bridge", "--still-good only"),
        ("river", "es", "--still-good", "points/brige", "no translated text 'points/brige'"),
    ]

    for *words, said in wrong:
        ran = desk.run("translate", *words)
        assert (ran.code, said in ran.err) == (2, True), ran.err


def _translations(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in (root / "content").rglob("*.es.md"))
