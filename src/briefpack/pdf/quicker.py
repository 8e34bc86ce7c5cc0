"""Quicker stand-ins for WeasyPrint's busiest functions, with the same results to the last byte.

    install(*more) -> bool

What a style says does not change while a section is set, and one style is shared by hundreds of boxes. So what depends
on the style alone is worked out once and kept with it. Whoever changes a style afterwards drops what was kept. The
stand-ins know the common case only and call WeasyPrint's own function for any other; they are installed for the
versions they were tested with and for no other.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

TESTED = ("70.0",)
"""Versions of WeasyPrint with which all sections were set to the same bytes with and without these stand-ins."""

_KEPT = "memory"
_FLOWS = frozenset(("static", "relative"))
_SIDES = ("top", "right", "bottom", "left")
_FROM_WIDTH = (
    *(f"{name}_{side}" for name in ("margin", "padding") for side in _SIDES),
    *("width", "min_width", "max_width"),
)
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_RADII = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_NO_RADIUS = dict.fromkeys(_RADII, (0, 0))


def install(*more: Callable[[], None]) -> bool:
    """Put the stand-ins in place, once; return whether they are, which they are for tested versions only.

    `more` install others with them: see `quicker_text`.
    """
    if version("weasyprint") not in TESTED:
        return False
    from weasyprint.css import Style  # noqa: PLC0415 - WeasyPrint is imported late, see `engine`

    if Style.__setitem__ is not _changed:
        Style.__setitem__ = _changed
        for quicken in (_flow, _page_names, _percentages, _backgrounds, _free_lines, *more):
            quicken()
    return True


def kept(style: Any) -> dict[str, Any]:
    """Return the dictionary in which to keep what follows from `style`; empty again after the style was changed."""
    found: dict[str, Any] | None = style.__dict__.get(_KEPT)
    if found is None:
        found = style.__dict__[_KEPT] = {}
    return found


def replace(original: Any, quicker: Any) -> None:
    """Put `quicker` wherever a module of WeasyPrint has imported `original`."""
    for name, module in sorted(sys.modules.items()):
        if name.partition(".")[0] == "weasyprint":
            for key, value in list(vars(module).items()):
                if value is original:
                    setattr(module, key, quicker)


def _changed(style: Any, key: str, value: Any) -> None:
    """Set a property; what was kept goes where the property was known, as nothing else can hang on it."""
    if key in style and (found := getattr(style, _KEPT, None)):
        found.clear()
    dict.__setitem__(style, key, value)


def _flow() -> None:
    """Six questions on two properties, asked a thousand times a page; nearly every box answers to the first."""
    from weasyprint.formatting_structure.boxes import Box  # noqa: PLC0415

    asked = Box.is_in_normal_flow

    def is_in_normal_flow(box: Any) -> bool:
        style = box.style
        return (style["float"] == "none" and style["position"] in _FLOWS) or bool(asked(box))

    Box.is_in_normal_flow = is_in_normal_flow


def _page_names() -> None:
    """The page that a box wants hangs on its first and its last child; the others need not be looked at."""
    from weasyprint.formatting_structure.boxes import ParentBox  # noqa: PLC0415

    def counted(children: Any) -> Any:
        for child in children:
            if child.is_in_normal_flow() or child.is_floated():
                return child
        return None

    def page_values(box: Any) -> tuple[Any, Any]:
        page = box.style["page"]
        first = counted(box.children)
        if first is None:
            return page, page
        last = counted(reversed(box.children))
        start, end = first.page_values()
        if last is not first:
            end = last.page_values()[1]
        return start or page, end or page

    ParentBox.page_values = page_values


def _percentages() -> None:
    """Lengths are the same for every box of a style: only percentages and sums with them are worked out for each."""
    from weasyprint.formatting_structure.boxes import Box, PageBox  # noqa: PLC0415
    from weasyprint.layout import percent  # noqa: PLC0415

    asked, resolve = percent.resolve_percentages, percent.resolve_one_percentage

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        memory = kept(box.style)
        plan = memory.get("lengths")
        if plan is None:
            plan = _lengths(box.style)  # may compute properties, which drops what was kept
            kept(box.style)["lengths"] = plan
        if not plan or isinstance(box, PageBox):
            asked(box, containing_block)
            return
        lengths, free_lengths, relative = plan
        own = getattr(box, "_box", box).__dict__  # not that of a placeholder
        if isinstance(containing_block, Box):
            width, height = containing_block.width, containing_block.height
        else:
            width, height = containing_block
        if height == "auto":
            own.update(free_lengths)
        elif "height" in lengths:
            own.update(lengths)
        else:
            asked(box, containing_block)
            return
        for name in relative:
            resolve(box, name, width)

    replace(asked, resolve_percentages)


def _lengths(style: Any) -> tuple[dict[str, Any], dict[str, Any], tuple[str, ...]] | tuple[()]:
    """The used lengths of all boxes of a style, the same where the height around is free, and what is relative.

    Nothing where a style needs more: collapsed borders, other box sizing, heights that hang on other heights.
    """
    if style["border_collapse"] == "collapse" or style["box_sizing"] != "content-box":
        return ()
    heights = {name: _length(style[name], name) for name in ("height", "min_height", "max_height")}
    if heights["min_height"] is None or heights["max_height"] is None:
        return ()
    found = {name: _length(style[name], name) for name in _FROM_WIDTH}
    relative = tuple(name for name, value in found.items() if value is None)
    lengths = {name: value for name, value in found.items() if value is not None}
    lengths |= {name: style[name] for name in _BORDERS} | heights
    free = {**lengths, "height": "auto" if heights["height"] is None else heights["height"]}
    if heights["height"] is None:
        del lengths["height"]
    return lengths, free, relative


def _length(value: Any, name: str) -> Any:
    """The used value of a computed length, None where it is relative."""
    if value == "auto":
        return 0 if name in ("min_width", "min_height") else value
    return value.value if getattr(value, "unit", "%") != "%" else None


def _backgrounds() -> None:
    """Most boxes have no background, no rounded corner and no image for a border, and so do all of their style."""
    from weasyprint.layout import background  # noqa: PLC0415

    asked = background.layout_box_backgrounds

    def is_plain(style: Any) -> bool:
        color = style["background_color"]
        return (
            all((0, "px") in style[radius] for radius in _RADII)
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and style["visibility"] == "visible"
            and all(kind == "none" for kind, _ in style["background_image"])
            and (style["color"] if color == "currentcolor" else color).alpha == 0
            and not style["box_shadow"]
        )

    def layout_box_backgrounds(page: Any, box: Any, load: Any, layout_children: bool = True, style: Any = None) -> None:
        if style is None and box is not page:
            plain = kept(box.style).get("plain")
            if plain is None:
                plain = is_plain(box.style)
                kept(box.style)["plain"] = plain
            if plain:
                getattr(box, "_box", box).__dict__.update(_NO_RADIUS)
                box.background = None
                if layout_children:
                    for child in box.all_children():
                        layout_box_backgrounds(page, child, load)
                return
        asked(page, box, load, layout_children, style)

    replace(asked, layout_box_backgrounds)


def _free_lines() -> None:
    """Where there is no float, a line has the width of its block, and nothing need be compared."""
    from weasyprint.formatting_structure.boxes import LineBox  # noqa: PLC0415
    from weasyprint.layout import float as floats  # noqa: PLC0415

    asked = floats.avoid_collisions

    def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
        if (
            context.excluded_shapes
            or type(box) is not LineBox
            or box.margin_left
            or box.margin_right
            or box.margin_top
            or containing_block.style["direction"] != "ltr"
        ):
            return asked(context, box, containing_block, outer)
        left = containing_block.content_box_x()
        return left, box.position_y, left + containing_block.width - left

    replace(asked, avoid_collisions)
