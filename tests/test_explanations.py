"""Each code is explained, and the page of the documentation says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.diagnostics import Code
from briefpack.explanations import EXPLANATIONS, explain, to_markdown

PAGE = Path(__file__).parents[1] / "docs" / "diagnostics.md"


def test_every_code_is_explained() -> None:
    assert [str(code) for code in Code if code not in EXPLANATIONS] == []


@pytest.mark.parametrize("code", Code, ids=str)
def test_an_explanation_is_neither_terse_nor_long(code: Code) -> None:
    assert 40 <= len(explain(code).split()) <= 120


@pytest.mark.parametrize("code", Code, ids=str)
def test_an_explanation_is_whole_sentences_and_fits_a_terminal(code: Code) -> None:
    found = EXPLANATIONS[code]

    for text in (found.meaning, found.mend):
        assert text[0].isupper() or text[0] == "`"
        assert text.endswith(".")
    assert all(len(line) <= 76 for line in found.example.split("\n"))


def test_the_page_of_the_documentation_is_made_from_the_explanations() -> None:
    assert PAGE.read_text(encoding="utf-8") == to_markdown(), "write to_markdown() to docs/diagnostics.md"
