"""A change of a translation makes the pages of its readers again, says which file it was, and touches no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builder.planning import built, outputs, plan
from tests.products.translating import PACK, write_translated_pack

from briefpack.builder.ledger import Ledger
from briefpack.builder.reasons import compare

SPANISH = "content/summaries/alpha.es.md"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_translated_pack(tmp_path)


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def reasons(old: Ledger, new: Ledger) -> list[str]:
    """Why anything would be made again."""
    found = compare(old, new, outputs(old), is_forced=False)
    return [str(reason) for standing in found.values() for section in standing.sections for reason in section.reasons]


def after(pack: Path, audience: str, path: str, before: str, now: str) -> list[str]:
    old = built(plan(pack, audience))
    edit(pack, path, before, now)
    return reasons(old, plan(pack, audience))


def test_a_changed_translation_is_named_with_its_line(pack: Path) -> None:
    why = after(pack, "vecinos", SPANISH, "quieren mejores", "piden mejores")

    line = (
        (pack / SPANISH)
        .read_text(encoding="utf-8")
        .split("\n")
        .index("    text: Los albañiles piden mejores salarios. [@wages]")
    )
    assert why == [f"content changed: {SPANISH}:{line + 1}: points/wages"]


@pytest.mark.parametrize(
    ("before", "now", "name"),
    [("Los puentes", "Puentes", "short"), ("piden más", "piden aún más", "evidence/wages: note")],
)
def test_a_changed_title_or_gloss_is_of_the_translation_too(pack: Path, before: str, now: str, name: str) -> None:
    why = after(pack, "vecinos", SPANISH, before, now)

    assert [reason for reason in why if SPANISH in reason and name in reason] == why
    assert why


def test_readers_of_the_original_get_nothing_anew(pack: Path) -> None:
    assert after(pack, "public", SPANISH, "quieren mejores", "piden mejores") == []
    assert after(pack, "public", PACK, 'title = "Puentes"', 'title = "Los puentes"') == []


def test_a_translation_that_comes_is_printed(pack: Path) -> None:
    translation = (pack / SPANISH).read_text(encoding="utf-8")
    (pack / SPANISH).unlink()
    old = built(plan(pack, "vecinos"))
    (pack / SPANISH).write_text(translation, encoding="utf-8")

    assert any(SPANISH in reason for reason in reasons(old, plan(pack, "vecinos")))
