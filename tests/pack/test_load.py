"""`content/pack.toml`: from written to resolved, every problem at its word."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from briefpack.diagnostics import BriefpackError, Code
from briefpack.pack.load import decode_utf8, load_pack
from briefpack.pack.model import Pack
from briefpack.world import World

FILE = "content/pack.toml"
Edit = Callable[[str, str, str], Path]


def loaded(pack: Path) -> Pack:
    checked = load_pack(World(pack))
    assert checked.diagnostics == ()
    assert checked.value is not None
    return checked.value


def problems(pack: Path) -> list[str]:
    found = load_pack(World(pack)).diagnostics
    return [f"{d.location.line}:{d.location.column} {d.code}" for d in found]


def test_a_pack_is_resolved(tiny: Path) -> None:
    pack = loaded(tiny)

    assert (pack.title, pack.language, pack.date) == ("A town by a river", "en", "2019-07-01")
    assert pack.labels == {"internal": "restricted", "early": "open"}
    assert [(audience.id, audience.include, audience.annex) for audience in pack.audiences] == [
        ("council", ("internal",), "full"),
        ("public", (), "cited"),
    ]
    assert str((pack.audiences[0].origins or {})["include"]) == f"{FILE}:26:11"
    assert [str(place) for place in pack.parts[0].source_places] == [f"{FILE}:21:13", f"{FILE}:21:22"]


def test_limits_fall_back_one_by_one(edited: Edit) -> None:
    pack = loaded(edited(FILE, "[labels]", "[brief]\nmin-size = 8.5\nquotations = ['locator']\n\n[labels]"))

    assert (pack.brief.min_size, pack.brief.max_size, pack.brief.quotations) == (
        Decimal("8.5"),
        Decimal("10.5"),
        ("locator",),
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[labels]", "[brief]\nmin-size = 12\n[labels]", ["9:12 value-invalid"]),
        ("[labels]", "[brief]\nmin-size = nan\n[labels]", ["9:12 value-invalid"]),
        ("[labels]", "[brief]\nmin-spacing = inf\n[labels]", ["9:15 value-invalid"]),
        ("[labels]", "[brief]\nmin-spacing = 2\n[labels]", ["9:15 value-invalid"]),
        ("[labels]", '[brief]\nquotations = ["full", "long"]\n[labels]', ["9:24 value-invalid"]),
        ("date = 2019-07-01", 'date = "newest"', ["6:9 date-invalid"]),
        ("date = 2019-07-01", 'date = "2019"', ["6:9 date-invalid"]),
        ("date = 2019-07-01", "date = 2019-07-01T10:00:00", ["6:8 date-invalid"]),
        ('internal = "restricted"', 'internal = "secret"', ["9:13 value-invalid", "26:13 label-undeclared"]),
        ('include = ["internal"]', 'include = ["internl"]', ["26:13 label-undeclared"]),
        ('include = ["internal"]', "includes = []", ["26:1 key-unknown"]),
        ('title = "For the public"\n', "", ["28:2 key-missing"]),
        ('annex = "cited"', 'annex = "some"', ["30:10 value-invalid"]),
        ('annex = "cited"', 'exclude = ["not a name"]', ["30:13 name-invalid"]),
        ("[places.town]", '[places."old town"]', ["16:2 name-invalid"]),
        ('language = "en"', 'language = "en"\n[tokens]\nx = 1', ["4:2 key-misplaced"]),
        ("[labels]", "[dossier]\nvolume-pages = 0\n[labels]", ["9:16 value-invalid"]),
        ('[measures.rise]\nname = "Rise of the river"\n', "[measures.rise]\n", ["12:2 key-missing"]),
    ],
)
def test_each_problem_stands_at_its_word(edited: Edit, old: str, new: str, expected: list[str]) -> None:
    pack = edited(FILE, old, new)

    assert problems(pack) == expected


def test_an_unknown_key_comes_with_the_nearest_one(edited: Edit) -> None:
    (problem,) = load_pack(World(edited(FILE, 'annex = "cited"', 'templats = "base"'))).diagnostics

    assert (problem.message, problem.hint) == ("unknown key 'templats'", "did you mean 'templates'?")


def test_an_audience_whose_wish_to_withhold_is_unclear_is_left_out(edited: Edit) -> None:
    checked = load_pack(World(edited(FILE, 'annex = "cited"', 'exclude = ["not a name"]')))

    assert checked.value is not None
    assert [audience.id for audience in checked.value.audiences] == ["council"]


SPANISH = """
[pack.es]
title = "Un pueblo"

