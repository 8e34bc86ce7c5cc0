"""Read everything under `content/` but the settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeVar

from briefpack.diagnostics import BriefpackError, Checked, Code, Findings, Location
from briefpack.pack.load import decode_utf8
from briefpack.pack.yaml_reader import NAME, read_yaml
from briefpack.summaries.comparison import build_comparison
from briefpack.summaries.document import Document
from briefpack.summaries.model import Content, OverviewText
from briefpack.summaries.overview import build_overview
from briefpack.summaries.summary import build_summary
from briefpack.summaries.translation import Translation, read_translation
from briefpack.summaries.units import Original, original_of
from briefpack.world import World, digest

SUMMARIES = "content/summaries"
COMPARISONS = "content/comparisons"
OVERVIEW = "content/overview.md"
RESERVED = (f"{SUMMARIES}/overview.md", f"{SUMMARIES}/comparisons.md")
"""Ids under which the overview and the sheets address their own statements."""

_FENCE = "---"

T = TypeVar("T")


_TRANSLATION = re.compile(r"([^.]+)\.([a-z]{2,3}(?:-[A-Za-z0-9]+)*)\.md")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The content, the ids of documents that exist but could not be read, and the translations by path.

    `translated` maps the path of every file that is a translation, readable or not, to that of its original.
    """

    content: Content
    unusable: frozenset[str]
    translations: Mapping[str, Translation] = field(default_factory=dict)
    translated: Mapping[str, str] = field(default_factory=dict)


def load_content(world: World) -> Checked[Loaded]:
    """Read all summaries, comparisons, the overview and translations; what cannot be read is reported and left out."""
    findings = Findings()
    unusable: set[str] = set()
    names: list[tuple[str, str]] = []
    summaries = _load_all(world, SUMMARIES, build_summary, findings, unusable, names)
    comparisons = _load_all(world, COMPARISONS, build_comparison, findings, unusable, names)
    overview: OverviewText | None = None
    try:
        if world.exists(OVERVIEW):
            overview = _load_one(world, OVERVIEW, build_overview, findings)
            names.extend(_translations_in(world.listing("content", ".md")))
    except BriefpackError as error:
        findings.extend(error.diagnostics)
    content = Content(summaries, comparisons, overview)
    translations = _load_translations(world, content, names, findings)
    return Checked(Loaded(content, frozenset(unusable), translations, dict(names)), tuple(findings.items))


def _load_all(
    world: World,
    folder: str,
    build: Callable[[Document, Findings], T | None],
    findings: Findings,
    unusable: set[str],
    translations: list[tuple[str, str]],
) -> tuple[T, ...]:
    found: list[T] = []
    try:
        paths = world.listing(folder, ".md")
    except BriefpackError as error:
        findings.extend(error.diagnostics)
        return ()
    set_aside = dict(_translations_in(paths))
    translations.extend(set_aside.items())
    for path in paths:
        if path in set_aside:
            continue
        value = _load_one(world, path, build, findings)
        if value is None:
            unusable.add(PurePosixPath(path).stem)
        else:
            found.append(value)
    return tuple(found)


