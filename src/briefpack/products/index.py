"""The index: names, abbreviations, defined terms and places, and the statements of the dossier in which they occur.

It reads what the sections print, so labels have been applied and the language is the page's. All names are looked for
in one pass over the words of each statement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from briefpack.products.alphabet import sort_key
from briefpack.products.model import (
    Actor,
    Cited,
    Definition,
    Figure,
    Head,
    Index,
    IndexEntry,
    NoteRef,
    Prosaic,
    Recommendation,
    Reference,
    Section,
)

MOST_ENTRIES = 240
FEWEST_ENTRIES = 180
"""A longer index is cut into sections, where a letter begins if one comes in good time."""

MOST_TARGETS = 300
"""What occurs more often keeps one statement of each section: it is everywhere, and its pages say no more."""

_WORD = re.compile(r"\w+")
_SHORTENED = re.compile(r"(?P<name>\S.*\S)\s+\((?P<shorts>[^()]+)\)")
_SEPARATOR = re.compile(r"\s*[;,/]\s*")
_ABBREVIATION = re.compile(r"[\w.&-]{2,16}")
_SILENT = (str, int, float, Head, Reference)


def compose_index(
    sections: Iterable[Section], places: Iterable[str], head: Head, anchor: str = "index"
) -> tuple[Index, ...]:
    """The index of `sections` in cuts, or nothing where nothing is named. `places` are names to look for besides."""
    said: list[_Said] = []
    names = _Names()
    for number, section in enumerate(sections):
        for each in _statements(section, number):
            said.append(each)
            names.take(each)
    for place in places:
        names.add(place, is_exact=True)
    entries = names.entries(said, head.language)
    cuts = _cut(entries)
    return tuple(
        Index(head, anchor + (f".cut{number}" if number > 1 else ""), tuple(cut), number, len(cuts))
        for number, cut in enumerate(cuts, start=1)
    )


def without_targets(index: Index, gone: frozenset[str]) -> Index:
    """The index without statements that the fit left out, by their anchors."""
    return replace(
        index,
        entries=tuple(
            replace(
                entry,
                targets=tuple(target for target in entry.targets if target not in gone),
                main=tuple(target for target in entry.main if target not in gone),
            )
            for entry in index.entries
        ),
    )


# What is said


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement: the number of its section, its anchor, its texts, and what it is the entry of, if anything."""

    section: int
    anchor: str
    texts: tuple[str, ...]
    heads: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    is_actor: bool = False


def _statements(value: Any, section: int) -> Iterator[_Said]:
    """Every statement inside a section or a part of one; headings are none."""
    match value:
        case Cited():
            yield _Said(section, value.anchor, (_text(value),))
        case Definition():
            yield _Said(section, value.cited.anchor, (value.term, _text(value.cited)), heads=(value.term,))
        case Actor():
            yield _Said(
                section, value.cited.anchor, (value.name, _text(value.cited)), heads=(value.name,), is_actor=True
            )
        case Figure():
            texts = (value.measure, *value.places, _text(value.cited))
            yield _Said(section, value.cited.anchor, texts, places=value.places)
        case Recommendation():
            yield _Said(section, value.cited.anchor, (value.to, _text(value.cited)))
        case Prosaic(kind="heading"):
            return
        case tuple():
            for item in value:
                yield from _statements(item, section)
        case _ if is_dataclass(value) and not isinstance(value, _SILENT):
            for each in fields(value):
                inner = getattr(value, each.name)
                if inner is not None and not isinstance(inner, _SILENT):
                    yield from _statements(inner, section)


def _text(cited: Cited) -> str:
    return "".join(" " if isinstance(part, NoteRef) else part for part in cited.prose)


# What is looked for


@dataclass(slots=True)
class _Entry:
    """A name as first printed, its abbreviations, and where it occurs."""

    term: str
    shorts: dict[str, None] = field(default_factory=dict)
    main: dict[str, None] = field(default_factory=dict)
    targets: dict[str, int] = field(default_factory=dict)
    """The section of each statement, by its anchor."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The words of a name; where `is_exact` they count only as they are written, capitals and all."""

    words: tuple[str, ...]
    folded: tuple[str, ...]
    entry: str
    is_exact: bool