[labels.es]
internal = "uso interno"
"""


def test_strings_of_other_languages_are_said_where_they_are_read(edited: Edit) -> None:
    pack = loaded(edited(FILE, 'language = "en"\n', f'language = "en"\n{SPANISH}'))
    spanish = pack.in_language("es-SV")

    assert (pack.title, spanish.title) == ("A town by a river", "Un pueblo")
    assert (spanish.label_names["internal"], spanish.label_names["early"]) == ("uso interno", "early")
    assert (spanish.places, spanish.language) == (pack.places, "en")
    assert pack.in_language("fr").title == "A town by a river"


def test_a_misspelt_string_or_label_is_no_translation(edited: Edit) -> None:
    wrong = SPANISH.replace("title", "titel").replace("internal", "interal")
    checked = load_pack(World(edited(FILE, 'language = "en"\n', f'language = "en"\n{wrong}')))

    assert [f"{d.location} {d.code}" for d in checked.diagnostics] == [
        f"{FILE}:6:1 key-unknown",
        f"{FILE}:9:12 label-undeclared",
    ]


def test_an_audience_with_a_short_name_is_no_translation(tiny: Path) -> None:
    (tiny / FILE).write_text('[pack]\ntitle = "T"\nlanguage = "en"\n[audiences.ngo]\ntitle = "NGO"\n', encoding="utf-8")

    assert [audience.id for audience in loaded(tiny).audiences] == ["ngo"]


def test_a_pack_without_audiences_or_settings_says_so(tiny: Path) -> None:
    (tiny / FILE).write_text('[pack]\ntitle = "T"\nlanguage = "en"\n', encoding="utf-8")
    assert [d.code for d in load_pack(World(tiny)).diagnostics] == [Code.KEY_MISSING]

    (tiny / FILE).write_text("", encoding="utf-8")
    assert (load_pack(World(tiny)).value, problems(tiny)) == (None, ["1:1 key-missing"])

    (tiny / FILE).unlink()
    assert [d.code for d in load_pack(World(tiny)).diagnostics] == [Code.FILE_MISSING]


def test_files_are_utf8_with_any_line_ends() -> None:
    assert decode_utf8("\ufeffé\r\na\rb".encode(), "a") == "é\na\nb"

    with pytest.raises(BriefpackError) as caught:
        decode_utf8(b"\xc3\xa9\n\xc3\xa9\xe9", "a.md")
    assert str(caught.value) == "a.md:2:2: byte 0xe9 at offset 5 is not UTF-8"


def test_an_audience_may_have_limits_of_its_own_and_takes_the_packs_for_the_rest(edited: Edit) -> None:
    own = "[brief]\nmin-size = 8.5\nmax-size = 11\n\n[audiences.council.brief]\nmax-size = 12\n\n[labels]"
    council, public = loaded(edited(FILE, "[labels]", own)).audiences

    assert (council.brief.min_size, council.brief.max_size) == (Decimal("8.5"), Decimal(12))
    assert (public.brief.min_size, public.brief.max_size) == (Decimal("8.5"), Decimal(11))


def test_limits_of_an_audience_are_checked_at_their_place(edited: Edit) -> None:
    wrong = "[audiences.council.brief]\nmin-size = 12\n\n[labels]"
    assert problems(edited(FILE, "[labels]", wrong)) == ["9:12 value-invalid"]
