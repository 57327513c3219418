"""Who binds which name where, in one module."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from hatchet_ls.python.parse import Module, Node

FUNCTIONS = frozenset({"funcdef", "lambdef"})
_COMPREHENSIONS = frozenset({"comp_for", "sync_comp_for"})


class Import(NamedTuple):
    """``import module`` (``name`` is None) or ``from module import name``; ``level`` counts the leading dots."""

    module: str
    level: int
    name: str | None
    type_checking: bool
    """Only under ``if TYPE_CHECKING``."""


class Assignment(NamedTuple):
    """``target = value``, ``target: annotation [= value]``, ``with value as target``."""

    value: Node | None
    annotation: Node | None = None
    context: bool = False
    """Bound by ``with``: the value is what is entered."""


class Definition(NamedTuple):
    """``def`` or ``class``, with its decorators if any."""

    node: Node
    decorators: tuple[Node, ...]
    """The decorators' expressions, topmost first."""


class Parameter(NamedTuple):
    """A function's parameter."""

    node: Node
    function: Node


class Opaque(NamedTuple):
    """Bound by something that settles no value: ``for``, ``except … as``, unpacking, ``+=``, ``del``."""

    node: Node


Binding = Import | Assignment | Definition | Parameter | Opaque


@dataclass(eq=False)
class Scope:
    """A module, class, function, lambda or comprehension."""

    node: Node
    parent: Scope | None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    attributes: dict[str, list[Assignment]] = field(default_factory=dict)
    """Of a class: what its methods assign to ``self.name``."""
    stars: list[Import] = field(default_factory=list)
    """``from module import *``."""
    outer: dict[str, Scope] = field(default_factory=dict)
    """Names declared ``global`` or ``nonlocal``."""
    mutated: set[str] = field(default_factory=set)
    """Names whose object is changed in place: ``name[...] = …``, ``name.append(…)``, wherever that is written."""

    @property
    def is_class(self) -> bool:
        """Whether it is a class body, whose names nested functions do not see."""
        return bool(self.node.type == "classdef")

    def bind(self, name: str, binding: Binding) -> None:
        """Add a binding where the name lives."""
        owner = self.outer.get(name, self)
        owner.bindings.setdefault(name, []).append(binding)

    def lookup(self, name: str) -> tuple[Scope, list[Binding]] | None:
        """The scope that binds a name as seen from here, and all its bindings there."""
        scope: Scope | None = self
        while scope is not None:
            if scope is self or not scope.is_class:
                if name in scope.outer:
                    scope = scope.outer[name]
                if name in scope.bindings:
                    return scope, scope.bindings[name]
            scope = scope.parent
        return None


class Scopes:
    """All scopes of a module."""

    def __init__(self, module: Module) -> None:
        self.module = Scope(module.tree, None)
        self.by_node: dict[int, Scope] = {id(module.tree): self.module}
        self.decorators: dict[int, tuple[Node, ...]] = {}
        """Decorator expressions of a ``def`` or ``class``, by the node's id."""
        self.stored: dict[str, list[Node]] = {}
        """The targets of assignments to an attribute, by its name: ``Settings.x = 3``; not what a method assigns to an
        attribute of its own object, which is in the class's ``attributes``."""
        self.patched: frozenset[str] = _patched(module.source.text)
        """Attributes that are replaced by name: ``patch("shop.hatchet.event")``, ``setattr(hatchet, "event", …)``."""

    def of(self, node: Node) -> Scope:
        """The scope in which a node's names are looked up."""
        child, parent = node, node.parent
        while parent is not None:
            scope = self.by_node.get(id(parent))
            if scope is not None and (parent.type not in ("funcdef", "classdef", "lambdef") or _is_body(parent, child)):
                return scope
            child, parent = parent, parent.parent
        return self.module


def _is_body(definition: Node, child: Node) -> bool:
    """Whether a child belongs to the inside of a definition (not its decorators, defaults, annotations, bases)."""
    return definition.children[-1] is child


_MUTATORS = frozenset(
    {
        "append",
        "extend",
        "insert",
        "remove",
        "pop",
        "clear",
        "update",
        "setdefault",
        "add",
        "discard",
        "sort",
        "reverse",
    }
)


_PATCH = re.compile(
    r"""\b(?:patch|patch\.object|\w*(?:set|del)attr)\(\s*
    (?:(?!self\b|cls\b)[\w.]+(?:\(\))?\s*,\s*(["'])(?P<name>\w+)\1|f?(["'])[\w.{}]+\.(?P<last>\w+)\3)""",
    re.VERBOSE,
)


def _patched(text: str) -> frozenset[str]:
    if "patch" not in text and "attr(" not in text:
        return frozenset()
    return frozenset(found["name"] or found["last"] for found in _PATCH.finditer(text))


