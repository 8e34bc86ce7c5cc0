"""Texts that YAML breaks or cuts, as their author meant them, and the lines that repair them.

What a person writes after `key: ` or `- ` is one text up to the next line that is not indented deeper. This module
reads lines that way, without YAML, so that it can say what was meant where YAML gives up.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from briefpack.diagnostics import Code, Findings
from briefpack.pack.span import Span

_OPENING = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<key>[^\W_][\w-]*: +)?(?P<value>\S.*)")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*(?:\s+#.*)?\s*")

_KEY_LINE = re.compile(r"[a-z][a-z-]*:(?:\s+|$)")
_MOST_TRIED = 50


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One text: `lead` is what stands before it on its first line; `depth` the column its further lines must exceed."""

    span: Span
    lead: str
    depth: int
    lines: tuple[str, ...]

    @property
    def value(self) -> str:
        """The text on one line."""
        return " ".join(self.lines)

    def report(self, message: str, findings: Findings) -> None:
        """Report `yaml-needs-block` with the repaired lines."""
        deeper = " " * (self.depth + 2)
        findings.report(
            Code.YAML_NEEDS_BLOCK,
            message,
            self.span.location,
            hint="put the text under `>-`, as below",
            detail=(f"{self.lead}>-", *(f"{deeper}{line}" for line in self.lines)),
        )

    def is_broken(self) -> bool:
        """Whether YAML cannot read it as one value, whatever stands around it.

        After a few words, a further line that begins with `key:` was indented wrongly and is no part of the text.
        """
        if len(self.lines[0].split()) < 4 and any(_KEY_LINE.match(line) for line in self.lines[1:]):
            return False
        further = "".join(f"\n  {line}" for line in self.lines[1:])
        try:
            events = list(
                yaml.parse(f"- {self.lines[0]}{further}" if self._is_item else f"a: {self.lines[0]}{further}")
            )
        except yaml.YAMLError:
            return True
        return len(events) != (7 if self._is_item else 8) and self.lines[0][0] not in "[{"

    @property
    def _is_item(self) -> bool:
        return not self.lead.rstrip().endswith(":")


class WrittenTexts:
    """The texts that begin on the line of their key or dash, in order."""

    def __init__(self, whole: Span) -> None:
        self.whole = whole
        self.texts = list(self._read())
        self._starts = [text.span.start for text in self.texts]

    def at(self, position: int, *, in_list: bool = False) -> WrittenText | None:
        """The text that `position` lies in; `in_list`: what follows the dash, though it looks like a key."""
        number = bisect_right(self._starts, position) - 1
        if number >= 0 and position <= self.texts[number].span.end:
            found = self.texts[number]
        elif number + 1 < len(self.texts) and "\n" not in self.whole.raw[position : self._starts[number + 1]]:
            found = self.texts[number + 1]
        else:
            return None
        return self._without_key(found) if in_list else found

    def broken_before(self, places: Sequence[int]) -> WrittenText | None:
        """The nearest text at or before one of the places that YAML cannot read."""
        for place in places:
            line_end = self.whole.raw.find("\n", place)
            until = line_end if line_end >= 0 else self.whole.end
            number = bisect_right(self._starts, until)
            for text in reversed(self.texts[max(0, number - _MOST_TRIED) : number]):
                if text.is_broken():
                    return text
        return None

    def _without_key(self, text: WrittenText) -> WrittenText:
        opening = _OPENING.match(text.lead + text.lines[0])
        if opening is None or not opening["key"]:
            return text
        key, span = opening["key"], text.span
        lead = opening["indent"] + opening["dashes"]
        longer = Span(span.file, span.raw, span.start - len(key), span.end)
        return WrittenText(longer, lead, len(lead) - 2, (key + text.lines[0], *text.lines[1:]))

    def _read(self) -> Iterator[WrittenText]:
        raw, end = self.whole.raw, self.whole.end
        position = self.whole.start
        while position < end:
            stop = self._line_end(position)
            opening = _OPENING.fullmatch(raw, position, stop)
            lead = opening["indent"] + opening["dashes"] + (opening["key"] or "") if opening else ""
            is_comment = opening is not None and opening["value"][0] == "#" and lead.endswith("  ")
            if opening is None or not lead.strip() or is_comment:
                position = stop + 1
                continue
            depth = len(opening["indent"] + opening["dashes"]) - (0 if opening["key"] else 2)
            if not opening["key"] and _KEY_LINE.fullmatch(opening["value"]):
                position = stop + 1
                continue
            following = list(self._deeper(stop + 1, depth))
            if not _BLOCK_HEADER.fullmatch(opening["value"]):
                last = following[-1][1] if following else stop
                lines = tuple(raw[a:b].strip() for a, b in ((opening.start("value"), stop), *following))
                text_end = last - (len(raw[position:last]) - len(raw[position:last].rstrip()))
                yield WrittenText(Span(self.whole.file, raw, opening.start("value"), text_end), lead, depth, lines)
            position = (following[-1][1] if following else stop) + 1

    def _deeper(self, position: int, depth: int) -> Iterator[tuple[int, int]]:
        """The lines from `position` on that are indented deeper than `depth`; blank lines between them are left out."""
        raw, end = self.whole.raw, self.whole.end
        while position < end:
            stop = self._line_end(position)
            line = raw[position:stop]
            if line.strip():
                if len(line) - len(line.lstrip(" ")) <= depth:
                    return
                yield position, stop
            position = stop + 1

    def _line_end(self, position: int) -> int:
        found = self.whole.raw.find("\n", position, self.whole.end)
        return self.whole.end if found < 0 else found
