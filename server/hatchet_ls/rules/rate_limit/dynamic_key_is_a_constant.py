"""
Checks for a dynamic rate-limit key that is a constant.

## What happens
`dynamic_key` is a CEL expression, evaluated for each run. A word without quotes, `dynamic_key="openai"`, is a variable
to CEL, which does not exist: the engine refuses the workflow at registration, when the worker starts.

With quotes of its own, `dynamic_key="'openai'"`, it works, and gives the same key to every run. `static_key="openai"`
says that better (there this is a hint).

## Example
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, RateLimit, RateLimitDuration

hatchet = Hatchet()
calls = RateLimit(
    dynamic_key="openai",  # error: [dynamic-key-is-a-constant]
    units=1,
    limit=10,
    duration=RateLimitDuration.MINUTE,
)


@hatchet.task(rate_limits=[calls])
def summarize(input: EmptyModel, ctx: Context) -> None: ...
```

## Use instead
```py
from hatchet_sdk import Context, EmptyModel, Hatchet, RateLimit, RateLimitDuration

hatchet = Hatchet()
calls = RateLimit(
    static_key="openai",
    units=1,
    limit=10,
    duration=RateLimitDuration.MINUTE,
)


@hatchet.task(rate_limits=[calls])
def summarize(input: EmptyModel, ctx: Context) -> None: ...
```

## Fix safety
Unsafe: a field of the input may be meant, `input.openai`.

## References
- https://docs.hatchet.run/v1/rate-limits
- `hatchet_sdk.RateLimit`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.cel_places import RATE_LIMIT_KEY
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.hatchet.strings import Text
from hatchet_ls.languages.cel import STRING
from hatchet_ls.languages.cel.tree import Literal, ungroup
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.rules.cel._checking import report
from hatchet_ls.rules.cel._owners import bare_word
from hatchet_ls.rules.rate_limit._key import is_absent, is_judged
from hatchet_ls.text import Edit, Span


@rule(severity=Severity.ERROR, since="0.1.0")
def dynamic_key_is_a_constant(expression: Expression) -> Iterator[Finding]:
    """The whole expression is one word, or one literal."""
    if expression.place is not RATE_LIMIT_KEY or not is_judged(expression.call):
        return
    whole = Span(0, len(expression.text))
    word = bare_word(expression)
    if word is not None:
        message = f"`{word}` without quotes is no text in CEL: {expression.place.refused}; a fixed key is `static_key`"
        yield _with_fix(report(expression, whole, message), expression, word)
        return
    tree = ungroup(expression.checked.tree)
    if (
        isinstance(tree, Literal)
        and tree.type == STRING
        and isinstance(tree.value, str)
        and not expression.checked.problems
    ):
        message = f"`{expression.text}` gives every run the same key: `static_key` says it better"
        yield _with_fix(report(expression, whole, message, severity=Severity.HINT), expression, tree.value)


def _with_fix(finding: Finding, expression: Expression, key: str) -> Finding:
    """The finding with a fix that makes the key a static one, unless the text is used under its name elsewhere.

    The SDK pastes a static key between quotes as it is, so that it may hold none.
    """
    argument, call = expression.argument, expression.call
    text = Text(expression.value, argument.span, call.source)
    plain = not set(key) & {'"', "'", "\\"}
    edit = text.replace(0, len(expression.text), key) if text.in_place and plain and key else None
    if edit is None or argument.keyword_span is None or not is_absent(call, "static_key"):
        return finding
    fix = Fix("Make it a `static_key`", (Edit(argument.keyword_span, "static_key"), edit), Applicability.UNSAFE)
    return Finding(finding.span, finding.message, fix, finding.related, finding.severity)
