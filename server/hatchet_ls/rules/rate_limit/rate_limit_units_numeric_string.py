"""
Checks for the units of a rate limit with a number in quotes.

## What happens
`units` takes a number or a CEL expression, and a text is an expression: `units="3"` is evaluated for every run to get
the number that could stand there. It works at run, and it hides that the number is fixed.

## Example
```py
from hatchet_sdk import RateLimit

limit = RateLimit(static_key="openai", units="3")  # hint: [rate-limit-units-numeric-string]
```

## Use instead
```py
from hatchet_sdk import RateLimit

limit = RateLimit(static_key="openai", units=3)
```

## Fix safety
Safe: the number is the one that the expression gives.

## References
- https://docs.hatchet.run/v1/rate-limits
- `hatchet_sdk.RateLimit`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.cel_places import RATE_LIMIT_UNITS
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._numbers import numeric_string, report_number


@rule(severity=Severity.HINT, since="0.1.0")
def rate_limit_units_numeric_string(expression: Expression) -> Iterator[Finding]:
    """The expression is a whole number."""
    number = numeric_string(expression)
    if number is None or expression.place is not RATE_LIMIT_UNITS:
        return
    yield report_number(
        expression,
        number,
        f'`units="{number}"` is a CEL expression, evaluated for every run: `{number}` says the same',
    )
