"""What Hatchet's arguments mean, in our own words, with the units and limits that no signature shows.

Limits are the engine's: the ``validate`` tags of ``pkg/repository/workflow.go`` and what the scheduler does with the
values. What is not here has the SDK's own text only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

DOCS = "https://docs.hatchet.run/"


@dataclass(frozen=True, slots=True)
class ArgumentDoc:
    """What one argument means."""

    meaning: str
    """One sentence."""
    unit: str = ""
    valid: str = ""
    """What the engine or the SDK takes."""
    page: str = ""
    """Of the documentation, below ``DOCS``; empty for none."""

    @property
    def url(self) -> str | None:
        """The page's address."""
        return DOCS + self.page if self.page else None


_STANDALONE = ("Hatchet.task", "Hatchet.durable_task", "Hatchet.batch_task")
_IN_WORKFLOW = ("Workflow.task", "Workflow.durable_task", "Workflow.batch_task")
_HOOKS = ("Workflow.on_failure_task", "Workflow.on_success_task")
_RUNS = tuple(
    f"{owner}.{method}"
    for owner in ("Workflow", "Standalone")
    for method in (
        "run",
        "aio_run",
        "run_no_wait",
        "aio_run_no_wait",
        "create_bulk_run_item",
        "schedule",
        "aio_schedule",
    )
)

_DURATION = "`timedelta`, sent in whole seconds"

_ON_TASKS: Mapping[str, ArgumentDoc] = {
    "name": ArgumentDoc(
        "What the task is called in the dashboard and in its workflow; the function's name if left out.",
        valid="letters, digits, `.`, `-` and `_`; unique in the workflow without regard to case",
        page="v1/tasks",
    ),
    "schedule_timeout": ArgumentDoc(
        "How long an attempt may wait in the queue for a free slot; after that it is cancelled.",
        _DURATION,
        'above 0; there is no "no limit"',
        "v1/timeouts",
    ),
    "execution_timeout": ArgumentDoc(
        "How long one attempt may run; after that it fails with a timeout, and is retried while retries are left.",
        _DURATION,
        '1 second or more; there is no "no limit"',
        "v1/timeouts",
    ),
    "retries": ArgumentDoc(
        "How often a failed task is tried again after the first attempt.",
        "attempts beyond the first",
        "0 or more",
        "v1/retry-policies",
    ),
    "backoff_factor": ArgumentDoc(
        "The base of the waits between retries: retry `n` comes `backoff_factor ** n` seconds after the failure. "
        "Without it retries follow at once.",
        "base of a power, in seconds",
        "1 to 1000",
        "v1/retry-policies",
    ),
    "backoff_max_seconds": ArgumentDoc(
        "The longest wait between two retries; not read without a `backoff_factor`.",
        "seconds",
        "1 to 86400 (a day, which also holds when it is left out)",
        "v1/retry-policies",
    ),
    "rate_limits": ArgumentDoc(
        "The budgets that a run takes units from before it starts; it waits in the queue while one of them is empty.",
        valid="a list of `RateLimit`",
        page="v1/rate-limits",
    ),
    "desired_worker_labels": ArgumentDoc(
        "The labels of the workers that the task should, or must, run on.",
        valid="a list of `DesiredWorkerLabel`",
        page="v1/advanced-assignment/worker-affinity",
    ),
    "concurrency": ArgumentDoc(
        "How many runs of the task go at the same time, in all or for each value of an expression.",
        valid="a number, which limits all runs together and queues the rest, or a list of `ConcurrencyExpression`",
        page="v1/concurrency",
    ),
    "slot_cost": ArgumentDoc(
        "How many of the worker's slots the task holds while it runs; one if left out.",
        "slots",
        "1 or more, and no more than one worker has",
        "v1/advanced-assignment/slot-cost",
    ),
    "eviction_policy": ArgumentDoc(
        "When a durable run that is waiting gives its slot to others; `None` keeps the slot until the run ends.",
        page="v1/task-eviction",
    ),
    "parents": ArgumentDoc(
        "The tasks of the same workflow that must be done before this one starts, and whose outputs it may read.",
        valid="tasks that are defined above",
        page="v1/directed-acyclic-graphs",
    ),
    "wait_for": ArgumentDoc(
        "What must have happened, besides the parents, before the task starts; all conditions of the list together.",
        valid="conditions, or groups of alternatives made by `or_`",
        page="v1/directed-acyclic-graphs",
    ),
    "skip_if": ArgumentDoc(
        "When the task is left out; tasks that depend on it go on.",
        valid="conditions, or groups of alternatives made by `or_`",
        page="v1/directed-acyclic-graphs",
    ),
    "cancel_if": ArgumentDoc(
        "When the task is cancelled, and with it what depends on it.",
        valid="conditions, or groups of alternatives made by `or_`",
        page="v1/directed-acyclic-graphs",
    ),
}

