"""Which block of a translated body stands for which block of the original."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefpack.diagnostics import Code, Findings, Location
from briefpack.summaries.markdown import MarkdownBlock
from briefpack.summaries.model import BlockKind, BodyBlock
from briefpack.summaries.units import block_of

_NAMES = {"heading": "a heading", "paragraph": "a paragraph", "item": "a list item", "ordered": "a numbered item"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A line `<!-- of: … -->` and the block under it, None where nothing is written there yet.

    `start` is where the line begins, `line_end` where it ends.
    """

    of: str
    start: int
    line_end: int
    location: Location
    block: MarkdownBlock | None

    @property
    def end(self) -> int:
        """Where the block ends, or the line above it."""
        return self.block.span.end if self.block else self.line_end


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each block of the original the segment that stands for it, or None; `unclear`: where nobody can say which."""

    blocks: tuple[Segment | None, ...]
    unclear: frozenset[int] = frozenset()


def align(segments: Sequence[Segment], blocks: Sequence[BodyBlock], findings: Findings) -> Alignment:
    """Say which segment stands for which block.

    Blocks that still have the digest that was translated find each other, in order. What is left between them belongs
    together by its place where there are as many on both sides; else nobody can say which is which, and it is reported.
    """
    found: list[Segment | None] = [None] * len(blocks)
    unclear: set[int] = set()
    for first, last, start, stop in _stretches([s.of for s in segments], [block_of(b) for b in blocks]):
        count, wanted = last - first, stop - start
        if count == wanted:
            found[start:stop] = segments[first:last]
        elif count:
            unclear.update(range(start, stop))
            _report_count(segments[first], count, wanted, findings)
    for segment, block in zip(found, blocks, strict=True):
        if segment is not None and segment.block is not None:
            _check_kind(segment.block, block, findings)
    return Alignment(tuple(found), frozenset(unclear))


def _stretches(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of both that are equal, or that stand between such.

    What is equal at the head and at the tail is taken first: of blocks that say the same, the one in its place stays.
    """
    most = min(len(ours), len(theirs))
    head = next((at for at in range(most) if ours[at] != theirs[at]), most)
    tail = next((at for at in range(most - head) if ours[-1 - at] != theirs[-1 - at]), most - head)
    yield 0, head, 0, head
    middle = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
    for _, first, last, start, stop in difflib.SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
        yield first + head, last + head, start + head, stop + head
    yield len(ours) - tail, len(ours), len(theirs) - tail, len(theirs)


def _report_count(segment: Segment, count: int, wanted: int, findings: Findings) -> None:
    verb = "stands" if count == 1 else "stand"
    if wanted:
        message = f"{_counted(count)} from here on {verb} for {_counted(wanted)} of the original"
        hint = "divide the text as the original is divided, each block under its own line"
    else:
        message, hint = f"{_counted(count)} from here on {verb} for nothing in the original", "remove what is too much"
    findings.report(Code.TRANSLATION_BLOCKS, message, segment.location, hint)


def _counted(count: int) -> str:
    return "1 block" if count == 1 else f"{count} blocks"


def _check_kind(ours: MarkdownBlock, original: BodyBlock, findings: Findings) -> None:
    if (ours.kind, ours.level) != (original.kind, original.level):
        findings.report(
            Code.TRANSLATION_BLOCKS,
            f"{_shape(ours.kind, ours.level)} stands for {_shape(original.kind, original.level)}",
            ours.span.location,
            hint="write it as it is written in the original",
        )
    elif ours.desk != original.statement.desk:
        where = "outside" if original.statement.desk else "inside"
        findings.report(
            Code.TRANSLATION_BLOCKS,
            f"this block stands {where} `::: analysis`, and its original does not",
            ours.span.location,
            hint="repeat the lines `::: analysis` and `:::` where the original has them",
        )


def _shape(kind: BlockKind, level: int) -> str:
    return f"{_NAMES[kind]} of level {level}" if kind != "paragraph" else _NAMES[kind]
