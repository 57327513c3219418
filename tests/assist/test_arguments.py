"""Values for the SDK's arguments, while they are being typed."""

from __future__ import annotations

import pytest

from assist.project import HEADER, Project

STRATEGIES = [
    "ConcurrencyLimitStrategy.CANCEL_IN_PROGRESS",
    "ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN",
    "ConcurrencyLimitStrategy.CANCEL_NEWEST",
]


@pytest.mark.parametrize(
    "typed",
    [
        "ConcurrencyExpression(limit_strategy=|)",
        "ConcurrencyExpression(limit_strategy=|",
        "ConcurrencyExpression(limit_strategy=Conc|",
        "ConcurrencyExpression(limit_strategy=ConcurrencyLimitStrategy.|)",
        "ConcurrencyExpression(\n    expression='input.a',\n    limit_strategy=|\n    max_runs=1,\n)",
        "hatchet.workflow(name='a', concurrency=[ConcurrencyExpression(limit_strategy=|",
        "@hatchet.task(concurrency=ConcurrencyExpression(limit_strategy=|))\ndef f(input, ctx): ...",
        "@hatchet.task(concurrency=ConcurrencyExpression(limit_strategy=|\ndef f(input, ctx): ...",
    ],
)
def test_an_argument_that_takes_an_enum_is_offered_its_members(project: Project, typed: str) -> None:
    assert project.labels(typed)[:3] == STRATEGIES


def test_enums_are_those_of_the_argument(project: Project) -> None:
    assert set(project.labels("RateLimit(static_key='a', limit=1, duration=|)")) >= {
        "RateLimitDuration.SECOND",
        "RateLimitDuration.YEAR",
    }
    assert project.labels("hatchet.task(default_priority=|)") == ["Priority.LOW", "Priority.MEDIUM", "Priority.HIGH"]
    assert project.labels("hatchet.workflow(sticky=|)") == ["StickyStrategy.SOFT", "StickyStrategy.HARD"]


@pytest.mark.parametrize(
    "typed",
    [
        "w.run(None, priority=|)",
        "w.run(None, priority=|",
        "await w.aio_run(None, priority=Prio|)",
        "w.run_no_wait(None, priority=|)",
        "w.schedule(None, priority=|)",
        "TriggerWorkflowOptions(priority=|)",
        "ScheduleTriggerWorkflowOptions(priority=|)",
        "hatchet.batch_task(name='b', default_priority=|)",
    ],
)
def test_a_priority_that_is_annotated_as_a_number_is_offered_the_enum(project: Project, typed: str) -> None:
    imports = "from hatchet_sdk import ScheduleTriggerWorkflowOptions, TriggerWorkflowOptions\n"
    code = imports + "w = hatchet.workflow(name='w')\n"
    assert project.labels(code + typed) == ["Priority.LOW", "Priority.MEDIUM", "Priority.HIGH"]


def test_an_eviction_has_priorities_of_its_own(project: Project) -> None:
    assert project.labels("from hatchet_sdk import EvictionPolicy\nEvictionPolicy(ttl=None, priority=|)") == []


def test_strategies_that_no_engine_takes_are_not_offered(project: Project) -> None:
    found = project.labels("ConcurrencyExpression(limit_strategy=|)")
    assert "ConcurrencyLimitStrategy.CANCEL_QUEUED_EXCEPT_NEWEST" in found
    assert not [each for each in found if ".QUEUE_" in each]


def test_the_default_is_preferred(project: Project) -> None:
    (preferred,) = (each for each in project.offered("RateLimit(duration=|)") if each.preferred)
    assert preferred.label == "RateLimitDuration.MINUTE"
    (preferred,) = (each for each in project.offered("hatchet.task(schedule_timeout=|)") if each.preferred)
    assert preferred.label == "timedelta(minutes=5)"


def test_a_member_brings_its_import(project: Project) -> None:
    taken = project.taken("hatchet.task(default_priority=Prio|)", "Priority.HIGH")
    assert (
        taken == HEADER.replace("RateLimit\n", "RateLimit, Priority\n") + "hatchet.task(default_priority=Priority.HIGH)"
    )


