"""What only looks like this SDK, and this SDK behind what does not look like it."""

from datetime import timedelta
from types import SimpleNamespace

from hatchet_sdk import Context, EmptyModel, Hatchet


class Queue:
    """Another library's idea of a task."""

    def task(self, retries: int = 0, execution_timeout: str = "", **options: object):
        return lambda function: function

    durable_task = workflow = task


class RateLimit(SimpleNamespace):
    """The project's own."""


queue = Queue()
hatchet = queue
limits = [RateLimit(static_key="input.user", units="none", limit=-1)]


@queue.task(retries=-1, execution_timeout="banana", rate_limits=limits)
def first() -> None: ...


@hatchet.durable_task(retries=-5)
def second(ctx: object) -> None:
    import time

    time.sleep(1)
    ctx.task_output(first)


def make(hatchet: Hatchet):
    settings = {"retries": 2, "execution_timeout": timedelta(seconds=5)}
    return hatchet.task(name="made", **settings)


@make(Hatchet())
def third(input: EmptyModel, ctx: Context) -> None:
    first()
