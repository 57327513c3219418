"""
Checks for conditions on a parent that use `input`.

## What happens
In the expression of a `ParentCondition` the parent's output is `output`. `input` compiles, because conditions on events
have it, but there is nothing in it: `input.x` fails with `no such key` whenever it is evaluated, nobody is told, and
the condition never matches. Registration does not notice.

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
    skip_if=[ParentCondition(parent=price, expression="input.total < 10")],  # error: [cel-parent-condition-uses-input]
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

## Fix safety
Unsafe: the condition, which never matched so far, begins to work.

## References
- https://docs.hatchet.run/v1/directed-acyclic-graphs
- `hatchet_sdk.ParentCondition`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.cel_places import PARENT_CONDITION
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.problems import Replacement
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._checking import quote, report
from hatchet_ls.rules.cel._evaluation import decides, uses


@rule(severity=Severity.ERROR, since="0.1.0")
def cel_parent_condition_uses_input(expression: Expression) -> Iterator[Finding]:
    """``input`` is there, and is empty."""
    tree = expression.checked.tree
    if expression.place is not PARENT_CONDITION or expression.checked.problems:
        return
    for name, access in uses(tree, "input"):
        certain = access is not name and decides(tree, access.span)
        yield report(
            expression,
            name.span,
            f"{quote(expression.text[access.start : access.end])} is never there in a condition on a parent, whose "
            f"output is `output`: registration does not notice, and the condition "
            f"{'never matches' if certain else 'does not see what it asks for'}",
            replacement=Replacement(name.span, "output"),
            severity=None if certain else Severity.WARNING,
        )
