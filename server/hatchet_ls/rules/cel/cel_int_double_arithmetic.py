"""
Checks for arithmetic with a number of the input and a whole number.

## What happens
CEL knows whole numbers (`int`) and others (`double`), and does not mix them in `+`, `-`, `*`, `/` and `%`. JSON has one
kind of number, and what comes from it, the fields of `input` and of the like, is always a `double`, even `3`. So
`input.n + 1` compiles, because CEL does not know what `input.n` is, and fails with `no such overload` every time that
it is evaluated. Registration does not notice; at run every run fails, or the condition never matches.

Comparisons are not concerned: `input.n > 1` and `input.n == 1` work.

Where the expression does not come to it in every run, or where only the workflow's `input_validator` says that the
field is a number, this is a warning.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, RateLimit, RateLimitDuration

hatchet = Hatchet()
per_user = RateLimit(
    dynamic_key="input.user_id",
    units="input.pages + 1",  # error: [cel-int-double-arithmetic]
    limit=100,
    duration=RateLimitDuration.MINUTE,
)


@hatchet.task(rate_limits=[per_user])
def render(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, RateLimit, RateLimitDuration

hatchet = Hatchet()
per_user = RateLimit(
    dynamic_key="input.user_id",
    units="int(input.pages) + 1",
    limit=100,
    duration=RateLimitDuration.MINUTE,
)


@hatchet.task(rate_limits=[per_user])
def render(input: EmptyModel, ctx: Context) -> None: ...
```
`input.pages + 1.0` works as well.

## Fix safety
Unsafe: `int(...)` cuts off what is behind the point.

## References
- https://docs.hatchet.run/v1/cel-expressions
- `hatchet_sdk.RateLimit`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.trap import Trap, TrapKind
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._checking import quote
from hatchet_ls.rules.cel._traps import certain, possible, report_trap


@rule(severity=Severity.ERROR, since="0.1.0")
def cel_int_double_arithmetic(expression: Expression) -> Iterator[Finding]:
    """A number from JSON where only an ``int`` goes."""
    for trap in certain(expression, TrapKind.JSON_NUMBER):
        yield report_trap(expression, trap, _message(expression, trap, expression.place.fails))
    for trap in possible(expression, TrapKind.JSON_NUMBER):
        message = _message(expression, trap, "it fails whenever it is evaluated")
        yield report_trap(expression, trap, message, Severity.WARNING)


def _message(expression: Expression, trap: Trap, consequence: str) -> str:
    if trap.name is None:
        # The model says that it is no number at all.
        return trap.message
    part = quote(expression.text[trap.span.start : trap.span.end])
    wanted = "a `uint`" if trap.name == "uint" else "an `int`"
    return f"{part} needs {wanted}, and a number from JSON is a `double`: {consequence}"
