"""
Checks for values that Python puts into a CEL expression at import.

## What happens
The key, limit, condition or filter of a workflow is a text that is sent once, when the worker registers the workflow. A
value that an f-string, `%` or `.format(...)` puts into it is the one of that moment, on that machine, for all runs to
come: nothing evaluates it again. And a text that goes in without quotes becomes a name to CEL, which does not exist.

What differs from run to run belongs into the expression itself, as a field of `input`.

## Example
```py
import socket

from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet

hatchet = Hatchet()
per_host = ConcurrencyExpression(
    expression=f"input.user_id + '{socket.gethostname()}'",  # warning: [python-fstring-in-cel]
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
reports = hatchet.workflow(name="reports", concurrency=per_host)
```

## Use instead
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet

hatchet = Hatchet()
per_host = ConcurrencyExpression(
    expression="input.user_id + input.host",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
reports = hatchet.workflow(name="reports", concurrency=per_host)
```
What is set once for all is left alone: a constant (`f"input.plan == '{PLAN}'"`), settings, the environment. So are the
name of a field (`f"input.{field}"`, `f"input['{field}']"`) and whatever a function puts together from its parameters.

## References
- https://docs.hatchet.run/v1/cel-expressions
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hatchet_ls.hatchet.program import Hole, Template
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._checking import quote

_OPERAND_BEFORE = re.compile(r"(?:[=<>]=?|!=|[+*/%?:,]|\bin)\s*$")
_OPERAND_AFTER = re.compile(r"\s*(?:[=<>]=|!=|[<>+*/%])")
_INDEX_BEFORE = re.compile(r"(?:(?!\bin\b)\b\w+|[\])])\[['\"]$")
_INDEX_AFTER = re.compile(r"['\"]\]")


@rule(severity=Severity.WARNING, since="0.1.0")
def python_fstring_in_cel(template: Template) -> Iterator[Finding]:
    """A value, not a name or a constant, goes into an expression that is fixed when the module is imported."""
    if not template.place.early or not template.at_import:
        return
    for hole in template.holes:
        if hole.constant or _is_key(hole):
            continue
        value = quote(template.call.source.slice(hole.span))
        if _opens(hole.before) or (_opens(hole.after) and not _is_operand(hole)):
            consequence = "all runs get the value of the import"
        elif _is_operand(hole):
            consequence = "all runs get the value of the import, and a text has no quotes there"
        else:
            continue
        yield Finding(
            hole.span,
            f"{value} is put into {template.place.name} by Python, not by CEL: {consequence}; what differs from run to "
            "run comes from `input`",
        )


def _is_key(hole: Hole) -> bool:
    """Whether it names a field: ``input['{field}']``."""
    return _INDEX_BEFORE.search(hole.before) is not None and _INDEX_AFTER.match(hole.after) is not None


def _opens(text: str) -> bool:
    """Whether a quote stands alone in a piece of an expression."""
    return text.count("'") % 2 == 1 or text.count('"') % 2 == 1


def _is_operand(hole: Hole) -> bool:
    return _OPERAND_BEFORE.search(hole.before) is not None or (
        not hole.before.strip() and _OPERAND_AFTER.match(hole.after) is not None
    )
