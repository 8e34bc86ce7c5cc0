"""One section of a product, printed as a fragment of HTML that can stand alone or beside others.

    render_section(section, bundle, options=RenderOptions()) -> Checked[SectionHtml | None]
    styles_of(bundle, draft=False) -> str        the CSS that all fragments of the bundle share

All element ids in a fragment come from the anchors in the data, so fragments can stand together in one document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from briefpack.diagnostics import Checked, Code, Diagnostic, Location
from briefpack.products.model import (
    Annex,
    Bibliography,
    Brief,
    Colophon,
    ComparisonSheet,
    Contents,
    Cover,
    Index,
    Overview,
    PartTitle,
    RecordSheet,
    Section,
    Timeline,
)
from briefpack.products.pages import PageName, RenderOptions, SectionHtml
from briefpack.templating.bundle import Bundle
from briefpack.templating.checking import check_templates
from briefpack.templating.environment import MissingFieldError, Sandbox
from briefpack.templating.indexing import index_lines
from briefpack.templating.printing import Printer
from briefpack.templating.problems import EXPECTED, diagnose
from briefpack.templating.reading import in_reading_order, is_in_reading_order
from briefpack.templating.styles import tokens_of
from briefpack.templating.words import Words


@dataclass(frozen=True, slots=True)
class _Kind:
    """How sections of one type are printed: template, page, and the string that titles them (else their own title)."""

    template: str
    page: PageName = "portrait"
    title: str = ""


_KINDS: dict[type, _Kind] = {
    Cover: _Kind("cover", "cover", "cover"),
    Contents: _Kind("contents", title="contents"),
    Overview: _Kind("overview"),
    Brief: _Kind("brief"),
    RecordSheet: _Kind("record"),
    ComparisonSheet: _Kind("comparison", "landscape"),
    Timeline: _Kind("timeline", title="timeline"),
    Annex: _Kind("annex"),
    Bibliography: _Kind("bibliography", title="sources"),
    Index: _Kind("index", title="index"),
    Colophon: _Kind("colophon", title="colophon"),
}

DATA: Mapping[str, type] = {kind.template: section for section, kind in _KINDS.items()}
"""By its template, the type of section that is printed; the template finds it under its own name."""

KINDS: tuple[str, ...] = tuple(kind.template for kind in _KINDS.values())
"""The kinds of section; each is printed by the template of the same name."""


def kind_of(section: Section) -> str:
    """Return the name of the template that prints a section."""
    return _KINDS[type(section)].template


def render_section(
    section: Section, bundle: Bundle, *, options: RenderOptions | None = None
) -> Checked[SectionHtml | None]:
    """Print `section` with the templates of `bundle`; the value is None where a template fails, with the reason."""
    options = options or RenderOptions()
    kind = _KINDS[type(section)]
    words = Words(section.head.language, bundle.strings)
    subject = f"{section.head.audience}/{kind.template}/{getattr(section, 'id', '') or section.anchor}"
    try:
        html = _printed(section, bundle, options, words)
        if isinstance(section, Brief) and not is_in_reading_order(html):
            html = _printed(in_reading_order(section, html), bundle, options, words)
    except EXPECTED as error:
        found = diagnose(error, bundle, subject)
        if found is None:
            raise
        return Checked(None, (found,))
    html, unresolved = _resolve_notes(html)
    title = words.text(kind.title) if kind.title else _title(section, words)
    problems = tuple(_dangling(number, kind.template, subject) for number in unresolved)
    return Checked(
        SectionHtml(kind.template, title, section.anchor, html, kind.page, section.head.language, subject), problems
    )


def _printed(section: Section, bundle: Bundle, options: RenderOptions, words: Words) -> str:
    """Run the template of a section; raises what templates raise."""
    kind = _KINDS[type(section)]
    functions = functions_of(bundle, options, words)
    template = _environment(bundle).get_template(f"{kind.template}.html", globals=functions)
    return template.render(
        {kind.template: section, "head": section.head, "options": options, "page": kind.page, "logo": bundle.logo}
    )


def as_read(brief: Brief, bundle: Bundle) -> Brief:
    """Return `brief` with its notes numbered as `bundle` prints it; itself where its template fails.

    Printing sees to that by itself; a brief that is printed again and again is given its order once.
    """
    words = Words(brief.head.language, bundle.strings)
    try:
        html = _printed(brief, bundle, RenderOptions(), words)
        return brief if is_in_reading_order(html) else in_reading_order(brief, html)
    except EXPECTED:
        return brief


def functions_of(bundle: Bundle, options: RenderOptions, words: Words) -> dict[str, Callable[..., object]]:
    """Return what templates may call, by name."""
    numbers = dict(options.numbers)
    return {
        **Printer(words, options.quotations, options.quotation_words).globals(),
        "t": lambda key, count=None, **values: _text(words, key, count, values),
        "page_number": lambda target: numbers.get(target, ""),
        "index_lines": lambda entries: index_lines(entries, numbers),
        "token": lambda name: _token(bundle, name),
    }


def function_names(bundle: Bundle) -> frozenset[str]:
    """Return the names of all that templates may call."""
    return frozenset((*functions_of(bundle, RenderOptions(), Words("en", bundle.strings)), "range"))


def check_bundle(bundle: Bundle) -> tuple[Diagnostic, ...]:
    """Return the mistakes in the templates that a pack brings itself, without printing anything."""
    return check_templates(bundle, DATA, function_names(bundle))


def name_parts(
    parts: Sequence[tuple[int, PartTitle]], bundle: Bundle, language: str
) -> tuple[tuple[int, PartTitle], ...]:
    """Give parts without a title of their own the name of their kind, in the page's language."""
    words = Words(language, bundle.strings)
    return tuple(
        (index, part if part.title else replace(part, title=words.text(f"kind-{part.kind}"))) for index, part in parts
    )


