"""Citations inside text: `[@card]`, `[@a; @b]`, `[@source/card]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefpack.diagnostics import Code, Findings, Location
from briefpack.pack.span import Span
from briefpack.pack.yaml_reader import NAME
from briefpack.summaries.model import Marker, Pointer

_GROUP = re.compile(r"[ \t\n]*\[(@[^\[\]]*)\]")
_MALFORMED = re.compile(r"\[[^\[\]\n]{0,40}?(?<![\w.])@|(?<![\w.])@[\w-]+(?:/[\w-]+)?\]")
_TARGET = re.compile(rf"@({NAME.pattern})(?:/({NAME.pattern}))?")


@dataclass(frozen=True, slots=True)
class CitedText:
    """Text freed of citations, where they stood, and for each character its index in what was written."""

    text: str
    markers: tuple[Marker, ...]
    origin: tuple[int, ...]
    is_garbled: bool = False


def read_citations(written: str, span: Span, default_source: str | None, findings: Findings) -> CitedText:
    """Take the citations out of `written`, which stands in `span`.

    A `[@card]` without a source is one of `default_source`; where that is None a source must be named.
    """
    known = len(findings.items)
    kept: list[str] = []
    origin: list[int] = []
    markers: list[Marker] = []
    position = 0
    for match in _GROUP.finditer(written):
        kept.append(written[position : match.start()])
        origin.extend(range(position, match.start()))
        position = match.end()
        pointers = _pointers(match, written, span, default_source, findings)
        if not pointers:
            continue
        offset = sum(map(len, kept))
        if markers and markers[-1].offset == offset:
            markers[-1] = Marker(offset, (*markers[-1].pointers, *pointers))
        else:
            markers.append(Marker(offset, pointers))
    kept.append(written[position:])
    origin.extend(range(position, len(written)))
    text = "".join(kept)
    for bad in _MALFORMED.finditer(text):
        findings.report(
            Code.CITATION_MALFORMED,
            f"{text[bad.start() : bad.start() + 30].strip()!r} is not a citation",
            span.part(written, origin[bad.start()], origin[bad.end() - 1] + 1),
            hint="write [@card], [@a; @b] or [@source/card]",
        )
    trimmed = text.strip()
    lead = len(text) - len(text.lstrip())
    return CitedText(
        trimmed,
        tuple(Marker(min(max(marker.offset - lead, 0), len(trimmed)), marker.pointers) for marker in markers),
        tuple(origin[lead : lead + len(trimmed)]),
        is_garbled=len(findings.items) > known,
    )


def _pointers(
    match: re.Match[str], written: str, span: Span, default_source: str | None, findings: Findings
) -> tuple[Pointer, ...]:
    pointers: list[Pointer] = []
    start = match.start(1)
    for part in match[1].split(";"):
        lead = len(part) - len(part.lstrip())
        place = span.part(written, start + lead, start + len(part.rstrip()))
        if pointer := parse_pointer(part.strip(), place, default_source, findings):
            pointers.append(pointer)
        start += len(part) + 1
    return tuple(pointers)


def parse_pointer(text: str, place: Location, default_source: str | None, findings: Findings) -> Pointer | None:
    """Return the pointer that `@card` or `@source/card` writes; report what is none."""
    match = _TARGET.fullmatch(text)
    if match is None:
        findings.report(
            Code.CITATION_MALFORMED,
            f"{text!r} is not a citation",
            place,
            hint="write @card or @source/card; the anchor knows the passage, so no locator",
        )
        return None
    if match[2]:
        return Pointer(match[1], match[2], place)
    if default_source is None:
        findings.report(Code.CITATION_MALFORMED, f"{text!r} names no source", place, hint=f"write @source/{match[1]}")
        return None
    return Pointer(default_source, match[1], place)
