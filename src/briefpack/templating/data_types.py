"""What templates are given, described from the types of the products: fields, what they hold, and what they mean.

    fields_of(Brief) -> (Field("headline", "Cited", "…"), …)

The meanings come from the classes' own descriptions, as far as these name the field; the rest stands here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from briefpack.pack.edtf import Edtf
from briefpack.products.model import Prose

_PLAIN = {str: "text", int: "number", float: "number", bool: "yes or no", Edtf: "date", NoneType: "nothing"}

_COMMON: Mapping[str, str] = {
    "id": "the id, as in the content",
    "anchor": "the id of the element: links lead there",
    "head": "for whom the product is, and how the pack calls itself",
    "short": "the short name",
    "title": "the title",
    "detail": "what stands beside the title",
    "text": "the words",
    "tags": "the labels that this audience is shown as tags",
    "cited": "the statement, with its evidence",
    "notes": "the evidence notes",
    "notes_language": "the language of the notes, where it is not the page's",
    "lead": "up to two statements under the headline",
    "headline": "the one statement that says what it is about",
    "points": "the points, in the order of importance",
    "figures": "the key figures",
    "charts": "the charts of statistics",
    "definitions": "the defined terms",
    "recommendations": "what is recommended, to whom and by whom",
    "cautions": "the warnings by the editors",
    "analysis": "the editors' own thoughts",
    "actors": "who is named, and their roles",
    "events": "what happened when",
    "body": "the long text, block by block",
    "reference": "the source, as source lines print it",
    "references": "the sources, as source lines print them",
    "other_references": "other sources that are quoted",
    "source": "the id of the source",
    "source_short": "the short name of the source",
    "language": "the language, as a tag such as es-SV",
    "place": "where it stands, in words",
    "places": "where, by name",
    "location": "where it was written, for messages only",
    "measure": "what is counted",
    "period": "when",
    "value": "the number, as written",
    "unit": "of what",
    "kind": "which kind it is",
    "level": "how deep: 1 is the highest",
    "number": "its number, counted from 1",
    "page": "the page of the original, where it has pages",
    "date": "the date",
    "name": "the name",
    "term": "the term",
    "to": "to whom",
    "by": "who says so",
    "on": "when, as written",
    "why": "the reason",
    "file": "the path of the file in the pack",
    "digest": "the SHA-256 of its bytes",
    "question": "the question that the sheet answers",
    "reading": "how the editors read it",
    "rows": "the rows, each with a cell for every column",
    "columns": "the columns",
    "cells": "a cell for each column",
    "href": "where a link leads",
    "url": "the address",
    "letter": "its letter",
    "marks": "for each source which passages are quoted",
    "inputs": "the files that went into it",
    "reviews": "who reviewed what",
    "quotations": "how many quotations were found, or their form",
    "normalised": "how many of them differ in marks or white space only",
    "statements": "how many statements rest on them",
    "derived": "sums that were computed from quoted numbers",
    "version": "the version of the program",
    "entries": "the lines",
    "passages": "the passages of the original",
    "runs": "the text, cut where something is quoted or withheld",
    "target": "where the line leads",
    "targets": "where each of its places leads",
    "audience": "the id of the audience",
    "audience_title": "the title of the audience",
    "pack_title": "the title of the pack",
    "pack_subtitle": "its subtitle",
    "organisation": "who hands it out",
    "contact": "how to reach them",
    "disclaimer": "what they want said of it",
    "marking": "the line on every page",
    "draft": "whether it is a draft",
    "cut": "which part of the original this is",
    "cuts": "in how many parts it is printed",
    "skipped_after": "how many passages are left out at the end",
    "annex_href": "the link to its annex",
    "note": "a note by the editors",
    "about": "what a quotation says, in the language of the page",
    "gloss_language": "the language of `note` and `about`, where it is not the page's",
    "rows_by": "what the heads of the rows name: question, place, period or source",
    "reviewed": "who reviewed it and when, or nothing",
    "values": "the numbers, for the drawing",
    "shares": "the numbers as parts of the greatest",
    "words": "how many words are printed",
    "index": "its place",
    "first": "the first",
    "last": "the last",
    "first_page": "the page of the first, 0 where there are no pages",
    "last_page": "the page of the last, 0 where there are no pages",
    "ordinal": "its number among its kind, 0 where it has none",
    "prose": "the words, with the numbers of notes between them",
    "author": "who wrote it",
    "container": "the work in which it appeared",
    "publisher": "who published it",
    "issued": "when it was published",
    "differs": "whether sources contradict each other here",
    "sections": "the sections",
    "parts": "where titled parts begin",
    "desk": "whether the editors say it, and not the source",
    "anchors": "the ids of the elements: links lead there",
    "content": "its bytes",
    "media": "its media type",
    "relationship": "what it is to the product",
    "description": "what it is, in words",
    "quoted": "which, or how many, passages are quoted",
}

_ESPECIALLY: Mapping[tuple[str, str], str] = {
    ("RenderOptions", "size"): "the size of the points' type, in pt",
    ("RenderOptions", "spacing"): "a factor for the space between",
    ("RenderOptions", "quotations"): '"full", "short" or "locator"',
    ("RenderOptions", "quotation_words"): "how many words are left of a statement's quotations where they are short",
    ("Cited", "notes"): "the evidence notes to set beside it; a repeated citation has only its number in the prose",
}
"""What fields mean that their class describes together with others."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that templates may print: its name, what it holds, and what that means."""

    name: str
    holds: str
    meaning: str


