"""
Checks for a negative number of retries.

## What happens
The engine refuses a negative number at registration, and the worker ends. There is no number that means "without end".

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(retries=-1)  # error: [negative-retries]
def charge(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(retries=5)
def charge(input: EmptyModel, ctx: Context) -> None: ...
```
`retries` counts what comes after the first attempt: this task runs at most six times. `retries=0` is the default.

## References
- https://docs.hatchet.run/v1/retry-policies
- `hatchet_sdk.Hatchet.task`, `hatchet_sdk.TaskDefaults`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Call
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.retry._settings import is_on_a_hook, number, quote, setting


@rule(severity=Severity.ERROR, since="0.1.0")
def negative_retries(call: Call) -> Iterator[Finding]:
    """The number is certainly below zero."""
    retries = setting(call, "retries")
    count = number(call, retries) if retries is not None else None
    if retries is None or count is None or count >= 0:
        return
    # What is no whole number, and on a hook no `int`, is refused whatever its sign.
    if isinstance(count, int) or (count.is_integer() and not is_on_a_hook(call)):
        yield Finding(
            retries.place,
            f"`{quote(retries)}` is refused by the engine, which takes 0 or more: the worker ends when it registers "
            "the workflow",
        )
