"""Where the values that a function's calls give go, inside that function.

An abstract run of one function's body: every call and every attribute read is an *origin*, names and containers carry
sets of origins, and each place where a value ends is recorded as a ``Use``. What is recorded lies on a path through
the body that the text shows; what leaves the analysis (an unknown function, another object, a closure) is recorded as
``OTHER`` and never followed, so that ``ARGUMENT`` and ``GUARD`` are certain of the flow itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from hatchet_ls.python.parse import Node, walk


class Use(Enum):
    """What becomes of a value."""

    ARGUMENT = "argument"
    """It reaches an argument that matters of an operation."""
    GUARD = "guard"
    """It decides whether, or how often, an operation runs."""
    ASIDE = "aside"
    """It reaches another argument of an operation."""
    TEST = "test"
    """It decides a branch or a loop (a ``GUARD`` if operations depend on it)."""
    LOG = "log"
    """It is written to a log."""
    RESULT = "result"
    """It is returned, yielded or raised."""
    OTHER = "other"
    """It goes where it cannot be followed."""


class Role(Enum):
    """What a call means to the flow."""

    OPERATION = "operation"
    CONSTRUCTOR = "constructor"
    """Its result has its arguments as parts, by their keywords, and nothing else happens to them."""
    CONVERSION = "conversion"
    """Its result is made of its arguments and nothing else happens to them: ``str``, ``timedelta``."""
    COLLECTION = "collection"
    """Its result has the items of its argument: ``list``, ``sorted``."""
    LOG = "log"
    SHUFFLE = "shuffle"
    """It changes its first argument in place, by itself."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a call means to the flow, and which of its arguments count."""

    role: Role
    positions: range = range(1000)
    keywords: frozenset[str] | None = None
    """None for all."""

    def takes(self, argument: int | str | None) -> bool:
        """Whether an argument counts, by its position or keyword; None is ``*args`` or ``**kwargs``: not known."""
        if isinstance(argument, int):
            return argument in self.positions
        return argument is not None and (self.keywords is None or argument in self.keywords)


Origins = frozenset[int]
_NOTHING: Origins = frozenset()
_REST = "*"


@dataclass(frozen=True, slots=True)
class _Carried:
    """The origins in a value: of the value as such, and of parts of it (attributes, constant keys, ``*`` for any)."""

    own: Origins = _NOTHING
    parts: Mapping[str, _Carried] = field(default_factory=dict)

    @property
    def all(self) -> Origins:
        return self.own.union(*(part.all for part in self.parts.values()))

    def part(self, name: str | None) -> _Carried:
        """What reading an attribute or key gives; None for a key that is not known."""
        if name is None:
            return _Carried(self.all)
        found = join(self.parts.get(name, _EMPTY), self.parts.get(_REST, _EMPTY))
        return _Carried(self.own | found.own, found.parts)

    @property
    def item(self) -> _Carried:
        """What one item of it carries, whichever it is."""
        found = _Carried(self.own)
        for part in self.parts.values():
            found = join(found, part)
        return found

    def plus(self, origins: Origins) -> _Carried:
        return _Carried(self.own | origins, self.parts) if origins - self.own else self

    def with_part(self, path: Sequence[str], value: _Carried) -> _Carried:
        """After ``value`` is stored in a part; ``*`` keeps what is there."""
        if not path:
            return value
        name, *rest = path
        old = self.parts.get(name, _EMPTY)
        new = old.with_part(rest, value)
        return _Carried(self.own, {**self.parts, name: join(old, new) if name == _REST else new})


_EMPTY = _Carried()


def join(first: _Carried, second: _Carried) -> _Carried:
    """What a value carries that is one of two."""
    if first is second or second == _EMPTY:
        return first
    if first == _EMPTY:
        return second
    parts = dict(first.parts)
    for name, part in second.parts.items():
        parts[name] = join(parts.get(name, _EMPTY), part)
    return _Carried(first.own | second.own, parts)


