"""
Checks for values in durable tasks that are not the same when the task is resumed.

## What happens
At run, each time a durable task is resumed, its function runs again from the top, and the engine compares every
durable call with the one that it recorded at the same place: of a child run the workflow and the input, of a wait the
durations, event keys and expressions. The clock, a random number or an id that was made anew are different by then:

- when the value reaches what is compared, or decides which of two durable calls comes next, the resumed run fails
  with `NonDeterminismError` (an error);
- when it decides whether or how a durable call runs, or goes where it cannot be followed, the two runs of the body
  may do different things (a warning);
- when it is only logged, returned, put into metadata or used to measure time, or decides only what is logged, nothing
  fails, but the value is that of the last resumption (information).

Settings of the environment, the worker, and what holds for one process (the `hash` of a text) often do stay the same,
and are never more than a warning. What `random.seed` settles is not reported, up to the next `await`. The number of
the attempt differs in a retry and when a run is replayed by hand. What is looked at is the task's own body and, one
call deep, the functions of the project that it calls: there counts what they return (of a tuple, dict or object that
they put together, the part in which the value is), and what they change in their arguments, on the ways that the
arguments of the call leave open. A model that is made without a field counts by what makes it then
(`Field(default_factory=uuid4)`), where that is certain to fail. Silent on `now or datetime.now()` behind
`expires(now=await ctx.aio_now())`, and on what a helper does only with a context that is not durable.

The items of a set come in another order in each process, as the hash of a text has a seed of the process's own
(`PYTHONHASHSEED`). A loop over a set is reported when a durable call gets the items, or when they decide which one
comes next; `list`, `join`, `next`, `pop` and a set in the input of a child as well. It is never more than a warning:
a task that is resumed in the same process meets the same order; and it is information only where nobody knows whether
the items are texts. Write `sorted(...)`. Not reported are sets of numbers, whose hash is the same everywhere, and what
does not depend on the order: `sorted`, `len`, `in`, `min`, `sum`, another set.

## Example
```py
from datetime import timedelta
from random import randint, random

from hatchet_sdk import DurableContext, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.durable_task(execution_timeout=timedelta(hours=1))
async def poll(input: EmptyModel, ctx: DurableContext) -> None:
    await ctx.aio_sleep_for(timedelta(seconds=randint(10, 60)))  # error: [durable-nondeterministic-value]


@hatchet.durable_task(execution_timeout=timedelta(hours=1))
async def sample(input: EmptyModel, ctx: DurableContext) -> None:
    if random() < 0.1:  # warning: [durable-nondeterministic-value]
        await ctx.aio_sleep_for(timedelta(minutes=30))
```

## Use instead
The input, the result of a child, and for the time `ctx.aio_now()`, which is recorded.

```py
from datetime import timedelta
from random import randint

from hatchet_sdk import Context, DurableContext, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task()
def pick_delay(input: EmptyModel, ctx: Context) -> dict[str, int]:
    return {"seconds": randint(10, 60)}


@hatchet.durable_task(execution_timeout=timedelta(hours=1))
async def poll(input: EmptyModel, ctx: DurableContext) -> None:
    delay = await pick_delay.aio_run(input)
    await ctx.aio_sleep_for(timedelta(seconds=delay["seconds"]))
```

## Fix safety
`datetime.now`, `datetime.utcnow`, `date.today` and `time.time` become `await ctx.aio_now()`, followed by what makes
of that (an aware time in UTC) the same kind of value. Unsafe: it is one more entry in the task's history, so that
runs which are under way when it is deployed cannot be resumed. A set of texts becomes `sorted(...)` of it. Unsafe as
well: runs which are under way have another order in their history.

## References
- https://docs.hatchet.run/v1/durable-tasks
- https://docs.hatchet.run/v1/patterns
- `hatchet_sdk.DurableContext.aio_now`
- `hatchet_sdk.NonDeterminismError`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Access, BodyCall, Known, Program, Task, Use
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.durable._bodies import by_place, durable_body, source_of, subject, trail
from hatchet_ls.rules.durable._clock import use_recorded_time
from hatchet_ls.rules.durable._effects import (
    BETWEEN_ATTEMPTS,
    CLOCK,
    CONTEXT_VALUES,
    ENVIRONMENT,
    LASTING,
    OF_WORKER,
    PROCESS,
    RANDOM,
)
from hatchet_ls.rules.durable._order import instead, orders, places, sort, what_differs
from hatchet_ls.text import Span

_HARMLESS = frozenset({Use.LOG, Use.RESULT, Use.CHOICE, Use.ASIDE, Use.TEST})
_INSTEAD = {
    CLOCK: "take it from `ctx.aio_now()`",
    RANDOM: "make it in a child task",
    ENVIRONMENT: "read it in a child task or pass it in the input",
    PROCESS: "make it in a child task",
}


@rule(severity=Severity.WARNING, since="0.1.0", sdk="1.29.0")
def durable_nondeterministic_value(task: Task, program: Program) -> Iterator[Finding]:
    """A value from outside the task's input and history, by where it goes in the body of a durable task."""
    function = durable_body(task, program)
    if function is None:
        return
    found = [call for call in function.calls() if _source(call, task) is not None and _counts(call, task)]
    for calls in by_place(found):
        worst = min(calls, key=lambda call: _severity(call, task).rank)
        source = _source(worst, task)
        assert source is not None
        severity = _severity(worst, task)
        consequence = _consequence(worst.uses(), severity, function.name, source)
        message = f"{subject(worst, f'depends on {source}')}, {consequence}"
        harmless = severity is Severity.INFORMATION
        yield Finding(
            worst.span,
            message if harmless else f"{message}; {_INSTEAD[source]}",
            fix=use_recorded_time(worst, function, program) if not harmless else None,
            related=trail(calls, lambda name: f"`{name}` is called here"),
            severity=severity,
        )
    yield from _context_values(task, program)
    for group in by_place(orders(function)):
        taken = max(group, key=lambda each: each.is_certain)
        differs = "differs from process to process" + ("" if taken.is_certain else " unless its items are numbers")
        consequence = _consequence(taken.uses(), Severity.WARNING, function.name)
        yield Finding(
            taken.span,
            f"{what_differs(taken)} {differs}, {consequence}; {instead(taken)}",
            fix=sort(taken),
            related=tuple(places(taken)),
            severity=Severity.WARNING if taken.is_certain else Severity.INFORMATION,
        )


