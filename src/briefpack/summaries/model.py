"""Summaries, comparisons and the overview as plain data. Nothing here has been verified: that is the gate's work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from briefpack.diagnostics import Location
from briefpack.pack.edtf import Edtf
from briefpack.pack.model import Text, Work
from briefpack.pack.span import Span


@dataclass(frozen=True, slots=True)
class Card:
    """A named verbatim quotation: W3C `TextQuoteSelector`, or several in order (then with gaps).

    `spans` are the places of `fragments` in the user's file, one each.
    """

    source: str
    name: str
    fragments: tuple[str, ...]
    spans: tuple[Span, ...] = field(repr=False)
    location: Location
    prefix: str = ""
    suffix: str = ""
    note: str = ""
    labels: tuple[str, ...] = ()
    about: str = ""

    @property
    def address(self) -> str:
        """`source/card`."""
        return f"{self.source}/{self.name}"

    @property
    def words(self) -> int:
        """The number of words quoted."""
        return sum(len(fragment.split()) for fragment in self.fragments)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A citation as written: to which card, and where it stands in the user's file."""

    source: str
    card: str
    location: Location

    @property
    def address(self) -> str:
        """`source/card`."""
        return f"{self.source}/{self.card}"


@dataclass(frozen=True, slots=True)
class Marker:
    """Pointers that stand together at one place; `offset` counts in the statement's text without citations."""

    offset: int
    pointers: tuple[Pointer, ...]


ChartKind = Literal["bar", "dot", "line", "timeline"]

Visibility = bool | tuple[str, ...]
"""Yes, no, or the audiences for which it is yes."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One citable sentence, cell or block.

    `address` is unique in the pack: `public-works/points/works`. `kind` and `ordinal` are its place as readers are told
    it ("point", 3). `text` is Markdown-inline without citations; `written` is the same with them, as it stands in
    `span`. `origin` maps each character of `text` to `written`. `desk`: the desk's own voice, which need not be cited.
    `language` is a BCP 47 tag where the text is a translation; empty where it is in the pack's language.
    """

    address: str
    kind: str
    ordinal: int
    id: str
    text: str
    markers: tuple[Marker, ...]
    span: Span = field(repr=False)
    written: str = field(default="", repr=False)
    origin: tuple[int, ...] = field(default=(), repr=False)
    labels: tuple[str, ...] = ()
    label_places: tuple[Location, ...] = field(default=(), repr=False)
    derived: tuple[Text, ...] = ()
    brief: Visibility = False
    brief_places: tuple[Location, ...] = field(default=(), repr=False)
    note: str = ""
    desk: bool = False
    needs_citation: bool = True
    language: str = ""
    is_garbled: bool = False
    """Something in it looks like a citation and is none; it has been reported."""

    @property
    def location(self) -> Location:
        """Where it stands."""
        return self.span.location

    @property
    def pointers(self) -> tuple[Pointer, ...]:
        """All citations, in order."""
        return tuple(pointer for marker in self.markers for pointer in marker.pointers)

    def part(self, start: int, end: int) -> Location:
        """The place of `text[start:end]` in the user's file."""
        if not self.origin or start >= len(self.origin):
            return self.location
        last = min(max(start, end - 1), len(self.origin) - 1)
        return self.span.part(self.written, self.origin[start], self.origin[last] + 1)


@dataclass(frozen=True, slots=True)
class Statistic:
    """A number with what it measures, where and when. `statement` carries citations, labels, derivations and note."""

    statement: Statement
    id: str
    measure: str
    places: tuple[str, ...]
    period: Edtf | None
    value: Text
    qualifier: str
    unit: str | None
    key: Visibility
    chart: tuple[ChartKind, str] | None
    place_locations: tuple[Location, ...] = ()
    measure_location: Location = field(default=Location(""), repr=False)
    period_location: Location = field(default=Location(""), repr=False)
    chart_location: Location = field(default=Location(""), repr=False)


@dataclass(frozen=True, slots=True)
class DefinitionEntry:
    """A term and the statement that defines it."""

    term: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class RecommendationEntry:
    """What is recommended to whom, and by whom."""

    to: str
    by: Literal["source", "desk"]
    statement: Statement


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """Somebody named, and their role."""

    name: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class EventEntry:
    """Something dated."""

    date: Edtf
    date_location: Location
    statement: Statement


