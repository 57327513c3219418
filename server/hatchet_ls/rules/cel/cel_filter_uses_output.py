"""
Checks for filters that use `output` or `workflow_run_id`.

## What happens
A filter is asked before there is a run: it sees the event's payload as `input`, the filter's own payload as `payload`,
and `additional_metadata`, `event_key` and `event_id`. `output` belongs to conditions on a parent, `workflow_run_id` to
the keys of a run.

Registration does not look at filters. At run the engine cannot evaluate such a filter, and no event passes it: nothing
is triggered.

## Example
```py
from hatchet_sdk import DefaultFilter, Hatchet

hatchet = Hatchet()
welcome = hatchet.workflow(
    name="welcome",
    on_events=["user:created"],
    default_filters=[
        DefaultFilter(expression="output.plan == 'pro'", scope="plans")  # error: [cel-filter-uses-output]
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
    default_filters=[DefaultFilter(expression="input.plan == 'pro'", scope="plans")],
)
```

## Fix safety
Unsafe: the filter, dead so far, begins to let events through.

## References
- https://docs.hatchet.run/v1/events
- `hatchet_sdk.DefaultFilter`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.problems import Replacement
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._checking import report
from hatchet_ls.rules.cel._owners import problems_of


@rule(severity=Severity.ERROR, since="0.1.0")
def cel_filter_uses_output(expression: Expression) -> Iterator[Finding]:
    """A filter does not declare them."""
    for problem in problems_of(expression, "cel-filter-uses-output"):
        yield report(
            expression,
            problem.span,
            f"`{problem.name}` does not exist in a filter, where `input` is the event's payload and `payload` the "
            f"filter's own; {expression.place.refused}",
            replacement=Replacement(problem.span, "input") if problem.name == "output" else None,
        )
