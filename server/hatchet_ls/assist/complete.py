"""Completion: from a text and a cursor to what can stand there."""

from __future__ import annotations

from collections.abc import Callable

from hatchet_ls.assist.arguments import complete_argument
from hatchet_ls.assist.completion import Completion
from hatchet_ls.assist.strings import complete_string
from hatchet_ls.hatchet.program import Program
from hatchet_ls.python.incomplete import cursor
from hatchet_ls.text import Source


def complete(
    source: Source, offset: int, read: Callable[[Source], Program | None], typed: str | None = None
) -> list[Completion]:
    """What can stand at an offset of a source; empty where nothing of ours can.

    ``read`` is asked for the program of the source, with everything closed that is open at the cursor. ``typed`` is
    the character that was just typed, when that is why one asks.
    """
    found = cursor(source.text, offset)
    if found is None or not (found.literal or found.brackets) or (found.literal and typed == "="):
        return []
    program = read(Source(source.path, found.mended()))
    if program is None:
        return []
    if found.literal is None:
        return list(complete_argument(program, found.word))
    return list(complete_string(program, offset))
