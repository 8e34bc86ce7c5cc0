"""Pages are drawn in the order in which they are read.

    install()

WeasyPrint paints by the levels of CSS 2.1, appendix E: what floats before the lines around it, what is positioned after
them. Programs that read what pages draw (text search, copying, reflow) then read rows before their headings. On our
pages nothing lies over anything else, so painting needs no levels but the lowest: all backgrounds and borders of blocks
come first, and then each box that floats, is positioned, transparent, clipped or turned is drawn where it stands in the
document. Where a style gives a `z-index`, the levels of CSS are kept.

Functions of `weasyprint.stacking` and `weasyprint.draw` are replaced, for the versions that `quicker` was tested with;
others draw the same pages in their own order.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from briefpack.pdf import quicker


def install() -> bool:
    """Let pages be drawn in their order of reading; return whether they are, for tested versions only."""
    if version("weasyprint") not in quicker.TESTED:
        return False
    from weasyprint import draw, stacking  # noqa: PLC0415 - WeasyPrint is imported late, see `engine`

    if stacking._dispatch_children.__module__ != __name__:
        _stay_in_place(stacking)
        _draw_in_place(draw, stacking)
    return True


def _stay_in_place(stacking: Any) -> None:
    """What floats, is positioned or set apart in another way stays where it stands, as a context of its own.

    Among lines that is their place in the line or block. Among blocks it is their place in the order of blocks; cells
    and rows are drawn from the boxes of their table, which holds none but these.
    """
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415

    asked = stacking._dispatch
    context_of = stacking.StackingContext.from_box
    lines = (boxes.LineBox, boxes.InlineBox)

    def is_set_apart(style: Any) -> bool:
        return bool(style["opacity"] < 1 or style["transform"] or style["overflow"] != "visible")

    def dispatch_children(
        box: Any, page: Any, contexts: list[Any], blocks: list[Any], floats: list[Any], inside: dict[Any, Any]
    ) -> Any:
        if not isinstance(box, boxes.ParentBox):
            return box
        is_among_lines = isinstance(box, lines) or any(isinstance(child, boxes.LineBox) for child in box.children)
        kept = []
        for given in box.children:
            child = getattr(given, "_box", given)  # what is placed absolutely stands behind a placeholder
            style = child.style
            is_whole = is_set_apart(style)
            if style["z_index"] == "auto" and (is_whole or style["position"] != "static" or child.is_floated()):
                context = context_of(child, page, None if is_whole else contexts)
                if is_among_lines:
                    kept.append(context)
                else:
                    inside[context] = {}
            elif (found := asked(child, page, contexts, blocks, floats, inside)) is not None:
                kept.append(found)
        return box.copy_with_children(kept)

    dispatch_children.__module__ = __name__
    stacking._dispatch_children = dispatch_children


def _draw_in_place(draw: Any, stacking: Any) -> None:
    """Contexts that stand in lines and between blocks are drawn when their turn comes."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415

    asked = draw.draw_inline_level
    context = stacking.StackingContext

    def draw_inline_level(stream: Any, page: Any, box: Any, *more: Any, **named: Any) -> None:
        if isinstance(box, context):
            draw.draw_stacking_context(stream, box)
        else:
            asked(stream, page, box, *more, **named)

    def draw_block_level(page: Any, stream: Any, blocks: dict[Any, Any]) -> None:
        for block, inside in blocks.items():
            if isinstance(block, context):
                draw.draw_stacking_context(stream, block)
            elif isinstance(block, boxes.ReplacedBox):
                with stream.marked(block, "Figure"):
                    draw.draw_replacedbox(stream, block)
            else:
                if any(isinstance(child, boxes.LineBox) for child in block.children):
                    for child in block.children:
                        draw_inline_level(stream, page, child)
                draw_block_level(page, stream, inside)

    quicker.replace(asked, draw_inline_level)
    quicker.replace(draw.draw_block_level, draw_block_level)
