"""`briefpack init`: a new pack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from briefpack.cli.console import counted, stdout
from briefpack.cli.loading import misuse
from briefpack.diagnostics import Code
from briefpack.shipped import shipped_pack
from briefpack.world import write_atomically

_FOLDERS = ("content/summaries", "content/comparisons", "seeds")

_PACK = """\
[pack]
title = {title}
language = "en"  # in which the summaries are written

[edition]
date = "newest-source"  # or a date: 2026-11-22

# Labels that statements, cards and summaries may carry. A restricted one is printed only for who includes it.
[labels]
internal = "restricted"

# Who it is for. `briefpack audiences` shows what each of them sees.
[audiences.readers]
title = "For readers"
"""

_BUILD_README = """\
# build/

Everything here is made by `briefpack build` and can be deleted.

- `out/<audience>/` holds what the last build made: `briefs/`, `comparisons/`, `dossier.pdf`.
- `draft/` holds what `briefpack build --draft` made; never hand it out.
"""

_GITIGNORE = "/build/*\n!/build/README.md\n"


def init(
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or does not exist yet.", metavar="DIR")],
    empty: Annotated[bool, typer.Option("--empty", help="Only the settings, no example content.")] = False,
) -> None:
    """Make a new pack: a copy of the example that comes with briefpack, or an empty one.

    The example is complete and can be built at once. The house style stays in the
    program; briefpack templates copy FILE takes a file of it into your pack.

    For example:

      briefpack init migration-brief
      briefpack init --empty our-pack

    Next: cd into it and run briefpack check.
    """
    _refuse_full(folder)
    files = dict(_minimal(folder) if empty else _example())
    for path, content in sorted(files.items()):
        write_atomically(folder / path, content)
    for name in _FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    screen = stdout()
    screen.paragraph(f"{folder}: a new pack, {counted(len(files), 'file')}.")
    command = "add FILE" if empty else "check"
    screen.paragraph(f"Next: cd {folder} && briefpack {command}", indent=6)


def _refuse_full(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise misuse(Code.FILE_UNREADABLE, f"{str(folder)!r} is a file", "name a folder", str(folder))
    if folder.is_dir() and any(folder.iterdir()):
        hint = "name an empty folder, or one that does not exist yet"
        raise misuse(Code.OUTPUT_UNWRITABLE, f"{str(folder)!r} is not empty", hint, str(folder))


def _example() -> Iterator[tuple[str, bytes]]:
    """The shipped pack without the house style, which stays in the program."""
    root = shipped_pack()
    for top in ("content", "seeds", "templates"):
        for path in sorted((root / top).rglob("*")):
            inside = path.relative_to(root)
            if path.is_file() and inside.parts[:2] != ("templates", "base") and not path.name.startswith("."):
                yield inside.as_posix(), path.read_bytes()
    yield from _surroundings()


def _minimal(folder: Path) -> Iterator[tuple[str, bytes]]:
    name = folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "Briefing pack"
    title = '"' + "".join(c for c in name if c.isprintable()).replace("\\", "\\\\").replace('"', '\\"') + '"'
    yield "content/pack.toml", _PACK.format(title=title).encode("utf-8", "replace")
    yield from _surroundings()


def _surroundings() -> Iterator[tuple[str, bytes]]:
    yield "build/README.md", _BUILD_README.encode()
    yield ".gitignore", _GITIGNORE.encode()
