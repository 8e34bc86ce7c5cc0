"""Evidence notes: numbered from 1 in each section, in the order of reading; and who cites what, for back-references."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from briefpack.citations.model import FailedStatement, VerifiedCitation, VerifiedStatement
from briefpack.products.model import Cited, Locator, Note, NoteRef, Place, Prose
from briefpack.products.view import View
from briefpack.summaries.model import Statement

LinkTo = Callable[[VerifiedCitation], str]
"""Where a citation leads: an anchor inside the dossier, or an address outside."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that cites a card: the citing section's short name, the place in it, and the anchor there."""

    card: str
    short: str
    place: Place
    anchor: str


@dataclass(slots=True)
class Evidence:
    """The notes of one section.

    `anchor` is the section's; `own` the source whose short name the notes leave out ("" where there is none). `link_to`
    decides the notes' targets. Every mention is kept for the annex.
    """

    view: View
    anchor: str
    short: str
    own: str
    link_to: LinkTo
    numbers: dict[str, int] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    """How many statements of each kind were cited: readers count what is printed, not what was written."""
    note_count: int = 0

    def begin_afresh(self) -> None:
        """Give what is cited from here on notes of its own, as where each statement stands in a row with its notes."""
        self.numbers.clear()

    def cite(self, statement: Statement, place: Place | None = None) -> Cited:
        """The statement ready to print; call in the order of reading. It must be visible to the audience."""
        verdict = self.view.verdict(statement)
        place = place or self._place(statement)
        anchor = self._anchor(statement)
        if isinstance(verdict, FailedStatement):
            return Cited(
                anchor=anchor,
                place=place,
                prose=(statement.text,),
                notes=(),
                location=statement.location,
                desk=statement.desk,
                failures=tuple(f"{error.location}: {error.message}" for error in verdict.errors),
                words=len(statement.text.split()),
                language=self.view.language_of(statement),
            )
        prose, notes = self._set(verdict, place, anchor)
        return Cited(
            anchor=anchor,
            place=place,
            prose=prose,
            notes=notes,
            location=statement.location,
            derived=verdict.derived,
            note=statement.note,
            tags=self.view.tags(self.view.labels_of(statement, self.own)),
            desk=statement.desk,
            words=len(statement.text.split()) + sum(len(f.split()) for note in notes for f in note.fragments),
            language=self.view.language_of(statement) if statement.text or statement.note else "",
        )

    def _place(self, statement: Statement) -> Place:
        if not statement.ordinal:
            return Place(statement.kind)
        self.counts[statement.kind] = self.counts.get(statement.kind, 0) + 1
        return Place(statement.kind, self.counts[statement.kind])

    def _anchor(self, statement: Statement) -> str:
        """Names hold no dots, so no two statements share an anchor, whatever sources and statements are called."""
        address = statement.address.removeprefix(f"{self.own}/") if self.own else statement.address
        return f"{self.anchor}.{address.replace('/', '.')}"

    def _set(self, verdict: VerifiedStatement, place: Place, anchor: str) -> tuple[Prose, tuple[Note, ...]]:
        text = verdict.statement.text
        prose: list[str | NoteRef] = []
        notes: list[Note] = []
        position = 0
        for marker in verdict.markers:
            if marker.offset > position:
                prose.append(text[position : marker.offset])
                position = marker.offset
            for citation in marker.citations:
                is_new = citation.address not in self.numbers
                if is_new:
                    self.note_count += 1
                    self.numbers[citation.address] = self.note_count
                number = self.numbers[citation.address]
                prose.append(NoteRef(number))
                self.mentions.append(Mention(citation.address, self.short, place, anchor))
                if is_new:
                    notes.append(self._note(citation, number))
        if position < len(text):
            prose.append(text[position:])
        return tuple(prose), tuple(notes)

    def _note(self, citation: VerifiedCitation, number: int) -> Note:
        card, source = citation.card, self.view.verified.sources[citation.card.source]
        numbers = citation.anchor.passages
        pages = [page for n in numbers if (page := source.passage(n).page) is not None]
        summary = self.view.verified.summary(card.source)
        return Note(
            number=number,
            anchor=f"{self.anchor}.n{number}",
            fragments=card.fragments,
            locator=Locator(numbers[0], numbers[-1], pages[0] if pages else 0, pages[-1] if pages else 0),
            language=source.work.language,
            source=card.source,
            source_short="" if card.source == self.own or summary is None else summary.short,
            href=self.link_to(citation),
            note=card.note,
            about=card.about,
            gloss_language=self._gloss_language(citation),
        )

    def _gloss_language(self, citation: VerifiedCitation) -> str:
        card, summary = citation.card, self.view.verified.summary(citation.card.source)
        if summary is None or not (card.note or card.about):
            return ""
        return self.view.language_at(summary.path, "evidence", card.name)


def annex_anchor(address: str) -> str:
    """The element id of a card's highlight in the annex."""
    return f"annex-{address.replace('/', '--')}"


def to_annex(citation: VerifiedCitation) -> str:
    """Inside a dossier with an annex: the highlighted passage."""
    return f"#{annex_anchor(citation.address)}"


def to_original(view: View) -> LinkTo:
    """Outside a dossier, or without an annex: the source's URL with a text fragment, where there is one.

    The fragment is `:~:text=` (https://wicg.github.io/scroll-to-text-fragment/): the quotation as it stands in the
    source, or its first words and its last where it is long or runs over passages. Of a quotation with gaps it is the
    first fragment.
    """

    def link(citation: VerifiedCitation) -> str:
        source = view.verified.sources[citation.card.source]
        url = source.work.url
        if not url.startswith(("http://", "https://")):
            return ""
        ranges = citation.anchor.fragments[0].ranges
        words = " ".join(source.passage(r.passage).text[r.start : r.end] for r in ranges).split()
        text = _encode(" ".join(words))
        if len(words) > 2 * _WORDS or (len(ranges) > 1 and len(words) > 1):
            # A text fragment's terms may not overlap, and none may reach over the end of a paragraph.
            count = min(_WORDS, len(words) // 2)
            text = f"{_encode(' '.join(words[:count]))},{_encode(' '.join(words[-count:]))}"
        return f"{url}{':' if '#' in url else '#:'}~:text={text}"

    return link


_WORDS = 5
"""How many words at each end of a quotation a text fragment names."""


def _encode(text: str) -> str:
    """Percent-encode for a text fragment, where `-`, `,` and `&` have a meaning of their own."""
    return quote(text, safe="").replace("-", "%2D")


def by_card(mentions: list[Mention]) -> dict[str, tuple[Mention, ...]]:
    """Mentions grouped by the card they cite, each place once, in order."""
    grouped: dict[str, dict[str, Mention]] = defaultdict(dict)
    for mention in mentions:
        grouped[mention.card].setdefault(mention.anchor, mention)
    return {card: tuple(places.values()) for card, places in grouped.items()}
