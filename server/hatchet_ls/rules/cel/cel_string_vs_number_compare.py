"""
Checks for comparisons of values that are never equal.

## What happens
CEL compares a text with a number without a complaint when one of them comes from the input, and they are never equal:
`input.n == '3'` is always false where the workflow's `input_validator` says that `n` is a number. Registration does not
notice; at run the expression silently takes the other way.

The same holds for `output` in a condition on a parent task, where the parent's function says what it returns.

`event_id` in a filter is declared as a text and comes as bytes, so that it equals no text either.

## Example
```py
from pydantic import BaseModel

from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet


class Order(BaseModel):
    tier: int
    user_id: str


hatchet = Hatchet()
per_user = ConcurrencyExpression(
    expression="input.tier == '3' ? 'premium' : input.user_id",  # warning: [cel-string-vs-number-compare]
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
orders = hatchet.workflow(name="orders", input_validator=Order, concurrency=per_user)
```

## Use instead
```py
from pydantic import BaseModel

from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet


class Order(BaseModel):
    tier: int
    user_id: str


hatchet = Hatchet()
per_user = ConcurrencyExpression(
    expression="input.tier == 3 ? 'premium' : input.user_id",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
orders = hatchet.workflow(name="orders", input_validator=Order, concurrency=per_user)
```

## Fix safety
Unsafe: what was never true so far may come true.

## References
- https://docs.hatchet.run/v1/cel-expressions
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.trap import TrapKind
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._traps import certain, possible, report_trap


@rule(severity=Severity.WARNING, since="0.1.0")
def cel_string_vs_number_compare(expression: Expression) -> Iterator[Finding]:
    """The types of both sides are known, and have no value in common."""
    for trap in (*certain(expression, TrapKind.NEVER_EQUAL), *possible(expression, TrapKind.NEVER_EQUAL)):
        yield report_trap(expression, trap)
