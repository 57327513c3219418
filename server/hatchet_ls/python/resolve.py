"""What a name or an expression is, without running it.

What a module's own bindings settle, and what the project's modules that it imports settle, is settled from the
trees; what they leave open is put to Jedi. What stays open stays None.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from hatchet_ls.python.entities import Entity, Instance, Library, ProjectClass, ProjectFunction, ProjectModule
from hatchet_ls.python.expr import Expr, WrittenArgument, class_arguments
from hatchet_ls.python.modules import Modules
from hatchet_ls.python.overriding import redefined
from hatchet_ls.python.parse import Module, Node, walk_inner
from hatchet_ls.python.scopes import Assignment, Binding, Definition, Import, Opaque, Parameter, Scope


class LibraryTypes(Protocol):
    """What is known about libraries' types."""

    def normalise(self, path: str) -> str:
        """The path of the same thing by its type: ``sdk.Client().make()`` → ``sdk.Made()``."""

    def is_decorator(self, path: str) -> bool:
        """Whether the path is a call whose result makes something of a function."""

    def awaited(self, path: str) -> str:
        """The path of what awaiting gives."""

    def may_matter(self, attribute: str) -> bool:
        """Whether an attribute of this name is worth a question to Jedi."""

    def names(self, module: str) -> Collection[str] | None:
        """All names that a star import of a library's module brings; None when they are not known."""


class Inferrer(Protocol):
    """The last resort: Jedi."""

    def infer(self, expr: Expr) -> tuple[str, Module | None, str] | None:
        """(dotted path of an instance's class, its module if it is the project's, its name), or None."""


_KEEPING = frozenset(
    {
        "classmethod",
        "functools.cache",
        "functools.lru_cache",
        "functools.lru_cache()",
        "functools.wraps()",
        "staticmethod",
        "typing.final",
        "typing.override",
        "typing_extensions.override",
    }
)
"""Decorators under which a function stays what it is."""
_PROPERTIES = frozenset({"property", "functools.cached_property"})
_WRAPPER = re.compile(r"(?:\w+\.)?(?:Optional|Annotated|Final|ClassVar|Union)")
_MAX_DEPTH = 60
_MAX_BASES = 50
_MAX_PATH = 300
"""Code points; nobody writes a longer chain, and following one costs time."""
_MAX_QUESTIONS = 25
"""To Jedi, in one analysis: it may take its time for each."""


