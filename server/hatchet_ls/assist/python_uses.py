"""Where Python code uses a field of a class, as far as that can be told for certain."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from enum import Enum, auto

from hatchet_ls.assist.navigation import Field
from hatchet_ls.python.entities import Entity, Instance, Library, ProjectClass
from hatchet_ls.python.expr import Expr
from hatchet_ls.python.parse import Module, Node
from hatchet_ls.python.resolve import Resolver
from hatchet_ls.python.scopes import Parameter
from hatchet_ls.text import Span

_CLASS_NAME = re.compile(r"_*[A-Z]")
_VALIDATION = "pydantic."


class Use(Enum):
    """What a name in Python code has to do with a field."""

    YES = auto()
    NO = auto()
    UNCLEAR = auto()


def uses(field: Field, module: Module, resolver: Resolver, inputs: frozenset[Span]) -> Iterator[tuple[Span, Use]]:
    """Where a module writes the field's name as the name of an attribute, of a keyword or of a class's own field, or in
    a validator's decorator, and whether it is the field there.

    ``inputs`` are the names of parameters that are certainly the model. What is certainly something else is left out.
    """
    finder = _Finder(field, module, resolver, inputs)
    leaf = module.tree.get_first_leaf()
    while leaf is not None:
        found = finder.name(leaf) if leaf.type == "name" and leaf.value == field.name else None
        if found is not None and found is not Use.NO:
            yield module.span(leaf), found
        if leaf.type == "string" and finder.is_validated(leaf):
            start = module.span(leaf).start + leaf.value.index(field.name)
            yield Span(start, start + len(field.name)), Use.YES
        leaf = leaf.get_next_leaf()


def is_typed_dict(field: Field, module: Module, resolver: Resolver) -> bool:
    """Whether a class of the module that has the field is a ``TypedDict``, which code subscripts with strings."""
    for scope in module.scopes.by_node.values():
        if scope.is_class and field.name in scope.bindings and module.span(scope.node).contains(field.place.span):
            lineage = resolver.lineage(ProjectClass(module, scope.node))
            return any(isinstance(each, Library) and each.path.endswith(".TypedDict") for each in lineage)
    return False


class _Finder:
    def __init__(self, field: Field, module: Module, resolver: Resolver, inputs: frozenset[Span]) -> None:
        self._field = field
        self._module = module
        self._resolver = resolver
        self._inputs = inputs

    def name(self, leaf: Node) -> Use:
        """What a name is that is spelled as the field."""
        parent = leaf.parent
        broken = parent is not None and parent.type in ("error_node", "error_leaf")
        if broken:
            return Use.UNCLEAR if leaf.get_previous_leaf() == "." or leaf.get_next_leaf() == "=" else Use.NO
        if parent.type == "trailer" and parent.children[0] == ".":
            return self._attribute(parent)
        if parent.type == "argument" and parent.children[0] is leaf and parent.children[1] == "=":
            return self._keyword(parent)
        return self._own(leaf)

    def _attribute(self, trailer: Node) -> Use:
        chain = trailer.parent
        if chain.type != "atom_expr":  # in a decorator's or import's dotted name
            return Use.NO
        base, _ = Expr(self._module, chain, chain.children.index(trailer) + 1).split() or (None, None)
        if base is None:
            return Use.UNCLEAR
        if self._is_input(base):
            return Use.YES
        if base.node.type == "name" and self._is_unbound(base.node):
            return Use.UNCLEAR
        return self._of(self._resolver.instance(base))

    def _is_input(self, base: Expr) -> bool:
        """Whether it is the parameter of a task that gets the model."""
        if base.node.type != "name":
            return False
        found = self._module.scopes.of(base.node).lookup(base.node.value)
        match found[1] if found is not None else []:
            case [Parameter(node)]:
                return self._module.span(node.name) in self._inputs
        return False

    def _is_unbound(self, leaf: Node) -> bool:
        """Whether nothing binds a name, which happens in code that is broken."""
        return self._module.scopes.of(leaf).lookup(leaf.value) is None and not hasattr(builtins, leaf.value)

    def _keyword(self, argument: Node) -> Use:
        trailer = argument.parent if argument.parent.type == "trailer" else argument.parent.parent
        if trailer.type == "classdef":
            return Use.NO
        if trailer.type != "trailer" or trailer.parent.type != "atom_expr":
            return Use.UNCLEAR
        chain = trailer.parent
        callee, _ = Expr(self._module, chain, chain.children.index(trailer) + 1).split() or (None, None)
        if callee is None:
            return Use.UNCLEAR
        entity = self._resolver.infer(callee)
        if isinstance(entity, ProjectClass):
            return self._of(entity)
        last = callee.text.rpartition(".")[2]
        # What is not known is called like a class or not, and only classes take their fields as keywords.
        return Use.UNCLEAR if entity is None and (_CLASS_NAME.match(last) or last == "cls") else Use.NO

    def _own(self, leaf: Node) -> Use:
        """A name by itself: the field in the body of its own class."""
        parameter = leaf.search_ancestor("param")
        if parameter is not None and parameter.name is leaf:
            return Use.NO
        found = self._module.scopes.of(leaf).lookup(leaf.value)
        if found is None or not found[0].is_class:
            return Use.NO
        return Use.YES if self._defines(ProjectClass(self._module, found[0].node)) else Use.NO

    def _of(self, entity: Entity | None) -> Use:
        """Whether something of a class has the field; unclear for what is not known."""
        if entity is None:
            return Use.UNCLEAR
        cls = entity.cls if isinstance(entity, Instance) else entity
        if not isinstance(cls, ProjectClass):
            return Use.NO
        lineage = self._resolver.lineage(cls)
        declaring = [each for each in lineage if isinstance(each, ProjectClass) and self._declares(each)]
        if not any(self._defines(each) for each in declaring):
            return Use.NO if all(isinstance(each, ProjectClass | Library) for each in lineage) else Use.UNCLEAR
        return Use.YES if len(declaring) == 1 else Use.UNCLEAR

    def _declares(self, cls: ProjectClass) -> bool:
        scope = cls.module.scopes.by_node.get(id(cls.node))
        return scope is not None and self._field.name in scope.bindings

    def _defines(self, cls: ProjectClass) -> bool:
        """Whether it is in the body of this class that the field is defined."""
        place = self._field.place
        same = cls.module.source.path == place.source.path and self._declares(cls)
        return same and cls.module.span(cls.node).contains(place.span)

    def is_validated(self, leaf: Node) -> bool:
        """Whether a string names the field for a validator: ``@field_validator("user_id")`` in the model."""
        if self._field.name not in leaf.value or _value(leaf) != self._field.name:
            return False
        decorator = leaf.search_ancestor("decorator")
        cls = leaf.search_ancestor("classdef")
        if decorator is None or cls is None:
            return False
        parts = Expr(self._module, decorator.children[1]).split()
        entity = self._resolver.infer(parts[0]) if parts is not None else None
        is_pydantic = isinstance(entity, Library) and entity.path.startswith(_VALIDATION)
        return is_pydantic and self._of(ProjectClass(self._module, cls)) is Use.YES


def _value(leaf: Node) -> object:
    try:
        return ast.literal_eval(leaf.value)
    except (SyntaxError, ValueError):
        return None
