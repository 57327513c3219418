"""
Checks for a constant concurrency key without quotes.

## What happens
A key such as `constant`, `global` or `*` is meant as a text, the same for all runs; one such as `user_id` rather as a
field of the input, so that each of its values is a key. To CEL a word without quotes is a variable, which does not
exist, and `*` is a multiplication of nothing. The engine refuses the workflow at registration, when the worker starts.

## Example
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet

hatchet = Hatchet()
limit = ConcurrencyExpression(
    expression="global",  # error: [concurrency-constant-identifier]
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
    expression="'global'",
    max_runs=5,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
reports = hatchet.workflow(name="reports", concurrency=limit)
```
Since 1.22 a plain number says the same: `concurrency=5`.

## Fix safety
Unsafe: a field of the input may be meant, `input.global`. Where the word reads like one, as `user_id` does, the fix is
`input.user_id`. Editors offer both.

## References
- https://docs.hatchet.run/v1/concurrency
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.cel_places import CONCURRENCY_KEY
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.problems import Replacement
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._bare_words import field_of, no_text, with_fixes
from hatchet_ls.rules.cel._checking import report
from hatchet_ls.rules.cel._owners import bare_word
from hatchet_ls.text import Span


@rule(severity=Severity.ERROR, since="0.1.0")
def concurrency_constant_identifier(expression: Expression) -> Iterator[Finding]:
    """The whole expression is one word, which is no variable and no field of the input."""
    word = bare_word(expression)
    if word is None or expression.place is not CONCURRENCY_KEY:
        return
    whole = Span(0, len(expression.text))
    field = field_of(expression)
    message = f"{no_text(word)}: {expression.place.refused}; `'{word}'` is one key for all runs"
    if field is not None:
        message += f", `{field.text}` is a field of the input"
    finding = report(expression, whole, message, replacement=Replacement(whole, f"'{word}'"))
    of_field = report(expression, whole, message, replacement=field).fix
    yield with_fixes(finding, expression, of_field, finding.fix)
