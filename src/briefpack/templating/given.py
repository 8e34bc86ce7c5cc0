"""What a template is given, to be shown to people: values, their types and fields, functions and tokens.

given_to("brief", bundle) -> Given
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass

from briefpack.products.model import Head
from briefpack.products.pages import RenderOptions
from briefpack.templating.bundle import Bundle
from briefpack.templating.data_types import Field, fields_of, hints_of, parts_of, summary_of
from briefpack.templating.sections import DATA, functions_of
from briefpack.templating.styles import tokens_of
from briefpack.templating.words import Words

_OWN = {
    "t": ("t(key, count, **values)", "Return the text under a key of `strings`; `count` chooses the plural."),
    "page_number": ("page_number(target)", "Return the page number of `#anchor`, in the contents and the index."),
    "index_lines": ("index_lines(entries)", "Return the lines of the index, with their page numbers."),
    "token": ("token(name)", "Return the value of a token of the style sheets."),
    "range": ("range(number)", "Return the numbers from 0 up to, not including, this one."),
}
"""Functions that are made for each page, and so say nothing of themselves."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a template may print: its values by name, the fields of every type in them, functions and tokens.

    `functions` are pairs of how one is called and what it returns; `tokens` are pairs of name and value.
    """

    values: tuple[tuple[str, str, str], ...]
    types: tuple[tuple[str, str, tuple[Field, ...]], ...]
    functions: tuple[tuple[str, str], ...]
    tokens: tuple[tuple[str, str], ...]


def given_to(template: str, bundle: Bundle) -> Given:
    """Return what the template of this name, such as `brief`, is given; raise `KeyError` where no section has it."""
    own = DATA[template]
    values = (
        (template, own.__name__, summary_of(own)),
        ("head", "Head", summary_of(Head)),
        ("options", "RenderOptions", summary_of(RenderOptions)),
        ("page", "text", "The page that the section is printed on: portrait, landscape or cover"),
        ("logo", "text", "The file of the logo, or nothing"),
    )
    types = tuple((kind.__name__, summary_of(kind), fields_of(kind)) for kind in _types_in(own, Head, RenderOptions))
    return Given(values, types, _described(bundle), tuple(sorted(tokens_of(bundle).items())))


def _types_in(*kinds: type) -> list[type]:
    """The types themselves, and those of their fields, each once, in the order in which they are met."""
    found: list[type] = []
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop(0)
        if kind not in found:
            found.append(kind)
            inner = [each for hint in hints_of(kind).values() for each in parts_of(hint)]
            waiting += [each for each in inner if isinstance(each, type) and is_dataclass(each) and _is_product(each)]
    return found


def _is_product(kind: type) -> bool:
    return kind.__module__ == Head.__module__


def _described(bundle: Bundle) -> tuple[tuple[str, str], ...]:
    functions = functions_of(bundle, RenderOptions(), Words("en", bundle.strings))
    found = [_OWN.get(name) or _said(name, function) for name, function in functions.items()]
    return tuple(sorted([*found, _OWN["range"]]))


def _said(name: str, function: Callable[..., object]) -> tuple[str, str]:
    parameters = ", ".join(
        each.name if each.default is each.empty else f"{each.name}={each.default!r}"
        for each in inspect.signature(function).parameters.values()
    )
    return f"{name}({parameters})", " ".join((inspect.getdoc(function) or "").partition("\n\n")[0].split())
