"""Small typographic repairs of running text: spaces at which no line may end, and quotation marks inside quotations."""

from __future__ import annotations

import re

NBSP = "\u00a0"

_BOUND = re.compile(
    r"(?<=\d) (?=[%‰°€£¥])"
    r"|(?<=\d) (?=(?:[km]?m[²³]?|k?g|ha|kWh|°C|pt|millones|millón|mil|billones|[mb]illion|thousand)\b)"
    r"|(?<=[¶§€£¥$]) (?=\d)"
    r"|(?<=\b[A-Z]{3}) (?=\d)"
    r"|(?<=\bp\.) (?=\d)|(?<=\bpp\.) (?=\d)|(?<=\b[Nn]\.º) (?=\d)|(?<=\b[Aa]rt\.) (?=\d)|(?<=\b[Nn]úm\.) (?=\d)"
)
_DOUBLE = '"“”„‟«»\uff02'
_OPENING = re.compile(r"(?:^|(?<=[\s(\[{—–/¿¡]))[\"“„‟«\uff02](?=\S)")


def bound(text: str) -> str:
    """Return `text` with no-break spaces between a number and its sign, unit or scale, and after ¶, p. and currencies.

    Spaces alone change: not one is added or left out.
    """
    return _BOUND.sub(NBSP, text)


def nested(text: str, marks: tuple[str, str]) -> str:
    """Return `text` with each pair of double quotation marks in it replaced by `marks`; a mark without its pair stays.

    What a quotation quotes in its turn is set in the page's inner marks. Single marks stay: they may be apostrophes.
    """
    parts, done = [], 0
    while opening := _OPENING.search(text, done):
        closing = _closing(text, opening.end())
        if closing < 0:
            break
        parts += [text[done : opening.start()], marks[0], text[opening.end() : closing], marks[1]]
        done = closing + 1
    return "".join(parts) + text[done:]


def _closing(text: str, start: int) -> int:
    """Return where the mark that closes a quotation begun before `start` stands, or -1 where there is none."""
    for at in range(start + 1, len(text)):
        if text[at] in _DOUBLE and not text[at - 1].isspace() and not text[at + 1 : at + 2].isalnum():
            return at
    return -1
