"""Expressions that are nothing but a whole number."""

from __future__ import annotations

import dataclasses
import re

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.hatchet.strings import Text
from hatchet_ls.rules import Applicability, Finding, Fix
from hatchet_ls.rules.cel._checking import report
from hatchet_ls.text import Edit, Span

_NUMBER = re.compile(r"\s*(-?(?:0|[1-9][0-9]{0,9}))\s*")


def numeric_string(expression: Expression) -> int | None:
    """The number that all of an expression is; None when it is anything else."""
    found = _NUMBER.fullmatch(expression.text)
    return int(found[1]) if found is not None else None


def report_number(expression: Expression, number: int, message: str, *, fixable: bool = True) -> Finding:
    """A finding about the whole argument; its fix writes the number itself, when the text stands there."""
    argument = expression.argument
    finding = report(expression, Span(0, len(expression.text)), message)
    fix = None
    if fixable and Text(expression.value, argument.span, expression.call.source).in_place:
        fix = Fix(f"Replace with `{number}`", (Edit(argument.span, str(number)),), Applicability.SAFE)
    return dataclasses.replace(finding, span=argument.span, fix=fix)
