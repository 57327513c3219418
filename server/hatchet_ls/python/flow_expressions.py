"""The flow through expressions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from hatchet_ls.python.flow_forks import Forks
from hatchet_ls.python.flow_values import (
    EMPTY,
    NOTHING,
    REST,
    Carried,
    Meaning,
    Origins,
    Role,
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
_TEXTS = frozenset({"string", "strings", "fstring"})
_WHOLE = frozenset({"copy", "dict", "items", "json", "model_copy", "model_dump", "model_dump_json", "values"})
_MUTATORS = frozenset({"append", "appendleft", "add", "extend", "insert", "update", "setdefault"})
_OF_STORES = frozenset({"add", "insert", "update"})
"""Methods of databases' sessions and of repositories too, which are no containers of what is passed."""


class Expressions(Forks):
    """Evaluates expressions: which origins the value carries, and what the evaluation changes and uses."""

    def __init__(
        self, meaning: Callable[[Node], Meaning | None], parameters: frozenset[str], shared: frozenset[str]
    ) -> None:
        super().__init__()
        self._meaning = meaning
        self._parameters = parameters
        self._shared = shared
        self._raising = False

    # assignment

    def _assign(self, target: Node, value: Carried, state: State) -> State:
        if target.type == "name":
            return self._bind(target.value, value.plus(self._control), state)
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
        base, *trailers = target.children
        for trailer in trailers:
            if trailer.children[0] == "[":
                key, state = self._eval(trailer.children[1], state)
                self._record(key.all, Use.OTHER)
        if base.type != "name" or any(trailer.children[0] == "(" for trailer in trailers):
            self._record(value.all, Use.OTHER)
            return state
        if base.value in self._parameters:
            self._record(value.all, Use.CHANGE)
        elif base.value not in state.names:
            self._record(value.all, Use.OTHER)
        path = [_part_name(trailer) or REST for trailer in trailers]
        old = state.names.get(base.value, EMPTY)
        return self._bind(base.value, old.with_part(path, value.plus(self._control)), state)

    # expressions

    def _eval(self, node: Node, state: State) -> tuple[Carried, State]:
        if node.type == "name":
            return state.names.get(node.value, EMPTY), state
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
            return value.part(None), state
        if node.type in ("lambdef", "funcdef", "classdef"):
            return EMPTY, state
        origins = NOTHING
        for child in node.children:
            value, state = self._eval(child, state)
            origins |= value.all
        if node.type not in _OPERATORS:
            self._record(origins, Use.OTHER)
        return Carried(origins), state

    def _choice(self, node: Node, state: State) -> tuple[Carried, State]:
        """``and`` and ``or``: each operand decides whether the next one is evaluated."""
        control = self._control
        result = EMPTY
        ends: list[State | None] = []
        for operand in node.children[::2]:
            value, state = self._eval(operand, state)
            state, skipped = self._fork(operand, value.all, state)
            ends.append(skipped)
            self._control |= value.all
            result = join(result, value)
        self._control = control
        return result, merge([*ends, state]) or state

    def _ternary(self, node: Node, state: State) -> tuple[Carried, State]:
        control = self._control
        test, state = self._eval(node.children[2], state)
        self._record(test.all, Use.TEST)
        self._control = control | test.all
        taken, other = self._fork(node, test.all, state)
        first, taken = self._eval(node.children[0], taken)
        second, other = self._eval(node.children[4], other)
        self._control = control
        return join(first, second).plus(test.all), merge([taken, other]) or state

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
        if node.children[0] == "(" or inner.type in _SEQUENCES:
            return value, state
        return Carried(NOTHING, {"0" if node.children[0] == "[" else REST: value}), state

    def _dict_or_set(self, node: Node, state: State) -> tuple[Carried, State]:
        children = node.children
        if children[-1].type in ("comp_for", "sync_comp_for"):
            return self._comprehension([child for child in children[:-1] if child != ":"], children[-1], state)
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
                name, step = _constant(child) or REST, 4
            else:
                value, state = self._eval(child, state)
            parts[name] = join(parts.get(name, EMPTY), value)
            index += step
        return Carried(own, parts), state

    def _comprehension(self, elements: Sequence[Node], clause: Node, state: State) -> tuple[Carried, State]:
        control = self._control
        inner: Node | None = clause
        own = NOTHING
        names = state
        while inner is not None:
            if inner.type == "comp_for":
                inner = inner.children[-1]
            if inner.type == "comp_if":
                value, names = self._eval(inner.children[1], names)
                self._record(value.all, Use.TEST)
                decides, following = value.all, inner.children[2:]
            else:
                value, names = self._eval(inner.children[3], names)
                names = self._assign(inner.children[1], value.item, names)
                decides, following = value.own, inner.children[4:]
            own |= decides
            self._control |= implied(decides)
            inner = following[0] if following else None
        result = EMPTY
        for element in elements:
            value, names = self._eval(element, names)
            result = join(result, value)
        self._control = control
        return Carried(own, {REST: result}), state

    # attributes and calls

    def _chain(self, node: Node, state: State) -> tuple[Carried, State]:
        """``[await] base.name(...)[...]``"""
        children = node.children
        awaited = children[0] == "await"
        base, *trailers = children[1:] if awaited else children
        value, state = self._eval(base, state)
        receiver = value
        for index, trailer in enumerate(trailers):
            if trailer.type != "trailer":  # ** and its exponent
                exponent, state = self._eval(trailer, state)
                value = Carried(value.all | exponent.all)
                continue
            self._nodes.append(trailer)
            origin: Origins = frozenset({id(trailer)})
            opening = trailer.children[0]
            if opening == "(":
                last = index == len(trailers) - 1
                place = (base, trailers[:index])
                drawn = self._drawn(trailer, state)
                value, state = self._call(trailer, receiver, place, awaited and last, state)
                value = value.plus(drawn)
            else:
                receiver = value
                if opening == "[":
                    key, state = self._eval(trailer.children[1], state)
                    value = value.part(_part_name(trailer)).plus(key.all)
                elif index + 1 < len(trailers) and trailers[index + 1].children[0] == "(":
                    value = value.part(trailer.children[1].value)
                else:
                    value = value.part(trailer.children[1].value).plus(origin)
                if opening == "[":
                    value = value.plus(origin)
        return value, state.paused() if awaited else state

    def _drawn(self, trailer: Node, state: State) -> Origins:
        """The origins in the result of a call, besides its arguments: its own, or those of the seed that settles it."""
        meaning = self._meaning(trailer) if state.seeds else None
        return state.drawn(meaning.generator if meaning is not None else None, frozenset({id(trailer)}))

    def _call(
        self, trailer: Node, receiver: Carried, place: tuple[Node, list[Node]], awaited: bool, state: State
    ) -> tuple[Carried, State]:
        meaning = self._meaning(trailer)
        arguments, state = self._arguments(trailer, state)
        passed = NOTHING.union(*(value.all for _, value in arguments))
        if meaning is None:
            return self._unknown_call(trailer, receiver, place, awaited, arguments, state)
        if meaning.role is Role.OPERATION:
            self._record(self._deciding(state), Use.SWAY)
            self._record(receiver.all, Use.ARGUMENT)
            for name, value in arguments:
                self._record(value.all, _argument_use(meaning, name))
            return EMPTY, self._operation(trailer, meaning, state)
        if meaning.role is Role.LOG:
            self._record(passed, Use.LOG)
            return EMPTY, state
        if meaning.role is Role.SEED and meaning.generator:
            by_system = trailer.children[1] in (")", "None")
            return EMPTY, state.seeded(meaning.generator, None if by_system else passed)
        if meaning.role is Role.SHUFFLE:
            changed = trailer.children[1]
            order = self._drawn(trailer, state)
            if changed.type == "name":
                old = state.names.get(changed.value, EMPTY)
                state = self._bind(changed.value, old.plus(order), state)
            else:
                self._record(order, Use.OTHER)
            return EMPTY, state
        return self._made(meaning, receiver, place, arguments), state

    def _made(
        self,
        meaning: Meaning,
        receiver: Carried,
        place: tuple[Node, list[Node]],
        arguments: list[tuple[int | str | None, Carried]],
    ) -> Carried:
        """The result of a constructor or conversion."""
        method = bool(place[1]) and place[1][-1].children[0] == "."
        made = Carried(receiver.all if method else NOTHING)
        for name, value in arguments:
            if name is not None and not meaning.takes(name):
                self._record(value.all, Use.ASIDE)
            elif meaning.role is Role.COLLECTION:
                made = join(made, Carried(value.own, {REST: value.item}))
            elif meaning.role is Role.CONSTRUCTOR and isinstance(name, str):
                made = made.with_part([name], value)
            else:
                made = made.plus(value.all)
        return made

    def _unknown_call(
        self,
        trailer: Node,
        receiver: Carried,
        place: tuple[Node, list[Node]],
        awaited: bool,
        arguments: list[tuple[int | str | None, Carried]],
        state: State,
    ) -> tuple[Carried, State]:
        base, before = place
        passed = NOTHING.union(*(value.all for _, value in arguments))
        if awaited:  # operations may run inside
            self._record(self._deciding(state), Use.OTHER)
            state = self._lose(state)
        state = self._lend(trailer, state)
        if not before or before[-1].children[0] != ".":
            if self._raising:
                return Carried(passed), state
            self._record(passed, Use.PASSED)
            return EMPTY, state
        method = before[-1].children[1].value
        if (
            method in _MUTATORS
            and base.type == "name"
            and base.value in state.names
            and base.value not in self._parameters
        ):
            path = [*(_part_name(step) or REST for step in before[:-1]), REST]
            old = state.names[base.value]
            new = old.with_part(path, Carried(passed | self._control))
            return EMPTY, self._bind(base.value, new, state)
        if base.type in _TEXTS and len(before) == 1:
            return Carried(passed | receiver.all), state
        if base.type != "name" or method not in _MUTATORS - _OF_STORES:
            self._record(passed, Use.PASSED)
        else:
            self._record(passed, Use.CHANGE if base.value in self._parameters else Use.OTHER)
        if method == "get" and arguments and not passed:
            return receiver.part(_constant(_first_argument(trailer))), state
        if method in _WHOLE:
            return receiver, state
        self._record(receiver.all - receiver.own, Use.OTHER)
        return Carried(receiver.own), state

    def _lend(self, trailer: Node, state: State) -> State:
        """After a call that may change what it is given: see ``Flow.uses_of_changed``."""
        names = dict(state.names)
        for leaf in lent_names(trailer):
            if leaf.value in names or leaf.value in self._parameters:
                self._nodes.append(leaf)
                names[leaf.value] = names.get(leaf.value, EMPTY).plus(frozenset({id(leaf)}))
        return replace(state, names=names)

    def _arguments(self, trailer: Node, state: State) -> tuple[list[tuple[int | str | None, Carried]], State]:
        """The arguments of a call with position or keyword; None for ``*`` and ``**``."""
        inner = trailer.children[1]
        if inner == ")":
            return [], state
        found: list[tuple[int | str | None, Carried]] = []
        position = 0
        for argument in inner.children[::2] if inner.type == "arglist" else [inner]:
            name: int | str | None = None
            if argument.type != "argument":
                value, state = self._eval(argument, state)
                name, position = position, position + 1
            elif argument.children[0] in ("*", "**"):
                value, state = self._eval(argument.children[1], state)
            elif argument.children[1] == "=":
                value, state = self._eval(argument.children[2], state)
                name = argument.children[0].value
            elif argument.children[1] == ":=":
                value, state = self._eval(argument.children[2], state)
                state = self._assign(argument.children[0], value, state)
                name, position = position, position + 1
            else:
                value, state = self._comprehension(argument.children[:1], argument.children[1], state)
                name, position = position, position + 1
            found.append((name, value))
        return found, state


def lent_names(trailer: Node) -> list[Node]:
    """The arguments of a call that are plain names."""
    inner = trailer.children[1]
    found: list[Node] = []
    for argument in inner.children if inner.type == "arglist" else [inner]:
        value = argument.children[-1] if argument.type == "argument" and argument.children[1] == "=" else argument
        if value.type == "name":
            found.append(value)
    return found


def _argument_use(meaning: Meaning, name: int | str | None) -> Use:
    if name is None:
        return Use.OTHER
    return Use.ARGUMENT if meaning.takes(name) else Use.ASIDE


def _first_argument(trailer: Node) -> Node:
    inner = trailer.children[1]
    return inner.children[0] if inner.type == "arglist" else inner


def _part_name(trailer: Node) -> str | None:
    """The attribute or constant key that a trailer reads."""
    if trailer.children[0] == ".":
        return str(trailer.children[1].value)
    return _constant(trailer.children[1])


def _constant(node: Node) -> str | None:
    if node.type == "number":
        return str(node.value)
    if node.type == "string" and node.value[:1] in "\"'":
        return str(node.value).strip("\"'")
    return None
