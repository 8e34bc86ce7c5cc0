"""Each audience is shown what is translated into its language, and the original where nothing is."""

from __future__ import annotations

from pathlib import Path

from tests.products.making import brief_of, words, write_pack
from tests.products.translating import ALPHA, PACK, write_translated_pack

from briefpack.builder.check import Outcome, check_pack
from briefpack.products.model import Brief
from briefpack.products.view import View
from briefpack.templating.bundle import load_bundle
from briefpack.templating.sections import render_section
from briefpack.world import World

SUMMARY, SPANISH = "content/summaries/alpha.md", "content/summaries/alpha.es.md"


def outcome(root: Path) -> Outcome:
    return check_pack(World(root))


def said(found: Outcome) -> list[str]:
    return [f"{d.location} {d.code}" for d in found.diagnostics]


def brief(root: Path, audience: str = "vecinos") -> Brief:
    return brief_of(root, "alpha", audience)


def only(audience: str) -> tuple[str, str]:
    """How the settings are changed so that of the readers of Spanish this audience is left alone."""
    other = {"es-SV": "es-ES", "es-ES": "es-SV"}[audience]
    return f'language = "{other}"', f'language = "{audience}"'


def html(root: Path) -> str:
    bundle = load_bundle(World(root), "base").value
    assert bundle is not None
    rendered = render_section(brief(root), bundle).value
    assert rendered is not None
    return rendered.html


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def test_a_translated_pack_has_no_problem_and_prints_the_translation(tmp_path: Path) -> None:
    root = write_translated_pack(tmp_path)
    made = brief(root)

    assert [problem for problem in said(outcome(root)) if "translation" in problem] == []
    assert (made.head.pack_title, made.short) == ("Puentes", "Los puentes")
    assert words(made.headline) == "El norte construyó 41 puentes."
    assert [words(point) for point in made.points] == [
        "Los albañiles quieren mejores salarios.",
        "Los barqueros perdieron 17 barcas.",
        "Nadie contó las barcas.",
    ]
    assert made.points[0].notes[0].about == "Los albañiles piden más."
    assert {cited.language for cited in (made.headline, *made.points, *made.cautions)} == {""}
    assert (made.figures[0].measure, made.figures[0].unit) == ("Puentes construidos", "puentes")
    assert " lang=" not in html(root).replace('lang="es-SV"', "").replace('class="quoted" lang="en"', "").replace(
        '<span lang="en">On the bridges of the north</span>', ""
    )


def test_readers_of_the_original_are_shown_the_original(tmp_path: Path) -> None:
    translated, plain = write_translated_pack(tmp_path / "one"), write_pack(tmp_path / "two")

    assert brief(translated, "insiders") == brief(plain, "insiders")


def test_what_is_stale_or_missing_is_the_original_tagged_and_told(tmp_path: Path) -> None:
    missing = ALPHA.replace("  boats:\n    of: 00000000\n    text: Los barqueros perdieron 17 barcas. [@boats]\n", "")
    root = write_translated_pack(tmp_path, spanish=missing)
    edit(
        root,
        SUMMARY,
        "The north built 41 bridges. [@built]\npoints",
        "The north has built 41 bridges. [@built]\npoints",
    )
    made = brief(root)

    assert [problem for problem in said(outcome(root)) if "translation" in problem] == [
        f"{SPANISH}:10:1 translation-stale",
        f"{SUMMARY}:27:11 translation-missing",
    ]
    assert (words(made.headline), made.headline.language) == ("The north has built 41 bridges.", "en")
    assert [point.language for point in made.points] == ["", "en", ""]
    assert '<span lang="en">Ferrymen lost' in html(root)


