"""Where the values that a function's calls give go, inside that function.

An abstract run of one function's body: every call and every attribute read is an *origin*, names and containers carry
sets of origins, and each place where a value ends is recorded as a ``Use``. What is recorded lies on a path through
the body that the text shows; what leaves the analysis (an unknown function, another object, a closure) is recorded as
``OTHER`` and never followed, so that ``ARGUMENT`` and ``GUARD`` are certain of the flow itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hatchet_ls.python.flow_calls import Calls, lent_names
from hatchet_ls.python.flow_expressions import TEXTS
from hatchet_ls.python.flow_order import How, Sets, Taking
from hatchet_ls.python.flow_values import (
    EMPTY,
    NOTHING,
    REST,
    Carried,
    Kind,
    Meaning,
    Origins,
    Role,
    State,
    Use,
    implied,
    merge,
)
from hatchet_ls.python.parse import Node, walk, walk_inner

__all__ = ["Flow", "How", "Meaning", "Role", "Taking", "Use"]

_BLOCKS = frozenset({"suite", "file_input", "simple_stmt"})
_COMPOUND = frozenset({"if_stmt", "while_stmt", "for_stmt", "try_stmt", "with_stmt", "async_stmt"})
_ROUNDS = 4
"""How often a loop's body is run at most: enough for values that pass through several names from turn to turn."""
_DEEP = 5
"""In more loops than that the inner ones are run once only: each run of an outer one runs them all again."""


