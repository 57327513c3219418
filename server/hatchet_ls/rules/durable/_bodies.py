"""What the rules about durable bodies share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from hatchet_ls.hatchet.program import BodyCall, Function, OrderTaken, Program, Task, TaskKind
from hatchet_ls.rules import Related
from hatchet_ls.rules.durable._effects import CLOCK, RANDOM, UNSEEDED, WITHOUT_ARGUMENTS, value_of

T = TypeVar("T", BodyCall, OrderTaken)


def durable_body(task: Task, program: Program) -> Function | None:
    """The function of a durable task, when it stands in the source that is being checked."""
    if task.kind is not TaskKind.DURABLE or task.function is None or task.function.source is not program.source:
        return None
    return task.function


def called(path: str) -> str:
    """A call's path as it is shown: ``requests.Session().get`` is ``requests.Session.get``."""
    return path.removesuffix(".__getitem__").replace("()", "")


def source_of(call: BodyCall) -> str | None:
    """What the value of a call depends on besides the task's input."""
    if call.path in UNSEEDED:
        return RANDOM if not call.arguments else None
    if call.path in WITHOUT_ARGUMENTS:
        return CLOCK if not call.arguments else None
    if call.path == "time.strftime":
        return CLOCK if len(call.arguments) == 1 else None
    return value_of(call.path)


def by_place(found: Sequence[T]) -> Iterator[list[T]]:
    """Groups of one place of the body: a call of a helper has all that it leads to."""
    for _, group in groupby(sorted(found, key=lambda each: each.span), key=lambda each: each.span):
        yield list(group)


def trail(calls: Sequence[BodyCall], describe: Callable[[str], str]) -> tuple[Related, ...]:
    """Where in a helper each of the calls is made; nothing for calls of the body itself."""
    return tuple(
        Related(call.trail[-1].source, call.trail[-1].span, describe(called(call.path))) for call in calls if call.trail
    )


def subject(call: BodyCall, predicate: str) -> str:
    """The start of a sentence on a call: what is called here, and what it does."""
    if call.trail:
        return f"`{call.trail[0].name}` {predicate} (by `{called(call.path)}`)"
    return f"`{called(call.path)}` {predicate}"
