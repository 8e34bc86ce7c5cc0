"""`briefpack templates`: where each template and block comes from, and how to make one your own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

import typer

from briefpack.cli import completion
from briefpack.cli.boundary import PROBLEMS
from briefpack.cli.console import STYLES, Screen, counted, stdout
from briefpack.cli.diagnostics import count, show_diagnostics, tally
from briefpack.cli.excerpt import Lines
from briefpack.cli.loading import misuse
from briefpack.cli.place import open_world, shown_path
from briefpack.diagnostics import BriefpackError, Code, in_order
from briefpack.pack.load import load_pack
from briefpack.pack.validation import did_you_mean
from briefpack.templating.bundle import BASE, Bundle, Layer, load_bundle, shipped_templates
from briefpack.world import World, write_atomically

templates = typer.Typer(
    no_args_is_help=True,
    help="Show where each template and block comes from, and copy one to change it.",
    rich_markup_mode="rich",
)

_BLOCK = re.compile(
    r"(?:\{#\s*(?P<note>(?:(?!#\}).)*?)\s*#\}\s*)?\{%-?\s*block\s+(?P<name>\w+)"
    r"|\{#.*?#\}",  # what stands in another comment is no block
    re.DOTALL,
)


@templates.command("list")
def list_(context: typer.Context) -> None:
    """List the files of the house style, and which of them your pack replaces.

    For example:

      briefpack templates list

    Next: briefpack templates copy FILE.
    """
    world, screen = open_world(context), stdout()
    bundles = _bundles(world)
    names = sorted({name for bundle in bundles for layer in bundle.layers for name in layer.files})
    width = max(map(len, names), default=0)
    for name in names:
        if name.startswith("fonts/"):
            continue
        screen.paragraph(f"{name.ljust(width)}  {', '.join(_winners(world, bundles, name))}", indent=width + 2)
    fonts = [name for name in names if name.startswith("fonts/")]
    screen.line(f"{'fonts/'.ljust(width)}  {len(fonts)} files")


@templates.command("copy")
def copy(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(help="As `list` names it.", metavar="FILE", autocompletion=completion.templates)
    ],
) -> None:
    """Copy a file of the house style into your pack's templates/base, to change it there.

    Your copy then stands for every audience. To change one audience only, make a
    folder templates/NAME with a template.toml instead. Nothing is overwritten.

    For example:

      briefpack templates copy brief.html

    Next: change the copy, then briefpack build. Delete it to have the original back.
    """
    world = open_world(context)
    shipped = shipped_templates()
    name = file.removeprefix("templates/").removeprefix(f"{BASE}/")
    target = f"templates/{BASE}/{name}"
    try:
        content = shipped.read(f"{BASE}/{name}")
    except BriefpackError:
        known = completion.templates(context, "")
        hint = did_you_mean(name, known) or "`briefpack templates list` names them"
        raise misuse(Code.TEMPLATE_MISSING, f"the house style has no file {name!r}", hint) from None
    if world.exists(target):
        hint = "change that one, or delete it first"
        raise misuse(Code.OUTPUT_UNWRITABLE, "the pack has a copy already", hint, shown_path(world.root, target))
    write_atomically(world.resolve(target), content)
    stdout().line(f"{shown_path(world.root, target)}: copied; it stands for the original now.")


@templates.command("explain")
def explain(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="An audience or a folder of templates/.", autocompletion=completion.audiences)
    ] = "",
    template: Annotated[
        str,
        typer.Argument(
            help="One template: also the data, functions and tokens it has.", autocompletion=completion.templates
        ),
    ] = "",
) -> None:
    """Say from which file each block of each template comes, and what it holds.

    Of one template it also lists what that can print: every value with its fields, every
    function and every token.

    For example:

      briefpack templates explain press
      briefpack templates explain press brief.html

    Next: briefpack templates copy FILE, or override a block in templates/NAME/FILE.
    """
    world, screen = open_world(context), stdout()
    if template:
        _explain_one(screen, world, _bundle(world, name), template)
        return
    for bundle in [_bundle(world, name)] if name else _bundles(world):
        chain = " → ".join(layer.name for layer in bundle.layers)
        screen.line(f"{bundle.name}: {chain}, {bundle.paper}", "bold")
        for file in sorted({file for layer in bundle.layers for file in layer.files if file.endswith(".html")}):
            _explain_file(screen, world, bundle, file)
        screen.line()


def _explain_one(screen: Screen, world: World, bundle: Bundle, template: str) -> None:
    from briefpack.cli.templates_given import show_given  # noqa: PLC0415 - Jinja, which `list` does not need
    from briefpack.templating.given import given_to  # noqa: PLC0415

    file = template if template.endswith(".html") else f"{template}.html"
    if bundle.find(file) is None:
        known = sorted({each for layer in bundle.layers for each in layer.files if each.endswith(".html")})
        hint = did_you_mean(file, known) or f"there are: {', '.join(known)}"
        raise misuse(Code.TEMPLATE_MISSING, f"no template {file!r}", hint)
    _explain_file(screen, world, bundle, file)
    screen.line()
    try:
        given = given_to(file.removesuffix(".html"), bundle)
    except KeyError:
        screen.paragraph("It is imported by others, and has what they hand to it.", indent=2, first=2)
    else:
        show_given(screen, given)


@templates.command("check")
def check(context: typer.Context) -> None:
    """Look for mistakes in the templates: blocks, fields, texts and tokens that there are not.

    Nothing is printed or set; `briefpack build` does the same before it begins.

    For example:

      briefpack templates check

    Next: briefpack build --product brief.
    """
    from briefpack.templating.sections import check_bundle  # noqa: PLC0415 - Jinja, which `list` does not need

    world, screen = open_world(context), stdout()
    bundles = _bundles(world)
    found = in_order(problem for bundle in bundles for problem in check_bundle(bundle))
    show_diagnostics(screen, found, Lines(world), lambda path: shown_path(world.root, path))
    if found:
        screen.paragraph(tally(count(found)), style=STYLES["error"])
        raise typer.Exit(PROBLEMS)
    screen.paragraph(f"{counted(len(bundles), 'folder')} of templates: no mistakes.", style=STYLES["ok"])


def _explain_file(screen: Screen, world: World, bundle: Bundle, file: str) -> None:
    screen.line(f"  {file}  ({', '.join(_winners(world, [bundle], file))})")
    seen: set[str] = set()
    notes = {block: note for layer in bundle.layers for block, note in _blocks(layer, file) if note}
    for layer in bundle.layers:
        for block, _ in _blocks(layer, file):
            if block not in seen:
                seen.add(block)
                where = shown_layer(world, layer, file)
                screen.paragraph(f"{block.ljust(18)}{notes.get(block, '')}  ({where})", indent=24, first=4)


def _blocks(layer: Layer, file: str) -> Iterator[tuple[str, str]]:
    text = layer.files.get(file, b"").decode(errors="replace")
    for match in _BLOCK.finditer(text):
        if match["name"] is None:
            continue
        yield match["name"], " ".join((match["note"] or "").split())


def _winners(world: World, bundles: list[Bundle], name: str) -> list[str]:
    """For each place the file is taken from, which bundles take it."""
    taken: dict[str, list[str]] = {}
    for bundle in bundles:
        if found := bundle.find(name):
            taken.setdefault(shown_layer(world, found[0], name), []).append(bundle.name)
    if len(taken) == 1:
        return list(taken)
    return [f"{place} for {', '.join(names)}" for place, names in taken.items()]


def shown_layer(world: World, layer: Layer, name: str) -> str:
    """Where a layer's file lies: in the pack, or in the program."""
    path = f"templates/{layer.name}/{name}"
    return shown_path(world.root, path) if world.exists(path) else "house style"


def _bundles(world: World) -> list[Bundle]:
    """The bundles that the audiences use."""
    pack = load_pack(world)
    if pack.value is None:
        raise BriefpackError(*pack.diagnostics)
    names = dict.fromkeys(audience.templates for audience in pack.value.audiences)
    return [_load(world, name) for name in names or (BASE,)]


def _bundle(world: World, name: str) -> Bundle:
    pack = load_pack(world).value
    audience = next((a for a in pack.audiences if a.id == name), None) if pack else None
    return _load(world, audience.templates if audience else name)


def _load(world: World, name: str) -> Bundle:
    checked = load_bundle(world, name)
    if checked.value is None:
        raise BriefpackError(*checked.diagnostics)
    return checked.value
