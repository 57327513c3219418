"""What is meant by a key that is one word without quotes: a field of the input, or a text."""

from __future__ import annotations

import dataclasses
import re

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.names import CONSTANTS
from hatchet_ls.languages.cel.problems import Replacement
from hatchet_ls.rules import Finding, Fix

_PARTS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")
_OF_ALL = frozenset(
    ("all", "any", "common", "constant", "default", "global", "shared", "single", "singleton", "static")
)
"""Parts of names for what is the same in all runs."""
_WHOSE = frozenset(
    ("account", "company", "customer", "email", "id", "org", "organization", "project", "team", "tenant", "user")
)
"""Words that by themselves are names of fields."""


def no_text(word: str) -> str:
    """That the word is no text, as the beginning of a message; of another language's constant what it is in CEL."""
    constant = f", which has `{CONSTANTS[word]}` for it" if word in CONSTANTS else ""
    return f"`{word}` without quotes is no text in CEL{constant}"


def field_of(expression: Expression) -> Replacement | None:
    """The word as a field of the input; None when the model has none that is meant."""
    (*others, problem) = expression.checked.problems
    suggestion = problem.suggestion if not others else None
    return suggestion if suggestion is not None and suggestion.text.startswith("input.") else None


def with_fixes(finding: Finding, expression: Expression, field: Fix | None, constant: Fix | None) -> Finding:
    """The finding with both fixes, the likelier first: constants are mostly one word, and fields like ``user_id``."""
    # With a model, a field is meant only where it has one of nearly that name.
    has_field = expression.input_record is not None and bool(expression.input_record.fields)
    both = (field, constant) if has_field or _reads_like_a_field(expression.text) else (constant, field)
    fixes = [fix for fix in both if fix is not None]
    return dataclasses.replace(finding, fix=fixes[0] if fixes else None, others=tuple(fixes[1:]))


def _reads_like_a_field(word: str) -> bool:
    parts = [part.lower() for part in _PARTS.findall(word)]
    return not _OF_ALL.intersection(parts) and (len(parts) > 1 or bool(_WHOSE.intersection(parts)))
