"""Calls of the SDK, from the trees."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from hatchet_ls.hatchet.edits import Layout
from hatchet_ls.hatchet.facts import ClassKind, Facts, Parameter, ParameterKind
from hatchet_ls.hatchet.guards import Guards
from hatchet_ls.hatchet.program import Argument, Call, Task
from hatchet_ls.hatchet.sdk import PREFIX
from hatchet_ls.python.entities import Library
from hatchet_ls.python.evaluate import Evaluator
from hatchet_ls.python.expr import Expr, call_arguments
from hatchet_ls.python.overriding import ANY
from hatchet_ls.python.parse import Module, Node
from hatchet_ls.python.resolve import Resolver
from hatchet_ls.text import Span


class Calls:
    """Makes each ``Call`` once."""

    def __init__(
        self,
        facts: Facts,
        resolver: Resolver,
        evaluator: Evaluator,
        guards: Guards,
        enclosing: Callable[[Module, Node], Task | None],
    ) -> None:
        self._facts = facts
        self._resolver = resolver
        self._evaluator = evaluator
        self._guards = guards
        self._enclosing = enclosing
        self._memo: dict[tuple[int, int], Call | None] = {}

    def forget(self) -> None:
        """Make all calls anew from here on."""
        self._memo.clear()

    def call(self, expr: Expr) -> Call | None:
        """The SDK call that an expression is, or None."""
        if expr.key not in self._memo:
            self._memo[expr.key] = self._make(expr)
        return self._memo[expr.key]

    def _make(self, expr: Expr) -> Call | None:
        parts = expr.split()
        if parts is None or parts[1].children[0].value != "(" or parts[1].children[-1] != ")":
            return None
        callee, trailer = parts
        entity = self._resolver.infer(callee)
        if not isinstance(entity, Library) or not entity.path.startswith(PREFIX):
            return None
        found = self._callable(entity.path)
        if found is None or expr.module.is_in_pattern(expr.node):
            return None
        key, parameters, is_model = found
        overridden = entity.overridden
        if overridden is not None and ANY in overridden:
            overridden |= {each.name for each in parameters}
        arguments, is_open = self._arguments(expr.module, trailer, parameters, is_model, overridden)
        return Call(
            source=expr.module.source,
            key=key,
            arguments=arguments,
            parameters=parameters,
            open=is_open,
            overridden=overridden,
            awaited=expr.awaited,
            site=_Site(expr, self._guards, self._enclosing),
        )

    def _callable(self, path: str) -> tuple[str, tuple[Parameter, ...], bool] | None:
        """The facts' key of a callable's path, what it takes, and whether it is a model."""
        name = path.removeprefix(PREFIX)
        cls = self._facts.classes.get(name)
        if cls is not None:
            return (name, cls.parameters, cls.kind is ClassKind.MODEL) if cls.kind is not ClassKind.ENUM else None
        function = self._facts.functions.get(name)
        if function is not None:
            return name, function.parameters, False
        owner, _, attribute = name.rpartition(".")
        member = self._facts.member(owner.removesuffix("()"), attribute)
        if member is None or "." in owner:
            return None
        return f"{owner.removesuffix('()')}.{attribute}", member.parameters, False

    def _arguments(
        self,
        module: Module,
        trailer: Node,
        parameters: tuple[Parameter, ...],
        is_model: bool,
        overridden: frozenset[str] | None,
    ) -> tuple[tuple[Argument, ...], bool]:
        """The arguments of a call, and whether there are starred ones besides."""
        positional = [each.name for each in parameters if each.kind is ParameterKind.POSITIONAL and not is_model]
        made: list[Argument] = []
        stars: set[str] = set()
        index = 0
        for written in call_arguments(module, trailer):
            if written.stars:
                stars.add(written.stars)
                continue
            if written.keyword is not None:
                name, keyword = written.keyword.value, module.span(written.keyword)
            elif "*" in stars:
                continue
            else:
                name, keyword = (positional[index] if index < len(positional) else str(index)), None
                index += 1
            redefined = overridden is not None and (name in overridden or keyword is None)
            read = self._evaluator.unknown if redefined else self._evaluator.evaluate
            made.append(Argument(name, True, written.value.span, keyword, partial(read, written.value)))
        return tuple(made), bool(stars)


class _Site:
    """Where a call stands; see ``program.Site``."""

    def __init__(self, expr: Expr, guards: Guards, enclosing: Callable[[Module, Node], Task | None]) -> None:
        self._expr = expr
        self._guards = guards
        self._enclosing = enclosing

    @property
    def span(self) -> Span:
        return self._expr.span

    @cached_property
    def name_span(self) -> Span:
        callee, _ = self._parts
        receiver = callee.split()
        return callee.module.span(receiver[1].children[-1] if receiver is not None else callee.node)

    @property
    def receiver_span(self) -> Span | None:
        receiver = self._parts[0].split()
        return receiver[0].span if receiver is not None else None

    @property
    def parentheses(self) -> Span:
        return self._expr.module.span(self._parts[1])

    @cached_property
    def guarded(self) -> bool:
        return self._guards.is_guarded(self._expr.module, self._expr.node)

    def asks_for(self, keyword: str) -> bool:
        return self._guards.asks_for(self._expr.module, self._expr.node, keyword)

    @property
    def block(self) -> Span | None:
        return _block(self._expr.module, self._expr.node)

    @property
    def task(self) -> Task | None:
        return self._enclosing(self._expr.module, self._expr.node)

    @property
    def layout(self) -> Layout:
        module, trailer = self._expr.module, self._parts[1]
        spans: list[Span] = []
        double_star: int | None = None
        for written in call_arguments(module, trailer):
            if written.stars or written.keyword is not None:
                spans.append(module.span(written.value.node.parent))
            else:
                spans.append(written.value.span)
            if written.stars == "**" and double_star is None:
                double_star = spans[-1].start
        return Layout(module.source, self.parentheses, tuple(spans), double_star)

    @property
    def _parts(self) -> tuple[Expr, Node]:
        parts = self._expr.split()
        assert parts is not None
        return parts


def _block(module: Module, node: Node) -> Span | None:
    while node.parent is not None:
        parent = node.parent
        if node.type in ("suite", "lambdef"):
            return module.span(node)
        if node.type == "simple_stmt" and parent.type not in ("suite", "file_input"):
            return module.span(node)  # `if ready: create()`
        node = parent
    return None
