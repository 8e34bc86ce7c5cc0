"""The leak gate: whether a finished file says anything that its audience is not shown.

    leaks_in(content, absence) -> tuple[Leak, ...]

Phrases are looked for in everything that can be read in the file, without regard to white space, hyphens, punctuation
and case; short texts as the whole text of a structure element; names among names. The time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefpack.diagnostics import Code, Diagnostic
from briefpack.pdf.everything import Everything
from briefpack.products.absence import Absence, Form, Secret
from briefpack.products.phrases import Phrases, squashed

_MOST = 30
_SHOWN = 80
_HEAD = re.compile(r"[.]|--")
_CUT = re.compile(r"\.\d+$")


@dataclass(frozen=True, slots=True)
class Leak:
    """A text that must be absent, and a place where it stands."""

    secret: Secret
    place: str


def leaks_in(content: bytes, absence: Absence) -> tuple[Leak, ...]:
    """Return what must be absent and is there; each text with the first of each kind of place."""
    if not absence.secrets:
        return ()
    with Everything(content) as file:
        return tuple(dict.fromkeys([*_phrases(file, absence), *_wholes(file, absence), *_named(file, absence)]))


def leak_problems(content: bytes, absence: Absence, subject: str) -> list[Diagnostic]:
    """Return an error for each text that leaks, in the order of the files they were written in."""
    places: dict[Secret, list[str]] = {}
    for leak in leaks_in(content, absence):
        places.setdefault(leak.secret, []).append(leak.place)
    found = sorted(places, key=lambda secret: (secret.location, secret.text))
    return [_problem(secret, places[secret], absence.audience, subject) for secret in found[:_MOST]]


def _problem(secret: Secret, places: list[str], audience: str, subject: str) -> Diagnostic:
    where = " and in ".join(dict.fromkeys(places))
    text = secret.text if len(secret.text) <= _SHOWN else f"{secret.text[: _SHOWN - 1]}…"
    return Diagnostic(
        Code.WITHHELD_LEAK,
        f"{subject}: {audience!r} may not see the {secret.what} {text!r} of {secret.address}, which stands in {where}",
        secret.location,
        hint="take it out of the templates, settings or files that bring it there, or let the audience see it",
        subject=subject,
    )


def _phrases(file: Everything, absence: Absence) -> Iterator[Leak]:
    secrets = _by_text(absence, "phrase")
    sought = Phrases(secrets)
    for readable in file.texts():
        for phrase in sought.found_in(squashed(readable.text)):
            yield from (Leak(secret, readable.place) for secret in secrets[phrase])
    pieces = file.in_order()
    for phrase, at in sought.found_in(squashed("".join([text for text, _ in pieces]))).items():
        place = f"the tag tree (page {_page_at(at, pieces)})"
        yield from (Leak(secret, place) for secret in secrets[phrase])


def _page_at(at: int, pieces: list[tuple[str, int]]) -> int:
    """The number of the page on which the character `at` of all squashed pieces stands."""
    passed = 0
    for text, page in pieces:
        passed += len(squashed(text))
        if at < passed:
            return page
    return 0


def _wholes(file: Everything, absence: Absence) -> Iterator[Leak]:
    if secrets := _by_text(absence, "whole"):
        for text in file.elements():
            for secret in secrets.get(squashed(text), ()):
                yield Leak(secret, "the whole text of a structure element")


def _named(file: Everything, absence: Absence) -> Iterator[Leak]:
    secrets = {secret.text: secret for secret in absence.of("name")}
    for readable in file.names() if secrets else ():
        for name in _forms(readable.text):
            if name in secrets:
                yield Leak(secrets[name], readable.place)


def _forms(name: str) -> Iterator[str]:
    """A name as it stands, what it begins with, and what follows its section: `overview.alpha.points.first`."""
    dotted = name.removeprefix("#").replace("/", ".")
    yield from dict.fromkeys((name, dotted, _HEAD.split(dotted)[0], dotted.partition(".")[2], _CUT.sub("", dotted)))


def _by_text(absence: Absence, form: Form) -> dict[str, list[Secret]]:
    found: dict[str, list[Secret]] = {}
    for secret in absence.of(form):
        found.setdefault(squashed(secret.text), []).append(secret)
    return found
