"""
Checks for names that a CEL expression does not have in its place.

## What happens
Each place has variables of its own, and there are no others:

| place | variables |
|---|---|
| concurrency, idempotency, batch group | `input`, `additional_metadata`, `workflow_run_id` |
| rate limit | the same, and `parents` (evaluated by engines from v0.106.5, see `cel-parents-in-rate-limit`) |
| condition on a parent | `output` |
| condition on an event, `aio_wait_for_event` | `input` |
| filter, `hatchet.cel.debug` | `input`, `payload`, `additional_metadata`, `event_key`, `event_id` |
| webhook | `input`, `headers` |

The fields of a run's input are under `input`: `input.user_id`, not `user_id`. Python's `None`, `True` and `False` are
`null`, `true` and `false`.

A concurrency key, a rate limit or an idempotency key with another name is refused at registration, when the worker
starts. A condition, a filter or the group key of a batch passes registration and fails at run.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, RateLimit, RateLimitDuration

hatchet = Hatchet()
per_user = RateLimit(
    dynamic_key="inputs.user_id",  # error: [cel-undeclared-variable]
    units=1,
    limit=10,
    duration=RateLimitDuration.MINUTE,
)


@hatchet.task(rate_limits=[per_user])
def summarize(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, RateLimit, RateLimitDuration

hatchet = Hatchet()
per_user = RateLimit(
    dynamic_key="input.user_id",
    units=1,
    limit=10,
    duration=RateLimitDuration.MINUTE,
)


@hatchet.task(rate_limits=[per_user])
def summarize(input: EmptyModel, ctx: Context) -> None: ...
```

## Fix safety
Unsafe: the name that is meant is a guess.

## References
- https://docs.hatchet.run/v1/cel-expressions
- `hatchet_sdk.RateLimit`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._checking import report
from hatchet_ls.rules.cel._owners import problems_of


@rule(severity=Severity.ERROR, since="0.1.0")
def cel_undeclared_variable(expression: Expression) -> Iterator[Finding]:
    """The place's environment does not declare it."""
    place = expression.place
    *first, last = (f"`{name}`" for name in expression.checked.environment.variables if name not in place.hollow)
    variables = f"{', '.join(first)} and {last}" if first else last
    for problem in problems_of(expression, "cel-undeclared-variable"):
        yield report(
            expression,
            problem.span,
            f"`{problem.name}` is no variable of {place.name}, which has {variables}; {place.refused}",
            replacement=problem.suggestion,
        )
