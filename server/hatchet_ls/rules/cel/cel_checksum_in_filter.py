"""
Checks for `checksum()` in filters and webhooks.

## What happens
The engine declares `checksum` for filters and for the expressions of webhooks, so that it compiles, and engines before
v0.106.5 do not implement it there: at run it always fails with `no such overload`. No event passes such a filter, and
every call of such a webhook is refused. Registration does not notice.

In the keys of concurrency, rate limits and idempotency it works.

## Example
```py
from hatchet_sdk import DefaultFilter, Hatchet

hatchet = Hatchet()
welcome = hatchet.workflow(
    name="welcome",
    on_events=["user:created"],
    default_filters=[
        DefaultFilter(
            expression="checksum(input.email) == payload.checksum",  # warning: [cel-checksum-in-filter]
            scope="users",
        )
    ],
)
```

## Use instead
```py
from hatchet_sdk import DefaultFilter, Hatchet

hatchet = Hatchet()
welcome = hatchet.workflow(
    name="welcome",
    on_events=["user:created"],
    default_filters=[
        DefaultFilter(
            expression="input.email == payload.email",
            scope="users",
        )
    ],
)
```

## References
- https://docs.hatchet.run/v1/cel-expressions
- https://docs.hatchet.run/v1/events
- `hatchet_sdk.DefaultFilter`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages import cel
from hatchet_ls.languages.cel.tree import Call, walk
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._checking import report


@rule(severity=Severity.WARNING, since="0.1.0")
def cel_checksum_in_filter(expression: Expression) -> Iterator[Finding]:
    """Declared, and not implemented."""
    missing = cel.ENVIRONMENTS[expression.place.environment].unimplemented
    if not missing or expression.checked.problems:
        return
    for node in walk(expression.checked.tree):
        if isinstance(node, Call) and node.target is None and node.function in missing:
            yield report(
                expression,
                node.name_span,
                f"`{node.function}()` compiles here and always fails: on engines before v0.106.5 "
                f"{expression.place.fails}",
            )
