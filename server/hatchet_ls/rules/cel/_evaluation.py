"""Which parts of an expression the engine is sure to evaluate."""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.languages.cel.tree import Conditional, Group, Has, Index, Logical, Macro, Name, Node, Select, walk
from hatchet_ls.text import Span


def decides(root: Node, part: Span) -> bool:
    """Whether a failure of a part (the span of a node) certainly keeps the whole from being true, or from being at all.

    ``||`` forgets a failure when its other side is true, ``&&`` when it is false, a condition leaves one branch out,
    and a macro's body may never be reached.
    """
    node, outermost = root, True
    while node.span != part:
        child = next((each for each in node.children if each.span.contains(part)), None)
        if child is None or isinstance(node, Has):
            return False
        if isinstance(node, Logical) and (node.operator == "||" or not outermost):
            return False
        if isinstance(node, Conditional) and child is not node.condition:
            return False
        if isinstance(node, Macro) and child is not node.range:
            return False
        outermost = outermost and isinstance(node, Logical | Group)
        node = child
    return True


def uses(root: Node, name: str) -> Iterator[tuple[Name, Node]]:
    """Where a variable of the environment is used, and the field of it that is (or the variable as such)."""
    parents = {id(child): node for node in walk(root) for child in node.children}
    for node in walk(root):
        if isinstance(node, Name) and node.name.removeprefix(".") == name and not _is_own(node, parents):
            above = parents.get(id(node))
            access = isinstance(above, Select) or (isinstance(above, Index) and above.operand is node)
            yield node, above if above is not None and access else node


def _is_own(node: Name, parents: dict[int, Node]) -> bool:
    """Whether a name is a macro's variable."""
    above = parents.get(id(node))
    while above is not None:
        if isinstance(above, Macro) and above.variable.name == node.name:
            return True
        above = parents.get(id(above))
    return False
