"""From a file of `seeds/` to a `Source`: read, cut out the work, drop furniture, repair headings, withhold, number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from briefpack.diagnostics import BriefpackError, Checked, Code, Diagnostic, Findings, Location
from briefpack.pack.model import Range, Work
from briefpack.sources.encoding import declared_charset, decode
from briefpack.sources.model import WITHHELD, Block, Passage, PassageKind, Piece, SourceFile
from briefpack.sources.printed import extent, is_blank, printed, withhold, within, without
from briefpack.sources.ranges import Stretch, locate, locate_work, report_missing
from briefpack.sources.readers import READERS, media_of
from briefpack.sources.source import FileRange, Source
from briefpack.world import World, digest

_RENDERING = "give a plain-text rendering under source.text, or name the type under source.media"


def load(world: World, work: Work) -> Checked[Source | None]:
    """Read the file of a work and load it; problems with the file are reported where the summary names it."""
    path = f"seeds/{work.text.value}" if work.text else work.path
    named = work.text or work.file
    try:
        if work.text and not world.exists(work.path):
            world.read(work.path)  # raises: the original must be there, even if no reader knows it
        file = read_file(world, path, "" if work.text else work.media)
    except BriefpackError as error:
        return Checked(None, tuple(_at_summary(problem, named.location, work.id) for problem in error.diagnostics))
    return load_source(file, work)


def _at_summary(problem: Diagnostic, location: Location, subject: str) -> Diagnostic:
    """Keep a place inside the file; a problem with the file as a whole belongs where the summary names it."""
    return replace(problem, location=problem.location if problem.location.line else location, subject=subject)


def read_file(world: World, path: str, media: str = "") -> SourceFile:
    """Read a file into blocks; `path` is relative to the pack, `media` overrides the file name.

    Raises `BriefpackError` (missing, unreadable, outside, empty, `media-unknown`, `encoding-invalid`).
    """
    media = media or media_of(path)
    reader = READERS.get(media)
    content = world.read(path)
    if reader is None:
        what = f"media type {media!r}" if media else "this kind of file"
        message = f"no reader knows {what}: {path!r}"
        raise BriefpackError(Diagnostic(Code.MEDIA_UNKNOWN, message, Location(path), _RENDERING))
    is_markup = media in ("text/html", "application/xhtml+xml")
    characters, encoding = decode(content, path, declared_charset(content) if is_markup else "")
    blocks = reader(characters)
    if WITHHELD in characters:
        blocks = tuple(replace(block, pieces=tuple(_without_placeholders(block.pieces))) for block in blocks)
    blocks = tuple(block for block in blocks if not is_blank(block.pieces))
    if not blocks:
        hint = "put the original document there"
        raise BriefpackError(Diagnostic(Code.FILE_EMPTY, f"{path!r} holds no text", Location(path), hint))
    return SourceFile(path, digest(content), media, encoding, characters, blocks)


def _without_placeholders(pieces: Iterable[Piece]) -> list[Piece]:
    """Drop U+FFFC from the source's own text: word processors leave it for pictures, here it means withheld text."""
    kept: list[Piece] = []
    for piece in pieces:
        at = piece.start
        for part in piece.text.split(WITHHELD):
            if part:
                exact = len(piece.text) == piece.end - piece.start
                kept.append(Piece(part, at, at + len(part)) if exact else replace(piece, text=part))
            at += len(part) + 1
    return kept


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage before it is numbered: its block with complete pieces, the pieces to print, and reasons for gaps."""

    block: Block
    pieces: tuple[Piece, ...]
    reasons: tuple[str, ...] = ()


def load_source(file: SourceFile, work: Work) -> Checked[Source | None]:
    """Return the work that `work` cuts out of `file`, and every problem.

    None where the work's bounds or a range to withhold were not found; other problems leave a source that can be used.
    """
    findings = Findings()
    start, end = 0, len(file.characters)
    if work.start or work.end:
        bounds = locate_work(Stretch([block.pieces for block in file.blocks]), work.start, work.end, work.id, findings)
        if findings.items:
            return Checked(None, tuple(findings.items))
        start, end = bounds[0] or 0, end if bounds[1] is None else bounds[1]
    blocks = _cut(file.blocks, start, end)
    stretch = Stretch([block.pieces for block in blocks])
    furniture = _located(stretch, work.furniture, work.id, findings)
    problems = len(findings.items)
    withheld = _located(stretch, work.withhold, work.id, findings)
    is_safe = len(findings.items) == problems
    kept = _without_furniture(blocks, furniture)
    kept = _with_outline(kept, work, stretch if len(kept) == len(blocks) else None, findings)
    drafts = [_withhold(block, withheld) for block in kept]
    source = Source(
        work.id,
        work,
        file,
        start,
        end,
        _numbered(drafts),
        tuple(draft.pieces for draft in drafts),
        tuple(draft.block.pieces for draft in drafts),
        furniture,
        withheld,
    )
    # Without one of the ranges to withhold, going on could print what must not be printed.
    return Checked(source if is_safe else None, tuple(findings.items))


def _cut(blocks: Iterable[Block], start: int, end: int) -> list[Block]:
    cut: list[Block] = []
    for block in blocks:
        if start <= block.pieces[0].start and block.pieces[-1].end <= end:
            cut.append(block)
        elif block.pieces[0].start < end and start < block.pieces[-1].end:
            pieces = within(block.pieces, start, end)
            if not is_blank(pieces):
                cut.append(replace(block, pieces=tuple(pieces)))
    return cut


def _located(stretch: Stretch, ranges: Sequence[Range], subject: str, findings: Findings) -> tuple[FileRange, ...]:
    """Return the ranges in the order of the file; ranges that overlap are one, with both reasons."""
    found = [place for wanted in ranges if (place := locate(stretch, wanted, subject, findings))]
    merged: list[FileRange] = []
    for place in sorted(found, key=lambda place: (place.start, place.end)):
        if merged and place.start < merged[-1].end:
            last = merged[-1]
            reasons = last.why if place.why in last.why.split("; ") else f"{last.why}; {place.why}"
            merged[-1] = FileRange(last.start, max(last.end, place.end), reasons)
        else:
            merged.append(place)
    return tuple(merged)


def _without_furniture(blocks: list[Block], furniture: Sequence[FileRange]) -> list[Block]:
    for place in furniture:
        kept: list[Block] = []
        for block in blocks:
            if block.pieces[-1].end <= place.start or place.end <= block.pieces[0].start:
                kept.append(block)
                continue
            pieces = without(block.pieces, place.start, place.end)
            if not is_blank(pieces):
                kept.append(replace(block, pieces=tuple(pieces)))
        blocks = kept
    return blocks


def _with_outline(blocks: list[Block], work: Work, stretch: Stretch | None, findings: Findings) -> list[Block]:
    """Return the blocks with the levels that the outline gives them."""
    if not work.outline:
        return blocks
    stretch = stretch or Stretch([block.pieces for block in blocks])
    repaired = list(blocks)
    for mark in work.outline:
        place = stretch.find(mark.at)
        if place is None:
            report_missing(stretch, mark.at, "", work.id, findings, Code.OUTLINE_NOT_FOUND)
            continue
        number = stretch.index.blocks_of(*place)[0]
        kind = PassageKind.HEADING if mark.level else blocks[number].kind
        if not mark.level and kind is PassageKind.HEADING:
            kind = PassageKind.PARAGRAPH
        repaired[number] = replace(repaired[number], kind=kind, level=mark.level)
    return repaired


def _withhold(block: Block, withheld: Sequence[FileRange]) -> _Draft:
    pieces: Sequence[Piece] = block.pieces
    reasons: list[str] = []
    for place in withheld:
        if place.start < block.pieces[-1].end and block.pieces[0].start < place.end:
            hidden = within(block.pieces, place.start, place.end)
            if not is_blank(hidden):
                pieces = withhold(pieces, place.start, place.end)
                reasons.append(place.why)
    return _Draft(block, tuple(pieces), tuple(reasons))


def _numbered(drafts: Sequence[_Draft]) -> tuple[Passage, ...]:
    passages: list[Passage] = []
    path: list[tuple[int, str]] = []
    for number, draft in enumerate(drafts, start=1):
        block = draft.block
        text = printed(draft.pieces)
        if block.level:
            while path and path[-1][0] >= block.level:
                path.pop()
        headings = tuple(heading for _, heading in path)
        start, end = extent(draft.pieces)
        passages.append(Passage(number, block.kind, text, start, end, block.level, block.page, headings, draft.reasons))
        if block.level:
            path.append((block.level, text))
    return tuple(passages)


def overlaps(sources: Iterable[Source]) -> tuple[Diagnostic, ...]:
    """Report each work that begins before the work ahead of it in the same file has ended."""
    findings = Findings()
    last: dict[str, Source] = {}
    for source in sorted(sources, key=lambda s: (s.file.path, s.start, s.end, s.id)):
        before = last.get(source.file.path)
        if before and source.start < before.end:
            bound = source.work.start or before.work.end
            findings.report(
                Code.WORKS_OVERLAP,
                f"{source.id!r} and {before.id!r} overlap in {source.file.path!r}",
                bound.location if bound else source.work.location,
                "give the two works from and to texts that do not reach into each other",
                source.id,
            )
        if not before or source.end > before.end:
            last[source.file.path] = source
    return tuple(findings.items)
