"""
Checks for I/O in the body of a durable task.

## What happens
At run, each time a durable task is resumed (after a wait during which it was evicted, a restart or a deploy), its
function runs again from the top. Durable calls give what they gave before; everything else happens again: the request
is sent twice, the row is written twice, the mail goes out twice. When the answer then differs and decides what
durable call comes next, the run fails with `NonDeterminismError`.

A durable task should only call its context and run children, and decide on what these give. I/O belongs into a child:
it runs once, has retries and a timeout of its own, and its result is recorded.

What is looked at is the task's own body and, one call deep, the functions of the project that it calls, enters as
context managers, or hands to `asyncio.to_thread`, `run_in_executor` or a `functools.partial` that it calls; the calls
that count are those that the imports lead to in the well-known libraries for HTTP, databases, files, processes, mail,
cloud services and language models. Logging is fine: it only repeats. Silent on what a function does only with other
arguments than those of the call (`if dry_run: return`), or with a context that is not durable.

## Example
```py
import requests
from hatchet_sdk import DurableContext, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.durable_task()
async def settle(input: EmptyModel, ctx: DurableContext) -> None:
    requests.post("https://pay.example.com/charges", timeout=5)  # warning: [durable-direct-io]
```

## Use instead
```py
import requests
from hatchet_sdk import Context, DurableContext, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task()
def charge(input: EmptyModel, ctx: Context) -> None:
    requests.post("https://pay.example.com/charges", timeout=5)


@hatchet.durable_task()
async def settle(input: EmptyModel, ctx: DurableContext) -> None:
    await charge.aio_run(input)
```

## References
- https://docs.hatchet.run/v1/durable-tasks
- https://docs.hatchet.run/v1/child-spawning
- `hatchet_sdk.Hatchet.durable_task`
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hatchet_ls.hatchet.program import BodyCall, Known, Program, Task
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.durable._bodies import by_place, durable_body, subject, trail
from hatchet_ls.rules.durable._effects import io_of


@rule(severity=Severity.WARNING, since="0.1.0")
def durable_direct_io(task: Task, program: Program) -> Iterator[Finding]:
    """A call of the table of effects, in the body of a durable task or in a helper that it calls."""
    function = durable_body(task, program)
    if function is None:
        return
    for calls in by_place(_with_io(function.calls())):
        first = calls[0]
        does = io_of(first.path)
        assert does is not None
        yield Finding(
            first.span,
            f"{subject(first, does)} in the durable task `{function.name}`: "
            "it happens again each time the task is resumed",
            related=trail(calls, lambda name: f"`{name}` is called here"),
        )


def _with_io(calls: Sequence[BodyCall]) -> list[BodyCall]:
    found = [call for call in calls if io_of(call.path) is not None]
    opened = {(call.path, bool(call.trail)) for call in found}
    return [call for call in found if not _uses(call, opened) and not _in_memory(call)]


def _uses(call: BodyCall, opened: set[tuple[str, bool]]) -> bool:
    """Whether the call uses a connection or file that is opened in the same body: then that is what counts."""
    parts = call.path.split("()")
    return any(("()".join(parts[:length]), bool(call.trail)) in opened for length in range(1, len(parts)))


def _in_memory(call: BodyCall) -> bool:
    match [argument.value for argument in call.arguments]:
        case [Known(":memory:"), *_]:
            return True
    return False
