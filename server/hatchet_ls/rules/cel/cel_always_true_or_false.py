"""
Checks for conditions that are always true or always false.

## What happens
A condition such as `"true"` or `"1 == 1"` does not look at what came in: it matches at once and every time, as if there
were no expression. One that is always false never matches. Nothing fails; but the expression was surely meant to
decide something. The same goes for a `ParentCondition` without an expression in `skip_if` or `cancel_if`: the task is
skipped or cancelled on every run.

A filter that is always true is left alone: `"true"` is the way to say that a scope takes every event.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, ParentCondition

hatchet = Hatchet()
orders = hatchet.workflow(name="orders")


@orders.task()
def price(input: EmptyModel, ctx: Context) -> dict[str, float]:
    return {"total": 12.5}


@orders.task(
    parents=[price],
    skip_if=[ParentCondition(parent=price, expression="true")],  # hint: [cel-always-true-or-false]
)
def notify(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, ParentCondition

hatchet = Hatchet()
orders = hatchet.workflow(name="orders")


@orders.task()
def price(input: EmptyModel, ctx: Context) -> dict[str, float]:
    return {"total": 12.5}


@orders.task(
    parents=[price],
    skip_if=[ParentCondition(parent=price, expression="output.total < 10")],
)
def notify(input: EmptyModel, ctx: Context) -> None: ...
```

## References
- https://docs.hatchet.run/v1/directed-acyclic-graphs
- `hatchet_sdk.ParentCondition`
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

from hatchet_ls.hatchet.cel_places import DEBUG
from hatchet_ls.hatchet.program import Call, Expression, Items, Known, Object, Program, Value
from hatchet_ls.languages.cel.demands import Demand
from hatchet_ls.languages.cel.tree import Binary, Literal, Logical, Node, Unary, ungroup
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._checking import quote, report
from hatchet_ls.text import Source, Span

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


_STOPS = {"skip_if": "skipped", "cancel_if": "cancelled"}
"""What becomes of a task on one of these conditions."""


@rule(severity=Severity.HINT, since="0.1.0")
def cel_always_true_or_false(program: Program) -> Iterator[Finding]:
    """Expressions of literals, or that one of their sides settles; and conditions that stop a task and have none."""
    for expression in program.expressions:
        yield from _settled(expression)
    stopped = {
        place: done
        for task in program.tasks
        for name, done in _STOPS.items()
        for place in _items(task.argument(name).value)
    }
    for condition in program.conditions:
        call = condition.call
        done = stopped.get((call.source, call.span))
        if done is not None and call.key == "ParentCondition" and not call.guarded and _has_no_expression(call):
            yield Finding(
                call.span, f"A condition without an expression is always true: the task is {done} on every run"
            )


def _items(value: Value) -> Iterator[tuple[Source | None, Span | None]]:
    """Where the objects of a list are made."""
    match value:
        case Known(Items(_, items)):
            for item in items:
                match item:
                    case Known(Object() as made):
                        yield made.source, made.span


def _has_no_expression(call: Call) -> bool:
    if call.omits("expression"):
        return True
    match call.argument("expression").value:
        case Known(None | ""):
            return call.overridden is None
    return False


def _settled(expression: Expression) -> Iterator[Finding]:
    place = expression.place
    if place.result is not Demand.BOOL or place is DEBUG or expression.checked.problems:
        return
    value = _truth(expression.checked.tree)
    if value is None or (value and place.environment == "event"):
        return
    consequence = "it does not look at what came in" if value else place.fails
    yield report(
        expression,
        Span(0, len(expression.text)),
        f"{quote(expression.text)} is always {'true' if value else 'false'}: {consequence}",
    )


def _truth(node: Node) -> bool | None:
    """What a node gives whatever comes in; None when that is open."""
    node = ungroup(node)
    match node:
        case Literal(value=bool() as value):
            return value
        case Unary(operator="!"):
            inner = _truth(node.operand)
            return None if inner is None else not inner
        case Logical():
            absorbing = node.operator == "||"
            values = [_truth(each) for each in node.operands]
            if absorbing in values:
                return absorbing
            return None if None in values else not absorbing
        case Binary():
            left, right = ungroup(node.left), ungroup(node.right)
            compare = _COMPARISONS.get(node.operator)
            if compare is not None and isinstance(left, Literal) and isinstance(right, Literal):
                return _compared(compare, left.value, right.value)
    return None


def _compared(compare: Callable[[Any, Any], bool], left: object, right: object) -> bool | None:
    try:
        return compare(left, right)
    except TypeError:
        return None
