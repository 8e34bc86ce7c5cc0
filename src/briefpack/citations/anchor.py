"""From a card to the place in its source: character by character, after a named normalisation, and nothing weaker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from briefpack.citations.model import Anchor, CardResult, FragmentAnchor, PassageRange, Status, Tier
from briefpack.citations.proposal import nearest_passage
from briefpack.diagnostics import Code, Findings, Location
from briefpack.sources.normalise import normalise
from briefpack.sources.source import Source
from briefpack.summaries.model import Card
from briefpack.summaries.summary import WORDS_REFUSED

GAP_PASSAGES = 2
"""How many passages the fragments of one card may lie apart."""

Others = Callable[[], Iterable[Source]]
"""Yields the other sources of the pack; called only when a quotation is not in its own."""


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int


def anchor_card(card: Card, source: Source, others: Others, findings: Findings) -> CardResult:
    """Find `card` in `source`; report where it is missing, ambiguous, withheld or in another source."""
    wanted = [normalise(fragment).strip() for fragment in card.fragments]
    if not wanted or not all(wanted) or card.words > WORDS_REFUSED:  # reported when the card was read
        return CardResult(card, Status.MISSING)
    chains = _chains(wanted, source)
    if len(chains) > 1 and (card.prefix or card.suffix):
        chains = [chain for chain in chains if _context_fits(card, chain, source)] or chains
    if len(chains) == 1:
        return CardResult(card, Status.VERIFIED, _anchor(card, chains[0], source))
    if len(chains) > 1:
        _report_ambiguous(card, chains, source, findings)
        return CardResult(card, Status.AMBIGUOUS)
    return _report_absent(card, wanted, source, others, findings)


def _chains(wanted: Sequence[str], source: Source) -> list[tuple[_Place, ...]]:
    """All ways to place the fragments in order within neighbouring passages; for one fragment, all its places.

    Of several ways that begin at the same place only the closest is kept: a gap ends at the first occurrence.
    """
    index = source.index
    chains: list[tuple[_Place, ...]] = []
    for start, end in index.find_all(wanted[0], limit=50):
        chain = [_Place(start, end)]
        for fragment in wanted[1:]:
            found = index.find(fragment, start=chain[-1].end)
            if found is None:
                break
            before = index.blocks_of(chain[-1].start, chain[-1].end)[-1]
            if index.blocks_of(*found)[0] - before > GAP_PASSAGES:
                break
            chain.append(_Place(*found))
        if len(chain) == len(wanted):
            chains.append(tuple(chain))
    if len(wanted) > 1:
        chains = _tightest(chains)
    return chains


def _tightest(chains: list[tuple[_Place, ...]]) -> list[tuple[_Place, ...]]:
    """Of chains that share their last fragment, the one that begins latest."""
    by_end: dict[_Place, tuple[_Place, ...]] = {}
    for chain in chains:
        by_end[chain[-1]] = chain
    return list(by_end.values())


def _context_fits(card: Card, chain: tuple[_Place, ...], source: Source) -> bool:
    text = source.index.text
    prefix, suffix = normalise(card.prefix).strip(), normalise(card.suffix).strip()
    before = text[max(0, chain[0].start - len(prefix) - 1) : chain[0].start].rstrip()
    after = text[chain[-1].end : chain[-1].end + len(suffix) + 1].lstrip()
    return before.endswith(prefix) and after.startswith(suffix)


def _anchor(card: Card, chain: tuple[_Place, ...], source: Source) -> Anchor:
    return Anchor(
        card.source,
        card.name,
        tuple(_fragment(text, place, source) for text, place in zip(card.fragments, chain, strict=True)),
    )


def _fragment(text: str, place: _Place, source: Source) -> FragmentAnchor:
    ranges = tuple(
        PassageRange(source.passages[span.block].number, span.start, span.end)
        for span in source.index.spans(place.start, place.end)
    )
    start = source.to_file(ranges[0].passage, ranges[0].start, ranges[0].end)[0]
    end = source.to_file(ranges[-1].passage, ranges[-1].start, ranges[-1].end)[1]
    verbatim = source.file.characters[start:end] == text
    return FragmentAnchor(start, end, ranges, Tier.VERBATIM if verbatim else Tier.NORMALISED)


def _report_ambiguous(card: Card, chains: list[tuple[_Place, ...]], source: Source, findings: Findings) -> None:
    numbers = [source.passages[source.index.blocks_of(c[0].start, c[0].end)[0]].number for c in chains]
    places = ", ".join(f"¶ {number}" for number in numbers[:5]) + (" …" if len(numbers) > 5 else "")
    context = source.index.text[max(0, chains[0][0].start - 40) : chains[0][0].start].split()[-4:]
    tried = card.prefix or card.suffix
    findings.report(
        Code.QUOTE_AMBIGUOUS,
        f"the quotation occurs {len(chains)} times in {card.source!r} ({places})",
        card.location,
        hint=(
            "make `prefix` and `suffix` fit only one of them"
            if tried
            else f"lengthen it, or add the words before it, such as `prefix: {' '.join(context)}`"
        ),
        subject=card.address,
    )


def _report_absent(card: Card, wanted: Sequence[str], source: Source, others: Others, findings: Findings) -> CardResult:
    """Say where the quotation stands instead, or which passage comes nearest."""
    place = _span_of_missing(card, wanted, source)
    if any(source.hidden.find(fragment) for fragment in wanted if source.index.find(fragment) is None):
        findings.report(
            Code.QUOTE_WITHHELD,
            "the quotation is from a range that is withheld",
            place,
            hint="quote other words, or narrow the `withhold` range",
            subject=card.address,
        )
        return CardResult(card, Status.MISSING)
    for other in others():
        if other.id != source.id and (found := _chains(wanted, other)):
            number = other.passages[other.index.blocks_of(found[0][0].start, found[0][0].end)[0]].number
            findings.report(
                Code.QUOTE_IN_OTHER_SOURCE,
                f"not in {source.id!r} but in {other.id!r}, ¶ {number}",
                place,
                hint=f"move the card to content/summaries/{other.id}.md and cite [@{other.id}/{card.name}]",
                subject=card.address,
            )
            return CardResult(card, Status.IN_OTHER_SOURCE)
    if len(wanted) > 1 and all(source.index.find(fragment) for fragment in wanted):
        findings.report(
            Code.QUOTE_GAP,
            "the fragments are all in the source, but not in this order within neighbouring passages",
            place,
            hint="put them in the order of the source, or make a card of each",
            subject=card.address,
        )
        return CardResult(card, Status.MISSING)
    missing = next((f for f in card.fragments if not source.index.find(normalise(f).strip())), card.fragments[0])
    proposal = nearest_passage(missing, source)
    findings.report(
        Code.QUOTE_NOT_FOUND,
        f"not in {source.id!r}" + (f": {proposal.summary}" if proposal else ""),
        place,
        hint=proposal.hint if proposal else "copy the words from the source; `briefpack quote` finds them",
        subject=card.address,
        detail=proposal.lines if proposal else (),
    )
    return CardResult(card, Status.MISSING)


def _span_of_missing(card: Card, wanted: Sequence[str], source: Source) -> Location:
    """The place of the first fragment that the source lacks."""
    for span, fragment in zip(card.spans, wanted, strict=False):
        if source.index.find(fragment) is None:
            return span.location
    return card.location
