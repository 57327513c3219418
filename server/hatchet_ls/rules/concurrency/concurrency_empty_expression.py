"""
Checks for a `ConcurrencyExpression` with an empty expression.

## What happens
The expression gives the key by which runs are grouped. Python accepts an empty one; the engine refuses the workflow
with `CEL expression is required for concurrency` at registration, when the worker starts.

## Example
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet

hatchet = Hatchet()
limit = ConcurrencyExpression(
    expression="",  # error: [concurrency-empty-expression]
    max_runs=5,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
reports = hatchet.workflow(name="reports", concurrency=limit)
```

## Use instead
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet

hatchet = Hatchet()
limit = ConcurrencyExpression(
    expression="input.user_id",
    max_runs=5,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
reports = hatchet.workflow(name="reports", concurrency=limit)
```
For one limit over all runs write a constant, `expression="'all'"`, or just the number: `concurrency=5`.

## References
- https://docs.hatchet.run/v1/concurrency
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.cel_places import CONCURRENCY_KEY
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._checking import report
from hatchet_ls.text import Span


@rule(severity=Severity.ERROR, since="0.1.0")
def concurrency_empty_expression(expression: Expression) -> Iterator[Finding]:
    """Nothing, or nothing but white space."""
    if expression.place is CONCURRENCY_KEY and not expression.text.strip():
        yield report(
            expression,
            Span(0, len(expression.text)),
            f"the expression is empty and gives no key to group runs by: {expression.place.refused}",
        )
