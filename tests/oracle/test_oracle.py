"""The oracle itself: it refuses what fails, at the right moment and line, and nothing else."""

from __future__ import annotations

from textwrap import dedent

import pytest

from oracle.sdk import Oracle
from oracle.verdict import Verdict

HEAD = """\
from datetime import timedelta
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Context, DurableContext, EmptyModel, Hatchet
from hatchet_sdk import RateLimit, SleepCondition

hatchet = Hatchet()
workflow = hatchet.workflow(name="orders")
"""
FIRST_ROW = HEAD.count("\n") + 1


@pytest.fixture(params=["newest", "older"])
def oracle(request: pytest.FixtureRequest) -> Oracle:
    """The release under question: each in turn."""
    found: Oracle = request.getfixturevalue(request.param)
    return found


def judge(oracle: Oracle, code: str) -> Verdict:
    """What a release makes of code below the usual imports."""
    verdict = oracle.judge({"tasks.py": HEAD + dedent(code).lstrip("\n")})
    assert verdict.broken is None
    return verdict


RIGHT = """
@workflow.task(retries=3, execution_timeout=timedelta(minutes=5), backoff_factor=2.0, backoff_max_seconds=60)
def first(input: EmptyModel, ctx: Context) -> dict:
    return {"x": 1}

@workflow.task(parents=[first], wait_for=[SleepCondition(timedelta(seconds=10))])
async def second(input: EmptyModel, ctx: Context) -> dict:
    return {"x": ctx.task_output(first)["x"]}

@hatchet.durable_task()
async def alone(input: EmptyModel, ctx: DurableContext) -> dict:
    await ctx.aio_sleep_for(timedelta(seconds=1))
    return {}

def main() -> None:
    hatchet.worker("worker", workflows=[workflow, alone]).start()

if __name__ == "__main__":
    main()
"""


def test_right_code_is_accepted(oracle: Oracle) -> None:
    assert judge(oracle, RIGHT).refusals == ()


REGISTRATION = [
    "retries=-1",
    "execution_timeout='5 minutes'",
    "execution_timeout='1d'",
    "schedule_timeout=timedelta(seconds=-5)",
    "backoff_factor=0.5",
    "backoff_factor=2.0, backoff_max_seconds=0",
    "name='two words'",
    "concurrency=ConcurrencyExpression(expression='input.x', max_runs=1, limit_strategy='GROUP_ROUND_ROBIN')",
    "concurrency=[ConcurrencyExpression(expression='', max_runs=1, limit_strategy='GROUP_ROUND_ROBIN')]",
    "parents=[other]",
]


@pytest.mark.parametrize("argument", REGISTRATION)
def test_what_the_engine_refuses_is_refused_at_registration(oracle: Oracle, argument: str) -> None:
    code = f"""
    @hatchet.workflow(name="elsewhere").task()
    def other(input: EmptyModel, ctx: Context) -> None: ...

    @workflow.task(
        {argument},
    )
    def task(input: EmptyModel, ctx: Context) -> None: ...
    """
    verdict = judge(oracle, code)
    assert [refusal.moment for refusal in verdict.refusals] == ["registration"], verdict.refusals
    assert verdict.proves("tasks.py", FIRST_ROW + 4)
    assert not verdict.proves("tasks.py", FIRST_ROW)


def test_a_workflow_is_refused_where_it_is_made(oracle: Oracle) -> None:
    verdict = judge(oracle, "spaced = hatchet.workflow(name='two words')\nother = 1\n")
    assert verdict.proves("tasks.py", FIRST_ROW)
    assert not verdict.proves("tasks.py", FIRST_ROW + 1)


def test_every_refused_statement_is_seen_not_only_the_first(oracle: Oracle) -> None:
    code = """
    one = RateLimit(dynamic_key="input.x")
    right = RateLimit(static_key="a", units=1)
    two = RateLimit(
        static_key="a",
        dynamic_key="input.x",
        limit=1,
    )
    three = hatchet.workflow(nom="x")
    """
    verdict = judge(oracle, code)
    assert {refusal.moment for refusal in verdict.refusals} == {"import"}
    proved = [verdict.proves("tasks.py", FIRST_ROW + row) for row in range(8)]
    assert proved == [True, False, True, True, True, True, True, True]


def test_a_value_is_refused_where_it_is_written_although_it_fails_where_it_is_used(oracle: Oracle) -> None:
    code = """
    TIMEOUT = "5 minutes"
    UNUSED = "5 minutes"

    @workflow.task(execution_timeout=TIMEOUT)
    def task(input: EmptyModel, ctx: Context) -> None: ...
    """
    verdict = judge(oracle, code)
    assert verdict.proves("tasks.py", FIRST_ROW)
    assert not verdict.proves("tasks.py", FIRST_ROW + 1)


def test_a_run_is_refused_at_the_line_that_raises(oracle: Oracle) -> None:
    code = """
    @hatchet.task()
    async def task(input: EmptyModel, ctx: DurableContext) -> None:
        ctx.log("right")
        await ctx.aio_sleep_for(timedelta(seconds=1))

    @workflow.task()
    def first(input: EmptyModel, ctx: Context) -> None: ...

    @workflow.task()
    def second(input: EmptyModel, ctx: Context) -> None:
        ctx.task_output(first)
    """
    verdict = judge(oracle, code)
    assert [refusal.moment for refusal in verdict.refusals] == ["run", "run"]
    assert [row for row in range(12) if verdict.proves("tasks.py", FIRST_ROW + row)] == [3, 10]


