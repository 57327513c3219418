"""The command ``hatchet-ls``.

Exit codes: 0 clean, 1 findings, 2 what the user can mend (usage, settings, unreadable files), 3 an error of ours.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

import click

from hatchet_ls import __version__

ISSUES_URL = "https://github.com/hatchet-dev/hatchet-ls/issues"

_COMMANDS = {
    "check": "Check files and directories.",
    "explain": "Show the page of a rule.",
    "server": "Run the language server.",
}


class _Commands(click.Group):
    """Imports a command only when it is run: the server must not wait for what only the terminal needs."""

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


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (``sys.argv`` by default); returns the exit code."""
    logging.getLogger("hatchet_ls").addHandler(logging.NullHandler())
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(arguments, prog_name="hatchet-ls", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        return 130
    except BrokenPipeError:
        # Nobody reads on; what is still in the buffer must not raise again when Python exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception:
        report_internal_error()
        return 3


def report_internal_error() -> None:
    """Ask for a report, with the trace of the exception that is being handled, if any."""
    if sys.exc_info()[0] is not None:
        traceback.print_exc()
    click.echo(f"This is an error in hatchet-ls {__version__}; please report it at {ISSUES_URL}", err=True)


def main() -> NoReturn:
    """The entry point."""
    sys.exit(run())