def test_nothing_is_said_of_texts_that_no_reader_of_the_language_is_shown(tmp_path: Path) -> None:
    root = write_translated_pack(tmp_path)
    edit(root, PACK, 'language = "es-SV"\nsources = ["alpha"]', 'language = "es-SV"\nsources = ["beta"]')
    edit(root, PACK, 'language = "es-ES"\nsources = ["alpha"]', 'language = "es-ES"\nsources = ["beta"]')
    (root / SPANISH).write_text("---\nshort:\n  of: 00000000\n  text: Puentes\n---\n", encoding="utf-8")

    assert [problem for problem in said(outcome(root)) if "alpha" in problem and "translation" in problem] == []


def test_an_error_of_a_translation_stops_its_readers_alone(tmp_path: Path) -> None:
    root = write_translated_pack(tmp_path)
    edit(root, SPANISH, "41 puentes", "14 puentes")
    found = outcome(root)

    assert f"{SPANISH}:12:28 number-unsupported" in said(found)
    assert found.verified is not None
    verdicts = {
        audience.id: [str(error.code) for error in View(found.verified, audience).errors([summary.headline])]
        for audience in found.verified.pack.audiences
        for summary in [View(found.verified, audience).verified.content.summaries[0]]
    }
    assert verdicts == {
        "insiders": [],
        "public": [],
        "vecinos": ["number-unsupported"],
        "barrio": ["number-unsupported"],
    }


def test_numbers_are_written_as_the_audience_writes_them(tmp_path: Path) -> None:
    changes = [
        (SUMMARY, "built 41 bridges in 2018", "built 4,100.5 bridges in 2018"),
        ("seeds/alpha.txt", "built 41 bridges in 2018", "built 4,100.5 bridges in 2018"),
        (SUMMARY, "The north built 41 bridges. [@built]\npoints", "The north built 4,100.5 bridges. [@built]\npoints"),
        (SUMMARY, "The north builds 41", "The north builds 4,100.5"),
        (SUMMARY, "The north built 41 bridges. [@built]\n\n", "The north built 4,100.5 bridges. [@built]\n\n"),
        (SUMMARY, "value: 41", "value: 4,100.5"),
        ("content/comparisons/views.md", " 41 ", " 4,100.5 "),
        ("content/overview.md", " 41 ", " 4,100.5 "),
    ]
    sv, es = tmp_path / "sv", tmp_path / "es"
    salvador = write_translated_pack(sv, *changes, spanish=ALPHA.replace("41 p", "4,100.5 p"))
    spain = write_translated_pack(es, *changes, spanish=ALPHA.replace("41 p", "4.100,5 p"))
    edit(salvador, PACK, *only("es-SV"))
    edit(spain, PACK, *only("es-ES"))

    assert brief(salvador, "vecinos").figures[0].value == "4,100.5"
    assert brief(spain, "barrio").figures[0].value == "4.100,5"
    assert words(brief(spain, "barrio").headline) == "El norte construyó 4.100,5 puentes."


def test_a_translation_withholds_what_its_original_withholds(tmp_path: Path) -> None:
    hidden = "  hidden:\n    of: 00000000\n    text: La pintura es un secreto. [@paint]\n"
    root = write_translated_pack(tmp_path, spanish=ALPHA.replace("  boats:\n", f"{hidden}  boats:\n", 1))

    assert "secreto" not in html(root)
    assert len(brief(root).points) == 3


def test_a_fifth_is_five_and_a_number_of_a_quotation_is_a_number(tmp_path: Path) -> None:
    spanish = ALPHA.replace("No se contó ninguna barca.", "No se contó ninguna de las 17 barcas.")
    root = write_translated_pack(
        tmp_path, (SUMMARY, "No boats were counted.", "No boat was counted on the fifth of May."), spanish=spanish
    )
    assert [problem for problem in said(outcome(root)) if "translation" in problem] == [
        f"{SPANISH}:30:38 translation-number"
    ]

    edit(root, SPANISH, "las 17 barcas", "las barcas el cinco de mayo")
    assert [problem for problem in said(outcome(root)) if "translation" in problem] == []
