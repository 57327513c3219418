"""What is wrong with an expression, and what to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from hatchet_ls.text.span import Span
from hatchet_ls.text.typed import NamedTuple


class ProblemKind(Enum):
    """Why the engine refuses an expression."""

    SYNTAX = "syntax"
    LIMIT = "limit"
    """Too long or too deeply nested for the engine."""
    UNDECLARED_VARIABLE = "undeclared-variable"
    HYPHENATED_FIELD = "hyphenated-field"
    """``input.user-id``, which CEL reads as a subtraction of an undeclared variable."""
    UNKNOWN_FUNCTION = "unknown-function"
    NO_OVERLOAD = "no-overload"
    """A known function or operator does not take arguments of these types."""
    TYPE = "type"
    """Another type error: a field of something that has none, a condition that is not a boolean, and the like."""
    FORMAT = "format"
    """A format string and its arguments do not fit."""


class Replacement(NamedTuple):
    """An edit of the expression."""

    span: Span
    text: str
    is_sure: bool = True
    """Whether nothing else can be meant, if anything is."""

    def apply(self, text: str) -> str:
        """The text after the edit."""
        return text[: self.span.start] + self.text + text[self.span.end :]


def apply_all(text: str, replacements: Sequence[Replacement]) -> str:
    """The text after all edits that do not overlap; of those that do, the first in the text is made."""
    end = -1
    chosen: list[Replacement] = []
    for replacement in sorted(replacements, key=lambda replacement: replacement.span):
        if replacement.span.start >= end:
            chosen.append(replacement)
            end = max(replacement.span.end, replacement.span.start + 1)
    for replacement in reversed(chosen):
        text = replacement.apply(text)
    return text


class Rewrite(NamedTuple):
    """What a text in another language may be meant for, and what to say about it, if that is plain."""

    text: str
    message: str = ""
    wants_bool: bool = False
    """Whether it begins with a condition that the other language takes of any type, and CEL only as a boolean."""


class Problem(NamedTuple):
    """One reason for which the engine refuses an expression."""

    span: Span
    message: str
    """One sentence without a full stop, code in backticks."""
    kind: ProblemKind
    name: str | None = None
    """The variable or function that is not known, where there is one."""
    suggestion: Replacement | None = None
    position: int = -1
    """Where the engine itself reports the problem, in code points; -1 when it names no place."""
