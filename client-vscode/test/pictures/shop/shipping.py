from datetime import timedelta

import requests
from hatchet_sdk import DurableContext

from client import hatchet
from models import Parcel


@hatchet.durable_task(
    name="ship-parcel",
    input_validator=Parcel,
    execution_timeout=timedelta(days=8),
)
async def ship_parcel(input: Parcel, ctx: DurableContext) -> dict[str, str]:
    requests.post("https://courier.example.com", json=input.model_dump())
    await ctx.aio_sleep_for(timedelta(days=7))
    return {"shipped": input.order_id}
