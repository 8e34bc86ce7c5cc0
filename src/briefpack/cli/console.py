"""Two screens, standard output and standard error, on which text stands as it is: no markup, no highlighting.

`width` is the number of columns of a terminal, and None where nothing reads along: then nothing is wrapped or cut.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

STYLES = {"error": "bold red", "warning": "bold yellow", "notice": "bold blue", "ok": "green"}

_PICTURES = {code: 0x2400 + code for code in range(32) if code not in (0x09, 0x0A)} | {0x7F: 0x2421}
_PICTURES |= dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)


@dataclass(frozen=True, slots=True)
class Screen:
    """Where lines go."""

    console: Console

    @property
    def width(self) -> int | None:
        """Columns of the terminal, or None."""
        return max(self.console.width, 40) if self.console.is_terminal else None

    def line(self, text: str | Text = "", style: str = "") -> None:
        """Print one line as it is; the terminal may wrap it, nothing cuts it."""
        shown = Text(harmless(text), style=style) if isinstance(text, str) else text
        self.console.print(shown, soft_wrap=True, markup=False, highlight=False, emoji=False)

    def paragraph(self, text: str | Text, style: str = "", indent: int = 0, first: int = 0) -> None:
        """Print a paragraph, wrapped at spaces on a terminal; `first` is the indent of its first line alone."""
        shown = Text(harmless(text), style=style) if isinstance(text, str) else text
        for line in wrapped(shown, self.width, indent, first):
            self.line(line)

    def raw(self, text: str) -> None:
        """Write text for another program: no styles, no exchange of characters."""
        self.console.file.write(text)


def stdout() -> Screen:
    """The screen of the command's results."""
    return _screen(sys.stdout)


def stderr() -> Screen:
    """The screen of progress, and of what went wrong with the command itself."""
    return _screen(sys.stderr)


def _screen(stream: IO[str]) -> Screen:
    return Screen(Console(file=stream, markup=False, highlight=False, emoji=False))


def harmless(text: str) -> str:
    """Return `text` with control characters as pictures: a file's content must not steer the terminal."""
    return text.translate(_PICTURES)


def wrapped(text: Text, width: int | None, indent: int = 0, first: int = 0) -> list[Text]:
    """Break `text` at spaces into lines of at most `width` columns; what has no space is never broken."""
    lines = [Text(" " * first)]
    used = first
    for word in _words(text):
        length = cell_len(word.plain.rstrip())
        if width is not None and used + length > width and used > max(first, indent):
            lines[-1].rstrip()
            lines.append(Text(" " * indent))
            used = indent
        lines[-1].append_text(word)
        used += cell_len(word.plain)
    return lines


def _words(text: Text) -> Iterable[Text]:
    """The words of `text`, each with the white space that follows it."""
    start = 0
    plain = text.plain
    for at in range(1, len(plain)):
        if plain[at - 1] == " " and plain[at] != " ":
            yield text[start:at]
            start = at
    if plain:
        yield text[start:]


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 card", "2 cards", "1,200 cards"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