@dataclass(slots=True)
class _Names:
    """All names by their words in small letters."""

    found: dict[str, _Entry] = field(default_factory=dict)
    exact: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)

    def take(self, said: _Said) -> None:
        """Take up what a statement is the entry of, and the places of a figure."""
        for head in said.heads:
            entry = self.add(head)
            if entry is not None:
                entry.main[said.anchor] = None
                if said.is_actor:
                    self.actors.add(_folded(_parted(head)[0]))
        for place in said.places:
            self.add(place, is_exact=True)

    def add(self, written: str, *, is_exact: bool = False) -> _Entry | None:
        name, shorts = _parted(written)
        key = _folded(name)
        if not key:
            return None
        if is_exact:
            self.exact.add(key)
        entry = self.found.setdefault(key, _Entry(name))
        entry.shorts |= dict.fromkeys(shorts)
        return entry

    def entries(self, said: Sequence[_Said], language: str) -> list[IndexEntry]:
        """Find every name, and return those that occur, abbreviations among them, in alphabetical order."""
        owners = self._owners()
        self._merge(owners)
        self._find(said, owners)
        self._drop_descriptions()
        made = [
            IndexEntry(_capital(entry.term), _initial(entry.term, language), tuple(entry.shorts), *_targets(entry))
            for entry in self.found.values()
            if entry.targets
        ]
        for short, keys in owners.items():
            full = [_capital(self.found[key].term) for key in keys if key in self.found and self.found[key].targets]
            if full:
                made.append(IndexEntry(short, _initial(short, language), see=tuple(full)))
        return sorted(made, key=lambda entry: (sort_key(entry.term, language), entry.see))

    def _drop_descriptions(self) -> None:
        """Leave out actors that are described, not named ("officials of several institutions"), and met only there.

        Nobody looks such words up: they hold no capital but the first and occur in no statement but the actor's own.
        """
        for key in self.actors:
            entry = self.found.get(key)
            if entry and not entry.shorts and entry.targets.keys() <= entry.main.keys() and _is_description(entry.term):
                del self.found[key]

    def _owners(self) -> dict[str, list[str]]:
        """By abbreviation the names that it stands for."""
        owners: dict[str, list[str]] = defaultdict(list)
        for key, entry in self.found.items():
            for short in entry.shorts:
                owners[short].append(key)
        return dict(owners)

    def _merge(self, owners: Mapping[str, Sequence[str]]) -> None:
        """Let a name that is the abbreviation of just one other be that one."""
        for short, keys in owners.items():
            key = _folded(short)
            if len(keys) == 1 and key in self.found and key != keys[0]:
                alias = self.found.pop(key)
                self.found[keys[0]].main |= alias.main

    def _find(self, said: Sequence[_Said], owners: Mapping[str, Sequence[str]]) -> None:
        patterns = self._patterns(owners)
        for each in said:
            for text in each.texts:
                words = _WORD.findall(text)
                folded = [word.casefold() for word in words]
                if patterns.keys().isdisjoint(folded):
                    continue
                for key in _occurring(words, folded, patterns):
                    self.found[key].targets.setdefault(each.anchor, each.section)

    def _patterns(self, owners: Mapping[str, Sequence[str]]) -> dict[str, list[_Pattern]]:
        """What to look for, by its first word, the longest first; an abbreviation of several names is none's."""
        patterns: dict[str, list[_Pattern]] = defaultdict(list)
        wanted = [(entry.term, key, key in self.exact) for key, entry in self.found.items()]
        wanted += [(short, keys[0], True) for short, keys in owners.items() if len(keys) == 1]
        for text, key, is_exact in wanted:
            words = tuple(_WORD.findall(text))
            folded = tuple(word.casefold() for word in words)
            is_name = is_exact or any(word[0].isupper() for word in words[1:])
            patterns[folded[0]].append(_Pattern(words, folded, key, is_name))
        for listed in patterns.values():
            listed.sort(key=lambda pattern: (-len(pattern.words), pattern.words))
        return dict(patterns)


def _occurring(
    words: Sequence[str], folded: Sequence[str], patterns: Mapping[str, Sequence[_Pattern]]
) -> Iterator[str]:
    """Yield the names in a text, the longest at each place, none inside another."""
    position = 0
    while position < len(words):
        length = 1
        for pattern in patterns.get(folded[position], ()):
            end = position + len(pattern.words)
            here = tuple((words if pattern.is_exact else folded)[position:end])
            if here == (pattern.words if pattern.is_exact else pattern.folded):
                yield pattern.entry
                length = len(pattern.words)
                break
        position += length


def _targets(entry: _Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The statements in which a name occurs, and among them its own."""
    anchors = entry.targets
    if len(anchors) > MOST_TARGETS:
        firsts = {section: anchor for anchor, section in reversed(anchors.items())}
        anchors = {firsts[section]: section for section in sorted(firsts)}
    main = [anchor for anchor in entry.main if anchor in entry.targets]
    return tuple(dict.fromkeys([*anchors, *main])), tuple(main)


def _parted(written: str) -> tuple[str, tuple[str, ...]]:
    """Return a name without the abbreviations that stand behind it in brackets, and these."""
    match = _SHORTENED.fullmatch(" ".join(written.split()))
    if not match:
        return " ".join(written.split()), ()
    shorts = tuple(_SEPARATOR.split(match["shorts"].strip()))
    is_short = all(
        _ABBREVIATION.fullmatch(short) and sum(letter.isupper() for letter in short) > 1 and _WORD.search(short)
        for short in shorts
    )
    return (match["name"], shorts) if is_short else (match[0], ())


def _is_description(term: str) -> bool:
    """Whether several words, all in small letters but the first; scripts without capitals do not tell."""
    words = _WORD.findall(term)
    return len(words) > 1 and all(word[0].islower() for word in words[1:])


def _folded(name: str) -> str:
    return " ".join(_WORD.findall(name)).casefold()


def _capital(term: str) -> str:
    return term[:1].upper() + term[1:]


def _initial(term: str, language: str) -> str:
    """The letter under which a term stands."""
    words = sort_key(term, language)[0]
    if not words or not words[0][0]:
        return "0–9" if words else "…"
    spelt = words[0][2]
    return "Ñ" if spelt.startswith("n\U0010ffff") else spelt[:1].upper()


def _cut(entries: Sequence[IndexEntry]) -> list[list[IndexEntry]]:
    cuts: list[list[IndexEntry]] = [[]] if entries else []
    for entry in entries:
        current = cuts[-1]
        begins = bool(current) and current[-1].initial != entry.initial
        if len(current) >= MOST_ENTRIES or (begins and len(current) >= FEWEST_ENTRIES):
            cuts.append([])
        cuts[-1].append(entry)
    return cuts
