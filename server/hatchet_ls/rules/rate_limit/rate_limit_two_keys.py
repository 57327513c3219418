"""
Checks for a `RateLimit` with both a static and a dynamic key.

## What happens
A rate limit counts in one bucket: either in the one that `static_key` names, or in the one that the CEL expression in
`dynamic_key` gives for each run. With both, the SDK cannot tell which one is meant: `RateLimit(...)` raises
`ValidationError: Cannot have both static key and dynamic key set`. It fails where the object is made, for a decorator
at import.

An empty string and `None` count as not set.

## Example
```py
from hatchet_sdk import RateLimit, RateLimitDuration

limit = RateLimit(static_key="openai", dynamic_key="input.user_id", limit=10)  # error: [rate-limit-two-keys]
```

## Use instead
```py
from hatchet_sdk import RateLimit, RateLimitDuration

limits = [
    RateLimit(static_key="openai", units=1),
    RateLimit(dynamic_key="input.user_id", units=1, limit=10, duration=RateLimitDuration.MINUTE),
]
```
A task takes a list of rate limits and waits until each of them has room.

## References
- https://docs.hatchet.run/v1/rate-limits
- `hatchet_sdk.RateLimit`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import RateLimit
from hatchet_ls.rules import Finding, Related, Severity, rule
from hatchet_ls.rules.rate_limit._key import is_judged, known_text


@rule(severity=Severity.ERROR, since="0.1.0")
def rate_limit_two_keys(limit: RateLimit) -> Iterator[Finding]:
    """Both keys are certainly set."""
    call = limit.call
    static, dynamic = known_text(call, "static_key"), known_text(call, "dynamic_key")
    if static is None or dynamic is None or not is_judged(call):
        return
    first, second = sorted((call.argument("static_key"), call.argument("dynamic_key")), key=lambda key: key.span)
    yield Finding(
        second.keyword_span or second.span,
        f'`static_key="{static}"` and `dynamic_key="{dynamic}"` on one `RateLimit`: it raises `ValidationError`, '
        "a rate limit has one key",
        related=(Related(call.source, first.keyword_span or first.span, "The other key"),),
    )
