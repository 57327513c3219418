"""
Checks for duration strings that the engine refuses.

## What happens
The SDK sends a duration string as it is. The engine knows one or more `<number><unit>` with the units `ms`, `s`, `m`
and `h`, without sign or spaces: `90s`, `1h30m`, `1.5h`. Everything else fails:

- a timeout, or a `SleepCondition` of a task, at registration: the engine refuses the workflow and the worker ends;
- a sleep or wait in a durable task at run;
- `ctx.refresh_timeout(...)` at run: the SDK logs the refusal and goes on, and the timeout stays as it was.

Engines before v0.90.13 took some of these strings silently for five minutes.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(execution_timeout="1d")  # error: [invalid-duration-string]
def train(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(execution_timeout=timedelta(days=1))
def train(input: EmptyModel, ctx: Context) -> None: ...
```

## Fix safety
The fix writes the `timedelta` that the string means. It is unsafe where the string may mean something else: a number
without a unit (read as seconds), and `M` (read as minutes). There is none where nothing can be read from the string,
or where it names a fraction of a second, which a `timedelta` would lose.

## References
- https://docs.hatchet.run/v1/timeouts
- `hatchet_sdk.utils.timedelta_to_expression.timedelta_to_expr`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Call, Program
from hatchet_ls.languages.duration import nanoseconds, why_refused
from hatchet_ls.languages.duration.reading import read
from hatchet_ls.languages.duration.sending import whole_seconds
from hatchet_ls.rules import Applicability, Finding, Severity, rule
from hatchet_ls.rules.timeout._durations import consequence_of_refusal, durations, reading_source


@rule(severity=Severity.ERROR, since="0.1.0")
def invalid_duration_string(call: Call, program: Program) -> Iterator[Finding]:
    """Every duration that is certainly a string, against the engine's syntax."""
    for found in durations(call):
        text = found.text
        if text is None or nanoseconds(text) is not None:
            continue
        reading = read(text)
        fix = None
        if reading is not None and whole_seconds(reading.value) == reading.value:
            applicability = Applicability.SAFE if reading.certain else Applicability.UNSAFE
            fix = found.replace(program, reading_source(reading), applicability)
        yield Finding(
            found.argument.place,
            f"The engine refuses `{found.quote}` as a duration, {why_refused(text)}: "
            + consequence_of_refusal(found, program),
            fix,
            found.related,
        )
