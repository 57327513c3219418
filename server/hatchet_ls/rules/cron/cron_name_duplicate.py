"""
Checks for crons that are created twice.

## What happens
A cron that `cron.create` or `create_cron` makes stays in the engine until it is deleted. One workflow cannot have two
with the same name and expression: the second call fails with an `ApiException`.

It also happens with a single call, when that stands at the top of a module that defines tasks: the module is imported
whenever a worker starts, and the second start creates the cron again. Such a cron belongs into `on_crons`, or into a
script of its own.

## Example
```py
from hatchet_sdk import EmptyModel, Hatchet

hatchet = Hatchet()
report = hatchet.workflow(name="report")


def subscribe() -> None:
    report.create_cron("mornings", "0 9 * * *", EmptyModel())
    report.create_cron("mornings", "0 9 * * *", EmptyModel())  # warning: [cron-name-duplicate]
```

## Use instead
```py
from hatchet_sdk import EmptyModel, Hatchet

hatchet = Hatchet()
report = hatchet.workflow(name="report")


def subscribe() -> None:
    report.create_cron("mornings", "0 9 * * *", EmptyModel())
    report.create_cron("evenings", "0 18 * * *", EmptyModel())
```

## References
- https://docs.hatchet.run/v1/cron-runs
- `hatchet_sdk.features.cron.CronClient.create`, `hatchet_sdk.Workflow.create_cron`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.crons import is_creation
from hatchet_ls.hatchet.program import Argument, Call, Known, Program
from hatchet_ls.rules import Finding, Related, Severity, rule


@rule(severity=Severity.WARNING, since="0.1.0")
def cron_name_duplicate(program: Program) -> Iterator[Finding]:
    """Calls that create the same cron one after the other, and those that every start of a worker repeats."""
    deletes = any(call.key in ("CronClient.delete", "CronClient.aio_delete") for call in program.calls)
    first: dict[tuple[object, ...], Call] = {}
    for call in program.calls:
        if not is_creation(call) or call.guarded or call.overridden is not None or deletes:
            continue
        key = _key(call)
        if key is None:
            continue
        name = call.argument("cron_name")
        before = first.setdefault(key, call)
        if before is not call:
            yield Finding(
                name.span,
                f"A cron `{_text(name)}` with this expression is created twice for the same workflow",
                related=(Related(before.source, before.span, "It is created here first"),),
            )
        elif call.site.block is None and _is_imported(program):
            yield Finding(
                name.span,
                f"The cron `{_text(name)}` is created again whenever a worker imports this module",
                severity=Severity.HINT,
            )


def _key(call: Call) -> tuple[object, ...] | None:
    """What makes two calls create the same cron: one block of statements, one workflow, one name, one expression."""
    name, expression = _text(call.argument("cron_name")), _text(call.argument("expression"))
    workflow: object = _text(call.argument("workflow_name"))
    if not call.key.startswith("CronClient"):
        workflow = call.source.slice(call.site.receiver_span) if call.site.receiver_span is not None else None
    if name is None or expression is None or not workflow:
        return None
    return call.site.block, call.key.startswith("CronClient"), workflow, name, expression


def _text(argument: Argument) -> str | None:
    match argument.value:
        case Known(str(text)):
            return text
    return None


def _is_imported(program: Program) -> bool:
    """Whether workers import the source, because it defines their tasks."""
    return any(task.function is not None for task in program.tasks)
