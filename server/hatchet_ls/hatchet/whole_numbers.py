"""Which expressions are whole numbers: by annotations, and by what is written."""

from __future__ import annotations

import re

from hatchet_ls.hatchet.sets import ModuleSets, looped_over
from hatchet_ls.python.entities import Library
from hatchet_ls.python.evaluate import Evaluator
from hatchet_ls.python.expr import Expr, call_arguments
from hatchet_ls.python.resolve import Resolver
from hatchet_ls.python.values import Items, Known, Value

_WHOLE = re.compile(r"int|pydantic\.(?:(?:Non)?(?:Positive|Negative)|Strict)Int")
_GIVING = frozenset({"int()", "len()", "math.ceil()", "math.floor()"})
"""Calls whose result is whole, whatever they are given."""
_KEEPING = frozenset({"abs()", "max()", "min()", "round()"})
"""Calls whose result is whole where all that they are given is."""
_ARITHMETIC = frozenset({"arith_expr", "factor", "power", "term"})
_FRACTIONS = frozenset({"/", "@"})


class WholeNumbers:
    """Finds it out on demand."""

    def __init__(self, resolver: Resolver, evaluator: Evaluator) -> None:
        self._resolver = resolver
        self._evaluator = evaluator
        self._found: dict[tuple[int, int], bool] = {}

    def has(self, expr: Expr) -> bool:
        """Whether an expression certainly is a whole number, be it a ``float``; not where nobody knows."""
        if expr.key not in self._found:
            self._found[expr.key] = False  # what is defined by itself
            self._found[expr.key] = self._has(expr)
        return self._found[expr.key]

    def _has(self, expr: Expr) -> bool:
        value = self._evaluator.evaluate(expr)
        if isinstance(value, Known):
            return _is_whole(value)
        parts = getattr(expr.node, "children", [])
        match expr.node.type:
            case "atom" if len(parts) == 3 and parts[0] == "(":
                operands = parts[1:2]
            case "test":  # a if c else b
                operands = [parts[0], parts[4]]
            case "or_test":
                operands = parts[::2]
            case kind if kind in _ARITHMETIC and not any(part in _FRACTIONS for part in parts):
                operands = [part for part in parts if part.type != "operator"]
            case _:
                return self._is_made_whole(expr)
        return all(self.has(Expr(expr.module, operand)) for operand in operands)

    def _is_made_whole(self, expr: Expr) -> bool:
        """Whether a name, an attribute or a call gives a whole number."""
        declared = ModuleSets(expr.module, self._resolver, self._evaluator).class_of(expr)
        if declared:
            return _WHOLE.fullmatch(declared) is not None
        source = looped_over(expr.node)
        if source is not None:
            return self._has_items(Expr(expr.module, source))
        made = self._resolver.infer(expr)
        if isinstance(made, Library):
            return made.path in _GIVING or (made.path in _KEEPING and self._is_given(made.origin))
        value = self._resolver.assigned(expr)
        return value is not None and self.has(value)

    def _has_items(self, source: Expr) -> bool:
        match self._evaluator.evaluate(source):
            case Known(Items(items=items, complete=True)):
                return all(map(_is_whole, items))
        made = self._resolver.infer(source)
        return isinstance(made, Library) and made.path == "range()"

    def _is_given(self, call: Expr | None) -> bool:
        """Whether all that a call is given is whole."""
        parts = call.split() if call is not None else None
        if call is None or parts is None:
            return False
        return all(not each.stars and self.has(each.value) for each in call_arguments(call.module, parts[1]))


def _is_whole(value: Value) -> bool:
    match value:
        case Known(int() | float() as number):
            return number % 1 == 0
    return False
