"""Which workflows and tasks use an object that is made for them, such as a ``ConcurrencyExpression``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hatchet_ls.hatchet.program import Items, Known, Object, Task, Value, Workflow
from hatchet_ls.python.evaluate import Evaluator
from hatchet_ls.python.expr import Expr, node_of
from hatchet_ls.python.parse import Module, Node
from hatchet_ls.python.scopes import Assignment

Made = tuple[int, int, int]
"""A call, by the identity of its source and its span."""
Owners = Mapping[Made, Sequence[Workflow | Task]]

_HOLDERS = ("concurrency", "rate_limits", "idempotency")
"""The arguments of a workflow or task that take objects whose expressions see its input."""
_MAX_DEPTH = 20


def owners_of(
    module: Module, evaluator: Evaluator, workflows: Sequence[Workflow], tasks: Sequence[Task]
) -> dict[Made, list[Workflow | Task]]:
    """Who uses an object, by the call that makes it.

    Also where only a condition decides whether it is used: ``[by_user] if LIMITED else []``.
    """
    found: dict[Made, list[Workflow | Task]] = {}
    owners: list[Workflow | Task] = [*workflows, *tasks]
    for owner in owners:
        for name in _HOLDERS:
            argument = owner.argument(name)
            if not argument.written:
                continue
            here = owner.call.source is module.source and not _is_settled(argument.value)
            node = node_of(module, argument.span) if here else None
            used = _in_value(argument.value) if node is None else _in_expression(evaluator, Expr(module, node), 0)
            for made in dict.fromkeys(used):
                found.setdefault(made, []).append(owner)
    return found


def _is_settled(value: Value) -> bool:
    """Whether it is known all through."""
    match value:
        case Known(Items(_, items, complete=complete)):
            return complete and all(map(_is_settled, items))
    return isinstance(value, Known)


def _in_value(value: Value) -> Iterator[Made]:
    match value:
        case Known(Items(_, items)):
            for item in items:
                yield from _in_value(item)
        case Known(Object(source=source, span=span)) if source is not None and span is not None:
            yield id(source), span.start, span.end


def _in_expression(evaluator: Evaluator, expr: Expr, depth: int) -> Iterator[Made]:
    """The objects in what an expression gives in one case or another."""
    parts = list(_parts(expr)) if depth < _MAX_DEPTH else []
    for part in parts:
        yield from _in_expression(evaluator, part, depth + 1)
    if not parts:
        yield from _in_value(evaluator.evaluate(expr))


def _parts(expr: Expr) -> Iterator[Expr]:
    """The expressions whose values go into that of another one."""
    module, node = expr.module, expr.node
    match node.type:
        case "test":
            yield from (Expr(module, node.children[index]) for index in (0, 4))
        case "or_test" | "and_test" | "arith_expr":
            yield from (Expr(module, each) for each in node.children[::2])
        case "star_expr":
            yield Expr(module, node.children[1])
        case "atom" if node.children[0] in ("[", "("):
            for inner in node.children[1:-1]:
                yield from _displayed(module, inner)
        case "name":
            found = module.scopes.of(node).lookup(node.value)
            if found is not None and not found[0].is_class and node.value not in found[0].mutated:
                match found[1]:
                    case [Assignment(value, context=False)] if value is not None:
                        yield Expr(module, value)


def _displayed(module: Module, inner: Node) -> Iterator[Expr]:
    """What stands between brackets; of a comprehension what it repeats."""
    children = inner.children if inner.type == "testlist_comp" else [inner]
    if any(each.type in ("comp_for", "sync_comp_for") for each in children):
        children = children[:1]
    yield from (Expr(module, each) for each in children if each != ",")
