"""
Checks for durations that are given as strings, which is deprecated.

## What happens
Since hatchet-sdk 1.31 most calls that take a duration warn of a string (`DeprecationWarning`), and version 2 takes
none. Until then it works, but for `aio_sleep_for`: it reads the string back when the sleep is over, and knows one whole
number with one of the units `s`, `m` and `h` only. After a sleep for `"1h30m"`, `"1.5h"` or `"500ms"` it raises
`ValueError`, and the attempt fails; this is an error.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(execution_timeout="10m")  # hint: [duration-as-string]
def report(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(execution_timeout=timedelta(minutes=10))
def report(input: EmptyModel, ctx: Context) -> None: ...
```

## Fix safety
Unsafe where the program may notice the difference:

- the duration is the SDK's default and the workflow may have `TaskDefaults`: they replace the `timedelta`, but not the
  string. There is no fix where they certainly do;
- the SDK sends the same sleep by another name (`"60s"` as a string, `1m` for the `timedelta`): durable runs that are
  waiting at the time of the change, and code that reads the wait's result by that name, see another wait.

There is no fix for fractions of a second, which a `timedelta` loses on its way to the engine.

## References
- https://docs.hatchet.run/v1/timeouts
- `hatchet_sdk.utils.timedelta_to_expression.timedelta_to_expr`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hatchet_ls.hatchet.defaults import default_value, same_setting
from hatchet_ls.hatchet.program import Call, Known, Program, Task, TaskDefaults
from hatchet_ls.languages.duration import nanoseconds
from hatchet_ls.languages.duration.reading import Reading, read
from hatchet_ls.languages.duration.sending import as_sent, whole_seconds
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.rules.timeout._durations import Duration, Use, durations, reading_source

_READ_BACK = re.compile(r"[0-9]+[smh]")
"""What ``expr_to_timedelta`` makes a ``timedelta`` of, among what the engine takes."""


@rule(severity=Severity.HINT, since="0.1.0", sdk="1.31.0")
def duration_as_string(call: Call, program: Program) -> Iterator[Finding]:
    """Every duration that is certainly a string and that the engine takes."""
    for found in durations(call):
        text = found.text
        if text is None or nanoseconds(text) is None:
            continue
        reading = read(text)
        fix = _fix(found, reading, program) if reading is not None else None
        instead = f", write `{reading_source(reading)}`" if reading is not None and fix is not None else ""
        fails = _cannot_be_read_back(found, text, program)
        said = (
            "raises `ValueError` when the sleep is over: `aio_sleep_for` reads a whole number with one unit only"
            if fails
            else "as a string is deprecated and goes with version 2 of the SDK"
        )
        yield Finding(
            found.argument.place,
            f"`{found.quote}` {said}{instead}",
            fix,
            found.related,
            severity=Severity.ERROR if fails else None,
            deprecated=not fails,
        )


def _cannot_be_read_back(found: Duration, text: str, program: Program) -> bool:
    """Whether the SDK certainly fails to make a ``timedelta`` of what the engine gives back: the string as sent."""
    call = found.call
    sleeps = program.facts.member("DurableContext", "aio_sleep_for")
    if call.key != "DurableContext.aio_sleep_for" or sleeps is None or sleeps.result != "SleepResult":
        return False
    return _READ_BACK.fullmatch(text) is None and call.awaited and call.overridden is None and not call.guarded


def _fix(found: Duration, reading: Reading, program: Program) -> Fix | None:
    if whole_seconds(reading.value) != reading.value:
        return None
    applicability: Applicability | None = Applicability.SAFE
    if found.use is Use.SLEEP and as_sent(reading.value) != found.text:
        applicability = Applicability.UNSAFE
    for task in program.tasks_made_by(found.call):
        if _is_sdk_default(found, reading):
            applicability = _where_defaults_may_replace(task, found.argument.name)
    return found.replace(program, reading_source(reading), applicability) if applicability is not None else None


def _is_sdk_default(found: Duration, reading: Reading) -> bool:
    """Whether the duration may be the SDK's default, which counts as not written."""
    argument = found.argument
    parameter = next(each for each in found.call.parameters if each.name == argument.name)
    default = default_value(parameter.default or "", found.call.source, argument.span)
    as_timedelta = Known(reading.value, found.call.source, argument.span)
    return not isinstance(default, Known) or same_setting(as_timedelta, default)


def _where_defaults_may_replace(task: Task, name: str) -> Applicability | None:
    """How safe a value equal to the SDK's default is; None where ``TaskDefaults`` certainly replaces it."""
    if task.standalone or task.is_hook:
        return Applicability.SAFE
    match task.workflow.task_defaults if task.workflow is not None else None:
        case Known(None):
            return Applicability.SAFE
        case Known(TaskDefaults() as defaults):
            if defaults.call.omits(name):
                return Applicability.SAFE
            match defaults.argument(name).value:
                case Known(None):
                    return Applicability.SAFE
                case Known(_):
                    return None
    return Applicability.UNSAFE
