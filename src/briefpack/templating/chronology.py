"""The axis above the timeline: which mark stands where, so that none hides another. Lengths are points.

    axis_of(dates, width) -> Axis        the n-th date is event n

A day is a dot, months are a solid bar, a year is a hollow bar: nothing looks more exact than its source. What lies far
before or after the rest stands beyond a break, in order and without a scale. Where many dates crowd, neighbours share a
label, and bars one outline: that is less exact than the source, never more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from briefpack.pack.edtf import Edtf

Form = Literal["day", "months", "year"]
_Years = tuple[int, int]

WIDTH = 499.0
"""Of the drawing: the live width of an A4 page."""
_SLOT = 17.0
"""The width of a mark beyond a break."""
_BREAK = 14.0
_DOT = 6.6
_BAR = 7.0
_LANE = 18.5
_WIDTHS = {",": 0.3, " ": 0.2, "–": 0.48, "…": 0.98}
_DIGIT = 0.528
"""Widths of characters in the bold sans, in em. Text is placed by its left edge: else it cannot be read back."""
_SIZE = 8.5
_YEAR_SIZE = 9.0
_MOST_LANES = 5
_MOST_BEYOND = 8
_LONGEST_DOT = 10
"""Days: a longer stretch of days is drawn as a bar."""
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_LABEL_ROOM = 34.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot (`width` 0, `x` its middle) or a bar, at `y` its middle. `stem`: from a dot down to the axis."""

    form: Form
    x: float
    y: float
    width: float = 0.0
    stem: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """The numbers of events; `x` is their left edge, `y` the baseline, `room` the width they take."""

    text: str
    x: float
    y: float
    room: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick on the axis, long at the beginning of a year; `label` names the year, `label_x` is its left edge."""

    x: float
    is_long: bool
    label: str = ""
    label_x: float = 0.0


@dataclass(frozen=True, slots=True)
class Axis:
    """The drawing: `line` is the height of the axis, `start` and `end` where its scale begins and ends.

    `earlier`, `later`: whether marks stand beyond a break at that side.
    """

    height: float
    line: float
    start: float
    end: float
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    ticks: tuple[Tick, ...]
    earlier: bool = False
    later: bool = False
    width: float = WIDTH


@dataclass(slots=True)
class _Item:
    """Marks that share a label: the events' numbers, the stretch of the axis, and the middles of its dots.

    `bounds` are where the scale begins and ends: no label leaves it.
    """

    form: Form
    numbers: list[int]
    left: float
    right: float
    dots: list[float]
    bounds: tuple[float, float]

    @property
    def room(self) -> float:
        return _wide(numbered(self.numbers)) + 3

    @property
    def middle(self) -> float:
        """Of the label."""
        half = self.room / 2
        return max(min((self.left + self.right) / 2, self.bounds[1] - half), self.bounds[0] + half)

    @property
    def reach(self) -> tuple[float, float]:
        """The stretch that nothing else may enter, for marks and label."""
        half = self.room / 2
        pad = _DOT / 2 if self.form == "day" else 0.0
        return min(self.left - pad, self.middle - half), max(self.right + pad, self.middle + half)


def exactness(when: Edtf) -> Form:
    """Return "day", "months" or "year": how exactly a date is known, as its sign shows."""
    if when.start.day and when.end.day:
        return "day"
    return "months" if when.start.month else "year"


def numbered(numbers: Sequence[int]) -> str:
    """Return ascending numbers with ranges drawn together: "3, 5–8"; where that is long, the first and the last."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(str(number) for number in run) for run in runs
    )
    return said if len(said) <= 9 else f"{numbers[0]} … {numbers[-1]}"


