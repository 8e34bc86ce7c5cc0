"""`pack.toml` and a summary's `source` block, as a person writes them. What the program uses is `model.py`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from briefpack.pack.model import PRODUCTS, SECTIONS
from briefpack.pack.validation import Date, Flag, Language, Name, Names, Number, Written


class RangeWritten(Written):
    """A stretch of the source between two texts."""

    from_: str
    to: str
    why: str


class OutlineWritten(Written):
    """The passage in which `at` occurs is a heading of this level; 0: none."""

    at: str
    level: Annotated[int, Field(ge=0, le=6)]


class UnusedWritten(Written):
    """A number of the source that no statement uses, and why."""

    number: str
    why: str


class CslWritten(Written):
    """CSL's own field names (https://docs.citationstyles.org), values as typed."""

    type: str = "document"
    title: str = ""
    author: str = ""
    publisher: str = ""
    publisher_place: str = ""
    container_title: str = ""
    collection_title: str = ""
    genre: str = ""
    number: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    event_title: str = ""
    event_place: str = ""
    event_date: str = ""
    issued: Date | None = None
    accessed: Date | None = None
    language: str = ""
    note: str = ""
    DOI: str = ""
    ISBN: str = ""


class SourceWritten(Written):
    """The `source` block of a summary."""

    file: str
    media: str = ""
    language: Language
    from_: str | None = None
    to: str | None = None
    text: str | None = None
    url: str = ""
    attach: Flag = True
    csl: CslWritten = CslWritten()
    issued_from: Name | None = None
    furniture: list[RangeWritten] = []
    withhold: list[RangeWritten] = []
    outline: list[OutlineWritten] = []
    unused: list[UnusedWritten] = []


class MeasureWritten(Written):
    """What a statistic counts, and in what."""

    name: str
    unit: str = ""


class PlaceWritten(Written):
    """Where something is counted."""

    name: str


class PartWritten(Written):
    """A titled part of the dossier."""

    title: str
    sources: Names = []
    comparisons: Names = []


class PackTable(Written):
    """`[pack]`"""

    title: str
    subtitle: str = ""
    organisation: str = ""
    contact: str = ""
    disclaimer: str = ""
    language: Language
    logo: str = ""


class PackStrings(Written):
    """`[pack.es]`"""

    title: str = ""
    subtitle: str = ""
    organisation: str = ""
    contact: str = ""
    disclaimer: str = ""


class MeasureStrings(Written):
    """`[measures.ID.es]`"""

    name: str = ""
    unit: str = ""


class PlaceStrings(Written):
    """`[places.ID.es]`"""

    name: str = ""


class PartStrings(Written):
    """`[parts.es]`"""

    title: str = ""


class EditionTable(Written):
    """`[edition]`"""

    date: str = "newest-source"


class BriefTable(Written):
    """`[brief]`"""

    min_size: Number | None = None
    max_size: Number | None = None
    min_spacing: Number | None = None
    quotations: list[Literal["full", "short", "locator"]] | None = None


class DossierTable(Written):
    """`[dossier]`"""

    volume_pages: Annotated[int, Field(ge=1)] = 1500


ProductKind = Literal["brief", "record", "comparison", "dossier"]
SectionKind = Literal["overview", "briefs", "comparisons", "timeline", "annex", "bibliography", "index", "colophon"]
OptionalBlock = Literal["lead", "figures", "charts", "definitions", "recommendations", "cautions", "analysis"]


class AudienceWritten(Written):
    """`[audiences.ID]`"""

    title: str
    language: Language | None = None
    templates: Name | None = None
    sources: Names | None = None
    include: Names = []
    exclude: Names = []
    flag: Names = []
    products: list[ProductKind] = list(PRODUCTS)  # type: ignore[arg-type]
    parts: list[SectionKind] = list(SECTIONS)  # type: ignore[arg-type]
    optional: list[OptionalBlock] = []
    annex: Literal["full", "cited", "none"] = "full"
    attach: Literal["originals", "data", "none"] = "originals"
    marking: str = ""
    brief: BriefTable = BriefTable()


class RefreshTable(Written):
    """`[refresh]`"""

    hosts: list[str] = []


class ScheduleTable(Written):
    """`[schedule]`"""

    cadence: str = ""


class PackWritten(Written):
    """`content/pack.toml`"""

    pack: PackTable
    edition: EditionTable = EditionTable()
    brief: BriefTable = BriefTable()
    dossier: DossierTable = DossierTable()
    labels: dict[Name, Literal["restricted", "open"]] = {}
    measures: dict[Name, MeasureWritten] = {}
    places: dict[Name, PlaceWritten] = {}
    parts: list[PartWritten] = []
    audiences: dict[Name, AudienceWritten] = {}
    refresh: RefreshTable = RefreshTable()
    schedule: ScheduleTable = ScheduleTable()


TEMPLATE_KEYS = dict.fromkeys(("extends", "paper", "strings", "tokens", "fonts"), "templates/<bundle>/template.toml")
"""Keys of the look, and where they belong."""
