"""All commands, in the order in which a pack is made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefpack import __version__
from briefpack.cli import (
    add,
    audiences,
    build,
    check,
    clean,
    doctor,
    explain,
    init,
    quote,
    schema,
    sources,
    templates,
    trace,
)
from briefpack.cli.console import stdout
from briefpack.cli.place import Globals

app = typer.Typer(
    name="briefpack",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        stdout().line(f"briefpack {__version__}")
        raise typer.Exit


@app.callback()
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


app.command("init")(init.init)
app.command("add")(add.add)
app.command("quote", no_args_is_help=True)(quote.quote)
app.command("check")(check.check)
app.command("build")(build.build)
app.command("explain")(explain.explain)
app.command("trace")(trace.trace)
app.command("sources")(sources.sources)
app.command("audiences")(audiences.audiences)
app.add_typer(templates.templates, name="templates")
app.command("schema")(schema.schema)
app.command("doctor")(doctor.doctor)
app.command("clean")(clean.clean)
