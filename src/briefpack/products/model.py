"""Products as plain data: what is printed, for one audience, in the order in which it is printed.

Labels have been applied, evidence notes are numbered from 1 in each section, links are decided. Templates only loop
over this and print it. Nothing here depends on another section's numbering or pages.

Text fields called *prose* are tuples of Markdown-inline strings and `NoteRef`s; all other strings are plain text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefpack.diagnostics import Location
from briefpack.pack.edtf import Edtf
from briefpack.sources.model import PassageKind


@dataclass(frozen=True, slots=True)
class NoteRef:
    """A superior figure in prose; it leads to the evidence note of the same number in the same section."""

    number: int


Prose = tuple[str | NoteRef, ...]


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a quotation stands: first and last passage, and pages where the format has them (0: none)."""

    first: int
    last: int
    first_page: int = 0
    last_page: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """One citation as it stands beside the statement it supports.

    `fragments` are verified verbatim texts; gaps between them print as […]. `source_short` is empty where the quotation
    is from the section's own source. `href` is `#anchor` inside a dossier, a URL (with a text fragment) in a separate
    product, or empty. `anchor` is the element id that its figure leads to. `note` is the card's note by the editors.
    """

    number: int
    anchor: str
    fragments: tuple[str, ...]
    locator: Locator
    language: str
    source: str
    source_short: str
    href: str = ""
    note: str = ""
    about: str = ""
    gloss_language: str = ""
    """That of `note` and `about`, where it is not the page's."""


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a statement in its document, as back-references name it: ("point", 3), ("headline", 0).

    `detail` is the title that names a cell of a comparison: "What is trafficking? / Explainer".
    """

    kind: str
    ordinal: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """One statement ready to print, with the evidence notes that first appear with it.

    `anchor` is its element id. `notes` are those to set beside it; a repeated citation has only its `NoteRef` in the
    prose. `derived` are recomputed equations as written. `tags` are the labels that the audience flags. `failures` is
    filled in drafts only: the messages of the problems that would have stopped it. `words` counts what is printed.
    `language` is that of its text where it is not the page's.
    """

    anchor: str
    place: Place
    prose: Prose
    notes: tuple[Note, ...]
    location: Location
    derived: tuple[str, ...] = ()
    note: str = ""
    tags: tuple[str, ...] = ()
    desk: bool = False
    failures: tuple[str, ...] = ()
    words: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic ready to print: the number as written, with its qualifier, unit and what it measures.

    `qualifier` is one of about, almost, more than, less than, at least, at most, or empty. `is_rank`: the value is a
    place in an order. `cited` carries notes, derivations and labels; its prose is empty but for the note figures.
    """

    cited: Cited
    measure: str
    places: tuple[str, ...]
    period: Edtf | None
    value: str
    qualifier: str
    unit: str
    is_rank: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Statistics of one chart name: one key figure of several values, titled by what they share.

    `measure`, `places`, `period` and `unit` are filled where all figures agree in them. `values` are the numbers, in
    the order of `figures`; `shares` the same relative to the greatest in size, -1 to 1.
    """

    name: str
    kind: Literal["bar", "dot", "line", "timeline"]
    measure: str
    places: tuple[str, ...]
    period: Edtf | None
    unit: str
    figures: tuple[Figure, ...]
    values: tuple[float, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and the statement that defines it."""

    term: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What is recommended, to whom, and whether the source or the desk says so."""

    to: str
    by: Literal["source", "desk"]
    cited: Cited


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody named, and a statement of their role."""

    name: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated. `source` and `source_short` are filled where events of several sources stand together."""

    date: Edtf
    cited: Cited
    source: str = ""
    source_short: str = ""


@dataclass(frozen=True, slots=True)
class Prosaic:
    """A block of long text: a heading (no notes), a paragraph, a list item or a quotation.

    `kind` is "heading", "paragraph", "item" or "ordered"; `level` counts from 2 for headings. `cited.desk` is
    set for blocks between `::: analysis` and `:::`.
    """

    kind: Literal["heading", "paragraph", "item", "ordered"]
    level: int
    cited: Cited


@dataclass(frozen=True, slots=True)
class Reference:
    """One source as the bibliography and source lines print it.

    `author`, `title`, `container`, `publisher` as CSL gives them. `issued` is None where undated; `issued_inferred`
    prints it (or its year, where only that was inferred) in brackets. `files` are the names of the files it stands in.
    `quoted` of `passages` passages are quoted. `attached`: "original", "extract" or "" . `cautions` are the verdicts of
    the editors' cautions on the source, which `cautions_href` leads to; in the bibliography only.
    """

    source: str
    short: str
    author: str
    title: str
    container: str
    publisher: str
    language: str
    issued: Edtf | None
    issued_inferred: bool
    url: str
    files: tuple[str, ...]
    quoted: int
    passages: int
    attached: str = ""
    anchor: str = ""
    annex_href: str = ""
    note: str = ""
    cautions: tuple[str, ...] = ()
    cautions_href: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What every product carries: who it is for, in what language, how it is marked, and what the pack calls itself."""

    audience: str
    audience_title: str
    language: str
    pack_title: str
    pack_subtitle: str
    organisation: str
    contact: str
    disclaimer: str
    marking: str
    date: Edtf | None
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """One page on one source."""

    id: str
    head: Head
    anchor: str
    short: str
    tags: tuple[str, ...]
    headline: Cited
    lead: tuple[Cited, ...]
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    points: tuple[Cited, ...]
    definitions: tuple[Definition, ...]
    recommendations: tuple[Recommendation, ...]
    cautions: tuple[Cited, ...]
    analysis: tuple[Cited, ...]
    reference: Reference
    other_references: tuple[Reference, ...] = ()
    reviewed: str = ""
    """Empty, or `by` and `on` of a review: "A. Name, 2026-11-01"; "changed since" is said in the colophon."""


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """What a brief leaves: the remaining statistics, definitions, recommendations, actors, events and the long text."""

    id: str
    head: Head
    anchor: str
    short: str
    tags: tuple[str, ...]
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    definitions: tuple[Definition, ...]
    recommendations: tuple[Recommendation, ...]
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    body: tuple[Prosaic, ...]
    reference: Reference


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a comparison.

    `kind`: "statement" (then `cited`), "silent" (not addressed), "unclear" (then `why`), "figures" (then `figures`),
    "withheld" never occurs: the row or column goes. `differs` marks a source that contradicts another in this row.
    `cautions` are the letters of the cautions about this cell.
    """

    kind: Literal["statement", "silent", "unclear", "figures"]
    cited: Cited | None = None
    figures: tuple[Figure, ...] = ()
    why: str = ""
    differs: bool = False
    cautions: tuple[str, ...] = ()
    language: str = ""
    """That of `why`, where it is not the page's."""


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion (or, in a sheet of figures, a measure with a place, period or source) and a cell for each column."""

    id: str
    number: int
    title: str
    detail: str
    cells: tuple[Cell, ...]
    differs: bool = False
    reading: Cited | None = None
    period: Edtf | None = None
    """In a sheet of figures by period: the row's period, to be printed in the page's language instead of `title`."""
    language: str = ""
    """That of the title, where it is not the page's."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head: a source (then `reference`), or in a sheet of figures any title."""

    id: str
    title: str
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class LetteredCaution:
    """A caution on a comparison, with the letter by which cells point to it (empty: about the whole sheet)."""

    letter: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class ComparisonSheet:
    """What several sources say on the same questions, side by side."""

    id: str
    head: Head
    anchor: str
    kind: Literal["statements", "figures"]
    title: str
    short: str
    question: str
    tags: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    reading: tuple[Cited, ...]
    cautions: tuple[LetteredCaution, ...]
    body: tuple[Prosaic, ...]
    references: tuple[Reference, ...]
    language: str = ""
    """That of title and question, where it is not the page's."""
    rows_by: Literal["question", "place", "period", "source"] = "question"
    """What the heads of the rows name."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The text that opens the dossier; `language` is that of its title, where it is not the page's."""

    id: str
    head: Head
    anchor: str
    title: str
    tags: tuple[str, ...]
    body: tuple[Prosaic, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """All events of all visible sources in chronological order."""

    head: Head
    anchor: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Highlight:
    """A run of an original's text that is quoted; `letters` are those of the citations that begin with this run."""

    text: str
    letters: tuple[str, ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """Stands where text of the original is not reproduced."""

    why: str


@dataclass(frozen=True, slots=True)
class BackReference:
    """Where a highlighted passage is cited: the letter, the citing document's short name, the place, and the link."""

    letter: str
    short: str
    place: Place
    href: str


@dataclass(frozen=True, slots=True)
class AnnexPassage:
    """A numbered passage of an original. `skipped` counts the passages left out just before it (annex = cited)."""

    number: int
    anchor: str
    kind: PassageKind
    level: int
    runs: tuple[str | Highlight | Withheld, ...]
    references: tuple[BackReference, ...]
    notes: tuple[str, ...] = ()
    page: int | None = None
    skipped: int = 0
    notes_language: str = ""
    """That of the notes, where none of them is in the page's."""


@dataclass(frozen=True, slots=True)
class Annex:
    """One original, or one cut of it: `cut` counts from 1 of `cuts`; the head is printed on the first."""

    head: Head
    anchor: str
    reference: Reference
    passages: tuple[AnnexPassage, ...]
    language: str
    cut: int = 1
    cuts: int = 1
    skipped_after: int = 0


@dataclass(frozen=True, slots=True)
class Bibliography:
    """All visible sources, alphabetical and unnumbered."""

    head: Head
    anchor: str
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """A file that went into the product, with the SHA-256 of its bytes."""

    file: str
    digest: str


@dataclass(frozen=True, slots=True)
class Review:
    """Whether and by whom a summary was reviewed; `current` is False where it has changed since."""

    short: str
    by: str
    on: str
    current: bool


@dataclass(frozen=True, slots=True)
class Colophon:
    """How the product was checked and made, with the digests of its inputs that the audience may know."""

    head: Head
    anchor: str
    inputs: tuple[Input, ...]
    reviews: tuple[Review, ...]
    quotations: int
    normalised: int
    statements: int
    derived: int
    version: str


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A name, term or place and the anchors of the statements in which it occurs, in their order.

    `initial` is the letter under which it stands, `shorts` are its abbreviations, `main` the statements that define the
    term or say the actor's part. An abbreviation has only the names to `see`.
    """

    term: str
    initial: str
    shorts: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    main: tuple[str, ...] = ()
    see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """The index, or one cut of it, in alphabetical order; a late section, because it prints page numbers of others."""

    head: Head
    anchor: str
    entries: tuple[IndexEntry, ...]
    cut: int = 1
    cuts: int = 1


@dataclass(frozen=True, slots=True)
class CoverMark:
    """One source on the cover: for each passage in reading order whether it is quoted."""

    short: str
    quoted: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page of the dossier."""

    head: Head
    anchor: str
    marks: tuple[CoverMark, ...]


@dataclass(frozen=True, slots=True)
class PartTitle:
    """A titled group of sections in the dossier: a line in contents and outline, no page of its own.

    Where `title` is empty, `kind` ("overview", "timeline", "annex", "bibliography", …) names a string of the templates.
    """

    title: str
    anchor: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents: the page number is filled in by the layout from where `target` lands.

    Level 1 is a part, 2 a section. Where `title` is empty, `kind` names a string of the templates.
    """

    title: str
    detail: str
    target: str
    level: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of a dossier; a late section, because it prints page numbers of others."""

    head: Head
    anchor: str
    entries: tuple[ContentsEntry, ...]


Section = (
    Cover
    | Contents
    | Overview
    | Brief
    | RecordSheet
    | ComparisonSheet
    | Timeline
    | Annex
    | Bibliography
    | Index
    | Colophon
)
"""What a dossier is made of, each independently renderable."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to embed: its name inside the PDF, bytes, media type, and what it is ("original", "extract", "data")."""

    name: str
    content: bytes
    media: str
    relationship: Literal["Source", "Data", "Supplement"]
    description: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One combined document: sections in order, and where titled parts begin (index into `sections`)."""

    id: str
    head: Head
    title: str
    sections: tuple[Section, ...]
    parts: tuple[tuple[int, PartTitle], ...]
    attachments: tuple[Attachment, ...]


Product = Brief | RecordSheet | ComparisonSheet | Dossier
