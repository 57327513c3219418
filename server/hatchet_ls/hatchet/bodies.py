"""What runs when a task's function runs."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from hatchet_ls.hatchet.calls import Calls
from hatchet_ls.hatchet.field_factories import Factories
from hatchet_ls.hatchet.journal import is_operation, meaning_of
from hatchet_ls.hatchet.model_reader import ModelReader
from hatchet_ls.hatchet.program import Argument, BodyCall, Function, OrderTaken, Step
from hatchet_ls.hatchet.sets import ModuleSets
from hatchet_ls.hatchet.shapes import Shapes
from hatchet_ls.hatchet.ways import Ways
from hatchet_ls.hatchet.whole_numbers import WholeNumbers
from hatchet_ls.python.entities import Instance, Library, ProjectClass, ProjectFunction
from hatchet_ls.python.evaluate import Evaluator
from hatchet_ls.python.executed import DEFINITIONS, executed, executed_calls
from hatchet_ls.python.expr import Expr, WrittenArgument, call_arguments
from hatchet_ls.python.flow import Flow, Meaning, Role, Taking, Use
from hatchet_ls.python.flow_values import Kind
from hatchet_ls.python.parse import Module, Node
from hatchet_ls.python.resolve import Resolver
from hatchet_ls.python.scopes import Definition, Import
from hatchet_ls.python.values import Known
from hatchet_ls.text import Span

_CONTEXTS = frozenset({"hatchet_sdk.Context()", "hatchet_sdk.DurableContext()"})
_NO_USES: frozenset[Use] = frozenset()
_OWN = frozenset({Use.RESULT, Use.CHOICE, Use.CHANGE, Use.PASSED})
_MATTERS = frozenset({Use.ARGUMENT, Use.GUARD, Use.SWAY, Use.OTHER})
_PARTIAL = "functools.partial()"
_RUNNERS = {
    _PARTIAL: 0,
    "asyncio.to_thread": 0,
    "anyio.to_thread.run_sync": 0,
    **{f"asyncio.{loop}().run_in_executor": 1 for loop in ("get_running_loop", "get_event_loop")},
}
"""What runs a function that it is given → at which position; a partial is given it where it is made."""
_MANAGERS = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
_LAMBDA = "<lambda>"
"""How Python names functions without a name."""


class Bodies:
    """Makes each ``Function``."""

    def __init__(self, resolver: Resolver, evaluator: Evaluator, calls: Calls, models: ModelReader) -> None:
        self._resolver = resolver
        self._evaluator = evaluator
        self._calls = calls
        self._flows: dict[int, Flow] = {}
        self._models = models
        self._factories = Factories(resolver, models)
        self._shapes = Shapes(resolver, self._factories)
        self._whole_numbers = WholeNumbers(resolver, evaluator)

    def forget(self) -> None:
        """Follow all values anew from here on."""
        self._flows.clear()
        self._shapes.forget()

    def function(self, found: ProjectFunction) -> Function:
        """A function of the project as a task runs it."""
        module, node = found.module, found.node
        first, second = self.task_parameters(found)
        body = node.children[-1]
        start = node.parent if node.parent.type in ("async_funcdef", "async_stmt") else node
        is_lambda = node.type == "lambdef"

        @functools.cache
        def calls() -> list[BodyCall]:
            return list(self._calls_in(module, node))

        def orders() -> list[OrderTaken]:
            return list(self._orders(module, node)) if any(is_operation(call.path) for call in calls()) else []

        def raises() -> frozenset[str]:
            return frozenset(self._raised_in(module, node))

        return Function(
            source=module.source,
            name=_LAMBDA if is_lambda else node.name.value,
            is_lambda=is_lambda,
            name_span=module.span(node.children[0] if is_lambda else node.name),
            header_span=Span(module.offset(start.start_pos), module.end(node.children[-2])),
            body_span=module.span(body),
            is_async=start is not node,
            wrapped=found.wrapped,
            input_span=module.span(first.name) if first is not None else None,
            context_span=module.span(second.name) if second is not None else None,
            context_name=second.name.value if second is not None else None,
            calls=calls,
            orders=orders,
            raises=raises,
            yields=node.is_generator,
        )

    def task_parameters(self, found: ProjectFunction) -> tuple[Node | None, Node | None]:
        """The parameters that take the input and the context; None for one that nobody knows.

        Under a decorator of its own a function may be given other things, and so may one that a class makes into a
        method: there the context has to be declared.
        """
        plain = [each for each in found.node.get_params() if not each.star_count]
        if found.wrapped or (not found.bound and self._resolver.takes_self(found.module, found.node)):
            return None, next((each for each in plain if self._is_context(found.module, each)), None)
        if found.bound:
            plain = plain[1:]
        return (plain[0] if plain else None), (plain[1] if len(plain) > 1 else None)

    def _is_context(self, module: Module, parameter: Node) -> bool:
        if parameter.annotation is None:
            return False
        entity = self._resolver.annotated(module, parameter.annotation)
        return isinstance(entity, Library) and entity.path in _CONTEXTS

    def _calls_in(self, module: Module, function: Node) -> Iterator[BodyCall]:
        for expr in executed_calls(module, function):
            entity = self._callee(expr)
            if isinstance(entity, Library):
                uses = self.uses(module, function, _trailer(expr))
                yield self._body_call(expr, _path(entity, expr), expr.span, (), uses)
                yield from self._handed_on(expr, function, entity)
            elif isinstance(entity, ProjectClass) and _trailer(expr).children[0] == "(":
                yield from self._of_factories(expr, function, entity)
            elif (helper := self._helper(expr, function)) is not None:
                yield from self._inside(expr, function, helper, _written(expr))

    def _helper(self, expr: Expr, caller: Node) -> ProjectFunction | None:
        """The function of the project whose body runs with a call."""
        entity = self._callee(expr)
        if isinstance(entity, Instance):
            entity = self._resolver.attribute(entity, "__call__")
        elif entity is None and _is_entered(expr):
            entity = self._manager(expr)
        return entity if isinstance(entity, ProjectFunction) and entity.node is not caller else None

    def _manager(self, entered: Expr) -> ProjectFunction | None:
        """The function under ``@contextmanager`` that a ``with`` calls."""
        callee, _ = entered.split() or (None, None)
        if callee is None or callee.node.type != "name":
            return None
        module, name = callee.module, callee.node.value
        found = module.scopes.of(callee.node).lookup(name)
        bindings = found[1] if found is not None else []
        match bindings:
            case [Import(name=str(original)) as imported]:
                target = self._resolver.imported_module(module, imported)
                if target is None:
                    return None
                module, bindings = target, target.scopes.module.bindings.get(original, [])
        match bindings:
            case [Definition(node, (decorator,))]:
                made = self._resolver.infer(Expr(module, decorator))
                if isinstance(made, Library) and made.path in _MANAGERS:
                    return ProjectFunction(module, node)
        return None

    def _handed_on(self, outer: Expr, caller: Node, runner: Library) -> Iterator[BodyCall]:
        """What is run by a call that is given a function to run, in a thread or later."""
        call = runner.origin if runner.path == _PARTIAL else outer
        position = _RUNNERS.get(runner.path)
        parts = call.split() if call is not None else None
        if call is None or parts is None or position is None:
            return
        given = list(call_arguments(call.module, parts[1]))
        if len(given) <= position or any(each.stars or each.keyword is not None for each in given[: position + 1]):
            return
        entity = self._resolver.infer(given[position].value)
        if isinstance(entity, Library):
            step = Step(outer.module.source, outer.span, runner.path.replace("()", ""))
            uses = self.uses(outer.module, caller, _trailer(outer))
            yield self._body_call(outer, entity.path, outer.span, (step,), uses, given[position + 1 :])
        elif isinstance(entity, ProjectFunction) and entity.node is not caller:
            later = _written(outer) if call is not outer else []
            yield from self._inside(outer, caller, entity, [*given[position + 1 :], *later])

    def _inside(
        self, outer: Expr, caller: Node, helper: ProjectFunction, arguments: Sequence[WrittenArgument]
    ) -> Iterator[BodyCall]:
        """The library calls of a helper, one call deep, on the ways that its arguments leave open."""
        ways = self._ways(helper, arguments)
        left_open = _is_coroutine(helper.node) and not (outer.awaited or _is_entered(outer))
        for expr in executed_calls(helper.module, helper.node):
            entity = self._callee(expr)
            if isinstance(entity, Library) and not ways.exclude(_trailer(expr)):
                uses = self._uses_inside(outer, caller, expr, helper)
                steps = _trail(outer, helper, expr.span)
                yield self._body_call(expr, _path(entity, expr), outer.span, steps, uses, left_open=left_open)

    def _of_factories(self, made: Expr, caller: Node, cls: ProjectClass) -> Iterator[BodyCall]:
        """The library calls that give fields their values where an object is made without them."""
        fields = self._factories.of(cls)
        written = _written(made) if fields else []
        names = [each.keyword.value if each.keyword is not None else index for index, each in enumerate(written)]
        parts = [self._shapes.of_class(cls).parts_of(name) for name in names]
        if any(each.stars for each in written) or not all(parts):
            return
        given = {part for each in parts for part in each}
        step = Step(made.module.source, made.span, cls.node.name.value)
        outside = self._flow_of(made.module, caller)
        for field in fields:
            if field.factory is None or given & {field.name, *field.keys}:
                continue
            steps = (step, Step(field.factory.module.source, field.factory.span, field.name))
            becomes = functools.partial(_uses_of_parts, outside, _trailer(made), frozenset({field.name}))
            is_lambda = field.factory.node.type == "lambdef"
            factory = ProjectFunction(*field.factory[:2]) if is_lambda else self._resolver.infer(field.factory)
            if isinstance(factory, Library):
                yield replace(self._body_call(made, factory.path, made.span, steps, becomes, []), implicit=True)
            elif isinstance(factory, ProjectFunction) and factory.node is not caller:
                for expr in executed_calls(factory.module, factory.node):
                    if isinstance(called := self._callee(expr), Library):
                        inside = self.uses(factory.module, factory.node, _trailer(expr))
                        uses = functools.partial(_through, inside, becomes)
                        found = self._body_call(expr, _path(called, expr), made.span, steps, uses)
                        yield replace(found, implicit=True)

    def _ways(self, helper: ProjectFunction, arguments: Sequence[WrittenArgument]) -> Ways:
        return Ways(self._resolver, self._evaluator, helper, arguments)

    def _raised_in(self, module: Module, function: Node) -> Iterator[str]:
        yield from self._raised_by(module, function)
        for expr in executed_calls(module, function):
            if (helper := self._helper(expr, function)) is not None:
                yield from self._raised_by(helper.module, helper.node)

    def _raised_by(self, module: Module, function: Node) -> Iterator[str]:
        for node in executed(function):
            if node.type != "raise_stmt":
                continue
            raised = Expr(module, node.children[1])
            parts = raised.split()
            made = parts[0] if parts is not None and parts[1].children[0] == "(" else raised
            entity = self._resolver.infer(made)
            if isinstance(entity, Instance):
                entity = entity.cls
            for base in self._resolver.lineage(entity) if isinstance(entity, ProjectClass) else [entity]:
                if isinstance(base, Library):
                    yield base.path

    def _orders(self, module: Module, function: Node) -> Iterator[OrderTaken]:
        """Where the function, or one call deep a helper, takes the items of sets one after another."""
        flow = self._flow_of(module, function)()
        for taking in flow.takings():
            yield _order_taken(module, flow, taking, functools.partial(flow.uses_of_order, taking))
        for expr in executed_calls(module, function):
            if (helper := self._helper(expr, function)) is not None:
                yield from self._orders_inside(expr, flow, helper)

    def _orders_inside(self, outer: Expr, caller: Flow, helper: ProjectFunction) -> Iterator[OrderTaken]:
        flow = self._flow_of(helper.module, helper.node)()
        ways = self._ways(helper, _written(outer))
        for taking in flow.takings():
            if ways.exclude(taking.node):
                continue

            def uses(taking: Taking = taking) -> frozenset[Use]:
                inside = flow.uses_of_order(taking)
                returned = caller.uses_of_returned_order(_trailer(outer)) if Use.RESULT in inside else _NO_USES
                return (inside - _OWN) | returned

            yield _order_taken(helper.module, flow, taking, uses, (outer, helper))

    def uses(self, module: Module, function: Node, origin: Node) -> Callable[[], frozenset[Use]]:
        """What becomes of the value of a call or attribute (by its last trailer) of a function's body, on demand."""

        flow = self._flow_of(module, function)
        return lambda: flow().uses(origin)

    def _flow_of(self, module: Module, function: Node) -> Callable[[], Flow]:
        def found() -> Flow:
            key = id(function)
            if key not in self._flows:
                sets = ModuleSets(module, self._resolver, self._evaluator)
                self._flows[key] = Flow(function, lambda trailer: self._meaning(module, trailer), sets)
            return self._flows[key]

        return found

    def _uses_inside(
        self, outer: Expr, caller: Node, inner: Expr, helper: ProjectFunction
    ) -> Callable[[], frozenset[Use]]:
        """The same for a call in a helper: what the helper returns goes on where it is called."""
        inside = self.uses(helper.module, helper.node, _trailer(inner))
        outside = self._flow_of(outer.module, caller)
        result = self._flow_of(helper.module, helper.node)

        def found() -> frozenset[Use]:
            uses = inside()
            # What the helper passes on has its effect there; only what comes back from it, as its result or in what it
            # was given, can matter to the body. Which of its arguments it changed is not followed: nothing is certain.
            beyond = _NO_USES
            if Use.RESULT in uses:
                beyond = outside().uses_of_result(_trailer(outer), result().returned_in(_trailer(inner)))
            if Use.CHANGE in uses and outside().uses_of_changed(_trailer(outer)) & _MATTERS:
                beyond |= {Use.OTHER}
            if Use.CHOICE in uses and outside().uses_of_result(_trailer(outer)) & _MATTERS:
                beyond |= {Use.SWAY}
            return (uses - _OWN) | beyond

        return found

    def _meaning(self, module: Module, trailer: Node) -> Meaning | None:
        chain = trailer.parent
        call = Expr(module, chain, chain.children.index(trailer) + 1)
        entity = self._callee(call)
        if isinstance(entity, Library):
            meaning = meaning_of(entity.path)
            if meaning is None or meaning.role is not Role.OPERATION:
                return meaning
            compared = {**meaning.compared, **dict(self._compared(call, meaning))}
            return replace(meaning, compared=compared, sent=self._sent(call, meaning))
        if isinstance(entity, ProjectClass) and "__init__" not in _bound(entity):
            return self._shapes.of_class(entity)
        return self._shapes.of_result(entity) if isinstance(entity, ProjectFunction) else None

    def _sent(self, operation: Expr, meaning: Meaning) -> frozenset[str] | None:
        """The fields of a child's own model, which writes whatever is passed; None when they are not known."""
        parts = operation.split()
        receiver = parts[0].split() if parts is not None else None
        if not meaning.takes("input") or meaning.compared["kind"] != "run" or receiver is None:
            return None
        workflow = self._resolver.infer(receiver[0])
        call = self._calls.call(workflow.origin) if isinstance(workflow, Library) and workflow.origin else None
        given = call.written("input_validator") if call is not None else None
        model = self._models.of(given.value) if given is not None else None
        if model is None or model.open or model.reshaped:
            return None
        return frozenset(name for each in model.fields if each.sent for name in (each.name, *each.keys))

    def _compared(self, operation: Expr, meaning: Meaning) -> Iterator[tuple[str, object]]:
        """What the engine compares of an operation besides its kind, as far as the sources settle it."""
        parts = operation.split()
        receiver = parts[0].split() if parts is not None else None
        if meaning.compared["kind"] == "run" and receiver is not None:
            workflow = self._resolver.infer(receiver[0])
            if isinstance(workflow, Library) and workflow.origin is not None:
                yield "workflow", workflow.origin.key
        call = self._calls.call(operation)
        if parts is not None and call is not None and not call.open:
            for argument, written in zip(call.arguments, call_arguments(operation.module, parts[1]), strict=True):
                if meaning.takes(argument.name):
                    yield argument.name, self._comparable(written.value)

    def _comparable(self, expr: Expr) -> object:
        """A plain value, or what is known of those that an object of a model is made with."""
        match self._evaluator.evaluate(expr):
            case Known(int() | float() | str() | timedelta() as value):
                return value
        parts = expr.split()
        if parts is None or parts[1].children[0] != "(" or not isinstance(self._callee(expr), ProjectClass):
            return None
        return {
            written.keyword.value: self._comparable(written.value)
            for written in call_arguments(expr.module, parts[1])
            if written.keyword is not None
        }

    def _callee(self, expr: Expr) -> object:
        parts = expr.split()
        return self._resolver.infer(parts[0]) if parts is not None else None

    def _body_call(
        self,
        expr: Expr,
        path: str,
        span: Span,
        trail: tuple[Step, ...],
        uses: Callable[[], frozenset[Use]],
        passed: Sequence[WrittenArgument] | None = None,
        *,
        left_open: bool = False,
    ) -> BodyCall:
        """``passed`` are the arguments, where they are not those of ``expr`` itself."""
        parts = expr.split()
        assert parts is not None
        arguments = []
        given = list(call_arguments(expr.module, parts[1]) if passed is None else passed)
        for index, written in enumerate(given):
            if not written.stars:
                keyword = expr.module.span(written.keyword) if written.keyword is not None else None
                name = written.keyword.value if written.keyword is not None else str(index)
                read = functools.partial(self._evaluator.evaluate, written.value)
                arguments.append(Argument(name, True, written.value.span, keyword, read))
        whole = expr.length is None or expr.length == len(expr.node.children)
        return BodyCall(
            path=path,
            span=span,
            trail=trail,
            awaited=expr.awaited,
            discarded=whole and expr.node.parent.type in ("simple_stmt", "suite"),
            arguments=tuple(arguments),
            call=self._calls.call(expr) if not trail else None,
            uses=uses,
            left_open=left_open,
            in_generator=_in_generator(expr.node),
            whole=lambda: all(not each.stars and self._whole_numbers.has(each.value) for each in given),
        )