def axis_of(dates: Sequence[Edtf], width: float = WIDTH) -> Axis:
    """Return the axis for dates in chronological order, `width` points wide."""
    first, last = _main(dates)
    start = first * _SLOT + _BREAK if first else 0.0
    end = width - ((len(dates) - last) * _SLOT + _BREAK if last < len(dates) else 0.0)
    scale = _Scale.over(dates[first:last], start + 0.5, end - 0.5, width)
    items = _items(dates[first:last], first + 1, scale)
    rows = {form: _rows([item for item in items if item.form == form]) for form in ("year", "months", "day")}
    lanes = [row for form in ("year", "months", "day") for row in rows[form]]
    line = max(len(lanes), 1) * _LANE + 3.0
    marks, labels = _drawn(lanes, line)
    for at, (index, when) in enumerate((i, d) for i, d in enumerate(dates) if not first <= i < last):
        x = (at + 0.5) * _SLOT if index < first else end + _BREAK + (index - last + 0.5) * _SLOT
        mark, label = _beyond(exactness(when), index + 1, x, line)
        marks.append(mark)
        labels.append(label)
    ticks = scale.ticks()
    return Axis(
        round(line + 19, 1),
        round(line, 1),
        start,
        end,
        tuple(marks),
        tuple(labels),
        ticks,
        first > 0,
        last < len(dates),
        width,
    )


