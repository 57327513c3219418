"""
Checks for timeouts of zero, and for durations below zero.

## What happens
Zero is not "no limit": Hatchet has none. The engine takes it at its word, so that at run an execution timeout of zero
ends every run at once, and a schedule timeout of zero cancels every run before a worker gets it.

A negative duration is sent with its sign, which the engine refuses: of a timeout or a `SleepCondition` of a task the
worker ends when it registers the workflow, a sleep or wait in a durable task fails at run, and an extension is logged
as refused and does not happen.

A sleep or an extension of zero does what it says and is let alone.

## Example
```py
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(execution_timeout=timedelta(0))  # error: [zero-or-negative-timeout]
def crawl(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(execution_timeout=timedelta(hours=24))
def crawl(input: EmptyModel, ctx: Context) -> None: ...
```

## Fix safety
Unsafe: for zero the fix writes 24 hours, which is a guess at what "no limit" may mean here. A negative duration has no
fix.

## References
- https://docs.hatchet.run/v1/timeouts
- `hatchet_sdk.utils.timedelta_to_expression.timedelta_to_expr`
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.program import Call, Program
from hatchet_ls.languages.duration.sending import as_sent, received, whole_seconds
from hatchet_ls.rules import Applicability, Finding, Severity, rule
from hatchet_ls.rules.timeout._durations import Duration, Use, consequence_of_refusal, durations

_NO_LIMIT = "timedelta(hours=24)"
_OF_ZERO = {
    Use.EXECUTION: "every run times out at once",
    Use.SCHEDULE: "every run is cancelled before a worker gets it",
}


@rule(severity=Severity.ERROR, since="0.1.0")
def zero_or_negative_timeout(call: Call, program: Program) -> Iterator[Finding]:
    """Every duration that is certainly not above zero."""
    for found in durations(call):
        amount = _amount(found, program.facts)
        if amount is None or amount > timedelta(0):
            continue
        sent = found.text or as_sent(amount)
        if whole_seconds(amount) < timedelta(0):
            consequence = consequence_of_refusal(found, program)
            message = f"`{found.quote}` is sent as `{sent}`, which the engine refuses: {consequence}"
            yield Finding(found.argument.place, message, related=found.related)
        elif found.use in _OF_ZERO:
            message = f'`{found.quote}` is sent as `{sent}`, which is not "no limit": {_OF_ZERO[found.use]}'
            fix = found.replace(program, _NO_LIMIT, Applicability.UNSAFE)
            yield Finding(found.argument.place, message, fix, found.related)


def _amount(found: Duration, facts: Facts) -> timedelta | None:
    """The duration as it stands, a string included."""
    return received(found.text) if found.text is not None else found.amount(facts)
