"""The originals: every numbered passage, with the cited words marked and the places that cite them beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefpack.citations.model import Anchor
from briefpack.products.evidence import Mention, annex_anchor
from briefpack.products.letters import letter
from briefpack.products.model import Annex, AnnexPassage, BackReference, Highlight, Reference, Withheld
from briefpack.products.view import View
from briefpack.sources.model import WITHHELD, Passage, PassageKind
from briefpack.sources.source import Source
from briefpack.summaries.model import Summary

MOST_PASSAGES = 150
FEWEST_PASSAGES = 110
FEWEST_LEFT = 12
"""A page that ends early at a cut looks like an end, so only long originals are cut, and not for their last lines."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """One citation's range in one passage: where, for which card, and the element id it carries there.

    `anchor` is empty for what follows after a gap in the same passage: one citation has one letter.
    """

    start: int
    end: int
    card: str
    anchor: str
    is_first: bool = False
    """Whether the citation begins here; the editors' note on it stands here only."""


def compose_annex(
    summary: Summary, view: View, entry: Reference, mentions: Mapping[str, Sequence[Mention]]
) -> tuple[Annex, ...]:
    """The annex of one source in cuts, or nothing where the audience has none or none of it is quoted (`cited`)."""
    source = view.verified.sources.get(summary.id)
    if source is None:  # only in drafts: elsewhere an unread source has stopped the dossier
        return ()
    marks = _marks(source, view, mentions)
    whys = {
        own.why: told.why for own, told in zip(source.work.withhold, summary.work.withhold, strict=True)
    }  # a reason is said in the reader's language
    passages = [
        _passage(
            replace(passage, withheld=tuple(whys.get(why, why) for why in passage.withheld)),
            marks.get(passage.number, []),
            summary,
            mentions,
            view,
        )
        for passage in source.passages
    ]
    if view.audience.annex == "cited":
        passages = _only_cited(passages)
    cuts = _cut(passages)
    left_out = source.passages[-1].number - passages[-1].number if passages else 0
    return tuple(
        Annex(
            head=view.head(),
            anchor=f"annex-{summary.id}" + (f".cut{number}" if number > 1 else ""),
            reference=entry,
            passages=tuple(cut),
            language=source.work.language,
            cut=number,
            cuts=len(cuts),
            skipped_after=left_out if number == len(cuts) else 0,
        )
        for number, cut in enumerate(cuts, start=1)
    )


def without_places(annex: Annex, gone: frozenset[str]) -> Annex:
    """The annex without back-references to statements that the fit left out, by their anchors.

    Their quotations stay marked, but have a letter only where another place cites them.
    """
    return replace(annex, passages=tuple(_without(passage, gone) for passage in annex.passages))


def _without(passage: AnnexPassage, gone: frozenset[str]) -> AnnexPassage:
    kept = tuple(reference for reference in passage.references if reference.href.removeprefix("#") not in gone)
    if kept == passage.references:
        return passage
    letters = {reference.letter for reference in kept}
    runs = tuple(
        replace(run, letters=tuple(each for each in run.letters if each in letters))
        if isinstance(run, Highlight)
        else run
        for run in passage.runs
    )
    return replace(passage, references=kept, runs=runs)


def _marks(source: Source, view: View, mentions: Mapping[str, Sequence[Mention]]) -> dict[int, list[_Mark]]:
    """For each passage the ranges that visible, printed statements cite, in order."""
    marks: dict[int, list[_Mark]] = {}
    for address in mentions:
        result = view.verified.cards[address]
        if result.card.source == source.id and result.anchor is not None:
            for number, mark in _marks_of(address, result.anchor):
                marks.setdefault(number, []).append(mark)
    for listed in marks.values():
        listed.sort(key=lambda mark: (mark.start, -mark.end, mark.card))
    return marks


def _marks_of(address: str, anchor: Anchor) -> list[tuple[int, _Mark]]:
    marks: list[tuple[int, _Mark]] = []
    seen: list[int] = []
    for fragment in anchor.fragments:
        for place in fragment.ranges:
            name = ""
            if place.passage not in seen:
                seen.append(place.passage)
                name = annex_anchor(address) + (f".{len(seen)}" if len(seen) > 1 else "")
            is_first = bool(name) and len(seen) == 1
            marks.append((place.passage, _Mark(place.start, place.end, address, name, is_first)))
    return marks


