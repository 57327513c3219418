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
Unsafe: a field of the input may be meant, `input.openai`. Where the word reads like one, as `user_id` does, the fix is
`input.user_id`. Editors offer both.

## References
- https://docs.hatchet.run/v1/rate-limits
- `hatchet_sdk.RateLimit`
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from hatchet_ls.hatchet.cel_places import RATE_LIMIT_KEY
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.hatchet.strings import Text
from hatchet_ls.languages.cel import STRING
from hatchet_ls.languages.cel.tree import Literal, ungroup
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.rules.cel._bare_words import field_of, no_text, with_fixes
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
        message = f"{no_text(word)}: {expression.place.refused}; a fixed key is `static_key`"
        field = field_of(expression)
        if field is not None:
            message += f", `{field.text}` is a field of the input"
        finding = report(expression, whole, message, replacement=field if _text(expression).in_place else None)
        yield with_fixes(finding, expression, finding.fix, _static(expression, word))
        return
    tree = ungroup(expression.checked.tree)
    if (
        isinstance(tree, Literal)
        and tree.type == STRING
        and isinstance(tree.value, str)
        and not expression.checked.problems
    ):
        message = f"`{expression.text}` gives every run the same key: `static_key` says it better"
        finding = report(expression, whole, message, severity=Severity.HINT)
        yield dataclasses.replace(finding, fix=_static(expression, tree.value))


def _text(expression: Expression) -> Text:
    return Text(expression.value, expression.argument.span, expression.call.source)


def _static(expression: Expression, key: str) -> Fix | None:
    """A fix that makes the key a static one, unless the text is used under its name elsewhere.

    The SDK pastes a static key between quotes as it is, so that it may hold none.
    """
    argument, call = expression.argument, expression.call
    text = _text(expression)
    plain = not set(key) & {'"', "'", "\\"}
    edit = text.replace(0, len(expression.text), key) if text.in_place and plain and key else None
    if edit is None or argument.keyword_span is None or not is_absent(call, "static_key"):
        return None
    return Fix("Make it a `static_key`", (Edit(argument.keyword_span, "static_key"), edit), Applicability.UNSAFE)
