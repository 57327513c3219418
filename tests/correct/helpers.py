"""What arguments decide in helpers, and patterns that look like calls."""

from datetime import datetime, timedelta, timezone

import httpx
from hatchet_sdk import ConcurrencyExpression, DurableContext, EmptyModel, Hatchet, RateLimit

hatchet = Hatchet()


def case(limit: object) -> int:
    return 1 if limit else 0


def length(value: object) -> int:
    match = 3
    match value:
        case RateLimit(static_key=str(key)) | ConcurrencyExpression(expression=key) if (n := len(key)) > match:
            return n
        case [RateLimit(), *_] | {"limit": RateLimit()}:
            return case(value)
    return 0


def fetch(url: str, cache: dict[str, str] | None = None) -> str:
    if cache is not None and url in cache:
        return cache[url]
    if cache is None:
        return httpx.get(url).text
    return ""


def stamp(at: datetime | None = None, *, zone: timezone = timezone.utc) -> datetime:
    return at if at else datetime.now(zone)


@hatchet.durable_task(execution_timeout=timedelta(days=1))
async def cached(input: EmptyModel, ctx: DurableContext) -> dict[str, str]:
    known = {"a": "b"}
    return {"known": fetch("a", known), "unknown": fetch("a", cache={})}


@hatchet.durable_task(execution_timeout=timedelta(days=1))
async def stamped(input: EmptyModel, ctx: DurableContext) -> None:
    now = await ctx.aio_now()
    await ctx.aio_sleep_until(stamp(now) + timedelta(hours=1))
    options = {"at": now}
    await ctx.aio_sleep_until(stamp(**options) + timedelta(hours=1))
