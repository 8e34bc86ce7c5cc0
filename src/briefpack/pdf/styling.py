"""Computed styles that outlive a layout.

WeasyPrint computes about a hundred properties for each distinct style of each document, and an element with an `id` has
a style of its own, as have all elements below it. Sections of one bundle use the same few dozen styles again and again,
so here a style is computed once per process: equal declarations below an equal parent share it, and an `id` only lays
the name of its anchor over the shared style.
"""

from __future__ import annotations

from functools import lru_cache
from math import inf
from typing import Any
from xml.etree import ElementTree

from briefpack.pdf import quicker
from briefpack.pdf.engine import listening

_ANCHOR = "anchor"
_MOST = 20_000
_MOST_SHEETS = 24
_ATTRIBUTES = ("style", "lang", "width", "height")


class Kept:
    """The styles of one bundle and one kind of page, by what they are made from."""

    def __init__(self) -> None:
        self.styles: dict[Any, Any] = {}
        self.elements: dict[Any, tuple[Any, dict[str, Any]]] = {}
        """The style of an element and those of its pseudo-elements, by parent, matching rules and attributes."""
        self.candidates: dict[Any, list[Any]] = {}
        """Rules that may match, by sheets, name and classes."""
        self.sheets: dict[tuple[int, ...], Any] = {}
        """Style sheets that were used, so that their ids stay theirs."""

    def room(self) -> None:
        """Forget everything where too much has been kept: inline styles make each section's styles its own."""
        if len(self.styles) > _MOST or len(self.sheets) > _MOST_SHEETS:
            for memory in (self.styles, self.elements, self.candidates, self.sheets):
                memory.clear()


def _candidates(wrapper: Any, sheets: Any) -> list[Any]:
    """The rules of all sheets that an element's name and classes allow, as (sheet, rule), weakest first."""
    found = []
    for number, (sheet, _, _) in enumerate(sheets):
        matcher, rules = sheet.matcher, []
        for name in wrapper.classes:
            rules += matcher.class_selectors.get(name, ())
        rules += matcher.lower_local_name_selectors.get(wrapper.local_name.lower(), ())
        rules += matcher.namespace_selectors.get(wrapper.namespace_url, ())
        if wrapper.id is not None:
            rules += matcher.id_selectors.get(wrapper.id, ())
        if "lang" in wrapper.etree_element.attrib:
            rules += matcher.lang_attr_selectors
        rules += matcher.other_selectors
        found += [(number, rule) for rule in sorted(rules, key=lambda rule: rule[1:3])]
    return found


def _identity(value: Any) -> Any:
    """Values from style sheets are the same objects in every document; those from attributes are only equal."""
    is_text = isinstance(value, tuple) and all(isinstance(part, str) for part in value)
    return value if is_text or isinstance(value, str) else id(value)


def _weight(weight: Any) -> Any:
    """Page rules have their specificity in a list."""
    return (*weight[:2], tuple(weight[2]))


