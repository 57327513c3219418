"""Expressions: a node in its module, down to a prefix of a chain such as ``a.b(c)``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hatchet_ls.python.parse import Module, Node, walk_inner
from hatchet_ls.text import Span


class Expr(NamedTuple):
    """An expression.

    The syntax tree keeps ``a.b(c)`` as one flat chain of a base and trailers; ``length`` says how many of the
    chain's children belong to this expression, None for the node as a whole.
    """

    module: Module
    node: Node
    length: int | None = None

    @property
    def key(self) -> tuple[int, int]:
        """What identifies the expression in memory, as long as its module lives."""
        if self.length is None and self.node.type == "atom_expr":
            return id(self.node), len(self.node.children)
        return id(self.node), self.length or 0

    @property
    def span(self) -> Span:
        """Where it stands, an ``await`` before it not included."""
        children = self._chain()
        if children is None:
            return self.module.span(self.node)
        first, last = children[0], children[-1]
        return Span(self.module.offset(first.start_pos), self.module.end(last))

    @property
    def text(self) -> str:
        """As written."""
        return self.module.source.slice(self.span)

    def _chain(self) -> list[Node] | None:
        if self.node.type != "atom_expr":
            return None
        children = self.node.children if self.length is None else self.node.children[: self.length]
        return children[1:] if children[0] == "await" else children  # type: ignore[no-any-return]

    def split(self) -> tuple[Expr, Node] | None:
        """``a.b(c)`` as ``a.b`` and the trailer ``(c)``; None when it is no chain."""
        module, node, length = self
        if node.type != "atom_expr":
            return None
        children = node.children
        length = length or len(children)
        start = 1 if children[0] == "await" else 0
        if length - start < 2:
            return None
        base = Expr(module, children[start]) if length - start == 2 else Expr(module, node, length - 1)
        return base, children[length - 1]

    @property
    def awaited(self) -> bool:
        """Whether it is the whole operand of an ``await``."""
        chain = self.node.type == "atom_expr"
        if chain and self.length in (None, len(self.node.children)):
            return bool(self.node.children[0] == "await")
        return False


class WrittenArgument(NamedTuple):
    """One argument between a call's parentheses."""

    keyword: Node | None
    value: Expr
    stars: str
    """``""``, ``"*"`` or ``"**"``."""


def call_arguments(module: Module, trailer: Node) -> Iterator[WrittenArgument]:
    """The arguments of a call trailer ``(...)`` (or of a class's parenthesis), in order."""
    inner = trailer.children[1:-1]
    if len(inner) == 1 and inner[0].type in ("arglist", "testlist_comp"):
        inner = inner[0].children
    for child in inner:
        if child == ",":
            continue
        if child.type != "argument":
            yield WrittenArgument(None, Expr(module, child), "")
        elif child.children[0] in ("*", "**"):
            yield WrittenArgument(None, Expr(module, child.children[1]), child.children[0].value)
        elif len(child.children) == 3 and child.children[1] == "=" and child.children[0].type == "name":
            yield WrittenArgument(child.children[0], Expr(module, child.children[2]), "")
        else:
            yield WrittenArgument(None, Expr(module, child), "")


def class_arguments(module: Module, cls: Node) -> list[WrittenArgument]:
    """What stands in the parentheses of a class: its bases, and keywords such as ``metaclass=``."""
    if "(" not in cls.children:
        return []
    start, end = cls.children.index("("), cls.children.index(")")
    return list(call_arguments(module, _Parenthesis(cls.children[start : end + 1])))


def node_of(module: Module, span: Span) -> Node | None:
    """The innermost node that fills a span; None when none does."""
    position = module.source.position(span.start)
    # A place between two leaves counts for the first: ask for what lies inside of the second.
    node = module.tree.get_leaf_for_position((position.row + 1, position.column + 1), include_prefixes=False)
    while node is not None and module.span(node) != span:
        node = node.parent if module.span(node).end <= span.end else None
    return node


def chains(module: Module, node: Node) -> Iterator[Expr]:
    """Every chain and prefix of a chain that ends in a trailer, below a node, in the order of the text."""
    for child in walk_inner(node):
        if child.type == "atom_expr":
            start = 1 if child.children[0] == "await" else 0
            for length in range(start + 2, len(child.children) + 1):
                yield Expr(module, child, length)


class _Parenthesis:
    """A class's ``(bases)`` in the shape of a call's trailer."""

    def __init__(self, children: list[Node]) -> None:
        self.children = children
