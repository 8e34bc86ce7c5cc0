"""`briefpack inspect`: any file is looked at, in a child, and the exit code says what came of it."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from tests.cli.running import Desk, in_process

from briefpack.builder import inspecting
from briefpack.builder.inspecting import inspected
from briefpack.diagnostics import Code


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A PDF with one empty page, without anything that helps."""
    path = tmp_path / "bare.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


def test_a_file_with_errors_ends_with_1_and_fits_a_terminal(bare: Path) -> None:
    ran = in_process(bare.parent, "inspect", "bare.pdf")

    assert ran.code == 1
    assert "bare.pdf: error: the file is not tagged [pdf-untagged]" in ran.out
    assert ran.out.endswith("1 file inspected: 3 errors, 2 warnings\n")


def test_what_is_no_pdf_is_said_and_not_thrown(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_text("Dear all", encoding="utf-8")
    ran = in_process(tmp_path, "inspect", "letter.pdf")

    assert ran.code == 1
    assert "letter.pdf: error: the file cannot be read" in ran.out
    assert "Traceback" not in ran.said


def test_a_file_that_is_not_there_is_a_misuse(tmp_path: Path) -> None:
    assert in_process(tmp_path, "inspect", "none.pdf").code == 2


def test_the_report_for_programs_counts(bare: Path) -> None:
    ran = in_process(bare.parent, "inspect", "--format", "json", "bare.pdf")
    report = json.loads(ran.out)

    assert report["files"] == ["bare.pdf"]
    assert report["counts"] == {"errors": 3, "warnings": 2, "notices": 0}
    assert {each["file"] for each in report["diagnostics"]} == {"bare.pdf"}


def test_without_the_validator_profiles_are_lacking(outside: Desk, bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspecting, "has_validator", lambda: False)

    assert outside.run("inspect", "--profile", bare).code == 3


def test_the_validator_names_the_rule_that_is_broken(bare: Path) -> None:
    found = [
        each for each in inspected(bare.read_bytes(), "bare.pdf", ("ua1",)) if each.code is Code.PDF_PROFILE_FAILED
    ]

    assert found
    assert all(each.message.startswith("ua1: ") for each in found)
