"""Problems as people read them: place, message and code; the line with a caret; what to try; lines ready to paste."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from rich.text import Text

from briefpack.cli.console import STYLES, Screen, counted, harmless, wrapped
from briefpack.cli.excerpt import Lines, excerpt
from briefpack.diagnostics import Diagnostic, Severity

ShowPath = Callable[[str], str]
"""How the path of a file in the pack is shown."""


def effective(diagnostic: Diagnostic, strict: bool) -> Severity:
    """The severity with which a problem is reported: with `--strict`, warnings are errors."""
    raised = strict and diagnostic.severity is Severity.WARNING
    return Severity.ERROR if raised else diagnostic.severity


def count(diagnostics: Iterable[Diagnostic], strict: bool = False) -> Counter[Severity]:
    """How many problems there are of each severity."""
    return Counter(effective(diagnostic, strict) for diagnostic in diagnostics)


def tally(counts: Counter[Severity], notices: bool = True) -> str:
    """Return "2 errors, 1 warning", or the empty string."""
    kinds = [severity for severity in Severity if counts[severity] and (notices or severity is not Severity.NOTICE)]
    return ", ".join(counted(counts[severity], severity.value) for severity in kinds)


def show_diagnostics(
    screen: Screen, diagnostics: Sequence[Diagnostic], lines: Lines | None, shown: ShowPath, *, strict: bool = False
) -> None:
    """Print problems in the given order, a blank line after each that has more than its own line."""
    for diagnostic in diagnostics:
        _show_head(screen, diagnostic, shown, strict)
        found = _show_excerpt(screen, diagnostic, lines) if lines else False
        if diagnostic.hint:
            screen.paragraph(f"= try: {diagnostic.hint}", indent=11, first=4)
        for line in diagnostic.detail:
            screen.line(line)
        if found or diagnostic.hint or diagnostic.detail:
            screen.line()


def _show_head(screen: Screen, diagnostic: Diagnostic, shown: ShowPath, strict: bool) -> None:
    location = diagnostic.location
    path = harmless(shown(location.file)) if location.file else ""
    place = path + (f":{location.line}" if location.line else "") + (f":{location.column}" if location.column else "")
    severity = effective(diagnostic, strict).value
    head = Text(f"{place}: " if place else "", style="bold")
    head.append(severity, style=STYLES[severity])
    head.append(": ", style="not bold")
    head.append(harmless(diagnostic.message).replace("\n", " "), style="not bold")
    head.append(f" [{diagnostic.code}]", style="not bold dim")
    # The place comes first and whole, so that a terminal or an editor can jump to it, however narrow the window.
    start = len(place) + 2 if place else 0
    for number, line in enumerate(_wrap_after(head, start, screen.width)):
        screen.line(line if number == 0 else Text("    ") + line)


def _wrap_after(head: Text, start: int, width: int | None) -> list[Text]:
    """Wrap at spaces behind the place, which is never broken even where the path holds a space."""
    if width is None:
        return [head]
    place, rest = head[:start], head[start:]
    room = width - start
    if room < 24:
        return [place + part if number == 0 else part for number, part in enumerate(wrapped(rest, width - 4))]
    first = wrapped(rest, room)[0]
    remaining = rest[len(first.plain) :]
    tail = Text(remaining.plain.lstrip())
    if not tail.plain:
        return [place + first]
    offset = len(remaining.plain) - len(tail.plain)
    return [place + first, *wrapped(remaining[offset:], width - 4)]


def _show_excerpt(screen: Screen, diagnostic: Diagnostic, lines: Lines) -> bool:
    number = str(diagnostic.location.line)
    gutter = len(number) + 3
    found = excerpt(lines, diagnostic.location, screen.width - gutter - 2 if screen.width else None)
    if found is None:
        return False
    severity = diagnostic.severity.value
    screen.line(Text(f"  {number} | ", style="dim").append(found.text, style="not dim"))
    if found.length:
        marks = Text(" " * gutter + "| ", style="dim")
        screen.line(marks.append(" " * found.caret + "^" * found.length, style=f"not dim {STYLES[severity]}"))
    return True
