"""What stands directly in the bodies of classes, and above their definitions."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import NamedTuple

from hatchet_ls.python.entities import Library, ProjectClass
from hatchet_ls.python.expr import Expr, WrittenArgument, call_arguments
from hatchet_ls.python.parse import Module, Node
from hatchet_ls.python.resolve import Resolver

_BLOCKS = ("if_stmt", "try_stmt", "for_stmt", "while_stmt", "with_stmt", "match_stmt")


class Decorator(NamedTuple):
    """A decorator as written."""

    path: str | None
    """Of the library's thing that it is, or that is called; None for others."""
    arguments: tuple[WrittenArgument, ...]
    """Of the call; none for a decorator without parentheses."""
    called: bool


def library_path(resolver: Resolver, expr: Expr) -> str | None:
    """The dotted path of what an expression is, when that is a library's."""
    entity = resolver.infer(expr)
    return entity.path if isinstance(entity, Library) else None


def decorators(resolver: Resolver, module: Module, definition: Node) -> Iterator[Decorator]:
    """The decorators of a class or function."""
    for each in module.scopes.decorators.get(id(definition), ()):
        expr = Expr(module, each)
        parts = expr.split()
        if parts is not None and parts[1].children[0] == "(":
            yield Decorator(library_path(resolver, parts[0]), tuple(call_arguments(module, parts[1])), called=True)
        else:
            yield Decorator(library_path(resolver, expr), (), called=False)


def statements(cls: Node) -> Iterator[Node]:
    """The assignments and annotations."""
    for statement in _body(cls):
        if statement.type == "simple_stmt":
            yield from (each for each in statement.children if each.type == "expr_stmt")


def functions(cls: Node) -> Iterator[Node]:
    """The functions."""
    yield from (each for each in _definitions(cls) if each.type == "funcdef")


def inner_class(cls: ProjectClass, name: str) -> ProjectClass | None:
    """The class of a name in a class."""
    for each in _definitions(cls.node):
        if each.type == "classdef" and each.name.value == name:
            return ProjectClass(cls.module, each)
    return None


def has_blocks(cls: Node) -> bool:
    """Whether some of it stands in a block of its own, such as under a condition."""
    return any(statement.type in _BLOCKS for statement in _body(cls))


def docstring(definition: Node) -> str:
    """The first paragraph of a docstring, on one line; empty if there is none."""
    node = definition.get_doc_node()
    if node is None:
        return ""
    text = inspect.cleandoc(node.get_code(include_prefix=False).lstrip("rRuU").strip("\"'"))
    return " ".join(text.partition("\n\n")[0].split())


def _body(cls: Node) -> list[Node]:
    suite = cls.children[-1]
    return list(suite.children) if suite.type == "suite" else [suite]


def _definitions(cls: Node) -> Iterator[Node]:
    for statement in _body(cls):
        definition = statement.children[-1] if statement.type == "decorated" else statement
        if definition.type in ("async_funcdef", "async_stmt"):
            definition = definition.children[-1]
        yield definition
