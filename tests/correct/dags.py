"""Graphs put together by factories, classes and decorators of the project's own."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import hatchet_sdk as sdk
from hatchet_sdk import (
    Context,
    EmptyModel,
    ParentCondition,
    SleepCondition,
    TaskDefaults,
    UserEventCondition,
    or_,
)

if TYPE_CHECKING:
    from hatchet_sdk.runnables.workflow import Workflow


@functools.lru_cache
def client() -> sdk.Hatchet:
    return sdk.Hatchet()


DEFAULTS = TaskDefaults(retries=4, backoff_factor=2.0, backoff_max_seconds=30, execution_timeout=timedelta(minutes=2))
pipeline = client().workflow(name="pipeline", task_defaults=DEFAULTS)


def audited(workflow: Workflow[Any], **settings: Any) -> Callable[[Callable[..., Any]], Any]:
    """A decorator that counts runs."""

    def decorate(function: Callable[..., Any]) -> Any:
        @functools.wraps(function)
        def counted(input: EmptyModel, ctx: Context) -> Any:
            return function(input, ctx)

        return workflow.task(name=function.__name__, **settings)(counted)

    return decorate


@pipeline.task()
def fetch(input: EmptyModel, ctx: Context) -> dict[str, int]:
    import requests

    return {"rows": len(requests.get("https://example.com", timeout=5).text)}


@audited(pipeline, parents=[fetch], retries=1)
def clean(input: EmptyModel, ctx: Context) -> dict[str, int]:
    return {"rows": ctx.task_output(fetch)["rows"] - 1}


parents = [fetch]
parents.append(clean)


@pipeline.task(
    parents=parents,
    wait_for=[or_(SleepCondition(timedelta(seconds=30)), UserEventCondition(event_key="go"))],
    skip_if=[ParentCondition(parent=fetch, expression="output.rows == 0 || !has(output.rows)")],
)
def join(input: EmptyModel, ctx: Context) -> int:
    rows: int = ctx.task_output(clean)["rows"]
    return rows + ctx.task_output(fetch)["rows"]


class Reports:
    """Tasks that are methods' inner functions."""

    def __init__(self, hatchet: sdk.Hatchet) -> None:
        self.hatchet = hatchet
        self.workflow = hatchet.workflow(name="reports")

    def register(self) -> Workflow[Any]:
        first = self.workflow.task(name="first", retries=2)(self._first)

        @self.workflow.task(parents=[first])
        def second(input: EmptyModel, ctx: Context) -> None:
            ctx.log(str(ctx.task_output(first)))

        @self.workflow.on_success_task()
        def done(input: EmptyModel, ctx: Context) -> None:
            ctx.log(str(ctx.task_output(second)))

        return self.workflow

    @staticmethod
    def _first(input: EmptyModel, ctx: Context) -> dict[str, bool]:
        return {"ok": True}


def worker(*names: str) -> sdk.Worker:
    flows = {"pipeline": pipeline, "reports": Reports(client()).register()}
    return client().worker("worker", workflows=[flows[name] for name in names or flows])
