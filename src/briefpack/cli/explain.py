"""`briefpack explain`: what a problem means, or why a product would be made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefpack.cli import completion
from briefpack.cli.boundary import DONE, PROBLEMS
from briefpack.cli.console import STYLES, Screen, counted, stdout
from briefpack.cli.loading import misuse
from briefpack.cli.place import open_world, shown_path
from briefpack.cli.reports import VERSION, to_json
from briefpack.diagnostics import CODES, BriefpackError, Code
from briefpack.explanations import explain as explanation_of
from briefpack.pack.validation import did_you_mean
from briefpack.world import World

if TYPE_CHECKING:
    from briefpack.builder.reasons import Reason, SectionStanding, Standing

CURRENT = "up to date"
SECTION = "section changed"

MOST_ALIKE = 2
"""What is said of more sections than these is said once, with their names."""

MOST_CURRENT = 12
"""So many sections that are up to date have a line each; more are counted."""

LEAST_WIDTH = 50
"""Columns that reasons need to stand beside the names of sections."""

MOST_NAMED = 6
"""So many values of one file are named; more are counted."""


def explain(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="CODE|PRODUCT",
            help="The code in brackets, as check prints it, or a product such as press/brief/training.",
            autocompletion=completion.codes,
        ),
    ],
    json: Annotated[bool, typer.Option("--json", help="A report for programs.")] = False,
) -> None:
    """Say what a problem means and how to mend it, or why a product would be made again.

    Of a product it tells, section by section, which inputs changed since the last build.
    Nothing is made.

    For example:

      briefpack explain quote-not-found
      briefpack explain press/brief/public-works
      briefpack explain press/dossier

    Next: mend it, then briefpack check; or briefpack build.
    """
    code = CODES.get(name.strip("[]").lower())
    if code is not None:
        _show_code(stdout(), code, as_json=json)
        return
    if "/" not in name:
        raise _unknown(name, _known_products(context))
    world = open_world(context)
    standing = standing_of(world, name)
    if json:
        stdout().raw(to_json(standing_json(standing)))
    else:
        show_standing(stdout(), standing, lambda path: shown_path(world.root, path))
    raise typer.Exit(PROBLEMS if standing.blocked else DONE)


def _unknown(name: str, products: Sequence[str]) -> BriefpackError:
    named = [product for product in products if name in product.split("/")]
    hint = f"write one of {', '.join(named)}" if named else did_you_mean(name.lower(), [*sorted(CODES), *products])
    fallback = "copy the code in brackets at the end of a problem's first line, or a product as `build --json` names it"
    return misuse(Code.REFERENCE_UNKNOWN, f"no code {name!r}, and no product", hint or fallback)


def _known_products(context: typer.Context) -> list[str]:
    """The products of the last build; none outside of a pack, where codes can be explained as well."""
    from briefpack.builder.ledger import load_ledger  # noqa: PLC0415 - a code must not take the builder's time

    try:
        ledger = load_ledger(open_world(context))
    except BriefpackError:
        return []
    return sorted(ledger.products) if ledger else []


def standing_of(world: World, name: str) -> Standing:
    """Return how a product stands against the last build; raise `BriefpackError` where there is no such product."""
    from briefpack.builder.keeping import plan_ledger  # noqa: PLC0415 - Jinja and the like, which codes do not need
    from briefpack.builder.ledger import load_ledger, outputs_of  # noqa: PLC0415
    from briefpack.builder.reasons import compare  # noqa: PLC0415
    from briefpack.builder.report import BuildRequest  # noqa: PLC0415

    planned = plan_ledger(world, BuildRequest(only=(name,)))
    found = compare(load_ledger(world), planned, outputs_of(world, planned)).get(name)
    if found is None:
        raise _unknown(name, sorted(planned.products))
    return found


def _show_code(screen: Screen, code: Code, *, as_json: bool) -> None:
    if as_json:
        report = {"version": VERSION, "code": str(code), "severity": code.severity, "text": explanation_of(code)}
        screen.raw(to_json(report))
        return
    screen.line(f"{code} ({code.severity})", "bold")
    screen.line()
    for paragraph in explanation_of(code).split("\n\n"):
        if paragraph.startswith("    "):
            for line in paragraph.splitlines():
                screen.line(line)
        else:
            screen.paragraph(" ".join(paragraph.split()))
        screen.line()


def show_standing(screen: Screen, standing: Standing, shown: Callable[[str], str]) -> None:
    """Print the product, its file, and a line for each section; what many sections share is said once, first."""
    screen.line(f"{standing.name}  {shown(standing.path)}", "bold")
    if standing.blocked:
        screen.paragraph(f"stopped by {', '.join(standing.blocked)}: briefpack check says why", STYLES["error"])
        return
    screen.line(_summed_up(standing), STYLES["ok" if standing.is_current else "warning"])
    screen.line()
    rows = [*_rows(standing.sections, shown), *([("the file", said(standing.linking, shown))] * bool(standing.linking))]
    width = min(max((len(name) for name, _ in rows), default=0), 36)
    indent = width + 2 if screen.width is None or screen.width - width >= LEAST_WIDTH else 4
    for name, text in rows:
        screen.paragraph(f"{name:<{width}}  {text}", indent=indent)
    for path in standing.silent:
        screen.paragraph(f"{shown(path)}: changed, but says the same", indent=4)


def _summed_up(standing: Standing) -> str:
    stale = sum(bool(section.reasons) for section in standing.sections)
    if standing.is_current:
        return CURRENT
    if not stale:
        return "to be joined again; every section is up to date"
    return f"to be made again: {stale:,} of {counted(len(standing.sections), 'section')}"


def _rows(sections: Sequence[SectionStanding], shown: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Names and what is said of them: what holds for all sections first, then section by section or in groups."""
    first = sections[0].reasons if len(sections) > 1 else ()
    everywhere = [reason for reason in first if all(reason in section.reasons for section in sections)]
    if everywhere:
        yield f"all {len(sections):,} sections", said(everywhere, shown)
    groups: dict[str, list[SectionStanding]] = {}
    texts = [said([r for r in section.reasons if r not in everywhere], shown) for section in sections]
    for section, text in zip(sections, texts, strict=True):
        groups.setdefault(text, []).append(section)
    for section, text in zip(sections, texts, strict=True):
        alike = groups[text]
        if everywhere and not text:
            continue
        if len(alike) <= (MOST_ALIKE if text else MOST_CURRENT):
            yield section.name, text or CURRENT
        elif section is alike[0]:
            names = f" ({_listed([other.name for other in alike])})"
            yield counted(len(alike), "section"), text + names if text else CURRENT


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {rest:,} more" if rest > 0 else "")


