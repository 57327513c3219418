"""Expressions that are nothing but a whole number."""

from __future__ import annotations

import re

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.hatchet.strings import Text
from hatchet_ls.rules import Applicability, Fix
from hatchet_ls.text import Edit

_NUMBER = re.compile(r"\s*(-?(?:0|[1-9][0-9]{0,9}))\s*")


def numeric_string(expression: Expression) -> int | None:
    """The number that all of an expression is; None when it is anything else."""
    found = _NUMBER.fullmatch(expression.text)
    return int(found[1]) if found is not None else None


def without_quotes(expression: Expression, number: int) -> Fix | None:
    """A fix that writes the number itself, when the text stands in the argument."""
    argument = expression.argument
    if not Text(expression.value, argument.span, expression.call.source).in_place:
        return None
    return Fix(f"Replace with `{number}`", (Edit(argument.span, str(number)),), Applicability.SAFE)