@dataclass(frozen=True, slots=True)
class _State:
    """What is known at one point of the body."""

    names: Mapping[str, _Carried] = field(default_factory=dict)
    escaped: Origins = _NOTHING
    """Origins that decided whether the run got here at all: an earlier ``return`` depended on them."""
    left: Origins = _NOTHING
    """The same for ``break``, ``continue`` and a caught ``raise``: it ends with the loop or ``try``."""


def _merge(states: Iterable[_State | None]) -> _State | None:
    merged: _State | None = None
    for state in states:
        if state is None:
            continue
        if merged is None:
            merged = state
            continue
        names = dict(merged.names)
        for name, value in state.names.items():
            names[name] = join(names.get(name, _EMPTY), value)
        merged = _State(names, merged.escaped | state.escaped, merged.left | state.left)
    return merged


_ROUNDS = 4
"""How often a loop's body is run at most: enough for values that pass through several names from turn to turn."""
_OPERATORS = frozenset(
    {"arith_expr", "term", "comparison", "not_test", "factor", "expr", "xor_expr", "and_expr", "shift_expr"}
    | {"fstring", "fstring_expr", "fstring_format_spec", "strings", "subscript", "sliceop", "power"}
)
_SEQUENCES = frozenset({"testlist", "testlist_star_expr", "testlist_comp", "exprlist", "subscriptlist"})
_TEXTS = frozenset({"string", "strings", "fstring"})
_WHOLE = frozenset({"copy", "dict", "items", "json", "model_copy", "model_dump", "model_dump_json", "values"})
_MUTATORS = frozenset({"append", "appendleft", "add", "extend", "insert", "update", "setdefault"})


