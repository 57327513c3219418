"""
Checks for methods of the durable context in tasks that are not durable.

## What happens
At run the SDK gives a function under `@hatchet.task` or `@workflow.task` a `Context`, whatever its parameter is
annotated with. Only the `DurableContext` of a durable task can wait durably: the line raises `AttributeError:
'Context' object has no attribute 'aio_sleep_for'`, the attempt fails, and its retries fail the same way.

## Example
```py
from datetime import timedelta

from hatchet_sdk import DurableContext, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task()
async def remind(input: EmptyModel, ctx: DurableContext) -> None:
    await ctx.aio_sleep_for(timedelta(hours=1))  # error: [durable-method-on-plain-task]
```

## Use instead
```py
from datetime import timedelta

from hatchet_sdk import DurableContext, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.durable_task(execution_timeout=timedelta(hours=2))
async def remind(input: EmptyModel, ctx: DurableContext) -> None:
    await ctx.aio_sleep_for(timedelta(hours=1))
```

## Fix safety
Unsafe: a durable task runs in slots of its own, its function runs again from the top each time it is resumed, and so
it should do no I/O of its own. There is no fix where the decorator has arguments that `durable_task` does not take,
and for a function that is not `async`.

## References
- https://docs.hatchet.run/v1/durable-tasks
- `hatchet_sdk.Hatchet.durable_task`
- `hatchet_sdk.DurableContext`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hatchet_ls.hatchet.program import Access, Function, Program, Task, TaskKind
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.text import Edit, Span

_PLAIN = frozenset({TaskKind.TASK, TaskKind.ON_FAILURE, TaskKind.ON_SUCCESS})
_ANNOTATION = re.compile(r"(\s*:\s*)Context(?=\s*[,)=])")


@rule(severity=Severity.ERROR, since="0.1.0")
def durable_method_on_plain_task(access: Access, program: Program) -> Iterator[Finding]:
    """An attribute of the context that only the durable one has, in the body of a task that gets the plain one."""
    task = access.task
    if access.owner != "Context" or access.stored or access.subclassed or access.name.startswith("_"):
        return
    if task is None or task.kind not in _PLAIN or task.function is None:
        return
    if access.source.slice(access.owner_span) != task.function.context_name:
        return
    if program.facts.member("Context", access.name) or not program.facts.member("DurableContext", access.name):
        return
    if access.guarded:
        return
    name = f"`{task.function.context_name}.{access.name}`"
    yield Finding(
        access.span,
        f"Only the context of a durable task has {name}: in the task `{task.function.name}` it raises `AttributeError`",
        fix=_fix(task, task.function, program),
    )


def _fix(task: Task, function: Function, program: Program) -> Fix | None:
    call = task.call
    if task.kind is not TaskKind.TASK or not function.is_async or call.source is not program.source:
        return None
    if call.open or call.overridden is not None or program.source.slice(call.name_span) != "task":
        return None
    durable = program.facts.member(call.key.partition(".")[0], "durable_task")
    taken = {parameter.name for parameter in durable.parameters} if durable is not None else set()
    if any(argument.keyword_span is None or argument.name not in taken for argument in call.arguments):
        return None
    return Fix(
        f"Make `{function.name}` a durable task",
        (Edit(call.name_span, "durable_task"), *_annotate(function, program)),
        Applicability.UNSAFE,
    )


def _annotate(function: Function, program: Program) -> tuple[Edit, ...]:
    """Edits that turn the annotation ``Context`` of the context into ``DurableContext``."""
    if function.context_span is None or function.source is not program.source:
        return ()
    written = _ANNOTATION.match(program.source.text, function.context_span.end)
    if written is None or program.import_name("hatchet_sdk", "Context") != ("Context", ()):
        return ()
    name, imports = program.import_name("hatchet_sdk", "DurableContext")
    return (*imports, Edit(Span(written.end(1), written.end()), name))
