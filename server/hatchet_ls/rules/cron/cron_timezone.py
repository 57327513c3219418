"""
Checks for time zones of cron expressions that are not what they seem, and for times that a zone's clock leaves out.

## What happens
Crons are in UTC, unless a prefix such as `CRON_TZ=Europe/Berlin ` names another time zone. Some names mislead:

- `EST` and `MST` have no daylight saving: in summer they are an hour behind New York and Denver;
- `Etc/GMT+5` is five hours *behind* UTC, not ahead;
- `Local` is the engine's own zone, which is UTC.

In a zone with daylight saving, a run at 02:30 is skipped on the day when the clock goes forward over it, and takes
place twice on the day when it goes back.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(on_crons=["CRON_TZ=Europe/Berlin 30 2 * * *"])  # hint: [cron-timezone]
def report(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(on_crons=["CRON_TZ=Europe/Berlin 30 4 * * *"])
def report(input: EmptyModel, ctx: Context) -> None: ...
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

from hatchet_ls.hatchet.crons import crons
from hatchet_ls.hatchet.program import Call
from hatchet_ls.languages.cron import Replacement, Schedule, parse
from hatchet_ls.languages.cron.clock_changes import clock_changes
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cron._reports import quoted, report
from hatchet_ls.text import Span

_FIXED = {"EST": "America/New_York", "MST": "America/Denver"}
_SIGNED = re.compile(r"(?:Etc/)?GMT(?P<sign>[+-])(?P<hours>[1-9][0-9]?)")


@rule(severity=Severity.HINT, since="0.1.0")
def cron_timezone(call: Call) -> Iterator[Finding]:
    """Every accepted expression with a prefix."""
    for cron in crons(call):
        schedule = parse(cron.expression.text)
        if cron.created or not schedule.accepted or not schedule.zone or schedule.zone_span is None:
            continue
        message, replacement = _misleading(schedule.zone, schedule.zone_span)
        if message:
            yield report(cron.expression, schedule.zone_span, message, replacement)
        elif times := _met(schedule):
            yield report(
                cron.expression,
                schedule.zone_span,
                f"The clock of `{schedule.zone}` changes over the time of {quoted(cron.expression.text)}: {times}",
            )


def _misleading(zone: str, span: Span) -> tuple[str, Replacement | None]:
    """What is odd about a zone's name, and what to write instead; empty when nothing is."""
    if zone == "Local":
        return "`Local` is the engine's own time zone, UTC", Replacement(span, "UTC", True)
    if zone in _FIXED:
        place = _FIXED[zone]
        message = f"`{zone}` knows no daylight saving: from March to November it is an hour behind `{place}`"
        return message, Replacement(span, place, False)
    signed = _SIGNED.fullmatch(zone)
    if signed is None:
        return "", None
    behind = signed["sign"] == "+"
    hours = "hour" if signed["hours"] == "1" else "hours"
    message = (
        f"`{zone}` is {signed['hours']} {hours} {'behind' if behind else 'ahead of'} UTC: its sign is the other way"
    )
    return message, None


def _met(schedule: Schedule) -> str:
    """What the changes of the clock do; empty when they do nothing."""
    skipped, twice = clock_changes(schedule)
    parts = [
        f"the run at {skipped} is skipped when it goes forward" if skipped else "",
        f"the one at {twice} takes place twice when it goes back" if twice and skipped else "",
        f"the run at {twice} takes place twice when it goes back" if twice and not skipped else "",
    ]
    return ", ".join(part for part in parts if part)