def said(reasons: Iterable[Reason], shown: Callable[[str], str]) -> str:
    """Return reasons as one text; those of one kind and file stand together."""
    groups: dict[tuple[str, str], list[Reason]] = {}
    for reason in reasons:
        groups.setdefault((reason.why.value, reason.file), []).append(reason)
    return "; ".join(_said(why, shown(file) if file else "", members) for (why, file), members in groups.items())


def _said(why: str, file: str, members: Sequence[Reason]) -> str:
    if len(members) == 1:
        place = f"{file}:{members[0].line}" if members[0].line else file
        return ": ".join(part for part in (why, place, members[0].what) if part)
    if why == SECTION:
        return f"{why}: {len(members):,} of them"
    named = [f"{member.what} (line {member.line})" if member.line else member.what for member in members]
    return ": ".join(part for part in (why, file, _listed(named)) if part)


def standing_json(standing: Standing) -> dict[str, Any]:
    """The report for programs."""
    return {
        "version": VERSION,
        "product": standing.name,
        "path": standing.path,
        "state": "stopped" if standing.blocked else "current" if standing.is_current else "stale",
        "sections": [
            {
                "name": section.name,
                "kind": section.kind,
                "anchor": section.anchor,
                "reasons": [_reason_json(reason) for reason in section.reasons],
            }
            for section in standing.sections
        ],
        "file": [_reason_json(reason) for reason in standing.linking],
        "same": list(standing.silent),
        "blocked": list(standing.blocked),
    }


def _reason_json(reason: Reason) -> dict[str, Any]:
    return {
        "reason": reason.why.name.lower().replace("_", "-"),
        "what": reason.what,
        "file": reason.file,
        "line": reason.line,
        "text": str(reason),
    }