@lru_cache(maxsize=1)
def kept_style_for() -> type:
    """Return the class that stands in for WeasyPrint's `StyleFor`; made late, as WeasyPrint is imported late."""
    from weasyprint.css import (  # noqa: PLC0415
        ComputedStyle,
        InitialStyle,
        StyleFor,
        declaration_precedence,
        find_style_attributes,
        preprocess_declarations,
    )

    class Anchored(ComputedStyle):  # type: ignore[misc]
        """A shared style with the name of one element's anchor."""

        def __init__(self, shared: Any, anchor: str) -> None:
            self.__dict__.update(shared.__dict__)
            self.__dict__.pop("anonymous_style", None)
            self.shared = shared
            self.update(shared)
            self.memory = quicker.kept(shared)
            dict.__setitem__(self, _ANCHOR, anchor)

        def __missing__(self, key: str) -> Any:
            value = self.shared[key]
            dict.__setitem__(self, key, value)
            return value

        def __setitem__(self, key: str, value: Any) -> None:
            dict.__setitem__(self, key, value)
            self.memory = {}

        @property
        def anonymous_style(self) -> Any:
            """Boxes that no element made have no anchor, so they share their style too."""
            return self.shared.anonymous_style

        def copy(self) -> Any:
            """Return a style that may be changed."""
            copy = self.shared.copy()
            copy.update(self)
            return copy

    class KeptStyleFor(StyleFor):  # type: ignore[misc]
        """WeasyPrint's cascade with kept computed styles."""

        def __init__(self, kept: Kept, html: Any, sheets: Any, font_config: Any, target_collector: Any) -> None:
            kept.room()
            self._kept = kept
            self._shared: dict[Any, Any] = {}
            self._pseudo: dict[Any, dict[str, Any]] = {}
            self._cascaded_styles: dict[Any, Any] = {}
            self._computed_styles: dict[Any, Any] = {}
            self.initial_page_sizes = {"box": None, "area": None}
            self._sheets = sheets
            self.font_config = font_config
            self._root, self._base_url = html.etree_element, html.base_url
            ruling = [entry for entry in sheets if entry[0].matcher.order]
            name = tuple(id(entry[0]) for entry in ruling)
            kept.sheets.setdefault(name, ruling)
            for wrapper in html.wrapper_element.iter_subtree():
                self._style(wrapper, name, ruling, target_collector)
            self._cascaded_styles.clear()

        def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:
            """Return the computed style of an element or a pseudo-element, None where there is none."""
            if pseudo_type is not None and element in self._pseudo:
                style = self._pseudo[element].get(pseudo_type)
                if style is None:
                    return None
                self._computed_styles[element, pseudo_type] = style
            return super().__call__(element, pseudo_type)

        def _style(self, wrapper: Any, name: tuple[int, ...], ruling: Any, target_collector: Any) -> None:
            """Find the styles of an element by the rules that match it, or make and keep them."""
            element, parent = wrapper.etree_element, wrapper.parent
            attributes = element.attrib
            described = (name, element.tag, attributes.get("class"), "lang" in attributes)
            candidates = self._kept.candidates.get(described)
            if candidates is None or any(sheet.matcher.id_selectors for sheet, _, _ in ruling):
                self._kept.candidates[described] = candidates = _candidates(wrapper, ruling)
            rules = [(number, rule) for number, rule in candidates if rule[0](wrapper)]
            above = None if parent is None else self._style_of(parent.etree_element)
            inline = tuple(attributes.get(key) for key in _ATTRIBUTES)
            key = (id(above), name, tuple([(number, rule[2]) for number, rule in rules]), inline, element.tag)
            found = self._kept.elements.get(key)
            if found is None:
                found, is_silent = self._made(element, parent, rules, ruling)
                if is_silent:  # what is wrong with an attribute is said each time
                    self._kept.elements[key] = found
            style, self._pseudo[element] = found
            self._computed_styles[element, None] = style
            anchor = (element.tag == "a" and attributes.get("name")) or attributes.get("id")
            if anchor:
                self._shared[element] = style
                self._computed_styles[element, None] = Anchored(style, anchor)
                target_collector.collect_anchor(anchor)

        def _made(self, element: Any, parent: Any, rules: Any, ruling: Any) -> tuple[tuple[Any, dict[str, Any]], bool]:
            """The styles of an element and its pseudo-elements, and whether nothing was said of its attributes."""
            cascades: dict[str | None, dict[str, Any]] = {}
            bare = ElementTree.Element(element.tag, {k: v for k, v in element.attrib.items() if k in _ATTRIBUTES})
            with listening() as log:
                for specificity, _, declarations, _ in find_style_attributes(bare, False, self._base_url):
                    parsed = preprocess_declarations(self._base_url, declarations)
                    _cascade(cascades.setdefault(None, {}), parsed, "author", inf, specificity)
            for number, (_, specificity, _, pseudo_type, (declarations, layer)) in rules:
                sheet, origin, sheet_specificity = ruling[number]
                order = inf if layer is None else sheet.layers.index(layer)
                style = cascades.setdefault(pseudo_type, {})
                _cascade(style, declarations, origin, order, sheet_specificity or specificity)
            for pseudo_type, cascaded in cascades.items():
                self._cascaded_styles[element, pseudo_type] = cascaded
            above = None if parent is None else parent.etree_element
            self.set_computed_styles(element, above, self._root, None, self._base_url)
            for pseudo_type in cascades:
                if pseudo_type:
                    self.set_computed_styles(element, element, self._root, pseudo_type, self._base_url)
            pseudo = {name: self._computed_styles[element, name] for name in cascades if name}
            return (self._computed_styles[element, None], pseudo), not log.messages

        def set_computed_styles(
            self,
            element: Any,
            parent: Any,
            root: Any = None,
            pseudo_type: str | None = None,
            base_url: str | None = None,
            target_collector: Any = None,
        ) -> None:
            """Set the computed style of `element`, a kept one where there is one."""
            cascaded = self._cascaded_styles.get((element, pseudo_type), {})
            is_root = element == root and pseudo_type is None
            parent_style = None if is_root else self._style_of(parent)
            values = tuple((name, _identity(value[0]), _weight(value[1])) for name, value in cascaded.items())
            key = (id(parent_style), pseudo_type, values)
            style = self._kept.styles.get(key)
            if style is None:
                root_style = InitialStyle(self.font_config) if is_root else self._style_of(root)
                style = ComputedStyle(
                    parent_style,
                    cascaded,
                    pseudo_type,
                    root_style,
                    base_url,
                    self.font_config,
                    self.initial_page_sizes,
                )
                self._kept.styles[key] = style  # it holds its parent and its values, so their ids stay theirs
            self._computed_styles[element, pseudo_type] = style

        def _style_of(self, element: Any) -> Any:
            shared = self._shared.get(element)
            return self._computed_styles[element, None] if shared is None else shared

    def _cascade(style: dict[str, Any], declarations: Any, origin: str, layer: float, specificity: Any) -> None:
        """Lay declarations over a cascaded style, each where it weighs as much as what is there."""
        for name, values, importance in declarations:
            weight = (declaration_precedence(origin, importance), layer, specificity)
            if name not in style or style[name][1] <= weight:
                style[name] = values, weight

    return KeptStyleFor
