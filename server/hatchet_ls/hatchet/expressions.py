"""The CEL expressions of a program, and whose input they see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from hatchet_ls.hatchet.cel_places import CONCURRENCY_LIMIT, PARENT_CONDITION, PLACES, Place
from hatchet_ls.hatchet.owners import Owners
from hatchet_ls.hatchet.program import Argument, Call, Expression, Known, Task, Value


def expressions(
    calls: Iterable[Call],
    owners: Owners,
    tasks: Sequence[Task],
    task_of: Callable[[Value], Task | None],
) -> Iterator[Expression]:
    """The expressions in the arguments of calls, in the order of the calls.

    What is expected to fail, and what an overriding subclass takes, is left out.
    """
    made = {id(task.call): task for task in tasks}
    for call, argument, place in places(calls):
        match argument.value:
            case Known(str(text)) as value if text or place.needed:
                own = made.get(id(call))
                whose = owners.get((id(call.source), *call.span), ()) if own is None else (own,)
                parent = task_of(call.argument("parent").value) if place is PARENT_CONDITION else None
                yield Expression(call, argument, value, place, tuple(whose), parent)


def places(calls: Iterable[Call]) -> Iterator[tuple[Call, Argument, Place]]:
    """The written arguments that take a CEL expression."""
    for call in calls:
        taken = PLACES.get(call.key)
        if taken is None or call.overridden is not None:
            continue
        for argument in call.arguments:
            place = taken.get(argument.name)
            if place is None or (place is CONCURRENCY_LIMIT and not _takes_text(call, argument.name)):
                continue
            if not call.guarded:
                yield call, argument, place


def _takes_text(call: Call, name: str) -> bool:
    """Whether the installed SDK takes a text for a parameter (``max_runs`` was a number only before 1.40)."""
    parameter = call.parameter(name)
    return parameter is not None and "str" in parameter.annotation
