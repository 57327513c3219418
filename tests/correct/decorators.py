"""Decorators below the task's, and clients that wrap what they are given."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import wraps
from typing import Any

from hatchet_sdk import Context, DurableContext, EmptyModel, Hatchet

hatchet = Hatchet()


def with_settings(function: Callable[..., Any]) -> Callable[..., Any]:
    """Gives something else in the context's place."""

    @wraps(function)
    async def run(input: EmptyModel, ctx: Context) -> Any:
        return await function(input, {"region": "eu", "run": ctx.workflow_run_id})

    return run


def with_session(function: Callable[..., Any]) -> Callable[..., Any]:
    """Puts something before the input."""

    @wraps(function)
    async def run(input: EmptyModel, ctx: Context) -> Any:
        return await function(object(), input, ctx)

    return run


@hatchet.task()
@with_settings
async def count(input, settings):
    return {"settings": len(settings.items())}


@hatchet.task()
@with_session
async def look(session, input, ctx: Context):
    return {"run": ctx.workflow_run_id, "fields": list(input.model_dump()), "session": hash(session) != 0}


class Patient(Hatchet):
    """Never less than a retry, and every durable task is made one that awaits."""

    def task(self, **settings: Any) -> Any:
        settings["retries"] = max(settings.get("retries", 0), 1)
        return super().task(**settings)

    def durable_task(self, *, name: str | None = None, **settings: Any) -> Any:
        make = super().durable_task(name=name, **settings)

        def decorate(function: Callable[..., Any]) -> Any:
            @wraps(function)
            async def run(input: EmptyModel, ctx: DurableContext) -> Any:
                await asyncio.sleep(0)
                return function(input)

            return make(run)

        return decorate


patient = Patient()


@patient.task(retries=-1)
async def call(input: EmptyModel, ctx: Context) -> None: ...


@patient.durable_task(name="greet")
def greet(message):
    return {"said": str(message)}
