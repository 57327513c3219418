"""
Checks for crons whose runs lack required input.

## What happens
A run that a cron starts gets the workflow's `cron_input`, or nothing. When the `input_validator` has fields without a
default, each such run fails with a `ValidationError` before the task begins. Nothing says so at registration.

A `cron_input` that is a dict is not checked before the run either.

## Example
```py
from hatchet_sdk import Context, Hatchet
from pydantic import BaseModel

hatchet = Hatchet()


class Report(BaseModel):
    tenant: str


@hatchet.task(input_validator=Report, on_crons=["0 9 * * *"])  # error: [cron-input-missing]
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

Before 1.34.1 there is no `cron_input`: give the fields defaults.

## References
- https://docs.hatchet.run/v1/cron-runs
- `hatchet_sdk.Hatchet.workflow`, `cron_input`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.models import InputModel, ModelField
from hatchet_ls.hatchet.program import Argument, Call, Entries, Known, Program
from hatchet_ls.rules import Finding, Related, Severity, rule
from hatchet_ls.rules.api._keywords import is_meant_by_another_keyword
from hatchet_ls.rules.cron._triggers import has_crons, input_model, is_judged


@rule(severity=Severity.ERROR, since="0.1.0")
def cron_input_missing(call: Call, program: Program) -> Iterator[Finding]:
    """What crons start, with an input that certainly lacks a required field."""
    if not has_crons(call) or not is_judged(call):
        return
    model = input_model(call, program)
    if model is None or model.lenient:
        return
    given = call.argument("cron_input")
    missing = _missing(call, given, model)
    if not missing or is_meant_by_another_keyword(call, "cron_input", program.facts):
        return
    names = ", ".join(f"`{field.name}`" for field in missing)
    fields = f"required field{'s' if len(missing) > 1 else ''} {names} of `{model.name}`"
    if given.written and not _is_nothing(given):
        place, message = given.span, f"`cron_input` lacks the {fields}: every run that a cron starts fails"
    else:
        place = call.argument("on_crons").span
        message = f"Every run that these crons start fails without the {fields}: {_remedy(call, model)}"
    related = tuple(Related(field.source, field.name_span, f"`{field.name}` is required") for field in missing)
    yield Finding(place, message, related=related)


def _missing(call: Call, given: Argument, model: InputModel) -> list[ModelField]:
    required = [field for field in model.fields if field.required]
    if not given.written:
        takes_it = call.parameter("cron_input") is not None
        return required if call.omits("cron_input") or not takes_it else []
    if _is_nothing(given):
        return required
    match given.value:
        case Known(Entries() as entries) if entries.complete:
            keys = [key.value if isinstance(key, Known) else None for key, _ in entries.entries]
            if None not in keys:
                return [field for field in required if not set(field.keys) & set(keys)]
    return []


def _is_nothing(given: Argument) -> bool:
    """Whether the SDK sends no input at all: None, or something empty."""
    match given.value:
        case Known(None):
            return True
        case Known(Entries() as entries):
            return entries.complete and not entries.entries
    return False


def _remedy(call: Call, model: InputModel) -> str:
    if call.parameter("cron_input") is not None:
        return f"pass `cron_input={model.name}(...)`"
    return "give the fields defaults"
