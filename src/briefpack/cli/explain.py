"""`briefpack explain`: what a problem means."""

from __future__ import annotations

from typing import Annotated

import typer

from briefpack.cli import completion
from briefpack.cli.console import Screen, stdout
from briefpack.cli.loading import misuse
from briefpack.diagnostics import CODES, Code
from briefpack.explanations import explain as explanation_of
from briefpack.pack.validation import did_you_mean


def explain(
    code: Annotated[
        str, typer.Argument(help="The code in brackets, as check prints it.", autocompletion=completion.codes)
    ],
) -> None:
    """Say what a problem means, with an example, and how to mend it.

    For example:

      briefpack explain quote-not-found

    Next: mend it, then briefpack check.
    """
    found = CODES.get(code.strip("[]").lower())
    if found is None:
        hint = (
            did_you_mean(code.lower(), sorted(CODES))
            or "copy the code in brackets at the end of a problem's first line"
        )
        raise misuse(Code.REFERENCE_UNKNOWN, f"no code {code!r}", hint)
    _show(stdout(), found)


def _show(screen: Screen, code: Code) -> None:
    screen.line(f"{code} ({code.severity})", "bold")
    screen.line()
    for paragraph in explanation_of(code).split("\n\n"):
        if paragraph.startswith("    "):
            for line in paragraph.splitlines():
                screen.line(line)
        else:
            screen.paragraph(" ".join(paragraph.split()))
        screen.line()
