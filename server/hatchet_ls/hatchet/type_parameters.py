"""Which types stand for the type parameters of generic classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from hatchet_ls.hatchet.models import ANYTHING, FieldType
from hatchet_ls.python.entities import Library, ProjectClass
from hatchet_ls.python.expr import Expr
from hatchet_ls.python.parse import Module, Node, walk
from hatchet_ls.python.resolve import Resolver

Parameters = Mapping[str, FieldType]
"""The types that stand for a class's parameters, by the names that its body has for them."""

_GENERICS = frozenset({"typing.Generic", "typing.Protocol", "typing_extensions.Generic", "typing_extensions.Protocol"})
_VARIABLES = frozenset({"typing.TypeVar()", "typing_extensions.TypeVar()"})

_Read = Callable[[Module, Node, Parameters], FieldType]
"""Reads an annotation."""


def parameters_of(
    resolver: Resolver, cls: ProjectClass, given: tuple[FieldType, ...], read: _Read
) -> dict[int, Parameters]:
    """The parameters of a class and of its bases, by the identity of the class's node.

    ``given`` are the types between the brackets of ``Page[Line]``.
    """
    found: dict[int, Parameters] = {}
    _add(resolver, cls, given, read, found)
    return found


def subscript(expr: Expr) -> tuple[Expr, list[Node]] | None:
    """``Page[Line, User]`` as what it is a subscript of, and the items; None when it is none."""
    parts = expr.split()
    if parts is None or parts[1].children[0] != "[":
        return None
    inner = parts[1].children[1]
    return parts[0], inner.children[::2] if inner.type == "subscriptlist" else [inner]


def _add(
    resolver: Resolver,
    cls: ProjectClass,
    given: tuple[FieldType, ...],
    read: _Read,
    found: dict[int, Parameters],
) -> None:
    if id(cls.node) in found:
        return
    names = _names(resolver, cls)
    types = given if len(given) == len(names) else (ANYTHING,) * len(names)
    own = found[id(cls.node)] = dict(zip(names, types, strict=True))
    for each in resolver.class_arguments(cls):
        base = resolver.infer(each.value)
        if each.keyword is None and isinstance(base, ProjectClass):
            parts = subscript(each.value)
            items = parts[1] if parts is not None else []
            _add(resolver, base, tuple(read(cls.module, item, own) for item in items), read, found)


def _names(resolver: Resolver, cls: ProjectClass) -> tuple[str, ...]:
    """The names of a class's parameters, in order: ``class Page[T]``, ``Generic[T]``, else those of its bases."""
    listed = next((each for each in cls.node.children if getattr(each, "type", "") == "type_params"), None)
    if listed is not None:
        return tuple(each.get_first_leaf().value for each in listed.children[1:-1:2])
    inherited: list[str] = []
    for each in resolver.class_arguments(cls):
        parts = subscript(each.value)
        if parts is None:
            continue
        names = list(_variables(resolver, cls.module, parts[1]))
        base = resolver.infer(parts[0])
        if isinstance(base, Library) and base.path in _GENERICS:
            return tuple(names)
        inherited += names
    return tuple(dict.fromkeys(inherited))


def _variables(resolver: Resolver, module: Module, items: Iterable[Node]) -> Iterator[str]:
    for item in items:
        for leaf in walk(item):
            if getattr(leaf, "type", "") == "name":
                entity = resolver.infer(Expr(module, leaf))
                if isinstance(entity, Library) and entity.path in _VARIABLES:
                    yield leaf.value
