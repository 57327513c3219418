"""Durable tasks: seeded randomness, recorded time, blocking work handed to threads and to child tasks."""

import asyncio
import enum
import hashlib
import logging
import random
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
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


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Basket(BaseModel):
    name: str = ""
    count: int = 0
    names: list[str] = []
    tags: set[str] = set()
    levels: frozenset[Level] = frozenset()


@hatchet.task(input_validator=Basket)
async def pack(input: Basket, ctx: Context) -> dict[str, str]:
    return {}


@dataclass
class Packing:
    packed: set[str] = field(default_factory=set)
    done: list[str] = field(default_factory=list)

    async def pack(self, name: str) -> None:
        if name not in self.packed:
            self.packed.add(name)
            await pack.aio_run(Basket(name=name))
            self.done.append(name)

    def __call__(self, name: str) -> str:
        return name.title()

    @property
    def missing(self) -> set[str]:
        return {"card", "bow"} - self.packed


@contextmanager
def step(name: str) -> Iterator[str]:
    log.info("begin %s", name)
    yield name
    log.info("end %s", name)


@asynccontextmanager
async def undone(packing: Packing) -> AsyncIterator[Packing]:
    try:
        yield packing
    except RuntimeError:
        for name in reversed(packing.done):
            await pack.aio_run(Basket(name=name, count=-1))
        raise


def by_size(tags: set[str]) -> dict[int, set[str]]:
    sizes: dict[int, set[str]] = {}
    for tag in tags:
        sizes.setdefault(len(tag), set()).add(tag)
    return sizes


def has_bow(tags: set[str]) -> bool:
    for tag in tags:
        if tag == "bow":
            return True
    return False


async def beat() -> None:
    while True:
        await asyncio.sleep(5)


@hatchet.durable_task(input_validator=Basket)
async def wrap(input: Basket, ctx: DurableContext) -> dict[str, object]:
    packing = Packing()
    beating = asyncio.create_task(beat())
    with step("all") as name:
        await pack.aio_run(Basket(name=name))
    async with undone(packing):
        for name in input.names:
            await packing.pack(packing(name))
    for name in sorted(packing.missing):
        await packing.pack(name)
    if (count := len(set(input.names))) > 1:
        await pack.aio_run(Basket(count=count))
    sizes = by_size(input.tags)
    for size in sorted(sizes):
        await pack.aio_run(Basket(count=size, names=sorted(sizes[size])))
    for level in input.levels:
        await pack.aio_run(Basket(count=level))
    if has_bow(input.tags):
        await ctx.aio_sleep_for(timedelta(minutes=1))
    else:
        await pack.aio_run(Basket())
    waiting = set(input.names)
    for name in input.names:
        if name in waiting:
            waiting.discard(name)
            await pack.aio_run(Basket(name=name))
    log.info("left: %s", ", ".join(waiting))
    first = next((tag for tag in input.tags if tag == input.name), None)
    lengths = {tag: len(tag) for tag in input.tags}
    await pack.aio_run(Basket(name=first or "", count=sum(lengths.values()) + lengths.get("bow", 0)))
    beating.cancel()
    return {"tags": list(input.tags), "text": " ".join(waiting)}
