from datetime import timedelta

from hatchet_sdk import Context

from client import hatchet
from models import Parcel, Tracking


@hatchet.task(
    name="book-courier",
    input_validator=Parcel,
    execution_timeout=timedelta(seconds=30),
    retries=5,
    backoff_factor=2.0,
    backoff_max_seconds=60,
)
async def book_courier(input: Parcel, ctx: Context) -> Tracking:
    return Tracking(tracking_id=f"t-{input.order_id}")
