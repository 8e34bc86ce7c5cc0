"""Long text: the blocks of a body that an audience sees."""

from __future__ import annotations

from collections.abc import Sequence

from briefpack.products.evidence import Evidence
from briefpack.products.model import Prosaic
from briefpack.products.view import View
from briefpack.summaries.model import BodyBlock


def visible_body(blocks: Sequence[BodyBlock], view: View) -> tuple[BodyBlock, ...]:
    """The blocks that may be printed; a heading goes where something stood under it and nothing is left."""
    kept: list[BodyBlock] = []
    for index, block in enumerate(blocks):
        if not view.shows(block.statement):
            continue
        if block.kind == "heading":
            below = [other for other in _below(blocks, index) if other.kind != "heading"]
            if below and not any(view.shows(other.statement) for other in below):
                continue
        kept.append(block)
    return tuple(kept)


def _below(blocks: Sequence[BodyBlock], index: int) -> list[BodyBlock]:
    """What a heading heads: everything up to the next heading of its level or above."""
    below: list[BodyBlock] = []
    for block in blocks[index + 1 :]:
        if block.kind == "heading" and block.level <= blocks[index].level:
            break
        below.append(block)
    return below


def compose_body(blocks: Sequence[BodyBlock], evidence: Evidence) -> tuple[Prosaic, ...]:
    """The visible blocks, cited in order."""
    return tuple(
        Prosaic(
            block.kind, max(2, block.level) if block.kind == "heading" else block.level, evidence.cite(block.statement)
        )
        for block in visible_body(blocks, evidence.view)
    )
