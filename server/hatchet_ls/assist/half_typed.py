"""Questions about strings in a text that is being typed."""

from __future__ import annotations

from collections.abc import Callable

from hatchet_ls.assist.navigation import Definition, Place, definition
from hatchet_ls.hatchet.program import Program
from hatchet_ls.python.incomplete import cursor
from hatchet_ls.text import Source


def around(program: Program, offset: int, read: Callable[[Source], Program | None]) -> Program:
    """The program to ask about what is at an offset: for a string in a statement that is half typed, ``read`` from the
    text in which it is whole. Both texts have the same places up to the end of the string."""
    found = cursor(program.source.text, offset)
    if found is None or found.literal is None or not found.literal.closed or not found.brackets:
        return program
    mended = found.mended()
    if mended == program.source.text:
        return program
    return read(program.source.imagined(mended)) or program


def definition_at(program: Program, offset: int, read: Callable[[Source], Program | None]) -> Definition | None:
    """Where the field is defined that a CEL string names at an offset, also in a statement that is half typed."""
    whole = around(program, offset, read)
    found = definition(whole, offset)
    if found is None or found.target.source.path != whole.source.path or whole is program:
        return found
    if found.target.span.end > offset:
        return None  # where that is in the text as it is, cannot be told
    return found._replace(target=Place(program.source, found.target.span))
