"""
Checks for a `concurrency` on a standalone task that the SDK drops without a word.

## What happens
`@hatchet.task` and `@hatchet.durable_task` look at `concurrency` only when it is a number, a `ConcurrencyExpression` or
a `list`. Anything else (a tuple, a CEL expression as plain text, a dict) passes without a complaint and means no limit
at all: at run, as many go at once as the workers have slots.

`hatchet.workflow` and the tasks of a workflow do take a tuple.

## Example
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Context, EmptyModel, Hatchet

hatchet = Hatchet()
per_user = ConcurrencyExpression(
    expression="input.user_id",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)


@hatchet.task(concurrency=(per_user,))  # warning: [standalone-concurrency-ignored]
def sync_account(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Context, EmptyModel, Hatchet

hatchet = Hatchet()
per_user = ConcurrencyExpression(
    expression="input.user_id",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
)


@hatchet.task(concurrency=[per_user])
def sync_account(input: EmptyModel, ctx: Context) -> None: ...
```

## Fix safety
Unsafe: the limit, ignored so far, begins to count. Only a tuple has a fix; what a text or a dict is to mean has to be
said in a `ConcurrencyExpression`.

## References
- https://docs.hatchet.run/v1/concurrency
- `hatchet_sdk.ConcurrencyExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Argument, Call, Entries, EnumMember, Items, Known
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.text import Edit, Source, Span


# Before 1.22 a tuple failed on some of these decorators.
@rule(severity=Severity.WARNING, since="0.1.0", sdk="1.22.0")
def standalone_concurrency_ignored(call: Call) -> Iterator[Finding]:
    """The value is certainly of a kind that the SDK passes over."""
    if call.key not in ("Hatchet.task", "Hatchet.durable_task") or call.overridden is not None:
        return
    argument = call.argument("concurrency")
    kind = _ignored_kind(argument)
    if kind is None or call.guarded:
        return
    yield Finding(
        argument.span,
        f"`concurrency` is {kind}, which the SDK ignores: `{call.source.slice(call.name_span)}` runs without a limit, "
        "it takes a list, a `ConcurrencyExpression` or a number",
        _as_list(call.source, argument) if kind == "a tuple" else None,
    )


def _ignored_kind(argument: Argument) -> str | None:
    match argument.value:
        case Known(Items("tuple", items)) if items:
            return "a tuple"
        case Known(str(text)) if text:
            return "a text"
        case Known(EnumMember()):
            return "an enum member"
        case Known(Entries() as entries) if entries.entries:
            return "a dict"
        case Known(float()):
            return "a `float`"
    return None


def _as_list(source: Source, argument: Argument) -> Fix:
    """``(a, b)`` written here changes its brackets; a tuple written elsewhere is copied into a list."""
    start, end = argument.span
    if isinstance(argument.value, Known) and argument.value.span == argument.span and source.text[start] == "(":
        edits = (Edit(Span(start, start + 1), "["), Edit(Span(end - 1, end), "]"))
    else:
        edits = (Edit(Span(start, start), "list("), Edit(Span(end, end), ")"))
    return Fix("Make it a list", edits, Applicability.UNSAFE)
