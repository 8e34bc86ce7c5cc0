"""`briefpack add`: a document becomes a source."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefpack.cli.console import Screen, counted, stdout
from briefpack.cli.loading import misuse
from briefpack.cli.place import open_world, shown_path
from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location
from briefpack.pack.load import load_pack
from briefpack.pack.model import Text, Work
from briefpack.pack.yaml_reader import NAME
from briefpack.sources.load import load_source, read_file
from briefpack.sources.model import Passage
from briefpack.sources.skeleton import proposed_title, skeleton, source_id
from briefpack.summaries.load import SUMMARIES
from briefpack.world import World, digest, write_atomically

_SHOWN = 12


def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A document: .txt, .md, .html …", metavar="FILE")],
    id: Annotated[str, typer.Option("--id", help="The source's id; else its file's name.", metavar="ID")] = "",
    language: Annotated[str, typer.Option(help="Its language; else the pack's.", metavar="TAG")] = "",
    all: Annotated[bool, typer.Option("--all", help="Print all passages, not only the first.")] = False,
) -> None:
    """Take in a document: a copy in seeds/, its passages numbered, a summary to fill in.

    Nothing that is there is overwritten. The new summary says what goes where.

    For example:

      briefpack add ~/Downloads/annual-report.html --id annual-report

    Next: briefpack quote ID WORDS prints the passages you rely on as cards to paste;
    briefpack check says what is still to be filled in.
    """
    world = open_world(context)
    content = _read_original(file)
    passages = _passages_of(file)
    name = id or source_id(file.name)
    if not NAME.fullmatch(name):
        raise misuse(Code.NAME_INVALID, f"{name!r} is no id", "give one with --id: letters, digits and `-`")
    screen = stdout()
    seed = _put_seed(screen, world, file, content)
    _put_summary(screen, world, name, seed, language or _pack_language(world), passages, file)
    _show_passages(screen, passages, len(passages) if all else _SHOWN)
    summary = shown_path(world.root, f"{SUMMARIES}/{name}.md")
    screen.paragraph(f"Next: briefpack quote {name} SOME WORDS   prints a card to paste into {summary}", indent=6)


def _read_original(file: Path) -> bytes:
    if file.name.startswith("."):
        raise misuse(Code.NAME_INVALID, f"{file.name!r} is a hidden file", "rename it without the dot", str(file))
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise misuse(Code.FILE_MISSING, f"no file {str(file)!r}", "check the path", str(file)) from None
    except IsADirectoryError:
        hint = "add its files one by one"
        raise misuse(Code.FILE_UNREADABLE, f"{str(file)!r} is a folder", hint, str(file)) from None
    except PermissionError:
        hint = "check its permissions"
        raise misuse(Code.FILE_UNREADABLE, f"{str(file)!r} cannot be read", hint, str(file)) from None


def _passages_of(file: Path) -> tuple[Passage, ...]:
    """Read the document where it lies, before anything is copied; raise `BriefpackError` where no reader knows it."""
    real = file.resolve()
    try:
        read = read_file(World(real.parent), real.name)
    except BriefpackError as error:
        raise BriefpackError(*error.diagnostics, exit_code=2) from None
    place = Location(str(file))
    source = load_source(read, Work("new", Text(file.name, place), "en", place)).value
    return source.passages if source else ()


def _put_seed(screen: Screen, world: World, file: Path, content: bytes) -> str:
    """Copy the document into `seeds/` and return its name there; the same content is never there twice."""
    target = world.resolve(f"seeds/{file.name}")
    shown = shown_path(world.root, f"seeds/{file.name}")
    if target.exists():
        if digest(target.read_bytes()) == digest(content):
            screen.paragraph(f"{shown} is there already, with the same content.")
            return file.name
        hint = "rename the new file and add it again, or replace the old one by hand if it is a later version"
        raise misuse(Code.FILE_UNREADABLE, f"{shown} is there already, with other content", hint, shown)
    for path in world.listing("seeds"):
        if world.size(path) == len(content) and digest(world.read(path)) == digest(content):
            screen.paragraph(f"{shown_path(world.root, path)} has the same content; it is not copied again.")
            return path.removeprefix("seeds/")
    write_atomically(target, content)
    screen.paragraph(f"{shown}: copied, {len(content):,} bytes, never to be changed.")
    return file.name


def _pack_language(world: World) -> str:
    pack = load_pack(world).value
    return pack.language if pack else "en"


def _put_summary(
    screen: Screen, world: World, name: str, seed: str, language: str, passages: tuple[Passage, ...], file: Path
) -> None:
    path = f"{SUMMARIES}/{name}.md"
    shown = shown_path(world.root, path)
    if world.exists(path):
        screen.paragraph(f"{shown} is there already and stays as it is; --id makes another.")
        return
    title = proposed_title(passages, file.stem)
    try:
        write_atomically(world.resolve(path), skeleton(name, seed, language, title).encode())
    except UnicodeEncodeError:
        problem = Diagnostic(Code.NAME_INVALID, f"the name {seed!r} is not UTF-8", Location(shown), "rename the file")
        raise BriefpackError(problem, exit_code=2) from None
    screen.paragraph(f"{shown}: written, with a note on what goes where.")


def _show_passages(screen: Screen, passages: tuple[Passage, ...], most: int) -> None:
    screen.line()
    screen.line(f"{counted(len(passages), 'passage')}:", "bold")
    for passage in passages[:most]:
        label = f"¶ {passage.number}".ljust(6)
        words = passage.text.split()
        text = " ".join(words[:24]) + (" …" if len(words) > 24 else "")
        mark = "#" * passage.level + " " if passage.level else ""
        screen.paragraph(f"{label}{mark}{text}", indent=8, first=2)
    if len(passages) > most:
        screen.line(f"  … and {len(passages) - most} more (--all prints them)")
    screen.line()
