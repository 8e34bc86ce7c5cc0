"""Summaries as any author might write them, and their translations, for the tests of translating."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from briefpack.diagnostics import Findings
from briefpack.summaries.load import split_document
from briefpack.summaries.summary import build_summary
from briefpack.summaries.translating import EMPTY, fill_in
from briefpack.summaries.translation import Translation, read_translation
from briefpack.summaries.units import Original, original_of

Item = tuple[str, str]
"""A statement's text and its note; either may be empty where the format allows it."""

PATH = "content/summaries/river.md"

WORDS = st.text("abcäñ1,.:;#'\"-–&*!?%>|@`(){}", min_size=1, max_size=8).map(lambda word: f"x{word}")
TEXTS = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)
NOTES = st.one_of(st.just(""), TEXTS)
SECTIONS = ("lead", "points", "cautions", "analysis")
BLOCKS = st.sampled_from(["", "## ", "- ", "1. "])
PLAIN = st.lists(st.text("abcäñ", min_size=2, max_size=8), min_size=1, max_size=40).map(" ".join)


@dataclass(frozen=True, slots=True)
class Draft:
    """A summary in the making: statements by section, cards with their notes and glosses, blocks with their marks.

    A block is its mark, its text, and whether the desk speaks.
    """

    sections: dict[str, list[Item]]
    cards: list[tuple[str, str]]
    blocks: list[tuple[str, str, bool]]


DRAFTS = st.builds(
    Draft,
    sections=st.fixed_dictionaries({name: st.lists(st.tuples(TEXTS, NOTES), max_size=3) for name in SECTIONS}),
    cards=st.lists(st.tuples(NOTES, NOTES), max_size=3),
    blocks=st.lists(st.tuples(BLOCKS, PLAIN, st.booleans()), max_size=6),
)


def written(draft: Draft) -> str:
    """The draft as a file."""
    lines = ["---", "source:", "  file: river.txt", "  language: en", "evidence:"]
    for number, (note, about) in enumerate([("", ""), *draft.cards]):
        lines += [f"  card-{number}:", "    quote: words"]
        lines += [f"    {key}: >-\n      {text}" for key, text in (("note", note), ("about", about)) if text]
    lines += ["headline: a headline"]
    for section, items in draft.sections.items():
        lines += [f"{section}:"] * bool(items)
        for number, (text, note) in enumerate(items):
            lines += [f"  - id: item-{number}", "    text: >-", f"      {text}"]
            lines += ["    note: >-", f"      {note}"] * bool(note)
    lines += ["---"]
    for mark, text, is_desk in draft.blocks:
        block = ["", f"{mark}{text}", ""]
        lines += ["::: analysis", *block, ":::"] if is_desk else block
    return "\n".join(lines) + "\n"


def original(text: str) -> Original:
    """What there is to translate in a summary."""
    document = split_document(text.encode(), PATH, "river", Findings())
    assert document is not None
    summary = build_summary(document, Findings())
    assert summary is not None
    return original_of(summary)


def read(text: str, of: Original) -> tuple[Translation, list[str]]:
    """A translation, and the problems found in it."""
    findings = Findings()
    document = split_document(text.encode(), of.translation_path("es"), of.id, findings)
    assert document is not None, [str(d.message) for d in findings.items]
    return read_translation(document, of, findings), [
        f"{d.location.line}:{d.location.column} {d.code}" for d in findings.items
    ]


def skeleton(of: Original) -> str:
    """What `translate` writes where nothing is translated."""
    return fill_in(read(EMPTY, of)[0], EMPTY)


def filled(text: str, of: Original, words: str = "texto") -> str:
    """The same file with something written wherever nothing is."""
    lines = text.split("\n")
    front_end = lines.index("---", 1)
    done: list[str] = []
    for number, line in enumerate(lines):
        done.append(line)
        is_field = number < front_end and line.endswith(": >-")
        if is_field and not _is_deeper(lines[number + 1], line):
            done.append(" " * (len(line) - len(line.lstrip()) + 2) + words)
    translation, _ = read("\n".join(done), of)
    raw = translation.document.raw
    for segment, block in reversed(list(zip(translation.blocks, of.blocks, strict=True))):
        if segment is not None and segment.block is None:
            mark = {"heading": "#" * block.level + " ", "item": "- ", "ordered": "1. ", "paragraph": ""}[block.kind]
            raw = f"{raw[: segment.line_end]}\n{mark}{words}\n{raw[segment.line_end :]}"
    return raw


def _is_deeper(line: str, than: str) -> bool:
    return bool(line.strip()) and len(line) - len(line.lstrip()) > len(than) - len(than.lstrip())


def names(keys: Sequence[tuple[str, ...]]) -> list[str]:
    """Keys as they are named on the command line."""
    return ["/".join(key) for key in keys]
