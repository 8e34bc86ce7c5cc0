"""The pages to follow step by step, followed to the letter: files written, commands run, their answers compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.pages import ROOT, Fence, answers_agree, fences, pdfs_made, run_command, with_front_matter


@pytest.mark.parametrize("page", ["tutorial.md", "audiences.md"])
def test_a_page_to_follow_works_to_the_letter(page: str, tmp_path: Path) -> None:
    here = tmp_path
    for fence in fences((ROOT / "docs" / page).read_text()):
        kind = fence.info.split()[0]
        if path := fence.attribute("file"):
            (here / path).write_text(fence.text)
        elif (path := fence.attribute("in")).endswith(".toml"):
            (here / path).write_text(_with_last_table((here / path).read_text(), fence.text))
        elif path:
            (here / path).write_text(with_front_matter((here / path).read_text(), fence.text))
        elif kind == "console":
            for command, answer in _commands(fence):
                if command.startswith("cd "):
                    here = here / command.removeprefix("cd ")
                else:
                    run_command(command, answer, int(fence.attribute("exit") or 0), here, f"line {fence.line}")
        elif "made" in fence.info.split():
            assert pdfs_made(here) == fence.text.split(), f"line {fence.line}"


def _with_last_table(settings: str, table: str) -> str:
    """Settings that end with a table; it must have been at their end before."""
    before, header, _ = settings.partition(table.splitlines()[0])
    assert header
    return before + table


def _commands(fence: Fence) -> list[tuple[str, list[str]]]:
    """The commands of a block, each with the lines of its answer."""
    parts = re.split(r"^\$ ", fence.text, flags=re.MULTILINE)[1:]
    return [(lines[0], lines[1:]) for part in parts if (lines := part.rstrip("\n").split("\n"))]


def test_an_answer_may_be_cut_but_not_changed() -> None:
    found = ["a pack", "next: cd", "done"]

    assert answers_agree(["a pack", "…"], found)
    assert answers_agree(["a…", "…", "done"], found)
    assert not answers_agree(["a pack"], found)
    assert not answers_agree(["…", "gone"], found)
