"""Problems as values: what is wrong, where, and what to do about it.

A loader returns its value *and* every problem it found (`Checked`). Nothing is printed here: the command line turns the
same values into text, JSON and GitHub annotations. Severity belongs to the code, never to the place that raises it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Generic, TypeVar


class Severity(StrEnum):
    """How much a problem matters; only errors stop what prints the thing they are about."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Code(Enum):
    """Every kind of problem, by its public kebab-case name; `explanations.py` says what each means."""

    # Files and how they are written
    FILE_MISSING = ("file-missing", Severity.ERROR)
    FILE_UNREADABLE = ("file-unreadable", Severity.ERROR)
    FILE_EMPTY = ("file-empty", Severity.ERROR)
    FILE_TOO_LARGE = ("file-too-large", Severity.ERROR)
    FILE_OUTSIDE_PACK = ("file-outside-pack", Severity.ERROR)
    NAME_INVALID = ("name-invalid", Severity.ERROR)
    ENCODING_INVALID = ("encoding-invalid", Severity.ERROR)
    FRONT_MATTER_MISSING = ("front-matter-missing", Severity.ERROR)
    YAML_INVALID = ("yaml-invalid", Severity.ERROR)
    YAML_NEEDS_BLOCK = ("yaml-needs-block", Severity.ERROR)
    YAML_TAB = ("yaml-tab", Severity.ERROR)
    YAML_ALIAS = ("yaml-alias", Severity.ERROR)
    YAML_DUPLICATE_KEY = ("yaml-duplicate-key", Severity.ERROR)
    YAML_FLOW_MAPPING = ("yaml-flow-mapping", Severity.ERROR)
    YAML_TOO_LARGE = ("yaml-too-large", Severity.ERROR)
    TOML_INVALID = ("toml-invalid", Severity.ERROR)
    KEY_UNKNOWN = ("key-unknown", Severity.ERROR)
    KEY_MISSING = ("key-missing", Severity.ERROR)
    KEY_MISPLACED = ("key-misplaced", Severity.ERROR)
    VALUE_INVALID = ("value-invalid", Severity.ERROR)
    DATE_INVALID = ("date-invalid", Severity.ERROR)
    LANGUAGE_INVALID = ("language-invalid", Severity.ERROR)
    ID_DUPLICATE = ("id-duplicate", Severity.ERROR)
    REFERENCE_UNKNOWN = ("reference-unknown", Severity.ERROR)
    LABEL_UNDECLARED = ("label-undeclared", Severity.ERROR)
    PACK_MISSING = ("pack-missing", Severity.ERROR)
    TRANSLATION_IGNORED = ("translation-ignored", Severity.WARNING)

    # Sources
    MEDIA_UNKNOWN = ("media-unknown", Severity.ERROR)
    RANGE_NOT_FOUND = ("range-not-found", Severity.ERROR)
    OUTLINE_NOT_FOUND = ("outline-not-found", Severity.ERROR)
    WORKS_OVERLAP = ("works-overlap", Severity.ERROR)
    ISSUED_INFERRED = ("issued-inferred", Severity.NOTICE)
    UNUSED_NUMBER_UNKNOWN = ("unused-number-unknown", Severity.WARNING)

    # Cards and citations
    QUOTE_EMPTY = ("quote-empty", Severity.ERROR)
    QUOTE_NOT_FOUND = ("quote-not-found", Severity.ERROR)
    QUOTE_AMBIGUOUS = ("quote-ambiguous", Severity.ERROR)
    QUOTE_IN_OTHER_SOURCE = ("quote-in-other-source", Severity.ERROR)
    QUOTE_WITHHELD = ("quote-withheld", Severity.ERROR)
    QUOTE_GAP = ("quote-gap", Severity.ERROR)
    QUOTE_LONG = ("quote-long", Severity.WARNING)
    QUOTE_TOO_LONG = ("quote-too-long", Severity.ERROR)
    CITATION_MISSING = ("citation-missing", Severity.ERROR)
    CITATION_UNKNOWN = ("citation-unknown", Severity.ERROR)
    CITATION_UNVERIFIED = ("citation-unverified", Severity.ERROR)
    CITATION_MALFORMED = ("citation-malformed", Severity.ERROR)
    CITATION_TWICE = ("citation-twice", Severity.ERROR)
    CARD_UNUSED = ("card-unused", Severity.WARNING)

    # Numbers
    NUMBER_UNSUPPORTED = ("number-unsupported", Severity.ERROR)
    NUMBER_SWAPPED = ("number-swapped", Severity.WARNING)
    NUMBER_COUNTED = ("counted", Severity.NOTICE)
    QUALIFIER_CHANGED = ("qualifier-changed", Severity.ERROR)
    QUALIFIER_DROPPED = ("qualifier-dropped", Severity.WARNING)
    QUALIFIER_ADDED = ("qualifier-added", Severity.WARNING)
    DERIVATION_INVALID = ("derivation-invalid", Severity.ERROR)
    DERIVATION_WRONG = ("derivation-wrong", Severity.ERROR)
    DERIVATION_OPERAND = ("derivation-operand", Severity.ERROR)
    DERIVATION_UNUSED = ("derivation-unused", Severity.WARNING)
    STATISTIC_UNSUPPORTED = ("statistic-unsupported", Severity.ERROR)

    # Summaries and comparisons
    TOO_FEW = ("too-few", Severity.ERROR)
    TOO_MANY = ("too-many", Severity.ERROR)
    CHART_TOO_SMALL = ("chart-too-small", Severity.WARNING)
    CHART_MIXED = ("chart-mixed", Severity.ERROR)
    MARKDOWN_UNSUPPORTED = ("markdown-unsupported", Severity.ERROR)
    FENCE_UNCLOSED = ("fence-unclosed", Severity.ERROR)
    CELL_MISSING = ("cell-missing", Severity.ERROR)
    CELL_UNKNOWN = ("cell-unknown", Severity.ERROR)
    SILENCE_DOUBTFUL = ("silence-doubtful", Severity.WARNING)
    FIGURES_DISAGREE = ("figures-disagree", Severity.WARNING)
    SOURCE_UNPLACED = ("source-unplaced", Severity.NOTICE)
    REVIEW_STALE = ("review-stale", Severity.NOTICE)

    # Translations
    TRANSLATION_BLOCKS = ("translation-blocks", Severity.ERROR)
    TRANSLATION_CITATIONS = ("translation-citations", Severity.ERROR)
    TRANSLATION_MISSING = ("translation-missing", Severity.WARNING)
    TRANSLATION_NUMBER = ("translation-number", Severity.WARNING)
    TRANSLATION_STALE = ("translation-stale", Severity.WARNING)
    ID_MISSING = ("id-missing", Severity.WARNING)

    # Templates and pages
    TEMPLATE_MISSING = ("template-missing", Severity.ERROR)
    TEMPLATE_SYNTAX = ("template-syntax", Severity.ERROR)
    TEMPLATE_FIELD = ("template-field", Severity.ERROR)
    BLOCK_UNKNOWN = ("block-unknown", Severity.ERROR)
    TEMPLATE_FORBIDDEN = ("template-forbidden", Severity.ERROR)
    ASSET_MISSING = ("asset-missing", Severity.ERROR)
    ASSET_FORBIDDEN = ("asset-forbidden", Severity.ERROR)
    GLYPH_MISSING = ("glyph-missing", Severity.ERROR)
    PAGE_OVERFLOW = ("page-overflow", Severity.ERROR)
    LINK_BROKEN = ("link-broken", Severity.ERROR)
    WITHHELD_LEAK = ("withheld-leak", Severity.ERROR)
    RENDER_FAILED = ("render-failed", Severity.ERROR)
    OUTPUT_UNWRITABLE = ("output-unwritable", Severity.ERROR)

    # Typography: what a typesetter would mend
    PAGE_UNDERFULL = ("page-underfull", Severity.WARNING)
    LINE_SINGLE = ("line-single", Severity.WARNING)
    HEADING_LOW = ("heading-low", Severity.WARNING)
    HEADING_SHORT_END = ("heading-short-end", Severity.NOTICE)
    MEASURE_WIDE = ("measure-wide", Severity.WARNING)
    MEASURE_NARROW = ("measure-narrow", Severity.WARNING)
    OUTSIDE_PAGE = ("outside-page", Severity.WARNING)
    SPACE_BREAKING = ("space-breaking", Severity.WARNING)
    QUOTATION_MARKS = ("quotation-marks", Severity.WARNING)

    # Finished files: what stands between them and a reader who listens
    PDF_UNREADABLE = ("pdf-unreadable", Severity.ERROR)
    PDF_UNTAGGED = ("pdf-untagged", Severity.ERROR)
    PDF_TITLE_MISSING = ("pdf-title-missing", Severity.ERROR)
    PDF_LANGUAGE_INVALID = ("pdf-language-invalid", Severity.ERROR)
    PDF_STANDARD_UNDECLARED = ("pdf-standard-undeclared", Severity.WARNING)
    PDF_PROFILE_FAILED = ("pdf-profile-failed", Severity.ERROR)
    PDF_ROLE_UNKNOWN = ("pdf-role-unknown", Severity.ERROR)
    PDF_ELEMENT_EMPTY = ("pdf-element-empty", Severity.WARNING)
    PDF_ELEMENT_ORPHAN = ("pdf-element-orphan", Severity.ERROR)
    PDF_PARENT_TREE_WRONG = ("pdf-parent-tree-wrong", Severity.ERROR)
    PDF_HEADING_SKIPPED = ("pdf-heading-skipped", Severity.ERROR)
    PDF_ALTERNATIVE_MISSING = ("pdf-alternative-missing", Severity.ERROR)
    PDF_ALTERNATIVE_VAGUE = ("pdf-alternative-vague", Severity.WARNING)
    PDF_TABLE_HEADLESS = ("pdf-table-headless", Severity.WARNING)
    PDF_TABLE_IRREGULAR = ("pdf-table-irregular", Severity.ERROR)
    PDF_SCOPE_MISSING = ("pdf-scope-missing", Severity.ERROR)
    PDF_LINK_UNTAGGED = ("pdf-link-untagged", Severity.ERROR)
    PDF_LINK_SILENT = ("pdf-link-silent", Severity.ERROR)
    PDF_LINK_VAGUE = ("pdf-link-vague", Severity.WARNING)
    PDF_DESTINATION_MISSING = ("pdf-destination-missing", Severity.ERROR)
    PDF_CONTENTS_UNTAGGED = ("pdf-contents-untagged", Severity.WARNING)
    PDF_CONTENT_UNTAGGED = ("pdf-content-untagged", Severity.ERROR)
    PDF_MARGIN_TAGGED = ("pdf-margin-tagged", Severity.WARNING)
    PDF_ORDER_DIFFERS = ("pdf-order-differs", Severity.WARNING)
    PDF_TEXT_INVISIBLE = ("pdf-text-invisible", Severity.WARNING)
    PDF_FONT_CLASH = ("pdf-font-clash", Severity.ERROR)
    PDF_FONT_MISSING = ("pdf-font-missing", Severity.ERROR)
    PDF_FONT_UNMAPPED = ("pdf-font-unmapped", Severity.ERROR)

    def __init__(self, public: str, severity: Severity) -> None:
        self.public = public
        self.severity = severity

    def __str__(self) -> str:
        return self.public


