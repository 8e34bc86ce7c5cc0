"""The originals: every numbered passage, with the cited words marked and the places that cite them beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefpack.citations.model import Anchor
from briefpack.products.evidence import Mention, annex_anchor
from briefpack.products.model import Annex, AnnexPassage, BackReference, Highlight, Reference, Withheld
from briefpack.products.view import View
from briefpack.sources.model import WITHHELD, Passage, PassageKind
from briefpack.sources.source import Source
from briefpack.summaries.model import Summary

MOST_PASSAGES = 40
FEWEST_PASSAGES = 30


@dataclass(frozen=True, slots=True)
class _Mark:
    """One citation's range in one passage: where, for which card, and the element id it carries there."""

    start: int
    end: int
    card: str
    anchor: str


def compose_annex(
    summary: Summary, view: View, entry: Reference, mentions: Mapping[str, Sequence[Mention]]
) -> tuple[Annex, ...]:
    """The annex of one source in cuts, or nothing where the audience has none or none of it is quoted (`cited`)."""
    source = view.verified.sources[summary.id]
    marks = _marks(source, view, mentions)
    passages = [_passage(passage, marks.get(passage.number, []), summary, mentions) for passage in source.passages]
    if view.audience.annex == "cited":
        passages = _only_cited(passages)
    cuts = _cut(passages)
    left_out = source.passages[-1].number - passages[-1].number if passages else 0
    return tuple(
        Annex(
            head=view.head(),
            anchor=f"annex-{summary.id}" + (f"-cut{number}" if number > 1 else ""),
            reference=entry,
            passages=tuple(cut),
            language=source.work.language,
            cut=number,
            cuts=len(cuts),
            skipped_after=left_out if number == len(cuts) else 0,
        )
        for number, cut in enumerate(cuts, start=1)
    )


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
                name = annex_anchor(address) + (f"--{len(seen)}" if len(seen) > 1 else "")
            marks.append((place.passage, _Mark(place.start, place.end, address, name)))
    return marks


def _passage(
    passage: Passage, marks: Sequence[_Mark], summary: Summary, mentions: Mapping[str, Sequence[Mention]]
) -> AnnexPassage:
    opening = [mark for mark in marks if mark.anchor]
    letters = {mark.card: _letter(index) for index, mark in enumerate(opening)}
    notes = [summary.cards[mark.card.partition("/")[2]].note for mark in opening if not mark.anchor.endswith("--2")]
    return AnnexPassage(
        number=passage.number,
        anchor=f"annex-{summary.id}-p{passage.number}",
        kind=passage.kind,
        level=passage.level,
        runs=_runs(passage, marks, letters),
        references=tuple(
            BackReference(letters[mark.card], mention.short, mention.place, f"#{mention.anchor}")
            for mark in opening
            for mention in mentions[mark.card]
        ),
        notes=tuple(dict.fromkeys(note for note in notes if note)),
        page=passage.page,
    )


def _letter(index: int) -> str:
    """a to z, then aa, ab and so on."""
    return chr(ord("a") + index) if index < 26 else _letter(index // 26 - 1) + _letter(index % 26)


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
    """Passages with a mark, and how many were left out before each; a heading stays with what it heads."""
    kept: list[AnnexPassage] = []
    skipped = 0
    for index, passage in enumerate(passages):
        following = passages[index + 1] if index + 1 < len(passages) else None
        heads = passage.kind is PassageKind.HEADING and following is not None and bool(following.references)
        if passage.references or any(isinstance(run, Highlight) for run in passage.runs) or heads:
            kept.append(replace(passage, skipped=skipped))
            skipped = 0
        else:
            skipped += 1
    return kept


def _cut(passages: Sequence[AnnexPassage]) -> list[list[AnnexPassage]]:
    """Runs of at most `MOST_PASSAGES`, cut before a heading where one comes in good time."""
    cuts: list[list[AnnexPassage]] = []
    for index, passage in enumerate(passages):
        current = cuts[-1] if cuts else []
        is_heading = passage.kind is PassageKind.HEADING
        after_heading = index > 0 and passages[index - 1].kind is PassageKind.HEADING
        full = len(current) >= MOST_PASSAGES and not after_heading
        early = is_heading and len(current) >= FEWEST_PASSAGES and not after_heading
        if not cuts or full or (early and len(passages) - index > 4):
            cuts.append([])
        cuts[-1].append(passage)
    return cuts