def _order_taken(
    module: Module,
    flow: Flow,
    taking: Taking,
    uses: Callable[[], frozenset[Use]],
    called: tuple[Expr, ProjectFunction] | None = None,
) -> OrderTaken:
    """``called`` is the call of the helper in which it happens."""
    place = _place(module, taking.node)
    return OrderTaken(
        span=called[0].span if called is not None else place,
        trail=_trail(*called, place) if called is not None else (),
        uses=uses,
        source=module.source,
        place=place,
        how=taking.how,
        has_texts=taking.items.kinds <= {Kind.TEXT},
        is_certain=Kind.TEXT in taking.items.kinds,
        made=tuple(_place(module, node) for node in flow.makers(taking)),
    )


def _place(module: Module, node: Node) -> Span:
    """The span of an expression, be it one that a trailer ends."""
    if node.type != "trailer":
        return module.span(node)  # with its ``await``
    return Expr(module, node.parent, node.parent.children.index(node) + 1).span


def _uses_of_parts(flow: Callable[[], Flow], call: Node, parts: frozenset[str]) -> frozenset[Use]:
    return flow().uses_of_result(call, parts)


def _through(inside: Callable[[], frozenset[Use]], becomes: Callable[[], frozenset[Use]]) -> frozenset[Use]:
    """What becomes of a value in a function, and beyond it if it is returned."""
    uses = inside()
    return (uses - _OWN) | (becomes() if Use.RESULT in uses else _NO_USES)


