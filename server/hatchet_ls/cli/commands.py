"""The commands of ``hatchet-ls``."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import click

from hatchet_ls import __version__

_COMMANDS = {
    "check": "Check files and directories.",
    "explain": "Show the page of a rule.",
    "server": "Run the language server.",
}


class _Commands(click.Group):
    """Imports a command only when it is run: none must wait for what only another needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"hatchet_ls.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="hatchet-ls", message="%(prog)s %(version)s")
def cli() -> None:
    """Find mistakes in Hatchet workflows before production."""


def run_command(arguments: Sequence[str]) -> int:
    """Run a command line; returns the exit code. What goes wrong inside is raised."""
    try:
        code = cli.main(arguments, prog_name="hatchet-ls", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        return 130
    return code if isinstance(code, int) else 0
