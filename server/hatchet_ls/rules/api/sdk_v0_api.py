"""
Checks for files that are written for hatchet-sdk 0.x.

## What happens
Since 1.0 a workflow is an object that tasks are added to. `@hatchet.workflow(...)` above a class raises `TypeError`,
`@hatchet.step(...)` raises `AttributeError`, both at import.

There is one finding, at the first such place, and no other rule says anything about the file: either all of it is
written anew, or hatchet-sdk is kept below 1.0. When such a release is installed in the project's environment, nothing
is reported at all.

Silent in branches for other releases (`if hasattr(hatchet, "step")`, `if version("hatchet-sdk") < ...`), and where
failure is expected.

## Example
```py
from typing import Any

from hatchet_sdk import Hatchet

hatchet = Hatchet()


@hatchet.workflow(name="orders", on_events=["order:created"])  # error: [sdk-v0-api]
class Orders:
    @hatchet.step(timeout="10m")
    def charge(self, context: Any) -> dict[str, str]:
        return {"status": "charged"}
```

## Use instead
```py
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()
orders = hatchet.workflow(name="orders", on_events=["order:created"])


@orders.task(execution_timeout=timedelta(minutes=10))
def charge(input: EmptyModel, ctx: Context) -> dict[str, str]:
    return {"status": "charged"}
```

## References
- https://docs.hatchet.run/v1/migrating/migration-guide-python
- `hatchet_sdk.Hatchet`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Legacy, Program
from hatchet_ls.rules import Finding, Severity, rule


@rule(severity=Severity.ERROR, since="0.1.0")
def sdk_v0_api(legacy: Legacy, program: Program) -> Iterator[Finding]:
    """The one finding of a file."""
    what, raised = (" above a class", "TypeError") if legacy.on_class else ("", "AttributeError")
    said = f"`{legacy.written}`{what} is written for hatchet-sdk 0.x: with {program.facts.version} it raises `{raised}`"
    yield Finding(legacy.span, f"{said}, and nothing else in this file is judged")
