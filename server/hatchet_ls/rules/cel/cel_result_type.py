"""
Checks for CEL expressions that give something else than their place takes.

## What happens
Keys must be strings, units and limits must be numbers, conditions and filters must be true or false. The engine checks
at registration that an expression compiles, not what it gives: the mistake comes up at run, when the value is used.
Then every run with such a rate limit or batch fails, every trigger with such an idempotency key fails, such a condition
never matches, and no event passes such a filter.

A field of the input can be anything as far as CEL knows. Where the workflow's `input_validator` says that it is
something else, this is a warning: with such an input it fails.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, RateLimit, RateLimitDuration

hatchet = Hatchet()
per_size = RateLimit(
    dynamic_key="size(input.files)",  # error: [cel-result-type]
    units=1,
    limit=10,
    duration=RateLimitDuration.MINUTE,
)


@hatchet.task(rate_limits=[per_size])
def convert(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, RateLimit, RateLimitDuration

hatchet = Hatchet()
per_size = RateLimit(
    dynamic_key="string(size(input.files))",
    units=1,
    limit=10,
    duration=RateLimitDuration.MINUTE,
)


@hatchet.task(rate_limits=[per_size])
def convert(input: EmptyModel, ctx: Context) -> None: ...
```

## Fix safety
Unsafe: the value becomes a string or a number, but another expression may be meant.

## References
- https://docs.hatchet.run/v1/cel-expressions
- `hatchet_sdk.RateLimit`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.cel_places import CONCURRENCY_KEY, DEBUG
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._results import report_result


@rule(severity=Severity.ERROR, since="0.1.0")
def cel_result_type(expression: Expression) -> Iterator[Finding]:
    """The checker's type is another one, or the model's; concurrency keys and ``cel.debug`` have rules of their own."""
    if expression.place not in (CONCURRENCY_KEY, DEBUG):
        yield from report_result(expression)
