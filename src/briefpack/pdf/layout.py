"""Laying a section out: one fragment of HTML to pages, without margin boxes, with styles kept from section to section.

    lay_out(html_text, styles, page, subject, furniture=False) -> Layout

Running heads and folios hang on where a section stands, so sections are laid out without their margin boxes;
`furniture` lays out with them (and with nothing else).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from html.entities import html5
from typing import Any
from xml.etree import ElementTree

from briefpack.diagnostics import Code, Diagnostic, Location
from briefpack.pdf.engine import Press, listening, press_of
from briefpack.pdf.fetcher import BASE_URL, asset_fetcher
from briefpack.pdf.styling import Kept, kept_style_for
from briefpack.products.pages import Styles

ELSEWHERE = "briefpack:"
"""The private scheme in which links to other sections are written while a section is laid out."""

_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "div", "dl", "fieldset", "figure", "hr", "main", "nav")
)
_BLOCKS |= frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "section", "table", "ul"))
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)(\w+);")


@dataclass(frozen=True, slots=True)
class Layout:
    """Laid-out pages (WeasyPrint's), the root of the HTML, named strings by page index, and what went wrong."""

    document: Any
    root: Any
    strings: tuple[Mapping[str, tuple[str, ...]], ...]
    style_for: Any
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Keeping:
    """Styles kept for each bundle, by the kind of page."""

    kept: dict[tuple[str, str, bool], Kept] = field(default_factory=dict)

    def of(self, styles: Styles, page: str, furniture: bool) -> Kept:
        if len(self.kept) > 24:
            self.kept.clear()
        return self.kept.setdefault((styles.digest, page, furniture), Kept())


_KEEPING = _Keeping()


def lay_out(
    html_text: str, styles: Styles, page: str, subject: str, *, furniture: bool = False, extra: str = ""
) -> Layout:
    """Break a complete HTML document into pages. Problems are placed at `subject`; `extra` is CSS after all other."""
    press = press_of(styles)
    fetcher = asset_fetcher(styles.assets, subject or "templates")
    with listening() as log:
        document, root, context = _render(
            html_text, press, fetcher, _KEEPING.of(styles, page, furniture), furniture, extra
        )
    noise = [message for message in log.messages if not _told_better(message, bool(fetcher.problems))]
    problems = (*press.diagnostics, *fetcher.problems, *(failed(message, subject) for message in noise))
    strings = tuple(
        {name: tuple(pages[number]) for name, pages in sorted(context.string_set.items()) if number in pages}
        for number in range(1, len(document.pages) + 1)
    )
    return Layout(document, root, strings, context.style_for, problems)


def _render(
    html_text: str, press: Press, fetcher: Any, kept: Kept, furniture: bool, extra: str
) -> tuple[Any, Any, Any]:
    """What `weasyprint.HTML.render` does, with our cascade, and keeping the context for its named strings."""
    from weasyprint import DEFAULT_OPTIONS  # noqa: PLC0415 - WeasyPrint is imported late, see `engine`
    from weasyprint.css.counters import CounterStyle  # noqa: PLC0415
    from weasyprint.css.targets import TargetCollector  # noqa: PLC0415
    from weasyprint.document import Document, Page  # noqa: PLC0415
    from weasyprint.formatting_structure.build import build_formatting_structure  # noqa: PLC0415
    from weasyprint.images import get_image_from_uri  # noqa: PLC0415
    from weasyprint.layout import LayoutContext, layout_document  # noqa: PLC0415
    from weasyprint.pdf.metadata import DocumentMetadata  # noqa: PLC0415

    html = parse(html_text, press, fetcher)
    counters, targets = CounterStyle(), TargetCollector()
    for rule in html._ua_counter_style():
        counters.update(rule)
    sheets = [(sheet, "user agent", None) for sheet in html._ua_stylesheets(False)]
    own = [*(press.sheets if furniture else press.bare_sheets)]
    if extra:
        own.append(press.module.CSS(string=extra, base_url=BASE_URL, url_fetcher=fetcher, font_config=press.fonts))
    sheets += [(sheet, "user", None) for sheet in own]
    style_for = kept_style_for()(kept, html, sheets, press.fonts, targets)
    options = dict(DEFAULT_OPTIONS)
    load = partial(get_image_from_uri, cache={}, url_fetcher=fetcher, options=options)
    context = LayoutContext(style_for, load, press.fonts, counters, targets)
    load_image = context.get_image_from_uri  # knows the context, which drawings in the HTML need
    root = build_formatting_structure(
        html.etree_element, style_for, load_image, BASE_URL, targets, counters, context.footnotes
    )
    pages = [Page(box) for box in layout_document(html, root, context)]
    return Document(pages, DocumentMetadata(), fetcher, press.fonts, {}, None), html.etree_element, context


def parse(text: str, press: Press, fetcher: Any) -> Any:
    """Return WeasyPrint's `HTML`, parsed as XML where it is well formed: the HTML parser takes ten times as long."""
    tree = _as_xml(text)
    if tree is None:
        return press.module.HTML(string=text, base_url=BASE_URL, url_fetcher=fetcher)
    import cssselect2  # noqa: PLC0415

    html = press.module.HTML.__new__(press.module.HTML)
    html.base_url, html.url_fetcher, html.media_type = BASE_URL, fetcher, "print"
    html.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
    html.etree_element = tree
    return html


def _as_xml(text: str) -> ElementTree.Element | None:
    """Return the tree that the HTML parser would make, or None where that is not certain."""

    def character(match: re.Match[str]) -> str:
        found = html5.get(f"{match[1]};")
        return "".join(f"&#{ord(each)};" for each in found) if found else match[0]

    body = text.removeprefix("<!DOCTYPE html>")
    if "<!" in body or "<?" in body or "<svg" in body:
        return None
    try:
        root = ElementTree.fromstring(_ENTITY.sub(character, body))
    except ElementTree.ParseError:
        return None
    for element in root.iter():
        if element.tag == "p" and any(child.tag in _BLOCKS for child in element.iter() if child is not element):
            return None  # the HTML parser ends a paragraph where a block begins
        if element.tag in ("table", "tr", "thead", "tbody") and (element.text or "").strip():
            return None  # and moves text out of tables
        if element.tag == "table" and any(child.tag == "tr" for child in element):
            return None  # and puts rows into bodies
    return root


def _told_better(message: str, has_fetch_problems: bool) -> bool:
    """Whether a log message repeats what a diagnostic of ours says with a place."""
    return message.startswith("No anchor #") or (has_fetch_problems and "Failed to load" in message)


def failed(message: str, subject: str) -> Diagnostic:
    """Return the diagnostic for what the layout engine said."""
    return Diagnostic(
        Code.RENDER_FAILED, f"the layout engine says: {message.rstrip('.')}", Location(subject), subject=subject
    )
