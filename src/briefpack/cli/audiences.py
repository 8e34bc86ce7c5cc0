"""`briefpack audiences`: what each audience sees, and which setting says so."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from briefpack.cli.console import Screen, counted, stdout
from briefpack.cli.loading import Opened, open_pack
from briefpack.cli.place import shown_path
from briefpack.pack.model import Audience
from briefpack.products.view import View

_SETTINGS = (
    "title", "language", "templates", "sources", "include", "exclude", "flag", "products", "parts", "optional", "annex",
    "attach", "marking",
)  # fmt: skip


def audiences(context: typer.Context) -> None:
    """Show what each audience sees, its settings, and where each setting comes from.

    For example:

      briefpack audiences

    Next: change a setting in content/pack.toml; `briefpack trace` says who is shown a card;
    `briefpack templates` how it looks.
    """
    opened = open_pack(context)
    screen = stdout()
    for audience in opened.verified.pack.audiences:
        screen.line(f"{audience.id}: {audience.title}", "bold")
        _show_sight(screen, opened, View(opened.verified, audience))
        _show_settings(screen, opened, audience)
        screen.line()


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
    for name in _SETTINGS:
        value = getattr(audience, name)
        place = origins.get(name)
        origin = f"{shown_path(opened.world.root, place.file)}:{place.line}" if place else _default(name)
        _pair(screen, name, f"{_written(value)}  ({origin})")


def _default(name: str) -> str:
    return "the pack's own" if name == "language" else "default"


def _written(value: object) -> str:
    if value is None:
        return "all"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return str(value) or "none"


def _pair(screen: Screen, name: str, value: str) -> None:
    screen.paragraph(f"{name.ljust(12)}{value}", indent=14, first=2)
