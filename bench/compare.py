"""A cold dossier of about 180 pages against other ways to make a PDF of the same text, taken in turns."""

from __future__ import annotations

from collections.abc import Callable

from bench.builds import Build, cold
from bench.comparators import Comparator, comparators_of
from bench.measure import Measure, Series
from bench.packs import DOSSIER_180
from bench.report import Aim, Part, Table
from bench.request import Request
from bench.text import text_of

_AIMS = {"pandoc + typst": 0.8, "WeasyPrint alone": 0.45}
_OURS = "briefpack"


def measure(request: Request) -> Part:
    """Build cold, then each comparator, and again; the median of each."""
    folder = request.pack(request.sized(DOSSIER_180))
    request.say("compare: writing the text for the others")
    others, missing = comparators_of(text_of(folder), request.folder / "compared")
    builds: list[Build] = []

    def ours() -> Measure:
        builds.append(cold(folder))
        return builds[-1].measure

    ways: dict[str, Callable[[], Measure]] = {_OURS: ours} | {other.name: _checked(other) for other in others}
    for other in others:
        request.say(f"compare: warming up {other.name}")
        ways[other.name]()
    runs: dict[str, list[Measure]] = {name: [] for name in ways}
    for turn in range(request.repeats):
        for name, perform in ways.items():
            request.say(f"compare: {name}, {turn + 1} of {request.repeats}")
            runs[name].append(perform())
    series = {name: Series(tuple(found)) for name, found in runs.items()}
    pages = {_OURS: builds[-1].pages} | {other.name: other.pages() for other in others}
    return Part(
        f"A cold dossier of {pages[_OURS]} pages, and the same text made otherwise",
        (_table(series, pages),),
        _aims(series, pages),
        tuple(missing),
        tuple(other.version for other in others),
    )


def _checked(other: Comparator) -> Callable[[], Measure]:
    def perform() -> Measure:
        other.target.unlink(missing_ok=True)
        found = other.perform()
        if found.exit_code or not other.target.is_file():
            raise RuntimeError(f"{other.name} failed: {found.errors[-2000:].decode(errors='replace')}")
        return found

    return perform


def _table(series: dict[str, Series], pages: dict[str, int]) -> Table:
    head = ("way", "pages", "seconds", "spread", "CPU seconds", "ms a page", "briefpack / it", "by the page", "MB")
    rows = []
    for name, found in series.items():
        ratio = series[_OURS].seconds / found.seconds
        by_page = ratio * pages[name] / pages[_OURS]
        rows.append(
            (
                name,
                str(pages[name]),
                f"{found.seconds:.2f}",
                found.spread,
                f"{found.cpu:.2f}",
                f"{found.seconds / pages[name] * 1000:.0f}",
                "" if name == _OURS else f"{ratio:.2f}",
                "" if name == _OURS else f"{by_page:.2f}",
                f"{found.one:.0f}",
            )
        )
    return Table(head, tuple(rows))


def _aims(series: dict[str, Series], pages: dict[str, int]) -> tuple[Aim, ...]:
    aims = []
    for name, most in _AIMS.items():
        what = f"cold dossier of {pages[_OURS]} pages against {name}"
        if name in series:
            ratio = series[_OURS].seconds / series[name].seconds
            aims.append(Aim(what, f"at most {most} of its time", f"{ratio:.2f}", ratio <= most))
        else:
            aims.append(Aim(what, f"at most {most} of its time", "it is not here", None))
    return tuple(aims)
