"""A bundle is its own folder and all it extends, down to the shipped base."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.templating import samples
from tests.templating.packs import load, loaded, write

from briefpack.diagnostics import Checked, Code
from briefpack.shipped import shipped_pack
from briefpack.templating.bundle import Bundle, load_bundle, with_logo
from briefpack.templating.sections import render_section
from briefpack.templating.styles import styles_of
from briefpack.world import World


def only(checked: Checked[Bundle | None]) -> tuple[Code, str, str]:
    assert checked.value is None
    (found,) = checked.diagnostics
    return found.code, str(found.location), found.hint


@pytest.mark.parametrize("name", ["base", "donors", "field", "ministry", "press"])
def test_the_shipped_bundles_load_without_a_word(name: str) -> None:
    checked = load_bundle(World(shipped_pack()), name)
    assert checked.diagnostics == ()
    assert checked.value is not None


def test_a_bundle_extends_base_unless_it_says_otherwise(tmp_path: Path) -> None:
    bundle = loaded(tmp_path, {"middle/template.toml": 'paper = "A5"', "own/template.toml": 'extends = "middle"'})
    assert [layer.name for layer in bundle.layers] == ["own", "middle", "base"]
    assert bundle.paper == "A5"


def test_bundles_that_extend_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    files = {"own/template.toml": 'extends = "other"', "other/template.toml": 'extends = "own"'}
    checked = load(tmp_path, files)
    assert checked.diagnostics[0].message == "the bundles extend each other in a circle: own -> other -> own"


def test_a_missing_bundle_is_named_with_the_one_probably_meant(tmp_path: Path) -> None:
    checked = load(tmp_path, {"donors/template.toml": ""}, name="doners")
    assert only(checked) == (Code.TEMPLATE_MISSING, "templates/doners", "did you mean 'donors'")


def test_a_misspelt_key_is_refused_on_its_line_with_the_right_one(tmp_path: Path) -> None:
    checked = load(tmp_path, {"own/template.toml": '# look\npapper = "A4"\n'})
    assert only(checked) == (Code.KEY_UNKNOWN, "templates/own/template.toml:2", "did you mean `paper`")


def test_a_key_of_the_pack_is_refused_with_the_right_file_named(tmp_path: Path) -> None:
    checked = load(tmp_path, {"own/template.toml": 'marking = "Secret"\n'})
    assert only(checked) == (Code.KEY_MISPLACED, "templates/own/template.toml:1", "move it to content/pack.toml")


def test_a_misspelt_token_is_refused(tmp_path: Path) -> None:
    checked = load(tmp_path, {"own/template.toml": '[tokens]\nsorce = "#000"\n'})
    assert only(checked) == (Code.KEY_UNKNOWN, "templates/own/template.toml:2", "did you mean `source`")


@pytest.mark.parametrize("value", ["red; } body { color: blue", "url(http://example.org)", "</style>"])
def test_a_token_cannot_smuggle_in_other_styles(tmp_path: Path, value: str) -> None:
    checked = load(tmp_path, {"own/template.toml": f'[tokens]\nink = "{value}"\n'})
    assert only(checked)[0] is Code.VALUE_INVALID


def test_a_misspelt_string_is_refused(tmp_path: Path) -> None:
    checked = load(tmp_path, {"own/template.toml": '[strings.en]\nbreif = "Note"\n'})
    assert only(checked)[::2] == (Code.KEY_UNKNOWN, "did you mean `brief`")


def test_broken_toml_is_placed(tmp_path: Path) -> None:
    checked = load(tmp_path, {"own/template.toml": "paper = \n"})
    assert only(checked)[:2] == (Code.TOML_INVALID, "templates/own/template.toml:1:9")


def test_a_font_that_is_not_there_is_missing(tmp_path: Path) -> None:
    checked = load(tmp_path, {"own/template.toml": '[[fonts]]\nfile = "fonts/None.ttf"\nfamily = "None"\n'})
    assert only(checked)[0] is Code.ASSET_MISSING


def test_a_file_of_the_packs_own_base_wins_over_the_shipped_one(tmp_path: Path) -> None:
    bundle = loaded(tmp_path, {"base/cover.html": "mine"})
    found = bundle.find("cover.html")
    assert found is not None
    assert found[1] == b"mine"
    assert bundle.find("brief.html") is not None


def test_tokens_come_after_all_style_sheets(tmp_path: Path) -> None:
    bundle = loaded(tmp_path, {"own/template.toml": '[tokens]\nink = "#123456"\n', "own/style.css": "p { color: red }"})
    sheets = styles_of(bundle).sheets
    assert [sheet.file for sheet in sheets[-2:]] == ["templates/own/style.css", "templates/own/template.toml"]
    assert sheets[-1].css == ":root { --ink: #123456; }"


def test_a_link_that_leads_out_of_the_pack_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.html"
    outside.write_text("secret")
    pack = tmp_path / "pack"
    world = write(pack, {"own/template.toml": ""})
    (pack / "templates/own/brief.html").symlink_to(outside)
    checked = load_bundle(world, "own")
    assert [problem.code for problem in checked.diagnostics] == [Code.FILE_OUTSIDE_PACK]


def test_english_and_spanish_have_the_same_strings() -> None:
    bundle = load_bundle(World(shipped_pack()), "base").value
    assert bundle is not None
    assert sorted(bundle.strings["en"]) == sorted(bundle.strings["es"])


def test_equal_bundles_have_equal_digests_and_a_change_shows(tmp_path: Path) -> None:
    one = loaded(tmp_path / "1", {"own/style.css": "p { color: red }"})
    two = loaded(tmp_path / "2", {"own/style.css": "p { color: red }"})
    three = loaded(tmp_path / "3", {"own/style.css": "p { color: blue }"})
    assert one.digest == two.digest != three.digest


def test_a_token_changes_the_look_without_touching_a_template(tmp_path: Path) -> None:
    plain = loaded(tmp_path / "1")
    coloured = loaded(tmp_path / "2", {"own/template.toml": '[tokens]\nsource = "#7a1f3d"\n'})
    brief = samples.brief()
    assert render_section(brief, plain).value == render_section(brief, coloured).value
    before, after = ([sheet.css for sheet in styles_of(bundle).sheets] for bundle in (plain, coloured))
    assert (after[:-1], after[-1]) == (before[:-1], ":root { --source: #7a1f3d; }")


def test_the_packs_own_logo_stands_in_for_a_bundle_that_has_none(tmp_path: Path) -> None:
    bundle = loaded(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/arms.svg").write_text("<svg/>", encoding="utf-8")
    checked = with_logo(bundle, World(tmp_path), "arms.svg")
    assert checked.value is not None
    assert (checked.value.logo, styles_of(checked.value).assets["arms.svg"]) == ("arms.svg", b"<svg/>")
    assert checked.value.digest != bundle.digest
    own = replace(bundle, logo="images/own.svg")
    assert with_logo(own, World(tmp_path), "arms.svg").value == own


@pytest.mark.parametrize(("logo", "code"), [("gone.svg", Code.ASSET_MISSING), ("pack.toml", Code.VALUE_INVALID)])
def test_a_logo_that_is_missing_or_no_image_is_said(tmp_path: Path, logo: str, code: Code) -> None:
    checked = with_logo(loaded(tmp_path), World(tmp_path), logo)
    assert checked.value is None
    assert [problem.code for problem in checked.diagnostics] == [code]