def build_scopes(module: Module) -> Scopes:
    """Collect the bindings of a module in one walk."""
    scopes = Scopes(module)
    _Builder(scopes).visit_children(module.tree, scopes.module)
    return scopes


class _Builder:
    def __init__(self, scopes: Scopes) -> None:
        self._scopes = scopes
        self._type_checking = 0

    def visit_children(self, node: Node, scope: Scope) -> None:
        for child in node.children:
            if hasattr(child, "children"):
                self.visit(child, scope)

    def visit(self, node: Node, scope: Scope) -> None:
        handler = getattr(self, "_visit_" + node.type, None)
        if handler is not None:
            handler(node, scope)
        else:
            self.visit_children(node, scope)

    def _open(self, node: Node, parent: Scope) -> Scope:
        scope = self._scopes.by_node[id(node)] = Scope(node, parent)
        return scope

    # definitions

    def _visit_decorated(self, node: Node, scope: Scope) -> None:
        first = node.children[0]
        decorators = first.children if first.type == "decorators" else [first]
        for decorator in decorators:
            self.visit_children(decorator, scope)
        definition = node.children[-1]
        if definition.type in ("async_funcdef", "async_stmt"):
            definition = definition.children[-1]
        self._scopes.decorators[id(definition)] = tuple(
            decorator.children[1] for decorator in decorators if len(decorator.children) > 1
        )
        self.visit(node.children[-1], scope)

    def _visit_funcdef(self, node: Node, scope: Scope) -> None:
        scope.bind(node.name.value, Definition(node, self._scopes.decorators.get(id(node), ())))
        inner = self._open(node, scope)
        self._parameters(node, scope, inner)
        if node.annotation is not None and hasattr(node.annotation, "children"):
            self.visit(node.annotation, scope)
        body = node.children[-1]
        if hasattr(body, "children"):
            self.visit(body, inner)

    def _visit_lambdef(self, node: Node, scope: Scope) -> None:
        inner = self._open(node, scope)
        self._parameters(node, scope, inner)
        body = node.children[-1]
        if hasattr(body, "children"):
            self.visit(body, inner)

    def _parameters(self, node: Node, outer: Scope, inner: Scope) -> None:
        for parameter in node.get_params():
            for part in (parameter.default, parameter.annotation):
                if part is not None and hasattr(part, "children"):
                    self.visit(part, outer)
            inner.bind(parameter.name.value, Parameter(parameter, node))

    def _visit_classdef(self, node: Node, scope: Scope) -> None:
        scope.bind(node.name.value, Definition(node, self._scopes.decorators.get(id(node), ())))
        arguments = node.get_super_arglist()
        if arguments is not None and hasattr(arguments, "children"):
            self.visit(arguments, scope)
        body = node.children[-1]
        inner = self._open(node, scope)
        if hasattr(body, "children"):
            self.visit(body, inner)

    # statements

    def _visit_if_stmt(self, node: Node, scope: Scope) -> None:
        checking = "TYPE_CHECKING" in node.children[1].get_code()
        for index, child in enumerate(node.children):
            if hasattr(child, "children"):
                inside = checking and index == 3
                self._type_checking += inside
                self.visit(child, scope)
                self._type_checking -= inside

    def _visit_import_name(self, node: Node, scope: Scope) -> None:
        for path in node.get_paths():
            if not path:
                continue
            dotted = ".".join(name.value for name in path)
            defined = {name.value for name in node.get_defined_names()}
            alias = self._alias(node, path[-1])
            checking = self._type_checking > 0
            if alias is not None:
                scope.bind(alias, Import(dotted, 0, None, checking))
            elif path[0].value in defined:
                scope.bind(path[0].value, Import(path[0].value, 0, None, checking))

    @staticmethod
    def _alias(node: Node, last: Node) -> str | None:
        owner = last.parent
        if owner.type == "dotted_name":
            owner = owner.parent
        if owner.type == "dotted_as_name":
            return str(owner.children[-1].value)
        return None

    def _visit_import_from(self, node: Node, scope: Scope) -> None:
        module = ".".join(name.value for name in node.get_from_names())
        level = node.level
        checking = self._type_checking > 0
        if node.is_star_import():
            scope.stars.append(Import(module, level, "*", checking))
            return
        last = node.children[-1]
        if last == ")":
            last = node.children[-2]
        for item in last.children if last.type == "import_as_names" else [last]:
            if item.type == "name":
                scope.bind(item.value, Import(module, level, item.value, checking))
            elif item.type == "import_as_name":
                scope.bind(item.children[2].value, Import(module, level, item.children[0].value, checking))

    def _visit_global_stmt(self, node: Node, scope: Scope) -> None:
        for name in node.get_global_names():
            scope.outer[name.value] = self._scopes.module

    def _visit_nonlocal_stmt(self, node: Node, scope: Scope) -> None:
        for name in node.children[1::2]:
            owner = scope.parent
            while owner is not None and (owner.is_class or name.value not in owner.bindings):
                owner = owner.parent
            if owner is not None:
                scope.outer[name.value] = owner

    def _visit_expr_stmt(self, node: Node, scope: Scope) -> None:
        self.visit_children(node, scope)
        second = node.children[1]
        if getattr(second, "type", "") == "annassign":
            value = second.children[3] if len(second.children) > 3 else None
            self._assign(node.children[0], Assignment(value, second.children[1]), scope)
        elif second == "=":
            value = node.children[-1]
            for target in node.children[:-1:2]:
                self._assign(target, Assignment(value), scope)
        else:
            self._opaque(node.children[0], scope)
            for name in _names(node.children[0]):
                scope.mutated.add(name.value)
            if node.children[0].type == "atom_expr":
                self._assign_attribute(node.children[0], Assignment(None), scope)

    def _visit_namedexpr_test(self, node: Node, scope: Scope) -> None:
        self.visit_children(node, scope)
        while scope.node.type in ("atom", "argument", "arglist", "trailer") and scope.parent is not None:
            scope = scope.parent  # a comprehension's := binds outside of it
        self._assign(node.children[0], Assignment(node.children[2]), scope)

    def _assign(self, target: Node, assignment: Assignment, scope: Scope) -> None:
        if target.type == "name":
            scope.bind(target.value, assignment)
        elif target.type == "atom_expr":
            self._assign_attribute(target, assignment, scope)
        else:
            self._opaque(target, scope)

    def _assign_attribute(self, target: Node, assignment: Assignment, scope: Scope) -> None:
        base, *trailers = target.children
        if base == "await":  # as all that is assigned to and cannot be: a text that is being typed
            return
        if trailers[-1].children[0] == "[" and base.type == "name":
            self._mutated(base.value, scope)
        if trailers[-1].children[0] != ".":
            return
        name = trailers[-1].children[1].value
        function, owner = scope.node, scope.parent
        if owner is not None and owner.is_class and function.type == "funcdef" and len(trailers) == 1:
            parameters = function.get_params()
            if parameters and base.type == "name" and parameters[0].name.value == base.value:
                owner.attributes.setdefault(name, []).append(assignment)
                return
        self._scopes.stored.setdefault(name, []).append(target)

    def _visit_atom_expr(self, node: Node, scope: Scope) -> None:
        self.visit_children(node, scope)
        base = node.children[0]
        if (
            len(node.children) == 3
            and base.type == "name"
            and node.children[1].children[0] == "."
            and node.children[1].children[1].value in _MUTATORS
        ):
            self._mutated(base.value, scope)

    @staticmethod
    def _mutated(name: str, scope: Scope) -> None:
        found = scope.lookup(name)
        (found[0] if found else scope).mutated.add(name)

    def _visit_for_stmt(self, node: Node, scope: Scope) -> None:
        self._opaque(node.children[1], scope)
        self.visit_children(node, scope)

    def _visit_with_item(self, node: Node, scope: Scope) -> None:
        self.visit_children(node, scope)
        target = node.children[2]
        if target.type == "name":
            scope.bind(target.value, Assignment(node.children[0], context=True))
        else:
            self._opaque(target, scope)

    def _visit_except_clause(self, node: Node, scope: Scope) -> None:
        self.visit_children(node, scope)
        if len(node.children) > 3:
            self._opaque(node.children[3], scope)

    def _visit_del_stmt(self, node: Node, scope: Scope) -> None:
        self.visit_children(node, scope)
        self._opaque(node.children[1], scope)

    def _opaque(self, target: Node, scope: Scope) -> None:
        for name in _names(target):
            scope.bind(name.value, Opaque(name))

    # comprehensions

    def _visit_testlist_comp(self, node: Node, scope: Scope) -> None:
        self._comprehension(node, scope)

    _visit_dictorsetmaker = _visit_testlist_comp

    def _visit_argument(self, node: Node, scope: Scope) -> None:
        self._comprehension(node, scope)

    def _comprehension(self, node: Node, scope: Scope) -> None:
        if node.children[-1].type in _COMPREHENSIONS:
            scope = self._open(node, scope)
        self.visit_children(node, scope)

    def _visit_sync_comp_for(self, node: Node, scope: Scope) -> None:
        self._opaque(node.children[1], scope)
        self.visit_children(node, scope)


def _names(target: Node) -> Iterator[Node]:
    """The plain names that a target binds."""
    if target.type == "name":
        yield target
    elif target.type in ("testlist_star_expr", "exprlist", "testlist_comp", "atom", "star_expr", "testlist"):
        for child in target.children:
            yield from _names(child)
