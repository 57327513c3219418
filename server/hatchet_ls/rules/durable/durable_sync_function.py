"""
Checks for durable tasks whose function is not `async`.

## What happens
At import the SDK warns: "Non-async durable tasks are deprecated and will be removed in v2.0.0". At run the function
cannot await any of the durable calls (`ctx.aio_sleep_for`, `ctx.aio_wait_for`, `child.aio_run`), so that nothing of
what it does is recorded: it is a plain task that takes a durable slot.

## Example
```py
from hatchet_sdk import DurableContext, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.durable_task()
def settle(input: EmptyModel, ctx: DurableContext) -> None:  # warning: [durable-sync-function]
    ctx.log("settled")
```

## Use instead
```py
from hatchet_sdk import DurableContext, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.durable_task()
async def settle(input: EmptyModel, ctx: DurableContext) -> None:
    ctx.log("settled")
```

A function that waits for nothing durable is better off as a plain `@hatchet.task()`.

## Fix safety
Unsafe: an `async` function runs on the worker's event loop instead of in a thread, and tests must call `aio_mock_run`
in the place of `mock_run`. There is no fix for a body that is seen to block: one with I/O, a sleep or a synchronous
`run` of a child.

## References
- https://docs.hatchet.run/v1/durable-tasks
- `hatchet_sdk.Hatchet.durable_task`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Function, Program, Task
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.rules.durable._bodies import durable_body
from hatchet_ls.rules.durable._effects import SLEEPS, io_of
from hatchet_ls.text import Edit, Span

_BLOCKING_RUNS = frozenset({"run", "run_many", "run_no_wait", "run_many_no_wait", "result"})


@rule(severity=Severity.WARNING, since="0.1.0", sdk="1.31.0")
def durable_sync_function(task: Task, program: Program) -> Iterator[Finding]:
    """A durable task on a plain ``def``."""
    function = durable_body(task, program)
    if function is None or function.is_async or function.wrapped:
        return
    yield Finding(
        function.name_span,
        f"The durable task `{function.name}` is not `async`: it cannot await durable calls, and SDK 2.0 refuses it",
        fix=_fix(function),
        deprecated=True,
    )


def _fix(function: Function) -> Fix | None:
    if function.yields() or any(_blocks(call.path) for call in function.calls()):
        return None
    start = function.header_span.start
    return Fix(f"Make `{function.name}` an `async def`", (Edit(Span(start, start), "async "),), Applicability.UNSAFE)


def _blocks(path: str) -> bool:
    if path in SLEEPS or io_of(path) is not None:
        return True
    return path.startswith("hatchet_sdk.") and path.rpartition(".")[2] in _BLOCKING_RUNS
