"""Durable tasks: seeded randomness, recorded time, blocking work handed to threads and to child tasks."""

import asyncio
import hashlib
import logging
import random
import time
import uuid
from datetime import datetime, timedelta, timezone

import requests
from hatchet_sdk import Context, DurableContext, EmptyModel, Hatchet, SleepCondition, UserEventCondition, or_
from pydantic import BaseModel

hatchet = Hatchet(debug=False)
log = logging.getLogger(__name__)


class Order(BaseModel):
    id: str
    created: datetime
    items: list[str] = []


@hatchet.task(input_validator=Order)
def charge(input: Order, ctx: Context) -> dict[str, str]:
    started = time.monotonic()
    time.sleep(0.1)
    response = requests.post("https://example.com", json=input.model_dump(mode="json"), timeout=10)
    return {"charge": response.text, "took": str(time.monotonic() - started), "at": datetime.now().isoformat()}


def shuffled(items: list[str], seed: str) -> list[str]:
    generator = random.Random(hashlib.sha256(seed.encode()).digest())
    copy = sorted(items)
    generator.shuffle(copy)
    return copy


@hatchet.durable_task(input_validator=Order, execution_timeout=timedelta(days=30))
async def deliver(input: Order, ctx: DurableContext) -> dict[str, object]:
    receipts = await asyncio.gather(*(charge.aio_run(Order(id=each, created=input.created)) for each in input.items))
    now = await ctx.aio_now()
    until = now + timedelta(days=1)
    key = uuid.uuid5(uuid.NAMESPACE_URL, input.id)
    for item in shuffled(input.items, input.id):
        await ctx.aio_sleep_for(timedelta(seconds=len(item) or 1))
    if now.weekday() == 6 or input.created.year < 2020:
        await ctx.aio_sleep_until(until) if hasattr(ctx, "aio_sleep_until") else None
    found = await ctx.aio_wait_for(
        f"signed-{key}",
        or_(
            SleepCondition(timedelta(minutes=90)),
            UserEventCondition(event_key=f"signed:{input.id}", expression="input.by == 'owner'"),
        ),
    )
    log.info("delivered")
    return {"receipts": receipts, "found": found, "until": until.astimezone(timezone.utc).isoformat()}


@hatchet.durable_task()
async def tick(input: EmptyModel, ctx: DurableContext) -> None:
    def local() -> float:
        return time.time()

    names = {"b", "a"}
    for name in sorted(names):
        ctx.log(name)
    await ctx.aio_sleep_for(duration=timedelta(seconds=1) * 5)
