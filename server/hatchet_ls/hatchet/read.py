"""From trees to the program: which clients, workflows, tasks, workers … a source has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from hatchet_ls.hatchet import SDK
from hatchet_ls.hatchet.bodies import Bodies
from hatchet_ls.hatchet.calls import Calls
from hatchet_ls.hatchet.expressions import expressions
from hatchet_ls.hatchet.facts import ClassKind, Facts, Version
from hatchet_ls.hatchet.guards import Guards
from hatchet_ls.hatchet.model_reader import ModelReader
from hatchet_ls.hatchet.models import InputModel
from hatchet_ls.hatchet.owners import owners_of
from hatchet_ls.hatchet.program import (
    Access,
    Call,
    Client,
    Concurrency,
    Condition,
    Function,
    Legacy,
    PackageName,
    Program,
    RateLimit,
    Task,
    TaskDefaults,
    TaskKind,
    Worker,
    Workflow,
)
from hatchet_ls.hatchet.schemas import schema_path
from hatchet_ls.hatchet.sdk import PREFIX, SdkTypes
from hatchet_ls.hatchet.templates import templates
from hatchet_ls.python.entities import Library, ProjectFunction
from hatchet_ls.python.evaluate import Evaluator
from hatchet_ls.python.expr import Expr, call_arguments, chains
from hatchet_ls.python.imports import import_name
from hatchet_ls.python.inference import JediInferrer
from hatchet_ls.python.modules import Modules
from hatchet_ls.python.parse import Module, Node
from hatchet_ls.python.resolve import Resolver
from hatchet_ls.python.values import Items, Known, Object, Unknown, Value
from hatchet_ls.text import Source, Span

_TASK_CALL = re.compile(r"(?P<owner>\w+)\.(?P<kind>task|durable_task|batch_task|on_failure_task|on_success_task)")
_OBJECT = re.compile(r"hatchet_sdk\.(\w+)\(\)")
_ENUM = re.compile(r"hatchet_sdk\.(\w+)")
_QUOTED_NAME = re.compile(r"([\"'])\w+\1")
_FROM_SDK = re.compile(r"\bfrom[ \t]+hatchet_sdk[ \t]+import\b")
_CONDITIONS = frozenset({"SleepCondition", "UserEventCondition", "ParentCondition"})
_GONE_WITH_0 = frozenset({"concurrency", "on_failure_step", "step"})
_FIRST_VERSION = Version(1, 0, 0)


class Reader:
    """Reads the sources of one project. All calls must come from one thread (Jedi)."""

    def __init__(self, modules: Modules, facts: Facts) -> None:
        self.modules = modules
        self.facts = facts
        self._types = SdkTypes(facts)
        root = modules.roots[0] if modules.roots else Path()
        stubs = () if facts.installed else (schema_path("stubs"),)
        self._inferrer = JediInferrer(modules, root, stubs)

    def resolver(self) -> Resolver:
        """For questions about Python itself. It remembers its answers, so it is for one state of the sources."""
        return Resolver(self.modules, self._types, self._inferrer)

    def read(self, source: Source) -> Program | None:
        """What a source says, or None when it has nothing to do with this SDK.

        Raises:
            RecursionError: the source is nested too deeply to be parsed.
        """
        if self.facts.version < _FIRST_VERSION or not self.modules.reaches_library(source):
            return None
        self._inferrer.forget()
        self.modules.tidy()
        return _Reading(self.modules.parse(source), self.modules, self.facts, self._types, self._inferrer).program()


class _Reading:
    """The reading of one source."""

    def __init__(self, module: Module, modules: Modules, facts: Facts, types: SdkTypes, inferrer: JediInferrer) -> None:
        self._module = module
        self._chains = list(chains(module, module.tree))
        self._facts = facts
        self._types = types
        self._resolver = Resolver(modules, types, inferrer)
        self._evaluator = Evaluator(self._resolver, types)
        self._models = ModelReader(self._resolver, self._evaluator)
        self._guards = Guards(self._resolver)
        self._calls = Calls(facts, self._resolver, self._evaluator, self._guards, self._enclosing)
        self._bodies_by_node: dict[int, Task | None] = {}
        self._bodies = Bodies(self._resolver, self._evaluator, self._calls, self._models)
        self._tasks: dict[tuple[tuple[int, int], int], Task] = {}
        self._task_defaults: dict[Call, TaskDefaults] = {}
        self._workflows: dict[Call, Workflow] = {}
        self._reading: set[tuple[int, int]] = set()

    def program(self) -> Program:
        made = list(self._made_here())
        if self._resolver.learn(self._contexts(made)):
            self._forget()
        tasks = list({id(task): task for task in (self._task(*each) for each in made) if task is not None}.values())
        self._bodies_by_node.update(self._bodies_of(made))
        calls: list[Call] = []
        accesses: list[Access] = []
        package_names = list(self._imported())
        for expr in self._chains:
            parts = expr.split()
            assert parts is not None
            kind = parts[1].children[0].value
            if kind == "(" and (call := self._calls.call(expr)) is not None:
                calls.append(call)
            elif (name := _attribute_name(parts[1])) is not None:
                found = self._access(expr, *parts, name)
                if isinstance(found, Access):
                    accesses.append(found)
                elif found is not None:
                    package_names.append(found)
        workflows = [self._workflow_of(call) for call in calls if call.key == "Hatchet.workflow"]
        owners = owners_of(self._module, self._evaluator, workflows, tasks)
        return Program(
            source=self._module.source,
            facts=self._facts,
            clients=tuple(Client(call) for call in calls if call.key in ("Hatchet", "Hatchet.from_embedded")),
            workflows=tuple(workflows),
            tasks=tuple(tasks),
            workers=tuple(Worker(call) for call in calls if call.key == "Hatchet.worker"),
            rate_limits=tuple(RateLimit(call) for call in calls if call.key == "RateLimit"),
            concurrencies=tuple(Concurrency(call) for call in calls if call.key == "ConcurrencyExpression"),
            task_defaults=tuple(self._defaults_of(call) for call in calls if call.key == "TaskDefaults"),
            conditions=tuple(Condition(call) for call in calls if call.key in _CONDITIONS),
            calls=tuple(calls),
            accesses=tuple(accesses),
            package_names=tuple(package_names),
            expressions=tuple(expressions(calls, owners, tasks, self.task_of)),
            templates=tuple(templates(self._module, calls, self._evaluator.evaluate)),
            legacy=min(self._legacy(), key=lambda found: found.span, default=None),
            importer=lambda package, name: import_name(self._module, package, name),
            finder=self.task_of,
            closer=self._close,
        )

    def _close(self) -> None:
        self._forget()
        self._chains.clear()
        self._bodies_by_node.clear()
        self._bodies.forget()
        self._models.forget()
        self._resolver.forget()

    def _forget(self) -> None:
        """Make anew what was made."""
        self._evaluator.forget()
        self._calls.forget()
        self._tasks.clear()
        self._workflows.clear()
        self._task_defaults.clear()

    # tasks

    def _made_here(self) -> Iterator[tuple[Expr, ProjectFunction | None]]:
        """The decorator calls of this source that make tasks, each with the function that it is applied to."""
        module = self._module
        applied: set[tuple[int, int]] = set()
        for definition, decorators in self._decorated():
            for index, decorator in enumerate(decorators):
                origin = self._decorator_origin(Expr(module, decorator))
                if origin is not None and definition.type == "funcdef":
                    applied.add(origin.key)
                    inner = self._resolver.decorated(module, definition, decorators[index + 1 :])
                    yield origin, ProjectFunction(module, definition, wrapped=not isinstance(inner, ProjectFunction))
        nodes = {id(expr.node): expr.node for expr in self._chains}
        worth = {key for key, node in nodes.items() if self._may_make(node)}
        candidates = [expr for expr in self._chains if id(expr.node) in worth]
        for expr in candidates:
            parts = expr.split()
            assert parts is not None
            if parts[1].children[0].value != "(":
                continue
            origin = self._decorator_origin(parts[0])
            if origin is not None:
                applied.add(origin.key)
                yield origin, self._handler(module, parts[1])
        for expr in candidates:
            origin = self._decorator_origin(expr)
            if origin is not None and origin.key == expr.key and expr.key not in applied:
                yield origin, None

    def _may_make(self, chain: Node) -> bool:
        """Whether a chain is worth resolving in search of tasks: it names a decorator, or calls a plain name."""
        trailers = [each for each in chain.children[1:] if each.type == "trailer"]
        return len(trailers) == 1 or any(
            each.children[0] == "." and self._types.may_matter(each.children[1].value) for each in trailers
        )

    def _decorated(self) -> Iterator[tuple[Node, tuple[Node, ...]]]:
        for scope in [*self._module.scopes.by_node.values()]:
            decorators = self._module.scopes.decorators.get(id(scope.node))
            if decorators:
                yield scope.node, decorators

    def _legacy(self) -> Iterator[Legacy]:
        """The decorators of hatchet-sdk 0.x: ``@hatchet.workflow()`` above a class, ``@hatchet.step()``."""
        for definition, decorators in self._decorated():
            on_class = definition.type == "classdef"
            for decorator in decorators:
                expr = Expr(self._module, decorator)
                parts = expr.split()
                if parts is not None and parts[1].children[0] == "(":
                    expr, parts = parts[0], parts[0].split()
                if parts is None or parts[1].children[0] != ".":
                    continue
                name = parts[1].children[1]
                gone = name.value in _GONE_WITH_0 and self._facts.member("Hatchet", name.value) is None
                if (
                    (gone or (on_class and name.value == "workflow"))
                    and self._is_client(parts[0], name.value)
                    and not self._guards.is_guarded(self._module, decorator, name.value)
                ):
                    yield Legacy(self._module.span(name), f"@{expr.text}", on_class)

    def _is_client(self, expr: Expr, attribute: str) -> bool:
        """Whether an expression is the SDK's own client, and an attribute of it what the SDK makes it."""
        entity = self._resolver.infer(expr)
        if not isinstance(entity, Library) or entity.path != f"{PREFIX}Hatchet()" or entity.subclassed:
            return False
        return not self._resolver.is_patched(self._module, entity, attribute)

    def _decorator_origin(self, expr: Expr) -> Expr | None:
        if expr.node.type not in ("atom_expr", "name"):
            return None
        entity = self._resolver.infer(expr)
        if isinstance(entity, Library) and self._types.is_decorator(entity.path):
            return entity.origin
        return None

    def _handler(self, module: Module, trailer: Node) -> ProjectFunction | None:
        arguments = list(call_arguments(module, trailer))
        if len(arguments) != 1 or arguments[0].stars:
            return None
        value = arguments[0].value
        if value.node.type == "lambdef":
            return ProjectFunction(module, value.node)
        entity = self._resolver.infer(value)
        return entity if isinstance(entity, ProjectFunction) else None

    def _contexts(self, made: list[tuple[Expr, ProjectFunction | None]]) -> dict[int, Library | None]:
        """What each task function of this source gets as its context; None when its tasks disagree."""
        contexts: dict[int, Library | None] = {}
        for origin, function in made:
            call = self._calls.call(origin)
            found = _TASK_CALL.fullmatch(call.key) if call is not None else None
            if call is None or found is None or function is None:
                continue
            _, parameter = self._bodies.task_parameters(_as_given(function, call))
            if parameter is None:
                continue
            name = "DurableContext" if found["kind"] == "durable_task" else "Context"
            context = Library(f"{PREFIX}{name}()")
            known = contexts.get(id(parameter), context)
            contexts[id(parameter)] = context if known == context else None
        return contexts

    def _task(self, origin: Expr, function: ProjectFunction | None) -> Task | None:
        key = (origin.key, id(function.node) if function is not None else 0)
        if key in self._tasks:
            return self._tasks[key]
        call = self._calls.call(origin)
        found = _TASK_CALL.fullmatch(call.key) if call is not None else None
        if call is None or found is None or origin.key in self._reading:
            return None
        self._reading.add(origin.key)
        try:
            standalone = found["owner"] == "Hatchet"
            made = self._bodies.function(_as_given(function, call)) if function is not None else None
            if made is not None and made.is_lambda and found["kind"] == "durable_task":
                made = None  # What is said of durable bodies is to be mended in a `def`.
            workflow = None if standalone else self._workflow(origin)
            task = self._tasks[key] = Task(
                kind=TaskKind(found["kind"]),
                standalone=standalone,
                call=call,
                function=made,
                workflow=workflow,
                name=self._name(call, made),
                parents=self._parents(call),
                read_input=self._input_of(call) if workflow is None else workflow.read_input,
                read_output=lambda: self._models.returned(function) if function is not None else None,
            )
        finally:
            self._reading.discard(origin.key)
        return task

    @staticmethod
    def _name(call: Call, function: Function | None) -> Value:
        written = call.argument("name")
        if written.written and written.value != Known(None, call.source, written.span):
            return written.value
        if function is not None and call.omits("name"):
            return Known(function.name, function.source, function.name_span)
        return Unknown(call.source, call.name_span)

    def _parents(self, call: Call) -> tuple[Task, ...] | None:
        written = call.argument("parents")
        if not written.written:
            return () if call.omits("parents") else None
        match written.value:
            case Known(None):
                return ()
            case Known(Items(_, items) as found) if found.complete:
                parents = [self.task_of(item) for item in items]
                return tuple(each for each in parents if each is not None) if None not in parents else None
        return None

    def task_of(self, value: Value) -> Task | None:
        """The task that a value is, here or in another source."""
        match value:
            case Known(Object("hatchet_sdk.Task()" | "hatchet_sdk.Standalone()", source, span)) if source and span:
                origin = self._evaluator.made.get((id(source), span.start, span.end))
                return self._task(origin, self._applied_to(origin)) if origin is not None else None
        return None

    def _applied_to(self, origin: Expr) -> ProjectFunction | None:
        """The function that a decorator call is written above, or called with."""
        node, module = origin.node, origin.module
        if node.parent.type == "decorator":
            decorated = node.parent.parent
            decorated = decorated.parent if decorated.type == "decorators" else decorated
            definition = decorated.children[-1]
            definition = definition.children[-1] if definition.type in ("async_funcdef", "async_stmt") else definition
            return ProjectFunction(module, definition) if definition.type == "funcdef" else None
        if origin.length is not None and origin.length < len(node.children):
            trailer = node.children[origin.length]
            return self._handler(module, trailer) if trailer.children[0] == "(" else None
        return None

    # workflows

    def _receiver(self, origin: Expr) -> Expr | None:
        parts = origin.split()
        callee = parts[0].split() if parts is not None else None
        return callee[0] if callee is not None else None

    def _workflow(self, task: Expr) -> Workflow | None:
        receiver = self._receiver(task)
        entity = self._resolver.infer(receiver) if receiver is not None else None
        if not isinstance(entity, Library) or entity.origin is None:
            return None
        call = self._calls.call(entity.origin)
        return self._workflow_of(call) if call is not None and call.key == "Hatchet.workflow" else None

    def _workflow_of(self, call: Call) -> Workflow:
        if call not in self._workflows:
            self._workflows[call] = Workflow(
                call, call.argument("name").value, self._workflow_defaults(call), self._input_of(call)
            )
        return self._workflows[call]

    def _input_of(self, call: Call) -> Callable[[], InputModel | None]:
        return lambda: self._models.of(call.argument("input_validator").value)

    def _workflow_defaults(self, call: Call) -> Value:
        written = call.argument("task_defaults")
        if not written.written and call.omits("task_defaults"):
            return Known(None, call.source, call.name_span)
        match written.value:
            case Known(Object("hatchet_sdk.TaskDefaults()", source, span)) if source and span:
                origin = self._evaluator.made.get((id(source), span.start, span.end))
                made = self._calls.call(origin) if origin is not None else None
                if made is not None:
                    return Known(self._defaults_of(made), source, span)
        return Unknown(call.source, written.span)

    def _defaults_of(self, call: Call) -> TaskDefaults:
        return self._task_defaults.setdefault(call, TaskDefaults(call))

    # bodies and attributes

    def _bodies_of(self, made: list[tuple[Expr, ProjectFunction | None]]) -> dict[int, Task | None]:
        """The one task whose function's body a ``def`` node is; None when several tasks share it."""
        bodies: dict[int, Task | None] = {}
        for origin, function in made:
            task = self._task(origin, function)
            if function is None or task is None:
                continue
            key = id(function.node)
            bodies[key] = task if bodies.get(key, task) is task else None
        return bodies

    def _enclosing(self, module: Module, node: Node) -> Task | None:
        return self._bodies_by_node.get(id(self._definition(module, node)))

    @staticmethod
    def _definition(module: Module, node: Node) -> Node:
        """The function, lambda, class or module in whose own code a node stands."""
        scope = module.scopes.of(node)
        while scope.parent is not None and scope.node.type not in ("funcdef", "lambdef", "classdef"):
            scope = scope.parent
        return scope.node

    def _imported(self) -> Iterator[PackageName]:
        """What ``from hatchet_sdk import`` takes from the package."""
        module = self._module
        for found in _FROM_SDK.finditer(module.source.text):
            position = module.source.position(found.start())
            leaf = module.tree.get_leaf_for_position((position.row + 1, position.column + 1), include_prefixes=False)
            statement = leaf.parent if leaf is not None else None
            if statement is None or statement.type != "import_from":
                continue
            guard = partial(self._guards.is_guarded, module, statement)
            if statement.is_star_import():
                star = statement.children[-1]
                yield PackageName(module.source, "*", module.span(star), True, True, guard)
                continue
            for path in statement.get_paths():
                name = path[-1]
                renamed = name.parent.type == "import_as_name"
                yield PackageName(module.source, name.value, module.span(name), True, renamed, guard)

    def _access(self, expr: Expr, base: Expr, trailer: Node, name: Node) -> Access | PackageName | None:
        entity = self._resolver.infer(base)
        if not isinstance(entity, Library):
            return None
        module, node = self._module, expr.node
        length = expr.length or len(node.children)
        stored = length == len(node.children) and _is_target(node)
        subscript = name.type == "string"
        text = name.value[1:-1] if subscript else name.value
        span = module.span(name)
        if not stored and self._resolver.is_patched(module, entity, text):
            return None
        if entity.path == SDK and not (subscript or stored):
            guard = partial(self._guards.is_guarded, module, node, text)
            return PackageName(module.source, text, span, imported=False, renamed=True, guard=guard)
        found = _OBJECT.fullmatch(entity.path) if not subscript else None
        if found is None:
            found = _ENUM.fullmatch(entity.path)
            cls = self._facts.classes.get(found[1]) if found is not None else None
            if found is None or cls is None or cls.kind is not ClassKind.ENUM:
                return None
        called = length < len(node.children) and node.children[length].children[0] == "("
        after = Expr(module, node, length + 1) if called else None
        return Access(
            source=module.source,
            owner=found[1],
            owner_span=base.span,
            name=text,
            span=Span(span.start + 1, span.end - 1) if subscript else span,
            subclassed=entity.subclassed,
            call=self._calls.call(after) if after is not None else None,
            called=called,
            awaited=(after or expr).awaited,
            stored=stored,
            guard=partial(self._guards.is_guarded, module, node, text, key=subscript),
            decorator=node.parent.type == "decorator" and length == len(node.children),
            subscript=subscript,
            task=self._enclosing(module, node),
            uses=self._bodies.uses(module, self._definition(module, node), trailer),
        )


def _attribute_name(trailer: Node) -> Node | None:
    """The name in ``.name`` or ``["name"]``."""
    name = trailer.children[1]
    if trailer.children[0] == "." or (name.type == "string" and _QUOTED_NAME.fullmatch(name.value)):
        return name
    return None


def _is_target(node: Node) -> bool:
    parent = node.parent
    if parent.type == "del_stmt":
        return True
    return parent.type == "expr_stmt" and node is not parent.children[-1]


def _as_given(function: ProjectFunction, call: Call) -> ProjectFunction:
    """A task's function; a factory that a subclass overrides may wrap it as a decorator may."""
    return replace(function, wrapped=True) if call.overridden is not None else function
