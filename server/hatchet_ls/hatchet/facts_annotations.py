"""Which class of the SDK a call or an access gives, by the annotations in the SDK's source."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from hatchet_ls.hatchet.facts_source import Definition, SdkSource, SourceModule

_TRANSPARENT = frozenset(
    {"Annotated", "ClassVar", "Final", "InitVar", "Optional", "ReadOnly", "Required", "NotRequired"}
)


@dataclass(frozen=True)
class Given:
    """A class of the SDK, as an instance or as what a decorator makes of a function."""

    definition: Definition
    decorates: bool = False


def dotted_name(node: ast.expr) -> str:
    """``a.b.c`` as text; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])


def decorator_name(decorator: ast.expr) -> str:
    """The last part of a decorator's name, called or not."""
    return dotted_name(decorator.func if isinstance(decorator, ast.Call) else decorator).rpartition(".")[2]


class Annotations:
    """Reads annotations of one SDK."""

    def __init__(self, source: SdkSource) -> None:
        self._source = source

    def given(self, annotation: ast.expr | None, module: SourceModule, owner: Definition | None) -> Given | None:
        """The one SDK class that an annotation says, whether it may be None or not; None when it says more or less.

        ``owner`` is the class that ``Self`` stands for.
        """
        if annotation is None:
            return None
        union = self._union(annotation, module, owner, 0)
        return next(iter(union)) if union is not None and len(union) == 1 else None

    def mentioned(self, annotation: ast.expr, module: SourceModule) -> list[Definition]:
        """Every SDK class that an annotation names, at any depth."""
        found: list[Definition] = []
        pending = [annotation]
        while pending:
            node = pending.pop()
            if isinstance(node, (ast.Name, ast.Attribute)):
                what = self._source.find(module, dotted_name(node))
                if isinstance(what, Definition) and isinstance(what.node, ast.ClassDef):
                    found.append(what)
            elif isinstance(node, ast.Constant):
                if (parsed := _parsed(node)) is not None:
                    pending.append(parsed)
            else:
                pending.extend(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr))
        return found

    def _union(
        self, node: ast.expr, module: SourceModule, owner: Definition | None, depth: int
    ) -> frozenset[Given] | None:
        """The SDK classes of a union; None as soon as one of its parts is something else."""
        if depth > 20:
            return None
        if isinstance(node, ast.Constant):
            if node.value is None:
                return frozenset()
            parsed = _parsed(node)
            return None if parsed is None else self._union(parsed, module, owner, depth + 1)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return self._all((node.left, node.right), module, owner, depth)
        if isinstance(node, ast.Subscript):
            return self._subscript(node, module, owner, depth)
        what = self._source.find(module, dotted_name(node))
        if isinstance(what, str):
            return frozenset({Given(owner)}) if owner and what.endswith(".Self") else None
        if isinstance(what.node, ast.ClassDef):
            return frozenset({Given(what)})
        if isinstance(what.node, (ast.BinOp, ast.Subscript, ast.Name, ast.Attribute)):
            return self._union(what.node, what.module, owner, depth + 1)
        return None

    def _all(
        self, nodes: tuple[ast.expr, ...], module: SourceModule, owner: Definition | None, depth: int
    ) -> frozenset[Given] | None:
        union: frozenset[Given] = frozenset()
        for node in nodes:
            part = self._union(node, module, owner, depth + 1)
            if part is None:
                return None
            union |= part
        return union

    def _subscript(
        self, node: ast.Subscript, module: SourceModule, owner: Definition | None, depth: int
    ) -> frozenset[Given] | None:
        head = self._source.find(module, dotted_name(node.value))
        arguments = tuple(node.slice.elts) if isinstance(node.slice, ast.Tuple) else (node.slice,)
        if isinstance(head, Definition):
            return frozenset({Given(head)}) if isinstance(head.node, ast.ClassDef) else None
        name = head.rpartition(".")[2]
        if name in _TRANSPARENT:
            return self._union(arguments[0], module, owner, depth + 1)
        if name == "Union":
            return self._all(arguments, module, owner, depth)
        if name == "Callable" and len(arguments) == 2 and self._takes_a_callable(arguments[0], module):
            made = self._union(arguments[1], module, owner, depth + 1)
            return None if made is None else frozenset(Given(given.definition, True) for given in made)
        return None

    def _takes_a_callable(self, parameters: ast.expr, module: SourceModule) -> bool:
        if not isinstance(parameters, ast.List) or len(parameters.elts) != 1:
            return False
        pending = [parameters.elts[0]]
        while pending:
            node = pending.pop()
            if isinstance(node, ast.BinOp):
                pending += [node.left, node.right]
            elif isinstance(node, ast.Subscript):
                what = self._source.find(module, dotted_name(node.value))
                if isinstance(what, str) and what.endswith(".Callable"):
                    return True
                if isinstance(what, Definition) and isinstance(what.node, ast.expr):
                    # An alias such as ``TaskFunc[TWorkflowInput, R]``.
                    return True
        return False


def _parsed(node: ast.Constant) -> ast.expr | None:
    """What an annotation in quotes says."""
    if not isinstance(node.value, str):
        return None
    try:
        return ast.parse(node.value, mode="eval").body
    except SyntaxError:
        return None
