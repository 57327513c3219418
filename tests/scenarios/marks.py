"""Comments in a scenario that say which findings start on their line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.findings import Place

_MARK_AT_END = re.compile(
    r"""[ \t]*
        \#\s*(?P<severity>error|warning|information|hint):
        \s*(?P<column>\d+)?
        \s*\[(?P<rule>[a-z0-9-]+)\]
        (?:\s*"(?P<message>(?:[^"\\]|\\.)*)")?
        \s*$""",
    re.VERBOSE,
)
_ALMOST_A_MARK = re.compile(r"#\s*(error|warning|information|info|hint)\s*:")


class MarkError(ValueError):
    """A comment looks like a mark but is none."""


@dataclass(frozen=True)
class Mark:
    """One finding that is expected to start on a line (``row`` counts from 1)."""

    row: int
    severity: str
    rule: str
    column: int | None = None
    message: str = ""
    """A part of the message."""

    def __str__(self) -> str:
        column = f" in column {self.column}" if self.column else ""
        message = f" saying {self.message!r}" if self.message else ""
        return f"{self.severity} [{self.rule}] on line {self.row}{column}{message}"

    def accepts(self, place: Place) -> bool:
        """Whether a finding is the one that is meant."""
        return (
            place.row == self.row
            and place.severity == self.severity
            and place.rule == self.rule
            and self.column in (None, place.column)
            and self.message in place.message
        )


def strip_marks(text: str) -> tuple[str, tuple[Mark, ...]]:
    """Take the marks off a text.

    Raises:
        MarkError: a comment starts like a mark (``# error:``) but does not read as one.
    """
    marks: list[Mark] = []
    lines: list[str] = []
    for row, line in enumerate(text.split("\n"), start=1):
        found: list[Mark] = []
        while match := _MARK_AT_END.search(line):
            column = int(match["column"]) if match["column"] else None
            message = re.sub(r"\\(.)", r"\1", match["message"] or "")
            found.append(Mark(row, match["severity"], match["rule"], column, message))
            line = line[: match.start()]
        if _ALMOST_A_MARK.search(line):
            raise MarkError(f"line {row}: not a mark: {line.strip()!r}")
        marks += reversed(found)
        lines.append(line)
    return "\n".join(lines), tuple(marks)


def disagreements(marks: Sequence[Mark], places: Sequence[Place]) -> list[str]:
    """What the marks of one file expect in vain, and what nobody expects; empty when they agree.

    Each mark stands for exactly one finding. The pickiest marks choose first, so that
    ``[rule] "message"`` never loses its finding to a plain ``[rule]`` on the same line.
    """
    left = list(places)
    problems: list[str] = []
    for mark in sorted(marks, key=lambda mark: (mark.column is None, -len(mark.message))):
        match = next((place for place in left if mark.accepts(place)), None)
        if match is None:
            problems.append(f"expected {mark}, found none")
        else:
            left.remove(match)
    return problems + [f"unexpected {place}" for place in left]
