"""Charging cards through the payment provider."""

from datetime import timedelta

from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Context, RateLimit

from client import hatchet
from models import Payment, Receipt


@hatchet.task(
    name="charge-card",
    input_validator=Payment,
    execution_timeout=timedelta(milliseconds=500),
    retries=5,
    backoff_max_seconds=60,
    rate_limits=[RateLimit(dynamic_key="input.customer_id", units=1)],
    concurrency=ConcurrencyExpression(
        expression="input.custmer_id",
        max_runs=5,
        limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
    ),
)
async def charge_card(input: Payment, ctx: Context) -> Receipt:
    return Receipt(charge_id=f"c-{input.order_id}")
