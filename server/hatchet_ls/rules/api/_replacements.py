"""What takes the place of a name that the SDK does not have, where no reading of the SDK tells it.

Sources: Hatchet's documentation and its guide for moving from the 0.x SDK, and the names that the other SDKs of
Hatchet and other task queues use for the same thing. What can be derived is not here: camelCase names, ``x.aio.y``
for ``x.aio_y``, names that belong to another call, names of other releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "timeout": ("execution_timeout",),
    "step_timeout": ("execution_timeout",),
    "execution_timeout_seconds": ("execution_timeout",),
    "retry": ("retries",),
    "max_retries": ("retries",),
    "retry_count": ("retries",),
    "backoff": ("backoff_factor",),
    "input_type": ("input_validator",),
    "input_model": ("input_validator",),
    "schema": ("input_validator",),
    "cron": ("on_crons",),
    "crons": ("on_crons",),
    "schedule": ("on_crons",),
    "event": ("on_events",),
    "events": ("on_events",),
    "depends_on": ("parents",),
    "concurrency_limit": ("concurrency",),
    "rate_limit": ("rate_limits",),
    "priority": ("default_priority",),
    "labels": ("desired_worker_labels",),
    "worker_labels": ("desired_worker_labels",),
    "metadata": ("additional_metadata", "default_additional_metadata"),
    "max_runs": ("slots",),
    "expression": ("key_expression",),
    "strategy": ("limit_strategy",),
    "key": ("static_key", "key_expression"),
    "ttl": ("fallback_ttl",),
    "ca_file": ("root_ca_file",),
}
"""A keyword → what it is called, first match first; it counts only where such a parameter exists."""

UNCERTAIN = frozenset({"backoff", "key", "concurrency_limit", "labels", "schedule", "worker_labels", "ttl"})
"""Those of ``KEYWORDS`` that may well mean something else, or take other values."""

_TASKS = (
    "Hatchet.task",
    "Hatchet.durable_task",
    "Hatchet.batch_task",
    "Workflow.task",
    "Workflow.durable_task",
    "Workflow.batch_task",
    "Workflow.on_failure_task",
    "Workflow.on_success_task",
)
_OUTPUT = "the function's return annotation gives the output's type"
_BASE = "the waits are the powers of `backoff_factor`, in seconds"

KEYWORD_TEXTS: Mapping[tuple[str, str], str] = {
    **{(task, keyword): _OUTPUT for task in _TASKS for keyword in ("output_validator", "output_type", "output_model")},
    **{(task, "backoff_base_seconds"): _BASE for task in (*_TASKS, "TaskDefaults")},
    ("ClientConfig", "tls_strategy"): "write `tls_config=ClientTLSConfig(strategy=...)`",
    ("ClientConfig", "api_url"): "it is called `server_url`",
    ("Hatchet.worker", "slot_config"): "write `slots=` and `durable_slots=`",
}
"""(callable, keyword in snake case) → what to write, where it is more than another name."""


class Instead(NamedTuple):
    """What takes the place of an attribute."""

    text: str
    """For the message, after a semicolon."""
    rename: str | None = None
    """The attributes to write in its place when what follows, such as the arguments, can stay."""
    by_name: bool = False
    """``BY_NAME`` does as well, in releases that have stubs."""


_RUN = "a task or workflow is run by its own object: `my_workflow.run(...)`"
BY_NAME = ", or by its name: `hatchet.stubs.workflow(name=...).run(...)`"

MEMBERS: Mapping[tuple[str, str], Instead] = {
    ("Worker", "start_blocking"): Instead("`start()` already blocks", "start"),
    ("Worker", "async_start"): Instead("call `start()` from a function that is not `async`, it blocks"),
    ("Hatchet", "admin.put_rate_limit"): Instead("it is `rate_limits.put`", "rate_limits.put"),
    ("Hatchet", "admin.aio_put_rate_limit"): Instead("it is `rate_limits.aio_put`", "rate_limits.aio_put"),
    ("Hatchet", "step"): Instead("a task is made with `@hatchet.task()` or `@workflow.task()`"),
    ("Hatchet", "function"): Instead("a task is made with `@hatchet.task()`"),
    ("Hatchet", "rest"): Instead("its clients are `runs`, `workflows`, `workers`, `logs` … of the client itself"),
    ("Hatchet", "run"): Instead(_RUN, by_name=True),
    ("Hatchet", "run_workflow"): Instead(_RUN, by_name=True),
    ("Hatchet", "run_task"): Instead(_RUN, by_name=True),
    ("Hatchet", "admin"): Instead(_RUN, by_name=True),
    ("Hatchet", "client"): Instead(f"`event`, `runs` … are its own attributes, and {_RUN}", by_name=True),
    ("Context", "step_output"): Instead("write `ctx.task_output(parent)` with the parent task itself"),
    ("Context", "parent_outputs"): Instead("write `ctx.task_output(parent)`"),
    ("Context", "event"): Instead("events are pushed with `hatchet.event.push(...)`"),
    ("Context", "logger"): Instead("write `ctx.log(...)`"),
    ("Context", "playground"): Instead("take the value from the task's `input`"),
    ("Context", "sleep"): Instead("a durable task awaits `ctx.aio_sleep_for(...)`", "aio_sleep_for"),
    ("Context", "sleep_for"): Instead("a durable task awaits `ctx.aio_sleep_for(...)`", "aio_sleep_for"),
    ("Context", "sleep_until"): Instead("a durable task awaits `ctx.aio_sleep_until(...)`", "aio_sleep_until"),
    ("Context", "wait_for"): Instead("a durable task awaits `ctx.aio_wait_for(...)`", "aio_wait_for"),
    ("Context", "wait_for_event"): Instead("a durable task awaits `ctx.aio_wait_for_event(...)`", "aio_wait_for_event"),
    ("Context", "now"): Instead("a durable task awaits `ctx.aio_now()`", "aio_now"),
    ("Context", "memo"): Instead("put the work into a child task: `await child.aio_run(...)`"),
    ("Context", "spawn_workflow"): Instead("run the child itself: `await child.aio_run(...)`"),
    ("Context", "spawn_workflows"): Instead("run the children themselves: `await child.aio_run_many([...])`"),
    ("Context", "aio.spawn_workflow"): Instead("run the child itself: `await child.aio_run(...)`"),
    ("Context", "aio.spawn_workflows"): Instead("run the children themselves: `await child.aio_run_many([...])`"),
    ("ConcurrencyLimitStrategy", "DROP_NEWEST"): Instead("use `CANCEL_NEWEST`", "CANCEL_NEWEST"),
}
"""(class, attribute or chain of attributes) → what takes its place; it holds for subclasses inside the SDK too."""

CHILD_RUNS: Mapping[str, str] = {
    "run_child": "aio_run",
    "aio_run": "aio_run",
    "aio_run_child": "aio_run",
    "aio.run_child": "aio_run",
}
"""Chains on a ``Context`` that are to run the child in their first argument → the child's own method."""
