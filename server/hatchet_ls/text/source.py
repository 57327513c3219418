"""One file's text with its lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from hatchet_ls.text.span import Span
from hatchet_ls.text.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_LINE_END = re.compile(r"\r\n|\r|\n")


class Position(NamedTuple):
    """A place in a source: ``row`` and ``column`` start at 0, columns count code points."""

    row: int
    column: int


class Source:
    """The text of one file.

    Lines end at ``\\n``, ``\\r\\n`` or ``\\r`` and nowhere else, as in LSP and in Python itself.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text

    def __repr__(self) -> str:
        return f"Source({str(self.path)!r}, {len(self.text)} code points)"

    def imagined(self, text: str) -> Source:
        """What the file would be with another text, under a name of its own beside it.

        Sources of one path are parsed by their changes: the tree of this one would become that of the other.
        """
        return Source(self.path.with_name(f"{self.path.stem}-imagined.py"), text)

    def replaced(self, span: Span, content: str) -> Source:
        """The source with ``content`` in the place of ``span``, whose lines are not all looked for anew."""
        made = Source(self.path, self.text[: span.start] + content + self.text[span.end :])
        starts = self.line_starts
        # A carriage return before the place may make one line end with what comes now.
        begin = span.start - self.text.endswith("\r", 0, span.start)
        end = span.start + len(content)
        # One more character is read, as one at the end may do so with what follows: that starts a line anyway.
        ends = [match.end() for match in _LINE_END.finditer(made.text, begin, end + 1)]
        kept, found = starts[: bisect_right(starts, begin)], ends[: bisect_right(ends, end)]
        moved = end - span.end
        made.line_starts = kept + found + [start + moved for start in starts[bisect_right(starts, span.end) :]]
        return made

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line starts; never empty."""
        return [0, *[match.end() for match in _LINE_END.finditer(self.text)]]

    @property
    def line_count(self) -> int:
        """The number of lines, counting the (possibly empty) one after the last line end."""
        return len(self.line_starts)

    @cached_property
    def newline(self) -> str:
        """The line end that the file uses (the first one met), ``\\n`` when it has none."""
        match = _LINE_END.search(self.text)
        return match.group() if match else "\n"

    def position(self, offset: int) -> Position:
        """The row and column of an offset; offsets outside the text are clamped into it."""
        offset = max(0, min(offset, len(self.text)))
        row = bisect_right(self.line_starts, offset) - 1
        return Position(row, offset - self.line_starts[row])

    def offset(self, row: int, column: int) -> int:
        """The offset of a row and column; rows and columns outside the text are clamped into it."""
        if row < 0:
            return 0
        if row >= self.line_count:
            return len(self.text)
        return min(self.line_starts[row] + max(column, 0), self.line_span(row).end)

    def line_span(self, row: int) -> Span:
        """The span of a line without its line end. ``row`` must be in ``range(line_count)``."""
        start = self.line_starts[row]
        end = self.line_starts[row + 1] if row + 1 < self.line_count else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def slice(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]
