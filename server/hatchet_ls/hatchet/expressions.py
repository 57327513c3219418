"""The CEL expressions of a program, and whose input they see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from hatchet_ls.hatchet.cel_places import CONCURRENCY_LIMIT, PARENT_CONDITION, PLACES, Place
from hatchet_ls.hatchet.program import Argument, Call, Expression, Items, Known, Object, Task, Value, Workflow

_HOLDERS = ("concurrency", "rate_limits", "idempotency")
"""The arguments of a workflow or task that take objects whose expressions see its input."""


def expressions(
    calls: Iterable[Call],
    workflows: Sequence[Workflow],
    tasks: Sequence[Task],
    task_of: Callable[[Value], Task | None],
) -> Iterator[Expression]:
    """The expressions in the arguments of calls, in the order of the calls.

    What is expected to fail, and what an overriding subclass takes, is left out.
    """
    users = _users(workflows, tasks)
    made = {id(task.call): task for task in tasks}
    for call, argument, place in places(calls):
        match argument.value:
            case Known(str(text)) as value if text or place.needed:
                own = made.get(id(call))
                owners = users.get((id(call.source), *call.span), ()) if own is None else (own,)
                parent = task_of(call.argument("parent").value) if place is PARENT_CONDITION else None
                yield Expression(call, argument, value, place, tuple(owners), parent)


def places(calls: Iterable[Call]) -> Iterator[tuple[Call, Argument, Place]]:
    """The written arguments that take a CEL expression."""
    for call in calls:
        taken = PLACES.get(call.key)
        if taken is None or call.guarded or call.overridden is not None:
            continue
        for argument in call.arguments:
            place = taken.get(argument.name)
            if place is not None and (place is not CONCURRENCY_LIMIT or _takes_text(call, argument.name)):
                yield call, argument, place


def _takes_text(call: Call, name: str) -> bool:
    """Whether the installed SDK takes a text for a parameter (``max_runs`` was a number only before 1.40)."""
    return any(each.name == name and "str" in each.annotation for each in call.parameters)


def _users(workflows: Sequence[Workflow], tasks: Sequence[Task]) -> dict[tuple[int, int, int], list[Workflow | Task]]:
    """Who uses an object, by the place of the call that makes it."""
    users: dict[tuple[int, int, int], list[Workflow | Task]] = {}
    owners: list[Workflow | Task] = [*workflows, *tasks]
    for owner in owners:
        for name in _HOLDERS:
            for key in _made_at(owner.argument(name).value):
                users.setdefault(key, []).append(owner)
    return users


def _made_at(value: Value) -> Iterator[tuple[int, int, int]]:
    match value:
        case Known(Items(_, items)):
            for item in items:
                yield from _made_at(item)
        case Known(Object(source=source, span=span)) if source is not None and span is not None:
            yield id(source), span.start, span.end
