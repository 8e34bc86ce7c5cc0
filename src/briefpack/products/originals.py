"""The files of `seeds/`: which works stand in which of them, and whether an audience may have one as it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from briefpack.products.references import FilesOf
from briefpack.products.view import View
from briefpack.sources.model import SourceFile
from briefpack.sources.normalise import normalise
from briefpack.sources.printed import printed, within
from briefpack.sources.seeds import read_seeds
from briefpack.sources.source import Source
from briefpack.sources.survey import copies
from briefpack.summaries.model import Summary
from briefpack.world import World

_TELLING = 8
"""A shorter piece of withheld text gives nothing away unless it holds a digit or an address."""
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
NUMBER = re.compile(r"\+?\d[\d\s().\-–/]{4,}\d")
_SEPARATORS = re.compile(r"[\s().+\-–/]")


@dataclass(frozen=True, slots=True)
class Originals:
    """The files of `seeds/`, and which works stand in which of them, copies included.

    `files` are those that could be read, by path; `works` maps a path to the ids of the works found in it. Where not
    `is_complete`, something could not be read, and any file may hold any work.
    """

    world: World
    files: Mapping[str, SourceFile]
    works: Mapping[str, tuple[str, ...]]
    withheld: tuple[str, ...] = ()
    is_complete: bool = True
    _holds: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    _contents: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    def content(self, path: str) -> bytes:
        """The bytes of a file, as received; read when first asked for, as not every file is attached."""
        if path not in self._contents:
            self._contents[path] = self.world.read(path)
        return self._contents[path]

    def holds_withheld(self, path: str) -> bool:
        """Whether text that is withheld from everybody stands in a file, in whatever layout."""
        if path not in self._holds:
            file = self.files.get(path)
            # What cannot be read might hold it.
            self._holds[path] = bool(self.withheld) and (file is None or _gives_away(_text(file), self.withheld))
        return self._holds[path]


def survey_originals(world: World, sources: Mapping[str, Source], *, is_complete: bool = True) -> Originals:
    """Find every file in which a work, or a copy of one, stands."""
    files = {file.path: file for file in read_seeds(world, [source.file for source in sources.values()]).value}
    works: dict[str, set[str]] = {path: set() for path in files}
    for source in sources.values():
        works.setdefault(source.work.path, set()).add(source.id)
        works.setdefault(source.file.path, set()).add(source.id)
    for copy in copies(files.values(), list(sources.values())):
        works[copy.path].add(copy.source_id)
    for path in sorted(works.keys() - world.record.reads.keys()):  # no reader knows it, yet its digest is an input
        world.read(path)
    return Originals(
        world=world,
        files=files,
        works={path: tuple(sorted(ids)) for path, ids in sorted(works.items())},
        withheld=tuple(text for id_ in sorted(sources) for text in _withheld(sources[id_])),
        is_complete=is_complete,
    )


def _text(file: SourceFile) -> str:
    """All of a file, normalised: with the marks of its format left out, and as it is."""
    return normalise(" ".join([*(printed(block.pieces) for block in file.blocks), file.characters]))


def _withheld(source: Source) -> Iterable[str]:
    """What is withheld of a source, passage by passage."""
    for hidden in source.withheld:
        for pieces in source.complete:
            if text := normalise(printed(within(pieces, hidden.start, hidden.end))).strip():
                yield text


def _gives_away(text: str, withheld: Iterable[str]) -> bool:
    squeezed = _SEPARATORS.sub("", text)
    folded = text.casefold()
    for hidden in withheld:
        is_telling = len(hidden) >= _TELLING or any(c.isdigit() or c == "@" for c in hidden)
        if is_telling and hidden.casefold() in folded:
            return True
        if any(address.casefold() in folded for address in ADDRESS.findall(hidden)):
            return True
        if any(_SEPARATORS.sub("", number) in squeezed for number in NUMBER.findall(hidden)):
            return True
    return False


def files_of(view: View, originals: Originals) -> FilesOf:
    """For each visible source the names of its files, and how it is attached."""
    names: dict[str, tuple[str, ...]] = {}
    attached: dict[str, str] = {}
    homes, standing = _homes(view), _standing(originals)
    for summary in view.summaries():
        paths = [path for path in standing[summary.id] if _may_name(path, summary, homes[path], view)]
        paths.sort(key=lambda path: (path != summary.work.path, path))
        names[summary.id] = tuple(PurePosixPath(path).name for path in paths)
        if view.audience.attach == "originals" and summary.work.attach:
            attached[summary.id] = "original" if _is_free(summary, homes, view, originals) else "extract"
    return FilesOf(names, attached)


def _homes(view: View) -> Mapping[str, Sequence[str]]:
    """By path the works, hidden ones too, that have their home in a file."""
    homes: dict[str, list[str]] = defaultdict(list)
    for summary in view.verified.content.summaries:
        homes[summary.work.path].append(summary.id)
    return homes


def _standing(originals: Originals) -> Mapping[str, Sequence[str]]:
    """By work the paths of the files in which it stands, in order."""
    standing: dict[str, list[str]] = defaultdict(list)
    for path, works in originals.works.items():
        for source_id in works:
            standing[source_id].append(path)
    return standing


def _may_name(path: str, summary: Summary, homes: Sequence[str], view: View) -> bool:
    """A file goes with its summary: a copy in the file of sources that are all hidden is not named."""
    return path == summary.work.path or not homes or any(view.shows_source(home) for home in homes)


def _is_free(summary: Summary, homes: Mapping[str, Sequence[str]], view: View, originals: Originals) -> bool:
    """Whether the file holds nothing that the audience may not have: every work in it, and every range."""
    path = summary.work.path
    if not originals.is_complete or originals.holds_withheld(path):
        return False
    for source_id in {*originals.works.get(path, ()), *homes[path]}:
        other = view.verified.summary(source_id)
        if other is None or not other.work.attach or not view.shows_source(source_id):
            return False
    return True
