"""
Checks for idempotency keys that begin with `hatchet_internal_`.

## What happens
Hatchet keeps keys of that prefix for itself. The expression passes registration; at run the engine refuses the key that
it gives, and every trigger fails.

## Example
```py
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet, TTLBasedIdempotencyConfig

hatchet = Hatchet()
once = TTLBasedIdempotencyConfig(
    key_expression="'hatchet_internal_' + input.order_id",  # error: [cel-idempotency-reserved-prefix]
    ttl=timedelta(minutes=10),
)


@hatchet.task(idempotency=once)
def charge(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet, TTLBasedIdempotencyConfig

hatchet = Hatchet()
once = TTLBasedIdempotencyConfig(
    key_expression="'order-' + input.order_id",
    ttl=timedelta(minutes=10),
)


@hatchet.task(idempotency=once)
def charge(input: EmptyModel, ctx: Context) -> None: ...
```

## References
- https://docs.hatchet.run/v1/idempotency
- `hatchet_sdk.TTLBasedIdempotencyConfig`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.cel_places import IDEMPOTENCY_KEY
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.tree import Binary, Literal, Node, ungroup
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._checking import report
from hatchet_ls.text import Span

_RESERVED = "hatchet_internal_"


@rule(severity=Severity.ERROR, since="0.1.0", sdk="1.35.0")
def cel_idempotency_reserved_prefix(expression: Expression) -> Iterator[Finding]:
    """The literals that the key begins with, whatever follows."""
    if expression.place is not IDEMPOTENCY_KEY or expression.checked.problems:
        return
    text = ""
    first: Literal | None = None
    for literal in _opening(expression.checked.tree):
        first = first or literal
        text += str(literal.value)
        if text.startswith(_RESERVED):
            yield report(
                expression,
                Span(first.start, literal.end),
                f"an idempotency key that begins with `{_RESERVED}` is Hatchet's own: every trigger fails",
            )
            return


def _opening(node: Node) -> Iterator[Literal]:
    """The texts that stand in front of everything else in a chain of additions."""
    pending = [node]
    while pending:
        node = ungroup(pending.pop())
        if isinstance(node, Binary) and node.operator == "+":
            pending += [node.right, node.left]
        elif isinstance(node, Literal) and isinstance(node.value, str):
            yield node
        else:
            return
