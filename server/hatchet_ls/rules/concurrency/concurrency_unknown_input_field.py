"""
Checks for fields in CEL expressions that the workflow's input does not have.

## What happens
The key of a concurrency limit, of a rate limit, of idempotency or of a batch is worked out from the run's input. A
field that is not there fails with `no such key` at run, and the run with it. Registration does not notice, because CEL
takes any field of `input`.

The fields are those of the workflow's `input_validator` by the names that they have in the JSON. A model that allows
further fields (`extra="allow"`), and one that cannot be read as a whole, is left alone.

A run that is triggered from elsewhere may bring fields that the model does not know: this is a warning.

## Example
```py
from pydantic import BaseModel

from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet


class Order(BaseModel):
    user_id: str


hatchet = Hatchet()
per_user = ConcurrencyExpression(
    expression="input.userid",  # warning: [concurrency-unknown-input-field]
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
    user_id: str


hatchet = Hatchet()
per_user = ConcurrencyExpression(
    expression="input.user_id",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
orders = hatchet.workflow(name="orders", input_validator=Order, concurrency=per_user)
```

## Fix safety
Unsafe: the field that is meant is a guess.

## References
- https://docs.hatchet.run/v1/concurrency
- https://docs.hatchet.run/v1/cel-expressions
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.trap import TrapKind
from hatchet_ls.languages.cel.tree import Has, walk
from hatchet_ls.rules import Finding, Related, Severity, rule
from hatchet_ls.rules.cel._checking import quote
from hatchet_ls.rules.cel._traps import possible, report_trap


@rule(severity=Severity.WARNING, since="0.1.0")
def concurrency_unknown_input_field(expression: Expression) -> Iterator[Finding]:
    """The model is known as a whole, has no field of that name, and the expression does not ask for it by ``has``."""
    model = expression.input_model
    tree, text = expression.checked.tree, expression.text
    asked = {text[node.argument.start : node.argument.end] for node in walk(tree) if isinstance(node, Has)}
    for trap in possible(expression, TrapKind.UNKNOWN_FIELD):
        if text[trap.span.start : trap.span.end] in asked:
            continue
        meant = trap.suggestion.text.strip("'\"") if trap.suggestion is not None else ""
        hint = f", but `{meant}` is" if meant else ""
        message = f"{quote(text[trap.span.start : trap.span.end])} is not in the input of the workflow{hint}"
        finding = report_trap(expression, trap, message)
        place = (Related(model.source, model.span, "The input is described here"),) if model is not None else ()
        yield Finding(finding.span, finding.message, finding.fix, (*finding.related, *place))