def _passage(
    passage: Passage, marks: Sequence[_Mark], summary: Summary, mentions: Mapping[str, Sequence[Mention]], view: View
) -> AnnexPassage:
    opening = [mark for mark in marks if mark.anchor]
    letters = {mark.card: letter(index) for index, mark in enumerate(opening)}
    cards = [summary.cards[mark.card.partition("/")[2]] for mark in opening if mark.is_first]
    languages = {view.language_at(summary.path, "evidence", card.name) for card in cards if card.note}
    return AnnexPassage(
        number=passage.number,
        anchor=f"annex-{summary.id}.p{passage.number}",
        kind=passage.kind,
        level=passage.level,
        runs=_runs(passage, marks, letters),
        references=tuple(
            BackReference(letters[mark.card], mention.short, mention.place, f"#{mention.anchor}")
            for mark in opening
            for mention in mentions[mark.card]
        ),
        notes=tuple(dict.fromkeys(card.note for card in cards if card.note)),
        page=passage.page,
        notes_language=languages.pop() if len(languages) == 1 else "",
    )


def _runs(
    passage: Passage, marks: Sequence[_Mark], letters: Mapping[str, str]
) -> tuple[str | Highlight | Withheld, ...]:
    """The passage's text cut where a mark begins or where marking ends; overlapping marks share one marker."""
    edges = {0, len(passage.text)}
    for mark in marks:
        edges.add(mark.start)
    end = 0
    for mark in marks:
        if mark.start > end and end:
            edges.add(end)
        end = max(end, mark.end)
    edges.add(end)
    ordered = sorted(edges)
    runs: list[str | Highlight | Withheld] = []
    reasons = iter(passage.withheld)
    for start, stop in pairwise(ordered):
        text = passage.text[start:stop]
        if any(mark.start <= start and stop <= _reach(mark, marks) for mark in marks):
            opened = [mark for mark in marks if mark.start == start and mark.anchor]
            runs.append(Highlight(text, tuple(letters[m.card] for m in opened), tuple(m.anchor for m in opened)))
            continue
        for index, part in enumerate(text.split(WITHHELD)):
            if index:
                runs.append(Withheld(next(reasons, "")))
            if part:
                runs.append(part)
    return tuple(runs)


def _reach(mark: _Mark, marks: Sequence[_Mark]) -> int:
    """Where the marker that begins with `mark` ends, as overlapping marks prolong it."""
    end = mark.end
    for other in marks:
        if mark.start <= other.start <= end:
            end = max(end, other.end)
    return end


def _only_cited(passages: Sequence[AnnexPassage]) -> list[AnnexPassage]:
    """Passages with a mark and the headings under which they stand, with how many were left out before each."""
    kept: list[AnnexPassage] = []
    skipped = 0
    for index, passage in enumerate(passages):
        if _is_marked(passage) or (passage.kind is PassageKind.HEADING and _heads_marked(passages, index)):
            kept.append(replace(passage, skipped=skipped))
            skipped = 0
        else:
            skipped += 1
    return kept


def _is_marked(passage: AnnexPassage) -> bool:
    return any(isinstance(run, Highlight) for run in passage.runs)


def _heads_marked(passages: Sequence[AnnexPassage], index: int) -> bool:
    for passage in passages[index + 1 :]:
        if passage.kind is PassageKind.HEADING and passage.level <= passages[index].level:
            return False
        if _is_marked(passage):
            return True
    return False


def _cut(passages: Sequence[AnnexPassage]) -> list[list[AnnexPassage]]:
    """Runs of at most `MOST_PASSAGES`, cut before a heading where one comes in good time, never behind one."""
    cuts: list[list[AnnexPassage]] = [[]] if passages else []
    for index, passage in enumerate(passages):
        current = cuts[-1]
        follows_heading = bool(current) and current[-1].kind is PassageKind.HEADING
        is_early = (
            len(passages) > MOST_PASSAGES
            and passage.kind is PassageKind.HEADING
            and not follows_heading
            and len(current) >= FEWEST_PASSAGES
            and len(passages) - index > FEWEST_LEFT
        )
        if is_early or len(current) >= MOST_PASSAGES:
            cuts.append(_trailing_headings(current))
        cuts[-1].append(passage)
    return cuts


def _trailing_headings(cut: list[AnnexPassage]) -> list[AnnexPassage]:
    """Take the headings at the end off a cut, for what they head comes in the next; all headings stay."""
    at = len(cut)
    while at and cut[at - 1].kind is PassageKind.HEADING:
        at -= 1
    taken = cut[at:] if at else []
    del cut[len(cut) - len(taken) :]
    return taken
