"""
Checks for names of headers with capitals in a webhook's expressions.

## What happens
The names in `headers` are all in lower case, however the sender writes them. `headers['X-Event']` is never there: at
run the expression fails, and the engine refuses every call of the webhook.

## Example
```py
from hatchet_sdk import Hatchet
from hatchet_sdk.clients.rest.models.v1_webhook_basic_auth import V1WebhookBasicAuth
from hatchet_sdk.clients.rest.models.v1_webhook_source_name import V1WebhookSourceName

hatchet = Hatchet()


def main() -> None:
    hatchet.webhooks.create(
        source_name=V1WebhookSourceName.GENERIC,
        name="orders",
        event_key_expression="'order:' + headers['X-Event']",  # warning: [cel-header-with-capitals]
        auth=V1WebhookBasicAuth(username="shop", password="secret"),
    )
```

## Use instead
```py
from hatchet_sdk import Hatchet
from hatchet_sdk.clients.rest.models.v1_webhook_basic_auth import V1WebhookBasicAuth
from hatchet_sdk.clients.rest.models.v1_webhook_source_name import V1WebhookSourceName

hatchet = Hatchet()


def main() -> None:
    hatchet.webhooks.create(
        source_name=V1WebhookSourceName.GENERIC,
        name="orders",
        event_key_expression="'order:' + headers['x-event']",
        auth=V1WebhookBasicAuth(username="shop", password="secret"),
    )
```

## Fix safety
Unsafe: the webhook, which refused every call so far, begins to work.

## References
- https://docs.hatchet.run/v1/cel-expressions
- `hatchet_sdk.Hatchet.webhooks`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.trap import TrapKind
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._traps import certain, possible, report_trap


@rule(severity=Severity.WARNING, since="0.1.0", sdk="1.24.0")
def cel_header_with_capitals(expression: Expression) -> Iterator[Finding]:
    """A key that the map of headers never has."""
    for trap in (*certain(expression, TrapKind.UPPER_CASE_KEY), *possible(expression, TrapKind.UPPER_CASE_KEY)):
        yield report_trap(expression, trap)
