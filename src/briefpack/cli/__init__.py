"""The command line: one file per command, and the only place that prints or knows Typer and Rich."""

from __future__ import annotations

import sys

from briefpack.cli.boundary import run
from briefpack.cli.commands import app_for

__all__ = ["main"]


def main() -> None:
    """The entry point `briefpack`: run the command and end with its exit code."""
    sys.exit(run(app_for(sys.argv[1:]), sys.argv[1:]))
