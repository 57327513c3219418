"""
Checks for fields with a hyphen in a CEL expression.

## What happens
`input.user-id` is a subtraction to CEL: the field `user` of the input minus a variable `id`, which does not exist. A
name that is no identifier goes into brackets: `input['user-id']`.

A concurrency key, a rate limit or an idempotency key with a hyphen is refused at registration, when the worker starts.
A condition, a filter or the group key of a batch passes registration and fails at run.

## Example
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet

hatchet = Hatchet()
per_user = ConcurrencyExpression(
    expression="input.user-id",  # error: [cel-hyphen-field]
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
    expression="input['user-id']",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
reports = hatchet.workflow(name="reports", concurrency=per_user)
```

## Fix safety
Safe where the engine refuses the workflow; unsafe elsewhere, where a condition or filter begins to work with it. Where
the workflow's `input_validator` has no such field, there is no fix, or an unsafe one to `input.user_id` if it has that.

## References
- https://docs.hatchet.run/v1/cel-expressions
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel import Replacement
from hatchet_ls.rules import Applicability, Finding, Severity, rule
from hatchet_ls.rules.cel._checking import report_problem
from hatchet_ls.rules.cel._owners import problems_of


@rule(severity=Severity.ERROR, since="0.1.0")
def cel_hyphen_field(expression: Expression) -> Iterator[Finding]:
    """A field minus a variable that does not exist, written without a space.

    A name with several hyphens is one mistake.
    """
    told: set[Replacement | None] = set()
    for problem in problems_of(expression, "cel-hyphen-field"):
        if problem.suggestion is None or problem.suggestion not in told:
            told.add(problem.suggestion)
            yield report_problem(expression, problem, Applicability.SAFE)
