"""Blocks of a Markdown body: headings, paragraphs, list items, and the desk's own voice between `:::` lines.

Only what a citation can reach is allowed; anything else (tables, code, HTML, quotations) is refused by name, so that no
part of a body silently changes its shape or escapes the gate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefpack.diagnostics import Code, Findings
from briefpack.pack.span import Span
from briefpack.summaries.model import BlockKind

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
_ITEM = re.compile(r"([ \t]*)(?:([-*+])|(\d{1,9})[.)])[ \t]+(\S.*)")
_FENCE_OPEN = re.compile(r":::+[ \t]*(\S.*?)?[ \t]*")
_REFUSED = (
    (re.compile(r"(?:```|~~~)"), "a block of code", "write it as a paragraph"),
    (re.compile(r" {4,}\S|\t\S"), "an indented block", "remove the indentation"),
    (re.compile(r" {0,3}\|.*\|| {0,3}:?-+:?[ \t]*\|[-:| \t]*$"), "a table", "write a comparison or a list"),
    (re.compile(r" {0,3}>"), "a block quotation", "cite the passage as a card instead"),
    (re.compile(r".*<(?:/?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>|!--)"), "HTML", "write plain Markdown"),
    (re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$"), "a rule", "use a heading"),
    (re.compile(r" {0,3}(?:=+|-+)[ \t]*$"), "an underlined heading", "write `## Heading`"),
    (re.compile(r".*!\[[^\]]*\]\("), "an image", "describe it in words"),
    (re.compile(r" {0,3}\[\^?[^\]@]+\]:"), "a footnote or the target of a link", "write it where it is read"),
)
_INDENTED = 1
"""Where in `_REFUSED` stands what is allowed inside a list or a paragraph."""
_COMMENT = re.compile(r"\s*<!--(.*?)-->\s*")


@dataclass(frozen=True, slots=True)
class MarkdownBlock:
    """One block: its kind, its level (headings: 1 to 6; items: depth from 1), its text, and where that stands."""

    kind: BlockKind
    level: int
    text: str
    span: Span
    desk: bool


def read_blocks(raw: str, start: int, file: str, findings: Findings) -> tuple[MarkdownBlock, ...]:
    """Read the blocks of `raw[start:]`."""
    return _Reader(raw, file, findings).read(start)


class _Reader:
    def __init__(self, raw: str, file: str, findings: Findings) -> None:
        self.raw = raw
        self.file = file
        self.findings = findings
        self.blocks: list[MarkdownBlock] = []
        self.fence: Span | None = None
        self.kind: BlockKind = "paragraph"
        self.level = 0
        self.begin = self.end = -1
        self.in_comment = False

    def read(self, position: int) -> tuple[MarkdownBlock, ...]:
        while position < len(self.raw):
            line_end = self.raw.find("\n", position)
            line_end = len(self.raw) if line_end < 0 else line_end
            self._line(self.raw[position:line_end], position)
            position = line_end + 1
        self._close()
        if self.fence is not None:
            self.findings.report(
                Code.FENCE_UNCLOSED,
                "the block that begins here is never closed",
                self.fence.location,
                hint="close it with a line `:::`",
            )
        return tuple(self.blocks)

    def _line(self, line: str, position: int) -> None:
        stripped = line.strip()
        if not stripped or self._comment(stripped):
            self._close()
        elif fence := _FENCE_OPEN.fullmatch(stripped):
            self._close()
            self._fence(fence, Span(self.file, self.raw, position, position + len(line)))
        elif heading := _HEADING.fullmatch(line):
            self._close()
            start = position + heading.start(2)
            self._open("heading", len(heading[1]), start, position + heading.end(2))
            self._close()
        elif self._refuse(line, position):
            self._close()
        elif (item := _ITEM.fullmatch(line)) and self._begins_item(item):
            self._close()
            depth = len(item[1].expandtabs(4)) // 2 + 1
            self._open("ordered" if item[3] else "item", depth, position + item.start(4), position + len(line.rstrip()))
        elif self.begin >= 0:
            self.end = position + len(line.rstrip())
        else:
            lead = len(line) - len(line.lstrip())
            self._open("paragraph", 0, position + lead, position + len(line.rstrip()))

    def _fence(self, fence: re.Match[str], span: Span) -> None:
        name = fence[1]
        if name is not None and self.fence is not None:
            self.findings.report(
                Code.FENCE_UNCLOSED,
                "the block that begins here is not closed before the next",
                self.fence.location,
                hint="close it with a line `:::`",
            )
        if name is None and self.fence is None:
            self.findings.report(
                Code.FENCE_UNCLOSED, "`:::` closes nothing here", span.location, hint="remove the line"
            )
        elif name is None:
            self.fence = None
        elif name != "analysis":
            self.findings.report(
                Code.MARKDOWN_UNSUPPORTED, f"unknown block `::: {name}`", span.location, hint="write `::: analysis`"
            )
            self.fence = span
        else:
            self.fence = span

    def _comment(self, stripped: str) -> bool:
        """Whether the line is a comment, or part of one; text beside a comment on its line is refused as HTML."""
        if self.in_comment:
            self.in_comment = not stripped.endswith("-->")
            return True
        if _COMMENT.fullmatch(stripped):
            return True
        self.in_comment = stripped.startswith("<!--") and "-->" not in stripped
        return self.in_comment

    def _begins_item(self, item: re.Match[str]) -> bool:
        """Whether a line is an item: a number inside a paragraph is one only as the first, "2017." never."""
        is_inside = self.begin >= 0 and self.kind == "paragraph"
        return not (is_inside and item[3] and int(item[3]) != 1)

    def _refuse(self, line: str, position: int) -> bool:
        is_inside = self.begin >= 0 or bool(self.blocks and self.blocks[-1].kind in ("item", "ordered"))
        for number, (pattern, name, hint) in enumerate(_REFUSED):
            if pattern.match(line) and not (number == _INDENTED and is_inside):
                span = Span(self.file, self.raw, position, position + len(line))
                self.findings.report(Code.MARKDOWN_UNSUPPORTED, f"{name} is not used here", span.location, hint=hint)
                return True
        return False

    def _open(self, kind: BlockKind, level: int, start: int, end: int) -> None:
        self.kind, self.level, self.begin, self.end = kind, level, start, end

    def _close(self) -> None:
        if self.begin < 0:
            return
        span = Span(self.file, self.raw, self.begin, self.end)
        text = " ".join(self.raw[self.begin : self.end].split())
        self.blocks.append(MarkdownBlock(self.kind, self.level, text, span, self.fence is not None))
        self.begin = self.end = -1
