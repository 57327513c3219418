"""
Checks for calls that leave out what the SDK requires.

## What happens
A function or method of the SDK raises `TypeError: ... missing 1 required argument`; a pydantic model of the SDK raises
`ValidationError: Field required`. Both happen when the call runs: for a decorator or a module's constants at import.

What is required comes from the SDK that is installed in the project's environment. Arguments by position count; calls
with `*args` or `**kwargs`, methods that a subclass redefines, places where failure is expected, and branches for other
releases (`if hasattr(hatchet, ...)`) are passed over.

`ConcurrencyExpression` without `limit_strategy` has a rule of its own, `concurrency-missing-limit-strategy`.

## Example
```py
from hatchet_sdk import Hatchet

hatchet = Hatchet()
orders = hatchet.workflow(on_events=["order:created"])  # error: [missing-required-keyword]
```

## Use instead
```py
from hatchet_sdk import Hatchet

hatchet = Hatchet()
orders = hatchet.workflow(name="orders", on_events=["order:created"])
```

## References
- https://docs.hatchet.run/v1/tasks
- `hatchet_sdk.Hatchet`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.facts import ClassKind
from hatchet_ls.hatchet.program import Call, Program
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.api._keywords import constructed, display_call, is_meant_by_another_keyword, is_readable
from hatchet_ls.rules.api._narrowing import may_be_of_a_subclass

_OWN_RULE = ("ConcurrencyExpression", "limit_strategy")


@rule(severity=Severity.ERROR, since="0.1.0")
def missing_required_keyword(call: Call, program: Program) -> Iterator[Finding]:
    """One finding for all that is certainly missing from a call."""
    facts = program.facts
    made = constructed(call, facts)
    if made is not None and not is_readable(made):
        return
    is_model = made is not None and made.kind is ClassKind.MODEL
    if any(argument.name.isdecimal() for argument in call.arguments):
        return  # More by position than it takes so: that is the mistake, and what it was meant for is open.
    missing = [
        parameter.name
        for parameter in call.parameters
        if parameter.required
        and (call.key, parameter.name) != _OWN_RULE
        and call.omits(parameter.name)
        and not is_meant_by_another_keyword(call, parameter.name, facts)
    ]
    if missing and not call.guarded and not may_be_of_a_subclass(call.source, call.site.receiver_span):
        *first, last = (f"`{name}`" for name in missing)
        names = f"{', '.join(first)} and {last}" if first else last
        raised = "ValidationError" if is_model else "TypeError"
        yield Finding(call.name_span, f"`{display_call(call)}` without {names}: it raises `{raised}`")
