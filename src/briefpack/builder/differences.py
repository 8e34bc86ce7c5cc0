"""What differs between two states of a section's ingredients, of settings and of the toolchain, as reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from briefpack.builder.ledger import Ingredient, Sort


class Why(StrEnum):
    """Every reason to make a section or a file again."""

    NEVER_BUILT = "never built"
    CONTENT = "content changed"
    PASSAGE = "passage changed"
    TEMPLATE = "template changed"
    ASSET = "asset changed"
    ATTACHMENT = "attachment changed"
    SETTING = "setting changed"
    TOOLCHAIN = "toolchain changed"
    REMOVED = "input removed"
    ADDED = "input added"
    FIT = "fit changed"
    PAGES = "page numbers changed"
    SECTION = "section changed"
    MISSING = "output missing"
    ALTERED = "output altered"
    FORCED = "forced"
    UNTRACED = "something changed that is not recorded"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, and what: `what` of `file` (relative to the pack), at `line` where it has one (else 0)."""

    why: Why
    what: str = ""
    file: str = ""
    line: int = 0

    @property
    def place(self) -> str:
        """File and line, as an editor opens them."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        return ": ".join(part for part in (self.why.value, self.place, self.what) if part)


_LISTED = re.compile(r"(.*)\[(\d+)\]")
_WHY = {Sort.VALUE: Why.CONTENT, Sort.PASSAGE: Why.PASSAGE, Sort.SETTING: Why.SETTING, Sort.ATTACHMENT: Why.ATTACHMENT}


def changed_values(
    before: Sequence[Ingredient], after: Sequence[Ingredient], removed: Container[str]
) -> Iterator[Reason]:
    """The ingredients that differ: lists compared as wholes, so that inserting one entry changes that entry alone.

    What came from files that were `removed` is told by these.
    """
    old, new = _grouped(before), _grouped(after)
    for group in dict.fromkeys([*new, *old]):
        _, file, stem = group
        then, now = old.get(group, {}), new.get(group, {})
        if file in removed:
            yield Reason(Why.REMOVED, "", file)
            continue
        for name, line in _differences(then, now):
            what = name if not stem.startswith("passage") else name.replace("[", " ").replace("]", "")
            yield Reason(_WHY[group[0]], what, file, line)


_Group = tuple[Sort, str, str]


def _grouped(ingredients: Iterable[Ingredient]) -> dict[_Group, dict[str, Ingredient]]:
    """By sort, file and list the ingredients by name; what is in no list is a group of its own."""
    groups: dict[_Group, dict[str, Ingredient]] = {}
    for item in ingredients:
        listed = _LISTED.fullmatch(item.name)
        groups.setdefault((item.sort, item.file, listed[1] if listed else item.name), {})[item.name] = item
    return groups


def _differences(then: Mapping[str, Ingredient], now: Mapping[str, Ingredient]) -> Iterator[tuple[str, int]]:
    """Names, with what became of them, and lines: in place where a list is as long as it was, else new and gone."""
    if then.keys() == now.keys():
        yield from ((name, item.line) for name, item in now.items() if then[name].digest != item.digest)
        return
    missing = Counter(item.digest for item in then.values())
    found = False
    for name, item in now.items():
        if missing[item.digest] > 0:
            missing[item.digest] -= 1
        else:
            found = True
            yield f"{name}, which is new", item.line
    for name, item in then.items():
        if missing[item.digest] > 0:
            missing[item.digest] -= 1
            found = True
            yield f"{name}, which is gone", 0
    if not found:
        yield f"{_span(then)}, now {_span(now)}", 0


def _span(items: Mapping[str, Ingredient]) -> str:
    names = list(items)
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def changed_settings(before: Sequence[Ingredient], after: Sequence[Ingredient]) -> list[Reason]:
    """Settings have names of their own, whichever file they stand in: the one that has the last word now is named."""
    old, new = {item.name: item for item in before}, {item.name: item for item in after}
    changed = [item for name, item in new.items() if name not in old or old[name].digest != item.digest]
    gone = [item for name, item in old.items() if name not in new]
    return [Reason(Why.SETTING, item.name, item.file, item.line) for item in changed] + [
        Reason(Why.SETTING, f"{item.name}, which is gone", item.file) for item in gone
    ]


def changed_tools(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Reason]:
    """The parts of the toolchain that have another version."""
    for part in sorted({*before, *after}):
        if before.get(part) != after.get(part):
            versions = [_version(side.get(part, "absent")) for side in (before, after)]
            yield Reason(Why.TOOLCHAIN, f"{part} {' → '.join(versions)}")


_DIGEST = re.compile(r"[0-9a-f]{32,}")


def _version(text: str) -> str:
    """A version that is a digest is shortened."""
    return _DIGEST.sub(lambda match: match[0][:8], text)
