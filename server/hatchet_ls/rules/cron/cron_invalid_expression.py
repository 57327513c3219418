"""
Checks for cron expressions in `on_crons` that the engine refuses.

## What happens
The SDK sends the expressions as they are. At registration the engine refuses the workflow, and the worker ends.

The engine takes five fields (minute, hour, day of the month, month, weekday), or six with the seconds first. A field is
`*` or `?`, a number, a name of three letters (`JAN`, `MON`), a range, a list, each with `/step` if need be. A prefix
`CRON_TZ=Area/City ` sets the time zone, which is UTC otherwise. Other crons know more than this: words such as
`@daily`, Sunday as `7`, `L`, `W` and `#`, ranges over the end of the week such as `FRI-MON`, names in full.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(on_crons=["@daily"])  # error: [cron-invalid-expression]
def report(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(on_crons=["0 0 * * *"])
def report(input: EmptyModel, ctx: Context) -> None: ...
```

## Fix safety
Safe where only one thing can be meant, such as `@daily`, `Monday` or Sunday as `7`. Unsafe where something else may be
meant: numbers past the end (`24`, `60`), ranges that end before they start, `@every 5m`, time zones by another name.
Where nothing can be told, there is no fix.

## References
- https://docs.hatchet.run/v1/cron-runs
- `hatchet_sdk.Hatchet.workflow`, `on_crons`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.crons import crons
from hatchet_ls.hatchet.program import Call
from hatchet_ls.languages.cron import parse
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cron._reports import quoted, report


@rule(severity=Severity.ERROR, since="0.1.0")
def cron_invalid_expression(call: Call) -> Iterator[Finding]:
    """Every expression of ``on_crons``, against the engine's parser."""
    for cron in crons(call):
        if cron.created:
            continue
        for problem in parse(cron.expression.text).problems:
            yield report(
                cron.expression,
                problem.span,
                f"The engine refuses the cron {quoted(cron.expression.text)}, {problem.message}: "
                "the worker ends when it registers the workflow",
                problem.suggestion,
            )
