"""The pack as resolved: audiences, labels, parts, limits and works. Plain data; how it is written is `written.py`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from briefpack.diagnostics import Location

PRODUCTS = ("brief", "record", "comparison", "dossier")
"""The kinds of product, in the order in which reports list them."""

SECTIONS = ("overview", "briefs", "comparisons", "timeline", "annex", "bibliography", "index", "colophon")
"""The parts of a dossier between contents and the last page, in the order of the house style."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text the user wrote that the program looks up elsewhere, and where it stands in their file."""

    value: str
    location: Location


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of a source between two texts, both inclusive, and why it is treated differently."""

    start: Text
    end: Text
    why: str


@dataclass(frozen=True, slots=True)
class OutlineMark:
    """The passage that holds `at` is a heading of `level` (1 to 6), or none (0)."""

    at: Text
    level: int


@dataclass(frozen=True, slots=True)
class UnusedNumber:
    """A number of the source that no statement uses, and why."""

    number: Text
    why: str


@dataclass(frozen=True, slots=True)
class Work:
    """One source as its summary's `source` block describes it.

    `file`, `text` are paths inside `seeds/`; `media` is a media type or empty (then the file name decides). `csl` holds
    CSL-JSON fields as typed; `issued` is EDTF or empty. `start` and `end` cut the work out of its file.
    """

    id: str
    file: Text
    language: str
    location: Location
    media: str = ""
    start: Text | None = None
    end: Text | None = None
    text: Text | None = None
    url: str = ""
    attach: bool = True
    csl: Mapping[str, str] | None = None
    issued: Text | None = None
    issued_from: Text | None = None
    furniture: tuple[Range, ...] = ()
    withhold: tuple[Range, ...] = ()
    outline: tuple[OutlineMark, ...] = ()
    unused: tuple[UnusedNumber, ...] = ()

    @property
    def path(self) -> str:
        """The file's path relative to the pack."""
        return f"seeds/{self.file.value}"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a statistic counts."""

    id: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Part:
    """A titled group of briefs and comparisons in the dossier."""

    title: str
    sources: tuple[str, ...]
    comparisons: tuple[str, ...]
    source_places: tuple[Location, ...] = field(default=(), repr=False)
    comparison_places: tuple[Location, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class BriefLimits:
    """How far the fit may go: sizes of the points' type in pt, a factor for spacing, forms of quotations in order."""

    min_size: Decimal = Decimal(9)
    max_size: Decimal = Decimal("10.5")
    min_spacing: Decimal = Decimal("0.75")
    quotations: tuple[str, ...] = ("full", "short", "locator")


@dataclass(frozen=True, slots=True)
class Audience:
    """What is said, and to whom."""

    id: str
    title: str
    language: str
    templates: str
    location: Location
    sources: tuple[str, ...] | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    products: tuple[str, ...] = PRODUCTS
    parts: tuple[str, ...] = SECTIONS
    optional: tuple[str, ...] = ()
    annex: Literal["full", "cited", "none"] = "full"
    attach: Literal["originals", "data", "none"] = "originals"
    marking: str = ""
    brief: BriefLimits = BriefLimits()
    """How far the fit may go for this audience: the pack's limits where it sets none of its own."""
    origins: Mapping[str, Location] | None = None
    """Where each setting comes from; settings that are not listed hold their default."""
    source_places: tuple[Location, ...] = field(default=(), repr=False)


StringKey = tuple[str, ...]
"""Where a string stands in `pack.toml`: `("pack", "title")`, `("measures", "returns", "name")`, `("parts", "1")`."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything `content/pack.toml` says, resolved.

    `labels` maps each declared label to "restricted" or "open", `label_names` to how it is printed where that is
    another word. `date` is an ISO date, "newest-source" or "day-of-publishing". `translations` are strings by language
    as the tables name it.
    """

    title: str
    language: str
    subtitle: str = ""
    organisation: str = ""
    contact: str = ""
    disclaimer: str = ""
    logo: str = ""
    date: str = "newest-source"
    brief: BriefLimits = BriefLimits()
    volume_pages: int = 1500
    labels: Mapping[str, str] | None = None
    measures: Mapping[str, Measure] | None = None
    places: Mapping[str, str] | None = None
    parts: tuple[Part, ...] = ()
    audiences: tuple[Audience, ...] = ()
    label_names: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[StringKey, Text]] = field(default_factory=dict, repr=False)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of audiences that do not read the pack's own, each once, in the order of the audiences."""
        return tuple(dict.fromkeys(a.language for a in self.audiences if not is_same(a.language, self.language)))

    def in_language(self, language: str) -> Pack:
        """The pack with its strings in the language of an audience, as far as they are translated.

        `language` stays that of the originals.
        """
        names = nearest_tag(language, self.translations)
        strings = {key: text.value for key, text in self.translations[names].items()} if names else {}

        def said(own: str, *key: str) -> str:
            return strings.get(key, own)

        return replace(
            self,
            title=said(self.title, "pack", "title"),
            subtitle=said(self.subtitle, "pack", "subtitle"),
            organisation=said(self.organisation, "pack", "organisation"),
            contact=said(self.contact, "pack", "contact"),
            disclaimer=said(self.disclaimer, "pack", "disclaimer"),
            measures={
                id_: Measure(
                    id_,
                    said(own.name, "measures", id_, "name"),
                    own.unit if own.unit == "rank" else said(own.unit, "measures", id_, "unit"),
                )
                for id_, own in (self.measures or {}).items()
            },
            places={id_: said(name, "places", id_, "name") for id_, name in (self.places or {}).items()},
            parts=tuple(replace(part, title=said(part.title, "parts", str(at))) for at, part in enumerate(self.parts)),
            label_names={label: said(label, "labels", label) for label in self.labels or {}},
        )


def primary(language: str) -> str:
    """The language of a BCP 47 tag without its region: `es` of `es-SV`."""
    return language.partition("-")[0].lower()


def is_same(one: str, other: str) -> bool:
    """Whether who reads one language reads the other."""
    return primary(one) == primary(other)


def nearest_tag(language: str, known: Collection[str]) -> str:
    """The tag among `known` that serves `language`: the same, else one without its last parts; empty where none does.

    This is the lookup of RFC 4647.
    """
    by_tag = {tag.lower(): tag for tag in known}
    parts = language.lower().split("-")
    for length in range(len(parts), 0, -1):
        if found := by_tag.get("-".join(parts[:length])):
            return found
    return ""
