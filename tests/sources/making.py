"""Works, files and readings for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

from briefpack.diagnostics import Diagnostic, Location
from briefpack.pack.model import OutlineMark, Range, Text, Work
from briefpack.sources.load import load_source, read_file
from briefpack.sources.model import Block, SourceFile
from briefpack.sources.printed import printed
from briefpack.sources.readers import READERS
from briefpack.sources.source import Source
from briefpack.world import World, digest

SEEDS = Path(__file__).parents[2] / "seeds"
ZACATECOLUCA = "000_497353db65aea329.txt"
COOPERATION = "001_b3c44e906c4926c0.txt"
TRAINING = "002_a80a726e0858c1e4.txt"
PUBLIC_WORKS = "003_62dc29989b251171.txt"
CONSULTATION = "004_c658a4fbeda8366b.txt"


def text(value: str, line: int = 1) -> Text:
    return Text(value, Location("content/summaries/work.md", line, 3))


def stretch(start: str, end: str, why: str = "because") -> Range:
    return Range(text(start, 7), text(end, 8), why)


def mark(at: str, level: int) -> OutlineMark:
    return OutlineMark(text(at, 9), level)


def work(
    file: str = "a.txt",
    *,
    id: str = "work",
    start: str = "",
    end: str = "",
    media: str = "",
    rendering: str = "",
    furniture: tuple[Range, ...] = (),
    withhold: tuple[Range, ...] = (),
    outline: tuple[OutlineMark, ...] = (),
) -> Work:
    return Work(
        id,
        text(file, 3),
        "en",
        Location("content/summaries/work.md", 2, 1),
        media,
        text(start, 4) if start else None,
        text(end, 5) if end else None,
        text(rendering, 6) if rendering else None,
        furniture=furniture,
        withhold=withhold,
        outline=outline,
    )


def file_of(characters: str, media: str = "text/plain", path: str = "seeds/a.txt") -> SourceFile:
    return SourceFile(path, digest(characters.encode()), media, "utf-8", characters, READERS[media](characters))


def source_of(file: SourceFile | str, of: Work | None = None) -> Source:
    """The source, where loading it reports nothing."""
    checked = load_source(file_of(file) if isinstance(file, str) else file, of or work())
    assert checked.diagnostics == ()
    assert checked.value is not None
    return checked.value


def problems_of(file: SourceFile | str, of: Work) -> tuple[Diagnostic, ...]:
    return load_source(file_of(file) if isinstance(file, str) else file, of).diagnostics


def seed(name: str, media: str = "") -> SourceFile:
    return read_file(World(SEEDS.parent), f"seeds/{name}", media)


def texts(characters: str, media: str = "text/plain") -> list[str]:
    """What a reader finds, as printed."""
    return [printed(block.pieces) for block in READERS[media](characters)]


def outline_of(characters: str, media: str) -> list[str]:
    """What a reader finds, each with its kind and level: "heading 2: Title"."""
    return [described(block) for block in READERS[media](characters)]


def described(block: Block) -> str:
    level = f" {block.level}" if block.level else ""
    return f"{block.kind}{level}: {printed(block.pieces)}"


def assert_places_are_right(characters: str, blocks: tuple[Block, ...]) -> None:
    """Pieces stand in order, and each that is not indivisible is the file's own characters."""
    at = 0
    for block in blocks:
        for piece in block.pieces:
            assert at <= piece.start <= piece.end <= len(characters)
            if len(piece.text) == piece.end - piece.start:
                assert characters[piece.start : piece.end] == piece.text
            at = piece.end
