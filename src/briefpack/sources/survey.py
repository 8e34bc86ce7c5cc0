"""What the originals hold besides the sources: copies of a work in other files, and text that is in no work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from briefpack.sources.model import Block, Piece, SourceFile
from briefpack.sources.normalise import normalise
from briefpack.sources.printed import extent, is_blank, printed, without
from briefpack.sources.source import FileRange, Source

TELLING = 40
"""A passage of fewer characters ("Partnerships") is no sign that two texts are the same."""
MIN_SHARE = 0.1
"""Less of a work than this in another file is a borrowed sentence, no copy."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A work that also stands in another file, or once more in its own.

    `start` to `end` is the range of that file; `runs` are the ranges in it that hold passages of the work. `share` is
    the part of the work's characters found there, from 0 to 1; `is_identical` where all passages stand there without
    anything between them.
    """

    source_id: str
    path: str
    start: int
    end: int
    runs: tuple[FileRange, ...]
    share: float
    is_identical: bool


class Use(StrEnum):
    """Why a stretch of a file belongs to no passage of a source."""

    UNASSIGNED = "unassigned"
    FURNITURE = "furniture"
    UNUSED_FILE = "unused-file"


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text of a file that is a passage of no source, in the half-open range `start` to `end`; lines count from 1.

    `words` is their number, `opening` the first twelve. `why` is the reason given for furniture.
    """

    path: str
    use: Use
    start: int
    end: int
    line: int
    end_line: int
    words: int
    opening: str
    why: str = ""


def copies(files: Iterable[SourceFile], sources: Sequence[Source]) -> tuple[Copy, ...]:
    """Return where a work also stands, by work, then file; compared passage by passage after normalisation."""
    files = sorted(files, key=lambda file: file.path)
    known = {id(block.pieces): normalise(printed(block.pieces)) for file in files for block in file.blocks}
    works = [(source, [_text(pieces, known) for pieces in source.complete]) for source in sources]
    signs = _signs([passages for _, passages in works])
    found: list[Copy] = []
    for file in files:
        texts = [known[id(block.pieces)] for block in file.blocks]
        places: dict[str, list[int]] = {}
        for number, text in enumerate(texts):
            places.setdefault(text, []).append(number)
        for at in sorted({at for text in places for at in signs.get(text, ())}):
            source, passages = works[at]
            if _may_stand(file, places, source, passages) and (copy := _copy(file, texts, source, passages)):
                found.append(copy)
    return tuple(sorted(found, key=lambda copy: (copy.source_id, copy.path, copy.start)))


def _text(pieces: tuple[Piece, ...], known: Mapping[int, str]) -> str:
    """The normalised text; most blocks of a file are passages of a work as they are, and so the same object."""
    text = known.get(id(pieces))
    return normalise(printed(pieces)) if text is None else text


def _signs(works: Sequence[Sequence[str]]) -> Mapping[str, Sequence[int]]:
    """By passage the works (their numbers) that can stand only where it, or another of their passages here, stands.

    Of each work the passages that most others have, too, are left out while they are less than `MIN_SHARE` of it: so a
    line that stands in all files does not make all of them candidates for each other.
    """
    spread = Counter(text for passages in works for text in set(passages))
    signs: dict[str, list[int]] = {}
    for number, passages in enumerate(works):
        counts = Counter(passages)
        total, common = sum(map(len, passages)), 0
        for text in sorted(counts, key=lambda text: (-spread[text], text)):
            common += len(text) * counts[text]
            if total and common / total >= MIN_SHARE:
                signs.setdefault(text, []).append(number)
    return signs


def _may_stand(file: SourceFile, places: Mapping[str, Sequence[int]], source: Source, passages: Sequence[str]) -> bool:
    """Whether enough of a work's passages, and a telling one, stand in a file outside of the work itself."""
    is_own = file.path == source.file.path
    there = {
        text
        for text in set(passages) & places.keys()
        if not is_own or any(not _touches(file.blocks[n].pieces, source.start, source.end) for n in places[text])
    }
    if not any(len(text) >= TELLING for text in there):
        return False
    return sum(len(text) for text in passages if text in there) / sum(map(len, passages)) >= MIN_SHARE


def _copy(file: SourceFile, texts: Sequence[str], source: Source, passages: Sequence[str]) -> Copy | None:
    is_own = file.path == source.file.path
    kept = [
        n for n, block in enumerate(file.blocks) if not (is_own and _touches(block.pieces, source.start, source.end))
    ]
    there = [texts[n] for n in kept]
    matches = SequenceMatcher(None, passages, there, autojunk=False).get_matching_blocks()[:-1]
    found = sum(len(passages[match.a + n]) for match in matches for n in range(match.size))
    share = found / sum(map(len, passages))
    if share < MIN_SHARE:
        return None
    runs = [[file.blocks[kept[match.b + n]] for n in range(match.size)] for match in matches]
    ranges = tuple(FileRange(extent(run[0].pieces)[0], extent(run[-1].pieces)[1]) for run in runs)
    is_identical = len(runs) == 1 and len(runs[0]) == len(passages)
    return Copy(source.id, file.path, ranges[0].start, ranges[-1].end, ranges, share, is_identical)


def unassigned(
    files: Iterable[SourceFile], sources: Sequence[Source], found_copies: Sequence[Copy] = ()
) -> tuple[Leftover, ...]:
    """Return the text that is in no source and no copy of one, by file and place; furniture is listed as such."""
    leftovers: list[Leftover] = []
    for file in files:
        own = [source for source in sources if source.file.path == file.path]
        copied = [copy for copy in found_copies if copy.path == file.path]
        used = [FileRange(source.start, source.end) for source in own]
        used += [run for copy in copied for run in copy.runs]
        use = Use.UNASSIGNED if used else Use.UNUSED_FILE
        leftovers += [_leftover(file, use, stretch) for stretch in _stretches(file.blocks, used)]
        leftovers += [_furniture(file, place) for source in own for place in source.furniture]
    return tuple(sorted(leftovers, key=lambda leftover: (leftover.path, leftover.start, leftover.end)))


def _stretches(blocks: Sequence[Block], used: Sequence[FileRange]) -> list[list[Piece]]:
    """Return what is left of the blocks outside of the ranges; neighbouring blocks are one stretch."""
    stretches: list[list[Piece]] = [[]]
    for block in blocks:
        pieces: list[Piece] = list(block.pieces)
        for place in used:
            if _touches(pieces, place.start, place.end):
                pieces = without(pieces, place.start, place.end)
        is_cut_before = not pieces or pieces[0].start > block.pieces[0].start
        if is_cut_before or is_blank(pieces):
            stretches.append([])
        if not is_blank(pieces):
            stretches[-1] += [*pieces, Piece(" ", pieces[-1].end, pieces[-1].end)]
        if not pieces or pieces[-1].end < block.pieces[-1].end:
            stretches.append([])
    return [stretch for stretch in stretches if stretch]


def _touches(pieces: Sequence[Piece], start: int, end: int) -> bool:
    return bool(pieces) and pieces[0].start < end and start < pieces[-1].end


def _leftover(file: SourceFile, use: Use, pieces: Sequence[Piece], why: str = "") -> Leftover:
    start, end = extent(pieces)
    words = printed(pieces).split()
    lines = file.line_of(start), file.line_of(max(start, end - 1))
    return Leftover(file.path, use, start, end, *lines, len(words), " ".join(words[:12]), why)


def _furniture(file: SourceFile, place: FileRange) -> Leftover:
    pieces = (Piece(file.characters[place.start : place.end], place.start, place.end),)
    return _leftover(file, Use.FURNITURE, pieces, place.why)
