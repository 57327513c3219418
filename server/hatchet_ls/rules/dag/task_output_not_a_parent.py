"""
Checks for outputs of tasks that are not parents of the task that reads them.

## What happens
`ctx.task_output(x)` raises `ValueError: Step output for 'x' not found` at run when the run has no output of `x` yet.
The engine sends a task the outputs of the tasks of the same run that have completed by then. Only those of its
parents are sure to have:

- the output of the task itself, of one that comes after it, and of a task of another workflow is never there (an
  error);
- a task of the same workflow that does not come before this one may or may not have finished first: which of the two
  differs from run to run (an error);
- a parent's parent has always finished, and its output is sent today, but nothing says that it will be (a hint).

Tasks that run on failure or on success get the outputs of all tasks that completed, and are left alone.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()
report = hatchet.workflow(name="report")


@report.task()
def collect(input: EmptyModel, ctx: Context) -> dict[str, int]:
    return {"rows": 3}


@report.task()
def render(input: EmptyModel, ctx: Context) -> dict[str, int]:
    return ctx.task_output(collect)  # error: [task-output-not-a-parent]
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()
report = hatchet.workflow(name="report")


@report.task()
def collect(input: EmptyModel, ctx: Context) -> dict[str, int]:
    return {"rows": 3}


@report.task(parents=[collect])
def render(input: EmptyModel, ctx: Context) -> dict[str, int]:
    return ctx.task_output(collect)
```

## Fix safety
Adding a parent's parent is safe: it changes no order. Adding any other task is unsafe: the task then waits for it,
and is cancelled when it fails. There is no fix that would make a task depend on itself, or name a task that is
defined further down.

## References
- https://docs.hatchet.run/v1/directed-acyclic-graphs
- `hatchet_sdk.Context.task_output`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Argument, Call, Known, Program, Task, Workflow
from hatchet_ls.rules import Applicability, Finding, Related, Severity, rule
from hatchet_ls.rules.api._keywords import is_meant_by_another_keyword
from hatchet_ls.rules.dag._order import add_parent, ancestors

_READS = frozenset({"Context.task_output", "DurableContext.task_output"})


@rule(severity=Severity.ERROR, since="0.1.0")
def task_output_not_a_parent(call: Call, program: Program) -> Iterator[Finding]:
    """``ctx.task_output(x)`` in a task of a workflow of whose parents ``x`` is none."""
    if call.key not in _READS or call.overridden is not None or (reader := call.task) is None:
        return
    argument = call.argument("task")
    read = program.task_of(argument.value)
    if read is None or reader.workflow is None or read.workflow is None or reader.is_hook:
        return
    if reader.parents is None or _has_name_of(reader.parents, read):
        return
    if is_meant_by_another_keyword(reader.call, "parents", program.facts):
        return
    finding = _judge(reader, read, argument, program)
    if finding is not None and not call.guarded:
        yield finding


def _judge(reader: Task, read: Task, argument: Argument, program: Program) -> Finding | None:
    mine, its = _shown(reader), _shown(read)
    related = (Related(read.call.source, read.call.span, f"{its} is defined here"),)
    if read is reader:
        return Finding(
            argument.span, f"{mine} reads its own output, which does not exist before it ends: it always fails"
        )
    before, known = ancestors(reader)
    after, _ = ancestors(read)
    if _same(reader.workflow, read.workflow):
        if reader in after:
            message = f"{its} runs after {mine}: its output does not exist yet, and reading it always fails"
            return Finding(argument.span, message, related=related)
        if read in before:
            return Finding(
                argument.span,
                f"{its} is a parent's parent of {mine}: that its output is sent along is not documented",
                fix=add_parent(reader, read, argument, program, Applicability.SAFE),
                related=related,
                severity=Severity.HINT,
            )
        if not known:
            return None
        return Finding(
            argument.span,
            f"{its} is no parent of {mine}: reading its output fails unless it happens to have finished first",
            fix=add_parent(reader, read, argument, program, Applicability.UNSAFE),
            related=related,
        )
    if not known or _has_name_of(before, read) or not _names_differ(reader, read):
        return None
    message = f"{its} is a task of another workflow than {mine}: its output is never there, and reading it always fails"
    return Finding(argument.span, message, related=related)


def _shown(task: Task) -> str:
    match task.name:
        case Known(str(name)):
            return f"`{name}`"
    return f"`{task.function.name}`" if task.function is not None else "the task"


def _same(first: Workflow | None, second: Workflow | None) -> bool:
    assert first is not None
    assert second is not None
    return first.call.source is second.call.source and first.call.span == second.call.span


def _has_name_of(tasks: tuple[Task, ...] | list[Task], read: Task) -> bool:
    """Whether one of the tasks has its name, by which outputs are found, or may have it."""
    return any(task is read or not _names_differ(task, read) for task in tasks)


def _names_differ(first: Task, second: Task) -> bool:
    match first.name, second.name:
        case Known(str(one)), Known(str(other)):
            return one.lower() != other.lower()
    return False
