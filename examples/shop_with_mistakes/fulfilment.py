"""Shipping, with mistakes on purpose. A durable task is run again from its start whenever it resumes."""

import asyncio
import random
import urllib.request
from datetime import datetime, timedelta

from hatchet_sdk import Context, DurableContext

from shop import client as app
from shop.models import Parcel, Tracking


@app.hatchet.task(name="book-courier", input_validator=Parcel)
async def book_courier(input: Parcel, ctx: Context) -> Tracking:
    # On purpose: only durable tasks can sleep durably.
    await ctx.aio_sleep_for(timedelta(minutes=5))
    return Tracking(tracking_id=f"t-{input.order_id}")


def address_of(order_id: str) -> str:
    with urllib.request.urlopen(f"https://customers.example.com/{order_id}") as response:
        return response.read().decode()


@app.hatchet.durable_task(name="ship-parcel", input_validator=Parcel, execution_timeout=timedelta(days=8))
async def ship_parcel(input: Parcel, ctx: DurableContext) -> dict[str, str]:
    # On purpose: this asks the network, one call deep, and asks again at every replay.
    address = address_of(input.order_id)
    # On purpose: the Python SDK has no `ctx.aio.run_child`; it is `await book_courier.aio_run(input)`.
    tracking = await ctx.aio.run_child(book_courier, input)
    # On purpose: another time, and another wait, at every replay.
    deadline = datetime.now() + timedelta(days=7)
    if random.random() < 0.5:
        # On purpose: forgotten when the worker restarts, and it holds the slot all the while.
        await asyncio.sleep(3600)
    await ctx.aio_sleep_until(deadline)
    return {"tracking_id": tracking.tracking_id, "address": address}


# On purpose: a durable task must be `async` to wait for anything.
@app.hatchet.durable_task(name="archive-parcel", input_validator=Parcel)
def archive_parcel(input: Parcel, ctx: DurableContext) -> dict[str, str]:
    return {"archived": input.order_id}
