"""Computed styles that outlive a layout.

WeasyPrint computes about a hundred properties for each distinct style of each document, and an element with an `id` has
a style of its own, as have all elements below it. Sections of one bundle use the same few dozen styles again and again,
so here a style is computed once per process: equal declarations below an equal parent share it, and an `id` only lays
the name of its anchor over the shared style.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_ANCHOR = "anchor"
_MOST = 20_000


class Kept:
    """The styles of one bundle and one kind of page, by what they are made from."""

    def __init__(self) -> None:
        self.styles: dict[Any, Any] = {}

    def room(self) -> None:
        """Forget everything where too much has been kept: inline styles make each section's styles its own."""
        if len(self.styles) > _MOST:
            self.styles.clear()


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
    from weasyprint.css import ComputedStyle, InitialStyle, StyleFor  # noqa: PLC0415

    class Anchored(ComputedStyle):  # type: ignore[misc]
        """A shared style with the name of one element's anchor."""

        def __init__(self, shared: Any, anchor: str) -> None:
            self.shared = shared
            self.specified = shared.specified
            self.parent_style = shared.parent_style
            self.cascaded = shared.cascaded
            self.is_root_element = shared.is_root_element
            self.pseudo_type = shared.pseudo_type
            self.root_style = shared.root_style
            self.base_url = shared.base_url
            self.font_config = shared.font_config
            self.initial_page_sizes = shared.initial_page_sizes
            self.cache = shared.cache
            self.anonymous_style = shared.anonymous_style
            self[_ANCHOR] = anchor

        def __missing__(self, key: str) -> Any:
            value = self[key] = self.shared[key]
            return value

        def copy(self) -> Any:
            """Return a style that may be changed."""
            copy = self.shared.copy()
            copy.update(self)
            return copy

    class KeptStyleFor(StyleFor):  # type: ignore[misc]
        """WeasyPrint's cascade with kept computed styles."""

        def __init__(self, kept: Kept, html: Any, sheets: Any, font_config: Any, target_collector: Any) -> None:
            kept.room()
            self._kept = kept.styles
            self._shared: dict[Any, Any] = {}
            super().__init__(html, sheets, False, font_config, target_collector)

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
            anchor = ""
            if _ANCHOR in cascaded and not pseudo_type and isinstance(cascaded[_ANCHOR][0], str):
                anchor = cascaded[_ANCHOR][0]
                cascaded = {name: value for name, value in cascaded.items() if name != _ANCHOR}
            is_root = element == root and pseudo_type is None
            parent_style = None if is_root else self._style_of(parent)
            values = tuple((name, _identity(value[0]), _weight(value[1])) for name, value in cascaded.items())
            key = (id(parent_style), pseudo_type, values)
            style = self._kept.get(key)
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
                self._kept[key] = style  # it holds its parent and its values, so their ids stay theirs
            if anchor:
                self._shared[element] = style
                style = Anchored(style, anchor)
                if target_collector:
                    target_collector.collect_anchor(anchor)
            self._computed_styles[element, pseudo_type] = style

        def _style_of(self, element: Any) -> Any:
            shared = self._shared.get(element)
            return self._computed_styles[element, None] if shared is None else shared

    return KeptStyleFor
