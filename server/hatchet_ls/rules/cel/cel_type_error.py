"""
Checks for CEL expressions whose types do not go together.

## What happens
CEL has types, and converts none of them by itself: `'a' + 1`, `1 == 1.0`, `'a' == null`, `!input.name.startsWith('a') ?
1 : 'a'` (branches of two types), `3.contains('a')` and a format string that does not fit its arguments are refused.

A concurrency key, a rate limit or an idempotency key with such an expression is refused at registration, when the
worker starts. A condition, a filter or the group key of a batch passes registration and fails at run.

A field of the input can be anything as far as CEL knows. Where the workflow's `input_validator` says what it is, and
the expression cannot do with that, this is a warning: `'user-' + input.id` compiles, and with a number in `id` every
run fails.

## Example
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet

hatchet = Hatchet()
per_user = ConcurrencyExpression(
    expression="'user-' + size(input.tags)",  # error: [cel-type-error]
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
    expression="'user-' + string(size(input.tags))",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
reports = hatchet.workflow(name="reports", concurrency=per_user)
```

## Fix safety
Safe where the engine refuses the workflow; unsafe elsewhere, where a condition or filter begins to work with it.

## References
- https://docs.hatchet.run/v1/cel-expressions
- https://github.com/google/cel-spec/blob/master/doc/langdef.md
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.trap import TrapKind
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._owners import findings_of
from hatchet_ls.rules.cel._traps import certain, possible, report_trap


@rule(severity=Severity.ERROR, since="0.1.0")
def cel_type_error(expression: Expression) -> Iterator[Finding]:
    """The engine's checker refuses it for another reason than a name, or no value that may come can make it work."""
    yield from findings_of(expression, "cel-type-error")
    for trap in (*certain(expression, TrapKind.FAILS), *possible(expression, TrapKind.FAILS)):
        yield report_trap(expression, trap, severity=Severity.WARNING)
