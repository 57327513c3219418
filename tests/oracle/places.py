"""Which lines of a snippet led to something: from tracebacks and from the stack."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import CodeType, FrameType, TracebackType

Place = tuple[str, int, int]
"""A file of the snippet, and the first and last line (from 1) of the expression that was being run."""


class Places:
    """Finds the frames that are the snippet's own."""

    def __init__(self, folder: Path) -> None:
        self._prefix = f"{folder}/"

    def of_traceback(self, traceback: TracebackType | None) -> list[Place]:
        """The snippet's own frames of a traceback, outermost first."""
        found: list[Place] = []
        while traceback is not None:
            found += self._own(traceback.tb_frame.f_code, traceback.tb_lasti, traceback.tb_lineno)
            traceback = traceback.tb_next
        return found

    def of_stack(self, frame: FrameType | None) -> list[Place]:
        """The snippet's own frames of a stack, innermost first."""
        found: list[Place] = []
        while frame is not None:
            found += self._own(frame.f_code, frame.f_lasti, frame.f_lineno)
            frame = frame.f_back
        return found

    def _own(self, code: CodeType, instruction: int, line: int) -> Iterator[Place]:
        if code.co_filename.startswith(self._prefix):
            first, last = _lines(code, instruction)
            yield code.co_filename.removeprefix(self._prefix), first or line, last or line


def _lines(code: CodeType, instruction: int) -> tuple[int | None, int | None]:
    """The lines of the expression that an instruction belongs to, where Python keeps them (3.11 and later)."""
    if sys.version_info < (3, 11) or instruction < 0:
        return None, None
    first, last, _, _ = next(islice(code.co_positions(), instruction // 2, None), (None, None, None, None))
    return first, last
