"""The commands by name, each loaded when it is asked for: a build with nothing to do must not wait for the others.

`assemble(COMMANDS)` is the whole program, as `briefpack --help` and completion need it; `app_for` only what one command
line asks for. A command's function stands in the module of its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from briefpack import __version__
from briefpack.cli.boundary import globals_first
from briefpack.cli.console import stdout
from briefpack.cli.place import Globals

COMMANDS = (
    "init",
    "add",
    "quote",
    "check",
    "build",
    "explain",
    "trace",
    "sources",
    "audiences",
    "templates",
    "translate",
    "inspect",
    "schema",
    "doctor",
    "clean",
)
"""In the order in which a pack is made, and in which they are listed."""

_HELP_WITHOUT_ARGUMENTS = ("quote", "translate")


def app_for(arguments: Sequence[str]) -> typer.Typer:
    """Return the program with the command that a command line names, or with all where it names none of them."""
    name = _named(arguments)
    return assemble((name,) if name in COMMANDS else COMMANDS)


def assemble(names: Iterable[str]) -> typer.Typer:
    """Return the program with these commands."""
    app = typer.Typer(
        name="briefpack",
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_global_options)
    for name in names:
        command: Any = getattr(import_module(f"briefpack.cli.{name}"), name)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name, no_args_is_help=name in _HELP_WITHOUT_ARGUMENTS)(command)
    return app


def _named(arguments: Sequence[str]) -> str:
    """The first word that is neither a global option nor its value."""
    words = iter(globals_first(arguments))
    for word in words:
        if word == "--pack":
            next(words, None)
        elif not word.startswith("--pack="):
            return word
    return ""


def _show_version(wanted: bool) -> None:
    if wanted:
        stdout().line(f"briefpack {__version__}")
        raise typer.Exit


def _global_options(
    context: typer.Context,
    pack: Annotated[
        Path | None,
        typer.Option(help="The pack's folder; else the nearest one upward with content/pack.toml.", metavar="DIR"),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Original documents and short cited summaries become typeset briefing packs.

    [bold]init[/bold] a pack, [bold]add[/bold] a document, [bold]quote[/bold] what you rely on, [bold]check[/bold] every
    claim against its passage, [bold]build[/bold] the PDFs.
    """
    context.obj = Globals(pack)