_ON_BATCH_TASKS: Mapping[str, ArgumentDoc] = {
    "batch_max_size": ArgumentDoc(
        "How many inputs make a full batch, which starts at once.", "inputs", "1 to 100000", "v1/batch-tasks"
    ),
    "batch_max_interval": ArgumentDoc(
        "How long a batch that is not full waits for more inputs.",
        "`timedelta`, sent in milliseconds",
        "1 millisecond to 24 hours; 1 second if left out",
        "v1/batch-tasks",
    ),
    "batch_group_key": ArgumentDoc(
        "What keeps inputs apart: each value of this CEL expression has batches of its own.",
        valid="CEL that gives a string",
        page="v1/batch-tasks",
    ),
    "batch_group_max_runs": ArgumentDoc(
        "How many batches of one group run at the same time.",
        "batches",
        "1 to 10000; 100 if left out",
        "v1/batch-tasks",
    ),
    "broadcast_output": ArgumentDoc(
        "Whether one output goes to all inputs of the batch, instead of one to each.", page="v1/batch-tasks"
    ),
}

_ON_WORKFLOWS: Mapping[str, ArgumentDoc] = {
    "name": ArgumentDoc(
        "What the workflow is called in the tenant; registering the same name again makes a new version.",
        valid="letters, digits, `.`, `-` and `_`",
        page="v1/tasks",
    ),
    "description": ArgumentDoc("What the dashboard shows about it."),
    "input_validator": ArgumentDoc(
        "The type of `input`: what is sent is checked against it, and the dashboard makes a form of it.",
        valid="a pydantic model, a dataclass, a `TypedDict` or `dict`; any fields if left out",
        page="v1/tasks",
    ),
    "on_events": ArgumentDoc(
        "The keys of the events that start a run, with the event's payload as input.",
        valid="a list of keys; `*` stands for any part",
        page="v1/events",
    ),
    "on_crons": ArgumentDoc(
        "When runs start by the clock.",
        valid="a list of cron expressions of 5 fields, or 6 with seconds first; in UTC; no `@daily` and the like",
        page="v1/cron-runs",
    ),
    "cron_input": ArgumentDoc("The input of the runs that a cron starts.", page="v1/cron-runs"),
    "version": ArgumentDoc("Not read by today's engine, which makes versions of its own."),
    "sticky": ArgumentDoc(
        "Whether all tasks of a run go to one worker: `HARD` waits for it, `SOFT` takes another when it is busy.",
        page="v1/advanced-assignment/sticky-assignment",
    ),
    "default_priority": ArgumentDoc(
        "Which runs leave the queue first, unless the trigger says otherwise.",
        valid="1 to 3, 3 first",
        page="v1/priority",
    ),
    "concurrency": ArgumentDoc(
        "How many runs go at the same time, in all or for each value of an expression.",
        valid="a number, which limits all runs together and queues the rest; a `ConcurrencyExpression`; or a list",
        page="v1/concurrency",
    ),
    "task_defaults": ArgumentDoc(
        "What holds for the tasks that do not set it themselves; not for on-failure and on-success tasks. A task's "
        "value that equals the SDK's default counts as not set.",
        page="v1/tasks",
    ),
    "default_filters": ArgumentDoc(
        "Filters on events that every registration puts in place.", valid="a list of `DefaultFilter`", page="v1/events"
    ),
    "default_additional_metadata": ArgumentDoc(
        "Metadata of every run, below what the trigger gives.", page="v1/additional-metadata"
    ),
    "idempotency": ArgumentDoc(
        "What makes two triggers the same, so that the second starts nothing.", page="v1/idempotency"
    ),
}

