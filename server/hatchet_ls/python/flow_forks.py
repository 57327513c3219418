"""What decides on what: the ways that a function may take, and with which operations it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hatchet_ls.python.flow_values import NOTHING, Meaning, Origins, State, Use, differ
from hatchet_ls.python.parse import Node

_Way = dict[int, Mapping[str, object]]
"""The operations that a way of a fork may go on with, by their trailers: what is compared of each."""


@dataclass
class _Fork:
    """A test, and with which operations its two ways go on."""

    turns: Origins
    """The orders of the loops around it."""
    origins: Origins = NOTHING
    """What decides."""
    ways: tuple[_Way, _Way] = field(default_factory=lambda: ({}, {}))


class Forks:
    """Keeps what becomes of each origin, and what each test decides between."""

    def __init__(self) -> None:
        self._uses: dict[int, set[Use]] = {}
        self._nodes: list[Node] = []
        """Keeps the nodes alive whose ids are origins."""
        self._control: Origins = NOTHING
        """The origins of the tests around the place that is being looked at.

        A loop's are only implied: from one resumption to the next it may well end after the same turn.
        """
        self._forks: dict[int, _Fork] = {}
        """By the test's node."""
        self._turns: Origins = NOTHING
        """The orders in which the loops come by their items that are around the place that is being looked at."""
        self._turns_of: dict[int, Origins] = {}
        """The same for each operation, by its trailer."""
        self._operations = 0
        """How many operations have been met."""

    def _record(self, origins: Origins, use: Use) -> None:
        for origin in origins:
            if origin < 0 and use in (Use.ARGUMENT, Use.GUARD):
                self._uses.setdefault(~origin, set()).add(Use.SWAY)
            else:
                self._uses.setdefault(origin if origin >= 0 else ~origin, set()).add(use)

    def _deciding(self, state: State) -> Origins:
        """What decided that the run is here."""
        return self._control | state.escaped | state.left

    def _fork(self, node: Node, tests: Origins, state: State) -> tuple[State, State]:
        """The states on the two ways after a test."""
        if not tests:
            return state, state
        self._forks.setdefault(id(node), _Fork(self._turns)).origins |= tests
        self._nodes.append(node)
        first, second = (id(node), 0), (id(node), 1)
        others = state.open - {first, second}
        return replace(state, open=others | {first}), replace(state, open=others | {second})

    def _operation(self, trailer: Node, meaning: Meaning, state: State) -> State:
        """After an operation, with which the ways of the open forks go on."""
        self._operations += 1
        self._turns_of[id(trailer)] = self._turns
        self._go_on(id(trailer), meaning.compared, state)
        return replace(state, open=frozenset())

    def _go_on(self, operation: int, compared: Mapping[str, object], state: State) -> None:
        """The ways of the open forks go on with an operation."""
        for fork, way in state.open:
            self._forks[fork].ways[way][operation] = compared

    def _lose(self, state: State) -> State:
        """The ways of the open forks end, or go on with what is not known."""
        self._go_on(0, {}, state)
        return replace(state, open=frozenset())

    def _settle_forks(self) -> None:
        """Record what decides between different operations.

        A run that took the one way is resumed on the other and meets, at the same place of its history, one of the
        operations of that other way. That fails for certain only if it is none that the first way may have recorded
        there, so each operation of the one way has to differ from each of the other. An operation that both ways can
        reach (after the branches have met again) is equal to itself, and then it depends on something else, such as
        the input, whether the two runs differ at all. A way that ends without an operation, or goes on with an unknown
        one, fails for certain neither. An operation inside a branch still depends on the test (``SWAY``); where nothing
        but the common rest follows, nothing does.
        """
        for fork in self._forks.values():
            first, second = fork.ways
            pairs = [(one, other) for one in first.values() for other in second.values()]
            if pairs and all(differ(one, other) for one, other in pairs):
                # What a loop finds among its items does not depend on their order, only what it does at each of them.
                outside = [fork.turns - self._turns_of.get(operation, NOTHING) for operation in (*first, *second)]
                self._record(fork.origins - NOTHING.union(*outside), Use.GUARD)
