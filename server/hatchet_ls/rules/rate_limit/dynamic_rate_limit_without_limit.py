"""
Checks for a `RateLimit` with a dynamic key and no limit.

## What happens
The bucket of a `dynamic_key` is made while runs come in, so that nobody can declare its limit beforehand with
`hatchet.rate_limits.put(...)`: the `RateLimit` itself must say it. Without `limit` (or with `limit=0`) `RateLimit(...)`
raises `ValidationError: CEL based keys requires limit to be set`. It fails where the object is made, for a decorator
at import.

## Example
```py
from hatchet_sdk import RateLimit

limit = RateLimit(dynamic_key="input.user_id", units=1)  # error: [dynamic-rate-limit-without-limit]
```

## Use instead
```py
from hatchet_sdk import RateLimit, RateLimitDuration

limit = RateLimit(dynamic_key="input.user_id", units=1, limit=10, duration=RateLimitDuration.MINUTE)
```
`limit` may be a CEL expression as well: `limit="input.user_limit"`.

## References
- https://docs.hatchet.run/v1/rate-limits
- `hatchet_sdk.RateLimit`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import RateLimit
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.rate_limit._key import is_absent, is_judged, known_text


@rule(severity=Severity.ERROR, since="0.1.0")
def dynamic_rate_limit_without_limit(limit: RateLimit) -> Iterator[Finding]:
    """The dynamic key is certainly set, the limit certainly is not; with two keys that is the mistake to mend first."""
    call = limit.call
    key = known_text(call, "dynamic_key")
    if key is None or not is_absent(call, "limit") or known_text(call, "static_key") or not is_judged(call):
        return
    argument = call.argument("limit")
    missing = f"`limit={call.source.slice(argument.span)}`" if argument.written else "no `limit`"
    yield Finding(
        argument.span if argument.written else call.argument("dynamic_key").span,
        f'`dynamic_key="{key}"` with {missing}: `RateLimit` raises `ValidationError`, '
        "a dynamic key needs its own `limit` above 0",
    )