_ON_RUNS: Mapping[str, ArgumentDoc] = {
    "input": ArgumentDoc("What the run gets as `input`.", page="v1/running-your-task"),
    "wait_for_result": ArgumentDoc(
        "Whether the call comes back with the result, or at once with a reference to the run."
    ),
    "child_key": ArgumentDoc("What makes a child the same when its parent runs again.", page="v1/child-spawning"),
    "additional_metadata": ArgumentDoc("What the run can be found by in the dashboard.", page="v1/additional-metadata"),
    "priority": ArgumentDoc("Which runs leave the queue first.", valid="1 to 3, 3 first", page="v1/priority"),
    "sticky": ArgumentDoc(
        "Whether the child goes to its parent's worker.", page="v1/advanced-assignment/sticky-assignment"
    ),
    "run_at": ArgumentDoc("When the run starts.", valid="a `datetime` with a time zone", page="v1/scheduled-runs"),
}

TABLES: tuple[tuple[tuple[str, ...], Mapping[str, ArgumentDoc]], ...] = (
    (_STANDALONE, {"concurrency": _ON_WORKFLOWS["concurrency"]}),
    ((*_STANDALONE, *_IN_WORKFLOW, *_HOOKS, "TaskDefaults"), _ON_TASKS),
    (("Hatchet.batch_task", "Workflow.batch_task"), _ON_BATCH_TASKS),
    (("Hatchet.workflow", *_STANDALONE), _ON_WORKFLOWS),
    (_RUNS, _ON_RUNS),
    (
        ("TaskDefaults",),
        {"priority": ArgumentDoc("Checked and then not used.", valid="1 to 3", page="v1/priority")},
    ),
    (
        ("Hatchet",),
        {
            "config": ArgumentDoc(
                "Token, address and all other settings; what is left out comes from `HATCHET_CLIENT_…` variables."
            ),
            "debug": ArgumentDoc("Whether the client logs what it does."),
        },
    ),
    (
        ("Hatchet.worker",),
        {
            "name": ArgumentDoc("What the worker is called in the dashboard.", page="v1/workers"),
            "slots": ArgumentDoc(
                "How many tasks that are not durable the worker runs at the same time; 100 if left out.",
                "slots",
                "1 or more",
                "v1/workers",
            ),
            "durable_slots": ArgumentDoc(
                "How many durable tasks the worker holds at the same time, besides `slots`; 1000 if left out.",
                "slots",
                "1 or more",
                "v1/workers",
            ),
            "labels": ArgumentDoc(
                "What tasks with `desired_worker_labels` look for.",
                valid="a dict of names to text or whole numbers",
                page="v1/advanced-assignment/worker-affinity",
            ),
            "workflows": ArgumentDoc(
                "What the worker registers at its start and then runs.",
                valid="a list of workflows and standalone tasks",
                page="v1/workers",
            ),
            "lifespan": ArgumentDoc(
                "Runs around the worker's life; what it yields is `ctx.lifespan` in every task.",
                valid="an asynchronous generator function without parameters",
                page="v1/workers",
            ),
        },
    ),
    (
        ("RateLimit",),
        {
            "static_key": ArgumentDoc(
                "The one budget that all runs share.", valid="this or `dynamic_key`", page="v1/rate-limits"
            ),
            "dynamic_key": ArgumentDoc(
                "A budget for each value of this expression.",
                valid="CEL that gives a string; this or `static_key`; needs `limit`",
                page="v1/rate-limits",
            ),
            "units": ArgumentDoc(
                "What one run takes from the budget.",
                "units",
                "1 or more, or CEL that gives a whole number",
                "v1/rate-limits",
            ),
            "limit": ArgumentDoc(
                "What the budget holds in each window.",
                "units",
                "a whole number, or CEL that gives one",
                "v1/rate-limits",
            ),
            "duration": ArgumentDoc(
                "How long a window is, after which the budget is full again.", page="v1/rate-limits"
            ),
        },
    ),
    (
        ("RateLimitsClient.put", "RateLimitsClient.aio_put"),
        {
            "key": ArgumentDoc("The static key of the tasks that share the budget.", page="v1/rate-limits"),
            "limit": ArgumentDoc("What the budget holds in each window.", "units", page="v1/rate-limits"),
            "duration": ArgumentDoc(
                "How long a window is, after which the budget is full again.", page="v1/rate-limits"
            ),
        },
    ),
    (
        ("ConcurrencyExpression",),
        {
            "expression": ArgumentDoc(
                "Runs with the same value of this expression share the limit.",
                valid="CEL on `input` and `additional_metadata` that gives a string",
                page="v1/concurrency",
            ),
            "max_runs": ArgumentDoc(
                "How many runs of one group go at the same time.", "runs", "1 or more", "v1/concurrency"
            ),
            "limit_strategy": ArgumentDoc(
                "What happens to a run above the limit: it waits its turn, is cancelled, or replaces an older one.",
                page="v1/concurrency",
            ),
        },
    ),
    (
        ("EvictionPolicy",),
        {
            "ttl": ArgumentDoc(
                "How long a durable run waits at a stretch before it may lose its slot; `None` for never by time.",
                "`timedelta`",
                page="v1/task-eviction",
            ),
            "allow_capacity_eviction": ArgumentDoc(
                "Whether a waiting run may lose its slot when the worker has none left.", page="v1/task-eviction"
            ),
            "priority": ArgumentDoc("Who goes first when several may: the lowest number.", page="v1/task-eviction"),
        },
    ),
    (
        ("SleepCondition",),
        {
            "duration": ArgumentDoc("How long to wait.", _DURATION, "above 0", "v1/durable-sleep"),
            "readable_data_key": ArgumentDoc("What the wait is called in the result; `sleep:<duration>` if left out."),
        },
    ),
    (
        ("UserEventCondition",),
        {
            "event_key": ArgumentDoc("The key of the event to wait for.", page="v1/durable-event-waits"),
            "expression": ArgumentDoc(
                "Which events of the key count.",
                valid="CEL on `input` that gives a bool",
                page="v1/durable-event-waits",
            ),
            "readable_data_key": ArgumentDoc("What the event is called in the result; its key if left out."),
        },
    ),
    (
        ("ParentCondition",),
        {
            "parent": ArgumentDoc("The task whose output decides.", valid="one of `parents`"),
            "expression": ArgumentDoc("What its output must be like.", valid="CEL on `output` that gives a bool"),
        },
    ),
    (
        ("Context.refresh_timeout", "Context.aio_refresh_timeout"),
        {
            "increment_by": ArgumentDoc(
                "How much longer the attempt may run, on top of what is left.", _DURATION, "above 0", "v1/timeouts"
            )
        },
    ),
    (
        ("DurableContext.aio_sleep_for",),
        {
            "duration": ArgumentDoc(
                "How long to sleep; the run may leave its slot meanwhile.", _DURATION, "above 0", "v1/durable-sleep"
            )
        },
    ),
    (
        ("Context.task_output", "Context.was_skipped"),
        {
            "task": ArgumentDoc(
                "The task that is asked about.", valid="one of the `parents`", page="v1/directed-acyclic-graphs"
            )
        },
    ),
)


def describe(key: str, name: str) -> ArgumentDoc | None:
    """What an argument means, by its callable's key in the facts and its own name; None when we have no words for it.

    A method that a class inherits is known by the name of the class that has it.
    """
    for keys, docs in TABLES:
        if key in keys and name in docs:
            return docs[name]
    return None
