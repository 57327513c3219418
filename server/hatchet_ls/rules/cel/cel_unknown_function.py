"""
Checks for functions that CEL does not have in their place.

## What happens
CEL has functions of its own, by names of its own: `size(x)` for `len(x)`, `string(x)` for `str(x)`, `x.lowerAscii()`
for `x.lower()`, `x.trim()` for `x.strip()`, `x.startsWith(y)` for `x.startswith(y)`. There is no `now()`, no `sum()`
and no `math`.

Conditions and webhooks have the language's standard functions only: there `lowerAscii`, `split`, `trim`, `replace`,
`join` and `format` do not exist either.

A concurrency key, a rate limit or an idempotency key with an unknown function is refused at registration, when the
worker starts. A condition, a filter or the group key of a batch passes registration and fails at run.

## Example
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet

hatchet = Hatchet()
per_user = ConcurrencyExpression(
    expression="input.email.lower()",  # error: [cel-unknown-function]
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
reports = hatchet.workflow(name="reports", concurrency=per_user)
```

## Use instead
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet

hatchet = Hatchet()
per_user = ConcurrencyExpression(
    expression="input.email.lowerAscii()",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
reports = hatchet.workflow(name="reports", concurrency=per_user)
```

## Fix safety
Safe where the engine refuses the workflow; unsafe elsewhere, where a condition or filter begins to work with it.

## References
- https://docs.hatchet.run/v1/cel-expressions
- https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.rules import Applicability, Finding, Severity, rule
from hatchet_ls.rules.cel._checking import report_problem
from hatchet_ls.rules.cel._owners import problems_of


@rule(severity=Severity.ERROR, since="0.1.0")
def cel_unknown_function(expression: Expression) -> Iterator[Finding]:
    """The place's environment does not declare it."""
    for problem in problems_of(expression, "cel-unknown-function"):
        meant = problem.suggestion.text if problem.suggestion is not None else ""
        hint = f", `{meant}` does that in CEL" if meant.isidentifier() else ""
        told = problem._replace(message=f"{problem.message}{hint}")
        yield report_problem(expression, told, Applicability.SAFE)
