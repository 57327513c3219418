"""What runs when a task's function runs."""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.calls import Calls
from hatchet_ls.hatchet.program import Argument, BodyCall, Function, Step
from hatchet_ls.python.evaluate import Evaluator
from hatchet_ls.python.expr import Expr, call_arguments
from hatchet_ls.python.parse import Module, Node
from hatchet_ls.python.resolve import Library, ProjectFunction, Resolver
from hatchet_ls.text import Span

_DEFINITIONS = frozenset({"funcdef", "lambdef", "classdef"})


class Bodies:
    """Makes each ``Function``."""

    def __init__(self, resolver: Resolver, evaluator: Evaluator, calls: Calls) -> None:
        self._resolver = resolver
        self._evaluator = evaluator
        self._calls = calls

    def function(self, found: ProjectFunction) -> Function:
        """A function of the project as a task runs it."""
        module, node = found.module, found.node
        first, second = self.task_parameters(found)
        body = node.children[-1]
        start = node.parent if node.parent.type in ("async_funcdef", "async_stmt") else node
        known: list[BodyCall] = []

        def calls() -> list[BodyCall]:
            if not known:
                known.extend(self._body_calls(module, node))
            return known

        return Function(
            source=module.source,
            name=node.name.value,
            name_span=module.span(node.name),
            header_span=Span(module.offset(start.start_pos), module.offset(node.children[-2].end_pos)),
            body_span=module.span(body),
            is_async=start is not node,
            is_generator=node.is_generator(),
            input_span=module.span(first.name) if first is not None else None,
            context_span=module.span(second.name) if second is not None else None,
            context_name=second.name.value if second is not None else None,
            calls=calls,
        )

    @staticmethod
    def task_parameters(found: ProjectFunction) -> tuple[Node | None, Node | None]:
        """The parameters that take the input and the context."""
        plain = [each for each in found.node.get_params() if not each.star_count]
        if found.bound:
            plain = plain[1:]
        return (plain[0] if plain else None), (plain[1] if len(plain) > 1 else None)

    def _body_calls(self, module: Module, function: Node) -> Iterator[BodyCall]:
        for expr in executed_calls(module, function):
            entity = self._callee(expr)
            if isinstance(entity, Library):
                yield self._body_call(expr, entity.path, expr.span, ())
            elif isinstance(entity, ProjectFunction) and entity.node is not function:
                yield from self._inside(expr, entity)

    def _inside(self, outer: Expr, helper: ProjectFunction) -> Iterator[BodyCall]:
        """The library calls of a helper, one call deep."""
        entry = Step(outer.module.source, outer.span, helper.node.name.value)
        for expr in executed_calls(helper.module, helper.node):
            entity = self._callee(expr)
            if isinstance(entity, Library):
                place = Step(helper.module.source, expr.span, helper.node.name.value)
                yield self._body_call(expr, entity.path, outer.span, (entry, place))

    def _callee(self, expr: Expr) -> object:
        parts = expr.split()
        return self._resolver.infer(parts[0]) if parts is not None else None

    def _body_call(self, expr: Expr, path: str, span: Span, trail: tuple[Step, ...]) -> BodyCall:
        parts = expr.split()
        assert parts is not None
        arguments = []
        for index, written in enumerate(call_arguments(expr.module, parts[1])):
            if not written.stars:
                keyword = expr.module.span(written.keyword) if written.keyword is not None else None
                name = written.keyword.value if written.keyword is not None else str(index)
                value = self._evaluator.evaluate(written.value)
                arguments.append(Argument(name, True, written.value.span, keyword, value))
        whole = expr.length is None or expr.length == len(expr.node.children)
        return BodyCall(
            path=path,
            span=span,
            trail=trail,
            awaited=expr.awaited,
            discarded=whole and expr.node.parent.type in ("simple_stmt", "suite"),
            arguments=tuple(arguments),
            call=self._calls.call(expr) if not trail else None,
        )


def executed_calls(module: Module, function: Node) -> Iterator[Expr]:
    """The calls that run when a function's body runs: not those of functions and classes defined in it."""
    stack: list[Node] = [function.children[-1]]
    while stack:
        node = stack.pop()
        if node.type in _DEFINITIONS and node is not function:
            continue
        if node.type == "atom_expr":
            start = 1 if node.children[0] == "await" else 0
            for length in range(start + 2, len(node.children) + 1):
                if node.children[length - 1].children[0] == "(":
                    yield Expr(module, node, length)
        children = getattr(node, "children", None)
        if children:
            stack.extend(reversed(children))
