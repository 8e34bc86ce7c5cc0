"""What must be absent for an audience is what it is not shown, and nothing that it may read anyway."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.products.making import FILES, composer_of, write_pack

from briefpack.builder.check import check_pack
from briefpack.products.absence import Absence
from briefpack.products.originals import files_of, survey_originals
from briefpack.products.withholding import absence_of, in_all_languages
from briefpack.summaries.units import digest_of
from briefpack.world import World

SPANISH = "content/summaries/alpha.es.md"
TRANSLATION = """---
points:
  hidden:
    of: {of}
    text: Pintar los puentes es el asunto del que nadie habla. [@paint]
---
"""
PACK = "content/pack.toml"
ALPHA = "content/summaries/alpha.md"
GAMMA = "content/summaries/gamma.md"


def absence(pack: Path, audience: str = "public") -> Absence:
    composer = composer_of(pack, audience)
    return absence_of(composer.view, composer.originals, composer.files)


def texts(found: Absence, form: str) -> set[str]:
    return {secret.text.strip() for secret in found.secrets if secret.form == form}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


def test_hidden_statements_of_five_words_and_more_are_looked_for_as_phrases(pack: Path) -> None:
    assert texts(absence(pack), "phrase") >= {
        "Painting the bridges is the matter nobody speaks about.",
        "A man of the church praised masons loudly.",
        "Ask who will pay for the paint of the bridges.",
        "There is a fund of USD 900.",
        "The church caution is for insiders.",
        "What does the church say?",
    }


def test_shorter_ones_are_looked_for_as_whole_elements(pack: Path) -> None:
    wholes = texts(absence(pack), "whole")
    assert {"Boats were not counted.", "Moneybags", "A fund.", "Praise for masons.", "About masons"} <= wholes


def test_short_texts_that_every_page_may_print_are_no_secrets(pack: Path) -> None:
    found = absence(pack).but_for(["Sources", "A fund.", "There is a fund of USD 900."])
    assert "A fund." not in texts(found, "whole")
    assert "Moneybags" in texts(found, "whole")
    assert "There is a fund of USD 900." in texts(found, "phrase")


def test_each_secret_has_the_address_and_place_of_what_it_belongs_to(pack: Path) -> None:
    found = next(each for each in absence(pack).secrets if each.text.startswith("Painting"))
    assert (found.what, found.address, found.location.file) == ("statement", "alpha/points/hidden", ALPHA)
    line = (pack / ALPHA).read_text(encoding="utf-8").splitlines()[found.location.line - 1]
    assert "Painting the bridges" in line[found.location.column - 1 :]


def test_what_is_withheld_from_everybody_is_absent_for_everybody(pack: Path) -> None:
    for audience in ("public", "insiders"):
        assert texts(absence(pack, audience), "phrase") >= {
            "Call the clerk Maria Ledesma at 555-0142-77 or write to maria.ledesma@south.example for the plans.",
            "555-0142-77",
            "maria.ledesma@south.example",
        }


def test_an_audience_that_sees_everything_misses_only_what_sources_withhold(pack: Path) -> None:
    assert {secret.what for secret in absence(pack, "insiders").secrets} == {"withheld range"}


def test_the_words_of_a_visible_source_are_no_secret(pack: Path) -> None:
    assert not any("bishop praised" in text for text in texts(absence(pack), "phrase"))
    assert "The treasury keeps a secret fund of USD 900" in texts(absence(pack), "phrase")


def test_text_that_stands_unrestricted_elsewhere_is_no_secret(tmp_path: Path) -> None:
    old = "text: Painting the bridges is the matter nobody speaks about. [@paint]"
    pack = write_pack(tmp_path, (ALPHA, old, "text: The *north* builds 41 bridges. [@built]"))
    assert not any("builds 41 bridges" in text for text in texts(absence(pack), "phrase"))


def test_an_editors_note_and_a_gloss_go_with_what_they_belong_to(tmp_path: Path) -> None:
    noted = "nobody speaks about. [@paint]\n    note: Told us over a glass of wine."
    glossed = "    labels: [secret]\n    about: He said it twice that morning.\n  boats:"
    pack = write_pack(
        tmp_path, (ALPHA, "nobody speaks about. [@paint]", noted), (ALPHA, "    labels: [secret]\n  boats:", glossed)
    )
    assert {"Told us over a glass of wine.", "He said it twice that morning."} <= texts(absence(pack), "phrase")


def test_hidden_names_are_absent_unless_something_visible_has_them(tmp_path: Path) -> None:
    names = texts(absence(write_pack(tmp_path)), "name")
    assert {"gamma", "brief-gamma", "annex-gamma", "gamma.txt", "gamma.json", "annex-alpha--bishop"} <= names
    assert {"brief-alpha.points.hidden", "alpha.points.hidden"} <= names
    assert not {"alpha.txt", "annex-alpha--built", "alpha.points.wages"} & names


def test_the_name_of_a_file_in_which_something_visible_stands_is_no_secret(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path,
        ("seeds/alpha.txt", "", FILES["seeds/alpha.txt"] + "\n" + FILES["seeds/gamma.txt"]),
        (ALPHA, "  language: en\n", "  language: en\n  to: nobody will pay for it.\n"),
        (GAMMA, "  file: gamma.txt\n", "  file: alpha.txt\n  from: On the money for the bridges\n"),
    )
    names = texts(absence(pack), "name")
    assert "brief-gamma" in names
    assert "alpha.txt" not in names


def test_only_the_sources_of_an_audience_exist_for_it(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, (PACK, 'title = "For insiders"', 'title = "For insiders"\nsources = ["beta"]'))
    found = absence(pack, "insiders")
    assert "On the bridges of the north" in texts(found, "phrase")
    assert {"alpha", "annex-alpha"} <= texts(found, "name")


def translated(tmp_path: Path, of: str, language: str = "es") -> set[str]:
    settings = f'[audiences.public]\nlanguage = "{language}"'
    pack = write_pack(
        tmp_path,
        (PACK, "[audiences.public]", settings),
        (PACK, 'include = ["secret"]', 'include = ["secret"]\nlanguage = "es-SV"'),
        (SPANISH, "", TRANSLATION.format(of=of)),
    )
    outcome = check_pack(World(pack))
    assert outcome.verified is not None
    audience = next(each for each in outcome.verified.pack.audiences if each.id == "public")
    views = in_all_languages(outcome.verified, audience)
    originals = survey_originals(World(pack), outcome.verified.sources)
    return texts(absence_of(views[0], originals, files_of(views[0], originals), views[1:]), "phrase")


@pytest.mark.parametrize("language", ["es", "es-SV", "en"])
def test_a_withheld_statement_is_looked_for_in_every_language_that_anybody_reads(language: str, tmp_path: Path) -> None:
    wanted = digest_of(["Painting the bridges is the matter nobody speaks about. [@paint]"])
    assert translated(tmp_path, wanted, language) >= {
        "Painting the bridges is the matter nobody speaks about.",
        "Pintar los puentes es el asunto del que nadie habla.",
    }


def test_a_translation_that_is_stale_is_looked_for_too(tmp_path: Path) -> None:
    assert "Pintar los puentes es el asunto del que nadie habla." in translated(tmp_path, "00000000")
