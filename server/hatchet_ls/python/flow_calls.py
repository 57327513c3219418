"""The flow through calls and the attributes of what they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from hatchet_ls.python.flow_expressions import TEXTS, Expressions, constant, constants, part_name
from hatchet_ls.python.flow_order import How
from hatchet_ls.python.flow_values import (
    EMPTY,
    NOTHING,
    REST,
    UNREAD,
    Carried,
    Meaning,
    Origins,
    Role,
    SetOf,
    State,
    Use,
    implied,
    join,
)
from hatchet_ls.python.parse import Node, walk

_WHOLE = frozenset({"copy", "dict", "items", "json", "model_copy", "model_dump", "model_dump_json", "values"})
_LIKE_IT = ("copy", "model_copy")
_SELECTING = frozenset({"exclude", "exclude_defaults", "exclude_unset", "include", "update"})
"""Their arguments that say which parts there are."""
_NO_CHOICE = ("False", "None")
_MUTATORS = frozenset({"append", "appendleft", "add", "extend", "insert", "update", "setdefault"})
_APPENDING = frozenset({"append", "appendleft"})
_OF_STORES = frozenset({"add", "insert", "update"})
"""Methods of databases' sessions and of repositories too, which are no containers of what is passed."""
_IN_ANY_ORDER = frozenset({"add", "update", "setdefault"})
"""Methods of sets and dicts, which find what is in them by its value."""


class Given(NamedTuple):
    """An argument of a call."""

    name: int | str | None
    """Its position or keyword; None for ``*`` and ``**``."""
    value: Carried
    node: Node