def test_a_run_that_has_no_time_is_refused(oracle: Oracle) -> None:
    code = """
    @workflow.task(execution_timeout=timedelta(milliseconds=500))
    def task(input: EmptyModel, ctx: Context) -> None: ...
    """
    verdict = judge(oracle, code)
    assert [refusal.moment for refusal in verdict.refusals] == ["run"]
    assert verdict.proves("tasks.py", FIRST_ROW)


def test_the_main_part_is_run(oracle: Oracle) -> None:
    verdict = judge(oracle, "if __name__ == '__main__':\n    hatchet.worker('worker').start_blocking()\n")
    assert [str(refusal) for refusal in verdict.refusals] == [
        f"refused at run (tasks.py:{FIRST_ROW + 1}): AttributeError: 'Worker' object has no attribute 'start_blocking'"
    ]


def test_functions_that_need_nothing_or_a_client_are_called(oracle: Oracle) -> None:
    code = """
    def register(hatchet: Hatchet) -> None:
        hatchet.task(retries=-1)(lambda input, ctx: None)
        hatchet.tusk()
    """
    verdict = judge(oracle, code)
    assert verdict.proves("tasks.py", FIRST_ROW + 2)


def test_mistakes_of_other_kinds_say_nothing_about_hatchet(oracle: Oracle) -> None:
    code = """
    import requests
    from celery import Celery

    app = Celery("tasks")

    @hatchet.task()
    def task(input: EmptyModel, ctx: Context) -> None:
        requests.get("https://example.org").raise_for_status()
        open("/no/such/file")
        undefined_name()
    """
    assert judge(oracle, code).refusals == ()


ENDLESS = [
    "await ctx.aio_sleep_for(timedelta(seconds=1))",
    "await asyncio.sleep(1)",
    "await child.aio_run()",
    "await child.aio_run_many([child.create_bulk_run_item()])",
    "await asyncio.gather(child.aio_run(), child.aio_run())",
]


@pytest.mark.parametrize("turn", ENDLESS)
def test_a_task_that_goes_on_for_ever_comes_to_an_end(oracle: Oracle, turn: str) -> None:
    code = f"""
    import asyncio

    @hatchet.task()
    async def child(input: EmptyModel, ctx: Context) -> None: ...

    @hatchet.durable_task()
    async def endless(input: EmptyModel, ctx: DurableContext) -> None:
        while True:
            {turn}

    @hatchet.task(execution_timeout=timedelta(milliseconds=500))
    def wrong(input: EmptyModel, ctx: Context) -> None: ...
    """
    verdict = judge(oracle, code)
    assert [refusal.moment for refusal in verdict.refusals] == ["run"]
    assert "0h" in verdict.refusals[0].text


def test_a_snippet_that_cannot_be_imported_is_broken_not_refused(oracle: Oracle) -> None:
    assert "NameError" in (oracle.judge({"tasks.py": "x = undefined_name\n"}).broken or "")
    assert "SyntaxError" in (oracle.judge({"tasks.py": "def\n"}).broken or "")


def test_files_import_each_other(oracle: Oracle) -> None:
    files = {
        "app/__init__.py": "",
        "app/client.py": "from hatchet_sdk import Hatchet\n\nhatchet = Hatchet()\n",
        "app/tasks.py": "from .client import hatchet\n\n@hatchet.task(retries=-1)\ndef task(input, ctx): ...\n",
    }
    verdict = oracle.judge(files)
    assert verdict.proves("app/tasks.py", 3)
    assert not verdict.proves("app/client.py", 3)


REPLAYED = """
import random
import uuid
from datetime import datetime

@hatchet.task()
async def child(input: EmptyModel, ctx: Context) -> None: ...

@hatchet.durable_task()
async def same(input: EmptyModel, ctx: DurableContext) -> None:
    ctx.log(f"{datetime.now()} {uuid.uuid4()}")
    await ctx.aio_sleep_for(timedelta(seconds=5))
    await child.aio_run(input)

@hatchet.durable_task()
async def another_wait(input: EmptyModel, ctx: DurableContext) -> None:
    seconds = random.randint(1, 100)
    delay = timedelta(seconds=seconds)
    await ctx.aio_sleep_for(delay)

@hatchet.durable_task()
async def another_input(input: EmptyModel, ctx: DurableContext) -> None:
    await child.aio_run(EmptyModel(now=str(datetime.now())))

@hatchet.durable_task()
async def another_branch(input: EmptyModel, ctx: DurableContext) -> None:
    if datetime.now().month == 1:
        await ctx.aio_sleep_for(timedelta(seconds=5))
    else:
        await child.aio_run(input)
"""


def test_a_replay_that_does_something_else_is_refused(newest: Oracle) -> None:
    verdict = judge(newest, REPLAYED)
    assert len(verdict.refusals) == 3
    assert all("NonDeterminismError" in refusal.text for refusal in verdict.refusals)
    rows = [FIRST_ROW + row for row in range(REPLAYED.count("\n")) if verdict.proves("tasks.py", FIRST_ROW + row)]
    lines = (HEAD + REPLAYED.lstrip("\n")).splitlines()
    assert [lines[row - 1].strip() for row in rows] == [
        "seconds = random.randint(1, 100)",
        "delay = timedelta(seconds=seconds)",
        "await ctx.aio_sleep_for(delay)",
        "await child.aio_run(EmptyModel(now=str(datetime.now())))",
        "if datetime.now().month == 1:",
        "await ctx.aio_sleep_for(timedelta(seconds=5))",
        "else:",
        "await child.aio_run(input)",
    ]


def test_a_run_that_never_ends_is_given_up(newest: Oracle) -> None:
    code = """
    from time import sleep as nap

    @hatchet.task()
    def task(input: EmptyModel, ctx: Context) -> None:
        while True:
            nap(60)
    """
    assert judge(newest, code).refusals == ()
