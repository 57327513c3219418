"""What can stand at the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from hatchet_ls.text import Edit, Span


class Kind(Enum):
    """What a completion is."""

    VARIABLE = "variable"
    FIELD = "field"
    FUNCTION = "function"
    METHOD = "method"
    MACRO = "macro"
    CONSTANT = "constant"
    SNIPPET = "snippet"
    ENUM_MEMBER = "enum_member"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing that can stand at the cursor."""

    label: str
    kind: Kind
    span: Span
    """What it replaces: on one line, up to the cursor or beyond."""
    content: str | None
    """What it writes there; None for what needs a client that knows snippets."""
    detail: str = ""
    """Its type, signature or meaning, on one line."""
    documentation: str = ""
    """Markdown."""
    snippet: str | None = None
    """What it writes for clients that know snippets: with ``$0`` and ``${1:text}`` for what is to be filled in, and a
    backslash before a backslash."""
    preferred: bool = False
    edits: tuple[Edit, ...] = ()
    """Elsewhere: the import that it needs."""
