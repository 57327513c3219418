"""What the flow knows at a point of a function: which values carry which origins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum


class Use(Enum):
    """What becomes of a value."""

    ARGUMENT = "argument"
    """It reaches an argument that matters of an operation."""
    GUARD = "guard"
    """It decides which operation comes next, and each of the one way differs from each of the other."""
    SWAY = "sway"
    """It decides whether or how often an operation runs, or which value it gets."""
    ASIDE = "aside"
    """It reaches another argument of an operation."""
    TEST = "test"
    """It decides a branch or a loop."""
    LOG = "log"
    """It is written to a log."""
    RESULT = "result"
    """It is returned, yielded or raised."""
    CHOICE = "choice"
    """It decides whether a value is returned."""
    PASSED = "passed"
    """It is an argument of a call that is not known."""
    CHANGE = "change"
    """It is stored in a parameter."""
    OTHER = "other"
    """It goes elsewhere, where it cannot be followed."""


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
    DRAW = "draw"
    """Its result is settled by its arguments and the seed of a generator, once that has one."""
    SEED = "seed"
    """It gives a generator its seed."""
    SET = "set"
    """Its result is a set of the items of its argument."""
    PAIRING = "pairing"
    """Its result has tuples with an item of each argument: ``zip``."""
    COUNTING = "counting"
    """Its result has pairs of a number and an item of its argument: ``enumerate``."""
    ITEM = "item"
    """Its result is one of the items of its argument: ``next``."""
    COPY = "copy"
    """Its result is like its argument, with its keywords for further parts."""
    LENGTH = "length"
    """Its result says how many items there are in its argument, whatever is in these."""
    HELPER = "helper"
    """A function of the project, which is not followed here."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a call means to the flow, and which of its arguments count."""

    role: Role
    positions: range = range(1000)
    keywords: frozenset[str] | None = None
    """None for all."""
    compared: Mapping[str, object] = field(default_factory=dict)
    """Of an operation: what is compared of it, by name, and by name again where that has parts; only what is known."""
    generator: str | None = None
    """Of what draws or seeds: the generator that it uses."""
    any_order: bool = False
    """The result is the same in whatever order the items of its arguments come."""
    fields: tuple[str, ...] = ()
    """Of a constructor: the parts that its arguments become by position."""
    is_tuple: bool = False
    """What the constructor makes has its fields as items too."""
    sent: frozenset[str] | None = None
    """Of an operation: the parts of its input that are recorded; None for all."""
    parts: frozenset[str] = frozenset()
    """Of a helper: the parts that its result is put together from, as far as they are written in it. Of a constructor:
    those that it makes by itself unless they are given."""

    def takes(self, argument: int | str | None) -> bool:
        """Whether an argument counts, by its position or keyword; None is ``*args`` or ``**kwargs``: not known."""
        if isinstance(argument, int):
            return argument in self.positions
        return argument is not None and (self.keywords is None or argument in self.keywords)

    def parts_of(self, argument: int | str | None) -> list[str]:
        """The parts that an argument becomes in what a constructor makes; none when it goes into the whole."""
        if isinstance(argument, str):
            position = self.fields.index(argument) if self.is_tuple and argument in self.fields else None
            return [argument] if position is None else [argument, str(position)]
        if argument is None or argument >= len(self.fields):
            return []
        return [self.fields[argument], str(argument)] if self.is_tuple else [self.fields[argument]]


def differ(one: object, other: object) -> bool:
    """Whether two operations, or parts of them, certainly differ in what is compared.

    Only parts that are known of both can. A text may become a number on the way: they are not held to differ.
    """
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return any(differ(one[name], other[name]) for name in one.keys() & other.keys())
    numbers = isinstance(one, (int, float)) and isinstance(other, (int, float))
    return (numbers or type(one) is type(other)) and one != other


Origins = frozenset[int]
"""Ids of the trailers whose values are followed; a complement (``~``) is an origin that only decided on the value."""
NOTHING: Origins = frozenset()
REST = "*"
UNREAD = ""
"""The part of a helper's result that nobody reads by a name: what belongs to the whole."""


class Kind(Enum):
    """What the place of an item in a set depends on: its hash."""

    STEADY = "steady"
    """It has the same hash in every process: a number."""
    TEXT = "text"
    """Its hash has a seed of the process's own; texts can be sorted."""
    OTHER = "other"
    """The same, or it is not known what it is."""


@dataclass(frozen=True, slots=True)
class SetOf:
    """What is known of the items of a set."""

    count: int = 2
    """2 for any more."""
    kinds: frozenset[Kind] = frozenset({Kind.OTHER})
    made: frozenset[int] = frozenset()
    """Ids of the nodes that make it."""

    @property
    def is_shuffled(self) -> bool:
        """Whether the items may come in another order in another process."""
        return self.count > 1 and not self.kinds <= {Kind.STEADY}

    def __or__(self, other: SetOf) -> SetOf:
        """A set of the items of both."""
        return SetOf(min(2, self.count + other.count), self.kinds | other.kinds, self.made | other.made)


