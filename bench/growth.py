"""Time and memory against the number of sources: cold, nothing changed, one statement edited."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bench.builds import Build, build, cold
from bench.edits import edited, reword_statement
from bench.packs import THOUSAND
from bench.report import Aim, Part, Table
from bench.request import Request

_MOST_MEMORY = 700
_LARGE = 1_000


@dataclass(frozen=True, slots=True)
class _Point:
    sources: int
    cold: Build
    same: Build
    edit: Build

    @property
    def one(self) -> float:
        """The greatest memory of any one process of all builds."""
        return max(found.measure.one for found in (self.cold, self.same, self.edit))


def measure(request: Request) -> Part:
    """Build packs of each size; the middle source is edited."""
    points = [_measure(request, count) for count in request.sizes]
    head = (
        "sources",
        "pages",
        "cold, s",
        "ms a page",
        "CPU s",
        "same, s",
        "edit, s",
        "edit / cold",
        "sections of the edit",
        "MB, greatest process",
        "MB, all",
        "kB a page",
    )
    aims = [*_linear(points), *_memory(points)]
    for point in points:
        if point.sources == _LARGE:
            aims += _large(point)
    curves = {
        "cold, seconds": [(point.sources, point.cold.measure.seconds) for point in points],
        "one statement edited, seconds": [(point.sources, point.edit.measure.seconds) for point in points],
        "nothing changed, seconds": [(point.sources, point.same.measure.seconds) for point in points],
        "all processes, MB": [(point.sources, point.cold.measure.all) for point in points],
        "greatest process, MB": [(point.sources, point.one) for point in points],
    }
    title = f"Growth: {request.kind or 'all products'}"
    return Part(title, (Table(head, tuple(map(_row, points))),), tuple(aims), curves=curves)


def _measure(request: Request, count: int) -> _Point:
    folder = request.pack(replace(THOUSAND, sources=count))
    request.say(f"growth: {count} sources, cold")
    first = cold(folder, kind=request.kind)
    request.say(f"growth: {count} sources, nothing changed")
    same = build(folder, kind=request.kind)
    request.say(f"growth: {count} sources, one statement edited")
    with edited(folder, reword_statement, f"source-{(count + 1) // 2:05}"):
        return _Point(count, first, same, build(folder, kind=request.kind))


def _row(point: _Point) -> tuple[str, ...]:
    first = point.cold.measure
    return (
        f"{point.sources:,}",
        f"{point.cold.pages:,}",
        f"{first.seconds:.1f}",
        f"{first.seconds / point.cold.pages * 1000:.1f}",
        f"{first.cpu:.1f}",
        f"{point.same.measure.seconds:.2f}",
        f"{point.edit.measure.seconds:.2f}",
        f"{point.edit.measure.seconds / first.seconds:.0%}",
        point.edit.sections,
        f"{point.one:.0f}",
        f"{first.all:.0f}",
        f"{point.cold.bytes / point.cold.pages / 1000:.1f}",
    )


def _linear(points: list[_Point]) -> list[Aim]:
    """Seconds for each source in the largest pack against those in the smallest."""
    if len(points) < 2:
        return []
    first, last = points[0], points[-1]
    growth = last.cold.measure.seconds / last.sources / (first.cold.measure.seconds / first.sources) - 1
    what = f"seconds a source, from {first.sources:,} to {last.sources:,} sources"
    return [Aim(what, "at most 15 % more", f"{growth:+.0%}", growth <= 0.15)]


def _memory(points: list[_Point]) -> list[Aim]:
    most = max(point.one for point in points)
    what = f"memory of any one process, up to {points[-1].sources:,} sources"
    return [Aim(what, f"at most {_MOST_MEMORY} MB", f"{most:.0f} MB", most <= _MOST_MEMORY)]


def _large(point: _Point) -> list[Aim]:
    size = f"{point.sources:,} sources, {point.cold.pages:,} pages"
    same, edit = point.same.measure.seconds, point.edit.measure.seconds
    share = edit / point.cold.measure.seconds
    small = point.edit.pages == point.cold.pages and edit <= 12 and share <= 0.12
    return [
        Aim(f"nothing changed, {size}", "at most 0.5 s", f"{same:.2f} s", same <= 0.5),
        Aim(f"one statement edited, {size}", "at most 12 % of cold and 12 s", f"{share:.0%}, {edit:.1f} s", small),
    ]