def _trail(outer: Expr, helper: ProjectFunction, place: Span) -> tuple[Step, Step]:
    """The way from a call of a helper to a place in it."""
    name = helper.node.name.value
    callee = outer.split()
    if name == "__call__" and callee is not None:
        name = callee[0].text
    return Step(outer.module.source, outer.span, name), Step(helper.module.source, place, name)


def _written(call: Expr) -> list[WrittenArgument]:
    """The arguments of a call."""
    return list(call_arguments(call.module, _trailer(call)))


def _trailer(expr: Expr) -> Node:
    return expr.node.children[(expr.length or len(expr.node.children)) - 1]


def _path(entity: Library, expr: Expr) -> str:
    return entity.path + ".__getitem__" if _trailer(expr).children[0] == "[" else entity.path


def _in_generator(node: Node) -> bool:
    """Whether a node stands in a generator expression of its function."""
    while node.type not in DEFINITIONS and node.parent is not None:
        parent = node.parent
        if parent.type in ("argument", "testlist_comp") and parent.children[-1].type in ("comp_for", "sync_comp_for"):
            opening = parent.parent.children[0]
            if parent.type == "argument" or opening == "(":
                return True
        node = parent
    return False


def _is_coroutine(function: Node) -> bool:
    """Whether a call of the function runs nothing yet."""
    return function.parent.type in ("async_funcdef", "async_stmt") and not function.is_generator()


def _is_entered(expr: Expr) -> bool:
    """Whether an expression is what a ``with`` enters."""
    node = expr.node
    whole = expr.length is None or expr.length == len(node.children)
    return whole and node.parent.type in ("with_stmt", "with_item") and node is not node.parent.children[-1]


def _bound(cls: ProjectClass) -> Collection[str]:
    """The names that a class's own body binds."""
    scope = cls.module.scopes.by_node.get(id(cls.node))
    return scope.bindings if scope is not None else ()