class Flow(Calls):
    """The flow through one function.

    ``meaning`` says what a call means, by its trailer (the node of its parentheses); None for a call that is unknown.
    ``sets`` says what is a set, where the function itself does not tell.
    """

    def __init__(self, function: Node, meaning: Callable[[Node], Meaning | None], sets: Sets | None = None) -> None:
        body = function.children[-1]
        parameters = frozenset(parameter.name.value for parameter in function.get_params())
        super().__init__(meaning, parameters, _shared_names(body), sets)
        self._exits = 0
        """How many statements that end the function have been met."""
        self._leaves = 0
        """How many that end a turn of a loop, or what is tried."""
        self._caught = 0
        """How many ``try`` with handlers there are around the place that is being looked at."""
        self._loops: list[tuple[list[State], list[State]]] = []
        """For each loop around, the states at its ``break`` and at its ``continue``."""
        self._returned_in: dict[int, set[str]] = {}
        """In which parts of the result an origin is returned; ``*`` is any."""
        self._tries: list[list[State]] = []
        """For each ``try`` around, the states in which it may have been left."""
        end: State | None = None
        if function.type == "lambdef":
            self._give(body, State())
        else:
            end = self._block(body, State())
        if end is not None:
            self._lose(end)
        self._settle_forks()

    def uses(self, origin: Node) -> frozenset[Use]:
        """What becomes of the value of a call or attribute read, by its last trailer."""
        return frozenset(self._uses.get(id(origin), ()))

    def returned_in(self, origin: Node) -> frozenset[str]:
        """In which parts of the function's result a value is; ``*`` is any, or the whole."""
        return frozenset(self._returned_in.get(id(origin), {REST}))

    def uses_of_result(self, call: Node, parts: frozenset[str] = frozenset({REST})) -> frozenset[Use]:
        """What becomes of some parts of the result of a helper that is called, and with them of the whole."""
        origins = self._results.get(id(call), {})
        known = parts <= origins.keys()
        reached = [origin for name, origin in origins.items() if not known or name in parts]
        return self.uses(call).union(*(self._uses.get(id(each), ()) for each in reached))

    def uses_of_changed(self, call: Node) -> frozenset[Use]:
        """What becomes of the arguments of a call (its trailer) if that changes them in place: of plain names only."""
        return frozenset[Use]().union(*(self.uses(leaf) for leaf in lent_names(call)))

    def uses_of_order(self, taking: Taking) -> frozenset[Use]:
        """What becomes of the order in which the items of a set are taken."""
        return frozenset(self._uses.get(id(taking), ()))

    def uses_of_returned_order(self, call: Node) -> frozenset[Use]:
        """What becomes of the order in the result of a helper that is called."""
        taking = self._takings.get(id(call))
        return self.uses_of_order(taking) if taking is not None and taking.how is How.RETURNED else frozenset()

    # statements

    def _block(self, node: Node, state: State | None) -> State | None:
        for statement in node.children if node.type in _BLOCKS else (node,):
            if state is None:
                return None
            operations, before = self._operations, state
            state = self._statement(statement, state)
            if statement.type in _BLOCKS:
                continue
            if statement.type not in _COMPOUND and self._operations > operations:
                # what fails is as a rule the operation, which has been recorded by then
                before = replace(before, open=frozenset())
            self._may_leave(before)
        if state is not None:
            self._may_leave(state)
        return state

    def _may_leave(self, state: State) -> None:
        """An exception may be raised in this state."""
        for collected in self._tries:
            collected.append(state)

    def _statement(self, node: Node, state: State) -> State | None:
        handler = getattr(self, "_on_" + node.type, None)
        if handler is not None:
            result: State | None = handler(node, state)
            return result
        if node.type == "keyword":
            return self._on_keyword(node.value, state)
        return self._eval(node, state)[1]

    def _on_keyword(self, keyword: str, state: State) -> State | None:
        if keyword in ("break", "continue"):
            self._leaves += 1
            if self._loops:
                self._loops[-1][keyword == "continue"].append(state)
            return None
        if keyword in ("return", "raise"):
            self._exit(state, caught=keyword == "raise")
            return None
        return state

    def _on_simple_stmt(self, node: Node, state: State) -> State | None:
        return self._block(node, state)

    def _on_async_stmt(self, node: Node, state: State) -> State | None:
        return self._statement(node.children[-1], state.paused())

    def _on_funcdef(self, node: Node, state: State) -> State:
        return replace(state, names={**state.names, node.name.value: EMPTY})

    def _on_classdef(self, node: Node, state: State) -> State:
        return self._on_funcdef(node, state)

    def _on_decorated(self, node: Node, state: State) -> State:
        return state

    def _on_expr_stmt(self, node: Node, state: State) -> State:
        second = node.children[1]
        if second.type == "annassign":
            if len(second.children) < 4:
                return state
            value, state = self._eval(second.children[3], state)
            if value.items is None:
                value = replace(value, items=self._by_declaration(node.children[0]))
            return self._assign(node.children[0], value, state)
        given = node.children[-1]
        value, state = self._eval(given, state)
        if second == "=":
            for target in node.children[:-1:2]:
                state = self._assign(target, self._unpacked(target, given, value), state)
            return state
        old, state = self._eval(node.children[0], state)
        return self._assign(node.children[0], self._augmented(second.value, old, given, value), state)

    def _augmented(self, operator: str, old: Carried, given: Node, value: Carried) -> Carried:
        """The value after ``old += value``."""
        if operator == "+=":
            value = self._in_order(given, value)
        inner = self._inner_order(old) | self._inner_order(value)
        origins = old.all | value.all
        if operator != "+=" or not (_has_text_or_list(given) or self._kind(given) is Kind.TEXT):
            # Of a sum it does not matter in which order it is made; of a text or list it does.
            origins -= self._is_order(value.own) - old.all
        made = self._operand(origins, inner)
        return replace(made, items=self._operated(operator[:-1], [old, value]))

    def _unpacked(self, target: Node, given: Node, value: Carried) -> Carried:
        """The value as it is assigned: names beside each other take its items; a single one takes the only item."""
        names = target.children[1] if target.type == "atom" else target
        several = names.type in ("testlist_comp", "testlist_star_expr", "exprlist") and len(names.children) > 2
        return self._in_order(given, value) if several else value

    def _on_return_stmt(self, node: Node, state: State) -> None:
        self._give(node.children[1], state)

    def _give(self, returned: Node, state: State) -> None:
        value, state = self._eval(returned, state)
        self._record(value.all, Use.RESULT)
        self._record(self._control, Use.CHOICE)
        for name, origins in ((REST, value.own), *((name, part.all) for name, part in value.parts.items())):
            for origin in origins:
                self._returned_in.setdefault(origin if origin >= 0 else ~origin, set()).add(name)
        self._exit(state, caught=False)

    def _on_raise_stmt(self, node: Node, state: State) -> None:
        self._raising = True
        for child in node.children[1:]:
            value, state = self._eval(child, state)
            self._record(value.all, Use.RESULT)
        self._raising = False
        self._exit(state, caught=True)

    def _on_assert_stmt(self, node: Node, state: State) -> State:
        value, state = self._eval(node.children[1], state)
        tests = self._tested(value)
        self._record(tests, Use.TEST)
        if len(node.children) > 3:
            message, state = self._eval(node.children[3], state)
            self._record(message.all, Use.RESULT)
        if self._caught:
            self._leaves += 1
            return replace(state, left=state.left | tests)
        self._exits += 1
        return replace(state, escaped=state.escaped | tests)

    def _exit(self, state: State, *, caught: bool) -> None:
        if caught and self._caught:
            self._leaves += 1
        else:
            self._exits += 1
            self._lose(state)

    def _on_del_stmt(self, node: Node, state: State) -> State:
        return state

    def _on_if_stmt(self, node: Node, state: State) -> State | None:
        exits, leaves, control = self._exits, self._leaves, self._control
        tests = NOTHING
        ends: list[State | None] = []
        current = state
        children = node.children
        index = 0
        while index < len(children):
            if children[index].value == "else":
                ends.append(self._block(children[index + 2], current))
                break
            value, current = self._eval(children[index + 1], current)
            decides = self._tested(value)
            self._record(decides, Use.TEST)
            tests |= decides
            self._control = control | tests
            taken, current = self._fork(children[index], decides, current)
            taken = self._equal(children[index + 1], taken)
            ends.append(self._block(children[index + 3], taken))
            index += 4
        else:
            ends.append(current)
        self._control = control
        return self._after(merge(ends), tests, exits, leaves)

    def _equal(self, test: Node, state: State) -> State:
        """The state where a test holds: behind ``name == "eu"`` the name has the same value in whatever order."""
        if test.type != "comparison" or len(test.children) != 3 or test.children[1] != "==":
            return state
        names = dict(state.names)
        for operand, other in (test.children[::2], test.children[::-2]):
            known = names.get(operand.value) if operand.type == "name" else None
            if known is not None and not self._is_order(self._eval(other, state)[0].all):
                names[operand.value] = known.less(self._is_order(known.own))
        return replace(state, names=names)

    def _after(self, state: State | None, tests: Origins, exits: int, leaves: int) -> State | None:
        """The state after a branch, which the tests decided on if one of its arms ended the run or the turn."""
        if state is None:
            return None
        return replace(
            state,
            escaped=state.escaped | tests if self._exits > exits else state.escaped,
            left=state.left | tests if self._leaves > leaves else state.left,
        )

    def _on_while_stmt(self, node: Node, state: State) -> State | None:
        def test(current: State) -> tuple[Origins, Carried, State]:
            value, current = self._eval(node.children[1], current)
            return self._tested(value), EMPTY, current

        return self._loop(node, node.children[3], None, test, state)

    def _on_for_stmt(self, node: Node, state: State) -> State | None:
        items, state = self._eval(node.children[3], state)
        items = self._in_order(node.children[3], items)
        turns = self._turns
        self._turns |= self._inner_order(items)
        decides = items.own - self._is_order(items.own)
        end = self._loop(
            node, node.children[5], node.children[1], lambda current: (decides, items.item, current), state
        )
        self._turns = turns
        return end

    def _loop(
        self,
        node: Node,
        body: Node,
        target: Node | None,
        head: Callable[[State], tuple[Origins, Carried, State]],
        state: State,
    ) -> State | None:
        """``head`` gives what decides on another turn, the item of that turn, and the state."""
        exits, control = self._exits, self._control
        tests = NOTHING
        breaks: list[State] = []
        continues: list[State] = []
        self._loops.append((breaks, continues))
        current = over = state
        for _ in range(_ROUNDS if len(self._loops) <= _DEEP else 1):
            decides, item, tested = head(current)
            self._record(decides, Use.TEST)
            tests |= decides
            self._control = control | implied(tests)
            turn, over = self._fork(node, decides, tested)
            if target is not None:
                turn = self._assign(target, item, turn)
            following = merge([current, tested, self._block(body, turn), *continues]) or current
            if following == current:
                break
            current = following
        self._control = control
        self._loops.pop()
        escaped = tests if self._exits > exits else NOTHING

        def out(at: State) -> State:
            return replace(at, escaped=at.escaped | escaped, left=state.left)

        end = None if _is_endless(node) else out(over)
        if node.children[-3] == "else":
            end = self._block(node.children[-1], end)
        return merge([end, *map(out, breaks)])

    def _on_try_stmt(self, node: Node, state: State) -> State | None:
        left = state.left
        catches = any(child == "except" or child.type == "except_clause" for child in node.children)
        self._tries.append([state])
        self._caught += catches
        end = self._block(node.children[2], state)
        self._caught -= catches
        broken = merge(self._tries.pop())
        ends: list[State | None] = []
        final: Node | None = None
        for index in range(3, len(node.children), 3):
            keyword, body = node.children[index], node.children[index + 2]
            if keyword == "else":
                end = self._block(body, end)
            elif keyword == "finally":
                final = body
            elif broken is not None:
                ends.append(self._block(body, broken))
        merged = merge([end, *ends])
        if final is not None:
            after = self._block(final, merge([merged, broken]))
            merged = None if merged is None else after
        if merged is None:
            return None
        return replace(merged, left=left) if catches else merged

    def _on_with_stmt(self, node: Node, state: State) -> State | None:
        for item in node.children[1:-2]:
            if item.type == "with_item":
                value, state = self._eval(item.children[0], state)
                state = self._assign(item.children[2], value, state)
            elif item != ",":
                _, state = self._eval(item, state)
        return self._block(node.children[-1], state)


def _has_text_or_list(node: Node) -> bool:
    """Whether an expression certainly gives a text or list, as one of its operands does."""
    if node.type == "atom":
        return bool(node.children[0] == "[") or (len(node.children) == 3 and _has_text_or_list(node.children[1]))
    return node.type in TEXTS or (node.type == "arith_expr" and any(map(_has_text_or_list, node.children[::2])))


def _is_endless(loop: Node) -> bool:
    return loop.type == "while_stmt" and getattr(loop.children[1], "value", None) in ("True", "1")


def _shared_names(body: Node) -> frozenset[str]:
    """Names of the body that other functions see: used in nested functions and lambdas, or not local at all."""
    shared: set[str] = set()
    for node in walk_inner(body):
        if node.type in ("global_stmt", "nonlocal_stmt"):
            shared.update(name.value for name in node.children[1::2])
        elif node.type in ("funcdef", "lambdef", "classdef"):
            used = {leaf.value for leaf in walk(node.children[-1]) if leaf.type == "name"}
            shared |= used - ({each.name.value for each in node.get_params()} if node.type != "classdef" else set())
    return frozenset(shared)
