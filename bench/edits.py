"""One change to a generated pack, as its author would make it. What an edit changes can be put back.

An edit takes the folder of a pack and the id of a source in it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.material import place_id
from bench.originals import Original
from bench.packs import Shape, original_of, write_source
from bench.summaries import DATED

Edit = Callable[[Path, str], None]


def summary_path(folder: Path, source: str) -> Path:
    """Where the summary of a source stands."""
    return folder / f"content/summaries/{source}.md"


def reword_statement(folder: Path, source: str) -> None:
    """Another word of the same length in a point; it still fits its lines."""
    _replace(summary_path(folder, source), r"went into sports grounds", "was put in sports grounds")


def add_citation(folder: Path, source: str) -> None:
    """The first point cites one card more, which the summary has already."""
    _replace(summary_path(folder, source), r"(?s)(points:.*?\[@card-\d+)\]", r"\1; @card-1]")


def remove_citation(folder: Path, source: str) -> None:
    """The caution cites nothing any more."""
    _replace(summary_path(folder, source), r"(and nobody else did\.) \[@card-\d+\]", r"\1")


def add_card(folder: Path, source: str) -> None:
    """A new card that quotes the title, and the caution cites it too."""
    path = summary_path(folder, source)
    title = re.search(r"title: >-\n\s+(.+)", path.read_text(encoding="utf-8"))
    assert title, "every generated summary has a title"
    _replace(path, r"(?m)^evidence:$", f"evidence:\n  titled: >-\n    {title[1]}")
    _replace(path, r"(and nobody else did\. \[@card-\d+)\]", r"\1; @titled]")


def remove_card(folder: Path, source: str) -> None:
    """The card with the date goes, and its only citation."""
    path = summary_path(folder, source)
    _replace(path, rf"  {DATED}: >-\n.*\n", "")
    _replace(path, rf" \[@{DATED}\]", "")


def add_source(shape: Shape, number: int) -> Edit:
    """A new source with its summary, before the given one in the order of the dossier."""

    def edit(folder: Path, source: str) -> None:
        original: Original = original_of(number, shape)
        write_source(folder, original, shape)
        _replace(folder / "content/pack.toml", rf'"{source}"', f'"{original.id}", "{source}"')
        _replace(folder / "content/pack.toml", r"(?m)^(\[places\.)", _place(original) + r"\1", count=1)

    return edit


def remove_source(folder: Path, source: str) -> None:
    """A source and its summary go."""
    summary_path(folder, source).unlink()
    (folder / f"seeds/{source}.md").unlink()
    _replace(folder / "content/pack.toml", rf'"{source}"(, )?', "")


def remove_brief(folder: Path, source: str) -> None:
    """The headline is for insiders now, so its brief goes; record and original stay."""
    _replace(
        summary_path(folder, source),
        r"headline: >-\n  (.+)\n",
        r"headline:\n  text: >-\n    \1\n  labels: [internal]\n",
    )


def add_brief(folder: Path, source: str) -> None:
    """The headline is for all again, so the brief comes back."""
    _replace(
        summary_path(folder, source),
        r"headline:\n  text: >-\n    (.+)\n  labels: \[internal\]\n",
        r"headline: >-\n  \1\n",
    )


@contextmanager
def edited(folder: Path, edit: Edit, source: str) -> Iterator[None]:
    """The pack with one edit; afterwards content and seeds are as before. What was built stays."""
    kept = folder.with_name(f"{folder.name}.kept")
    shutil.rmtree(kept, ignore_errors=True)
    for part in ("content", "seeds"):
        shutil.copytree(folder / part, kept / part)
    try:
        edit(folder, source)
        yield
    finally:
        for part in ("content", "seeds"):
            shutil.rmtree(folder / part)
            shutil.move(kept / part, folder / part)


def _place(original: Original) -> str:
    return f'[places.{place_id(original.place)}]\nname = "{original.place}"\n\n'


def _replace(path: Path, pattern: str, replacement: str, count: int = 1) -> None:
    before = path.read_text(encoding="utf-8")
    after = re.sub(pattern, replacement, before, count=count)
    assert after != before, f"the edit finds nothing to change in {path.name}"
    path.write_text(after, encoding="utf-8")
