"""
Checks for a `ConcurrencyExpression` without a limit strategy.

## What happens
`limit_strategy` says what becomes of a run that comes while `max_runs` others of its group are going: it waits, it is
cancelled, or it has a running one cancelled. The SDK has no default for it: `ConcurrencyExpression(...)` raises
`ValidationError: limit_strategy Field required`. It fails where the object is made, for a decorator at import.

## Example
```py
from hatchet_sdk import ConcurrencyExpression, Context, EmptyModel, Hatchet

hatchet = Hatchet()
per_user = ConcurrencyExpression(expression="input.user_id", max_runs=5)  # error: [concurrency-missing-limit-strategy]


@hatchet.task(concurrency=per_user)
def sync_account(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(
    concurrency=ConcurrencyExpression(
        expression="input.user_id",
        max_runs=5,
        limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
    ),
)
def sync_account(input: EmptyModel, ctx: Context) -> None: ...
```
`CANCEL_IN_PROGRESS` cancels a running run in favour of the new one, `CANCEL_NEWEST` cancels the new one. When only a
constant number is wanted, `concurrency=5` is enough (SDK 1.22 and newer).

## Fix safety
Safe: the code cannot run without it. The fix writes `GROUP_ROUND_ROBIN`, which keeps every run and lets it wait; it is
also what the SDK means by `concurrency=5`.

## References
- https://docs.hatchet.run/v1/concurrency
- `hatchet_sdk.ConcurrencyExpression`
- `hatchet_sdk.ConcurrencyLimitStrategy`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Concurrency, Program
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.rules.api._keywords import is_meant_by_another_keyword

_STRATEGY = "GROUP_ROUND_ROBIN"


@rule(severity=Severity.ERROR, since="0.1.0")
def concurrency_missing_limit_strategy(concurrency: Concurrency, program: Program) -> Iterator[Finding]:
    """The strategy is certainly not passed; one under a wrong name is left to ``unknown-keyword``."""
    call = concurrency.call
    by_position = any(argument.keyword_span is None for argument in call.arguments)
    if not call.omits("limit_strategy") or call.guarded or by_position:
        return
    if is_meant_by_another_keyword(call, "limit_strategy", program.facts):
        return
    enum, imports = program.import_name("hatchet_sdk", "ConcurrencyLimitStrategy")
    yield Finding(
        call.name_span,
        "`ConcurrencyExpression` without `limit_strategy` raises `ValidationError`: the SDK has no default for what "
        "happens to runs over the limit",
        Fix(
            f"Add `limit_strategy={enum}.{_STRATEGY}`",
            (*imports, *call.add_arguments(f"limit_strategy={enum}.{_STRATEGY}")),
            Applicability.SAFE,
        ),
    )
