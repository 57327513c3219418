from datetime import timedelta

from hatchet_sdk import Context

from client import hatchet
from models import Payment, Receipt


@hatchet.task(
    name="refund",
    input_validator=Payment,
    execution_timeout=timedelta(milliseconds=500),
)
async def refund(input: Payment, ctx: Context) -> Receipt:
    return Receipt(charge_id=f"c-{input.order_id}")