@lru_cache(maxsize=128)
def hints_of(kind: type) -> dict[str, Any]:
    """Return the types of a product's fields."""
    return get_type_hints(kind)


@lru_cache(maxsize=128)
def fields_of(kind: type) -> tuple[Field, ...]:
    """Return the fields of a product or of a part of one, in their order."""
    hints = hints_of(kind)
    return tuple(Field(field.name, holds(hints[field.name]), meaning(kind, field.name)) for field in fields(kind))


def summary_of(kind: type) -> str:
    """Return the first sentence of a class's description."""
    return _sentences(kind.__doc__ or "")[0]


def meaning(kind: type, name: str) -> str:
    """Return what a field means: what its class says of it, else what all fields of that name are."""
    if (kind.__name__, name) in _ESPECIALLY:
        return _ESPECIALLY[kind.__name__, name]
    sentences = _sentences(kind.__doc__ or "")
    for sentence in sentences:
        if sentence.startswith(f"`{name}`"):
            return re.sub(r"^`\w+`(:| is| are)? ", "", sentence)
    if name in _COMMON:
        return _COMMON[name]
    for sentence in sentences:
        if f"`{name}`" in sentence:
            return _lowered(sentence)
    inner = [each for each in parts_of(hints_of(kind)[name]) if isinstance(each, type) and is_dataclass(each)]
    return _lowered(summary_of(inner[0])) if inner else ""


def holds(hint: Any) -> str:
    """Return in words what a field of this type holds."""
    if hint == Prose or hint in _PLAIN:
        return "prose" if hint == Prose else _PLAIN[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Literal, Union, UnionType):
        return " or ".join(repr(each) if origin is Literal else holds(each) for each in inner)
    if origin is tuple:
        if inner[-1] is Ellipsis:
            return f"list of {holds(inner[0])}"
        return "pair of " + " and ".join(holds(each) for each in inner)
    return getattr(hint, "__name__", str(hint))


def parts_of(hint: Any) -> tuple[Any, ...]:
    """Return a type itself, or those of a union or a list in it."""
    inner = get_args(hint)
    if get_origin(hint) in (Union, UnionType) or (get_origin(hint) is tuple and inner):
        return tuple(part for each in inner if each is not Ellipsis for part in parts_of(each))
    return (hint,)


def items_of(hint: Any) -> Any:
    """Return the type of what a list holds, None where that is not known."""
    inner = get_args(hint)
    return inner[0] if get_origin(hint) is tuple and len(inner) == 2 and inner[1] is Ellipsis else None


_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z`])")


def _sentences(text: str) -> list[str]:
    level = " ".join(text.split())
    return [sentence.rstrip(".;") for sentence in _SENTENCE.split(level)] or [""]


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
