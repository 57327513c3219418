"""
Checks for a single `ConcurrencyExpression`, or a text, where a workflow's task takes a list.

## What happens
`hatchet.workflow` and `hatchet.task` take one `ConcurrencyExpression` or a list of them; the tasks of a workflow
(`@workflow.task`, `.durable_task`, `.on_failure_task`, `.on_success_task`) take a list or a number only. A single
object gets past the import, and fails at registration, when the worker starts: the SDK goes through it as if it were
a list and stops with `AttributeError: 'tuple' object has no attribute 'to_proto'`. So does it with a text, letter by
letter.

## Example
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Context, EmptyModel, Hatchet

hatchet = Hatchet()
orders = hatchet.workflow(name="orders")
per_user = ConcurrencyExpression(
    expression="input.user_id",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.CANCEL_IN_PROGRESS,
)


@orders.task(concurrency=per_user)  # error: [wf-task-concurrency-not-a-list]
def charge(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Context, EmptyModel, Hatchet

hatchet = Hatchet()
orders = hatchet.workflow(name="orders")
per_user = ConcurrencyExpression(
    expression="input.user_id",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.CANCEL_IN_PROGRESS,
)


@orders.task(concurrency=[per_user])
def charge(input: EmptyModel, ctx: Context) -> None: ...
```

## Fix safety
Safe: the worker cannot start without the list. There is no fix for a text, which does not say how many runs it limits.

## References
- https://docs.hatchet.run/v1/concurrency
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.program import Call, Known, Object, Program
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.text import Edit, Span

_TASKS = frozenset({"task", "durable_task", "on_failure_task", "on_success_task"})


@rule(severity=Severity.ERROR, since="0.1.0")
def wf_task_concurrency_not_a_list(call: Call, program: Program) -> Iterator[Finding]:
    """The value is certainly one ``ConcurrencyExpression``, or a text."""
    owner, _, method = call.key.partition(".")
    argument = call.written("concurrency")
    if owner != "Workflow" or method not in _TASKS or argument is None or call.overridden is not None or call.guarded:
        return
    match argument.value:
        case Known(Object() as made) if _is_expression(made, program.facts):
            yield Finding(
                argument.span,
                f"`concurrency` of `workflow.{method}` takes a list: a single `ConcurrencyExpression` raises "
                "`AttributeError` when the worker registers the workflow",
                Fix(
                    "Put it into a list",
                    (
                        Edit(Span(argument.span.start, argument.span.start), "["),
                        Edit(Span(argument.span.end, argument.span.end), "]"),
                    ),
                    Applicability.SAFE,
                ),
            )
        case Known(str(text)) if text:
            yield Finding(
                argument.span,
                f"`concurrency` of `workflow.{method}` takes a list of `ConcurrencyExpression`: a text raises "
                "`AttributeError` when the worker registers the workflow",
            )


def _is_expression(made: Object, facts: Facts) -> bool:
    made_by = facts.class_of(made.path.removesuffix("()"))
    return made.path.endswith("()") and made_by is not None and made_by.name == "ConcurrencyExpression"
