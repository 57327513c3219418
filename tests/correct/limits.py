"""Limits: shared lists, conditional strategies, keys put together, values from settings."""

import os
from datetime import timedelta
from functools import partial

from hatchet_sdk import (
    ConcurrencyExpression,
    ConcurrencyLimitStrategy,
    Context,
    EmptyModel,
    Hatchet,
    RateLimit,
    RateLimitDuration,
)
from pydantic import BaseModel, ConfigDict, Field

hatchet = Hatchet()

FAST = os.environ.get("FAST") == "1"
MAX_RUNS = int(os.environ.get("MAX_RUNS", "0")) or 5
SHARED = [
    RateLimit(static_key="openai", units=1),
    RateLimit(
        dynamic_key="'user:' + input.userId", units="int(input.pages)", limit=100, duration=RateLimitDuration.HOUR
    ),
]
limit = partial(ConcurrencyExpression, limit_strategy=ConcurrencyLimitStrategy.CANCEL_IN_PROGRESS)


class Pages(BaseModel):
    model_config = ConfigDict(extra="allow")

    user_id: str = Field(serialization_alias="userId", validation_alias="userId")
    pages: int = 1


class Book(Pages):
    title: str | None = None


@hatchet.task(
    input_validator=Book,
    rate_limits=SHARED,
    retries=0,
    execution_timeout=timedelta(seconds=90) if FAST else timedelta(hours=1),
)
def print_book(input: Book, ctx: Context) -> None:
    ctx.log(f"{input.pages} pages")


read = hatchet.workflow(
    name="read",
    input_validator=Book,
    concurrency=[
        limit(expression="input.userId", max_runs=MAX_RUNS),
        ConcurrencyExpression(
            expression='has(input.title) && input.title != null ? input.title : "none"',
            max_runs=1,
            limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
        ),
        ConcurrencyExpression(
            expression="input.pages > 100.0 ? 'long' : input.extra_field",
            max_runs=2,
            limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN
            if FAST
            else ConcurrencyLimitStrategy.CANCEL_NEWEST,
        ),
    ],
)


@read.task(retries=3, backoff_factor=1.5, backoff_max_seconds=60)
def open_book(input: Book, ctx: Context) -> dict[str, int]:
    return {"page": ctx.attempt_number}


for priority, hours in enumerate((1, 2), start=1):

    @read.task(name=f"page-{priority}", parents=[open_book], execution_timeout=timedelta(hours=hours))
    def page(input: Book, ctx: Context) -> int:
        return ctx.task_output(open_book)["page"]


@read.on_failure_task(execution_timeout=timedelta(milliseconds=2000))
def close(input: Book, ctx: Context) -> None:
    ctx.log(str(ctx.task_run_errors))


@hatchet.task(input_validator=EmptyModel, rate_limits=[RateLimit(**{"static_key": "a", "units": 1})])
def spread(input: EmptyModel, ctx: Context) -> None: ...
