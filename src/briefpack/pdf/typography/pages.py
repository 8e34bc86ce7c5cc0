"""Pages: how full they are, what stands alone at their ends, and what stands outside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from briefpack.diagnostics import Code
from briefpack.pdf.typography.report import Report, last_words, words
from briefpack.pdf.typography.sight import Paragraph, Place, Sheet

FULL = 0.7
"""How full every page but a section's last has to be, from the upper edge of its live area to its last line."""

BELOW = 2
"""How many lines have to follow a heading on its page."""

_APART = 4.0
"""Lines whose upper edges are nearer than this (in CSS pixels) stand side by side."""

_TOLERANCE = 2.0
_SHORT_WORD = 7
_MILLIMETRE = 96 / 25.4


def page_problems(pages: Sequence[Sheet], report: Report) -> None:
    """Report what is wrong with pages as a whole."""
    for number, sheet in enumerate(pages):
        if number < len(pages) - 1:
            _underfull(number, sheet, report)
            _low_headings(number, sheet, report)
        _outside(number, sheet, report)
        _short_ends(number, sheet, report)
    _single_lines(pages, report)


def _underfull(number: int, sheet: Sheet, report: Report) -> None:
    _, top, _, bottom = sheet.live
    ends = [*(line.bottom for line in sheet.lines), *(box[3] for box in sheet.pictures)]
    full = (max(ends, default=top) - top) / (bottom - top)
    if full >= FULL:
        return
    last = max(sheet.lines, key=lambda line: line.bottom, default=None)
    after = f", down to {last_words(last.text)}" if last else ""
    report.add(
        Code.PAGE_UNDERFULL,
        f"{{where}} is only {full:.0%} full{after}",
        number,
        "let what follows break, or stand in another order",
    )


def _low_headings(number: int, sheet: Sheet, report: Report) -> None:
    for paragraph in sheet.paragraphs:
        if not paragraph.place & Place.HEADING or paragraph.place & (Place.TABLE | Place.LABEL):
            continue
        end = paragraph.lines[-1].bottom
        below = _apart(sorted(line.top for line in sheet.lines if line.top >= end - _APART))
        if below < BELOW:
            said = {0: "as its last line", 1: "with one line below it"}[below]
            report.add(
                Code.HEADING_LOW,
                f"the heading {words(paragraph.text)} stands at the foot of {{where}}, {said}",
                number,
                "set `break-after: avoid` on it, or `break-inside: avoid` on what follows",
            )


def _apart(tops: Sequence[float]) -> int:
    """How many lines there are, those side by side counted once."""
    count, last = 0, float("-inf")
    for top in tops:
        if top - last >= _APART:
            count, last = count + 1, top
    return count


def _single_lines(pages: Sequence[Sheet], report: Report) -> None:
    """A line of a paragraph that goes on over a page end, alone at the foot or at the head."""
    for number, (sheet, after) in enumerate(pairwise(pages)):
        begun = {id(paragraph.element): paragraph for paragraph in sheet.paragraphs if paragraph.lines[-1].goes_on}
        heads: dict[int, Paragraph] = {}
        for paragraph in after.paragraphs:
            heads.setdefault(id(paragraph.element), paragraph)
        earlier = {id(p.element) for p in pages[number - 1].paragraphs if p.lines[-1].goes_on} if number else set()
        hint = "set `orphans` and `widows` to at least 2"
        for key, paragraph in begun.items():
            head = heads.get(key)
            if len(paragraph.lines) == 1 and key not in earlier:
                said = f"the first line of a paragraph stands alone at the foot of {{where}}: {words(paragraph.text)}"
                report.add(Code.LINE_SINGLE, said, number, hint)
            if head is not None and len(head.lines) == 1 and not head.lines[0].goes_on:
                said = f"the last line of a paragraph stands alone at the head of {{where}}: {words(head.text)}"
                report.add(Code.LINE_SINGLE, said, number + 1, hint)


def _outside(number: int, sheet: Sheet, report: Report) -> None:
    left, top, right, bottom = sheet.live
    boxes = [((line.left, line.top, line.right, line.bottom), words(line.text)) for line in sheet.lines]
    boxes += [(box, "a picture") for box in sheet.pictures]
    for box, said in boxes:
        over = max(left - box[0], top - box[1], box[2] - right, box[3] - bottom)
        if over <= _TOLERANCE:
            continue
        is_off = min(box[0], box[1], sheet.width - box[2], sheet.height - box[3]) < -_TOLERANCE
        where = (
            "leaves the paper on {where}"
            if is_off
            else f"stands {over / _MILLIMETRE:.1f} mm in the margin of {{where}}"
        )
        report.add(Code.OUTSIDE_PAGE, f"{said} {where}", number, "let it wrap, or give it less width")


def _short_ends(number: int, sheet: Sheet, report: Report) -> None:
    for paragraph in sheet.paragraphs:
        if not paragraph.place & Place.HEADING or len(paragraph.lines) < 2 or paragraph.lines[-1].goes_on:
            continue
        last = paragraph.lines[-1].text.split()
        if len(last) == 1 and len(last[0].rstrip(".,:;!?…")) <= _SHORT_WORD:
            report.add(
                Code.HEADING_SHORT_END,
                f"the last line of the heading {words(paragraph.text)} is one short word, {last[0]!r}, on {{where}}",
                number,
                "put no-break spaces before its last words, or word it otherwise",
            )
