"""The whole program, with all commands: for documentation and tests. The entry point loads what is asked for alone."""

from __future__ import annotations

from briefpack.cli.commands import COMMANDS, assemble

app = assemble(COMMANDS)