def _main(dates: Sequence[Edtf]) -> tuple[int, int]:
    """Return the half-open range of the dates that are drawn to scale.

    A few at either end stand beyond a break where the gap before the others is as long as all the others take.
    """
    spans = [(when.start.year, when.end.year) for when in dates]
    most = min(len(dates) // 3, _MOST_BEYOND)
    first = later = 0
    counts = range(1, most + 1)
    for _ in range(2):  # what stands beyond one end may hide that the other end is far away, too
        upto = spans[: len(spans) - later]
        first = max((n for n in counts if _are_apart(upto[:n], upto[n:], upto[n:])), default=0)
        since = spans[first:]
        later = max((n for n in counts if _are_apart(since[:-n], since[-n:], since[:-n])), default=0)
    return first, len(spans) - later


def _are_apart(before: Sequence[_Years], after: Sequence[_Years], rest: Sequence[_Years]) -> bool:
    """Whether the gap between two groups is as long as `rest` takes, and three years at least."""
    if not before or not after:
        return False
    gap = min(start for start, _ in after) - max(end for _, end in before) - 1
    return gap >= max(3, max(end for _, end in rest) - min(start for start, _ in rest) + 1)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Whole years from the beginning of `first` to the end of `last`, between two places on the axis.

    `width` is that of the drawing, which no label leaves.
    """

    first: int
    last: int
    start: float
    end: float
    width: float

    @classmethod
    def over(cls, dates: Sequence[Edtf], start: float, end: float, width: float) -> _Scale:
        return cls(min(when.start.year for when in dates), max(when.end.year for when in dates), start, end, width)

    @property
    def year(self) -> float:
        """The width of a year."""
        return (self.end - self.start) / (self.last - self.first + 1)

    def at(self, point: tuple[int, int, int], *, after: bool = False) -> float:
        """The place where a day begins, or with `after` where it ends."""
        year, month, day = point
        opening = date(max(year, 1), 1, 1)
        length = (opening.replace(month=12, day=31) - opening).days + 1
        passed = (opening.replace(month=month, day=day) - opening).days + (1 if after else 0)
        return self.start + (year - self.first + passed / length) * self.year

    def ticks(self) -> tuple[Tick, ...]:
        """A long tick where each labelled stretch of years begins, and at the end; between them short ones."""
        step = next((step for step in _STEPS if step * self.year >= _LABEL_ROOM), _STEPS[-1])
        made: list[Tick] = []
        every = 1 if self.year >= 3 else step
        for year in range(-(-self.first // every) * every, self.last + 1, every):
            is_named = year % step == 0
            x = self.start + (year - self.first) * self.year
            label_x = x + (self.year / 2 if step == 1 else 0)
            wide = _wide(str(year), _YEAR_SIZE)
            fits = wide / 2 <= label_x <= self.width - wide / 2
            label = str(year) if is_named and fits else ""
            made.append(Tick(round(x, 1), is_named, label, round(label_x - wide / 2, 1)))
            if self.year >= 60:
                made += [Tick(round(x + month * self.year / 12, 1), False) for month in range(1, 12)]
        return (*made, Tick(round(self.end, 1), True))


def _items(dates: Sequence[Edtf], number: int, scale: _Scale) -> list[_Item]:
    """One item for each date that differs from all others, from left to right."""
    made: dict[tuple[Form, float, float], _Item] = {}
    for offset, when in enumerate(dates):
        form = exactness(when)
        left, right = scale.at(when.start.first), scale.at(when.end.last, after=True)
        if form == "day" and (right - left) * 366 <= _LONGEST_DOT * scale.year:
            left = right = (left + right) / 2
        elif form == "day":
            form = "months"
        if form == "months" and right - left < 2:
            left = min(max((left + right) / 2 - 1, scale.start), scale.end - 2)
            right = left + 2
        item = made.setdefault((form, left, right), _Item(form, [], left, right, [], (scale.start, scale.end)))
        item.numbers.append(number + offset)
        if form == "day":
            item.dots = [left]
    return sorted(made.values(), key=lambda item: (item.left, item.right, item.numbers))


def _rows(items: Sequence[_Item]) -> list[list[_Item]]:
    """Put items into as few rows as can be, at most `_MOST_LANES`; what finds no room joins its neighbour."""
    rows: list[list[_Item]] = []
    for item in items:
        left = item.reach[0]
        row = next((row for row in rows if row[-1].reach[1] <= left), None)
        if row is not None:
            row.append(item)
        elif len(rows) < _MOST_LANES:
            rows.append([item])
        else:
            _join(min(rows, key=lambda row: row[-1].reach[1])[-1], item)
    return [_apart(row) for row in rows]


def _join(item: _Item, other: _Item) -> None:
    item.numbers = sorted({*item.numbers, *other.numbers})
    item.left, item.right = min(item.left, other.left), max(item.right, other.right)
    item.dots = sorted({*item.dots, *other.dots})


def _apart(row: Sequence[_Item]) -> list[_Item]:
    """Join what came to overlap when an item grew."""
    kept: list[_Item] = []
    for item in row:
        if kept and kept[-1].reach[1] > item.reach[0]:
            _join(kept[-1], item)
        else:
            kept.append(item)
    return kept


def _drawn(lanes: Sequence[Sequence[_Item]], line: float) -> tuple[list[Mark], list[Label]]:
    """Draw rows from the axis upwards."""
    marks: list[Mark] = []
    labels: list[Label] = []
    for number, lane in enumerate(lanes):
        y = round(line - 6.5 - number * _LANE, 1)
        for item in lane:
            if item.form == "day":
                marks += [Mark("day", round(x, 1), y, stem=True) for x in item.dots]
            else:
                marks.append(Mark(item.form, round(item.left, 1), y, round(item.right - item.left, 1)))
            labels.append(_label(item.numbers, item.middle, y))
    return marks, labels


def _wide(text: str, size: float = _SIZE) -> float:
    """How wide a label is."""
    return sum(_WIDTHS.get(character, _DIGIT) for character in text) * size


def _label(numbers: Sequence[int], middle: float, y: float) -> Label:
    """A label above what is drawn at `y`."""
    text = numbered(numbers)
    wide = _wide(text)
    return Label(text, round(middle - wide / 2, 1), round(y - 5.6, 1), round(wide, 1))


def _beyond(form: Form, number: int, x: float, line: float) -> tuple[Mark, Label]:
    """A mark beyond a break, with its label."""
    y = round(line - 6.5, 1)
    mark = Mark("day", round(x, 1), y) if form == "day" else Mark(form, round(x - 4.5, 1), y, 9.0)
    return mark, _label([number], x, y)
