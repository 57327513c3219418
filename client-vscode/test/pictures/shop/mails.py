from datetime import timedelta

from hatchet_sdk import Context, RateLimit

from client import hatchet
from models import Payment


@hatchet.task(
    name="send-mail",
    input_validator=Payment,
    execution_timeout=timedelta(seconds=30),
    rate_limits=[RateLimit(dynamic_key="input.customer_id", limit=10)],
)
async def send_mail(input: Payment, ctx: Context) -> dict[str, str]:
    return {"sent": input.order_id}