class Resolver:
    """Resolves expressions of all modules of a project, for one analysis (it remembers what it found)."""

    def __init__(self, modules: Modules, types: LibraryTypes, inferrer: Inferrer | None = None) -> None:
        self._modules = modules
        self._types = types
        self._inferrer = inferrer
        self._memo: dict[tuple[int, int], Entity | None] = {}
        self._names: dict[tuple[int, str], Entity | None] = {}
        self._questions = 0
        self._active: set[tuple[int, int]] = set()
        self._busy: set[tuple[int, str]] = set()
        self.parameters: dict[int, Library | None] = {}
        """What a parameter (by its node's id) certainly is, because of who calls its function."""
        self._supposed: dict[int, Entity | None] = {}
        """What was said of parameters before they were settled."""

    def learn(self, parameters: dict[int, Library | None]) -> bool:
        """Settle parameters; whether that made it forget what was concluded from other suppositions."""
        self.parameters.update(parameters)
        wrong = any(self._supposed.get(node, settled) != settled for node, settled in parameters.items())
        if wrong:
            self.forget()
        self._supposed.clear()
        return wrong

    def forget(self) -> None:
        """Resolve everything anew from here on."""
        self._memo.clear()
        self._names.clear()

    # expressions

    def infer(self, expr: Expr) -> Entity | None:
        """What an expression is."""
        key = expr.key
        if key in self._memo:
            return self._memo[key]
        if key in self._active or len(self._active) > _MAX_DEPTH:
            return None
        self._active.add(key)
        try:
            result = self._infer(expr)
        finally:
            self._active.discard(key)
        self._memo[key] = result
        return result

    def _infer(self, expr: Expr) -> Entity | None:
        node = expr.node
        match node.type:
            case "name":
                return self.name(expr.module, node.value, expr.module.scopes.of(node))
            case "atom_expr":
                return self._chain(expr)
            case "atom" if len(node.children) == 3 and node.children[0] == "(":
                return self.infer(Expr(expr.module, node.children[1]))
            case "test":  # a if c else b
                return self._agreed(self.infer(Expr(expr.module, node.children[i])) for i in (0, 4))
            case "or_test" | "namedexpr_test":
                return self._agreed(self.infer(Expr(expr.module, part)) for part in node.children[::2][-2:])
        return None

    def _chain(self, expr: Expr) -> Entity | None:
        parts = expr.split()
        if parts is None:  # `await x`
            inner = Expr(expr.module, expr.node.children[-1])
            return self._awaited(self.infer(inner))
        base, trailer = parts
        kind = trailer.children[0]
        entity = self.infer(base)
        result: Entity | None
        if kind == ".":
            name = trailer.children[1].value
            if entity is None and self._types.may_matter(name):
                entity = self._ask(base)
            known = entity is not None and not self.is_patched(expr.module, entity, name)
            result = self.attribute(entity, name) if entity is not None and known else None
        elif kind == "(":
            result = self.call(entity, expr)
        else:
            result = entity if isinstance(entity, Library | ProjectClass) and self._is_class(entity) else None
        return self._awaited(result) if expr.awaited else result

    def is_patched(self, module: Module, entity: Entity, name: str) -> bool:
        """Whether a module gives an attribute of a library's object or class another value: what it is then is open."""
        if not isinstance(entity, Library):
            return False
        if name in module.scopes.patched:
            return True
        targets = module.scopes.stored.get(name)
        if targets is None:
            return False
        owner = entity.path.removesuffix("()")
        stores = (Expr(module, target).split() for target in targets)
        bases = (self.infer(parts[0]) for parts in stores if parts is not None)
        return any(isinstance(base, Library) and base.path.removesuffix("()") == owner for base in bases)

    @staticmethod
    def _is_class(entity: Library | ProjectClass) -> bool:
        """``Workflow[Input]`` is ``Workflow``; what an object's subscript gives is not known."""
        if isinstance(entity, ProjectClass):
            return True
        return "()" not in entity.path and entity.path.rpartition(".")[2][:1].isupper()

    def _awaited(self, entity: Entity | None) -> Entity | None:
        if isinstance(entity, Library):
            return entity.at(self._types.awaited(entity.path), entity.origin)
        return entity

    def _ask(self, expr: Expr) -> Entity | None:
        if self._inferrer is None or self._questions >= _MAX_QUESTIONS:
            return None
        if self._modules.unsaved - {expr.module.source.path}:
            return None  # Jedi reads files, and would answer for what the editor no longer shows
        self._questions += 1
        found = self._inferrer.infer(expr)
        if found is None:
            return None
        path, module, name = found
        if module is not None:
            scope_bindings = module.scopes.module.bindings.get(name, [])
            for binding in scope_bindings:
                if isinstance(binding, Definition) and binding.node.type == "classdef":
                    return Instance(ProjectClass(module, binding.node))
            return None
        return Library(self._types.normalise(path + "()"))

    def instance(self, expr: Expr) -> Entity | None:
        """What an expression is, be it only by Jedi's word."""
        entity = self.infer(expr)
        return entity if entity is not None else self._ask(expr)

    def attribute(self, entity: Entity, name: str) -> Entity | None:
        """What ``entity.name`` is."""
        match entity:
            case Library(path) if len(path) > _MAX_PATH:
                return None
            case Library():
                if "()" not in entity.path and (inner := self._modules.find_submodule(entity.path, name)) is not None:
                    return self._as_module(inner)  # a package without `__init__.py` looks like a library
                path = self._types.normalise(f"{entity.path}.{name}")
                return entity.at(path, entity.origin if path.endswith(name) else None)
            case ProjectModule(module):
                return self._module_attribute(module, name)
            case Instance(cls):
                return self._instance_attribute(cls, name)
            case ProjectClass():
                found = self._class_attribute(entity, name)
                return found[0] if found else self._inherited(entity, name, instance=False)
        return None

    def call(self, entity: Entity | None, call: Expr) -> Entity | None:
        """What calling ``entity`` gives; ``call`` is the whole call."""
        match entity:
            case Library() if self._types.is_decorator(entity.path):
                return entity.at(self._types.normalise(entity.path + "()"), entity.origin)
            case Library():
                return entity.at(self._types.normalise(entity.path + "()"), call)
            case ProjectClass():
                return Instance(entity)
            case ProjectFunction():
                return self._returned(entity)
        return None

    # names

    def name(self, module: Module, name: str, scope: Scope) -> Entity | None:
        """What a name is, as seen from a scope."""
        found = scope.lookup(name)
        if found is None:
            return self._builtin_or_star(module, name)
        owner, bindings = found
        key = (id(owner), name)
        if key in self._names:
            return self._names[key]
        if key in self._busy:
            return None
        self._busy.add(key)
        try:
            result = self._agreed(self._bindings(module, owner, bindings))
        finally:
            self._busy.discard(key)
        self._names[key] = result
        return result

    def _bindings(self, module: Module, scope: Scope, bindings: list[Binding]) -> Iterator[Entity | None]:
        for binding in bindings:
            if isinstance(binding, Assignment) and _is_none(binding.value) and len(bindings) > 1:
                continue  # `client = None` before the real one
            yield self._binding(module, scope, binding)

    def _binding(self, module: Module, scope: Scope, binding: Binding) -> Entity | None:
        match binding:
            case Import():
                return self._imported(module, binding)
            case Assignment(value, annotation, context):
                entity = self.infer(Expr(module, value)) if value is not None else None
                if context and not isinstance(entity, Library | Instance):
                    return None
                if entity is None and annotation is not None:
                    return self.annotated(module, annotation)
                return entity
            case Definition(node, decorators):
                return self.decorated(module, node, decorators)
            case Parameter(node, function):
                return self._parameter(module, node, function)
            case Opaque():
                return None

    def _parameter(self, module: Module, node: Node, function: Node) -> Entity | None:
        if id(node) in self.parameters:
            return self.parameters[id(node)]
        supposed = self._supposed[id(node)] = self._declared(module, node, function)
        return supposed

    def _declared(self, module: Module, node: Node, function: Node) -> Entity | None:
        """What a parameter is by its annotation, or as a method's first one."""
        if node.star_count:
            return None
        if node.annotation is not None:
            return self.annotated(module, node.annotation)
        if self.takes_self(module, function) and node is function.get_params()[0]:
            cls = ProjectClass(module, module.scopes.of(function).node)
            return cls if "classmethod" in _decorators(module, function) else Instance(cls)
        return None

    @staticmethod
    def takes_self(module: Module, function: Node) -> bool:
        """Whether a function's first parameter is the object, or the class, in whose body it stands."""
        in_class = function.type == "funcdef" and module.scopes.of(function).is_class
        return in_class and "staticmethod" not in _decorators(module, function)

    def annotated(self, module: Module, annotation: Node) -> Entity | None:
        """An object of the class that an annotation names, be it quoted, optional or ``Annotated``."""
        cls = self._annotation(module, annotation)
        if isinstance(cls, ProjectClass):
            return Instance(cls)
        if isinstance(cls, Library) and "()" not in cls.path:
            return Library(self._types.normalise(cls.path + "()"))
        return None

    def _annotation(self, module: Module, node: Node) -> Entity | None:
        if node.type == "string":
            inner = module.quoted(node)
            return self._annotation(module, inner) if inner is not None else None
        if node.type in ("expr", "arith_expr") and "|" in node.children:
            parts = [part for part in node.children[::2] if part != "None"]
            return self._annotation(module, parts[0]) if len(parts) == 1 else None
        if node.type == "atom_expr" and len(node.children) >= 2 and node.children[-1].children[0] == "[":
            outer = (
                Expr(module, node, len(node.children) - 1) if len(node.children) > 2 else Expr(module, node.children[0])
            )
            if _WRAPPER.fullmatch(outer.text):
                inner = node.children[-1].children[1]
                parts = inner.children[::2] if inner.type == "subscriptlist" else [inner]
                parts = parts[:1] if outer.text.endswith("Annotated") else [part for part in parts if part != "None"]
                return self._annotation(module, parts[0]) if len(parts) == 1 else None
            return self.infer(outer)
        if node.type in ("name", "atom_expr"):
            return self.infer(Expr(module, node))
        return None

    def _agreed(self, entities: Iterable[Entity | None]) -> Entity | None:
        """The one thing that all of them are; the first one when they differ only in where they were made."""
        first: Entity | None = None
        for entity in entities:
            if entity is None:
                return None
            if first is None:
                first = entity
            elif isinstance(first, Library) and isinstance(entity, Library) and first.path == entity.path:
                if first.origin != entity.origin:
                    first = replace(first, origin=None)
            elif first != entity:
                return None
        return first

    def assigned(self, expr: Expr) -> Expr | None:
        """What is assigned to a name outside of classes, once and for all, be it in another module of the project."""
        if expr.node.type == "name":
            found = expr.module.scopes.of(expr.node).lookup(expr.node.value)
            module, bindings = expr.module, found[1] if found is not None and not found[0].is_class else []
        else:
            parts = expr.split()
            owner = self.infer(parts[0]) if parts is not None and parts[1].children[0] == "." else None
            if parts is None or not isinstance(owner, ProjectModule):
                return None
            module, bindings = owner.module, owner.module.scopes.module.bindings.get(parts[1].children[1].value, [])
        for _ in range(_MAX_DEPTH):
            match bindings:
                case [Assignment(value, context=False)] if value is not None:
                    return Expr(module, value)
                case [Import(name=str(name)) as binding]:
                    target = self.imported_module(module, binding)
                    if target is None:
                        return None
                    module, bindings = target, target.scopes.module.bindings.get(name, [])
                case _:
                    return None
        return None

    # definitions

    def decorated(self, module: Module, node: Node, decorators: tuple[Node, ...]) -> Entity | None:
        """What a name bound by ``def`` or ``class`` is, under its decorators."""
        if node.type == "classdef":
            return ProjectClass(module, node)
        entity: Entity | None = ProjectFunction(module, node)
        for decorator in reversed(decorators):
            applied = self.infer(Expr(module, decorator))
            if isinstance(applied, Library) and self._types.is_decorator(applied.path):
                entity = self.call(applied, Expr(module, decorator))
            elif isinstance(applied, Library) and applied.path in _PROPERTIES and isinstance(entity, ProjectFunction):
                entity = replace(entity, is_property=True)
            elif not (isinstance(applied, Library) and applied.path in _KEEPING):
                entity = None
        return entity

    def _returned(self, function: ProjectFunction) -> Entity | None:
        module, node = function.module, function.node
        if node.type != "funcdef" or node.is_generator():
            return None
        if node.annotation is not None and (entity := self.annotated(module, node.annotation)) is not None:
            return self._with_origin(module, node, entity)
        scope = module.scopes.by_node[id(node)]
        returned = [
            statement.children[1]
            for statement in walk_inner(node.children[-1])
            if statement.type == "return_stmt" and module.scopes.of(statement) is scope
        ]
        return self._agreed(self.infer(Expr(module, value)) for value in returned) if returned else None

    def _with_origin(self, module: Module, node: Node, declared: Entity) -> Entity:
        """The declared result, with the place where it is made when the body tells."""
        if isinstance(declared, Library):
            values = [each.children[1] for each in walk_inner(node.children[-1]) if each.type == "return_stmt"]
            made = self._agreed(self.infer(Expr(module, value)) for value in values) if values else None
            if isinstance(made, Library) and made.path == declared.path:
                return made
        return declared

    # classes

    def _instance_attribute(self, cls: ProjectClass, name: str) -> Entity | None:
        found = self._class_attribute(cls, name)
        if found is None:
            return self._inherited(cls, name, instance=True)
        entity, function = found
        if isinstance(entity, ProjectFunction):
            base = self._inherited(cls, name, instance=True)
            if isinstance(base, Library):
                names = redefined(function) if function is not None else frozenset[str]()
                return replace(base, overridden=names | (base.overridden or frozenset()))
            if entity.is_property:
                return self._returned(entity)
            return replace(entity, bound=True)
        return entity

    def _class_attribute(self, cls: ProjectClass, name: str) -> tuple[Entity | None, Node | None] | None:
        """What a class's own body or methods bind to a name; None when they do not."""
        scope = cls.module.scopes.by_node.get(id(cls.node))
        if scope is None:
            return None
        bindings: list[Binding] = [*scope.bindings.get(name, []), *scope.attributes.get(name, [])]
        if not bindings:
            return None
        function = next((each.node for each in bindings if isinstance(each, Definition)), None)
        return self._agreed(self._bindings(cls.module, scope, bindings)), function

    def _inherited(self, cls: ProjectClass, name: str, *, instance: bool) -> Entity | None:
        for base in self.bases(cls):
            if isinstance(base, ProjectClass):
                found = self._instance_attribute(base, name) if instance else self.attribute(base, name)
                if found is not None:
                    return found
            elif isinstance(base, Library) and base.path != "object":
                owner = Library(self._types.normalise(base.path + "()") if instance else base.path, subclassed=True)
                return self.attribute(owner, name)
        return None

    def bases(self, cls: ProjectClass) -> list[Entity | None]:
        """The classes that a class names as its bases, in order."""
        return [self.infer(each.value) for each in self.class_arguments(cls) if each.keyword is None]

    def lineage(self, cls: ProjectClass) -> list[Entity | None]:
        """A class with all its bases, nearest first; None for one that cannot be told."""
        return list(self._lineage(cls, set()))

    def _lineage(self, cls: ProjectClass, seen: set[int]) -> Iterator[Entity | None]:
        if id(cls.node) in seen or len(seen) > _MAX_BASES:
            return
        seen.add(id(cls.node))
        yield cls
        for base in self.bases(cls):
            if isinstance(base, ProjectClass):
                yield from self._lineage(base, seen)
            else:
                yield base

    @staticmethod
    def class_arguments(cls: ProjectClass) -> list[WrittenArgument]:
        """What stands in the parentheses of a class."""
        return class_arguments(cls.module, cls.node)

    # modules

    def imported_module(self, module: Module, binding: Import) -> Module | None:
        """The project's module from which an import takes a name."""
        path = self._modules.find(binding.module, binding.level, module.source.path)
        return self._modules.module(path) if path is not None else None

    def _imported(self, module: Module, binding: Import) -> Entity | None:
        if binding.name is None:
            return self._module(module, binding.module, 0)
        path = self._modules.find(binding.module, binding.level, module.source.path)
        if path is not None:
            target = self._modules.module(path)
            if target is None:
                return None
            if binding.name in target.scopes.module.bindings or target.scopes.module.stars:
                return self._module_attribute(target, binding.name)
        dotted = f"{binding.module}.{binding.name}" if binding.module else binding.name
        inner = self._modules.find(dotted, binding.level, module.source.path)
        if inner is not None:
            return self._as_module(inner)
        if path is not None or binding.level:
            return None
        return Library(self._types.normalise(dotted))

    def _module(self, importer: Module, dotted: str, level: int) -> Entity | None:
        path = self._modules.find(dotted, level, importer.source.path)
        if path is not None:
            return self._as_module(path)
        return Library(dotted)

    def _as_module(self, path: Path) -> Entity | None:
        module = self._modules.module(path)
        return ProjectModule(module) if module is not None else None

    def _module_attribute(self, module: Module, name: str) -> Entity | None:
        scope = module.scopes.module
        if name in scope.bindings:
            return self.name(module, name, scope)
        inner = self._modules.find(name, 1, module.source.path)
        if inner is not None and module.source.path.name == "__init__.py":
            return self._as_module(inner)
        return self._starred(module, name)[1]

    def _builtin_or_star(self, module: Module, name: str) -> Entity | None:
        settled, entity = self._starred(module, name)
        return entity if settled else Library(name)

    def _starred(self, module: Module, name: str) -> tuple[bool, Entity | None]:
        """Whether star imports settle what a name is, if only as not known; and what it is."""
        key = (id(module.scopes.module), "*" + name)
        if key in self._busy:
            return False, None  # modules that import each other
        self._busy.add(key)
        try:
            for star in reversed(module.scopes.module.stars):
                settled, entity = self._brought(module, star, name)
                if settled:
                    return True, entity
        finally:
            self._busy.discard(key)
        return False, None

    def _brought(self, module: Module, star: Import, name: str) -> tuple[bool, Entity | None]:
        path = self._modules.find(star.module, star.level, module.source.path)
        if path is None:
            names = self._types.names(star.module) if not star.level else None
            known = Library(self._types.normalise(f"{star.module}.{name}"))
            return names is None or name in names, known if names is not None else None
        target = self._modules.module(path)
        if target is None:
            return True, None
        if name in target.scopes.module.bindings:
            return True, self._module_attribute(target, name)
        return self._starred(target, name)


def _is_none(node: Node | None) -> bool:
    return node is not None and node.type == "keyword" and node.value == "None"


def _decorators(module: Module, function: Node) -> set[str]:
    return {_last_name(each) for each in module.scopes.decorators.get(id(function), ())}


def _last_name(node: Node) -> str:
    leaf = node.get_last_leaf()
    return str(getattr(leaf, "value", ""))
