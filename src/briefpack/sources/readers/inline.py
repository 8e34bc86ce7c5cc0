"""Marks inside a paragraph of Markdown: which characters are no text, and which stand for others.

After CommonMark 0.31, read leniently. Every step is linear in the length of the paragraph, whatever it holds.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~]|(?=\n))"
    r"|(?P<ticks>`+)"
    r"|<(?P<auto>(?:[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]{0,2000}|[^\s<>@]{1,100}@[^\s<>@]{1,200}))>"
    r"|(?P<comment><!--)"
    r"|(?P<tag></?[a-zA-Z][a-zA-Z0-9:-]{0,30}(?:\s[^<>]{0,2000})?/?>)"
    r"|(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)"
    r"|(?P<note>\[\^[^\]\s]{1,50}\])"
    r"|(?P<opening>!?\[)"
    r"|(?P<closing>\])"
    r"|(?P<run>\*+|_+|~~)"
)
_MARK = re.compile(r"[\\`<&!\[\]*_~]")
"""What a token begins with: finding that first is five times faster than looking for tokens."""
_TARGET = re.compile(
    r"\(\s*+(?:<[^<>\n]{0,2000}>|[^\s()<]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,500}){0,8})"
    r"(?:\s++(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?\s*+\)"
)
_LABEL = re.compile(r"\[([^\[\]]{0,500})\]")
_BREAK = re.compile(r"</?(?:br|p|div|li|tr|td|th)\b", re.IGNORECASE)
_LOOK_BACK = 16
"""How many open emphasis runs are considered for a closing one: keeps hostile text linear."""


@dataclass(frozen=True, slots=True)
class Change:
    """A half-open range of the paragraph that is replaced by `text`, mostly by nothing."""

    start: int
    end: int
    text: str = ""


@dataclass(slots=True)
class _Run:
    """A run of emphasis marks, of which the outer `left` ones are still unmatched."""

    start: int
    end: int
    opens: bool
    closes: bool


@dataclass(slots=True)
class _Scan:
    text: str
    labels: frozenset[str]
    changes: list[Change] = field(default_factory=list)
    brackets: list[tuple[int, int]] = field(default_factory=list)
    runs: list[_Run] = field(default_factory=list)
    ticks: dict[int, list[int]] = field(default_factory=dict)


def changes_in(text: str, labels: frozenset[str] = frozenset()) -> list[Change]:
    """Return the changes that take the marks out of a paragraph, in order and without overlap.

    `labels` are the lower-case labels of the link references that the file defines.
    """
    scan = _Scan(text, labels)
    for run in reversed(list(re.finditer("`+", text))):
        scan.ticks.setdefault(len(run[0]), []).append(run.start())
    at = 0
    while mark := _MARK.search(text, at):
        found = _TOKEN.match(text, mark.start())
        at = _STEPS[found.lastgroup or ""](scan, found) if found else mark.end()
    _match_emphasis(scan)
    return _in_order(scan.changes)


def _escaped(scan: _Scan, found: re.Match[str]) -> int:
    scan.changes.append(Change(found.start(), found.start() + 1))
    return found.end()


def _ticks(scan: _Scan, found: re.Match[str]) -> int:
    width = len(found[0])
    later = scan.ticks.get(width, [])
    while later and later[-1] < found.end():
        later.pop()
    if not later:
        return found.end()
    scan.changes += [Change(found.start(), found.end()), Change(later[-1], later[-1] + width)]
    return later.pop() + width


def _auto(scan: _Scan, found: re.Match[str]) -> int:
    scan.changes += [Change(found.start(), found.start() + 1), Change(found.end() - 1, found.end())]
    return found.end()


def _comment(scan: _Scan, found: re.Match[str]) -> int:
    end = scan.text.find("-->", found.end())
    end = len(scan.text) if end < 0 else end + 3
    scan.changes.append(Change(found.start(), end))
    return end


def _tag(scan: _Scan, found: re.Match[str]) -> int:
    scan.changes.append(Change(found.start(), found.end(), " " if _BREAK.match(found[0]) else ""))
    return found.end()


def _entity(scan: _Scan, found: re.Match[str]) -> int:
    meant = html.unescape(found[0])
    if meant != found[0]:
        scan.changes.append(Change(found.start(), found.end(), meant))
    return found.end()


def _note(scan: _Scan, found: re.Match[str]) -> int:
    scan.changes.append(Change(found.start(), found.end()))
    return found.end()


def _opening(scan: _Scan, found: re.Match[str]) -> int:
    scan.brackets.append((found.start(), found.end()))
    return found.end()


def _closing(scan: _Scan, found: re.Match[str]) -> int:
    if not scan.brackets:
        return found.end()
    start, end = scan.brackets.pop()
    after = _link_end(scan, end, found)
    if after:
        scan.changes += [Change(start, end), Change(found.start(), after)]
    return after or found.end()


def _link_end(scan: _Scan, start: int, found: re.Match[str]) -> int:
    """Return where the link ends whose text runs from `start` to the closing bracket `found`, or 0 where it is none."""
    target = _TARGET.match(scan.text, found.end())
    if target:
        return target.end()
    if not scan.labels or found.start() - start > 500:
        return 0
    own = scan.text[start : found.start()]
    label = _LABEL.match(scan.text, found.end())
    if label and (label[1] or own).strip().lower() in scan.labels:
        return label.end()
    return found.end() if own.strip().lower() in scan.labels else 0


def _emphasis(scan: _Scan, found: re.Match[str]) -> int:
    before = scan.text[found.start() - 1] if found.start() else " "
    after = scan.text[found.end()] if found.end() < len(scan.text) else " "
    left = not after.isspace() and (not _is_punctuation(after) or before.isspace() or _is_punctuation(before))
    right = not before.isspace() and (not _is_punctuation(before) or after.isspace() or _is_punctuation(after))
    if found[0][0] == "_":  # never inside a word: snake_case
        left, right = left and (not right or _is_punctuation(before)), right and (not left or _is_punctuation(after))
    scan.runs.append(_Run(found.start(), found.end(), left, right))
    return found.end()


_STEPS: dict[str, Callable[[_Scan, re.Match[str]], int]] = {
    "escaped": _escaped,
    "ticks": _ticks,
    "auto": _auto,
    "comment": _comment,
    "tag": _tag,
    "entity": _entity,
    "note": _note,
    "opening": _opening,
    "closing": _closing,
    "run": _emphasis,
}


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _match_emphasis(scan: _Scan) -> None:
    """Pair the runs of emphasis marks; what is matched is dropped, what is not is text."""
    opened: dict[str, list[_Run]] = {"*": [], "_": [], "~": []}
    for run in scan.runs:
        before = opened[scan.text[run.start]]
        if run.closes:
            _close(scan, run, before)
        if run.opens and run.start < run.end:
            before.append(run)


def _close(scan: _Scan, run: _Run, opened: list[_Run]) -> None:
    while run.start < run.end:
        last = len(opened) - 1
        at = next((i for i in range(last, max(-1, last - _LOOK_BACK), -1) if _pairs(opened[i], run)), -1)
        if at < 0:
            return
        del opened[at + 1 :]
        opener = opened[-1]
        width = min(opener.end - opener.start, run.end - run.start)
        scan.changes += [Change(opener.end - width, opener.end), Change(run.start, run.start + width)]
        opener.end -= width
        run.start += width
        if opener.start == opener.end:
            opened.pop()


def _pairs(opener: _Run, closer: _Run) -> bool:
    """CommonMark's rule of three: `*` does not close within `**bold*` and the like."""
    first, second = opener.end - opener.start, closer.end - closer.start
    if not (opener.closes or closer.opens) or (first + second) % 3:
        return True
    return first % 3 == 0 and second % 3 == 0


def _in_order(changes: list[Change]) -> list[Change]:
    ordered: list[Change] = []
    for change in sorted(changes, key=lambda c: (c.start, c.end)):
        if not ordered or change.start >= ordered[-1].end:
            ordered.append(change)
    return ordered
