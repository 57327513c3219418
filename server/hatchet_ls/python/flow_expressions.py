"""The flow through expressions."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from hatchet_ls.python.flow_order import Orders, Sets
from hatchet_ls.python.flow_values import (
    EMPTY,
    NOTHING,
    REST,
    Carried,
    Meaning,
    Origins,
    State,
    Use,
    implied,
    join,
    merge,
)
from hatchet_ls.python.parse import Node

_OPERATORS = frozenset(
    {"arith_expr", "term", "comparison", "not_test", "factor", "expr", "xor_expr", "and_expr", "shift_expr"}
    | {"fstring", "fstring_expr", "fstring_format_spec", "strings", "subscript", "sliceop", "power"}
)
_SEQUENCES = frozenset({"testlist", "testlist_star_expr", "testlist_comp", "exprlist", "subscriptlist"})
TEXTS = frozenset({"string", "strings", "fstring"})
_SET_OPERATORS = {"expr": "|", "and_expr": "&", "xor_expr": "^", "arith_expr": "-"}
"""By the type of the node; a set takes no part in an addition."""


class Expressions(Orders):
    """Evaluates expressions: which origins the value carries, and what the evaluation changes and uses."""

    def __init__(
        self,
        meaning: Callable[[Node], Meaning | None],
        parameters: frozenset[str],
        shared: frozenset[str],
        sets: Sets | None,
    ) -> None:
        super().__init__(sets)
        self._meaning = meaning
        self._parameters = parameters
        self._shared = shared
        self._raising = False
        self._results: dict[int, Mapping[str, object]] = {}
        """By the trailer of a helper's call: the origins of the parts of its result, by their names."""
        self._unwritten: Origins = NOTHING
        """Those of the parts that constructors make by themselves."""

    # assignment

    def _assign(self, target: Node, value: Carried, state: State) -> State:
        if target.type == "name":
            return self._bind(target.value, self._annotated(target, self._bound(value)), state)
        if target.type in ("atom_expr", "power"):
            return self._store(target, value, state)
        if target.type == "star_expr":
            return self._assign(target.children[1], Carried(value.all), state)
        if target.type == "atom":
            return self._assign(target.children[1], value, state) if len(target.children) == 3 else state
        if target.type in _SEQUENCES:
            items = [child for child in target.children if child != ","]
            starred = any(item.type == "star_expr" for item in items)
            for index, item in enumerate(items):
                state = self._assign(item, value.part(None if starred else str(index)), state)
        return state

    def _bind(self, name: str, value: Carried, state: State) -> State:
        if name in self._shared:
            self._record(value.all, Use.OTHER)
        return replace(state, names={**state.names, name: value})

    def _store(self, target: Node, value: Carried, state: State) -> State:
        """``name.attribute = value``, ``name["key"] = value``."""
        base = target.children[0]
        trailers = [each for each in target.children[1:] if each.type == "trailer"]  # `a ** b = 1` is not Python
        for trailer in trailers:
            if trailer.children[0] == "[":
                key, state = self._eval(trailer.children[1], state)
                self._record(key.all, Use.OTHER)
                value = value.less(self._is_order(key.all))  # each item has its own place
        if base.type != "name" or any(trailer.children[0] == "(" for trailer in trailers):
            self._record(value.all, Use.OTHER)
            return state
        if base.value in self._parameters:
            self._record(value.all, Use.CHANGE)
        elif base.value not in state.names:
            self._record(value.all, Use.OTHER)
        path = [part_name(trailer) or REST for trailer in trailers]
        old = state.names.get(base.value, EMPTY)
        new = old.with_part(path, self._bound(value))
        if trailers and trailers[-1].children[0] == "[":
            new = self._filled(new, path[:-1])
        return self._bind(base.value, new, state)

    def _filled(self, value: Carried, path: Sequence[str], more: Origins = NOTHING) -> Carried:
        """After something has come into a part, under the tests around: they decide whether that is empty, and so do
        ``more``."""
        part = value
        for name in path:
            part = part.parts.get(name, EMPTY)
        return value.with_part(path, part.plus(self._control | more))

    # expressions

    def _eval(self, node: Node, state: State) -> tuple[Carried, State]:
        if node.type == "name":
            if node.value in state.names:
                return state.names[node.value], state
            return Carried(items=self._by_declaration(node)), state
        if not hasattr(node, "children"):
            return EMPTY, state
        if node.type == "atom_expr" or (node.type == "power" and node.children[1].type == "trailer"):
            return self._chain(node, state)
        if node.type in ("and_test", "or_test"):
            return self._choice(node, state)
        if node.type == "test":
            return self._ternary(node, state)
        if node.type == "namedexpr_test":
            value, state = self._eval(node.children[2], state)
            return value, self._assign(node.children[0], value, state)
        if node.type == "atom":
            return self._display(node, state)
        if node.type in _SEQUENCES:
            return self._sequence(node, state)
        if node.type == "yield_expr":
            value, state = self._eval(node.children[-1], state)
            self._record(value.all, Use.RESULT)
            return EMPTY, state
        if node.type == "star_expr":
            value, state = self._eval(node.children[1], state)
            return self._in_order(node.children[1], value).part(None), state
        if node.type in ("lambdef", "funcdef", "classdef"):
            return EMPTY, state
        return self._operator(node, state)

    def _operator(self, node: Node, state: State) -> tuple[Carried, State]:
        values: list[Carried] = []
        for child in node.children:
            value, state = self._eval(child, state)
            if node.type in ("fstring_expr", "term"):
                value = self._in_order(child, value)
            values.append(value)
        origins = NOTHING.union(*(value.all for value in values))
        if node.type not in _OPERATORS:
            self._record(origins, Use.OTHER)
        if node.type == "not_test" or (node.type == "comparison" and _is_identity(node)):
            return Carried(NOTHING.union(*map(self._tested, values))), state
        if node.type == "comparison":
            return Carried(NOTHING.union(*map(self._compared, values))), state
        inner = NOTHING.union(*map(self._inner_order, values)) if node.type == "arith_expr" else NOTHING
        items = self._operated(_SET_OPERATORS.get(node.type, ""), values[::2])
        return replace(self._operand(origins, inner), items=items), state

    def _choice(self, node: Node, state: State) -> tuple[Carried, State]:
        """``and`` and ``or``: each operand decides whether the next one is evaluated."""
        control = self._control
        result = EMPTY
        ends: list[State | None] = []
        for operand in node.children[::2]:
            value, state = self._eval(operand, state)
            state, skipped = self._fork(operand, self._tested(value), state)
            ends.append(skipped)
            self._control |= self._tested(value)
            # What `and` gives before its end is false or empty: nothing but that is known of it.
            empty = node.type == "and_test" and operand is not node.children[-1]
            result = join(result, Carried(self._tested(value)) if empty else value)
        self._control = control
        return result, merge([*ends, state]) or state

    def _ternary(self, node: Node, state: State) -> tuple[Carried, State]:
        control = self._control
        value, state = self._eval(node.children[2], state)
        tests = self._tested(value)
        self._record(tests, Use.TEST)
        self._control = control | tests
        taken, other = self._fork(node, tests, state)
        first, taken = self._eval(node.children[0], taken)
        second, other = self._eval(node.children[4], other)
        self._control = control
        return join(first, second).plus(tests), merge([taken, other]) or state

    def _sequence(self, node: Node, state: State) -> tuple[Carried, State]:
        if node.children[-1].type in ("comp_for", "sync_comp_for"):
            return self._comprehension(node.children[:-1], node.children[-1], state)
        parts: dict[str, Carried] = {}
        starred = False
        for index, item in enumerate(node.children[::2]):
            value, state = self._eval(item, state)
            starred = starred or item.type == "star_expr"
            name = REST if starred else str(index)
            parts[name] = join(parts.get(name, EMPTY), value)
        return Carried(NOTHING, parts), state

    def _display(self, node: Node, state: State) -> tuple[Carried, State]:
        if len(node.children) < 3:
            return EMPTY, state
        inner = node.children[1]
        if inner.type in ("dictorsetmaker", "dictorset_maker"):
            return self._dict_or_set(inner, state)
        value, state = self._eval(inner, state)
        if node.children[0] == "{":
            return self._set_display(node, Carried(parts={REST: value})), state
        if node.children[0] == "(" or inner.type in _SEQUENCES:
            return value, state
        return Carried(NOTHING, {"0": value}), state

    def _set_display(self, node: Node, value: Carried) -> Carried:
        """``value`` has what the items carry."""
        inner = node.children[1]
        items = inner.children[::2] if inner.type == "dictorsetmaker" else [inner]
        count = 2 if any(item.type == "star_expr" for item in items) else len(items)
        return replace(self._in_any_order(value), items=self._made_set(node, count, self._kinds(node, EMPTY)))

    def _dict_or_set(self, node: Node, state: State) -> tuple[Carried, State]:
        children = node.children
        if children[-1].type in ("comp_for", "sync_comp_for"):
            made, state = self._comprehension(children[:-1:2], children[-1], state)
            made = self._in_any_order(made)
            if len(children) == 2:
                made = replace(made, items=self._made_set(node.parent, 2, self._kinds(node.parent, EMPTY)))
            return made, state
        parts: dict[str, Carried] = {}
        own = NOTHING
        index = 0
        while index < len(children):
            child = children[index]
            name, step = REST, 2
            if child == "**":
                value, state = self._eval(children[index + 1], state)
                own, step = own | value.all, 3
            elif index + 2 < len(children) and children[index + 1] == ":":
                key, state = self._eval(child, state)
                own |= key.all
                value, state = self._eval(children[index + 2], state)
                name, step = constant(child) or REST, 4
            else:
                value, state = self._eval(child, state)
            parts[name] = join(parts.get(name, EMPTY), value)
            index += step
        if ":" in children or "**" in children:
            return Carried(own, parts), state
        return self._set_display(node.parent, Carried(own, parts)), state

    def _comprehension(self, elements: Sequence[Node], clause: Node, state: State) -> tuple[Carried, State]:
        control, turns = self._control, self._turns
        inner: Node | None = clause
        own = NOTHING
        names = state
        while inner is not None:
            if inner.type == "comp_for":
                inner = inner.children[-1]
            if inner.type == "comp_if":
                value, names = self._eval(inner.children[1], names)
                decides, following = self._tested(value), inner.children[2:]
                self._record(decides, Use.TEST)
            else:
                value, names = self._eval(inner.children[3], names)
                value = self._in_order(inner.children[3], value)
                self._turns |= self._inner_order(value)
                names = self._assign(inner.children[1], value.item, names)
                decides, following = value.own - self._is_order(value.own), inner.children[4:]
            own |= decides - self._is_order(decides)
            self._control |= implied(decides)
            inner = following[0] if following else None
        result = EMPTY
        for element in elements:
            value, names = self._eval(element, names)
            result = join(result, value)
        self._control, self._turns = control, turns
        return Carried(own, {REST: result}), state

    @abstractmethod
    def _chain(self, node: Node, state: State) -> tuple[Carried, State]:
        """``[await] base.name(...)[...]``"""


def _is_identity(comparison: Node) -> bool:
    """``x is None``, ``x is not None``"""
    return all((each.children[0] if each.type == "comp_op" else each) == "is" for each in comparison.children[1::2])


def part_name(trailer: Node) -> str | None:
    """The attribute or constant key that a trailer reads."""
    if trailer.children[0] == ".":
        return str(trailer.children[1].value)
    return constant(trailer.children[1])


def constants(node: Node) -> frozenset[str] | None:
    """The items of a display, of a dict its keys; None when they are not all constants."""
    if node.type != "atom":
        return None
    inner = node.children[1:-1]
    items = inner[0].children if inner and inner[0].type in ("dictorsetmaker", "testlist_comp") else inner
    found = [constant(each) for each in (items[::4] if ":" in items else items[::2])]
    return frozenset(each for each in found if each is not None) if None not in found else None


def constant(node: Node) -> str | None:
    if node.type == "number":
        return str(node.value)
    if node.type == "string" and node.value[:1] in "\"'":
        return str(node.value).strip("\"'")
    return None
