"""`briefpack audiences`: what each audience sees, and which setting says so; and how to make a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from briefpack.cli import completion
from briefpack.cli.console import Screen, counted, stdout
from briefpack.cli.loading import Opened, open_pack
from briefpack.cli.place import open_world, shown_path
from briefpack.pack.model import Audience, BriefLimits
from briefpack.products.view import View

_SETTINGS = (
    "title", "language", "templates", "sources", "include", "exclude", "flag", "products", "parts", "optional", "annex",
    "attach", "marking",
)  # fmt: skip


audiences = typer.Typer(invoke_without_command=True, rich_markup_mode="rich")


@audiences.callback()
def show(context: typer.Context) -> None:
    """Show what each audience sees, its settings, and where each setting comes from.

    For example:

      briefpack audiences
      briefpack audiences new schools --from press

    Next: change a setting in content/pack.toml; `briefpack trace` says who is shown a card;
    `briefpack templates` how it looks.
    """
    if context.invoked_subcommand is not None:
        return
    opened = open_pack(context)
    screen = stdout()
    for audience in opened.verified.pack.audiences:
        screen.line(f"{audience.id}: {audience.title}", "bold")
        _show_sight(screen, opened, View(opened.verified, audience))
        _show_settings(screen, opened, audience)
        screen.line()


@audiences.command("new")
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A short name: letters, digits, hyphens.", metavar="NAME")],
    like: Annotated[
        str,
        typer.Option(
            "--from", help="Begin with the settings and the look of this one.", autocompletion=completion.audiences
        ),
    ] = "",
    language: Annotated[str, typer.Option(help="The language of its pages, such as es-SV.", metavar="TAG")] = "",
    title: Annotated[str, typer.Option(help="What its pages call it, such as “For schools”.")] = "",
) -> None:
    """Make a folder of templates for a new audience, and add it to content/pack.toml.

    It can be built at once and looks like the house style, or like the audience that it
    comes from, until you change a file. What stands in content/pack.toml stays as it is.

    For example:

      briefpack audiences new schools
      briefpack audiences new escuelas --from press --language es-SV --title "Para escuelas"

    Next: briefpack build --audience NAME --product brief.
    """
    from briefpack.cli.new_audience import make_audience  # noqa: PLC0415 - only here
    from briefpack.pack.new_audience import NewAudience  # noqa: PLC0415

    world, screen = open_world(context), stdout()
    for path in make_audience(world, NewAudience(name, title or f"For {name}", language, like)):
        what = "added to the end" if path.endswith("pack.toml") else "made"
        screen.line(f"{shown_path(world.root, path)}: {what}")
    screen.line(f"Next: briefpack build --audience {name} --product brief")


def _show_sight(screen: Screen, opened: Opened, view: View) -> None:
    content = opened.verified.content
    sources = [summary.id for summary in view.summaries()]
    hidden = [summary.id for summary in content.summaries if summary.id not in sources]
    _pair(screen, "sees", _named(sources, "source") + (f"; not {', '.join(hidden)}" if hidden else ""))
    statements = [s for summary in content.summaries for s in summary.statements()]
    statements += [s for sheet in content.comparisons for s in sheet.statements()]
    statements += content.overview.statements() if content.overview else ()
    shown = [statement for statement in statements if view.shows(statement)]
    _pair(screen, "", f"{len(shown):,} of {counted(len(statements), 'statement')}")
    for label, access in (opened.verified.pack.labels or {}).items():
        verb = "sees" if view.sees((label,)) else "does not see"
        carrying = [s for s in statements if label in s.labels]
        _pair(screen, "", f"{verb} `{label}` ({access}; {counted(len(carrying), 'statement')} of its own)")


def _named(names: Sequence[str], what: str) -> str:
    return f"{counted(len(names), what)}: {', '.join(names)}" if names else f"no {what}"


def _show_settings(screen: Screen, opened: Opened, audience: Audience) -> None:
    origins = audience.origins or {}
    for name in (*_SETTINGS, "brief"):
        value = getattr(audience, name)
        place = origins.get(name)
        origin = f"{shown_path(opened.world.root, place.file)}:{place.line}" if place else _default(name)
        _pair(screen, name, f"{_written(value)}  ({origin})")


def _default(name: str) -> str:
    return "the pack's own" if name in ("language", "brief") else "default"


def _written(value: object) -> str:
    if value is None:
        return "all"
    if isinstance(value, BriefLimits):
        forms = ", ".join(value.quotations)
        return f"{value.min_size} to {value.max_size} pt, spacing {value.min_spacing} or more, quotations {forms}"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return str(value) or "none"


def _pair(screen: Screen, name: str, value: str) -> None:
    screen.paragraph(f"{name.ljust(12)}{value}", indent=14, first=2)
