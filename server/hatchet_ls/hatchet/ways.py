"""Which ways through a function of the project a call of it takes, as far as its arguments decide that."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from hatchet_ls.python.entities import Library, ProjectFunction
from hatchet_ls.python.evaluate import Evaluator
from hatchet_ls.python.expr import Expr, WrittenArgument, call_arguments
from hatchet_ls.python.parse import Node, walk
from hatchet_ls.python.resolve import Resolver
from hatchet_ls.python.values import Entries, Items, Known, Value

_DURABLE = "hatchet_sdk.DurableContext"
_CONTEXTS = frozenset({_DURABLE, "hatchet_sdk.Context"})
"""What the context of a durable task is an instance of."""
_ASKING = frozenset({"isinstance", "issubclass", "hasattr", "callable", "getattr", "type"})
_SAME = frozenset({"==", "!=", "is", "is not"})
_ORDER: Mapping[str, Callable[..., bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_COMPARISONS: Mapping[str, Callable[..., bool]] = {"==": operator.eq, "!=": operator.ne, **_ORDER}
_LEAVING = frozenset({"return", "raise", "break", "continue"})


class _Verdict(Enum):
    """What a test in a function gives in one call of it."""

    HOLDS = "holds"
    FAILS = "fails"
    GIVEN = "given"
    """An argument that is given decides, and it is not known how."""
    OPEN = "open"
    """It depends on something else."""

    def inverted(self) -> _Verdict:
        """The verdict on ``not test``."""
        return {_Verdict.HOLDS: _Verdict.FAILS, _Verdict.FAILS: _Verdict.HOLDS}.get(self, self)


class _Demand(NamedTuple):
    """What a test has to give for a place to be reached."""

    test: Node
    holds: bool
    otherwise_raises: bool = False
    """Else an exception is raised: no call is written for that."""


class _Argument(NamedTuple):
    """What a parameter gets in a call."""

    expr: Expr | None
    """None when it may be among ``*args`` or ``**kwargs``."""
    value: Value | None
    is_given: bool
    """It is not left to the default."""


class Ways:
    """The ways through ``helper`` in one call of it, which passes ``arguments``.

    A value that is given and not known is supposed to be something: neither None nor empty, which is what one leaves a
    parameter out for.
    """

    def __init__(
        self, resolver: Resolver, evaluator: Evaluator, helper: ProjectFunction, arguments: Sequence[WrittenArgument]
    ) -> None:
        self._resolver = resolver
        self._evaluator = evaluator
        self._module = helper.module
        self._helper = helper.node
        self._arguments = dict(self._bind(helper, arguments))
        self._verdicts: dict[int, _Verdict] = {}

    def exclude(self, node: Node) -> bool:
        """Whether the arguments rule a place of the function out, or decide on it in a way that nobody knows."""
        return any(map(self._is_missed, _demands(node, self._helper))) if self._arguments else False

    def _is_missed(self, demand: _Demand) -> bool:
        verdict = self._verdict(demand.test)
        if verdict is _Verdict.OPEN or (verdict is _Verdict.GIVEN and demand.otherwise_raises):
            return False
        return verdict is not (_Verdict.HOLDS if demand.holds else _Verdict.FAILS)

    def _bind(self, helper: ProjectFunction, arguments: Sequence[WrittenArgument]) -> Iterator[tuple[str, _Argument]]:
        parameters = helper.node.get_params()[helper.bound :]
        positional = [
            each.value
            for each in takewhile(lambda each: each.stars != "*", arguments)
            if each.keyword is None and not each.stars
        ]
        keywords = {each.keyword.value: each.value for each in arguments if each.keyword is not None}
        is_open = any(each.stars for each in arguments)
        for parameter in parameters:
            if parameter.star_count:
                positional.clear()
                continue
            name = parameter.name.value
            given = positional.pop(0) if positional else keywords.get(name)
            if given is not None:
                yield name, _Argument(given, self._evaluator.evaluate(given), True)
            elif is_open:
                yield name, _Argument(None, None, True)
            elif parameter.default is not None:
                default = Expr(helper.module, parameter.default)
                yield name, _Argument(default, self._evaluator.evaluate(default), False)

    # tests

    def _verdict(self, test: Node) -> _Verdict:
        key = id(test)
        if key not in self._verdicts:
            self._verdicts[key] = self._judge(test)
        return self._verdicts[key]

    def _judge(self, test: Node) -> _Verdict:
        match test.type:
            case "name":
                argument = self._argument(test)
                return self._truth(argument) if argument is not None else _Verdict.OPEN
            case "not_test":
                return self._verdict(test.children[1]).inverted()
            case "and_test":
                return self._all(test.children[::2], _Verdict.FAILS)
            case "or_test":
                return self._all(test.children[::2], _Verdict.HOLDS)
            case "atom" if test.children[0] == "(" and len(test.children) == 3:
                return self._verdict(test.children[1])
            case "namedexpr_test":
                return self._verdict(test.children[2])
            case "comparison" if len(test.children) == 3:
                return self._comparison(*test.children)
            case "atom_expr":
                return self._question(test)
        return _Verdict.OPEN

    def _all(self, operands: Sequence[Node], settling: _Verdict) -> _Verdict:
        """``and``, which one operand settles that fails, or ``or``, which one settles that holds."""
        verdicts = {self._verdict(each) for each in operands}
        order = (settling, _Verdict.GIVEN, _Verdict.OPEN)
        return next((each for each in order if each in verdicts), settling.inverted())

    def _argument(self, node: Node) -> _Argument | None:
        """What a name holds that is a parameter."""
        argument = self._arguments.get(node.value) if node.type == "name" else None
        if argument is None or not self._is_bound_before(node):
            return argument
        # It holds something else by now, made of what was given: as much something as that was.
        return _Argument(None, None, True) if argument.is_given and self._truth(argument) is _Verdict.HOLDS else None

    def _is_bound_before(self, name: Node) -> bool:
        first = self._first_bound.get(name.value)
        return first is not None and (first < name.start_pos or _is_in_loop(name, self._helper))

    @cached_property
    def _first_bound(self) -> dict[str, tuple[int, int]]:
        """Where the body first gives a parameter another value."""
        first: dict[str, tuple[int, int]] = {}
        for each in walk(self._helper.children[-1]):
            if each.type == "name" and each.value in self._arguments and each.is_definition():
                first[each.value] = min(each.start_pos, first.get(each.value, each.start_pos))
        return first

    @staticmethod
    def _truth(argument: _Argument) -> _Verdict:
        match argument.value:
            case Known(Items() as items):
                value: object = items.items or not items.complete
            case Known(Entries() as entries):
                value = entries.entries or not entries.complete
            case Known(value):
                pass
            case _:
                return _Verdict.HOLDS if argument.is_given else _Verdict.OPEN
        return _Verdict.HOLDS if value else _Verdict.FAILS

    def _comparison(self, left: Node, sign: Node, right: Node) -> _Verdict:
        word = " ".join(sign.get_code(include_prefix=False).split())
        argument, other = self._argument(left), right
        if argument is None and word in _SAME:
            argument, other = self._argument(right), left
        if argument is None:
            return self._question(left)  # `type(ctx) is DurableContext`
        against = self._evaluator.evaluate(Expr(self._module, other))
        if word in _SAME and ("is" in word or _is_none(against)):
            verdict = self._identity(argument, other, against)
            return verdict if word in ("is", "==") else verdict.inverted()
        decided = _compared(word, argument.value, against)
        if decided is not None:
            return _settled(decided)
        decides = argument.is_given and word not in _ORDER and self._is_fixed(other, against, word)
        return _Verdict.GIVEN if decides else _Verdict.OPEN

    def _identity(self, argument: _Argument, other: Node, against: Value) -> _Verdict:
        match argument.value, against:
            case Known(value), Known(expected):
                return _settled(type(value) is type(expected) and value == expected)
            case _, Known(None | bool() as expected):
                return _settled(bool(expected)) if argument.is_given else _Verdict.OPEN
        if argument.expr is not None and argument.expr.text == Expr(self._module, other).text:
            return _Verdict.HOLDS
        if not argument.is_given:
            return _Verdict.OPEN
        return _Verdict.FAILS if other.type == "name" else _Verdict.GIVEN  # a marker of the helper's own

    def _is_fixed(self, node: Node, value: Value, word: str) -> bool:
        """Whether what an argument is compared with is the same all the time, or another argument."""
        if isinstance(value, Known) or self._argument(node) is not None:
            return True
        local = self._module.scopes.by_node[id(self._helper)].bindings
        leaves = [each for each in walk(node) if each.type in ("name", "operator")]
        return word in _SAME and not any(each.value == "(" or each.value in local for each in leaves)

    def _question(self, call: Node) -> _Verdict:
        """``isinstance(ctx, DurableContext)`` and the like."""
        if call.type != "atom_expr" or len(call.children) != 2 or _text(call.children[0]) not in _ASKING:
            return _Verdict.OPEN
        asked = [each.value for each in call_arguments(self._module, call.children[1])]
        argument = self._argument(asked[0].node) if asked else None
        if argument is None or not argument.is_given:
            return _Verdict.OPEN
        if _text(call.children[0]) != "isinstance" or len(asked) != 2 or argument.expr is None:
            return _Verdict.GIVEN
        made = self._resolver.infer(argument.expr)
        if not isinstance(made, Library) or made.path != f"{_DURABLE}()":
            return _Verdict.GIVEN
        named = [each for each in map(self._resolver.infer, _classes(asked[1])) if isinstance(each, Library)]
        return _Verdict.HOLDS if any(each.path in _CONTEXTS for each in named) else _Verdict.GIVEN


def _settled(holds: object) -> _Verdict:
    return _Verdict.HOLDS if holds else _Verdict.FAILS


def _is_none(value: Value) -> bool:
    return isinstance(value, Known) and value.value is None


def _compared(word: str, value: Value | None, against: Value) -> bool | None:
    """What a comparison of two known values gives."""
    match value, against:
        case Known(int() | float() as one), Known(int() | float() as other):
            return bool(_COMPARISONS[word](one, other)) if word in _COMPARISONS else None
        case Known(str() as one), Known(str() as other):
            return bool(_COMPARISONS[word](one, other)) if word in _COMPARISONS else None
        case Known(int() | float() | str() | None as one), Known(int() | float() | str() | None as other):
            return word == "!=" if word in _SAME else None
        case Known(int() | float() | str() | None as one), Known(Items(items=items, complete=True)):
            among = [each.value for each in items if isinstance(each, Known)]
            if word in ("in", "not in") and len(among) == len(items):
                return (one in among) == (word == "in")
    return None


def _classes(asked: Expr) -> list[Expr]:
    """The classes that ``isinstance`` is asked for."""
    node = asked.node
    if node.type == "atom" and node.children[0] == "(" and len(node.children) == 3:
        node = node.children[1]
    several = node.children[::2] if node.type in ("testlist_comp", "expr", "arith_expr") else [node]
    return [Expr(asked.module, each) for each in several]


def _demands(node: Node, function: Node) -> Iterator[_Demand]:
    """What the tests of a function have to give for a place in it to be reached, by those around it and before it."""
    while node is not function and node.parent is not None:
        parent = node.parent
        siblings = parent.children
        match parent.type:
            case "if_stmt" | "while_stmt":
                yield from _demands_of_branch(parent, node)
            case "test" if node is not siblings[2]:
                yield _Demand(siblings[2], node is siblings[0])
            case "and_test" | "or_test":
                for each in siblings[: siblings.index(node) : 2]:
                    yield _Demand(each, parent.type == "and_test")
            case "suite":
                for each in siblings[: siblings.index(node)]:
                    if each.type == "if_stmt":
                        yield from _demands_behind(each)
        node = parent


def _arms(statement: Node) -> list[tuple[Node | None, Node]]:
    """The tests of an ``if`` or ``while`` with what each of them leads to; None for ``else``."""
    children = statement.children
    arms: list[tuple[Node | None, Node]] = []
    index = 0
    while index < len(children):
        is_else = children[index] == "else"
        arms.append((None if is_else else children[index + 1], children[index + (2 if is_else else 3)]))
        index += 3 if is_else else 4
    return arms


def _demands_of_branch(statement: Node, child: Node) -> Iterator[_Demand]:
    for test, body in _arms(statement):
        if test is child or test is None:
            return
        if body is child:
            yield _Demand(test, True)
            return
        if statement.type == "if_stmt":
            yield _Demand(test, False)


def _demands_behind(statement: Node) -> Iterator[_Demand]:
    """What the tests of an ``if`` have to give for what follows it to be reached."""
    arms = _arms(statement)
    for test, body in takewhile(lambda arm: _last_word(arm[1]) in _LEAVING, arms):
        if test is not None:
            yield _Demand(test, False, otherwise_raises=_last_word(body) == "raise")
    if len(arms) == 2 and arms[0][0] is not None and arms[1][0] is None and _last_word(arms[1][1]) in _LEAVING:
        yield _Demand(arms[0][0], True, otherwise_raises=_last_word(arms[1][1]) == "raise")


def _last_word(body: Node) -> str:
    """The word that the last statement of a block begins with."""
    last = body
    while last.type in ("suite", "simple_stmt"):
        statements = [each for each in last.children if each.type != "newline" and each != ";"]
        if not statements:
            return ""
        last = statements[-1]
    return str(last.get_first_leaf().value)


def _is_in_loop(node: Node, function: Node) -> bool:
    while node is not function and node.parent is not None:
        if node.type in ("for_stmt", "while_stmt"):
            return True
        node = node.parent
    return False


def _text(node: Node) -> str:
    return str(node.get_code(include_prefix=False))