class Calls(Expressions):
    """Follows chains: what a call gives, and what becomes of what it is given."""

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
                if id(trailer) not in self._results:
                    value = value.plus(drawn)
                if receiver.items is not None and place[1] and place[1][-1].children[0] == ".":
                    value, state = self._set_method(trailer, receiver, place, value, state)
            else:
                receiver = value
                if opening == "[":
                    key, state = self._eval(trailer.children[1], state)
                    inner = trailer.children[1]
                    if inner.type == "subscript" or inner == ":":
                        value = Carried(value.own | key.all, {REST: value.item})
                    else:
                        value = value.part(part_name(trailer)).plus(key.all)
                elif index + 1 < len(trailers) and trailers[index + 1].children[0] == "(":
                    value = value.part(trailer.children[1].value)
                else:
                    name = trailer.children[1].value
                    known = name in value.parts
                    value = value.part(name).plus(origin)
                    if not known and value.items is None:
                        value = replace(value, items=self._by_declaration(trailer))
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
        passed = NOTHING.union(*(each.value.all for each in arguments))
        if meaning is None or meaning.role is Role.HELPER:
            value, state = self._unknown_call(trailer, receiver, place, awaited, arguments, state)
            return self._returned(trailer, value, arguments, meaning), state
        if meaning.role is Role.OPERATION:
            self._record(self._deciding(state), Use.SWAY)
            self._record(receiver.all, Use.ARGUMENT)
            for each in arguments:
                self._record(self._recorded(meaning, each), _argument_use(meaning, each.name))
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
        if meaning.role is Role.LENGTH:
            self._record(NOTHING.union(*(each.value.item.own for each in arguments)), Use.PASSED)
            return self._returned(trailer, EMPTY, arguments, None), state
        made = self._made(meaning, receiver, place, arguments)
        if meaning.role is Role.CONSTRUCTOR:
            for name, origin in self._parts_of_result(trailer, meaning).items():
                if name != UNREAD and name not in made.parts:
                    self._unwritten |= {id(origin)}
                    made = made.with_part([name], Carried(frozenset({id(origin)})))
        if meaning.role is Role.SET:
            made = replace(made, items=self._set_of(trailer, arguments))
        return made, state

    def _set_of(self, trailer: Node, arguments: list[Given]) -> SetOf:
        if not arguments:
            return self._made_set(trailer, 0, frozenset())
        _, value, node = arguments[0]
        one = value.items.count if value.items is not None else 1 if _is_single(node) else 2
        return self._made_set(trailer, one, self._kinds(node, value))

    def _made(
        self,
        meaning: Meaning,
        receiver: Carried,
        place: tuple[Node, list[Node]],
        arguments: list[Given],
    ) -> Carried:
        """The result of a constructor or conversion."""
        is_method = bool(place[1]) and place[1][-1].children[0] == "."
        made = Carried(receiver.all if is_method else NOTHING)
        for name, value, node in arguments:
            if name is not None and not meaning.takes(name):
                self._record(value.all, Use.ASIDE)
                continue
            if meaning.role is Role.CONSTRUCTOR and (parts := meaning.parts_of(name)):
                for part in parts:
                    made = made.with_part([part], value)
                continue
            if meaning.role is Role.COPY:
                value = value.less(self._unwritten)
                made = made.with_part([name], value) if isinstance(name, str) else join(made, value)
                continue
            if meaning.any_order:
                value = self._in_any_order(value)
            elif meaning.role is not Role.CONSTRUCTOR:
                value = self._in_order(node, value)
            match meaning.role:
                case Role.COLLECTION | Role.SET:
                    made = join(made, Carried(value.own, {REST: value.item}))
                case Role.PAIRING | Role.COUNTING if isinstance(name, int):
                    position = str(name + (meaning.role is Role.COUNTING))
                    # of the other items it only decides how many there are
                    made = join(made, Carried(implied(value.own), {REST: Carried(parts={position: value.item})}))
                case Role.ITEM if any(each.type == "comp_if" for each in walk(node)):
                    made = join(made, value.item.less(self._is_order(value.all)))  # the only one, as a rule
                case Role.ITEM:
                    made = join(made, value.item)
                case Role.CONVERSION if meaning.any_order and any(each.name == "key" for each in arguments):
                    one = value.item if sum(isinstance(each.name, int) for each in arguments) == 1 else value
                    made = join(made, one).plus(implied(value.all))
                case _ if meaning.any_order:
                    made = made.plus(value.all - self._is_order(value.all))
                case _:
                    made = made.plus(value.all)
        return made

    def _recorded(self, meaning: Meaning, given: Given) -> Origins:
        """The origins in an argument of an operation."""
        if meaning.any_order:  # each of its turns comes in an order, but not what is put together for it
            return given.value.less(self._is_order(given.value.all) - self._turns).all
        if meaning.sent is not None and given.name in (0, "input"):
            sent = {*meaning.sent, REST, UNREAD}
            parts = {name: part for name, part in given.value.parts.items() if name in sent}
            given = given._replace(value=replace(given.value, parts=parts))
        counts = given.name is not None and meaning.takes(given.name)
        return given.value.all | (self._in_whole(given.node, given.value) if counts else NOTHING)

    def _returned(self, trailer: Node, value: Carried, arguments: list[Given], helper: Meaning | None) -> Carried:
        """The result of an unknown call: what is made of an item comes in the order of the items."""
        value = value.plus(NOTHING.union(*(self._is_order(each.value.own) for each in arguments)))
        declared = self._by_declaration(trailer)
        if helper is not None:
            for name, origin in self._parts_of_result(trailer, helper).items():
                value = value.with_part([name], Carried(frozenset({id(origin)})))
            value = value.with_part([REST], Carried(self._taking(trailer, How.RETURNED, SetOf())))
        return replace(value, items=declared) if declared is not None else value

    def _parts_of_result(self, trailer: Node, called: Meaning) -> Mapping[str, object]:
        """The parts of a call's result with the origins of their own that stand for them, one more for the rest."""
        if called.parts and id(trailer) not in self._results:
            self._results[id(trailer)] = {UNREAD: trailer} | {name: object() for name in called.parts}
        return self._results.get(id(trailer), {})

    def _set_method(
        self, trailer: Node, receiver: Carried, place: tuple[Node, list[Node]], value: Carried, state: State
    ) -> tuple[Carried, State]:
        base, before = place
        assert receiver.items is not None
        method = before[-1].children[1].value
        if method == "pop":
            return value.plus(self._in_order(trailer, receiver, How.POP).item.own), state
        items, state = self._after_method(trailer, method, receiver.items, base if len(before) == 1 else trailer, state)
        return replace(value, items=items), state

    def _unknown_call(
        self,
        trailer: Node,
        receiver: Carried,
        place: tuple[Node, list[Node]],
        awaited: bool,
        arguments: list[Given],
        state: State,
    ) -> tuple[Carried, State]:
        base, before = place
        passed = NOTHING.union(*(each.value.all for each in arguments))
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
        if method in _WHOLE:
            # What is done with a dict of an object takes more than is followed here: one may leave parts out.
            whole = receiver if method in _LIKE_IT else receiver.less(self._unwritten)
            return self._whole(whole, arguments), state
        if (
            method in _MUTATORS
            and base.type == "name"
            and base.value in state.names
            and base.value not in self._parameters
        ):
            path = [*(part_name(step) or REST for step in before[:-1]), REST]
            if method in _IN_ANY_ORDER:
                passed -= self._is_order(passed)
            elif method == "extend":
                passed |= NOTHING.union(*(self._in_order(each.node, each.value).all for each in arguments))
            added = Carried(passed)
            if method in _APPENDING and len(arguments) == 1:
                added = replace(arguments[0].value, items=None)
            old = state.names[base.value]
            others = [each.value.own for each in arguments] if method in ("extend", "update") else []
            new = self._filled(old.with_part(path, self._bound(added)), path[:-1], NOTHING.union(*others))
            return EMPTY, self._bind(base.value, new, state)
        if method == "sort" and base.type == "name" and base.value in state.names:
            old = state.names[base.value]
            state = replace(state, names={**state.names, base.value: self._in_any_order(old)})
        if method == "join":
            passed |= NOTHING.union(*(self._in_order(each.node, each.value).all for each in arguments))
            receiver = receiver.plus(self._is_order(passed))
        if base.type in TEXTS and len(before) == 1:
            return Carried(passed | receiver.all), state
        if base.type != "name" or method not in _MUTATORS - _OF_STORES:
            self._record(passed, Use.PASSED)
        else:
            self._record(passed, Use.CHANGE if base.value in self._parameters else Use.OTHER)
        if method in ("get", "pop") and arguments and not passed:
            return receiver.part(constant(_first_argument(trailer))), state
        if method == "pop" and base.type == "name":
            return receiver.item, state
        self._record(receiver.all - receiver.own, Use.OTHER)
        return Carried(receiver.own), state

    def _whole(self, value: Carried, arguments: list[Given]) -> Carried:
        """An object as what ``model_dump``, ``model_copy`` and the like make of it: some parts may be left out or be
        others."""
        for name, given, node in arguments:
            keys = constants(node)
            if name == "update" and keys is not None:
                for key in keys:
                    value = value.with_part([key], given.part(key))
            elif name in ("exclude", "include") and keys is not None:
                parts = {key: each for key, each in value.parts.items() if (key in keys) is (name == "include")}
                value = replace(value, parts=parts)
            elif name is None or (name in _SELECTING and getattr(node, "value", None) not in _NO_CHOICE):
                self._record(value.all - value.own, Use.OTHER)
                value = Carried(value.own | given.all)
            else:
                self._record(given.all, Use.PASSED)
        return value

    def _lend(self, trailer: Node, state: State) -> State:
        """After a call that may change what it is given: see ``Flow.uses_of_changed``."""
        names = dict(state.names)
        for leaf in lent_names(trailer):
            if leaf.value in names or leaf.value in self._parameters:
                self._nodes.append(leaf)
                names[leaf.value] = self._eval(leaf, state)[0].plus(frozenset({id(leaf)}))
        return replace(state, names=names)

    def _arguments(self, trailer: Node, state: State) -> tuple[list[Given], State]:
        inner = trailer.children[1]
        if inner == ")":
            return [], state
        found: list[Given] = []
        position = 0
        for argument in inner.children[::2] if inner.type == "arglist" else [inner]:
            name: int | str | None = None
            written = argument.children[-1] if argument.type == "argument" else argument
            if argument.type != "argument":
                value, state = self._eval(argument, state)
                name, position = position, position + 1
            elif argument.children[0] in ("*", "**"):
                value, state = self._eval(written, state)
                if argument.children[0] == "*":
                    value = self._in_order(written, value)
            elif argument.children[1] == "=":
                value, state = self._eval(argument.children[2], state)
                keyword = argument.children[0]
                name = keyword.value if keyword.type == "name" else None  # `call(a.b=1)` while it is being written
            elif argument.children[1] == ":=":
                value, state = self._eval(argument.children[2], state)
                state = self._assign(argument.children[0], value, state)
                name, position = position, position + 1
            else:
                value, state = self._comprehension(argument.children[:1], argument.children[1], state)
                written = argument
                name, position = position, position + 1
            found.append(Given(name, value, written))
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


def _is_single(node: Node) -> bool:
    """Whether a node is ``[x]``, of one item."""
    if node.type != "atom" or node.children[0] != "[" or len(node.children) != 3:
        return False
    return node.children[1].type not in ("testlist_comp", "star_expr")


def _first_argument(trailer: Node) -> Node:
    inner = trailer.children[1]
    return inner.children[0] if inner.type == "arglist" else inner
