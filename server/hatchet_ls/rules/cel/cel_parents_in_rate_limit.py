"""
Checks for rate limits that use `parents`.

## What happens
The engine declares `parents` (the outputs of the parent tasks) when it checks the key, units and limit of a rate limit
at registration. Engines before v0.106.5 do not declare it when they evaluate them: there every run fails with
`undeclared reference to 'parents'`.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, RateLimit, RateLimitDuration

hatchet = Hatchet()
orders = hatchet.workflow(name="orders")


@orders.task()
def price(input: EmptyModel, ctx: Context) -> dict[str, str]:
    return {"shop": "north"}


@orders.task(
    parents=[price],
    rate_limits=[
        RateLimit(
            dynamic_key="parents.price.shop",  # warning: [cel-parents-in-rate-limit]
            units=1,
            limit=10,
            duration=RateLimitDuration.MINUTE,
        )
    ],
)
def charge(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, RateLimit, RateLimitDuration

hatchet = Hatchet()
orders = hatchet.workflow(name="orders")


@orders.task()
def price(input: EmptyModel, ctx: Context) -> dict[str, str]:
    return {"shop": "north"}


@orders.task(
    parents=[price],
    rate_limits=[
        RateLimit(
            dynamic_key="input.shop",
            units=1,
            limit=10,
            duration=RateLimitDuration.MINUTE,
        )
    ],
)
def charge(input: EmptyModel, ctx: Context) -> None: ...
```
Put what the limit depends on into the workflow's input, or run the limited task as a child with an input of its own.

## References
- https://docs.hatchet.run/v1/rate-limits
- `hatchet_sdk.RateLimit`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages import cel
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._checking import quote, report
from hatchet_ls.rules.cel._evaluation import uses


@rule(severity=Severity.WARNING, since="0.1.0")
def cel_parents_in_rate_limit(expression: Expression) -> Iterator[Finding]:
    """Declared at registration, and not at run."""
    if "parents" not in cel.ENVIRONMENTS[expression.place.environment].unbound or expression.checked.problems:
        return
    for _, access in uses(expression.checked.tree, "parents"):
        yield report(
            expression,
            access.span,
            f"{quote(expression.text[access.start : access.end])} passes registration and is not there at run: on "
            f"engines before v0.106.5 {expression.place.fails}",
        )
