"""Crons, events, filters and workers in the ways that are seldom seen."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

from hatchet_sdk import ClientConfig, Context, DefaultFilter, EmptyModel, Hatchet
from hatchet_sdk.exceptions import NonRetryableException
from pydantic import BaseModel


class Tenant(Hatchet):
    """A client of one tenant; its tasks may be given their owner."""

    def task(self, *, owner: str = "", **settings):  # type: ignore[override]
        return super().task(desired_worker_labels={}, **settings)


hatchet = Hatchet(config=ClientConfig(namespace="test"))
tenant = Tenant(config=ClientConfig(namespace="test"))
EVERY = {"night": "0 3 * * *", "quarter": "*/15 9-17 * * MON-FRI", "half-minute": "*/30 * * * * *"}


class Event(BaseModel):
    kind: str = "cron"
    retries: int = 0


nightly = hatchet.workflow(
    name="nightly",
    on_crons=[EVERY["night"], "CRON_TZ=Europe/Berlin 30 2 1-7 * ?", "@hourly"[:0] + "0 0 29 2 *"],
    on_events=["order:*", "a.b.c"],
    input_validator=Event,
    default_filters=[
        DefaultFilter(expression="input.kind == 'paid' && input.retries < 3", scope="shop", payload={"a": 1}),
    ],
)


@nightly.task(retries=2)
def work(input: Event, ctx: Context) -> None:
    if input.retries > 3:
        raise NonRetryableException("no use")
    if ctx.retry_count and not ctx.is_cancelled:
        ctx.refresh_timeout(timedelta(minutes=1))


@tenant.task(name="owned", owner="me", retries=1)
def owned(input: EmptyModel, ctx: Context) -> None: ...


@contextmanager
def schedule(cron: str) -> Iterator[str]:
    made = nightly.create_cron(f"cron-{cron}", cron, Event(kind="a"))
    yield made.metadata.id


def main(argv: list[str] = sys.argv) -> None:
    workflows = [nightly]
    if "--all" in argv:
        workflows.append(owned)
    worker = hatchet.worker("worker", slots=int(argv[1]) if len(argv) > 1 else 10, workflows=workflows)
    nightly.schedule(datetime.now(tz=timezone.utc) + timedelta(minutes=5), Event(kind="b"))
    worker.start()


if __name__ == "__main__":
    main()
