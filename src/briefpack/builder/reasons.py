"""Why a product would be made again: two ledgers and the files that stand, compared. Pure functions.

    compare(old, new, outputs) -> {product: Standing}

Whether a section is stale its key decides, where both are known: a file that changed and says the same changes no key.
What changed at the root is named, not what follows from it: a value whose file is as it was follows from something
else, such as a label or the name of a measure, and is named only where nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from briefpack.builder.differences import Reason, Why, changed_settings, changed_tools, changed_values
from briefpack.builder.ledger import Ledger, ProductEntry, SectionEntry, Stock, unpacked
from briefpack.pack.load import PACK_FILE

__all__ = ["LATE", "Reason", "SectionStanding", "Standing", "Why", "compare"]

LATE = ("contents", "index")
"""Kinds of section that print the page numbers of others."""

_OPTIONS = ("size", "spacing", "quotations", "quotation_words", "left_out", "folio")


@dataclass(frozen=True, slots=True)
class SectionStanding:
    """One section and why it would be made again; without reasons it is up to date."""

    name: str
    kind: str
    anchor: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """One product: its sections, why its file would be joined anew, and the inputs that changed and say the same.

    `blocked` are the codes of the problems that stop it; then there are no sections.
    """

    name: str
    path: str
    sections: tuple[SectionStanding, ...] = ()
    linking: tuple[Reason, ...] = ()
    silent: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()

    @property
    def is_current(self) -> bool:
        """Whether nothing would be done."""
        return not self.linking and not self.blocked and not any(section.reasons for section in self.sections)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All reasons, each once, in the order of the sections."""
        found = [reason for section in self.sections for reason in section.reasons]
        return tuple(dict.fromkeys([*found, *self.linking]))


def compare(
    old: Ledger | None, new: Ledger, outputs: Mapping[str, str], *, is_forced: bool = False
) -> dict[str, Standing]:
    """Return how each product of `new` stands against the last build; `outputs` are the digests of their files by name.

    A product that is not in `outputs` has no file.
    """
    old = old or Ledger()
    return {
        name: _Comparison(
            old.products.get(name),
            product,
            _stock(old, old.products.get(name)),
            _stock(new, product),
            is_forced,
            new.files,
        ).standing(outputs.get(name, ""))
        for name, product in new.products.items()
    }


def _stock(ledger: Ledger, product: ProductEntry | None) -> Stock:
    return ledger.stocks.get(product.stock, Stock()) if product else Stock()


