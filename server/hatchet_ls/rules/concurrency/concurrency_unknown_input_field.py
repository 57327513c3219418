"""
Checks for fields in CEL expressions that the workflow's input does not have.

## What happens
The key of a concurrency limit, of a rate limit, of idempotency or of a batch is worked out from the run's input. A
field that is not there fails with `no such key` at run, and the run with it. Registration does not notice, because CEL
takes any field of `input`.

The fields are those of the workflow's `input_validator` by the names that they have in the JSON, computed ones among
them and those with `exclude=True` not. A model that allows further fields (`extra="allow"`), one that a serializer
writes as a whole, and one that cannot be read as a whole, is left alone.

A run that is triggered from elsewhere may bring fields that the model does not know: this is a warning.

## Example
```py
from pydantic import BaseModel

from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet


class Order(BaseModel):
    user_id: str


hatchet = Hatchet()
per_user = ConcurrencyExpression(
    expression="input.userid",  # warning: [concurrency-unknown-input-field]
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
orders = hatchet.workflow(name="orders", input_validator=Order, concurrency=per_user)
```

## Use instead
```py
from pydantic import BaseModel

from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet


class Order(BaseModel):
    user_id: str


hatchet = Hatchet()
per_user = ConcurrencyExpression(
    expression="input.user_id",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)
orders = hatchet.workflow(name="orders", input_validator=Order, concurrency=per_user)
```

## Fix safety
Unsafe: the field that is meant is a guess.

## References
- https://docs.hatchet.run/v1/concurrency
- https://docs.hatchet.run/v1/cel-expressions
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.models import InputModel, ModelField
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.trap import Trap, TrapKind
from hatchet_ls.languages.cel.tree import Binary, Has, Index, Literal, Node, Select, ungroup, walk
from hatchet_ls.rules import Finding, Related, Severity, rule
from hatchet_ls.rules.cel._checking import quote
from hatchet_ls.rules.cel._traps import possible, report_trap


@rule(severity=Severity.WARNING, since="0.1.0")
def concurrency_unknown_input_field(expression: Expression) -> Iterator[Finding]:
    """The model is known as a whole, has no field of that name, and the expression does not ask for it first."""
    model = expression.input_model
    nodes = list(walk(expression.checked.tree))
    asked = set(_asked(expression.text, nodes))
    named = {node.span: found for node in nodes if (found := _named(expression.text, node)) is not None}
    for trap in possible(expression, TrapKind.UNKNOWN_FIELD):
        if model is None or named[trap.span] in asked:
            continue
        withheld = _withheld(model, trap) if named[trap.span] == ("input", trap.name) else None
        if withheld is not None and any(owner.argument("on_events").written for owner in expression.owners):
            continue  # what starts a run from elsewhere may bring it
        yield _finding(expression, trap, model, withheld)


def _finding(expression: Expression, trap: Trap, model: InputModel, withheld: ModelField | None) -> Finding:
    message = f"{quote(expression.text[trap.span.start : trap.span.end])} is not in the input of the workflow"
    place = Related(model.source, model.span, "The input is described here")
    if withheld is not None:
        message += f": the model keeps `{withheld.name}` out of the JSON that it writes"
        place = Related(withheld.source, withheld.name_span, "The field is described here")
        trap = trap._replace(suggestion=None)
    elif trap.suggestion is not None:
        meant = trap.suggestion.text.strip("'\"")
        message += f", but `{meant}` is"
    finding = report_trap(expression, trap, message)
    return Finding(finding.span, finding.message, finding.fix, (*finding.related, place))


def _withheld(model: InputModel, trap: Trap) -> ModelField | None:
    """The field that is meant, which the model has and does not send."""
    return next((field for field in model.fields if trap.name in field.keys and not field.sent), None)


def _asked(text: str, nodes: list[Node]) -> Iterator[tuple[str, str]]:
    """The objects and keys for which an expression asks: ``has(input.tenant)``, ``'tenant' in input``."""
    for node in nodes:
        if isinstance(node, Has) and (found := _named(text, node.argument)) is not None:
            yield found
        elif isinstance(node, Binary) and node.operator == "in" and (key := _key(node.left)) is not None:
            yield _written(text, node.right), key


def _named(text: str, node: Node) -> tuple[str, str] | None:
    """The object, as written, and the key that a node takes of it."""
    if isinstance(node, Select):
        return _written(text, node.operand), node.field
    if isinstance(node, Index) and (key := _key(node.index)) is not None:
        return _written(text, node.operand), key
    return None


def _key(node: Node) -> str | None:
    node = ungroup(node)
    return node.value if isinstance(node, Literal) and isinstance(node.value, str) else None


def _written(text: str, node: Node) -> str:
    node = ungroup(node)
    return text[node.start : node.end]
