"""What runs when a function is called: its body, not the functions and classes that are defined in it."""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.python.expr import Expr
from hatchet_ls.python.parse import Module, Node

DEFINITIONS = frozenset({"funcdef", "lambdef", "classdef"})
"""Nodes whose inside does not run where they stand."""


def executed_calls(module: Module, function: Node) -> Iterator[Expr]:
    """The calls and subscripts that run when a function's body runs."""
    for node in executed(function):
        if node.type == "atom_expr" and not module.is_in_pattern(node):
            start = 1 if node.children[0] == "await" else 0
            for length in range(start + 2, len(node.children) + 1):
                if node.children[length - 1].children[0] != ".":
                    yield Expr(module, node, length)


def executed(function: Node) -> Iterator[Node]:
    """All nodes of it, without the leaves and what only type checkers see."""
    stack: list[Node] = [function.children[-1]]
    while stack:
        node = stack.pop()
        if not hasattr(node, "children") or (node.type in DEFINITIONS and node is not function):
            continue
        if node.type == "if_stmt" and "TYPE_CHECKING" in node.children[1].get_code():
            stack.extend(reversed(node.children[4:]))
            continue
        yield node
        stack.extend(reversed(node.children))
