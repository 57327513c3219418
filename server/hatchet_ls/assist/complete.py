"""Completion: from a text and a cursor to what can stand there."""

from __future__ import annotations

import re
from collections.abc import Callable

from hatchet_ls.assist.arguments import complete_argument
from hatchet_ls.assist.completion import Completion
from hatchet_ls.assist.strings import complete_string
from hatchet_ls.hatchet.program import Program
from hatchet_ls.python.incomplete import Cursor, cursor
from hatchet_ls.text import Source

_ASSIGNED = re.compile(r"=[ \t]*(?:\\\r?\n[ \t]*)?\Z")
_ARGUMENT = re.compile(r"(?:[=(,]|=\s*\[)\s*\Z")


def complete(
    source: Source, offset: int, read: Callable[[Source], Program | None], typed: str | None = None
) -> list[Completion]:
    """What can stand at an offset of a source; empty where nothing of ours can.

    ``read`` is asked for the program of the source, with everything closed that is open at the cursor. ``typed`` is
    the character that was just typed, when that is why one asks.
    """
    found = cursor(source.text, offset)
    if found is None or not _may_complete(found, typed):
        return []
    program = read(source.imagined(found.mended()))
    if program is None:
        return []
    if found.literal is None:
        return list(complete_argument(program, found.word))
    return list(complete_string(program, offset))


def _may_complete(found: Cursor, typed: str | None) -> bool:
    """Whether it is worth reading the program: a string that is an argument or is bound to a name, or an argument."""
    if found.literal is not None:
        start = found.literal.start
        return typed != "=" and (bool(found.brackets) or _ASSIGNED.search(found.text, 0, start) is not None)
    return bool(found.brackets) and _ARGUMENT.search(found.text, 0, found.word.start) is not None