def _context_values(task: Task, program: Program) -> Iterator[Finding]:
    """Properties of the context; to log or return them is what they are for."""
    for access in program.accesses_in(task):
        if access.owner != "DurableContext" or access.name not in CONTEXT_VALUES:
            continue
        uses = access.uses()
        severity = _grade(uses, certain=access.name not in OF_WORKER)
        if severity is Severity.INFORMATION or access.stored:
            continue
        again = "retrying" if access.name in BETWEEN_ATTEMPTS else "resuming"
        says = f"{_shown(access)} {CONTEXT_VALUES[access.name]}"
        consequence = _consequence(uses, severity, _name(task), again=again)
        yield Finding(
            Span(access.owner_span.start, access.span.end),
            f"{says}, {consequence}; decide by the input and recorded results",
            severity=severity,
        )


def _shown(access: Access) -> str:
    return f"`{access.source.slice(access.owner_span)}.{access.name}`"


def _name(task: Task) -> str:
    assert task.function is not None
    return task.function.name


def _source(call: BodyCall, task: Task) -> str | None:
    """What the value of a call depends on."""
    if call.path == "hash":
        return PROCESS if len(call.arguments) == 1 and _is_text(call, task) else None
    return source_of(call)


def _counts(call: BodyCall, task: Task) -> bool:
    """Whether there is something to say of a value. Of what nobody wrote there, only where it certainly fails."""
    return bool(call.uses()) and not (call.implicit and _severity(call, task) is not Severity.ERROR)


def _is_text(call: BodyCall, task: Task) -> bool:
    """Whether the only argument of a call is a text or bytes: known, or a field of the input."""
    value = call.arguments[0].value
    if isinstance(value, Known):
        return isinstance(value.value, (str, bytes))
    function, model = task.function, task.input_model
    if call.trail or function is None or function.input_span is None or model is None:
        return False
    owner, _, name = value.source.slice(value.span).partition(".")
    fields = {each.name: each.annotation for each in model.fields}
    return owner == function.source.slice(function.input_span) and fields.get(name) in ("str", "bytes")


def _severity(call: BodyCall, task: Task) -> Severity:
    return _grade(call.uses(), certain=_source(call, task) not in LASTING)


def _grade(uses: frozenset[Use], *, certain: bool) -> Severity:
    if uses & {Use.ARGUMENT, Use.GUARD}:
        return Severity.ERROR if certain else Severity.WARNING
    return Severity.INFORMATION if uses <= _HARMLESS else Severity.WARNING


def _consequence(
    uses: frozenset[Use], severity: Severity, name: str, source: str | None = None, *, again: str = "resuming"
) -> str:
    fails = f"{again} `{name}` {'fails' if severity is Severity.ERROR else 'can fail'} with `NonDeterminismError`"
    if Use.ARGUMENT in uses:
        return f"and reaches what is recorded of a durable call: {fails}"
    if Use.GUARD in uses:
        return f"and decides which durable call comes next: {fails}"
    if Use.SWAY in uses:
        return f"and decides whether or how a durable call runs: {again} `{name}` may go another way"
    gives = f"and {again} `{name}` {'may give' if source in LASTING else 'gives'} another value"
    return gives if severity is Severity.WARNING else f"{gives}: no durable call depends on it"
