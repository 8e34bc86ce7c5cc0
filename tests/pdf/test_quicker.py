"""The stand-ins change how long a section takes and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.pdf.press import BASE, sections_of
from tests.templating import samples

from briefpack.pdf import quicker
from briefpack.pdf.engine import press_of, weasyprint
from briefpack.pdf.setting import set_section
from briefpack.templating.styles import styles_of
from briefpack.world import digest

_WITHOUT = """
from briefpack.pdf import quicker
quicker.install = lambda *more: False
from tests.pdf.test_quicker import digests
print(*digests(), sep="\\n")
"""


def digests() -> list[str]:
    """The digest of each section of the sample dossier, set one after the other."""
    styles = styles_of(BASE)
    found = []
    for section in sections_of(samples.dossier().sections):
        checked = set_section(section, styles)
        assert checked.value is not None, checked.diagnostics
        found.append(f"{section.kind} {digest(checked.value.to_bytes())}")
    return found


def test_every_kind_of_section_has_the_same_bytes_with_and_without() -> None:
    without = subprocess.run([sys.executable, "-c", _WITHOUT], capture_output=True, text=True, check=True)
    assert without.stdout.splitlines() == digests()


def test_the_second_time_has_the_same_bytes_as_the_first() -> None:
    assert digests() == digests()


def test_they_are_installed_for_the_installed_version() -> None:
    weasyprint(styles_of(BASE))
    assert quicker.install() is True


def test_another_version_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quicker, "TESTED", ("1.0",))
    assert quicker.install() is False


def test_installing_again_changes_nothing() -> None:
    from weasyprint.formatting_structure.boxes import Box

    press_of(styles_of(BASE))
    before = Box.is_in_normal_flow
    quicker.install()
    assert before is Box.is_in_normal_flow


def test_what_was_kept_goes_when_its_style_changes() -> None:
    from weasyprint.css import InitialStyle

    weasyprint(styles_of(BASE))
    style = InitialStyle(None)
    assert style["float"] == "none"
    quicker.kept(style)["lengths"] = ("kept",)
    style["float"] = "left"
    assert quicker.kept(style) == {}


def test_computing_one_more_property_keeps_what_was_kept() -> None:
    from weasyprint.css import InitialStyle

    weasyprint(styles_of(BASE))
    style = InitialStyle(None)
    quicker.kept(style)["lengths"] = ("kept",)
    assert style["position"] == "static"
    assert quicker.kept(style) == {"lengths": ("kept",)}
