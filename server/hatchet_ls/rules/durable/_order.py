"""The order of a set's items in a durable task."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hatchet_ls.hatchet.program import Function, How, OrderTaken, Use
from hatchet_ls.rules import Applicability, Fix, Related
from hatchet_ls.text import Edit, Span

REACHES = frozenset({Use.ARGUMENT, Use.GUARD})
"""Where an order matters for certain. How often something runs does not depend on it, and what is counted or chosen in
a loop need not."""

_LONG = 40
_MAX_MAKERS = 5
_ANOTHER_SORTED = re.compile(r"\bsorted\b(?!\s*\()|\b(?:def|class)\s+sorted\b")
_WORD_END = re.compile(r"\w")
_LIST_OF = re.compile(r"(?<![\w.])list\(\s*\Z")


def orders(function: Function) -> list[OrderTaken]:
    """Where the order of a set reaches a durable call."""
    return [each for each in function.orders() if each.uses() & REACHES]


def what_differs(taken: OrderTaken) -> str:
    """The start of a sentence: what is another in another process."""
    text = taken.source.slice(taken.place)
    name = f" `{text}`" if len(text) <= _LONG and "\n" not in text else ""
    where = f" in `{taken.trail[0].name}`" if taken.trail else ""
    match taken.how:
        case How.POP:
            return f"What{name or ' `pop`'}{where} takes from its set"
        case How.WHOLE:
            return f"The order of the set in{name or ' this argument'}{where}"
    return f"The order of the set{name}{where}"


def instead(taken: OrderTaken) -> str:
    """What to write."""
    match taken.how:
        case How.POP:
            return "take it from a list that `sorted` makes"
        case How.WHOLE:
            return "pass a list that `sorted` makes"
    return "go through `sorted(...)` of it"


def places(taken: OrderTaken) -> Iterator[Related]:
    """Where in a helper the order is taken, and where the set is made."""
    if taken.trail:
        yield Related(taken.source, taken.place, "The items are taken here")
    row = taken.source.position(taken.place.start).row
    for made in taken.made[:_MAX_MAKERS]:
        if taken.source.position(made.end).row < row:
            yield Related(taken.source, made, "The set is made here")


def sort(taken: OrderTaken) -> Fix | None:
    """Go through ``sorted(...)`` of the set; None where its items need not have an order."""
    if taken.trail or taken.how is not How.EACH or not taken.has_texts or _ANOTHER_SORTED.search(taken.source.text):
        return None
    start = taken.place.start
    before = _LIST_OF.search(taken.source.text, max(0, start - _LONG), start)
    after = re.compile(r"\s*\)").match(taken.source.text, taken.place.end)
    if before is not None and after is not None:
        edit = Edit(Span(before.start(), before.end()), "sorted(")
    else:
        space = " " if _WORD_END.fullmatch(taken.source.text, max(0, start - 1), start) else ""  # `in(names)`
        edit = Edit(taken.place, f"{space}sorted({taken.source.slice(taken.place)})")
    return Fix("Take the items in the order of `sorted`", (edit,), Applicability.UNSAFE)
