"""Which expressions are sets, and what is in them: by annotations, and by what is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hatchet_ls.python.entities import Entity, Instance, Library, ProjectClass, ProjectFunction
from hatchet_ls.python.evaluate import Evaluator
from hatchet_ls.python.expr import Expr, call_arguments
from hatchet_ls.python.flow_values import Kind, SetOf
from hatchet_ls.python.parse import Module, Node
from hatchet_ls.python.resolve import Resolver
from hatchet_ls.python.scopes import Assignment, Binding, Definition, Parameter
from hatchet_ls.python.values import Known

_SETS = frozenset(
    {"set", "frozenset", "typing.Set", "typing.FrozenSet", "typing.AbstractSet", "typing.MutableSet"}
    | {"collections.abc.Set", "collections.abc.MutableSet"}
)
_STEADY = re.compile(
    r"int|float|bool|complex|None|decimal\.Decimal|fractions\.Fraction|uuid\.UUID|datetime\.timedelta"
    r"|enum\.Int(?:Enum|Flag)|pydantic\.(?:(?:Non)?(?:Positive|Negative)(?:Int|Float)|Strict(?:Int|Float|Bool)|UUID\d)"
)
"""Classes whose objects have the same hash in every process: CPython makes it of numbers (of ``None`` since 3.12)."""
_NUMBERS_MADE = re.compile(rf"(?:{_STEADY.pattern}|len|ord|round|abs|sum)\(\)")
_TEXTS_MADE = re.compile(r"(?:str|repr|chr|hex|ascii|format)\(\)")
_TEXT_METHODS = frozenset(
    {"lower", "upper", "strip", "lstrip", "rstrip", "removeprefix", "removesuffix", "replace", "title", "casefold"}
    | {"join", "format", "capitalize"}
)
"""Methods of texts that give a text."""
_KEEPERS = frozenset({"list", "tuple", "sorted", "set", "frozenset", "reversed", "iter"})
_PROPERTIES = frozenset({"property", "cached_property"})
_ANY = frozenset({Kind.OTHER})
_MAX_DEPTH = 8
_ARITHMETIC = frozenset({"arith_expr", "term", "factor"})
_SEVERAL = frozenset({"testlist_comp", "dictorsetmaker"})
_WRAPPERS = frozenset({"typing.Optional", "typing.Annotated", "typing.Final", "typing.ClassVar", "typing.Union"})


class ModuleSets:
    """Answers for the expressions of one module: see ``python.flow_order.Sets``."""

    def __init__(self, module: Module, resolver: Resolver, evaluator: Evaluator) -> None:
        self._module = module
        self._types = _Types(resolver, evaluator)

    def declared(self, node: Node) -> SetOf | None:
        """What a name, attribute read or call is, if a set."""
        if node.type == "trailer":
            chain = node.parent
            return self._types.declared(Expr(self._module, chain, chain.children.index(node) + 1))
        return self._types.declared(Expr(self._module, node))

    def annotated(self, node: Node) -> frozenset[Kind] | None:
        """What the items of a name are by its annotation, if that says it of a set."""
        kinds = self._types.annotated(Expr(self._module, node))
        return None if kinds is None or Kind.OTHER in kinds else kinds

    def class_of(self, expr: Expr) -> str:
        """The path of the class that an expression has by its annotation; empty without one."""
        return self._types.class_of(expr)

    def items(self, node: Node) -> frozenset[Kind]:
        """What the items of an expression are."""
        return self._types.items(Expr(self._module, node))

    def kind(self, node: Node) -> Kind:
        """What an expression is."""
        return self._types.kind(Expr(self._module, node))


class _Types:
    def __init__(self, resolver: Resolver, evaluator: Evaluator) -> None:
        self._resolver = resolver
        self._evaluator = evaluator
        self._depth = 0

    def declared(self, expr: Expr) -> SetOf | None:
        """What an expression is by its annotation, or else by what it is given once and for all."""
        if self._annotation(expr) is not None:
            kinds = self.annotated(expr)
            return SetOf(kinds=kinds) if kinds is not None else None
        value = self._resolver.assigned(expr) or expr
        if _is_set_display(value.node):
            inner = value.node.children[1]
            written = _items_written(inner)
            return SetOf(2 if written is None else min(len(written), 2), self.items(value))
        made = self._resolver.infer(value)
        if not isinstance(made, Library) or made.path not in ("set()", "frozenset()"):
            return None
        return SetOf(kinds=self.items(made.origin) if made.origin is not None else _ANY)

    def annotated(self, expr: Expr) -> frozenset[Kind] | None:
        """What the items of an expression are by its annotation, if that says it of a set."""
        annotation = self._annotation(expr)
        path, arguments = self._generic(annotation) if annotation is not None else ("", ())
        return self._of_arguments(path, arguments) if path in _SETS else None

    def class_of(self, expr: Expr) -> str:
        """The class that the annotation of an expression names."""
        annotation = self._annotation(expr)
        return self._generic(annotation)[0] if annotation is not None else ""

    # kinds

    def kind(self, expr: Expr) -> Kind:
        """What an expression is."""
        if self._depth > _MAX_DEPTH:
            return Kind.OTHER
        self._depth += 1
        try:
            return self._kind(expr)
        finally:
            self._depth -= 1

    def _kind(self, expr: Expr) -> Kind:
        match self._evaluator.evaluate(expr):
            case Known(str()):
                return Kind.TEXT
            case Known(None | int() | float()):
                return Kind.STEADY
        if expr.node.type in ("fstring", "string", "strings"):
            return Kind.TEXT
        if expr.node.type in ("comparison", "not_test"):
            return Kind.STEADY
        if expr.node.type == "arith_expr" and all(sign == "+" for sign in expr.node.children[1::2]):
            added = (Expr(expr.module, part) for part in expr.node.children[::2])
            kinds = {self.kind(each) for each in added}
            return Kind.TEXT if Kind.TEXT in kinds else _one(frozenset(kinds))
        if expr.node.type in _ARITHMETIC:
            operands = (Expr(expr.module, part) for part in expr.node.children if part.type != "operator")
            return Kind.STEADY if all(self.kind(each) is Kind.STEADY for each in operands) else Kind.OTHER
        if _is_tuple(expr.node):
            return _one(self.items(expr))
        source = looped_over(expr.node)
        if source is not None:
            return _one(self.items(Expr(expr.module, source)))
        annotation = self._annotation(expr)
        if annotation is not None:
            return self._of_type(annotation)
        if self._is_text_of_text(expr):
            return Kind.TEXT
        made = self._resolver.infer(expr)
        if isinstance(made, Library):
            if _TEXTS_MADE.fullmatch(made.path):
                return Kind.TEXT
            return Kind.STEADY if _NUMBERS_MADE.fullmatch(made.path) else Kind.OTHER
        value = self._resolver.assigned(expr)
        return self.kind(value) if value is not None else Kind.OTHER

    def _is_text_of_text(self, expr: Expr) -> bool:
        """Whether it is ``text.lower()`` or the like."""
        method, call = expr.split() or (None, None)
        base, name = (method.split() if method is not None else None) or (None, None)
        if base is None or name is None or call is None or call.children[0] != "(" or name.children[0] != ".":
            return False
        return name.children[1].value in _TEXT_METHODS and self.kind(base) is Kind.TEXT

    def items(self, expr: Expr) -> frozenset[Kind]:
        """What the items of an expression are."""
        if self._depth > _MAX_DEPTH:
            return _ANY
        self._depth += 1
        try:
            return self._items(expr)
        finally:
            self._depth -= 1

    def _items(self, expr: Expr) -> frozenset[Kind]:
        node, module = expr.node, expr.module
        if node.type == "atom" and node.children[0] == "(" and node.children[1].type not in _SEVERAL:
            return self.items(Expr(module, node.children[1])) if len(node.children) == 3 else frozenset()
        if node.type == "atom" or (node.type == "argument" and _clause(node) is not None):
            return self._of_display(module, node.children[1] if node.type == "atom" else node)
        annotation = self._annotation(expr)
        if annotation is not None:
            path, arguments = self._generic(annotation)
            return frozenset({Kind.TEXT}) if path == "str" else self._of_arguments(path, arguments)
        made = self._resolver.infer(expr)
        if isinstance(made, Library):
            return self._of_call(made.path, expr)
        value = self._resolver.assigned(expr)
        if value is not None:
            return self.items(value)
        return frozenset({Kind.TEXT}) if self.kind(expr) is Kind.TEXT else _ANY

    def _of_display(self, module: Module, inner: Node) -> frozenset[Kind]:
        written = _items_written(inner)
        if written is None:
            return frozenset({self.kind(Expr(module, inner.children[0]))})
        found: set[Kind] = set()
        for each in written:
            if each.type == "star_expr":
                found |= self.items(Expr(module, each.children[1]))
            else:
                found.add(self.kind(Expr(module, each)))
        return frozenset(found)

    def _of_call(self, path: str, expr: Expr) -> frozenset[Kind]:
        if path == "range()":
            return frozenset({Kind.STEADY})
        if path in ("str().split()", "str().splitlines()", "str()"):
            return frozenset({Kind.TEXT})
        call = expr if expr.split() is not None else self._resolver.assigned(expr)
        parts = call.split() if call is not None else None
        if call is None or parts is None or path.removesuffix("()") not in _KEEPERS or parts[1].children[0] != "(":
            return _ANY
        arguments = list(call_arguments(call.module, parts[1]))
        return self.items(arguments[0].value) if arguments else _ANY

    # annotations

    def _annotation(self, expr: Expr) -> tuple[Module, Node] | None:
        """The annotation of a name or attribute, or of the result of a function of the project."""
        if expr.node.type == "name":
            found = expr.module.scopes.of(expr.node).lookup(expr.node.value)
            return _annotated(expr.module, found[1]) if found is not None else None
        parts = expr.split()
        if parts is None or parts[1].children[0] == "[":
            return None
        owner = self._resolver.infer(parts[0]) or self._item(parts[0])
        if parts[1].children[0] == "(":
            returned = owner.node.annotation if isinstance(owner, ProjectFunction) else None
            return (owner.module, returned) if isinstance(owner, ProjectFunction) and returned is not None else None
        name = parts[1].children[1].value
        for cls in self._resolver.lineage(owner.cls) if isinstance(owner, Instance) else ():
            scope = cls.module.scopes.by_node.get(id(cls.node)) if isinstance(cls, ProjectClass) else None
            bindings = [*scope.bindings.get(name, []), *scope.attributes.get(name, [])] if scope is not None else []
            if bindings and isinstance(cls, ProjectClass):
                return _annotated(cls.module, bindings)
        return None

    def _item(self, expr: Expr) -> Entity | None:
        """What a name is that a loop gives its values, by the annotation of what it goes over."""
        source = looped_over(expr.node)
        if source is None or self._depth > _MAX_DEPTH:
            return None
        self._depth += 1
        try:
            annotation = self._annotation(Expr(expr.module, source))
        finally:
            self._depth -= 1
        arguments = self._generic(annotation)[1] if annotation is not None else ()
        return self._resolver.annotated(*arguments[0]) if arguments else None

    def _generic(self, annotation: tuple[Module, Node]) -> tuple[str, Sequence[tuple[Module, Node]]]:
        """The class that an annotation names, behind ``Optional`` and the like, and what stands in its brackets."""
        module, node = annotation
        if node.type == "string":
            quoted = module.quoted(node)
            return self._generic((module, quoted)) if quoted is not None else ("", ())
        if node.type in ("expr", "arith_expr") and "|" in node.children:
            return self._only(module, node.children[::2])
        if node.type == "atom_expr" and node.children[-1].children[0] == "[":
            generic = Expr(module, node).split()
            outer = self._resolver.infer(generic[0]) if generic is not None else None
            inner = node.children[-1].children[1]
            written = inner.children[::2] if inner.type == "subscriptlist" else [inner]
            if not isinstance(outer, Library):
                return "", ()
            if outer.path in _WRAPPERS:
                return self._only(module, written[:1] if outer.path.endswith("Annotated") else written)
            return outer.path, [(module, each) for each in written]
        named = Expr(module, node)
        alias = self._resolver.assigned(named) if node.type in ("name", "atom_expr") else None
        parts = alias.split() if alias is not None else None
        if alias is not None and parts is not None and parts[1].children[0] == "[":
            return self._generic((alias.module, alias.node))
        return self._named(named), ()

    def _only(self, module: Module, parts: Sequence[Node]) -> tuple[str, Sequence[tuple[Module, Node]]]:
        kept = [part for part in parts if part != "None"]
        return self._generic((module, kept[0])) if len(kept) == 1 else ("", ())

    def _named(self, expr: Expr) -> str:
        found = self._resolver.infer(expr)
        if isinstance(found, ProjectClass):
            bases = (base.path for base in self._resolver.lineage(found) if isinstance(base, Library))
            return next((path for path in bases if _STEADY.fullmatch(path)), "")
        if isinstance(found, Library):
            parts = found.origin.split() if found.origin is not None else None
            if found.origin is not None and parts is not None and found.path == "typing.NewType()":
                arguments = list(call_arguments(found.origin.module, parts[1]))
                return self._named(arguments[1].value) if len(arguments) == 2 else ""
            return found.path
        return ""

    def _of_type(self, annotation: tuple[Module, Node]) -> Kind:
        path, arguments = self._generic(annotation)
        if path == "typing.Literal":
            return _one(frozenset(self.kind(Expr(*each)) for each in arguments))
        if path == "str":
            return Kind.TEXT
        if path in ("tuple", "typing.Tuple") and arguments:
            return _one(self._of_arguments(path, arguments))
        return Kind.STEADY if _STEADY.fullmatch(path) else Kind.OTHER

    def _of_arguments(self, path: str, arguments: Sequence[tuple[Module, Node]]) -> frozenset[Kind]:
        """What the items of an object of a generic class are."""
        counted = arguments if path in ("tuple", "typing.Tuple") else arguments[:1]
        return frozenset(self._of_type(each) for each in counted if each[1] != "...") or _ANY


def _annotated(module: Module, bindings: Sequence[Binding]) -> tuple[Module, Node] | None:
    """The first annotation among what a name is bound by."""
    for binding in bindings:
        match binding:
            case Parameter(node) if not node.star_count:
                annotation = node.annotation
            case Assignment():
                annotation = binding.annotation
            case Definition(node, (*_, decorator)) if decorator.get_last_leaf().value in _PROPERTIES:
                annotation = node.annotation
            case _:
                continue
        if annotation is not None:
            return module, annotation
    return None


def _is_set_display(node: Node) -> bool:
    if node.type != "atom" or node.children[0] != "{" or len(node.children) != 3:
        return False
    inner = node.children[1]
    return inner.type != "dictorsetmaker" or not (
        {":", "**"} & {getattr(each, "value", None) for each in inner.children}
    )


def _is_tuple(node: Node) -> bool:
    if node.type != "atom" or node.children[0] != "(" or len(node.children) != 3:
        return False
    return node.children[1].type == "testlist_comp" and _clause(node.children[1]) is None


def _items_written(inner: Node) -> list[Node] | None:
    """The items of a display, by what stands in its brackets; None for a comprehension."""
    if _clause(inner) is not None:
        return None
    if inner.type in _SEVERAL:
        return list(inner.children[::2])
    return [inner] if inner not in (")", "]", "}") else []


def _clause(inner: Node) -> Node | None:
    """The ``for`` of a comprehension, by what stands in its brackets."""
    last = inner.children[-1] if hasattr(inner, "children") else None
    return last if last is not None and last.type in ("comp_for", "sync_comp_for") else None


def looped_over(node: Node) -> Node | None:
    """What the loop or comprehension goes over that gives a name its values."""
    if node.type != "name":
        return None
    around = node.parent
    while around is not None and around.type not in ("funcdef", "lambdef", "classdef"):
        for target, source in _loops(around):
            if target.type == "name" and target.value == node.value:
                return source
        around = around.parent
    return None


def _loops(node: Node) -> Iterator[tuple[Node, Node]]:
    if node.type == "for_stmt":
        yield node.children[1], node.children[3]
    clause = _clause(node)
    while clause is not None:
        if clause.type == "comp_for":
            clause = clause.children[-1]
        if clause.type == "sync_comp_for":
            yield clause.children[1], clause.children[3]
        last = clause.children[-1]
        clause = last if last.type in ("comp_for", "sync_comp_for", "comp_if") else None


def _one(kinds: frozenset[Kind]) -> Kind:
    return next(iter(kinds)) if len(kinds) == 1 else Kind.OTHER
