"""
Checks for plain sleeps in durable tasks.

## What happens
At run `asyncio.sleep` keeps the task on its worker, in its slot, for the whole wait, and `time.sleep` stops the
worker's event loop and with it every other task there. Neither is recorded: when the task is resumed after a restart,
a deploy or an eviction, it sleeps the whole time again. `ctx.aio_sleep_for` is recorded, frees the slot and goes on
where it was.

`asyncio.sleep(0)` only lets others run, and is fine. What is looked at is the task's own body and, one call deep, the
functions of the project that it calls; not those that go on beside the task, as with `asyncio.create_task`, and not
what they do only with other arguments than those of the call, or with a context that is not durable.

## Example
```py
import asyncio

from hatchet_sdk import DurableContext, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.durable_task()
async def remind(input: EmptyModel, ctx: DurableContext) -> None:
    await asyncio.sleep(3600)  # warning: [durable-plain-sleep]
```

## Use instead
```py
from datetime import timedelta

from hatchet_sdk import DurableContext, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.durable_task(execution_timeout=timedelta(hours=2))
async def remind(input: EmptyModel, ctx: DurableContext) -> None:
    await ctx.aio_sleep_for(timedelta(seconds=3600))
```

## Fix safety
Unsafe: a durable sleep is one more entry in the task's history, so that runs which are under way when it is deployed
cannot be resumed. Durable sleeps count whole seconds: there is no fix for a fraction of one, nor where nobody knows
that it is none. An `int`, by its value or by an annotation, is known to be whole, and so is what is calculated from
such without `/`; a field `delay: float` is not. Nor is there a fix where the clock or chance may have a say in the
number, which the engine would compare when the task is resumed, or where a comment stands within the call.

## References
- https://docs.hatchet.run/v1/durable-sleep
- `hatchet_sdk.DurableContext.aio_sleep_for`
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hatchet_ls.hatchet.program import BodyCall, Function, Known, Program, Task, Use
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.rules.durable._bodies import by_place, durable_body, source_of, subject, trail
from hatchet_ls.rules.durable._effects import CLOCK, RANDOM, SLEEPS
from hatchet_ls.text import Edit, Span

_BLOCKING = frozenset({"time.sleep"})
_AWAITED = frozenset({"asyncio.sleep", "anyio.sleep", "trio.sleep"})
_WAITERS = frozenset({"asyncio.gather", "asyncio.wait_for", "asyncio.shield"})
"""What runs the coroutines that it is given, while one waits for it."""
_WITH_FIX = _BLOCKING | _AWAITED


@rule(severity=Severity.WARNING, since="0.1.0")
def durable_plain_sleep(task: Task, program: Program) -> Iterator[Finding]:
    """A sleep that is not the context's, in the body of a durable task or in a helper that it calls."""
    function = durable_body(task, program)
    if function is None:
        return
    calls = function.calls()
    sleeps = [call for call in calls if call.path in SLEEPS and not _is_zero(call)]
    for call in sleeps:
        if call.trail:
            continue
        what = f"`{_shown(call, function)}` in the durable task `{function.name}`"
        if call.path in _AWAITED:
            message = f"{what} holds its slot and is not recorded: it starts over each time the task is resumed"
        else:
            blocked = "the worker's event loop" if function.is_async else "its thread"
            message = f"{what} blocks {blocked} and is not recorded: it starts over each time the task is resumed"
        yield Finding(call.span, message, fix=_fix(call, calls, function, program))
    for inside in by_place([call for call in sleeps if call.trail and not _is_in_background(call, calls)]):
        yield Finding(
            inside[0].span,
            f"{subject(inside[0], 'sleeps')} in the durable task `{function.name}`: "
            "that holds its slot and is not recorded, and starts over each time the task is resumed",
            related=trail(inside, lambda name: f"`{name}` is called here"),
        )


def _is_in_background(call: BodyCall, calls: Sequence[BodyCall]) -> bool:
    """Whether the call may go on beside the task, which does not wait for it as such."""
    waits = (each for each in calls if each.awaited and each.path in _WAITERS and not each.trail)
    return call.left_open and not any(each.span.contains(call.span) for each in waits)


def _is_zero(call: BodyCall) -> bool:
    match [argument.value for argument in call.arguments]:
        case [Known(0 | 0.0), *_]:
            return True
    return False


def _shown(call: BodyCall, function: Function) -> str:
    """The call on one line, without its comments."""
    text = function.source.slice(call.span)
    if not _has_comment_or_lines(text):
        return text
    given = ", ".join(
        function.source.slice(Span((argument.keyword_span or argument.span).start, argument.span.end))
        for argument in call.arguments
    )
    return f"{text.partition('(')[0].strip()}({'...' if _has_comment_or_lines(given) else given or '...'})"


def _has_comment_or_lines(text: str) -> bool:
    return "#" in text or len(text.splitlines()) > 1


def _fix(call: BodyCall, calls: Sequence[BodyCall], function: Function, program: Program) -> Fix | None:
    if call.path not in _WITH_FIX or not function.is_async or function.context_name is None or len(call.arguments) != 1:
        return None
    duration = call.arguments[0]
    if not call.whole() or "#" in function.source.slice(call.span):
        return None
    match duration.value:
        case Known(int() | float() as seconds):
            if seconds < 1:
                return None
        case _ if any(map(_may_reach_sleeps, calls)):
            return None
    if call.path in _BLOCKING and call.in_generator:
        return None
    timedelta, imports = program.import_name("datetime", "timedelta")
    sleep = f"{function.context_name}.aio_sleep_for({timedelta}(seconds={function.source.slice(duration.span)}))"
    text = f"await {sleep}" if call.path in _BLOCKING else sleep
    return Fix(f"Use `{function.context_name}.aio_sleep_for`", (*imports, Edit(call.span, text)), Applicability.UNSAFE)


def _may_reach_sleeps(call: BodyCall) -> bool:
    """Whether a call gives a value by the clock or by chance, and another call gets it."""
    return source_of(call) in (CLOCK, RANDOM) and not call.uses().isdisjoint({Use.PASSED, Use.OTHER})
