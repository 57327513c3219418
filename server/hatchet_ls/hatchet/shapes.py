"""What the results of the project's functions and classes are put together from."""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.field_factories import Factories
from hatchet_ls.python.entities import Library, ProjectClass, ProjectFunction
from hatchet_ls.python.executed import DEFINITIONS
from hatchet_ls.python.expr import Expr, call_arguments
from hatchet_ls.python.flow import Meaning, Role
from hatchet_ls.python.flow_expressions import constant
from hatchet_ls.python.parse import Node
from hatchet_ls.python.resolve import Resolver

_WITHOUT_FIELDS = frozenset({"object", "typing.NamedTuple", "typing.Generic", "typing.Protocol"})
_NOT_BY_POSITION = ("ClassVar", "init=False", "kw_only", "KW_ONLY")
_SEVERAL = frozenset({"testlist", "testlist_comp", "testlist_star_expr"})


class Shapes:
    """Tells the flow the parts of what is made, for one analysis (it remembers what it found)."""

    def __init__(self, resolver: Resolver, factories: Factories) -> None:
        self._resolver = resolver
        self._factories = factories
        self._found: dict[int, Meaning] = {}

    def forget(self) -> None:
        """Look at all of it anew from here on."""
        self._found.clear()

    def of_class(self, cls: ProjectClass) -> Meaning:
        """What making an object of a class without an ``__init__`` of its own means."""
        if id(cls.node) not in self._found:
            bases = self._resolver.lineage(cls)[1:]
            # The fields of another base would come first.
            is_whole = all(isinstance(each, Library) and each.path in _WITHOUT_FIELDS for each in bases)
            is_tuple = any(isinstance(each, Library) and each.path == "typing.NamedTuple" for each in bases)
            fields = tuple(_fields(cls.node)) if is_whole else ()
            own = frozenset(each.name for each in self._factories.of(cls))
            self._found[id(cls.node)] = Meaning(Role.CONSTRUCTOR, fields=fields, is_tuple=is_tuple, parts=own)
        return self._found[id(cls.node)]

    def of_result(self, function: ProjectFunction) -> Meaning:
        """What calling a function means, by what its ``return`` statements write."""
        if id(function.node) not in self._found:
            returned = (Expr(function.module, each) for each in _returned(function.node))
            parts = frozenset(part for each in returned for part in self._parts(each))
            self._found[id(function.node)] = Meaning(Role.HELPER, parts=parts)
        return self._found[id(function.node)]

    def _parts(self, expr: Expr) -> Iterator[str]:
        node = expr.node
        value = self._resolver.assigned(expr) if node.type == "name" else None
        if value is not None and value.node.type != "name":
            yield from self._parts(value)
        elif node.type == "atom" and len(node.children) == 3:
            yield from self._parts_of_display(node)
        elif node.type in _SEVERAL:
            yield from _items(node)
        elif (made := expr.split()) is not None and made[1].children[0] == "(":
            cls = self._resolver.infer(made[0])
            if isinstance(cls, ProjectClass):
                meaning = self.of_class(cls)
                written = [each.keyword.value for each in call_arguments(expr.module, made[1]) if each.keyword]
                for name in (*meaning.fields, *written):
                    yield from meaning.parts_of(name)

    @staticmethod
    def _parts_of_display(node: Node) -> Iterator[str]:
        inner = node.children[1]
        if node.children[0] != "{":
            yield from _items(inner) if inner.type in _SEVERAL else ()
        elif inner.type == "dictorsetmaker" and "**" not in inner.children:
            keys = (before for before, sign in zip(inner.children, inner.children[1:], strict=False) if sign == ":")
            yield from filter(None, map(constant, keys))


def _items(node: Node) -> Iterator[str]:
    """The positions of what stands beside each other."""
    items = [each for each in node.children if each != ","]
    if not any(each.type in ("star_expr", "comp_for", "sync_comp_for") for each in items):
        yield from map(str, range(len(items)))


def _fields(cls: Node) -> Iterator[str]:
    """The annotated names in the body of a class that are given by position, in order."""
    for statement in cls.children[-1].children:
        first = statement.children[0] if statement.type == "simple_stmt" else statement
        if first.type == "expr_stmt" and first.children[0].type == "name" and first.children[1].type == "annassign":
            declared = first.children[1].get_code()
            if not any(word in declared for word in _NOT_BY_POSITION):
                yield first.children[0].value


def _returned(function: Node) -> Iterator[Node]:
    """The values that the ``return`` statements of a function give."""
    stack = [function.children[-1]]
    while stack:
        node = stack.pop()
        if node.type == "return_stmt":
            yield node.children[1]
        elif node.type not in DEFINITIONS:
            stack.extend(getattr(node, "children", ()))
