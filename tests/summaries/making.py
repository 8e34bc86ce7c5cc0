"""Documents for the tests of this folder, read from text."""

from __future__ import annotations

from pathlib import Path

from briefpack.diagnostics import Findings
from briefpack.summaries.comparison import build_comparison
from briefpack.summaries.document import Document
from briefpack.summaries.load import load_document
from briefpack.summaries.model import Comparison, Summary
from briefpack.summaries.summary import build_summary
from briefpack.world import World


def document(folder: Path, text: str, name: str = "work.md") -> tuple[Document | None, Findings]:
    (folder / name).write_text(text, encoding="utf-8")
    findings = Findings()
    return load_document(World(folder), name, findings), findings


def said(findings: Findings) -> list[str]:
    return [f"{d.location.line}:{d.location.column} {d.code}" for d in findings.items]


def summary(folder: Path, text: str) -> tuple[Summary | None, list[str]]:
    found, findings = document(folder, text)
    built = build_summary(found, findings) if found else None
    return built, said(findings)


def comparison(folder: Path, text: str) -> tuple[Comparison | None, list[str]]:
    found, findings = document(folder, text)
    built = build_comparison(found, findings) if found else None
    return built, said(findings)
