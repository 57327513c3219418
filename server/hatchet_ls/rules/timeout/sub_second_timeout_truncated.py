"""
Checks for durations whose fraction of a second the SDK drops.

## What happens
The SDK sends a `timedelta` in whole seconds and cuts the rest. Less than a second becomes `0h`, and then, at run,

- an execution timeout ends every run at once;
- a schedule timeout cancels every run before a worker gets it;
- a sleep does not wait, and an extension does not extend: nothing fails, so that is a warning.

Above a second the fraction is dropped: that is a warning, too.

## Example
```py
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(execution_timeout=timedelta(milliseconds=500))  # error: [sub-second-timeout-truncated]
def ping(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(execution_timeout=timedelta(seconds=1))
def ping(input: EmptyModel, ctx: Context) -> None: ...
```
Until version 2 of the SDK the string `"500ms"` is sent as it is, and the engine keeps the fraction.

## Fix safety
Unsafe: the fix rounds up to whole seconds, which is longer than what the code says.

## References
- https://docs.hatchet.run/v1/timeouts
- `hatchet_sdk.utils.timedelta_to_expression.timedelta_to_expr`
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from hatchet_ls.hatchet.program import Call, Program
from hatchet_ls.languages.duration.sending import as_sent, whole_seconds
from hatchet_ls.languages.duration.words import in_words
from hatchet_ls.rules import Applicability, Finding, Severity, rule
from hatchet_ls.rules.timeout._durations import Use, durations, timedelta_source

_SECOND = timedelta(seconds=1)
_CONSEQUENCES = {
    Use.EXECUTION: "every run times out at once",
    Use.SCHEDULE: "every run is cancelled before a worker gets it",
    Use.SLEEP: "it does not wait at all",
    Use.EXTENSION: "the timeout stays as it is",
}


@rule(severity=Severity.ERROR, since="0.1.0")
def sub_second_timeout_truncated(call: Call, program: Program) -> Iterator[Finding]:
    """Every duration above zero that is no whole number of seconds."""
    for found in durations(call):
        amount = found.amount(program.facts)
        if amount is None or amount <= timedelta(0) or whole_seconds(amount) == amount:
            continue
        said = f"`{found.quote}` is sent as `{as_sent(amount)}`"
        fix = found.replace(program, timedelta_source(_round_up(amount)), Applicability.UNSAFE)
        if amount < _SECOND:
            consequence = _CONSEQUENCES[found.use]
        else:
            consequence = f"the SDK drops {in_words(amount - whole_seconds(amount))}"
        fails = amount < _SECOND and found.use in (Use.EXECUTION, Use.SCHEDULE)
        severity = None if fails else Severity.WARNING
        yield Finding(found.argument.place, f"{said}: {consequence}", fix, found.related, severity)


def _round_up(amount: timedelta) -> timedelta:
    return -(-amount // _SECOND) * _SECOND
