"""A small plot as SVG: one panel for each unit, one line for each curve, its name at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

_WIDTH, _PANEL, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 260, 70, 190, 46, 44
_COLOURS = ("#0b5563", "#a63d1c", "#5a4a8a", "#5d6b1f", "#8a5a00")
_STYLE = (
    "text{font:12px sans-serif;fill:#222}.title{font-weight:bold;font-size:14px}.grid{stroke:#ddd}.axis{stroke:#555}"
)


@dataclass(frozen=True, slots=True)
class Curve:
    """A named line; curves of the same unit share a panel. Points are (x, y), both from 0 up."""

    name: str
    unit: str
    points: tuple[tuple[float, float], ...]


def plot(title: str, across: str, curves: Sequence[Curve]) -> str:
    """The plot as an SVG document."""
    units = list(dict.fromkeys(curve.unit for curve in curves))
    height = _TOP + len(units) * (_PANEL + _BOTTOM)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" width="{_WIDTH}">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        f'<text class="title" x="16" y="22">{escape(title)}</text>',
    ]
    for number, unit in enumerate(units):
        shown = [curve for curve in curves if curve.unit == unit]
        parts += _panel(shown, unit, across, _TOP + number * (_PANEL + _BOTTOM))
    return "\n".join([*parts, "</svg>", ""])


def ticks(greatest: float) -> list[float]:
    """Four to ten round values from 0 to at least `greatest`."""
    if greatest <= 0:
        return [0.0, 1.0]
    power = 10.0 ** floor(log10(greatest))
    step = next(power * factor for factor in (0.1, 0.2, 0.5, 1.0, 2.0) if greatest / (power * factor) <= 8)
    return [round(step * number, 6) for number in range(ceil(greatest / step - 1e-9) + 1)]


def _panel(curves: Sequence[Curve], unit: str, across: str, top: float) -> list[str]:
    xs = ticks(max(x for curve in curves for x, _ in curve.points))
    ys = ticks(max(y for curve in curves for _, y in curve.points))
    right, bottom = _WIDTH - _RIGHT, top + _PANEL - 30

    def at(x: float, y: float) -> tuple[float, float]:
        return _LEFT + x / xs[-1] * (right - _LEFT), bottom - y / ys[-1] * (bottom - top)

    parts = []
    for y in ys:
        height = at(0, y)[1]
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{right}" y1="{height:.1f}" y2="{height:.1f}"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{height + 4:.1f}" text-anchor="end">{y:,g}</text>')
    for x in xs:
        place = at(x, 0)[0]
        parts.append(f'<line class="axis" x1="{place:.1f}" x2="{place:.1f}" y1="{bottom}" y2="{bottom + 4}"/>')
        parts.append(f'<text x="{place:.1f}" y="{bottom + 18}" text-anchor="middle">{x:,g}</text>')
    parts.append(f'<line class="axis" x1="{_LEFT}" x2="{right}" y1="{bottom}" y2="{bottom}"/>')
    parts.append(f'<text x="{(_LEFT + right) / 2}" y="{bottom + 36}" text-anchor="middle">{escape(across)}</text>')
    parts.append(f'<text x="16" y="{top - 8}">{escape(unit)}</text>')
    ends: list[float] = []
    for colour, curve in zip(_COLOURS * 3, curves, strict=False):
        placed = [at(x, y) for x, y in curve.points]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in placed]
        ends.append(_free(placed[-1][1] + 4, ends))
        name = curve.name.removesuffix(f", {unit}")
        parts.append(
            f'<text x="{placed[-1][0] + 8:.1f}" y="{ends[-1]:.1f}" style="fill:{colour}">{escape(name)}</text>'
        )
    return parts


def _free(wanted: float, taken: Sequence[float]) -> float:
    """The nearest height from `wanted` upward at which no other name stands."""
    while any(abs(wanted - other) < 14 for other in taken):
        wanted -= 2
    return wanted
