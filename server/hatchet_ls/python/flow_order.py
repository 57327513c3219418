"""The order in which the items of a set come, which is another one in each process.

A set carries what is known of its items (``Carried.items``). Where these are taken one after another, by a loop, by
``list`` or by ``pop``, their order is an origin of its own: the ``Taking``. It goes on in the items, and ends where the
order does not matter: in ``sorted``, in another set, in a sum.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from hatchet_ls.python.flow_forks import Forks
from hatchet_ls.python.flow_values import EMPTY, NOTHING, REST, UNREAD, Carried, Kind, Origins, SetOf, State
from hatchet_ls.python.parse import Node

_MAKERS = frozenset({"copy", "union", "intersection", "difference", "symmetric_difference"})
_GROWING = frozenset({"add", "update", "symmetric_difference_update"})


class Sets(Protocol):
    """Which expressions are sets, by what is declared and written."""

    def declared(self, node: Node) -> SetOf | None:
        """What a name, or the attribute read or call that a trailer ends, is by its declaration, if a set."""

    def annotated(self, node: Node) -> frozenset[Kind] | None:
        """What the items of a name are by its annotation, if that says it of a set."""

    def items(self, node: Node) -> frozenset[Kind]:
        """What the items of an expression are."""

    def kind(self, node: Node) -> Kind:
        """What an expression is."""


class How(Enum):
    """How the items of a set are taken."""

    EACH = "each"
    POP = "pop"
    WHOLE = "whole"
    """With the value that the set is a part of."""
    RETURNED = "returned"
    """By a function, whose result they are."""


@dataclass(eq=False)
class Taking:
    """A place where the items of a set are taken one after another."""

    node: Node
    how: How
    items: SetOf
    """Of whichever set it is: of all that it may be."""


class Orders(Forks):
    """Follows the order of sets."""

    def __init__(self, sets: Sets | None) -> None:
        super().__init__()
        self._sets = sets
        self._declared: dict[int, SetOf | None] = {}
        self._takings: dict[int, Taking] = {}
        """By the id of the node."""
        self._orders: set[int] = set()
        """The ids of the takings: those of all origins that are an order."""
        self._makers: dict[int, Node] = {}

    def takings(self) -> list[Taking]:
        """The places of the body where items are taken from a set whose order may be another one."""
        return [each for each in self._takings.values() if each.how is not How.RETURNED]

    def makers(self, taking: Taking) -> list[Node]:
        """Where the body makes the set."""
        return [self._makers[each] for each in taking.items.made]

    # sets

    def _by_declaration(self, node: Node) -> SetOf | None:
        """What a name, attribute or call is, that the body itself does not settle."""
        if self._sets is None:
            return None
        if id(node) not in self._declared:
            self._nodes.append(node)
            self._declared[id(node)] = self._sets.declared(node)
        return self._declared[id(node)]

    def _annotated(self, name: Node, value: Carried) -> Carried:
        """A value as it goes into a name: what is in a set is what the name's annotation says, whoever puts it in."""
        kinds = self._sets.annotated(name) if self._sets is not None and value.items is not None else None
        return replace(value, items=replace(value.items, kinds=kinds)) if value.items and kinds else value

    def _made_set(self, node: Node, count: int, kinds: frozenset[Kind]) -> SetOf:
        self._makers[id(node)] = node
        return SetOf(min(count, 2), kinds, frozenset({id(node)}))

    def _kinds(self, node: Node, value: Carried) -> frozenset[Kind]:
        """What the items of an expression are."""
        if value.items is not None:
            return value.items.kinds
        return self._sets.items(node) if self._sets is not None else frozenset({Kind.OTHER})

    def _kind(self, node: Node) -> Kind:
        return self._sets.kind(node) if self._sets is not None else Kind.OTHER

    @staticmethod
    def _operated(operator: str, values: list[Carried]) -> SetOf | None:
        """What ``a | b`` or ``a - b`` gives, when it is known that the first is a set."""
        first, *others = (value.items for value in values)
        if first is not None and operator in ("|", "^"):
            for other in others:
                first |= other or SetOf()
        if first is not None and operator == "&":
            for other in others:
                first = replace(first, count=min(first.count, other.count if other is not None else 2))
        return first if operator in ("|", "&", "^", "-") else None

    def _after_method(
        self, trailer: Node, method: str, receiver: SetOf, base: Node, state: State
    ) -> tuple[SetOf | None, State]:
        """What a set's method gives, if a set, and the state after it."""
        inner = trailer.children[1]
        given = [] if inner == ")" else inner.children[::2] if inner.type == "arglist" else [inner]
        items = receiver
        for node in given if method in ("union", "symmetric_difference") or method in _GROWING else ():
            one = method == "add"
            kinds = frozenset({self._kind(node)}) if one else self._kinds(node, EMPTY)
            items |= SetOf(1 if one else 2, kinds)
        if method in _MAKERS:
            return items, state
        if base.type == "name" and base.value in state.names and (method in _GROWING or method == "clear"):
            items = SetOf(0, frozenset()) if method == "clear" else items
            now = self._annotated(base, replace(state.names[base.value], items=items))
            state = replace(state, names={**state.names, base.value: now})
        return None, state

    # taking their items

    def _taking(self, node: Node, how: How, items: SetOf) -> Origins:
        taking = self._takings.setdefault(id(node), Taking(node, how, items))
        taking.items |= items
        self._orders.add(id(taking))
        return frozenset({id(taking)})

    def _in_order(self, node: Node, value: Carried, how: How = How.EACH) -> Carried:
        """A value whose items are taken one after another."""
        if value.items is None:
            return value
        if not value.items.is_shuffled:
            return replace(value, items=None)
        order = self._taking(node, how, value.items)
        return Carried(value.own, {REST: value.item.plus(order)})

    def _in_whole(self, node: Node, value: Carried) -> Origins:
        """The orders of the sets in a value."""
        found = NOTHING
        if value.items is not None and value.items.is_shuffled:
            found |= self._taking(node, How.WHOLE, value.items)
        return found.union(*(self._in_whole(node, part) for part in value.parts.values()))

    # where the order matters

    def _is_order(self, origins: Origins) -> Origins:
        if not self._orders:
            return NOTHING
        return frozenset(each for each in origins if (each if each >= 0 else ~each) in self._orders)

    def _inner_order(self, value: Carried) -> Origins:
        """The orders of what is in a value, and not of the value as such."""
        return self._is_order(value.all) - value.own if value.parts and self._orders else NOTHING

    def _tested(self, value: Carried) -> Origins:
        """What a test of the value depends on: not on the order of what is in it."""
        decided = frozenset(origin for origin in value.all if origin < 0)
        return (value.own | decided | value.parts.get(UNREAD, EMPTY).all) - self._inner_order(value)

    def _compared(self, value: Carried) -> Origins:
        """What a comparison of the value depends on: on the items of ``(len(name), name)`` one by one."""
        whole = value.all - self._inner_order(value)
        return whole.union(*(part.all for name, part in value.parts.items() if name != REST))

    def _in_any_order(self, value: Carried) -> Carried:
        """A value when the order of its items does not matter any more."""
        return value.less(self._inner_order(value) - self._turns)

    def _operand(self, origins: Origins, inner: Origins) -> Carried:
        """What an operator makes of its operands: what is in the lists that it joins stays in there."""
        return Carried(origins - inner, {REST: Carried(inner)} if inner else {})

    def _bound(self, value: Carried) -> Carried:
        """A value as it is bound under the tests around.

        When a test of an item chose it (the longest one, one that is allowed), the order need not matter any more.
        """
        chosen = self._is_order(self._control)
        if not chosen:
            return value.plus(self._control)
        return value.less(frozenset(each if each >= 0 else ~each for each in chosen)).plus(self._control - chosen)
