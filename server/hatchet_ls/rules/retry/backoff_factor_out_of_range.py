"""
Checks for a backoff factor below 1 or above 1000.

## What happens
The engine waits `backoff_factor ** n` seconds before retry `n`, and takes factors from 1 to 1000 only. Any other is
refused at registration, and the worker ends. To have no backoff, leave the factor out.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(retries=5, backoff_factor=0.5)  # error: [backoff-factor-out-of-range]
def charge(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(retries=5, backoff_factor=2.0, backoff_max_seconds=120)
def charge(input: EmptyModel, ctx: Context) -> None: ...
```
The retries follow after 2, 4, 8, 16 and 32 seconds.

## Fix safety
Unsafe: the fix writes `2.0`, the documentation's usual factor.

## References
- https://docs.hatchet.run/v1/retry-policies
- `hatchet_sdk.Hatchet.task`, `hatchet_sdk.TaskDefaults`
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from hatchet_ls.hatchet.program import Call
from hatchet_ls.hatchet.retry_schedule import HIGHEST_FACTOR, LOWEST_FACTOR
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.retry._settings import FACTOR, number, quote, replace, setting

_SINGLE_PRECISION = 1e-7
"""The factor is sent in single precision, which may round it onto a limit."""


@rule(severity=Severity.ERROR, since="0.1.0")
def backoff_factor_out_of_range(call: Call) -> Iterator[Finding]:
    """The factor is certainly outside of what the engine takes."""
    argument = setting(call, "backoff_factor")
    factor = number(call, argument) if argument is not None else None
    if argument is None or factor is None or LOWEST_FACTOR <= factor <= HIGHEST_FACTOR:
        return
    if any(math.isclose(factor, limit, rel_tol=_SINGLE_PRECISION) for limit in (LOWEST_FACTOR, HIGHEST_FACTOR)):
        return
    yield Finding(
        argument.place,
        f"`{quote(argument)}` is refused by the engine, which takes {LOWEST_FACTOR} to {HIGHEST_FACTOR}: the worker "
        "ends when it registers the workflow",
        replace(call, argument, FACTOR),
    )