CODES: dict[str, Code] = {code.public: code for code in Code}


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file the user wrote.

    `file` is the path relative to the pack, with `/`. Lines and columns count from 1, columns in code points; the end
    is exclusive. Line 0 means the file as a whole.
    """

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem.

    `message` is lower case without a full stop and names the thing; `hint` is one imperative sentence without a full
    stop; `subject` is the thing's address, such as `public-works/families` or `press/brief/training`; `detail` holds
    further lines to show as they are (a repaired YAML block, a word-level difference).
    """

    code: Code
    message: str
    location: Location
    hint: str = ""
    subject: str = ""
    detail: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity of the code."""
        return self.code.severity

    @property
    def is_error(self) -> bool:
        """Whether this stops what prints its subject."""
        return self.code.severity is Severity.ERROR


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """A value together with all problems found on the way to it; `value` is None where nothing usable came out."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class Findings:
    """A list of problems that is passed along and grows; every phase appends, none stops at the first."""

    items: list[Diagnostic] = field(default_factory=list)

    def add(self, diagnostic: Diagnostic) -> None:
        """Append one problem."""
        self.items.append(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Append several problems."""
        self.items.extend(diagnostics)

    def report(
        self,
        code: Code,
        message: str,
        location: Location,
        hint: str = "",
        subject: str = "",
        detail: tuple[str, ...] = (),
    ) -> None:
        """Append one problem from its parts."""
        self.items.append(Diagnostic(code, message, location, hint, subject, detail))


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by file, line, column, code and message, without repetitions: the order in which all reports list them."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: (d.location, d.code.public, d.message)))


def plain_diagnostic(diagnostic: Diagnostic) -> list[Any]:
    """Return a problem as values that JSON can hold, for another process or another run."""
    place = diagnostic.location
    return [
        diagnostic.code.public,
        diagnostic.message,
        [place.file, place.line, place.column, place.end_line, place.end_column],
        diagnostic.hint,
        diagnostic.subject,
        diagnostic.detail,
    ]


def diagnostic_of(plain: list[Any]) -> Diagnostic:
    """Return the problem that `plain_diagnostic` made these values of."""
    code, message, place, hint, subject, detail = plain
    return Diagnostic(CODES[code], message, Location(*place), hint, subject, tuple(detail))


class BriefpackError(Exception):
    """An expected failure that stops the whole command: one or more diagnostics and the exit code to end with.

    1: the pack has problems; 2: the command was misused; 3: the machine lacks something; 75: another run has the lock.
    """

    def __init__(self, *diagnostics: Diagnostic, exit_code: int = 1) -> None:
        super().__init__("; ".join(f"{d.location}: {d.message}" for d in diagnostics))
        self.diagnostics = diagnostics
        self.exit_code = exit_code
