"""
Checks for conditions on an event that use `output`, or the variables of filters.

## What happens
In the expression of a `UserEventCondition` and of `ctx.aio_wait_for_event` the event's payload is `input`. `output`
compiles, because conditions on a parent have it, but there is nothing in it: `output.x` fails whenever it is
evaluated. `payload`, `additional_metadata`, `event_key` and `event_id` exist in filters only: here the expression does
not compile.

Neither is noticed at registration: at run the condition never matches, and what waits for it waits for ever.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, UserEventCondition

hatchet = Hatchet()
orders = hatchet.workflow(name="orders")


@orders.task(
    wait_for=[
        UserEventCondition(
            event_key="payment:received",
            expression="output.amount > 10",  # error: [cel-event-condition-uses-output]
        )
    ]
)
def ship(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, UserEventCondition

hatchet = Hatchet()
orders = hatchet.workflow(name="orders")


@orders.task(
    wait_for=[
        UserEventCondition(
            event_key="payment:received",
            expression="input.amount > 10",
        )
    ]
)
def ship(input: EmptyModel, ctx: Context) -> None: ...
```

## Fix safety
Unsafe: the condition, which never matched so far, begins to work.

## References
- https://docs.hatchet.run/v1/durable-tasks
- `hatchet_sdk.UserEventCondition`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.cel_places import DURABLE_EVENT, EVENT_CONDITION
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.problems import Replacement
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._checking import quote, report
from hatchet_ls.rules.cel._evaluation import decides, uses
from hatchet_ls.rules.cel._owners import problems_of


@rule(severity=Severity.ERROR, since="0.1.0")
def cel_event_condition_uses_output(expression: Expression) -> Iterator[Finding]:
    """``output`` is there and empty, the others are not there."""
    if expression.place not in (EVENT_CONDITION, DURABLE_EVENT):
        return
    for problem in problems_of(expression, "cel-event-condition-uses-output"):
        yield report(
            expression,
            problem.span,
            f"`{problem.name}` exists in filters only, a condition on an event has its payload as `input`; "
            f"{expression.place.refused}",
            replacement=Replacement(problem.span, "input") if problem.name == "payload" else None,
        )
    if expression.checked.problems:
        return
    tree = expression.checked.tree
    for name, access in uses(tree, "output"):
        certain = access is not name and decides(tree, access.span)
        yield report(
            expression,
            name.span,
            f"{quote(expression.text[access.start : access.end])} is never there in a condition on an event, whose "
            f"payload is `input`: "
            f"{expression.place.refused if certain else 'the condition does not see what it asks for'}",
            replacement=Replacement(name.span, "input"),
            severity=None if certain else Severity.WARNING,
        )
