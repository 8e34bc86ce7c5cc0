"""What the gate hands on: anchors, verified citations and verified statements."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefpack.diagnostics import Diagnostic
from briefpack.summaries.model import Card, Statement


class Tier(StrEnum):
    """How literally a quotation was found; nothing weaker counts."""

    VERBATIM = "verbatim"
    """The same characters as in the file."""
    NORMALISED = "normalised"
    """After NFKC, white space, quotation marks, dashes, soft hyphens, list marks and emphasis marks were levelled."""


class Status(StrEnum):
    """What became of a card; only verified ones are printed."""

    VERIFIED = "verified"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"
    IN_OTHER_SOURCE = "in-other-source"


@dataclass(frozen=True, slots=True)
class PassageRange:
    """A half-open range in the printed text of one passage."""

    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FragmentAnchor:
    """Where one fragment stands: its range in the file's characters, and the passages it runs over."""

    start: int
    end: int
    ranges: tuple[PassageRange, ...]
    tier: Tier


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a card stands in its source, fragment by fragment."""

    source: str
    card: str
    fragments: tuple[FragmentAnchor, ...]

    @property
    def tier(self) -> Tier:
        """The weakest of the fragments' tiers."""
        tiers = {fragment.tier for fragment in self.fragments}
        return Tier.NORMALISED if Tier.NORMALISED in tiers else Tier.VERBATIM

    @property
    def passages(self) -> tuple[int, ...]:
        """The numbers of all passages touched, ascending."""
        return tuple(sorted({r.passage for fragment in self.fragments for r in fragment.ranges}))


@dataclass(frozen=True, slots=True)
class CardResult:
    """A card, its status, and its anchor where it was verified."""

    card: Card
    status: Status
    anchor: Anchor | None = None


_SEAL = object()


@dataclass(frozen=True, slots=True)
class VerifiedCitation:
    """A statement's pointer to a card that was found. Only the gate can make one."""

    card: Card
    anchor: Anchor
    seal: object

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise TypeError("a VerifiedCitation is made by the gate alone")

    @property
    def address(self) -> str:
        """`source/card`."""
        return self.card.address

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary: the seal is put on anew by `_revive`."""
        return (_revive, (self.card, self.anchor))


def _revive(card: Card, anchor: Anchor) -> VerifiedCitation:
    return VerifiedCitation(card, anchor, _SEAL)


def seal_citation(result: CardResult) -> VerifiedCitation | None:
    """The gate's one place where a citation becomes a verified one; None where the card was not found."""
    return _revive(result.card, result.anchor) if result.status is Status.VERIFIED and result.anchor else None


@dataclass(frozen=True, slots=True)
class VerifiedMarker:
    """Verified citations that stand together at `offset` of the statement's text."""

    offset: int
    citations: tuple[VerifiedCitation, ...]


@dataclass(frozen=True, slots=True)
class VerifiedStatement:
    """A statement that passed: its citations, and its derivations as written, recomputed."""

    statement: Statement
    markers: tuple[VerifiedMarker, ...]
    derived: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[VerifiedCitation, ...]:
        """All citations, in order."""
        return tuple(citation for marker in self.markers for citation in marker.citations)


@dataclass(frozen=True, slots=True)
class FailedStatement:
    """A statement that did not pass, with the errors that say why."""

    statement: Statement
    errors: tuple[Diagnostic, ...]


Verdict = VerifiedStatement | FailedStatement
