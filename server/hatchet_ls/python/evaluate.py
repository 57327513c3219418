"""What value an expression has, as far as the sources settle it."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

from hatchet_ls.python.entities import Instance, Library, ProjectClass, ProjectFunction, ProjectModule
from hatchet_ls.python.expr import Expr, call_arguments, class_arguments
from hatchet_ls.python.parse import Module, Node
from hatchet_ls.python.resolve import Resolver
from hatchet_ls.python.scopes import Assignment, Import, Scope
from hatchet_ls.python.values import Entries, EnumMember, Items, Known, Object, Unknown, Value
from hatchet_ls.text import Span

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}
_CONSTANTS = {"None": None, "True": True, "False": False}
_TIMEDELTA = "datetime.timedelta"
_TIMEDELTA_PARTS = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,17}")
_PLAIN_STRING = re.compile(r"""(["'])((?!\1)[^\\\r\n\0]*?)\1""")
"""What ``ast.literal_eval`` need not be asked about: nearly all literals that there are."""
_MAX_DEPTH = 40
_MAX_TEXT = 10_000
_MAX_NUMBER = 2**64
_MAX_ITEMS = 1_000
"""Of lists that are put together from others."""


class ValueTypes(Protocol):
    """Which of a library's things count as values."""

    def enum_member(self, path: str) -> EnumMember | None:
        """The enum member that a path names."""

    def is_object(self, path: str) -> bool:
        """Whether a path is a class or an object of a class that is worth knowing."""


class Evaluator:
    """Evaluates expressions of all modules of a project, for one analysis."""

    def __init__(self, resolver: Resolver, types: ValueTypes) -> None:
        self._resolver = resolver
        self._types = types
        self._memo: dict[tuple[int, int], Value] = {}
        self._active: set[tuple[int, int]] = set()
        """What is being evaluated: what refers to itself is unknown."""
        self.made: dict[tuple[int, int, int], Expr] = {}
        """The expression behind an ``Object`` (for one ``Page[Line]``), by the identity of its source and its span."""

    def evaluate(self, expr: Expr) -> Value:
        """The value of an expression, or ``Unknown`` at its place."""
        key = expr.key
        if key in self._memo:
            return self._memo[key]
        if key in self._active or len(self._active) > _MAX_DEPTH:
            return self.unknown(expr)
        self._active.add(key)
        try:
            value = self._evaluate(expr)
        except (ArithmeticError, SyntaxError, TypeError, ValueError):
            value = self.unknown(expr)
        finally:
            self._active.discard(key)
        self._memo[key] = value
        return value

    def forget(self) -> None:
        """Evaluate everything anew from here on."""
        self._memo.clear()
        self.made.clear()

    @staticmethod
    def unknown(expr: Expr) -> Unknown:
        """No value, at the expression's place."""
        return Unknown(expr.module.source, expr.span)

    def _evaluate(self, expr: Expr) -> Value:
        node, module = expr.node, expr.module
        match node.type:
            case "number":
                return self._known(expr, _number(node.value))
            case "string" | "strings" | "fstring":
                return self._string(expr)
            case "keyword" if node.value in _CONSTANTS:
                return self._known(expr, _CONSTANTS[node.value])
            case "atom":
                return self._atom(expr)
            case "factor":
                return self._factor(expr)
            case "arith_expr" | "term":
                return self._arithmetic(expr)
            case "name":
                return self._name(expr)
            case "atom_expr":
                return self._chain(expr)
            case "testlist_star_expr" | "testlist":
                return self._items(expr, "tuple", node.children)
            case "namedexpr_test":
                return self.evaluate(Expr(module, node.children[2]))
        return self.unknown(expr)

    def _known(self, expr: Expr, value: Any) -> Value:
        return Known(value, expr.module.source, expr.span)

    # literals

    def _string(self, expr: Expr) -> Value:
        parts = expr.node.children if expr.node.type == "strings" else [expr.node]
        values = [_literal(part) for part in parts]
        if any(value is None for value in values):
            return self.unknown(expr)
        if all(isinstance(value, str) for value in values):
            return self._known(expr, "".join(str(value) for value in values))
        return self._known(expr, values[0]) if len(values) == 1 else self.unknown(expr)

    def _atom(self, expr: Expr) -> Value:
        node, module = expr.node, expr.module
        opening = node.children[0]
        inner = node.children[1:-1]
        if opening == "(":
            if len(inner) == 1 and inner[0].type not in ("testlist_comp", "yield_expr"):
                return self.evaluate(Expr(module, inner[0]))
            children = inner[0].children if inner and inner[0].type == "testlist_comp" else inner
            return self._items(expr, "tuple", children)
        if opening == "[":
            children = inner[0].children if inner and inner[0].type == "testlist_comp" else inner
            return self._items(expr, "list", children)
        if opening == "{":
            return self._braces(expr, inner)
        return self.unknown(expr)

    def _items(self, expr: Expr, kind: str, children: list[Node]) -> Value:
        items: list[Value] = []
        places: list[Span] = []
        complete = True
        for child in children:
            if child == ",":
                continue
            if child.type in ("comp_for", "sync_comp_for"):
                return self.unknown(expr)
            if child.type == "star_expr":
                match self.evaluate(Expr(expr.module, child.children[1])):
                    case Known(Items(_, rest) as inner) if len(items) + len(rest) <= _MAX_ITEMS:
                        items += rest
                        places += [expr.module.span(child)] * len(rest)
                        complete = complete and inner.complete
                    case _:
                        complete = False
            else:
                item = Expr(expr.module, child)
                items.append(self.evaluate(item))
                places.append(item.span)
        return self._known(expr, Items(kind, tuple(items), complete, tuple(places)))

    def _braces(self, expr: Expr, inner: list[Node]) -> Value:
        if not inner:
            return self._known(expr, Entries(()))
        children = inner[0].children if inner[0].type == "dictorsetmaker" else inner
        if any(child.type in ("comp_for", "sync_comp_for") for child in children):
            return self.unknown(expr)
        if ":" not in children and "**" not in children:
            return self._items(expr, "set", children)
        entries: list[tuple[Value, Value]] = []
        places: list[tuple[Span, Span]] = []
        complete = True
        index = 0
        while index < len(children):
            if children[index] == "**":
                complete = False
                index += 3
            elif index + 2 < len(children) and children[index + 1] == ":":
                key, value = (Expr(expr.module, children[index + step]) for step in (0, 2))
                entries.append((self.evaluate(key), self.evaluate(value)))
                places.append((key.span, value.span))
                index += 4
            else:
                return self.unknown(expr)
        return self._known(expr, Entries(tuple(entries), complete, tuple(places)))

    # arithmetic

    def _factor(self, expr: Expr) -> Value:
        sign, operand = expr.node.children
        value = self.evaluate(Expr(expr.module, operand))
        if isinstance(value, Known) and _is_number(value.value) and sign in ("-", "+"):
            return self._known(expr, -value.value if sign == "-" else value.value)
        return self.unknown(expr)

    def _arithmetic(self, expr: Expr) -> Value:
        children = expr.node.children
        places = [Expr(expr.module, child) for child in children[::2]]
        values = [value for value in map(self.evaluate, places) if isinstance(value, Known)]
        operands = [value.value for value in values]
        if len(operands) != len(places) or not all(_is_number(each) or isinstance(each, str) for each in operands):
            return self.unknown(expr)
        result = operands[0]
        for sign, operand in zip(children[1::2], operands[1:], strict=True):
            apply = _OPERATORS.get(sign.value)
            texts = isinstance(result, str) or isinstance(operand, str)
            if apply is None or (texts and sign != "+"):
                return self.unknown(expr)
            result = apply(result, operand)
            if (isinstance(result, str) and len(result) > _MAX_TEXT) or (
                isinstance(result, int) and abs(result) > _MAX_NUMBER
            ):
                return self.unknown(expr)
        parts = zip((place.span for place in places), values, strict=True) if isinstance(result, str) else ()
        return Known(result, expr.module.source, expr.span, tuple(parts))

    # names and calls

    def _name(self, expr: Expr) -> Value:
        found = expr.module.scopes.of(expr.node).lookup(expr.node.value)
        if found is None:
            return self._object(expr)
        return self._bound(expr, expr.module, found[0], expr.node.value)

    def _bound(self, expr: Expr, module: Module, scope: Scope, name: str) -> Value:
        """The value of a name that is bound once; a container that is changed in place is unknown."""
        bindings = scope.bindings.get(name, [])
        if len(bindings) == 1:
            binding = bindings[0]
            if isinstance(binding, Assignment) and binding.value is not None and not binding.context:
                value = self.evaluate(Expr(module, binding.value))
                changed = (
                    isinstance(value, Known) and isinstance(value.value, Items | Entries) and name in scope.mutated
                )
                return self.unknown(expr) if changed else value
            if isinstance(binding, Import) and binding.name is not None:
                target = self._resolver.imported_module(module, binding)
                if target is not None and binding.name in target.scopes.module.bindings:
                    return self._bound(expr, target, target.scopes.module, binding.name)
        return self._object(expr)

    def _chain(self, expr: Expr) -> Value:
        if expr.awaited:
            return self.unknown(expr)
        parts = expr.split()
        if parts is None:
            return self.unknown(expr)
        base, trailer = parts
        kind = trailer.children[0]
        if kind == "(":
            callee = self._resolver.infer(base)
            if isinstance(callee, Library) and callee.path == _TIMEDELTA:
                return self._timedelta(expr, trailer)
        elif kind == ".":
            owner = self._resolver.infer(base)
            name = trailer.children[1].value
            if name in expr.module.scopes.stored:
                return self._object(expr)
            if isinstance(owner, ProjectModule) and name in owner.module.scopes.module.bindings:
                return self._bound(expr, owner.module, owner.module.scopes.module, name)
            if isinstance(owner, ProjectClass) and self._is_constant(owner, name):
                return self._bound(expr, owner.module, owner.module.scopes.by_node[id(owner.node)], name)
        return self._object(expr)

    @staticmethod
    def _is_constant(owner: ProjectClass, name: str) -> bool:
        """Whether a class without bases (which may make something else of it, as an enum does) binds a plain value."""
        scope = owner.module.scopes.by_node.get(id(owner.node))
        if scope is None or class_arguments(owner.module, owner.node) or name in scope.attributes:
            return False
        if name in owner.module.scopes.stored:
            return False
        bindings = scope.bindings.get(name, [])
        return len(bindings) == 1 and isinstance(bindings[0], Assignment)

    def _object(self, expr: Expr) -> Value:
        entity = self._resolver.infer(expr)
        match entity:
            case Library(path) if path == "datetime.timedelta.max":
                return self._known(expr, timedelta.max)
            case Library(path) if (member := self._types.enum_member(path)) is not None:
                return self._known(expr, member)
            case Library(path, origin) if self._types.is_object(path):
                return self._made(expr, path, origin)
            case ProjectFunction(module, node):
                return self._made(expr, "def", Expr(module, node))
            case ProjectClass(module, node):
                parts = expr.split()
                generic = parts is not None and parts[1].children[0] == "["
                return self._made(expr, "class", expr if generic else Expr(module, node))
            case Instance():
                return self.unknown(expr)
        return self.unknown(expr)

    def _made(self, expr: Expr, path: str, origin: Expr | None) -> Value:
        if origin is None:
            return self._known(expr, Object(path, None, None))
        source, span = origin.module.source, origin.span
        self.made[id(source), span.start, span.end] = origin
        return self._known(expr, Object(path, source, span))

    def _timedelta(self, expr: Expr, trailer: Node) -> Value:
        parts: dict[str, float] = {}
        for index, argument in enumerate(call_arguments(expr.module, trailer)):
            if argument.stars:
                return self.unknown(expr)
            value = self.evaluate(argument.value)
            name = argument.keyword.value if argument.keyword is not None else _TIMEDELTA_PARTS[index]
            if not isinstance(value, Known) or isinstance(value.value, timedelta) or not _is_number(value.value):
                return self.unknown(expr)
            parts[name] = value.value
        return self._known(expr, timedelta(**parts))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | timedelta) and not isinstance(value, bool)


def _number(text: str) -> Any:
    return int(text) if _DECIMAL.fullmatch(text) else ast.literal_eval(text)


def _literal(node: Node) -> str | bytes | None:
    """A string part's value; None for an f-string with holes and for what is no valid literal."""
    text = node.get_code(include_prefix=False)
    if node.type == "string" and (plain := _PLAIN_STRING.fullmatch(text)) is not None:
        return plain[2]
    if node.type == "fstring":
        if any(child.type == "fstring_expr" for child in node.children):
            return None
        text = text.lstrip("fF") if text[:1] in "fF" else text[:1] + text[1:].lstrip("fF")
        text = text.replace("{{", "{").replace("}}", "}")
    try:
        value = ast.literal_eval(text)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    return value if isinstance(value, str | bytes) else None
