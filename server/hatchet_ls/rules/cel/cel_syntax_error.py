"""
Checks for CEL expressions that the engine cannot read.

## What happens
Keys, limits, conditions and filters are written in the Common Expression Language (CEL), which looks like Python and is
not: it says `&&`, `||` and `!` for `and`, `or` and `not`, it has no assignment, no `===`, no f-strings and no
`${templates}`.

What comes of an expression that cannot be read depends on its place:

- A concurrency key, a rate limit or an idempotency key is refused at registration, when the worker starts.
- A condition, a filter or the group key of a batch passes registration and fails at run: the condition never matches,
  no event passes the filter, every run of the batch fails.

## Example
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet

hatchet = Hatchet()
per_user = ConcurrencyExpression(
    expression="input.vip and input.user_id != '' ? input.user_id : 'others'",  # error: [cel-syntax-error]
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
    expression="input.vip && input.user_id != '' ? input.user_id : 'others'",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
reports = hatchet.workflow(name="reports", concurrency=per_user)
```

## Fix safety
Safe where the engine refuses the workflow, and nothing is left to say about what the fix makes of the expression.
Unsafe where it takes the expression and never gets a result from it: with the fix a condition or filter begins to work.
Python takes any value for a condition and CEL only booleans: `input.a if input.b else 'c'` is mended safely only where
`input.b` is known to be one, and `input.a or 'b'` not at all.

## References
- https://docs.hatchet.run/v1/cel-expressions
- https://github.com/google/cel-spec/blob/master/doc/langdef.md
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel import ProblemKind, Replacement
from hatchet_ls.rules import Applicability, Finding, Severity, rule
from hatchet_ls.rules.cel._checking import quote, report
from hatchet_ls.rules.cel._owners import findings_of
from hatchet_ls.text import Span

_IN_BRACES = re.compile(r"\s*(?P<open>\$?\{\{?)(?P<inner>[^{}]+)\}\}?\s*")


@rule(severity=Severity.ERROR, since="0.1.0")
def cel_syntax_error(expression: Expression) -> Iterator[Finding]:
    """The engine's parser refuses it."""
    braces = _IN_BRACES.fullmatch(expression.text)
    if braces is not None and any(problem.kind is ProblemKind.SYNTAX for problem in expression.checked.problems):
        whole = Span(0, len(expression.text))
        yield report(
            expression,
            whole,
            f"{quote(expression.text)} is no template: all of the text is CEL, without `{braces['open']}` around it; "
            f"{expression.place.refused}",
            replacement=Replacement(whole, braces["inner"].strip()),
            applicability=Applicability.SAFE if expression.place.registered else Applicability.UNSAFE,
        )
        return
    yield from findings_of(expression, "cel-syntax-error")
