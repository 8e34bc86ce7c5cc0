"""What `briefpack templates explain AUDIENCE TEMPLATE` says besides the blocks: data, functions and tokens."""

from __future__ import annotations

from briefpack.cli.console import Screen
from briefpack.templating.given import Given

_WIDTH = 18


def show_given(screen: Screen, given: Given) -> None:
    """Print what a template is given."""
    screen.line("  Values", "bold")
    for name, kind, meaning in given.values:
        screen.paragraph(f"{name.ljust(_WIDTH)}{kind}: {meaning[:1].lower()}{meaning[1:]}", indent=24, first=4)
    for name, meaning, fields in given.types:
        screen.line()
        screen.paragraph(f"{name}: {meaning[:1].lower()}{meaning[1:]}", indent=4, first=2)
        for field in fields:
            screen.paragraph(f"{field.name.ljust(_WIDTH)}{field.holds}: {field.meaning}", indent=24, first=4)
    screen.line()
    screen.line("  Functions", "bold")
    for call, meaning in given.functions:
        screen.paragraph(f"{call}  {meaning}", indent=8, first=4)
    screen.line()
    screen.line("  Tokens", "bold")
    for name, value in given.tokens:
        screen.paragraph(f"{name.ljust(_WIDTH)}{value}", indent=24, first=4)
