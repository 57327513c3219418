"""
Checks for a `cron_input` where there are no crons.

## What happens
`cron_input` is the input of the runs that the expressions in `on_crons` start. Without any it has no effect: crons that
are made with `cron.create`, and all other triggers, have inputs of their own.

## Example
```py
from hatchet_sdk import Context, Hatchet
from pydantic import BaseModel

hatchet = Hatchet()


class Report(BaseModel):
    tenant: str


@hatchet.task(input_validator=Report, cron_input=Report(tenant="acme"))  # warning: [cron-input-without-crons]
def report(input: Report, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, Hatchet
from pydantic import BaseModel

hatchet = Hatchet()


class Report(BaseModel):
    tenant: str


@hatchet.task(input_validator=Report, on_crons=["0 9 * * *"], cron_input=Report(tenant="acme"))
def report(input: Report, ctx: Context) -> None: ...
```

## Fix safety
The fix takes `cron_input` away. It is unsafe, because the crons may be what is missing.

## References
- https://docs.hatchet.run/v1/cron-runs
- `hatchet_sdk.Hatchet.workflow`, `cron_input`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Call, Known, Program
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.rules.api._keywords import is_meant_by_another_keyword
from hatchet_ls.rules.cron._triggers import has_no_crons, is_judged


@rule(severity=Severity.WARNING, since="0.1.0", sdk="1.34.1")
def cron_input_without_crons(call: Call, program: Program) -> Iterator[Finding]:
    """A ``cron_input`` that is certainly not None, and certainly no cron."""
    given = call.written("cron_input")
    if given is None or given.keyword_span is None or not has_no_crons(call) or not is_judged(call):
        return
    if is_meant_by_another_keyword(call, "on_crons", program.facts):
        return
    match given.value:
        case Known(None):
            return
    yield Finding(
        given.span,
        "`cron_input` has no effect: there is no cron in `on_crons` that it could be the input of",
        Fix("Remove `cron_input`", call.remove_argument(given), Applicability.UNSAFE),
    )
