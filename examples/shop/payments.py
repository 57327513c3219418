"""Charging and refunding cards through the payment provider's HTTP interface."""

from datetime import timedelta

import aiohttp
from hatchet_sdk import Context, RateLimit, RateLimitDuration

from shop.client import hatchet as h
from shop.models import Payment, Receipt

PROVIDER = "https://payments.example.com"
PATIENCE = timedelta(seconds=90)


@h.task(
    name="charge-card",
    input_validator=Payment,
    execution_timeout=PATIENCE,
    retries=5,
    backoff_factor=2.0,
    backoff_max_seconds=120,
    rate_limits=[
        RateLimit(dynamic_key="input.customer_id", units=1, limit=10, duration=RateLimitDuration.MINUTE),
    ],
)
async def charge_card(input: Payment, ctx: Context) -> Receipt:
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{PROVIDER}/charges", json=input.model_dump()) as response:
            response.raise_for_status()
            return Receipt(charge_id=(await response.json())["id"])


@h.task(
    name="refund",
    input_validator=Payment,
    execution_timeout=PATIENCE,
    retries=3,
    backoff_factor=2.0,
    backoff_max_seconds=60,
    concurrency=20,
    rate_limits=[RateLimit(static_key="payment-provider", units=1, limit=100, duration=RateLimitDuration.SECOND)],
)
async def refund(input: Payment, ctx: Context) -> Receipt:
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{PROVIDER}/refunds", json=input.model_dump()) as response:
            response.raise_for_status()
            return Receipt(charge_id=(await response.json())["id"])
