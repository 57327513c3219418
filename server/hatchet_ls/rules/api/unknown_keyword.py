"""
Checks for keywords that the SDK does not take.

## What happens
A function or method of the SDK raises `TypeError: ... got an unexpected keyword argument` when the call runs: for a
decorator that is at import.

A pydantic model of the SDK (`RateLimit`, `ConcurrencyExpression`, `TaskDefaults`, `ClientConfig` …) is worse: it
ignores what it does not know. The program starts, and the setting is not there. That is a warning, and an error only
when the model then lacks something that it requires.

What the keywords are comes from the SDK that is installed in the project's environment. The message says what is
meant, when that can be told: the documented name, another call that the keyword belongs to, the release that brought it
or took it away, or a name that is spelled alike. Where no SDK is found, and nothing is known of what is meant, it is a
warning: a release that is newer than the bundled facts may take the keyword.

Silent on calls with `*args` or `**kwargs`, on methods that a subclass redefines or the file replaces
(`patch.object(hatchet, "event")`), where failure is expected (`pytest.raises`, `except TypeError`, `# type: ignore`),
and in branches for other releases (`if hasattr(hatchet, ...)`, `if version("hatchet-sdk") < ...`).

## Example
```py
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(timeout=timedelta(minutes=10))  # error: [unknown-keyword]
def render(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(execution_timeout=timedelta(minutes=10))
def render(input: EmptyModel, ctx: Context) -> None: ...
```

## Fix safety
Safe when the call certainly fails and the new name is the documented one or differs only in case and underscores.
Unsafe when the name is merely spelled alike, when the keyword was ignored so far and begins to count, and when the
value may have to change as well. There is no fix where two keywords of a call mean the same parameter, or the value is
certainly none that it takes.

## References
- https://docs.hatchet.run/v1/tasks
- https://docs.hatchet.run/v1/migrating/migration-guide-python
- `hatchet_sdk.Hatchet`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Argument, Call, Known, Object, Program, Value
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.rules.api._fitting import LIST, fits, is_refused
from hatchet_ls.rules.api._keywords import Advice, advised, constructed, display_call, doubt, ignores_unknown
from hatchet_ls.rules.api._narrowing import may_be_of_a_subclass
from hatchet_ls.rules.rate_limit._key import KEYS, is_absent
from hatchet_ls.text import Edit, Span


@rule(severity=Severity.ERROR, since="0.1.0")
def unknown_keyword(call: Call, program: Program) -> Iterator[Finding]:
    """Every keyword that the call certainly does not take."""
    facts = program.facts
    for argument, advice in advised(call, facts):
        if call.guarded or may_be_of_a_subclass(call.source, call.site.receiver_span):
            return
        if _is_a_missing_key(call, advice):
            continue
        fails = not ignores_unknown(call, facts) or _lacks(call, advice)
        yield Finding(
            argument.keyword_span or argument.span,
            _message(call, argument, advice, program),
            _rename(call, argument, advice, fails),
            severity=None if fails and not doubt(facts, advice.text) else Severity.WARNING,
        )


def _is_a_missing_key(call: Call, advice: Advice) -> bool:
    """``RateLimit(key=...)``: ``rate-limit-without-key`` says it, with the same fix."""
    return call.key == "RateLimit" and advice.parameter in KEYS and all(is_absent(call, key) for key in KEYS)


def _lacks(call: Call, advice: Advice) -> bool:
    """Whether the keyword stands for a field that the model requires: without it the model cannot be made."""
    meant = call.parameter(advice.parameter) if advice.parameter is not None else None
    return meant is not None and meant.required


def _message(call: Call, argument: Argument, advice: Advice, program: Program) -> str:
    made = constructed(call, program.facts)
    if made is None or not ignores_unknown(call, program.facts):
        raised = "ValidationError" if made is not None and made.forbids_extra else "TypeError"
        said = f"`{display_call(call)}` has no parameter `{argument.name}`: it raises `{raised}`"
    elif _lacks(call, advice):
        said = f"`{call.key}` has no field `{argument.name}`: it raises `ValidationError` for want of a required field"
    else:
        said = f"`{call.key}` has no field `{argument.name}` and ignores it"
    more = advice.text or doubt(program.facts, advice.text)
    return f"{said}; {more}" if more else said


def _rename(call: Call, argument: Argument, advice: Advice, fails: bool) -> Fix | None:
    if advice.parameter is None or not advice.renames or argument.keyword_span is None:
        return None
    target = call.parameter(advice.parameter)
    if target is None or is_refused(target, argument.value):
        return None
    edits = [Edit(argument.keyword_span, advice.parameter)]
    if LIST.match(target.annotation) and _is_single(argument.value):
        edits.append(Edit(Span(argument.span.start, argument.span.start), "["))
        edits.append(Edit(Span(argument.span.end, argument.span.end), "]"))
    safe = fails and advice.certain and fits(target, argument.value)
    return Fix(
        f"Rename `{argument.name}` to `{advice.parameter}`",
        tuple(edits),
        Applicability.SAFE if safe else Applicability.UNSAFE,
    )


def _is_single(value: Value) -> bool:
    """Whether the value is certainly one thing rather than a list of them."""
    return isinstance(value, Known) and isinstance(value.value, (str, Object))