def _text(words: Words, key: str, count: int | None, values: Mapping[str, object]) -> str:
    try:
        return words.text(key, count, **values)
    except KeyError:
        raise MissingFieldError(key, "the texts", tuple(sorted(words.table))) from None


def _token(bundle: Bundle, name: str) -> str:
    tokens = tokens_of(bundle)
    if name not in tokens:
        raise MissingFieldError(name, "the tokens", tuple(sorted(tokens)))
    return tokens[name]


@lru_cache(maxsize=16)
def _compiled(bundle: _Keyed) -> Sandbox:
    return Sandbox(bundle.bundle)


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A bundle that compares by its digest, so that compiled templates are kept from one section to the next."""

    bundle: Bundle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and self.bundle.digest == other.bundle.digest

    def __hash__(self) -> int:
        return hash(self.bundle.digest)


def _environment(bundle: Bundle) -> Sandbox:
    return _compiled(_Keyed(bundle))


_NOTE = re.compile(r'<p class="note[^"]*" id="([^"]+)" data-note="(\d+)"')
_LOCATOR = re.compile(r'data-note="(\d+)"(?:(?!</p>).)*? class="locator"[^>]*>([^<]*)<', re.DOTALL)
_AGAIN = re.compile(r'<span data-again="(\d+)"></span>')
_PENDING = re.compile(r'<a href="#\{note-(\d+)\}"([^>]*)>(\d+)</a>')


def _resolve_notes(html: str) -> tuple[str, list[int]]:
    """Link the figures of repeated citations to the note of the same number, wherever in the section it was printed.

    Where such a figure stands alone beside its statement, it is followed by the passage that the note names.
    """
    if "data-again" in html:
        places = dict(_LOCATOR.findall(html))
        html = _AGAIN.sub(lambda match: places.get(match[1], ""), html)
    anchors = {int(number): anchor for anchor, number in _NOTE.findall(html)}
    missing: list[int] = []

    def link(match: re.Match[str]) -> str:
        number = int(match[1])
        if number in anchors:
            return f'<a href="#{anchors[number]}"{match[2]}>{number}</a>'
        missing.append(number)
        return match[3]

    return _PENDING.sub(link, html), missing


def _dangling(number: int, template: str, subject: str) -> Diagnostic:
    return Diagnostic(
        Code.LINK_BROKEN,
        f"the figure {number} leads to an evidence note that the template does not print",
        Location(f"templates/{template}.html"),
        hint="print the notes of every statement with the macro `proof`",
        subject=subject,
    )


def _title(section: Section, words: Words) -> str:
    """The name of a section in outline and running head."""
    if isinstance(section, Annex):
        return words.text("annex-title", short=section.reference.short)
    if isinstance(section, RecordSheet):
        return words.text("record-title", short=section.short)
    if isinstance(section, Brief | ComparisonSheet):
        return section.short
    return section.title if isinstance(section, Overview) else ""
