"""Every kind of problem has a pack that shows it, and the check finds just that, at its place.

`tests/broken/<code>/` holds what is laid over the tiny pack, `delete.txt` what is taken away, `expected` the problems.
"""

from __future__ import annotations

import shutil
from itertools import chain
from pathlib import Path

import pytest
from filelock import FileLock

from briefpack.builder.build import build
from briefpack.builder.check import check_pack
from briefpack.builder.report import BuildRequest
from briefpack.citations.unused import unused_numbers
from briefpack.diagnostics import CODES, BriefpackError, Diagnostic, in_order
from briefpack.world import World

TESTS = Path(__file__).parent
BROKEN = TESTS / "broken"

ONLY_WHEN_BUILT = {
    "template-missing",
    "template-syntax",
    "template-field",
    "template-forbidden",
    "block-unknown",
    "asset-missing",
    "asset-forbidden",
    "glyph-missing",
    "page-overflow",
    "link-broken",
    "withheld-leak",
    "render-failed",
}
"""Problems of templates and pages: `build` finds them, `check` does not."""

NOT_IN_A_PACK = {
    "pack-missing": "test_a_folder_without_a_pack_is_none",
    "output-unwritable": "test_a_second_build_waits_for_the_first",
    "file-too-large": "test_a_hostile_file_ends_quickly",
}
"""Problems that no small file of a pack can show, and the test that does."""

OF_PAGES = {
    "page-underfull": "test_a_page_that_ends_high_is_found_but_not_the_last_one",
    "line-single": "test_a_single_line_at_the_head_of_a_page_is_found",
    "heading-low": "test_a_heading_in_the_last_two_lines_is_found",
    "heading-short-end": "test_a_heading_that_ends_in_one_short_word_is_a_notice",
    "measure-wide": "test_long_lines_are_found_once_for_each_kind_of_paragraph",
    "measure-narrow": "test_short_lines_are_found_but_evidence_may_be_narrower",
    "outside-page": "test_text_in_the_margin_and_off_the_paper_is_outside",
    "space-breaking": "test_a_breaking_space_before_a_unit_is_found",
    "quotation-marks": "test_quotation_marks_are_those_of_the_language",
    "pdf-unreadable": "test_what_is_no_pdf_is_unreadable",
    "pdf-untagged": "test_a_file_without_tags",
    "pdf-title-missing": "test_a_file_without_a_title_that_is_shown",
    "pdf-language-invalid": "test_a_lost_language",
    "pdf-standard-undeclared": "test_a_standard_that_is_not_declared",
    "pdf-profile-failed": "test_the_validator_names_the_rule_that_is_broken",
    "pdf-role-unknown": "test_an_element_of_an_unknown_type",
    "pdf-element-empty": "test_an_empty_element",
    "pdf-element-orphan": "test_an_orphan_element",
    "pdf-parent-tree-wrong": "test_a_wrong_parent_tree",
    "pdf-heading-skipped": "test_a_skipped_heading",
    "pdf-alternative-missing": "test_a_missing_alternative",
    "pdf-alternative-vague": "test_an_alternative_that_says_nothing",
    "pdf-table-headless": "test_a_table_without_heads",
    "pdf-table-irregular": "test_an_irregular_table",
    "pdf-scope-missing": "test_a_head_without_scope",
    "pdf-link-untagged": "test_a_link_without_objr",
    "pdf-link-silent": "test_a_link_that_says_nothing",
    "pdf-link-vague": "test_a_link_with_vague_words",
    "pdf-destination-missing": "test_a_dangling_link",
    "pdf-contents-untagged": "test_contents_that_are_not_tagged_as_such",
    "pdf-content-untagged": "test_content_that_is_neither_tagged_nor_an_artifact",
    "pdf-margin-tagged": "test_margin_content_that_is_tagged",
    "pdf-order-differs": "test_an_order_of_reading_that_is_not_that_of_the_page",
    "pdf-text-invisible": "test_text_that_nobody_sees",
    "pdf-font-clash": "test_two_programs_of_one_name",
    "pdf-font-missing": "test_a_font_that_is_not_embedded",
    "pdf-font-unmapped": "test_a_font_without_a_map",
}
"""Problems of finished pages and files, which hang on styles more than on a pack, and the test that shows each."""

ELSEWHERE = NOT_IN_A_PACK | OF_PAGES


def cases(*, built: bool) -> list[str]:
    found = sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir())
    return [name for name in found if (name.partition("+")[0] in ONLY_WHEN_BUILT) is built]


def lay_over(case: str, target: Path) -> Path:
    pack = Path(shutil.copytree(TESTS / "packs" / "tiny", target / "pack"))
    overlay = BROKEN / case
    if (overlay / "delete.txt").exists():
        for name in (overlay / "delete.txt").read_text(encoding="utf-8").split():
            (pack / name).unlink()
    ignored = shutil.ignore_patterns("expected", "delete.txt")
    shutil.copytree(overlay, pack, ignore=ignored, dirs_exist_ok=True, symlinks=True)
    return pack


def expected(case: str) -> list[str]:
    return (BROKEN / case / "expected").read_text(encoding="utf-8").splitlines()


def problems_of(pack: Path) -> tuple[Diagnostic, ...]:
    """What `check --numbers` says."""
    outcome = check_pack(World(pack))
    if outcome.verified is None:
        return outcome.diagnostics
    numbers = (unused_numbers(outcome.verified, source).diagnostics for source in outcome.verified.sources.values())
    return in_order((*outcome.diagnostics, *chain.from_iterable(numbers)))


def test_the_tiny_pack_has_no_problem() -> None:
    assert problems_of(TESTS / "packs" / "tiny") == ()


@pytest.mark.parametrize("case", cases(built=False))
def test_the_check_finds_what_is_broken_and_nothing_else(case: str, tmp_path: Path) -> None:
    pack = lay_over(case, tmp_path)

    problems = problems_of(pack)

    assert [f"{problem.location} {problem.code}" for problem in problems] == expected(case)
    assert CODES[case.partition("+")[0]] in {problem.code for problem in problems}
    assert not any(problem.message.endswith(".") or problem.hint.endswith(".") for problem in problems)


@pytest.mark.parametrize("case", cases(built=True))
def test_the_build_finds_what_is_broken_and_nothing_else(case: str, tmp_path: Path) -> None:
    pack = lay_over(case, tmp_path)
    assert check_pack(World(pack)).diagnostics == ()

    problems = build(World(pack), BuildRequest(audiences=("public",), kinds=("brief",))).diagnostics

    assert [f"{problem.location} {problem.code}" for problem in problems] == expected(case)
    assert CODES[case.partition("+")[0]] in {problem.code for problem in problems}


def test_a_second_build_waits_for_the_first(tiny: Path) -> None:
    (tiny / "build").mkdir()
    with FileLock(tiny / "build" / ".lock"), pytest.raises(BriefpackError) as caught:
        build(World(tiny), BuildRequest())

    assert (caught.value.exit_code, [problem.code.public for problem in caught.value.diagnostics]) == (
        75,
        ["output-unwritable"],
    )


def test_every_kind_of_problem_has_a_broken_pack() -> None:
    shown = {case.partition("+")[0] for built in (True, False) for case in cases(built=built)}

    assert sorted({*CODES} - shown - {*ELSEWHERE}) == []
    assert sorted(shown & {*ELSEWHERE}) == []


@pytest.mark.parametrize("name", sorted(set(ELSEWHERE.values())))
def test_what_no_pack_can_show_has_a_test_of_its_own(name: str) -> None:
    assert any(f"def {name}(" in path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
