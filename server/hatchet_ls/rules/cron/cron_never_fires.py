"""
Checks for cron expressions that never fire.

## What happens
The engine takes `0 0 30 2 *` when it registers the workflow or creates the cron, and nothing fails. There is no
30 February: when the engine looks for the next run and finds none, it deletes the cron.

The same goes for a field that is left empty, such as `,`.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(on_crons=["0 0 31 4,6,9,11 *"])  # warning: [cron-never-fires]
def close_month(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(on_crons=["0 0 30 4,6,9,11 *"])
def close_month(input: EmptyModel, ctx: Context) -> None: ...
```

## References
- https://docs.hatchet.run/v1/cron-runs
- `hatchet_sdk.Hatchet.workflow`, `on_crons`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.crons import crons
from hatchet_ls.hatchet.program import Call
from hatchet_ls.languages.cron import parse
from hatchet_ls.languages.cron.created import check_created
from hatchet_ls.languages.cron.runs import never_fires
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cron._reports import quoted, report


@rule(severity=Severity.WARNING, since="0.1.0")
def cron_never_fires(call: Call) -> Iterator[Finding]:
    """Every expression that is accepted, for days that none of its months has."""
    for cron in crons(call):
        text = cron.expression.text
        span = never_fires(parse(text))
        if span is None or (cron.created and check_created(text)):
            continue
        part = quoted(text[span.start : span.end])
        yield report(
            cron.expression,
            span,
            f"The cron {quoted(text)} never fires, there is no day like {part}"
            if any(character.isalnum() for character in part)
            else f"The cron {quoted(text)} never fires, the field {part} is empty",
        )
