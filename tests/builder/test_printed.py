"""A section is printed once; what a print rests on is all in its key."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from tests.templating import samples

from briefpack.builder import printed
from briefpack.builder.printed import TABLE, from_bytes, print_key, print_section, to_bytes
from briefpack.builder.store import Store
from briefpack.diagnostics import Checked
from briefpack.products.model import Section
from briefpack.products.pages import RenderOptions, SectionHtml
from briefpack.templating.bundle import Bundle, load_bundle
from briefpack.templating.sections import render_section
from briefpack.world import World

TOOLS = "0" * 64


@dataclass
class _Table:
    """A memo table in memory."""

    values: dict[str, bytes] = field(default_factory=dict)

    def find(self, key: str) -> bytes | None:
        return self.values.get(key)

    def keep(self, key: str, value: bytes) -> None:
        self.values[key] = value


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    return _bundle(tmp_path)


@pytest.fixture
def prints(monkeypatch: pytest.MonkeyPatch) -> list[Section]:
    """The sections that were really printed."""
    seen: list[Section] = []

    def render(section: Section, bundle: Bundle, *, options: RenderOptions | None) -> Checked[SectionHtml | None]:
        seen.append(section)
        return render_section(section, bundle, options=options)

    monkeypatch.setattr(printed, "render_section", render)
    return seen


def _bundle(root: Path, **files: str) -> Bundle:
    for name, text in files.items():
        path = root / "templates/press" / name.replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    checked = load_bundle(World(root), "press" if files else "base")
    assert checked.value is not None, checked.diagnostics
    return checked.value


@pytest.mark.parametrize(
    "section",
    samples.dossier().sections,
    ids=lambda section: type(section).__name__,
)
def test_a_section_found_is_the_one_that_was_printed(section: Section, bundle: Bundle) -> None:
    table = _Table()
    made = print_section(section, bundle, None, table, TOOLS)
    assert made == print_section(section, bundle, None, table, TOOLS) == render_section(section, bundle)
    assert len(table.values) == 1


def test_a_section_is_printed_only_once(bundle: Bundle, prints: list[Section]) -> None:
    table = _Table()
    for _ in range(3):
        print_section(samples.brief(), bundle, None, table, TOOLS)
    assert len(prints) == 1


def test_the_store_keeps_prints_from_one_run_to_the_next(tmp_path: Path, bundle: Bundle, prints: list[Section]) -> None:
    section = samples.annex()
    for _ in range(2):
        store = Store(tmp_path / "store")
        made = print_section(section, bundle, None, store.memo(TABLE), TOOLS)
        store.close()
    assert (made, len(prints)) == (render_section(section, bundle), 1)


def test_whatever_a_print_rests_on_is_in_its_key(tmp_path: Path, bundle: Bundle) -> None:
    brief, plain = samples.brief(), RenderOptions()
    keys = [
        print_key(brief, bundle, plain, TOOLS),
        print_key(replace(brief, short="Another"), bundle, plain, TOOLS),
        print_key(brief, _bundle(tmp_path, brief_html="{% extends 'base/brief.html' %}"), plain, TOOLS),
        print_key(brief, bundle, replace(plain, size=9.0), TOOLS),
        print_key(brief, bundle, replace(plain, folio=False), TOOLS),
        print_key(brief, bundle, plain, "1" * 64),
    ]
    assert len(set(keys)) == len(keys)


def test_a_print_with_a_problem_is_not_kept_and_says_so_each_time(tmp_path: Path) -> None:
    faulty, table = _bundle(tmp_path, brief_html="{{ brief.nothing }}"), _Table()
    found = [print_section(samples.brief(), faulty, None, table, TOOLS) for _ in range(2)]
    assert [(made.value, len(made.diagnostics)) for made in found] == [(None, 1), (None, 1)]
    assert table.values == {}


def test_a_print_that_has_a_value_and_a_problem_is_not_kept(tmp_path: Path) -> None:
    table = _Table()
    unproven = _bundle(tmp_path, brief_html="{% for cited in brief.points %}{{ prose(cited, True) }}{% endfor %}")
    brief = samples.brief()
    dangling = replace(brief, points=tuple(replace(cited, notes=()) for cited in brief.points))
    made = print_section(dangling, unproven, None, table, TOOLS)
    assert made.value is not None
    assert [str(problem.code) for problem in made.diagnostics[:1]] == ["link-broken"]
    assert table.values == {}


_GOOD = SectionHtml("brief", "A “title”", "brief-a", "<p>é</p>", "portrait", "en", "press/brief/a")


def test_a_printed_section_comes_back_from_its_bytes() -> None:
    assert from_bytes(to_bytes(_GOOD)) == _GOOD


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        b"{}",
        to_bytes(_GOOD)[:-1],
        json.dumps({**json.loads(to_bytes(_GOOD)), "page": "sideways"}).encode(),
        json.dumps({**json.loads(to_bytes(_GOOD)), "html": 1}).encode(),
        json.dumps({**json.loads(to_bytes(_GOOD)), "more": ""}).encode(),
    ],
)
def test_other_bytes_are_as_if_nothing_had_been_kept(content: bytes, bundle: Bundle) -> None:
    section = samples.brief()
    table = _Table({print_key(section, bundle, RenderOptions(), TOOLS): content})
    assert from_bytes(content) is None
    assert print_section(section, bundle, None, table, TOOLS) == render_section(section, bundle)
