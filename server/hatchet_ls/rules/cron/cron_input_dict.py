"""
Checks for a `cron_input` that is a dict although the input is a model.

## What happens
The SDK sends the dict as it is, with a `UserWarning` of pydantic's at registration. Neither its keys nor its values are
checked before the first run: a misspelt key, or a value of the wrong type, fails every run that a cron starts.

## Example
```py
from hatchet_sdk import Context, Hatchet
from pydantic import BaseModel

hatchet = Hatchet()


class Report(BaseModel):
    tenant: str


@hatchet.task(
    input_validator=Report,
    on_crons=["0 9 * * *"],
    cron_input={"tenant": "acme"},  # hint: [cron-input-dict]
)
def report(input: Report, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, Hatchet
from pydantic import BaseModel

hatchet = Hatchet()


class Report(BaseModel):
    tenant: str


@hatchet.task(
    input_validator=Report,
    on_crons=["0 9 * * *"],
    cron_input=Report(tenant="acme"),
)
def report(input: Report, ctx: Context) -> None: ...
```

## Fix safety
Unsafe: the model checks its values where it is made, and sends the defaults of its other fields as well. There is a fix
only where all keys are fields of the model, no field that it requires is missing, and the values that are known fit:
otherwise the module may fail at import, where the dict fails the runs.

## References
- https://docs.hatchet.run/v1/cron-runs
- `hatchet_sdk.Hatchet.workflow`, `cron_input`
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator

from hatchet_ls.hatchet.models import InputModel
from hatchet_ls.hatchet.program import Argument, Call, Entries, Known, Program, Value
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.rules.cron._fitting import may_be_refused
from hatchet_ls.rules.cron._triggers import has_crons, input_model, is_judged
from hatchet_ls.text import Edit

_DOTTED = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


@rule(severity=Severity.HINT, since="0.1.0", sdk="1.34.1")
def cron_input_dict(call: Call, program: Program) -> Iterator[Finding]:
    """A dict display, where the input is a pydantic model or a dataclass."""
    if not has_crons(call) or not is_judged(call):
        return
    given = call.argument("cron_input")
    match given.value:
        case Known(Entries() as entries) if entries.entries or not entries.complete:
            pass
        case _:
            return
    model = input_model(call, program)
    if model is None or model.is_dict:
        return
    yield Finding(
        given.span,
        f"`cron_input` is a dict, which nothing checks before the runs: `{model.name}` would check it here",
        _as_model(call, given, entries, model),
    )


def _as_model(call: Call, given: Argument, entries: Entries, model: InputModel) -> Fix | None:
    """``{"a": 1}`` as ``Model(a=1)``, with the model by the name that it has as ``input_validator``."""
    name = call.source.slice(call.argument("input_validator").span)
    value = given.value
    if not isinstance(value, Known) or value.source is not call.source or not entries.complete:
        return None
    # A constant that is a dict may be used elsewhere as well.
    if value.span != given.span or not _DOTTED.fullmatch(name) or len(entries.places) != len(entries.entries):
        return None
    edits: list[Edit] = []
    done: set[str] = set()
    for (key, given_value), (key_place, value_place) in zip(entries.entries, entries.places, strict=True):
        match key:
            case Known(str(text)) if _takes(model, text, given_value) and text not in done:
                done.add(text)
                edits.append(Edit(key_place._replace(end=value_place.start), f"{text}="))
            case _:
                return None
    if any(field.required and field.name not in done for field in model.fields):
        return None
    if any("#" in call.source.slice(edit.span) for edit in edits):
        return None
    start, end = value.span
    edits += [Edit(value.span._replace(end=start + 1), f"{name}("), Edit(value.span._replace(start=end - 1), ")")]
    return Fix(f"Make it a `{model.name}`", tuple(edits), Applicability.UNSAFE)


def _takes(model: InputModel, key: str, value: Value) -> bool:
    """Whether the model's constructor takes the key, as it takes the field's alias if there is one, and the value."""
    field = model.field(key)
    if field is None or not field.taken or field.alias is not None:
        return False
    return key.isidentifier() and not keyword.iskeyword(key) and not may_be_refused(field, value)