class Flow:
    """The flow through one function.

    ``meaning`` says what a call means, by its trailer (the node of its parentheses); None for a call that is unknown.
    """

    def __init__(self, function: Node, meaning: Callable[[Node], Meaning | None]) -> None:
        self._meaning = meaning
        self._uses: dict[int, set[Use]] = {}
        self._nodes: list[Node] = []
        """Keeps the nodes alive whose ids are origins."""
        self._control: Origins = _NOTHING
        self._exits = 0
        self._leaves = 0
        self._caught = 0
        self._raising = False
        self._loops: list[list[_State]] = []
        self._tries: list[list[_State]] = []
        self._parameters = {parameter.name.value for parameter in function.get_params()}
        self._body = function.children[-1]
        self._shared = _shared_names(self._body)
        self._block(self._body, _State())

    def uses(self, origin: Node) -> frozenset[Use]:
        """What becomes of the value of a call or attribute read, by its last trailer."""
        return frozenset(self._uses.get(id(origin), ()))

    def _record(self, origins: Origins, use: Use) -> None:
        for origin in origins:
            self._uses.setdefault(origin, set()).add(use)

    # statements

    def _block(self, node: Node, state: _State | None) -> _State | None:
        for statement in node.children if node.type in ("suite", "file_input", "simple_stmt") else (node,):
            if state is None:
                return None
            for collected in self._tries:
                collected.append(state)
            state = self._statement(statement, state)
        if state is not None:
            for collected in self._tries:
                collected.append(state)
        return state

    def _statement(self, node: Node, state: _State) -> _State | None:
        handler = getattr(self, "_on_" + node.type, None)
        if handler is not None:
            result: _State | None = handler(node, state)
            return result
        if node.type == "keyword":
            return self._on_keyword(node.value, state)
        return self._eval(node, state)[1]

    def _on_keyword(self, keyword: str, state: _State) -> _State | None:
        if keyword in ("break", "continue"):
            self._leaves += 1
            if self._loops:
                self._loops[-1].append(state)
            return None
        if keyword in ("return", "raise"):
            self._exit(caught=keyword == "raise")
            return None
        return state

    def _on_simple_stmt(self, node: Node, state: _State) -> _State | None:
        return self._block(node, state)

    def _on_async_stmt(self, node: Node, state: _State) -> _State | None:
        return self._statement(node.children[-1], state)

    def _on_funcdef(self, node: Node, state: _State) -> _State:
        return _State({**state.names, node.name.value: _EMPTY}, state.escaped, state.left)

    def _on_classdef(self, node: Node, state: _State) -> _State:
        return self._on_funcdef(node, state)

    def _on_decorated(self, node: Node, state: _State) -> _State:
        return state

    def _on_expr_stmt(self, node: Node, state: _State) -> _State:
        second = node.children[1]
        if second.type == "annassign":
            if len(second.children) < 4:
                return state
            value, state = self._eval(second.children[3], state)
            return self._assign(node.children[0], value, state)
        value, state = self._eval(node.children[-1], state)
        if second == "=":
            for target in node.children[:-1:2]:
                state = self._assign(target, value, state)
            return state
        old, state = self._eval(node.children[0], state)
        return self._assign(node.children[0], _Carried(old.all | value.all), state)

    def _on_return_stmt(self, node: Node, state: _State) -> None:
        value, state = self._eval(node.children[1], state)
        self._record(value.all, Use.RESULT)
        self._exit(caught=False)

    def _on_raise_stmt(self, node: Node, state: _State) -> None:
        self._raising = True
        for child in node.children[1:]:
            value, state = self._eval(child, state)
            self._record(value.all, Use.RESULT)
        self._raising = False
        self._exit(caught=True)

    def _on_assert_stmt(self, node: Node, state: _State) -> _State:
        test, state = self._eval(node.children[1], state)
        self._record(test.all, Use.TEST)
        if len(node.children) > 3:
            message, state = self._eval(node.children[3], state)
            self._record(message.all, Use.RESULT)
        if self._caught:
            self._leaves += 1
            return _State(state.names, state.escaped, state.left | test.all)
        self._exits += 1
        return _State(state.names, state.escaped | test.all, state.left)

    def _exit(self, *, caught: bool) -> None:
        if caught and self._caught:
            self._leaves += 1
        else:
            self._exits += 1

    def _on_del_stmt(self, node: Node, state: _State) -> _State:
        return state

    def _on_if_stmt(self, node: Node, state: _State) -> _State | None:
        exits, leaves, control = self._exits, self._leaves, self._control
        tests = _NOTHING
        ends: list[_State | None] = []
        current = state
        children = node.children
        index = 0
        while index < len(children):
            if children[index].value == "else":
                ends.append(self._block(children[index + 2], current))
                break
            test, current = self._eval(children[index + 1], current)
            self._record(test.all, Use.TEST)
            tests |= test.all
            self._control = control | tests
            ends.append(self._block(children[index + 3], current))
            index += 4
        else:
            ends.append(current)
        self._control = control
        return self._after(_merge(ends), tests, exits, leaves)

    def _after(self, state: _State | None, tests: Origins, exits: int, leaves: int) -> _State | None:
        """The state after a branch, which the tests decided on if one of its arms ended the run or the turn."""
        if state is None:
            return None
        return _State(
            state.names,
            state.escaped | tests if self._exits > exits else state.escaped,
            state.left | tests if self._leaves > leaves else state.left,
        )

    def _on_while_stmt(self, node: Node, state: _State) -> _State | None:
        exits, control, left = self._exits, self._control, state.left
        self._loops.append([])
        tests = _NOTHING
        current: _State = state
        for _ in range(_ROUNDS):
            test, current = self._eval(node.children[1], current)
            self._record(test.all, Use.TEST)
            tests |= test.all
            self._control = control | tests
            end = self._block(node.children[3], current)
            before, current = current, _merge([current, end, *self._loops[-1]]) or current
            if current == before:
                break
        self._control = control
        self._loops.pop()
        return self._loop_end(node, current, tests if self._exits > exits else _NOTHING, left)

    def _on_for_stmt(self, node: Node, state: _State) -> _State | None:
        exits, control, left = self._exits, self._control, state.left
        self._loops.append([])
        items, current = self._eval(node.children[3], state)
        self._record(items.own, Use.TEST)
        self._control = control | items.own
        for _ in range(_ROUNDS):
            turn = self._assign(node.children[1], items.item, current)
            end = self._block(node.children[5], turn)
            before, current = current, _merge([current, turn, end, *self._loops[-1]]) or current
            if current == before:
                break
        self._control = control
        self._loops.pop()
        return self._loop_end(node, current, items.own if self._exits > exits else _NOTHING, left)

    def _loop_end(self, node: Node, state: _State, escaped: Origins, left: Origins) -> _State | None:
        state = _State(state.names, state.escaped | escaped, left)
        if node.children[-3] == "else":
            return _merge([state, self._block(node.children[-1], state)])
        return state

    def _on_try_stmt(self, node: Node, state: _State) -> _State | None:
        left = state.left
        catches = any(child == "except" or child.type == "except_clause" for child in node.children)
        self._tries.append([state])
        self._caught += catches
        end = self._block(node.children[2], state)
        self._caught -= catches
        broken = _merge(self._tries.pop())
        ends: list[_State | None] = []
        final: Node | None = None
        for index in range(3, len(node.children), 3):
            keyword, body = node.children[index], node.children[index + 2]
            if keyword == "else":
                end = self._block(body, end)
            elif keyword == "finally":
                final = body
            elif broken is not None:
                ends.append(self._block(body, broken))
        merged = _merge([end, *ends])
        if final is not None:
            after = self._block(final, _merge([merged, broken]))
            merged = None if merged is None else after
        if merged is None:
            return None
        return _State(merged.names, merged.escaped, left if catches else merged.left)

    def _on_with_stmt(self, node: Node, state: _State) -> _State | None:
        for item in node.children[1:-2]:
            if item.type == "with_item":
                value, state = self._eval(item.children[0], state)
                state = self._assign(item.children[2], value, state)
            elif item != ",":
                _, state = self._eval(item, state)
        return self._block(node.children[-1], state)

    # assignment

    def _assign(self, target: Node, value: _Carried, state: _State) -> _State:
        if target.type == "name":
            return self._bind(target.value, value.plus(self._control), state)
        if target.type in ("atom_expr", "power"):
            return self._store(target, value, state)
        if target.type == "star_expr":
            return self._assign(target.children[1], _Carried(value.all), state)
        if target.type == "atom":
            return self._assign(target.children[1], value, state) if len(target.children) == 3 else state
        if target.type in _SEQUENCES:
            items = [child for child in target.children if child != ","]
            starred = any(item.type == "star_expr" for item in items)
            for index, item in enumerate(items):
                state = self._assign(item, value.part(None if starred else str(index)), state)
        return state

    def _bind(self, name: str, value: _Carried, state: _State) -> _State:
        if name in self._shared:
            self._record(value.all, Use.OTHER)
        return _State({**state.names, name: value}, state.escaped, state.left)

    def _store(self, target: Node, value: _Carried, state: _State) -> _State:
        """``name.attribute = value``, ``name["key"] = value``."""
        base, *trailers = target.children
        for trailer in trailers:
            if trailer.children[0] == "[":
                key, state = self._eval(trailer.children[1], state)
                self._record(key.all, Use.OTHER)
        if base.type != "name" or any(trailer.children[0] == "(" for trailer in trailers):
            self._record(value.all, Use.OTHER)
            return state
        if base.value in self._parameters or base.value not in state.names:
            self._record(value.all, Use.OTHER)
        path = [_part_name(trailer) or _REST for trailer in trailers]
        old = state.names.get(base.value, _EMPTY)
        return self._bind(base.value, old.with_part(path, value.plus(self._control)), state)

    # expressions

    def _eval(self, node: Node, state: _State) -> tuple[_Carried, _State]:
        if node.type == "name":
            return state.names.get(node.value, _EMPTY), state
        if not hasattr(node, "children"):
            return _EMPTY, state
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
            return _EMPTY, state
        if node.type == "star_expr":
            value, state = self._eval(node.children[1], state)
            return value.part(None), state
        if node.type in ("lambdef", "funcdef", "classdef"):
            return _EMPTY, state
        origins = _NOTHING
        for child in node.children:
            value, state = self._eval(child, state)
            origins |= value.all
        if node.type not in _OPERATORS:
            self._record(origins, Use.OTHER)
        return _Carried(origins), state

    def _choice(self, node: Node, state: _State) -> tuple[_Carried, _State]:
        control = self._control
        result = _EMPTY
        for operand in node.children[::2]:
            value, state = self._eval(operand, state)
            self._control |= value.all
            result = join(result, value)
        self._control = control
        return result, state

    def _ternary(self, node: Node, state: _State) -> tuple[_Carried, _State]:
        control = self._control
        test, state = self._eval(node.children[2], state)
        self._record(test.all, Use.TEST)
        self._control = control | test.all
        first, state = self._eval(node.children[0], state)
        second, state = self._eval(node.children[4], state)
        self._control = control
        return join(first, second).plus(test.all), state

    def _sequence(self, node: Node, state: _State) -> tuple[_Carried, _State]:
        if node.children[-1].type in ("comp_for", "sync_comp_for"):
            return self._comprehension(node.children[:-1], node.children[-1], state)
        parts: dict[str, _Carried] = {}
        starred = False
        for index, item in enumerate(node.children[::2]):
            value, state = self._eval(item, state)
            starred = starred or item.type == "star_expr"
            name = _REST if starred else str(index)
            parts[name] = join(parts.get(name, _EMPTY), value)
        return _Carried(_NOTHING, parts), state

    def _display(self, node: Node, state: _State) -> tuple[_Carried, _State]:
        if len(node.children) < 3:
            return _EMPTY, state
        inner = node.children[1]
        if inner.type in ("dictorsetmaker", "dictorset_maker"):
            return self._dict_or_set(inner, state)
        value, state = self._eval(inner, state)
        if node.children[0] == "(" or inner.type in _SEQUENCES:
            return value, state
        return _Carried(_NOTHING, {"0" if node.children[0] == "[" else _REST: value}), state

    def _dict_or_set(self, node: Node, state: _State) -> tuple[_Carried, _State]:
        children = node.children
        if children[-1].type in ("comp_for", "sync_comp_for"):
            return self._comprehension([child for child in children[:-1] if child != ":"], children[-1], state)
        parts: dict[str, _Carried] = {}
        own = _NOTHING
        index = 0
        while index < len(children):
            child = children[index]
            name, step = _REST, 2
            if child == "**":
                value, state = self._eval(children[index + 1], state)
                own, step = own | value.all, 3
            elif index + 2 < len(children) and children[index + 1] == ":":
                key, state = self._eval(child, state)
                own |= key.all
                value, state = self._eval(children[index + 2], state)
                name, step = _constant(child) or _REST, 4
            else:
                value, state = self._eval(child, state)
            parts[name] = join(parts.get(name, _EMPTY), value)
            index += step
        return _Carried(own, parts), state

    def _comprehension(self, elements: Sequence[Node], clause: Node, state: _State) -> tuple[_Carried, _State]:
        control = self._control
        inner: Node | None = clause
        own = _NOTHING
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
            self._control |= decides
            inner = following[0] if following else None
        result = _EMPTY
        for element in elements:
            value, names = self._eval(element, names)
            result = join(result, value)
        self._control = control
        return _Carried(own, {_REST: result}), state

    # attributes and calls

    def _chain(self, node: Node, state: _State) -> tuple[_Carried, _State]:
        """``[await] base.name(...)[...]``"""
        children = node.children
        awaited = children[0] == "await"
        base, *trailers = children[1:] if awaited else children
        value, state = self._eval(base, state)
        receiver = value
        for index, trailer in enumerate(trailers):
            if trailer.type != "trailer":  # ** and its exponent
                exponent, state = self._eval(trailer, state)
                value = _Carried(value.all | exponent.all)
                continue
            self._nodes.append(trailer)
            origin: Origins = frozenset({id(trailer)})
            opening = trailer.children[0]
            if opening == "(":
                last = index == len(trailers) - 1
                place = (base, trailers[:index])
                value, state = self._call(trailer, receiver, place, awaited and last, state)
                value = value.plus(origin)
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
        return value, state

    def _call(
        self, trailer: Node, receiver: _Carried, place: tuple[Node, list[Node]], awaited: bool, state: _State
    ) -> tuple[_Carried, _State]:
        meaning = self._meaning(trailer)
        arguments, state = self._arguments(trailer, state)
        passed = _NOTHING.union(*(value.all for _, value in arguments))
        guards = self._control | state.escaped | state.left
        if meaning is None:
            return self._unknown_call(trailer, receiver, place, awaited, arguments, state)
        if meaning.role is Role.OPERATION:
            self._record(guards, Use.GUARD)
            for name, value in arguments:
                self._record(value.all, _argument_use(meaning, name))
            return _EMPTY, state
        if meaning.role is Role.LOG:
            self._record(passed, Use.LOG)
            return _EMPTY, state
        if meaning.role is Role.SHUFFLE:
            changed = trailer.children[1]
            if changed.type == "name":
                old = state.names.get(changed.value, _EMPTY)
                state = self._bind(changed.value, old.plus(frozenset({id(trailer)})), state)
            else:
                self._record(frozenset({id(trailer)}), Use.OTHER)
            return _EMPTY, state
        return self._made(meaning, receiver, place, arguments), state

    def _made(
        self,
        meaning: Meaning,
        receiver: _Carried,
        place: tuple[Node, list[Node]],
        arguments: list[tuple[int | str | None, _Carried]],
    ) -> _Carried:
        """The result of a constructor or conversion."""
        method = bool(place[1]) and place[1][-1].children[0] == "."
        made = _Carried(receiver.all if method else _NOTHING)
        for name, value in arguments:
            if name is not None and not meaning.takes(name):
                self._record(value.all, Use.ASIDE)
            elif meaning.role is Role.COLLECTION:
                made = join(made, _Carried(value.own, {_REST: value.item}))
            elif meaning.role is Role.CONSTRUCTOR and isinstance(name, str):
                made = made.with_part([name], value)
            else:
                made = made.plus(value.all)
        return made

    def _unknown_call(
        self,
        trailer: Node,
        receiver: _Carried,
        place: tuple[Node, list[Node]],
        awaited: bool,
        arguments: list[tuple[int | str | None, _Carried]],
        state: _State,
    ) -> tuple[_Carried, _State]:
        base, before = place
        passed = _NOTHING.union(*(value.all for _, value in arguments))
        if awaited:  # operations may run inside
            self._record(self._control | state.escaped | state.left, Use.OTHER)
        if not before or before[-1].children[0] != ".":
            if self._raising:
                return _Carried(passed), state
            self._record(passed, Use.OTHER)
            return _EMPTY, state
        method = before[-1].children[1].value
        if method in _MUTATORS and base.type == "name" and base.value in state.names:
            path = [*(_part_name(step) or _REST for step in before[:-1]), _REST]
            old = state.names[base.value]
            new = old.with_part(path, _Carried(passed | self._control))
            return _EMPTY, self._bind(base.value, new, state)
        if base.type in _TEXTS and len(before) == 1:
            return _Carried(passed | receiver.all), state
        self._record(passed, Use.OTHER)
        if method == "get" and arguments and not passed:
            return receiver.part(_constant(_first_argument(trailer))), state
        if method in _WHOLE:
            return receiver, state
        self._record(receiver.all - receiver.own, Use.OTHER)
        return _Carried(receiver.own), state

    def _arguments(self, trailer: Node, state: _State) -> tuple[list[tuple[int | str | None, _Carried]], _State]:
        """The arguments of a call with position or keyword; None for ``*`` and ``**``."""
        inner = trailer.children[1]
        if inner == ")":
            return [], state
        found: list[tuple[int | str | None, _Carried]] = []
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


def _shared_names(body: Node) -> frozenset[str]:
    """Names of the body that other functions see: used in nested functions and lambdas, or not local at all."""
    shared: set[str] = set()
    for node in walk(body):
        if node.type in ("global_stmt", "nonlocal_stmt"):
            shared.update(name.value for name in node.children[1::2])
        elif node.type in ("funcdef", "lambdef", "classdef"):
            shared.update(leaf.value for leaf in walk(node.children[-1]) if leaf.type == "name")
    return frozenset(shared)
