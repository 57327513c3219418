"""Charging and refunding cards, with mistakes on purpose."""

import urllib.request
from datetime import timedelta

from hatchet_sdk import Context, RateLimit, RateLimitDuration

from shop.client import hatchet as h
from shop.models import Payment, Receipt

PROVIDER = "https://payments.example.com"


# On purpose: five retries at once, one after the other, against a provider that is already in trouble.
@h.task(
    name="charge-card",
    input_validator=Payment,
    retries=5,
    # On purpose: nobody has this key; `input.customer_id` is a CEL expression and belongs into `dynamic_key`.
    rate_limits=[RateLimit(static_key="input.customer_id", units=1, limit=10, duration=RateLimitDuration.MINUTE)],
)
def charge_card(input: Payment, ctx: Context) -> Receipt:
    with urllib.request.urlopen(f"{PROVIDER}/charges", data=input.model_dump_json().encode()) as response:
        return Receipt(charge_id=response.read().decode())


@h.task(
    name="refund",
    input_validator=Payment,
    # On purpose: half a second is sent as `0h`, and the run times out at once.
    execution_timeout=timedelta(milliseconds=500),
    # On purpose: without `backoff_factor` nothing backs off.
    retries=2,
    backoff_max_seconds=120,
    rate_limits=[
        # On purpose: a dynamic key needs a limit.
        RateLimit(dynamic_key="input.customer_id", units=1),
        # On purpose: one key or the other.
        RateLimit(static_key="refunds", dynamic_key="input.customer_id", units=1, limit=10),
        # On purpose: no key at all.
        RateLimit(units=1, limit=10),
    ],
    # On purpose: a tuple limits nothing.
    concurrency=("input.customer_id",),
)
def refund(input: Payment, ctx: Context) -> Receipt:
    return Receipt(charge_id=f"c-{input.order_id}")
