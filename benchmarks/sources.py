"""Writes Hatchet files of a wished length, as people write them: workflows, tasks, conditions, plain functions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path

CLIENT = '''\
"""The one Hatchet client of the project."""

from hatchet_sdk import Hatchet

hatchet = Hatchet()
'''

HEADER = '''\
"""Orders, from the shop to the door."""

from datetime import timedelta

from hatchet_sdk import (
    ConcurrencyExpression,
    ConcurrencyLimitStrategy,
    Context,
    DurableContext,
    ParentCondition,
    RateLimit,
    RateLimitDuration,
    SleepCondition,
    TaskDefaults,
    UserEventCondition,
    or_,
)
from pydantic import BaseModel

from app.client import hatchet

PATIENCE = timedelta(minutes=5)


class Order(BaseModel):
    order_id: str
    customer_id: str
    pieces: int = 1
'''

WORKFLOW = """

orders_{n} = hatchet.workflow(
    name="orders-{n}",
    input_validator=Order,
    on_events=["order:placed:{n}"],
    concurrency=ConcurrencyExpression(
        expression="input.customer_id",
        max_runs=5,
        limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
    ),
    task_defaults=TaskDefaults(execution_timeout=PATIENCE),
)


@orders_{n}.task()
def validate_{n}(input: Order, ctx: Context) -> dict[str, int]:
    ctx.log(f"validating {{input.order_id}}")
    return {{"pieces": max(input.pieces, 0)}}


@orders_{n}.task(parents=[validate_{n}], retries=2)
def reserve_{n}(input: Order, ctx: Context) -> dict[str, int]:
    pieces = ctx.task_output(validate_{n})["pieces"]
    return {{"reserved": total_{n}(pieces)}}


@orders_{n}.task(
    parents=[reserve_{n}],
    wait_for=[
        or_(
            SleepCondition(timedelta(minutes=10)),
            UserEventCondition(event_key="order:paid:{n}"),
        )
    ],
    skip_if=[
        ParentCondition(parent=reserve_{n}, expression="output.reserved == 0")
    ],
)
def ship_{n}(input: Order, ctx: Context) -> dict[str, str]:
    reserved = ctx.task_output(reserve_{n})
    return {{"parcel": f"{{input.order_id}}/{{reserved['reserved']}}"}}


def total_{n}(pieces: int) -> int:
    total = 0
    for piece in range(pieces):
        if piece % 2:
            total += piece
    return total
"""

STANDALONES = """

@hatchet.task(
    name="charge-{n}",
    input_validator=Order,
    retries=5,
    backoff_factor=2.0,
    backoff_max_seconds=120,
    rate_limits=[
        RateLimit(
            dynamic_key="input.customer_id",
            units=1,
            limit=100,
            duration=RateLimitDuration.MINUTE,
        )
    ],
)
async def charge_{n}(input: Order, ctx: Context) -> dict[str, str]:
    return {{"charge": f"c-{{input.order_id}}"}}


@hatchet.durable_task(
    name="deliver-{n}",
    input_validator=Order,
    execution_timeout=timedelta(days=2),
)
async def deliver_{n}(input: Order, ctx: DurableContext) -> dict[str, str]:
    receipt = await charge_{n}.aio_run(input)
    started = await ctx.aio_now()
    await ctx.aio_sleep_for(timedelta(hours=1))
    await ctx.aio_wait_for(
        "door-{n}",
        or_(
            SleepCondition(timedelta(days=1)),
            UserEventCondition(event_key="parcel:signed:{n}"),
        ),
    )
    return {{"charge": receipt["charge"], "started": started.isoformat()}}
"""

TARGET = """

@hatchet.task(name="target", retries={retries}, execution_timeout={timeout})
async def target(input: Order, ctx: Context) -> dict[str, int]:
    return {{"pieces": input.pieces}}
"""


@dataclass(frozen=True)
class BenchmarkFile:
    """A file with one line, in its middle, that every server can be asked to judge again and again."""

    text: str
    target_row: int
    """The row (from 0) of the line to edit."""

    @property
    def line_count(self) -> int:
        """The number of lines."""
        return self.text.count("\n")


def target_line(number: int, *, wrong: bool) -> str:
    """The line to edit, without its line end, a new one for each number.

    Wrong, it has a negative number of retries (for hatchet-ls) and an undefined name (for the others).
    """
    retries, timeout = (-number, f"missing_{number}") if wrong else (number, "PATIENCE")
    return TARGET.format(retries=retries, timeout=timeout).strip().splitlines()[0]


def hatchet_file(lines: int) -> BenchmarkFile:
    """A Hatchet file of ``lines`` lines (at least 40) whose target line is wrong."""
    target = TARGET.format(retries=-1, timeout="missing_1")
    text, number = HEADER, 0
    target_row = -1
    for number in count():
        if target_row < 0 and text.count("\n") >= (lines - HEADER.count("\n")) // 2:
            target_row = text.count("\n") + 2
            text += target
        block = (STANDALONES if number % 2 else WORKFLOW).format(n=number)
        if text.count("\n") + block.count("\n") + (target.count("\n") if target_row < 0 else 0) > lines:
            break
        text += block
    if target_row < 0:
        target_row = text.count("\n") + 2
        text += target
    return BenchmarkFile(_padded(text, lines), target_row)


def plain_file(lines: int) -> str:
    """A file of ``lines`` lines that has nothing to do with Hatchet."""
    text = '"""Nothing but arithmetic."""\n\nimport math\n'
    for number in count():
        block = f"""

def area_{number}(radius: float, scale: int = {number}) -> float:
    result = math.pi * radius**2
    for step in range(scale):
        if step % 3 == 0:
            result += math.sqrt(step)
    return result
"""
        if text.count("\n") + block.count("\n") > lines:
            return _padded(text, lines)
        text += block
    raise AssertionError("count() does not end")


def write_project(folder: Path, sizes: list[int]) -> dict[int, Path]:
    """Write a project with the client in a module of its own and one file for each size; the paths by size."""
    app = folder / "app"
    app.mkdir(parents=True)
    (app / "__init__.py").write_text("", encoding="utf-8")
    (app / "client.py").write_text(CLIENT, encoding="utf-8")
    (folder / "pyproject.toml").write_text('[project]\nname = "shop"\nversion = "1"\n', encoding="utf-8")
    paths = {}
    for size in sizes:
        paths[size] = app / f"orders_{size}.py"
        paths[size].write_text(hatchet_file(size).text, encoding="utf-8")
    return paths


def _padded(text: str, lines: int) -> str:
    missing = lines - text.count("\n")
    if missing < 3:
        return text + "#\n" * missing
    return text + "\n\n" + "".join(f"LIMIT_{number} = {number}\n" for number in range(missing - 2))
