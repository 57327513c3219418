"""
Checks for idempotency keys that use `workflow_run_id`.

## What happens
An idempotency key is worked out before there is a run, from `input` and `additional_metadata`. `workflow_run_id` passes
registration and has no value then: every trigger fails. It would be of no use either, because it differs for each run:
no two triggers would ever have the same key.

## Example
```py
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet, TTLBasedIdempotencyConfig

hatchet = Hatchet()
once = TTLBasedIdempotencyConfig(
    key_expression="workflow_run_id",  # error: [cel-workflow-run-id-in-idempotency]
    ttl=timedelta(minutes=10),
)


@hatchet.task(idempotency=once)
def charge(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet, TTLBasedIdempotencyConfig

hatchet = Hatchet()
once = TTLBasedIdempotencyConfig(
    key_expression="input.order_id",
    ttl=timedelta(minutes=10),
)


@hatchet.task(idempotency=once)
def charge(input: EmptyModel, ctx: Context) -> None: ...
```

## References
- https://docs.hatchet.run/v1/idempotency
- `hatchet_sdk.TTLBasedIdempotencyConfig`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.cel_places import IDEMPOTENCY_KEY
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._checking import report
from hatchet_ls.rules.cel._evaluation import decides, uses


@rule(severity=Severity.ERROR, since="0.1.0", sdk="1.35.0")
def cel_workflow_run_id_in_idempotency(expression: Expression) -> Iterator[Finding]:
    """Declared at registration, without a value at the trigger."""
    tree = expression.checked.tree
    if expression.place is not IDEMPOTENCY_KEY or expression.checked.problems:
        return
    for name, _ in uses(tree, "workflow_run_id"):
        certain = decides(tree, name.span)
        yield report(
            expression,
            name.span,
            f"`workflow_run_id` passes registration and has no value when an idempotency key is worked out: "
            f"{'every trigger fails' if certain else 'the trigger fails wherever it is asked for'}",
            severity=None if certain else Severity.WARNING,
        )
