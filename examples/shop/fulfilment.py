"""Shipping: a durable task that waits days for the courier and for the customer's signature."""

from datetime import timedelta

import aiohttp
from hatchet_sdk import Context, DurableContext, SleepCondition, UserEventCondition, or_

from shop import client as app
from shop.models import Parcel, Tracking


@app.hatchet.task(
    name="book-courier",
    input_validator=Parcel,
    retries=4,
    backoff_factor=2.0,
    backoff_max_seconds=300,
)
async def book_courier(input: Parcel, ctx: Context) -> Tracking:
    async with aiohttp.ClientSession() as session:
        async with session.post("https://courier.example.com/parcels", json=input.model_dump()) as response:
            response.raise_for_status()
            return Tracking(tracking_id=(await response.json())["id"])


@app.hatchet.durable_task(
    name="ship-parcel",
    input_validator=Parcel,
    execution_timeout=timedelta(days=8),
)
async def ship_parcel(input: Parcel, ctx: DurableContext) -> dict[str, str]:
    tracking = await book_courier.aio_run(input)
    handed_over = await ctx.aio_now()
    await ctx.aio_sleep_for(timedelta(hours=12))
    await ctx.aio_wait_for(
        "delivery",
        or_(
            SleepCondition(timedelta(days=7)),
            UserEventCondition(event_key="parcel:signed", expression=f"input.order_id == '{input.order_id}'"),
        ),
    )
    return {"tracking_id": tracking.tracking_id, "handed_over": handed_over.isoformat()}
