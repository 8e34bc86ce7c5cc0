"""The measure: how many characters running text has in a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from briefpack.diagnostics import Code
from briefpack.pdf.typography.report import Report, words
from briefpack.pdf.typography.sight import Paragraph, Place, Sheet

FEWEST = 35
MOST = 90
"""Characters a line, spaces included, between which running text is read with ease."""

FEWEST_BESIDE = 24
"""The fewest where words of a source stand beside what rests on them: these columns are narrow by design."""

_EXEMPT = Place.HEADING | Place.TABLE | Place.LABEL
_RUNNING = frozenset(("p", "li", "dd", "dt", "div", "blockquote", "section", "article"))


@dataclass(slots=True)
class _Found:
    """Paragraphs of one kind that are too wide or too narrow: the worst, its page, and how many there are."""

    length: int
    paragraph: Paragraph
    page: int
    count: int = 1


def measure_problems(pages: Sequence[Sheet], report: Report) -> None:
    """Report kinds of paragraphs whose lines are too long or too short, each kind once."""
    wide: dict[str, _Found] = {}
    narrow: dict[str, _Found] = {}
    for number, sheet in enumerate(pages):
        for paragraph in sheet.paragraphs:
            if paragraph.place & _EXEMPT or not _is_running(paragraph):
                continue
            lengths = [len(line.text.strip()) for line in paragraph.lines]
            usual, longest = round(median(lengths[:-1] or lengths)), max(lengths)
            fewest = FEWEST_BESIDE if paragraph.place & Place.EVIDENCE else FEWEST
            if usual > MOST:
                _keep(wide, _Found(usual, paragraph, number), worse=usual)
            elif longest < fewest:
                _keep(narrow, _Found(longest, paragraph, number), worse=-longest)
    for found in wide.values():
        _report(Code.MEASURE_WIDE, found, "set it in a narrower column, or in larger type", report)
    for found in narrow.values():
        _report(Code.MEASURE_NARROW, found, "give it a wider column, or set it in smaller type", report)


def _is_running(paragraph: Paragraph) -> bool:
    """Whether a paragraph has two lines or more that nobody broke by hand."""
    is_text = len(paragraph.lines) > 1 and paragraph.element.tag in _RUNNING
    return is_text and next(paragraph.element.iter("br"), None) is None


def _keep(kept: dict[str, _Found], found: _Found, worse: int) -> None:
    known = kept.setdefault(found.paragraph.name, found)
    if known is found:
        return
    known.count += 1
    if worse > (known.length if worse > 0 else -known.length):
        known.length, known.paragraph, known.page = found.length, found.paragraph, found.page


def _report(code: Code, found: _Found, hint: str, report: Report) -> None:
    more = f", the worst of {found.count} such paragraphs," if found.count > 1 else ""
    said = (
        f"{found.length} characters a line in {found.paragraph.name}{more} on {{where}}: {words(found.paragraph.text)}"
    )
    report.add(code, said, found.page, hint)
