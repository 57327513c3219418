"""The way into the command ``hatchet-ls``.

Exit codes: 0 clean, 1 findings, 2 what the user can mend (usage, settings, unreadable files), 3 an error of ours.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from hatchet_ls import __version__

ISSUES_URL = "https://github.com/hatchet-dev/hatchet-ls/issues"

_CANNOT_WRITE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (``sys.argv`` by default); returns the exit code."""
    logging.getLogger("hatchet_ls").addHandler(logging.NullHandler())
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Nobody reads on.
        _drop_output()
        return 1
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _CANNOT_WRITE:
            _drop_output()
            with contextlib.suppress(OSError):
                print(f"Error: the output cannot be written: {(error.strerror or str(error)).lower()}", file=sys.stderr)
            return 2
        report_internal_error()
        return 3


def _run(arguments: Sequence[str]) -> int:
    match arguments:
        # What editors start: it must not wait for what reads command lines, which everything else is left to.
        case ["server"] | ["server", "--stdio"]:
            encoding = "utf-16"
        case ["server", "--position-encoding", "utf-8" | "utf-16" | "utf-32" as encoding]:
            pass
        case _:
            from hatchet_ls.cli.commands import run_command

            return run_command(arguments)
    from hatchet_ls.lsp.serve import serve_stdio

    return serve_stdio(encoding)


def _drop_output() -> None:
    """What is still in the buffer must not raise again when Python exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def report_internal_error() -> None:
    """Ask for a report, with the trace of the exception that is being handled, if any."""
    if sys.exc_info()[0] is not None:
        traceback.print_exc()
    print(f"This is an error in hatchet-ls {__version__}; please report it at {ISSUES_URL}", file=sys.stderr)


def main() -> NoReturn:
    """The entry point."""
    sys.exit(run())
