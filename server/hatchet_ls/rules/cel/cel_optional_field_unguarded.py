"""
Checks for fields that may be null in places where null fails.

## What happens
A field that the workflow's `input_validator` allows to be `None` arrives as `null`, not as a missing field. Where a
text or a number is needed, as in a key or in `'user-' + input.team`, `null` makes the evaluation fail at run, and with
it the run. `has(input.team)` does not help: it is true for a field that is there and null.

## Example
```py
from pydantic import BaseModel

from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet


class Order(BaseModel):
    team: str | None = None


hatchet = Hatchet()
per_team = ConcurrencyExpression(
    expression="'team-' + input.team",  # hint: [cel-optional-field-unguarded]
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
orders = hatchet.workflow(name="orders", input_validator=Order, concurrency=per_team)
```

## Use instead
```py
from pydantic import BaseModel

from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet


class Order(BaseModel):
    team: str | None = None


hatchet = Hatchet()
per_team = ConcurrencyExpression(
    expression="input.team != null ? 'team-' + input.team : 'none'",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
orders = hatchet.workflow(name="orders", input_validator=Order, concurrency=per_team)
```

## Fix safety
Unsafe: runs without a value get a key of their own, `'none'`; or, where a test `has(input.team)` lets `null` through,
they go the way of those without the field.

## References
- https://docs.hatchet.run/v1/cel-expressions
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.demands import Verdict, judge
from hatchet_ls.languages.cel.trap import TrapKind
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._checking import report
from hatchet_ls.rules.cel._traps import possible, report_trap
from hatchet_ls.text import Span


@rule(severity=Severity.HINT, since="0.1.0")
def cel_optional_field_unguarded(expression: Expression) -> Iterator[Finding]:
    """The model says that it may be null, and nothing in the expression asks."""
    for trap in possible(expression, TrapKind.MAY_BE_NULL):
        yield report_trap(expression, trap)
    found = judge(expression.checked, expression.place.result)
    if found.verdict is Verdict.MAY_BE_NULL:
        yield report(
            expression,
            Span(0, len(expression.text)),
            f"{found.message}; registration does not notice, and with null {expression.place.fails}",
            replacement=found.suggestion,
        )
