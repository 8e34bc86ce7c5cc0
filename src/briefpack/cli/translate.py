"""`briefpack translate`: what is missing or stale in a language, and the places to write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from briefpack.cli import completion
from briefpack.cli.boundary import PROBLEMS
from briefpack.cli.console import STYLES, Screen, stderr, stdout
from briefpack.cli.diagnostics import show_diagnostics
from briefpack.cli.excerpt import Lines
from briefpack.cli.loading import misuse
from briefpack.cli.place import open_world, shown_path
from briefpack.diagnostics import Code, Findings
from briefpack.pack.validation import did_you_mean
from briefpack.summaries.load import load_content, originals_of, split_document
from briefpack.summaries.translating import EMPTY, bring_up_to_date, fill_in
from briefpack.summaries.translation import Translation, body_key, read_translation
from briefpack.summaries.units import Key, Original
from briefpack.world import World, write_atomically

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class _Request:
    """Which documents, into which language, and which of their texts; no `keys`: all."""

    originals: tuple[Original, ...]
    language: str
    keys: tuple[Key, ...]


def translate(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            help="The document (all, if left out), the language, and with --still-good the texts.",
            metavar="[SOURCE] LANGUAGE [KEY]...",
            autocompletion=completion.sources,
        ),
    ],
    still_good: Annotated[
        bool, typer.Option("--still-good", help="Stale texts are right as they are: bring their `of` up to date.")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Only list what is missing or stale; write nothing.")] = False,
) -> None:
    """Show what is to be translated, in the file where it is to be written.

    Writes what is missing or stale into content/summaries/SOURCE.LANGUAGE.md, the
    original as a comment above it. A text that is there is never touched.
    SOURCE may be a summary, a comparison or `overview`.

    For example:

      briefpack translate es                              everything, into Spanish
      briefpack translate public-works es
      briefpack translate public-works es --still-good points/works

    Next: write the texts, then briefpack check.
    """
    world = open_world(context)
    loaded = load_content(world).value
    if len(words) > 1 and words[0] in loaded.unusable:
        raise misuse(Code.REFERENCE_UNKNOWN, f"{words[0]!r} could not be read", "run `briefpack check` for why")
    request = _read_request(words, originals_of(loaded.content), still_good=still_good)
    screen, problems = stdout(), Findings()
    left = 0
    for original in request.originals:
        found = Findings()
        translation = _bring_on(screen, world, original, request, found, is_written=not check, still_good=still_good)
        problems.extend(found.items)
        if translation is not None:
            left += _show_left(screen, world, translation)
    _show_nameless(screen, world, request.originals)
    if problems.items:
        show_diagnostics(stderr(), problems.items, Lines(world), lambda path: shown_path(world.root, path))
        raise typer.Exit(PROBLEMS)
    if not left:
        screen.line("Nothing is missing, nothing is stale.", STYLES["ok"])


def _read_request(words: Sequence[str], originals: Sequence[Original], *, still_good: bool) -> _Request:
    by_name = {original.path.removeprefix("content/").removesuffix(".md"): original for original in originals}
    by_name |= {name.rpartition("/")[2]: original for name, original in reversed(by_name.items())}
    if len(words) == 1:
        source, language, keys = "", words[0], list[str]()
    else:
        source, language, keys = words[0], words[1], list(words[2:])
    if source and source not in by_name:
        known = sorted(by_name)
        hint = did_you_mean(source, known) or f"known: {', '.join(known)}"
        raise misuse(Code.REFERENCE_UNKNOWN, f"no document {source!r}", hint)
    if not _LANGUAGE.fullmatch(language):
        raise misuse(Code.LANGUAGE_INVALID, f"{language!r} is no language", "write a tag such as es")
    if keys and not still_good:
        raise misuse(Code.REFERENCE_UNKNOWN, "single texts are named with --still-good only", "leave them out")
    return _Request(
        (by_name[source],) if source else tuple(originals), language, tuple(tuple(key.split("/")) for key in keys)
    )


def _bring_on(
    screen: Screen,
    world: World,
    original: Original,
    request: _Request,
    problems: Findings,
    *,
    is_written: bool,
    still_good: bool,
) -> Translation | None:
    """Read a translation, write what is to be written, and return it as it stands then; None where it is unreadable."""
    path = original.translation_path(request.language)
    content = world.read(path) if world.exists(path) else b""
    found = Findings()
    translation = _read(content or EMPTY.encode(), path, original, found)
    file = (content or EMPTY.encode()).decode() if translation else ""
    changed = ""
    if translation:
        changed = _good(translation, file, request.keys) if still_good else fill_in(translation, file)
    if changed == file or not is_written:
        problems.extend(found.items)
        return translation
    write_atomically(world.place(path), changed.encode())
    screen.paragraph(f"{shown_path(world.root, path)}: {'brought up to date' if content else 'written'}")
    return _read(changed.encode(), path, original, problems)


def _read(content: bytes, path: str, original: Original, findings: Findings) -> Translation | None:
    document = split_document(content, path, original.id, findings)
    return None if document is None else read_translation(document, original, findings)


def _good(translation: Translation, file: str, keys: Sequence[Key]) -> str:
    """The file with the digests of these texts, or of all that are stale, as they are now."""
    stale = translation.stale()
    known = {*translation.entries, *(body_key(index) for index, block in enumerate(translation.blocks) if block)}
    for key in keys:
        if key not in known:
            names = ["/".join(name) for name in sorted(known)]
            hint = did_you_mean("/".join(key), names) or "`briefpack translate --check` lists the stale texts"
            raise misuse(Code.REFERENCE_UNKNOWN, f"no translated text {'/'.join(key)!r}", hint)
    return bring_up_to_date(translation, file, {key for key in stale if not keys or key in keys})


def _show_left(screen: Screen, world: World, translation: Translation) -> int:
    """List what is missing or stale; return how much that is."""
    missing, stale = translation.missing(), translation.stale()
    if missing or stale:
        path = shown_path(world.root, translation.document.path)
        counts = [f"{len(keys)} {name}" for keys, name in ((missing, "missing"), (stale, "stale")) if keys]
        screen.line(f"{path}: {', '.join(counts)}", "bold")
        for keys, name in ((missing, "missing"), (stale, "stale")):
            for key in keys:
                screen.line(f"  {name:8}{'/'.join(key)}")
    return len(missing) + len(stale)


def _show_nameless(screen: Screen, world: World, originals: Sequence[Original]) -> None:
    for original in originals:
        for statement in original.nameless:
            place = statement.location
            where = f"{shown_path(world.root, place.file)}:{place.line}"
            screen.paragraph(f"{where}: this {statement.kind} needs an `id` before it can be translated")
