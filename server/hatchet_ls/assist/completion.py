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
    KEYWORD = "keyword"
    SNIPPET = "snippet"
    ENUM_MEMBER = "enum_member"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing that can stand at the cursor."""

    label: str
    kind: Kind
    span: Span
    """What it replaces: on one line, and up to the cursor or beyond."""
    content: str
    """What it writes there; a snippet's with ``$1``, ``${1:text}`` and ``$0``, and ``\\`` before what means itself."""
    detail: str = ""
    """Its type or signature, on one line."""
    documentation: str = ""
    """Markdown."""
    snippet: bool = False
    """Only for clients that know snippets."""
    preferred: bool = False
    edits: tuple[Edit, ...] = ()
    """Elsewhere: the import that it needs."""
