"""What must not be found in anything that an audience is handed: the complement of what it is shown.

    without_seen(secrets, seen, names) -> those of the secrets that stand nowhere unrestricted

`withholding` collects them; `pdf.leaks` looks for them in finished files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from briefpack.diagnostics import Location
from briefpack.products.phrases import Phrases, squashed

FEWEST_WORDS = 5
"""A text of fewer words is looked for as the whole text of a structure element only."""

_FEWEST_DIGITS = 7

Form = Literal["phrase", "whole", "name"]


@dataclass(frozen=True, slots=True)
class Secret:
    """One text that must be absent: what it is, the address and place of what it belongs to, and how to look for it.

    `form`: "phrase" wherever it stands; "whole" as the whole text of a structure element; "name" as the name of a
    destination, an element, a file or an entry of the data.
    """

    what: str
    address: str
    location: Location
    text: str
    form: Form


@dataclass(frozen=True, slots=True)
class Absence:
    """Everything that must be absent for one audience."""

    audience: str
    secrets: tuple[Secret, ...] = ()

    def but_for(self, texts: Iterable[str]) -> Absence:
        """Leave out short texts that stand in `texts`, which every product may print: "Unclear", say."""
        spaced = "".join(f" {level(text)} \n" for text in texts)
        kept = (each for each in self.secrets if each.form != "whole" or f" {level(each.text)} " not in spaced)
        return Absence(self.audience, tuple(kept))

    def of(self, form: Form) -> Iterator[Secret]:
        """Yield those that are looked for in one way."""
        return (secret for secret in self.secrets if secret.form == form)


def secrets_of(what: str, address: str, location: Location, text: str) -> Iterator[Secret]:
    """Yield a text as it is to be looked for, by its length; nothing for one without letters and few digits."""
    squeezed = squashed(text)
    if not squeezed:
        return
    words = sum(any(character.isalnum() for character in word) for word in text.split())
    if words >= FEWEST_WORDS or _is_telling(squeezed):
        yield Secret(what, address, location, text, "phrase")
    elif any(character.isalpha() for character in squeezed):
        yield Secret(what, address, location, text, "whole")


def _is_telling(squeezed: str) -> bool:
    """Whether so few words cannot stand anywhere by chance: a telephone number, say."""
    return sum(character.isdigit() for character in squeezed) >= _FEWEST_DIGITS


def without_seen(secrets: Iterable[Secret], seen: Iterable[str], names: Iterable[str]) -> tuple[Secret, ...]:
    """Leave out what stands in one of the texts `seen`, and the `names` that something visible has."""
    found = list({(each.what, each.address, each.text, each.form): each for each in reversed([*secrets])}.values())[
        ::-1
    ]
    phrases = {squashed(secret.text) for secret in found if secret.form == "phrase"}
    wholes = {level(secret.text) for secret in found if secret.form == "whole"}
    sought, taken, told = Phrases(phrases), set(names), set[str]()
    for text in seen if phrases or wholes else ():
        told |= sought.found_in(squashed(text)).keys()
        if left := wholes - told:
            spaced = f" {level(text)} "
            told |= {whole for whole in left if f" {whole} " in spaced}
    return tuple(
        secret
        for secret in found
        if (secret.form == "phrase" and squashed(secret.text) not in told)
        or (secret.form == "whole" and level(secret.text) not in told)
        or (secret.form == "name" and secret.text not in taken)
    )


_WORD = re.compile(r"[^\W_]+")


def level(text: str) -> str:
    """Return the words of `text` with single spaces, without regard to case."""
    return " ".join(_WORD.findall(text.casefold()))
