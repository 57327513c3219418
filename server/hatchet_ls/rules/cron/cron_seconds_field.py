"""
Checks for cron expressions of six fields that may be meant otherwise.

## What happens
With six fields the first one counts seconds, and everything else moves on by one. `* 0 9 * * *` is not nine o'clock:
it starts sixty runs between 09:00:00 and 09:00:59. Each of them counts, for the load of the workers and on Hatchet
Cloud for the bill.

A space in a list adds a field as well: `0, 30 9 * * *` has six, and its seconds are `0,`.

Expressions whose seconds are `0` are left alone. Engines from before March 2026 refuse six fields.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(on_crons=["* 0 9 * * *"])  # warning: [cron-seconds-field]
def report(input: EmptyModel, ctx: Context) -> None: ...


@hatchet.task(on_crons=["5 * * * * *"])  # information: [cron-seconds-field]
def poll(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(on_crons=["0 9 * * *"])
def report(input: EmptyModel, ctx: Context) -> None: ...


@hatchet.task(on_crons=["* * * * *"])
def poll(input: EmptyModel, ctx: Context) -> None: ...
```

## Fix safety
Unsafe: it changes when the workflow runs.

## References
- https://docs.hatchet.run/v1/cron-runs
- `hatchet_sdk.Hatchet.workflow`, `on_crons`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hatchet_ls.hatchet.crons import Cron, crons
from hatchet_ls.hatchet.program import Call
from hatchet_ls.languages.cron import Field, Replacement, parse
from hatchet_ls.languages.cron.created import check_created
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cron._reports import quoted, report
from hatchet_ls.text import Span

_SPACED_LIST = re.compile(r"\S*,(?P<space>\s+)(?=\S)|\S+(?P<before>\s+),")


@rule(severity=Severity.INFORMATION, since="0.1.0")
def cron_seconds_field(call: Call) -> Iterator[Finding]:
    """Every expression of six fields whose seconds are not just 0."""
    for cron in crons(call):
        text = cron.expression.text
        schedule = parse(text)
        if not schedule.accepted or not schedule.has_seconds or (cron.created and check_created(text)):
            continue
        seconds = schedule.fields[0]
        assert seconds.span is not None
        found = _about(cron, seconds, seconds.span)
        if found is not None:
            yield found


def _about(cron: Cron, seconds: Field, span: Span) -> Finding | None:
    text = cron.expression.text
    written = text[span.start : span.end]
    spaced = _SPACED_LIST.match(text, span.start)
    if spaced is not None:
        space = Span(*spaced.span("space" if spaced["space"] else "before"))
        joined = text[: space.start] + text[space.end :]
        replacement = Replacement(space, "", False) if parse(joined).accepted else None
        return report(
            cron.expression,
            span,
            f"The space after the comma gives {quoted(text)} six fields: `{written}` counts seconds",
            replacement,
            Severity.WARNING,
        )
    if seconds.star:
        return report(
            cron.expression,
            span,
            f"The first of the six fields of {quoted(text)} counts seconds: `{written}` starts 60 runs a minute",
            Replacement(span, "0", False),
            Severity.WARNING,
        )
    if seconds.values == {0}:
        return None
    count = len(seconds.values)
    runs = "one run" if count == 1 else f"{count} runs"
    return report(
        cron.expression,
        span,
        f"The first of the six fields of {quoted(text)} counts seconds: `{written}` starts {runs} in a minute",
    )
