"""Mistakes in templates are found before anything is printed, at their place, with what was probably meant."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from tests.templating import samples
from tests.templating.packs import loaded

from briefpack.diagnostics import Code, Diagnostic
from briefpack.products import model
from briefpack.shipped import shipped_pack
from briefpack.templating.bundle import load_bundle
from briefpack.templating.data_types import fields_of, summary_of
from briefpack.templating.sections import DATA, check_bundle, render_section
from briefpack.world import World

EXTENDS = '{% extends "base/brief.html" %}\n{% import "macros.html" as m %}\n'


def mistakes(root: Path, template: str, name: str = "brief.html", **more: str) -> tuple[Diagnostic, ...]:
    return check_bundle(loaded(root, {f"own/{name}": template, **more}))


def only(root: Path, template: str, name: str = "brief.html") -> tuple[str, str, str, str]:
    (found,) = mistakes(root, template, name)
    return str(found.code), str(found.location), found.message, found.hint


@pytest.mark.parametrize("name", ["base", "donors", "field", "ministry", "press"])
def test_the_shipped_templates_have_no_mistake(name: str) -> None:
    bundle = load_bundle(World(shipped_pack()), name).value
    assert bundle is not None
    layers = tuple(replace(layer, own=frozenset(layer.files)) for layer in bundle.layers)
    assert check_bundle(replace(bundle, layers=layers)) == ()


# --- blocks


def test_a_misspelt_block_is_caught(tmp_path: Path) -> None:
    found = only(tmp_path, EXTENDS + "  {% block maasthead %}{% endblock %}")
    assert found == (
        "block-unknown",
        "templates/own/brief.html:3:12",
        "no block `maasthead` in base/brief.html",
        "did you mean `masthead`",
    )


def test_the_blocks_that_there_are_are_listed(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, EXTENDS + "{% block zzz %}{% endblock %}")
    assert found.detail[0].startswith("there are: analysis, ")


def test_a_new_block_inside_one_that_is_there_is_no_mistake_unless_it_is_nearly_another(tmp_path: Path) -> None:
    inside = "{% block lead %}{% block NAME %}{% endblock %}{% endblock %}"
    assert mistakes(tmp_path / "a", EXTENDS + inside.replace("NAME", "quotable")) == ()
    assert only(tmp_path / "b", EXTENDS + inside.replace("NAME", "pointss"))[3] == "did you mean `points`"


MIDDLE = (
    '{% extends "base/brief.html" %}\n{% block lead %}<p>middle {% block inner %}one{% endblock %}</p>{% endblock %}'
)


def chain(own: str) -> dict[str, str]:
    return {"own/template.toml": 'extends = "middle"', "middle/template.toml": "", "middle/brief.html": MIDDLE,
            "own/brief.html": own}  # fmt: skip


def printed(root: Path, own: str) -> str:
    bundle = loaded(root, chain(own))
    assert check_bundle(bundle) == ()
    section = render_section(samples.brief(), bundle).value
    assert section is not None
    return section.html


def test_a_block_is_overridden_by_name_through_a_chain_of_bundles(tmp_path: Path) -> None:
    html = printed(tmp_path, '{% extends "middle/brief.html" %}{% block points %}<p>mine</p>{% endblock %}')
    assert ["middle one" in html, "<p>mine</p>" in html, 'class="masthead"' in html] == [True, True, True]


def test_a_block_inside_an_overridden_block_is_overridden_by_its_name(tmp_path: Path) -> None:
    html = printed(tmp_path, '{% extends "middle/brief.html" %}{% block inner %}two{% endblock %}')
    assert "<p>middle two</p>" in html


def test_super_prints_what_the_parent_prints_at_every_depth(tmp_path: Path) -> None:
    html = printed(tmp_path, '{% extends "middle/brief.html" %}{% block lead %}A {{ super() }} B{% endblock %}')
    assert "A <p>middle one</p> B" in html


def test_a_bundle_may_skip_the_one_between(tmp_path: Path) -> None:
    html = printed(tmp_path, '{% extends "base/brief.html" %}{% block points %}<p>mine</p>{% endblock %}')
    assert "middle" not in html


def test_a_block_that_only_a_bundle_between_has_is_unknown_to_who_skips_it(tmp_path: Path) -> None:
    own = '{% extends "base/brief.html" %}{% block inner %}two{% endblock %}'
    assert [str(each.code) for each in check_bundle(loaded(tmp_path, chain(own)))] == ["block-unknown"]


def test_a_misspelt_block_is_caught_in_every_bundle_of_the_chain(tmp_path: Path) -> None:
    files = chain('{% extends "middle/brief.html" %}{% block innner %}two{% endblock %}')
    files["middle/brief.html"] = MIDDLE.replace("block lead", "block leed")
    found = [(each.location.file, each.hint) for each in check_bundle(loaded(tmp_path, files))]
    assert found == [
        ("templates/own/brief.html", "did you mean `inner`"),
        ("templates/middle/brief.html", "did you mean `lead`"),
    ]


def test_a_template_that_extends_itself_is_told_what_to_write(tmp_path: Path) -> None:
    found = only(tmp_path, '{% extends "brief.html" %}')
    assert found[2:] == ("the template 'brief.html' extends itself", 'write {% extends "base/brief.html" %}')


def test_a_template_that_extends_nothing_that_is_there_is_placed(tmp_path: Path) -> None:
    assert only(tmp_path, '{% extends "base/breif.html" %}')[:2] == (
        "template-missing",
        "templates/own/brief.html:1:13",
    )


# --- fields, names, macros, texts, tokens


def block(content: str) -> str:
    return EXTENDS + "{% block lead %}\n" + content + "{% endblock %}"


MISTAKES = {
    "{{ brief.headlin.prose }}": ("4:10", "no field `headlin` in Brief", "headline"),
    "{{ brief.headline.prase }}": ("4:19", "no field `prase` in Cited", "prose"),
    "{{ head.organization }}": ("4:9", "no field `organization` in Head", "organisation"),
    "{% for one in brief.points %}{{ one.ancor }}{% endfor %}": ("4:37", "no field `ancor` in Cited", "anchor"),
    "{% if brief.analyses %}{% endif %}": ("4:13", "no field `analyses` in Brief", "analysis"),
    "{% set one = brief.figures|first %}{{ one.valeu }}": ("4:43", "no field `valeu` in Figure", "value"),
    "{{ brief.points[0].placc.ordinal }}": ("4:20", "no field `placc` in Cited", "place"),
    "{{ m.proof(brief.headlin) }}": ("4:18", "no field `headlin` in Brief", "headline"),
    "{{ breif.headline.prose }}": ("4:4", "no value or function `breif`", "brief"),
    "{{ qotation(brief) }}": ("4:4", "no value or function `qotation`", "quotation"),
    "{{ m.prooof(brief.headline) }}": ("4:6", "no macro `prooof` in the macros of macros.html", "proof"),
    '{{ t("points-hed") }}': ("4:7", "no text `points-hed`", "points-head"),
    '{{ t("briefs", count=2) }}': ("4:7", "no text `briefs`", "brief"),
    '{{ token("sorce") }}': ("4:11", "no token `sorce`", "source"),
    "{{ brief.short|uper }}": ("4", "no filter named 'uper'", "upper"),
}


@pytest.mark.parametrize("content", MISTAKES)
def test_a_mistake_is_placed_and_the_right_name_proposed(content: str, tmp_path: Path) -> None:
    place, message, meant = MISTAKES[content]
    found = only(tmp_path, block(content))
    assert found[1:] == (f"templates/own/brief.html:{place}", message, f"did you mean `{meant}`")


def test_what_is_available_is_listed_with_what_it_holds_and_means(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, block("{{ brief.headline.anker }}"))
    assert found.code is Code.TEMPLATE_FIELD
    assert "  prose     prose: the words, with the numbers of notes between them" in found.detail
    assert len(found.detail) == 1 + len(fields(model.Cited))


def test_all_mistakes_are_reported_together(tmp_path: Path) -> None:
    found = mistakes(tmp_path, block("{{ brief.a }}{{ brief.b }}") + "{% block leed %}{% endblock %}")
    assert len(found) == 3


@pytest.mark.parametrize(
    "content",
    [
        "{% macro own(item) %}{{ item.whatever }}{% endmacro %}{{ own(brief) }}",
        "{% for chart in brief.charts %}{{ loop.index }} {{ chart.kind }}{% endfor %}",
        "{% set rows = brief.points|reverse %}{% for row in rows %}{{ row.prose|length }}{% endfor %}",
        '{% from "macros.html" import proof %}{{ proof(brief.headline) }}',
        "{% if brief.headline.prose is string %}{{ brief.short.upper() }}{% endif %}",
        "{{ brief.reference.issued.text if brief.reference.issued else t('undated') }}",
        "{% with one = brief.headline %}{{ one.anchor }}{% endwith %}",
    ],
)
def test_what_is_right_is_no_mistake(content: str, tmp_path: Path) -> None:
    assert mistakes(tmp_path, block(content)) == ()


def test_a_misspelt_text_is_placed_when_a_template_runs(tmp_path: Path) -> None:
    key = '{% set key = "points-hed" %}{{ t(key) }}'
    (found,) = render_section(samples.brief(), loaded(tmp_path, {"own/brief.html": key})).diagnostics
    assert (found.message, found.hint) == ("no field `points-hed` in the texts", "did you mean `points-head`")


# --- what is given, generated from the types


def given_types() -> list[type]:
    found: list[type] = []
    waiting = [*DATA.values(), model.Head]
    while waiting:
        kind = waiting.pop(0)
        if kind not in found and is_dataclass(kind) and kind.__module__ == model.__name__:
            found.append(kind)
            waiting += [
                each
                for each in vars(model).values()
                if isinstance(each, type) and each.__name__ in str(kind.__annotations__)
            ]
    return found


@pytest.mark.parametrize("kind", given_types(), ids=lambda kind: kind.__name__)
def test_every_field_that_templates_are_given_has_a_meaning(kind: type) -> None:
    assert summary_of(kind)
    silent = [field.name for field in fields_of(kind) if not field.meaning or not field.holds]
    assert silent == [], "say in the class, or in templating/data_types.py, what they mean to who prints them"
