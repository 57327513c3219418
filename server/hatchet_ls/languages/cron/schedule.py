"""What a cron expression says, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cached_property

from hatchet_ls.text import Span
from hatchet_ls.text.typed import NamedTuple


class Unit(NamedTuple):
    """What one field of an expression counts."""

    name: str
    low: int
    high: int
    names: Mapping[str, int]
    """Three letters, in lower case."""
    full_names: tuple[str, ...]
    """What the names are short for, in lower case."""


def _named(name: str, low: int, high: int, full_names: str) -> Unit:
    words = tuple(full_names.split())
    return Unit(name, low, high, {word[:3]: low + index for index, word in enumerate(words)}, words)


SECOND = _named("second", 0, 59, "")
MINUTE = _named("minute", 0, 59, "")
HOUR = _named("hour", 0, 23, "")
DAY = _named("day of the month", 1, 31, "")
MONTH = _named("month", 1, 12, "january february march april may june july august september october november december")
WEEKDAY = _named("weekday", 0, 6, "sunday monday tuesday wednesday thursday friday saturday")
UNITS = (SECOND, MINUTE, HOUR, DAY, MONTH, WEEKDAY)
"""In the order of the fields."""


class ProblemKind(Enum):
    """What is wrong."""

    EMPTY = "empty"
    PREFIX = "prefix"
    """A time zone without an expression behind it."""
    ZONE = "zone"
    """A time zone that nobody knows."""
    DESCRIPTOR = "descriptor"
    """``@daily`` and the like."""
    FIELD_COUNT = "field count"
    SYNTAX = "syntax"
    """Neither number nor name, or a misplaced sign."""
    RANGE = "range"
    """Below or above what the field counts, or starting after its end."""
    STEP = "step"
    NEVER = "never"
    """Nothing is wrong but that it never fires: only where that is a reason for a refusal."""


class Replacement(NamedTuple):
    """Put ``content`` in the place of ``span``; the problem is gone then."""

    span: Span
    content: str
    certain: bool
    """It is what the author means; else what most authors mean."""


class CronProblem(NamedTuple):
    """Why an expression is refused."""

    span: Span
    """Of the offending part, in code points of the expression."""
    message: str
    """A clause with its code in backticks: "weekday `7` is above 6 (Sunday is `0`)", without a colon."""
    kind: ProblemKind
    suggestion: Replacement | None = None


class Item(NamedTuple):
    """One of the comma-separated items of a field: every ``step``-th value from ``low`` to ``high``."""

    low: int
    high: int
    step: int
    star: bool
    """Written as ``*`` or ``?``, without a step above 1."""

    @property
    def values(self) -> range:
        """What it stands for."""
        return range(self.low, self.high + 1, self.step)


class Field:
    """One field of an expression."""

    def __init__(self, unit: Unit, span: Span | None, items: tuple[Item, ...]) -> None:
        """``span`` is None for the seconds of an expression that has none; ``items`` are those that are right, none at
        all in a field such as ``,``."""
        self.unit = unit
        self.span = span
        self.items = items

    @cached_property
    def values(self) -> frozenset[int]:
        """Every value at which it fires."""
        return frozenset(value for item in self.items for value in item.values)

    @property
    def star(self) -> bool:
        """Whether an item of it is ``*`` or ``?``, which makes the other one of the two day fields decide alone."""
        return any(item.star for item in self.items)

    @property
    def bits(self) -> int:
        """The engine's own form: bit ``i`` for the value ``i``, the highest bit for ``star``."""
        return sum(1 << value for value in self.values) | (1 << 63 if self.star else 0)


class Schedule(NamedTuple):
    """A parsed expression; where it is wrong, what could be understood of it."""

    text: str
    fields: tuple[Field, ...]
    """Seconds, minutes, hours, days, months, weekdays; empty when their number is wrong."""
    zone: str | None
    """The time zone of the prefix, as written; None without a prefix."""
    zone_span: Span | None
    problems: tuple[CronProblem, ...] = ()
    """Why the engine refuses it, by place; none when it takes it."""

    @property
    def accepted(self) -> bool:
        """Whether the engine takes it."""
        return not self.problems

    @property
    def has_seconds(self) -> bool:
        """Whether its first field counts seconds."""
        return bool(self.fields) and self.fields[0].span is not None
