"""What an expression gives, against what its place takes."""

from __future__ import annotations

from hatchet_ls.hatchet.cel_places import Result
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.problems import Replacement
from hatchet_ls.languages.cel.types import BOOL, DOUBLE, DYN, INT, STRING, UINT, Type
from hatchet_ls.text import Span

_TAKEN = {
    Result.TEXT: (STRING, DYN),
    Result.NUMBER: (INT, UINT, DOUBLE, DYN),
    Result.TRUTH: (BOOL, DYN),
}


def other_result(expression: Expression) -> Type | None:
    """The type of an expression that its place cannot take; None when it fits, is not known, or does not check."""
    given = expression.checked.type
    return None if given is None or given in _TAKEN[expression.place.result] else given


def converted(expression: Expression, given: Type) -> Replacement | None:
    """The expression in the function that makes the wanted result of it, where there is one."""
    text = expression.text.strip()
    whole = Span(0, len(expression.text))
    match expression.place.result:
        case Result.TEXT if given in (INT, UINT, DOUBLE, BOOL):
            return Replacement(whole, f"string({text})")
        case Result.NUMBER if given == STRING:
            return Replacement(whole, f"int({text})")
    return None
