"""
Checks for a concurrency key that is no string.

## What happens
Runs are grouped by a text. An expression that gives a number, true or false, a list or a map compiles, so that
registration does not notice; at run the engine cannot use the value, and every run fails:
`expected string output for concurrency key, got int`.

A field of the input can be anything as far as CEL knows. Where the workflow's `input_validator` says that it is no
string, this is a warning: with such an input the run fails.

## Example
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet

hatchet = Hatchet()
by_size = ConcurrencyExpression(
    expression="size(input.files)",  # error: [concurrency-expression-not-string]
    max_runs=5,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
reports = hatchet.workflow(name="reports", concurrency=by_size)
```

## Use instead
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet

hatchet = Hatchet()
by_size = ConcurrencyExpression(
    expression="string(size(input.files))",
    max_runs=5,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
reports = hatchet.workflow(name="reports", concurrency=by_size)
```
JSON knows no whole numbers: `string(input.id)` gives `1e+06` for a million, `string(int(input.id))` gives `1000000`.

## Fix safety
Unsafe: the value becomes a text, but another expression may be meant.

## References
- https://docs.hatchet.run/v1/concurrency
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.cel_places import CONCURRENCY_KEY
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._results import report_result


@rule(severity=Severity.ERROR, since="0.1.0")
def concurrency_expression_not_string(expression: Expression) -> Iterator[Finding]:
    """The checker's type is another one, or the model's."""
    if expression.place is CONCURRENCY_KEY:
        yield from report_result(expression)
