"""Front matter of summaries, comparisons and the overview, as a person writes it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from briefpack.pack.validation import Date, Name, Names, Visibility, Written
from briefpack.pack.written import SourceWritten


def _text_alone(key: str) -> BeforeValidator:
    """A bare string stands for a mapping with that one key."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


class CardWritten(Written):
    """A card: `quote` is one text, or a list of fragments in order."""

    quote: Annotated[list[str], BeforeValidator(_as_list)]
    prefix: str = ""
    suffix: str = ""
    note: str = ""
    labels: Names = []
    about: str = ""


class StatementWritten(Written):
    """A statement, or what all kinds of statement share."""

    id: Name | None = None
    text: str
    cite: Annotated[list[str], BeforeValidator(_as_list)] = []
    labels: Names = []
    derived: Annotated[list[str], BeforeValidator(_as_list)] = []
    brief: Visibility = False
    note: str = ""


CardEntry = Annotated[CardWritten, _text_alone("quote")]
StatementEntry = Annotated[StatementWritten, _text_alone("text")]
OneOrMore = Annotated[list[StatementEntry], BeforeValidator(_as_list)]


class StatisticWritten(Written):
    """A number with what it measures."""

    id: Name
    measure: Name
    place: Names = []
    period: Date | None = None
    value: str
    qualifier: Literal["", "about", "almost", "more than", "less than", "at least", "at most"] = ""
    unit: str | None = None
    key: Visibility = False
    chart: str = ""
    cite: Annotated[list[str], BeforeValidator(_as_list)]
    labels: Names = []
    derived: Annotated[list[str], BeforeValidator(_as_list)] = []
    note: str = ""


class DefinitionWritten(StatementWritten):
    """A term and its definition."""

    term: str


class RecommendationWritten(StatementWritten):
    """A recommendation."""

    to: str = ""
    by: Literal["source", "desk"] = "source"


class ActorWritten(StatementWritten):
    """Somebody and their role."""

    name: str


class EventWritten(StatementWritten):
    """Something dated."""

    date: Date


class ReviewedWritten(Written):
    """Who reviewed, when, and the digest of what they saw."""

    by: str
    on: Date
    of: str


class SummaryWritten(Written):
    """The front matter of a summary."""

    source: SourceWritten
    short: str = ""
    labels: Names = []
    evidence: dict[Name, CardEntry] = {}
    headline: StatementEntry
    lead: Annotated[list[StatementEntry], BeforeValidator(_as_list)] = []
    points: list[StatementEntry] = []
    statistics: list[StatisticWritten] = []
    definitions: list[DefinitionWritten] = []
    recommendations: list[RecommendationWritten] = []
    actors: list[ActorWritten] = []
    events: list[EventWritten] = []
    cautions: OneOrMore = []
    analysis: OneOrMore = []
    reviewed: ReviewedWritten | None = None


class CellWritten(StatementWritten):
    """A cell: a statement, `not addressed`, or `unclear: why`."""

    text: str = ""
    unclear: str = ""


class CriterionWritten(Written):
    """A question and one cell for each source."""

    id: Name
    title: str
    look_for: Annotated[list[str], BeforeValidator(_as_list)] = []
    cells: dict[Name, Annotated[CellWritten, _text_alone("text")]] = {}
    differ: Names = []
    reading: StatementEntry | None = None


class PlacedCautionWritten(StatementWritten):
    """A caution with the cell it is about."""

    at: str = ""


class ComparisonWritten(Written):
    """The front matter of a comparison."""

    title: str
    short: str = ""
    question: str
    sources: Annotated[list[Name], Field(min_length=2)]
    labels: Names = []
    kind: Literal["statements", "figures"] = "statements"
    criteria: list[CriterionWritten] = []
    measures: Names = []
    rows: Literal["place", "period", "source"] = "place"
    reading: OneOrMore = []
    cautions: Annotated[list[Annotated[PlacedCautionWritten, _text_alone("text")]], BeforeValidator(_as_list)] = []


class OverviewWritten(Written):
    """The front matter of the overview."""

    title: str
    short: str = ""
    labels: Names = []