BlockKind = Literal["heading", "paragraph", "item", "ordered"]


@dataclass(frozen=True, slots=True)
class BodyBlock:
    """A block of long text. Headings are statements that need no citation."""

    kind: BlockKind
    level: int
    statement: Statement


@dataclass(frozen=True, slots=True)
class ReviewMark:
    """Who reviewed the summary, when, and the digest of what they saw; `current` where nothing changed since."""

    by: str
    on: str
    of: str
    current: bool
    location: Location


@dataclass(frozen=True, slots=True)
class Summary:
    """`content/summaries/<id>.md`."""

    id: str
    path: str
    digest: str
    work: Work
    short: str
    labels: tuple[str, ...]
    label_places: tuple[Location, ...]
    cards: dict[str, Card]
    headline: Statement
    lead: tuple[Statement, ...]
    points: tuple[Statement, ...]
    statistics: tuple[Statistic, ...]
    definitions: tuple[DefinitionEntry, ...]
    recommendations: tuple[RecommendationEntry, ...]
    actors: tuple[ActorEntry, ...]
    events: tuple[EventEntry, ...]
    cautions: tuple[Statement, ...]
    analysis: tuple[Statement, ...]
    body: tuple[BodyBlock, ...]
    review: ReviewMark | None = None

    def statements(self) -> tuple[Statement, ...]:
        """Every statement, in the order of the file's sections."""
        return (
            self.headline,
            *self.lead,
            *self.points,
            *(statistic.statement for statistic in self.statistics),
            *(definition.statement for definition in self.definitions),
            *(recommendation.statement for recommendation in self.recommendations),
            *(actor.statement for actor in self.actors),
            *(event.statement for event in self.events),
            *(block.statement for block in self.body),
            *self.cautions,
            *self.analysis,
        )


@dataclass(frozen=True, slots=True)
class CellEntry:
    """A cell of a criterion: a statement, or silence, or why it is unclear."""

    source: str
    kind: Literal["statement", "silent", "unclear"]
    location: Location
    statement: Statement | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A question put to every source. `look_for` are words that would occur where a source addresses it."""

    id: str
    title: str
    look_for: tuple[Text, ...]
    cells: tuple[CellEntry, ...]
    differ: tuple[str, ...]
    reading: Statement | None
    location: Location


@dataclass(frozen=True, slots=True)
class PlacedCaution:
    """A caution, and the cell it is about ("" where about the whole sheet)."""

    criterion: str
    source: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Comparison:
    """`content/comparisons/<id>.md`. For `kind` figures, `measures` and `rows` take the place of `criteria`."""

    id: str
    path: str
    digest: str
    kind: Literal["statements", "figures"]
    title: str
    short: str
    question: str
    labels: tuple[str, ...]
    label_places: tuple[Location, ...]
    sources: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    measures: tuple[str, ...]
    rows: Literal["place", "period", "source"]
    reading: tuple[Statement, ...]
    cautions: tuple[PlacedCaution, ...]
    body: tuple[BodyBlock, ...]
    location: Location
    source_places: tuple[Location, ...] = field(default=(), repr=False)
    measure_places: tuple[Location, ...] = field(default=(), repr=False)

    def statements(self) -> tuple[Statement, ...]:
        """Every statement of the sheet."""
        cells = (cell.statement for criterion in self.criteria for cell in criterion.cells if cell.statement)
        readings = (criterion.reading for criterion in self.criteria if criterion.reading)
        return (
            *cells,
            *readings,
            *self.reading,
            *(caution.statement for caution in self.cautions),
            *(block.statement for block in self.body),
        )


@dataclass(frozen=True, slots=True)
class OverviewText:
    """`content/overview.md`."""

    path: str
    digest: str
    title: str
    short: str
    labels: tuple[str, ...]
    label_places: tuple[Location, ...]
    body: tuple[BodyBlock, ...]

    def statements(self) -> tuple[Statement, ...]:
        """Every statement of the overview."""
        return tuple(block.statement for block in self.body)


@dataclass(frozen=True, slots=True)
class Content:
    """Everything under `content/` but the settings."""

    summaries: tuple[Summary, ...]
    comparisons: tuple[Comparison, ...]
    overview: OverviewText | None
