"""One field of an expression, item by item, as the engine's parser reads it."""

from __future__ import annotations

import re

from hatchet_ls.languages.cron.schedule import (
    DAY,
    MONTH,
    WEEKDAY,
    CronProblem,
    Field,
    Item,
    ProblemKind,
    Replacement,
    Unit,
)
from hatchet_ls.text import Span
from hatchet_ls.text.typed import NamedTuple

_ITEM = "[^,]+"
_INTEGER = "[+-]?[0-9]+"
_MOST_DIGITS = 18
"""More digits, leading zeros aside, may be more than 64 bits hold; all of them are out of every range."""
_LONGEST_QUOTE = 30


class _Refused(Exception):
    """An item is wrong."""

    def __init__(self, kind: ProblemKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


class Read(NamedTuple):
    """A field, and what is wrong with its first wrong item."""

    field: Field
    problem: CronProblem | None


def read_field(text: str, offset: int, unit: Unit) -> Read:
    """Read a field that starts at an offset of its expression. Items that are wrong are left out."""
    items: list[Item] = []
    problem: CronProblem | None = None
    for found in re.finditer(_ITEM, text):
        try:
            items.append(read_item(found.group(), unit))
        except _Refused as refused:
            if problem is None:
                span = Span(offset + found.start(), offset + found.end())
                problem = CronProblem(span, refused.message, refused.kind, _suggestion(found.group(), span, unit))
    return Read(Field(unit, Span(offset, offset + len(text)), tuple(items)), problem)


def read_item(text: str, unit: Unit) -> Item:
    """Read ``*``, ``5``, ``MON-FRI``, ``*/10`` or the like.

    Raises:
        _Refused: the engine does not take it.
    """
    bounds, *steps = text.split("/", 2)
    ends = bounds.split("-", 2)
    star = ends[0] in ("*", "?")
    if star:
        low, high = unit.low, unit.high
    else:
        if len(ends) > 2:
            raise _Refused(ProblemKind.SYNTAX, f"{quote(text)} has too many hyphens")
        low = _value(ends[0], text, unit)
        high = _value(ends[1], text, unit) if len(ends) == 2 else low
    if len(steps) > 1:
        raise _Refused(ProblemKind.SYNTAX, f"{quote(text)} has too many slashes")
    step = 1
    if steps:
        step = _step(steps[0], text)
        high = unit.high if len(ends) == 1 else high
    _in_range(text, low, high, unit)
    if step == 0:
        raise _Refused(ProblemKind.STEP, f"the step of {quote(text)} is 0")
    return Item(low, high, step, star and step == 1)


def _in_range(text: str, low: int, high: int, unit: Unit) -> None:
    if low < unit.low:
        raise _Refused(ProblemKind.RANGE, f"{unit.name} {quote(text)} is below {unit.low}")
    if high > unit.high:
        sunday = " (Sunday is `0`)" if unit is WEEKDAY and high == 7 else ""
        raise _Refused(ProblemKind.RANGE, f"{unit.name} {quote(text)} is above {unit.high}{sunday}")
    if low > high:
        raise _Refused(ProblemKind.RANGE, f"the range {quote(text)} ends before it starts")


def _value(part: str, item: str, unit: Unit) -> int:
    if unit.names:
        # Go's lower case of a dotted capital I is a plain i.
        named = unit.names.get(part.replace("\u0130", "I").lower())
        if named is not None:
            return named
    if not re.fullmatch(_INTEGER, part):
        raise _Refused(ProblemKind.SYNTAX, _unreadable(part, item, unit))
    return _number(part)


def _step(part: str, item: str) -> int:
    if not part:
        raise _Refused(ProblemKind.STEP, f"{quote(item)} lacks its step")
    if not re.fullmatch(_INTEGER, part):
        raise _Refused(ProblemKind.STEP, f"the step {quote(part)} is no number")
    number = _number(part)
    if number < 0:
        raise _Refused(ProblemKind.STEP, f"the step {quote(part)} is negative")
    if number.bit_length() > 63:
        raise _Refused(ProblemKind.STEP, f"the step {quote(part)} is too large")
    return number


def _number(text: str) -> int:
    digits = text.lstrip("+-").lstrip("0")
    value = int(digits or "0") if len(digits) <= _MOST_DIGITS + 1 else 1 << 64
    return -value if text.startswith("-") else value


def _unreadable(part: str, item: str, unit: Unit) -> str:
    if not part:
        return f"{quote(item)} lacks a number"
    if unit in (DAY, WEEKDAY) and re.fullmatch("[0-9]*L[0-9-]*|[0-9]*L?W|[0-9A-Za-z]+#[0-9]", part):
        return f"the engine knows no `L`, `W` and `#`, as in {quote(item)}"
    if part == "H" or part.startswith("H("):
        return "the engine knows no `H`"
    if unit.names:
        example = "JAN" if unit is MONTH else "MON"
        return f"{quote(part)} is no {unit.name} (a number, or three letters such as `{example}`)"
    return f"{quote(part)} is no {unit.name}"


def quote(text: str) -> str:
    """Text in a message, cut when it is long, its backticks straightened."""
    text = text.replace("`", "'")
    return f"`{text}`" if len(text) <= _LONGEST_QUOTE else f"`{text[: _LONGEST_QUOTE - 1]}…`"


def _suggestion(text: str, span: Span, unit: Unit) -> Replacement | None:
    """What the item stands for, if the engine takes that."""
    if len(text) > _LONGEST_QUOTE:
        return None
    # Imported only for what is wrong: most expressions are right.
    from hatchet_ls.languages.cron.suggestions import for_item

    suggestion = for_item(text, unit)
    if suggestion is None:
        return None
    try:
        for item in suggestion.content.split(","):
            read_item(item, unit)
    except _Refused:
        return None
    return Replacement(span, suggestion.content, suggestion.certain)