def _translations_in(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Those files whose name is that of a translation (`public-works.es.md`), with the path of their original."""
    found = ((path, _TRANSLATION.fullmatch(PurePosixPath(path).name)) for path in paths)
    return [(path, str(PurePosixPath(path).with_name(f"{match[1]}.md"))) for path, match in found if match]


def _load_translations(
    world: World, content: Content, names: Sequence[tuple[str, str]], findings: Findings
) -> dict[str, Translation]:
    found: dict[str, Translation] = {}
    originals = {original.path: original for original in originals_of(content)}
    for path, of in names:
        if of not in originals:
            if not world.exists(of):
                findings.report(
                    Code.TRANSLATION_IGNORED,
                    f"there is no {PurePosixPath(of).name!r} of which this would be the translation",
                    Location(path),
                    hint="give it the name of its original, with the language before `.md`",
                )
            continue
        if translation := load_translation(world, originals[of], path, findings):
            found[path] = translation
    return found


def originals_of(content: Content) -> tuple[Original, ...]:
    """What there is to translate: summaries, comparisons, then the overview."""
    documents = [*content.summaries, *content.comparisons, *([content.overview] if content.overview else ())]
    return tuple(original_of(document) for document in documents)


def load_translation(world: World, original: Original, path: str, findings: Findings) -> Translation | None:
    """Read the translation that stands at `path`; None where it cannot be read."""
    document = read_document(world, path, original.id, findings)
    return None if document is None else read_translation(document, original, findings)


def _load_one(world: World, path: str, build: Callable[[Document, Findings], T | None], findings: Findings) -> T | None:
    document = load_document(world, path, findings)
    return None if document is None else build(document, findings)


def load_document(world: World, path: str, findings: Findings) -> Document | None:
    """Read a file of `content/`, whose name is its id; None where it cannot be read."""
    name = PurePosixPath(path).stem
    if not NAME.fullmatch(name):
        findings.report(
            Code.NAME_INVALID,
            f"{name!r} is no id",
            Location(path),
            hint="name the file with letters and digits of any script, joined by `-`",
        )
        return None
    if path in RESERVED:
        findings.report(
            Code.NAME_INVALID,
            f"{name!r} cannot be the id of a source: addresses of the {name} begin with it",
            Location(path),
            hint="give the file another name",
        )
        return None
    return read_document(world, path, name, findings)


def read_document(world: World, path: str, name: str, findings: Findings) -> Document | None:
    """Split the file of the document `name` into located front matter and body; None where it cannot be read."""
    try:
        content = world.read(path)
    except BriefpackError as error:
        findings.extend(error.diagnostics)
        return None
    return split_document(content, path, name, findings)


def split_document(content: bytes, path: str, name: str, findings: Findings) -> Document | None:
    """Split the bytes of a file, which stands or is to stand at `path`; None where that cannot be done."""
    try:
        raw = decode_utf8(content, path)
    except BriefpackError as error:
        findings.extend(error.diagnostics)
        return None
    if not raw.strip():
        findings.report(
            Code.FILE_EMPTY, "the file is empty", Location(path), hint="write front matter between `---` lines"
        )
        return None
    bounds = _front_matter(raw)
    if bounds is None:
        findings.report(
            Code.FRONT_MATTER_MISSING,
            "no front matter between two lines `---`",
            Location(path, 1, 1, 1, 2),
            hint="begin the file with a line `---` and end the front matter with another",
        )
        return None
    start, end, body = bounds
    node = read_yaml(_guard_unclear(raw, start, end), start, end, path, findings)
    return None if node is None else Document(name, path, digest(content), raw, node, body)


def _front_matter(raw: str) -> tuple[int, int, int] | None:
    """Where the front matter begins and ends, and where the body begins."""
    first_end = raw.find("\n")
    if first_end < 0 or raw[:first_end].rstrip() != _FENCE:
        return None
    position = first_end + 1
    while position < len(raw):
        line_end = raw.find("\n", position)
        line_end = len(raw) if line_end < 0 else line_end
        if raw[position:line_end].rstrip() == _FENCE:
            return first_end + 1, position, min(line_end + 1, len(raw))
        position = line_end + 1
    return None


def _guard_unclear(raw: str, start: int, end: int) -> str:
    """Let `source: unclear: why` stand on one line, as the format has it, though YAML wants a block there.

    The space after `unclear:` becomes a no-break space, so that all positions stay.
    """
    if "unclear: " not in raw[start:end]:
        return raw
    lines = raw[start:end].split("\n")
    for index, line in enumerate(lines):
        key, colon, value = line.partition(": ")
        if colon and value.startswith("unclear: ") and NAME.fullmatch(key.strip()):
            lines[index] = f"{key}: unclear:\u00a0{value[len('unclear: ') :]}"
    return raw[:start] + "\n".join(lines) + raw[end:]
