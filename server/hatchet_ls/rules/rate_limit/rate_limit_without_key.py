"""
Checks for a `RateLimit` with neither a static nor a dynamic key.

## What happens
The key says which bucket a task takes its units from. Python accepts a `RateLimit` without one; the engine refuses it
with `Key required` when the worker registers the workflow, and the worker ends. `RateLimit(key="openai")` is the
same: a keyword that the model does not know is dropped.

An empty string and `None` count as not set.

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, RateLimit

hatchet = Hatchet()


@hatchet.task(rate_limits=[RateLimit(units=1)])  # error: [rate-limit-without-key]
def summarize(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, RateLimit

hatchet = Hatchet()


@hatchet.task(rate_limits=[RateLimit(static_key="openai", units=1)])
def summarize(input: EmptyModel, ctx: Context) -> None: ...
```
`static_key` names one bucket for all runs, `dynamic_key="input.user_id"` one per value of a CEL expression.

## Fix safety
Unsafe: a `key=` becomes `static_key=`, but a dynamic key may be meant.

## References
- https://docs.hatchet.run/v1/rate-limits
- `hatchet_sdk.RateLimit`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Program, RateLimit
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.rules.api._keywords import advised
from hatchet_ls.rules.rate_limit._key import KEYS, is_absent, is_judged
from hatchet_ls.text import Edit

_CONSEQUENCE = "the engine refuses the workflow when the worker registers it"


@rule(severity=Severity.ERROR, since="0.1.0")
def rate_limit_without_key(limit: RateLimit, program: Program) -> Iterator[Finding]:
    """Both keys are certainly not set."""
    call = limit.call
    if not all(is_absent(call, key) for key in KEYS) or not is_judged(call):
        return
    for argument, advice in advised(call, program.facts):
        meant = advice.parameter
        if meant in KEYS and argument.keyword_span is not None:
            yield Finding(
                argument.keyword_span,
                f"`RateLimit` ignores `{argument.name}` and so has no key: {_CONSEQUENCE}; it is called `{meant}`",
                Fix(
                    f"Rename `{argument.name}` to `{meant}`",
                    (Edit(argument.keyword_span, meant),),
                    Applicability.UNSAFE,
                ),
            )
            return
    yield Finding(
        call.name_span,
        f"`RateLimit` has neither `static_key` nor `dynamic_key`: {_CONSEQUENCE}",
    )
