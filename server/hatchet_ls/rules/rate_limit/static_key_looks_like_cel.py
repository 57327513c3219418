"""
Checks for a static rate-limit key that reads like a CEL expression.

## What happens
`static_key` is taken letter by letter. `static_key="input.user_id"` names one bucket, called `input.user_id`, that all
users share; a bucket per user needs `dynamic_key`, whose CEL expression is evaluated for each run. Nothing fails: the
first busy user uses up the limit of everyone.

## Example
```py
from hatchet_sdk import RateLimit, RateLimitDuration

limit = RateLimit(
    static_key="input.user_id",  # warning: [static-key-looks-like-cel]
    units=1,
    limit=10,
    duration=RateLimitDuration.MINUTE,
)
```

## Use instead
```py
from hatchet_sdk import RateLimit, RateLimitDuration

limit = RateLimit(
    dynamic_key="input.user_id",
    units=1,
    limit=10,
    duration=RateLimitDuration.MINUTE,
)
```

## Fix safety
Unsafe: from then on each value of the expression has a bucket of its own. There is no fix when no `limit` is written,
because a dynamic key needs one.

## References
- https://docs.hatchet.run/v1/rate-limits
- `hatchet_sdk.RateLimit`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hatchet_ls.hatchet.program import RateLimit
from hatchet_ls.rules import Applicability, Finding, Fix, Severity, rule
from hatchet_ls.rules.rate_limit._key import is_absent, is_judged, known_text
from hatchet_ls.text import Edit

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
# `input.x`, `input['x']`, `additional_metadata.x`, not as a part of a longer name, path or address.
_REFERENCE = re.compile(r"(?<![\w.:/@#-])(?:input|additional_metadata)(?:\.[A-Za-z_]\w*|\[)")
# Two words in a row are prose; CEL has only `in` between them.
_PROSE = re.compile(r"\b(?!in\s)\w+\s+(?!in\b)[A-Za-z]\w*")


@rule(severity=Severity.WARNING, since="0.1.0")
def static_key_looks_like_cel(limit: RateLimit) -> Iterator[Finding]:
    """The static key refers to the run's input or metadata as CEL does."""
    call = limit.call
    key = known_text(call, "static_key")
    if key is None or not _reads_like_cel(key) or not is_absent(call, "dynamic_key") or not is_judged(call):
        return
    argument = call.argument("static_key")
    fix = None
    if argument.keyword_span and call.written("limit") and not is_absent(call, "limit") and "{" not in key:
        fix = Fix(
            "Rename `static_key` to `dynamic_key`",
            (Edit(argument.keyword_span, "dynamic_key"),),
            Applicability.UNSAFE,
        )
    yield Finding(
        argument.span,
        f'`static_key="{key}"` is not evaluated: it names one bucket that all runs share, `dynamic_key` takes a CEL '
        "expression",
        fix,
    )


def _reads_like_cel(key: str) -> bool:
    bare = _QUOTED.sub("''", key)
    return _REFERENCE.search(bare) is not None and _PROSE.search(bare) is None