@dataclass(slots=True)
class _Comparison:
    """One product then and now."""

    old: ProductEntry | None
    new: ProductEntry
    stock_old: Stock
    stock_new: Stock
    is_forced: bool
    files: frozenset[str]
    then: dict[str, SectionEntry] = field(init=False)
    before: Mapping[str, str] = field(init=False)
    removed: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.then = {section.anchor: section for section in self.old.sections} if self.old else {}
        self.before = self.old.inputs if self.old else {}
        self.removed = frozenset(self.before) - self.files - frozenset(self.new.inputs)

    def standing(self, output: str) -> Standing:
        if self.new.blocked:
            return Standing(self.new.name, self.new.path, blocked=self.new.blocked)
        made = {section.anchor: self.of_section(section) for section in self.new.sections}
        for section in self.new.sections:
            if section.kind in LATE and section.anchor in self.then and not self.is_forced:
                made[section.anchor] += tuple(self._page_numbers(section, made))
        sections = tuple(SectionStanding(s.name, s.kind, s.anchor, made[s.anchor]) for s in self.new.sections)
        linking = tuple(self._linking(sections, output))
        named = {reason.file for section in sections for reason in section.reasons} | {r.file for r in linking}
        silent = () if any(r.why is Why.ATTACHMENT for r in linking) else tuple(self._silent(named))
        return Standing(self.new.name, self.new.path, sections, linking, silent)

    def of_section(self, section: SectionEntry) -> tuple[Reason, ...]:
        """Why a section would be made again, its page numbers aside."""
        was = self.then.get(section.anchor)
        if was is None:
            return (Reason(Why.NEVER_BUILT),)
        if self.is_forced:
            return (Reason(Why.FORCED),)
        is_known = bool(was.key and section.key)
        if is_known and was.key == section.key:
            return ()
        same_html = bool(was.html) and was.html == section.html
        changes = [] if same_html else list(self._values(was.ingredients, section.ingredients))
        roots = [change for change in changes if not self._follows(change)]
        if changes and not roots:
            roots = self._unrooted(changes)
        if not same_html:
            roots += [*self._templates(section.kind), *self._settings("printed")]
        roots += [*self._look(), *(self._settings("fitting") if section.kind == "brief" else ())]
        if not same_html:
            roots += self._texts(section.kind, are_all=not roots)
        found = roots or self._fit(was, section)
        return tuple(dict.fromkeys(found)) or ((Reason(Why.UNTRACED),) if is_known else ())

    def _texts(self, kind: str, *, are_all: bool) -> list[Reason]:
        """Changed texts that stand in the templates of a kind; others, where nothing else says why."""
        texts = changed_settings(self.stock_old.texts, self.stock_new.texts)
        keys = {*self.stock_old.worded.get(kind, ()), *self.stock_new.worded.get(kind, ())}
        own = [text for text in texts if text.what.partition(",")[0].partition(" ")[2] in keys]
        return own or (texts if are_all else [])

    def _values(self, before: str, after: str) -> Iterator[Reason]:
        return changed_values(unpacked(before), unpacked(after), self.removed)

    def _settings(self, kind: str) -> list[Reason]:
        return changed_settings(getattr(self.stock_old, kind), getattr(self.stock_new, kind))

    def _follows(self, change: Reason) -> bool:
        """Whether a value only follows from something else, for the file it comes from is as it was."""
        if not change.file:
            return True
        before = self.before.get(change.file)
        return before is not None and before == self.new.inputs.get(change.file)

    def _unrooted(self, changes: Sequence[Reason]) -> list[Reason]:
        """What follows from something that a section does not hold itself: settings that choose, and other files."""
        own = [change for change in changes if not change.file]
        others = [Reason(Why.CONTENT, file=file) for file in self._changed_inputs() if file != PACK_FILE]
        return [*self._settings("choosing"), *own] or others or list(changes)

    def _changed_inputs(self) -> list[str]:
        return [file for file, digest in sorted(self.new.inputs.items()) if self.before.get(file, digest) != digest]

    def _fit(self, was: SectionEntry, section: SectionEntry) -> list[Reason]:
        if was.options is None or section.options is None:
            return []
        pairs = [(name, getattr(was.options, name), getattr(section.options, name)) for name in _OPTIONS]
        changed = [f"{name.replace('_', ' ')} {_shown(a)} → {_shown(b)}" for name, a, b in pairs if a != b]
        return [Reason(Why.FIT, ", ".join(changed))] if changed else []

    def _templates(self, kind: str) -> list[Reason]:
        if self._has_other_bundle():
            return []
        before, after = self.stock_old.templates.get(kind, ()), self.stock_new.templates.get(kind, ())
        return list(self._files(before, after, Why.TEMPLATE))

    def _look(self) -> list[Reason]:
        """What all sections of an audience are set with."""
        old, new = self.stock_old, self.stock_new
        tools = changed_tools(old.tool, new.tool)
        if self._has_other_bundle():
            return [*changed_settings(old.styling[:1], new.styling[:1]), *tools]
        return [
            *self._files(old.styles, new.styles, Why.TEMPLATE),
            *self._files(old.assets, new.assets, Why.ASSET),
            *self._settings("styling"),
            *tools,
        ]

    def _has_other_bundle(self) -> bool:
        """Whether the audience is set with other templates altogether; then each of their files is another."""
        return bool(changed_settings(self.stock_old.styling[:1], self.stock_new.styling[:1]))

    def _files(self, before: Sequence[str], after: Sequence[str], why: Why) -> Iterator[Reason]:
        old, new = self.stock_old, self.stock_new
        replaced = set()
        for path in after:
            if path not in old.files:
                over = _under(path, new, old)
                replaced.add(over)
                yield Reason(Why.ADDED, f"it stands over {over}" if over else "", path)
            elif old.files[path] != new.files[path]:
                yield Reason(why, "", path)
        for path in before:
            if path not in new.files and path not in replaced:
                under = _under(path, old, new)
                yield Reason(Why.REMOVED, f"{under} stands in its place" if under else "", path)

    def _page_numbers(self, late: SectionEntry, made: Mapping[str, tuple[Reason, ...]]) -> Iterator[Reason]:
        """The first page number that a late section prints otherwise, or the section on which those behind it hang."""
        before = dict(zip(self.then, _starts([section.pages for section in self.then.values()]), strict=True))
        page = 1
        for section in self.new.sections:
            first = before.get(section.anchor)
            if first is not None and first != page:
                yield Reason(Why.PAGES, f"{section.name} begins on page {page}, not {first}")
                return
            was = self.then.get(section.anchor)
            is_kept = was is not None and (not made[section.anchor] or section is late)
            pages = section.pages or (was.pages if was and is_kept else 0)
            if not pages:
                if section is not self.new.sections[-1] and not made[late.anchor]:
                    yield Reason(Why.PAGES, f"as far as {section.name} gets longer or shorter")
                return
            page += pages

    def _linking(self, sections: Sequence[SectionStanding], output: str) -> Iterator[Reason]:
        old = self.old
        if old is None or not old.digest:
            yield Reason(Why.NEVER_BUILT)
            return
        if self.is_forced:
            yield Reason(Why.FORCED)
            return
        if not output:
            yield Reason(Why.MISSING, file=self.new.path)
        elif output != old.digest:
            yield Reason(Why.ALTERED, file=self.new.path)
        yield from (Reason(Why.SECTION, section.name) for section in sections if section.reasons)
        now = [section.anchor for section in self.new.sections]
        yield from (
            Reason(Why.SECTION, f"{was.name} is gone") for anchor, was in self.then.items() if anchor not in now
        )
        yield from (Reason(Why.REMOVED, "", file) for file in sorted(self.removed))
        if [anchor for anchor in self.then if anchor in now] != [anchor for anchor in now if anchor in self.then]:
            yield Reason(Why.SECTION, "the order of the sections")
        yield from self._values(old.binding, self.new.binding)
        yield from (reason for reason in self._settings("printed") if reason.file == PACK_FILE)
        yield from changed_tools(self.stock_old.tool, self.stock_new.tool)

    def _silent(self, named: set[str]) -> Iterator[str]:
        """Inputs that changed and that no reason names."""
        if self.old is None or self.is_forced:
            return
        yield from (file for file in self._changed_inputs() if file not in named)
        used = {path for section in self.new.sections for path in self.stock_new.templates.get(section.kind, ())}
        used |= {*self.stock_new.styles, *self.stock_new.assets}
        used |= {path for path in self.stock_new.files if path.endswith(".toml")}
        for path in sorted(used - named):
            if self.stock_old.files.get(path) != self.stock_new.files[path] and not self._has_other_bundle():
                yield path


def _under(path: str, upper: Stock, lower: Stock) -> str:
    """What stands in `lower` under the name that `path` has in `upper`, nearest first; empty where nothing does."""
    for name, paths in upper.standing.items():
        if path in paths:
            return next((other for other in lower.standing.get(name, ()) if other != path), "")
    return ""


def _starts(pages: Sequence[int]) -> list[int]:
    return list(accumulate(pages, initial=1))[:-1] if pages else []


def _shown(value: object) -> str:
    return ", ".join(value) or "none" if isinstance(value, tuple) else f"{value}"
