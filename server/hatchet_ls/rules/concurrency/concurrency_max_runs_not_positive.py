"""
Checks for a concurrency limit of zero or less.

## What happens
A limit of 0 would never let a run start, and there is no value for "unlimited". The SDK refuses it since 1.39:

- `ConcurrencyExpression(max_runs=0)` raises `ValidationError: max_runs must be greater than 0` where it is made, for a
  decorator at import;
- `@hatchet.task(concurrency=0)` and `@hatchet.durable_task(concurrency=0)` raise the same at import;
- `hatchet.workflow(concurrency=0)` and `@workflow.task(concurrency=-1)` raise it at registration, when the worker
  starts.

SDKs before 1.39 send the value to the engine as it is (then this is a warning): newer engines refuse it at
registration.

`@workflow.task(concurrency=0)` is another matter: there 0 counts as "no limit".

## Example
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy

per_user = ConcurrencyExpression(
    expression="input.user_id",
    max_runs=0,  # error: [concurrency-max-runs-not-positive]
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
```

## Use instead
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy

per_user = ConcurrencyExpression(
    expression="input.user_id",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
```
Leave `concurrency` out for no limit.

## References
- https://docs.hatchet.run/v1/concurrency
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.facts import Version
from hatchet_ls.hatchet.program import Call, Known, Program
from hatchet_ls.rules import Finding, Severity, rule

# Where the SDK turns the number into a `ConcurrencyExpression`, and with it when the number is refused.
_AT_CONSTRUCTION = "it raises `ValidationError`"
_AT_IMPORT = "the decorator raises `ValidationError` at import"
_AT_REGISTRATION = "it raises `ValidationError` when the worker registers the workflow"

_MOMENTS = {
    "ConcurrencyExpression": ("max_runs", _AT_CONSTRUCTION),
    "ConcurrencyExpression.from_int": ("max_runs", _AT_CONSTRUCTION),
    "Hatchet.task": ("concurrency", _AT_IMPORT),
    "Hatchet.durable_task": ("concurrency", _AT_IMPORT),
    "Hatchet.workflow": ("concurrency", _AT_REGISTRATION),
    "Workflow.task": ("concurrency", _AT_REGISTRATION),
    "Workflow.durable_task": ("concurrency", _AT_REGISTRATION),
    "Workflow.on_failure_task": ("concurrency", _AT_REGISTRATION),
    "Workflow.on_success_task": ("concurrency", _AT_REGISTRATION),
}

# Behaviour, not API, so that the facts do not have it: the check on `max_runs` came with this release.
_REFUSED_SINCE = Version(1, 39, 0)


@rule(severity=Severity.ERROR, since="0.1.0")
def concurrency_max_runs_not_positive(call: Call, program: Program) -> Iterator[Finding]:
    """A known number of 0 or less, where the SDK takes a number."""
    if call.key not in _MOMENTS or call.overridden is not None:
        return
    name, moment = _MOMENTS[call.key]
    argument = call.argument(name)
    match argument.value:
        case Known(int() | float() as number) if number <= 0 and (isinstance(number, int) or name == "max_runs"):
            pass
        case _:
            return
    if name == "concurrency" and not _takes_number(call):
        return
    if (number == 0 and call.key.startswith("Workflow.")) or call.guarded:
        return
    if program.facts.version >= _REFUSED_SINCE:
        yield Finding(argument.span, f"`{name}={number}` is no limit: {moment}, it must be greater than 0")
    else:
        yield Finding(
            argument.span,
            f"`{name}={number}` is no limit: newer engines refuse it when the worker registers the workflow, and it "
            "must be greater than 0",
            severity=Severity.WARNING,
        )


def _takes_number(call: Call) -> bool:
    """Whether ``concurrency=<number>`` exists in the installed SDK."""
    parameter = call.parameter("concurrency")
    return parameter is not None and parameter.annotation.replace("(", "").split("|")[0].strip() == "int"