def test_a_member_uses_the_import_that_is_there(project: Project) -> None:
    header = "from hatchet_sdk import Priority as P\nimport hatchet_sdk as h\n\nhatchet = h.Hatchet()\n"
    taken = project.taken("hatchet.task(sticky=|)", "StickyStrategy.HARD", header)
    assert taken == header + "hatchet.task(sticky=h.StickyStrategy.HARD)"
    taken = project.taken("hatchet.task(default_priority=P.|)", "Priority.LOW", header)
    assert taken == header + "hatchet.task(default_priority=P.LOW)"


@pytest.mark.parametrize(
    "typed",
    [
        "hatchet.task(execution_timeout=|)",
        "hatchet.task(execution_timeout=time|",
        "hatchet.workflow(name='a').task(schedule_timeout=|)",
        "@hatchet.durable_task()\nasync def f(input, ctx: DurableContext):\n    await ctx.aio_sleep_for(|)",
        "@hatchet.durable_task()\nasync def f(input, ctx: DurableContext):\n    await ctx.aio_sleep_for(duration=|\n",
    ],
)
def test_an_argument_that_takes_a_duration_is_offered_common_ones(project: Project, typed: str) -> None:
    assert {"timedelta(seconds=30)", "timedelta(minutes=5)", "timedelta(hours=1)"} <= set(project.labels(typed))


def test_a_duration_says_what_the_engine_receives(project: Project) -> None:
    offers = {each.label: each for each in project.offered("hatchet.task(execution_timeout=|)")}
    assert offers["timedelta(minutes=5)"].documentation == "Sent as `5m`"
    assert offers["timedelta(…)"].snippet == "timedelta(${1|seconds,minutes,hours,days|}=${2:5})$0"
    assert offers["timedelta(…)"].content is None


def test_a_duration_brings_its_import(project: Project) -> None:
    header = "from hatchet_sdk import Hatchet\n\nhatchet = Hatchet()\n"
    taken = project.taken("hatchet.task(execution_timeout=|)", "timedelta(minutes=1)", header)
    assert (
        taken == "from datetime import timedelta\n\n" + header + "hatchet.task(execution_timeout=timedelta(minutes=1))"
    )
    header = "import datetime as dt\n" + header
    taken = project.taken("hatchet.task(execution_timeout=|)", "timedelta(minutes=1)", header)
    assert taken == header + "hatchet.task(execution_timeout=dt.timedelta(minutes=1))"


@pytest.mark.parametrize(
    "typed",
    [
        "print(duration=|)",
        "hatchet.task(name=|)",
        "hatchet.task(|)",
        "hatchet.task(default_priority=1 + |)",
        "hatchet.task(default_priority=hatchet.|)",
        "hatchet.task(default_priority=f(|))",
        "hatchet.task(name='execution_timeout=|')",
        "hatchet.task()  # default_priority=|",
        "hatchet.task(default_priority)|",
        "default_priority = |",
        "def task(default_priority): ...\ntask(default_priority=|)",
        "hatchet.task(**{'default_priority': |})",
    ],
)
def test_elsewhere_nothing_is_offered(project: Project, typed: str) -> None:
    assert project.labels(typed) == []


def test_a_file_without_hatchet_is_not_looked_at(project: Project) -> None:
    assert project.labels("RateLimit(duration=|)", header="") == []


@pytest.mark.parametrize(
    "typed",
    [
        "hatchet.workflow(name='a', on_crons=[|])",
        "hatchet.workflow(name='a', on_crons=[|",
        "@hatchet.task(on_crons=['0 9 * * *', |])\ndef f(input, ctx): ...",
    ],
)
def test_a_list_of_crons_is_offered_common_ones_in_quotes(project: Project, typed: str) -> None:
    offers = {each.label: each.detail for each in project.offered(typed)}
    assert offers['"0 * * * *"'] == "Every hour, on the hour (UTC)"


@pytest.mark.parametrize("typed", ["hatchet.workflow(name='a', on_crons=[CR|])", "hatchet.workflow(on_events=[|])"])
def test_other_lists_and_names_in_them_are_offered_no_crons(project: Project, typed: str) -> None:
    assert project.labels(typed) == []