@dataclass(frozen=True, slots=True)
class Carried:
    """The origins in a value: of the value as such, and of parts of it (attributes, constant keys, ``*`` for any)."""

    own: Origins = NOTHING
    parts: Mapping[str, Carried] = field(default_factory=dict)
    items: SetOf | None = None
    """When the value is a set."""

    @property
    def all(self) -> Origins:
        return self.own.union(*(part.all for part in self.parts.values()))

    def part(self, name: str | None) -> Carried:
        """What reading an attribute or key gives; None for a key that is not known."""
        if name is None:
            return self.item
        found = join(self.parts.get(name, EMPTY), self.parts.get(REST, EMPTY))
        return Carried(self.own | found.own, found.parts)

    @property
    def item(self) -> Carried:
        """What one item of it carries, whichever it is."""
        found = Carried(self.own)
        for part in self.parts.values():
            found = join(found, part)
        return found

    def plus(self, origins: Origins) -> Carried:
        return replace(self, own=self.own | origins) if origins - self.own else self

    def less(self, origins: Origins) -> Carried:
        """Without some origins, and what these decided."""
        if not origins or self.all.isdisjoint(origins | implied(origins)):
            return self
        parts = {name: part.less(origins) for name, part in self.parts.items()}
        return replace(self, own=self.own - origins - implied(origins), parts=parts)

    def with_part(self, path: Sequence[str], value: Carried) -> Carried:
        """After ``value`` is stored in a part; ``*`` keeps what is there."""
        if not path:
            return value
        name, *rest = path
        old = self.parts.get(name, EMPTY)
        new = old.with_part(rest, value)
        return replace(self, parts={**self.parts, name: join(old, new) if name == REST else new})


EMPTY = Carried()


def implied(origins: Origins) -> Origins:
    """The origins of a value that they only decided on."""
    return frozenset(origin if origin < 0 else ~origin for origin in origins)


def join(first: Carried, second: Carried) -> Carried:
    """What a value carries that is one of two."""
    if first is second or second == EMPTY:
        return first
    if first == EMPTY:
        return second
    parts = dict(first.parts)
    for name, part in second.parts.items():
        parts[name] = join(parts.get(name, EMPTY), part)
    return Carried(first.own | second.own, parts, _either(first.items, second.items))


def _either(first: SetOf | None, second: SetOf | None) -> SetOf | None:
    if first is None or second is None:
        return first or second
    return replace(first | second, count=max(first.count, second.count))


@dataclass(frozen=True, slots=True)
class State:
    """What is known at one point of the body."""

    names: Mapping[str, Carried] = field(default_factory=dict)
    escaped: Origins = NOTHING
    """Origins that decided whether the run got here at all: an earlier ``return`` depended on them."""
    left: Origins = NOTHING
    """The same for ``break``, ``continue`` and a caught ``raise``: it ends with the loop or ``try``."""
    open: frozenset[tuple[int, int]] = frozenset()
    """Forks (and which of their two ways was taken) after which no operation has run yet."""
    seeds: Mapping[str, Origins | None] = field(default_factory=dict)
    """The generators that have been seeded, with the origins in their seeds: None when others may have drawn since."""

    def seeded(self, generator: str, seed: Origins | None) -> State:
        """After a generator is given a seed of these origins; None for one that the system chooses."""
        seeds = {name: origins for name, origins in self.seeds.items() if name != generator}
        if seed is not None:
            seeds[generator] = seed
        return replace(self, seeds=seeds)

    def paused(self) -> State:
        """After others have run, who may have drawn from the generators."""
        return replace(self, seeds=dict.fromkeys(self.seeds)) if self.seeds else self

    def drawn(self, generator: str | None, own: Origins) -> Origins:
        """The origins of what is drawn from a generator: those of its seed, once it has one."""
        if generator is None or generator not in self.seeds:
            return own
        seed = self.seeds[generator]
        return implied(own) if seed is None else seed


def merge(states: Iterable[State | None]) -> State | None:
    merged: State | None = None
    for state in states:
        if state is None:
            continue
        if merged is None:
            merged = state
            continue
        names = dict(merged.names)
        for name, value in state.names.items():
            names[name] = join(names.get(name, EMPTY), value)
        merged = State(
            names,
            merged.escaped | state.escaped,
            merged.left | state.left,
            merged.open | state.open,
            _merged_seeds(merged.seeds, state.seeds),
        )
    return merged


def _merged_seeds(
    first: Mapping[str, Origins | None], second: Mapping[str, Origins | None]
) -> Mapping[str, Origins | None]:
    merged: dict[str, Origins | None] = {}
    for name in first.keys() | second.keys():
        one, other = first.get(name), second.get(name)
        merged[name] = None if one is None or other is None else one | other
    return merged
