"""
Checks for `max_runs` with a number in quotes.

## What happens
Since 1.40 `max_runs` takes a CEL expression, and a text is one: `max_runs="5"` is the expression `5`. It is sent beside
a fixed limit of 1. Engines before v0.106.5 do not know the expression: there the limit is 1, not 5. Newer ones evaluate
it for every run to get the number that could stand there.

Before 1.40 the SDK made a number of the text.

## Example
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy

per_user = ConcurrencyExpression(
    expression="input.user_id",
    max_runs="5",  # warning: [concurrency-max-runs-numeric-string]
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
```

## Use instead
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy

per_user = ConcurrencyExpression(
    expression="input.user_id",
    max_runs=5,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
```

## Fix safety
Safe: the number is the one that the expression gives.

## References
- https://docs.hatchet.run/v1/concurrency
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.cel_places import CONCURRENCY_LIMIT
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._numbers import numeric_string, report_number


@rule(severity=Severity.WARNING, since="0.1.0", sdk="1.40.0")
def concurrency_max_runs_numeric_string(expression: Expression) -> Iterator[Finding]:
    """The expression is a whole number."""
    number = numeric_string(expression)
    if number is None or expression.place is not CONCURRENCY_LIMIT:
        return
    yield report_number(
        expression,
        number,
        f'`max_runs="{number}"` is a CEL expression: engines before v0.106.5 do not evaluate it, and limit to 1 run'
        + ("" if number > 0 else "; later ones take no limit below 1"),
        fixable=number > 0,
    )
