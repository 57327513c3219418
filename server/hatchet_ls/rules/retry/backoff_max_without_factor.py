"""
Checks for a longest backoff on tasks that have no backoff.

## What happens
`backoff_max_seconds` is the ceiling of what `backoff_factor` makes. Without a factor, on the task or in the workflow's
`TaskDefaults`, the engine does not read it: at run, all retries follow at once.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(retries=5, backoff_max_seconds=120)  # warning: [backoff-max-without-factor]
def charge(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(retries=5, backoff_factor=2.0, backoff_max_seconds=120)
def charge(input: EmptyModel, ctx: Context) -> None: ...
```

## Fix safety
Unsafe: with the factor the retries come later than now.

## References
- https://docs.hatchet.run/v1/retry-policies
- `hatchet_sdk.Hatchet.task`, `hatchet_sdk.TaskDefaults`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Argument, Call, Program, Task
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.rules.api._keywords import is_meant_by_another_keyword
from hatchet_ls.rules.retry._settings import FACTOR, has_no_backoff, number, quote, replace, setting


@rule(severity=Severity.WARNING, since="0.1.0")
def backoff_max_without_factor(call: Call, program: Program) -> Iterator[Finding]:
    """The ceiling is certainly set, and certainly no factor is."""
    ceiling = setting(call, "backoff_max_seconds")
    if ceiling is None or number(call, ceiling) is None:
        return
    if is_meant_by_another_keyword(call, "backoff_factor", program.facts):
        return
    tasks = _tasks_with(call, program)
    if tasks and all(has_no_backoff(task) for task in tasks):
        yield Finding(
            ceiling.place,
            f"`{quote(ceiling)}` is not read without a `backoff_factor`: all retries follow at once",
            _fix(call),
        )


def _tasks_with(call: Call, program: Program) -> list[Task]:
    """The tasks that the call makes, or those of this source whose workflow has these ``TaskDefaults``."""
    return [*program.tasks_made_by(call), *program.tasks_falling_back_on(call)]


def _fix(call: Call) -> Fix | None:
    factor: Argument = call.argument("backoff_factor")
    if factor.written:
        return replace(call, factor, FACTOR)
    text = f"backoff_factor={FACTOR}"
    return Fix(f"Add `{text}`", call.add_arguments(text), Applicability.UNSAFE)
