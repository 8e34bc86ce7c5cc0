"""Other ways to make a PDF of the same text: pandoc and Typst, WeasyPrint by itself, and Chromium.

Each is run as whole processes on files that lie ready. What each of them does of what a dossier needs is in
docs/performance.md.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from bench.markdown import to_markdown
from bench.material import ROOT
from bench.measure import Measure, both, run
from bench.text import Text, fonts_below, write_html

WANTED = ("pypandoc_binary==1.17", "typst==0.15.2")
"""Installed for the comparison alone, into an environment of their own."""

_ENVIRONMENT = ROOT / ".venv-bench"

_TYPST = """\
import sys, typst
source, target, fonts, standards = sys.argv[1:]
typst.compile(source, output=target, font_paths=[fonts], ignore_system_fonts=True, pdf_standards=standards.split(","))
"""
_STANDARDS = "a-3a,ua-1"

_HEADER = """\
---
title: {title}
lang: {language}
papersize: a4
mainfont: Source Serif 4
fontsize: 10pt
linestretch: 1.1
margin: {{x: 30mm, y: 21mm}}
toc: true
toc-depth: 2
header-includes:
  - |
    ```{{=typst}}
    #show heading.where(level: 2): it => {{ pagebreak(weak: true); it }}
    ```
---

"""


@dataclass(frozen=True, slots=True)
class Comparator:
    """A way to make the PDF `target` of files that lie ready; `perform` does it once, from the start."""

    name: str
    version: str
    target: Path
    perform: Callable[[], Measure]

    def pages(self) -> int:
        """How many pages the PDF made last has."""
        document = pypdfium2.PdfDocument(self.target)
        try:
            return len(document)
        finally:
            document.close()


def comparators_of(text: Text, folder: Path) -> tuple[list[Comparator], list[str]]:
    """Write what the comparators need into `folder`; return those that are there, and why others are not."""
    page = write_html(text, folder)
    found, missing = [_weasyprint(page)], []
    try:
        found.append(_typst(text, folder))
    except (OSError, subprocess.CalledProcessError) as error:
        missing.append(f"pandoc + typst: could not be installed ({error})")
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser:
        found.append(_chromium(browser, page))
    else:
        missing.append("Chromium: not installed on this machine")
    return found, missing


def _weasyprint(page: Path) -> Comparator:
    target = page.with_name("weasyprint.pdf")
    command: list[str | Path] = [sys.executable, "-m", "weasyprint", "--pdf-variant", "pdf/a-3a", page, target]
    version = _says([sys.executable, "-c", "import weasyprint; print(weasyprint.__version__)"])
    return Comparator("WeasyPrint alone", f"WeasyPrint {version}", target, lambda: run(command, page.parent))


def _typst(text: Text, folder: Path) -> Comparator:
    python = _bench_python()
    pandoc, *versions = json.loads(_says([python, "-c", _VERSIONS]))
    source, middle, target = folder / "dossier.md", folder / "dossier.typ", folder / "typst.pdf"
    header = _HEADER.format(title=json.dumps(text.dossier.title), language=text.dossier.head.language)
    source.write_text(header + to_markdown(text.dossier), encoding="utf-8")
    first: list[str | Path] = [pandoc, "-f", "markdown", "-t", "typst", "-s", source, "-o", middle]
    second: list[str | Path] = [python, "-c", _TYPST, middle, target, fonts_below(text, folder), _STANDARDS]
    return Comparator(
        "pandoc + typst",
        f"pandoc {versions[0]}, typst {versions[1]}",
        target,
        lambda: both(run(first, folder), run(second, folder)),
    )


_VERSIONS = """\
import json, pypandoc
from importlib.metadata import version
print(json.dumps([pypandoc.get_pandoc_path(), pypandoc.get_pandoc_version(), version("typst")]))
"""


def _bench_python() -> Path:
    """The Python of the environment with what is compared; made where it is missing or not as wanted."""
    python, stamp = _ENVIRONMENT / "bin/python", _ENVIRONMENT / ".stamp"
    wanted = f"{_ENVIRONMENT} {sys.version} {WANTED}"
    if not (python.exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted):
        subprocess.run([sys.executable, "-m", "venv", "--clear", _ENVIRONMENT], check=True)
        subprocess.run([python, "-m", "pip", "-qq", "--disable-pip-version-check", "install", *WANTED], check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return python


def _chromium(browser: str, page: Path) -> Comparator:
    target, profile = page.with_name("chromium.pdf"), page.with_name("profile")
    command = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
    command += ["--no-pdf-header-footer", "--generate-pdf-document-outline"]
    command += [f"--print-to-pdf={target}", page.resolve().as_uri()]
    version = _says([browser, "--version"]).split(" built")[0]
    return Comparator("Chromium", version, target, lambda: run(command, page.parent))


def _says(command: list[str | Path]) -> str:
    return subprocess.check_output([str(part) for part in command], text=True, stderr=subprocess.DEVNULL).strip()
