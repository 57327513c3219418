"""Where retries and their backoff are set: on tasks, and on the defaults of a workflow's tasks."""

from __future__ import annotations

import re

from hatchet_ls.hatchet.program import Argument, Call, Known, Task
from hatchet_ls.rules import Applicability, Fix
from hatchet_ls.text import Edit

_SETS_THEM = re.compile(r"TaskDefaults|\w+\.(?:task|durable_task|batch_task|on_failure_task|on_success_task)")

_NUMBER = re.compile(r"\s*[-+]?\d+(?:\.\d+)?\s*", re.ASCII)

FACTOR = "2.0"
"""The factor that the documentation's troubleshooting guide recommends: 2 s, 4 s, 8 s …"""
MAX_SECONDS = "120"
"""And the longest wait that goes with it."""


def setting(call: Call, name: str) -> Argument | None:
    """A written setting of a task or of ``TaskDefaults`` that means what the SDK's own means."""
    argument = call.written(name)
    if argument is None or not _SETS_THEM.fullmatch(call.key) or call.parameter(name) is None:
        return None
    return argument if call.overridden is None or name not in call.overridden else None


def number(call: Call, argument: Argument) -> int | float | None:
    """The number that the SDK makes of an argument, when it certainly makes one: ``"3"`` is 3, but not on a hook."""
    match argument.value:
        case Known(int() | float() as value) if not isinstance(value, bool):
            return value
        case Known(str(text)) if _NUMBER.fullmatch(text) and not is_on_a_hook(call):
            return float(text)
    return None


def is_on_a_hook(call: Call) -> bool:
    """Whether the settings are those of a task that runs on failure or success: the SDK sends them as they are."""
    return call.key.endswith(("on_failure_task", "on_success_task"))


def quote(argument: Argument) -> str:
    """A known number as ``name=value`` for a message."""
    assert isinstance(argument.value, Known)
    return f"{argument.name}={argument.value.value!r}"


def has_no_backoff(task: Task) -> bool:
    """Whether it is certain that the task's retries follow each other at once."""
    effective = task.effective("backoff_factor")
    return effective.origin != "unknown" and isinstance(effective.value, Known) and effective.value.value is None


def replace(call: Call, argument: Argument, text: str) -> Fix | None:
    """An unsafe fix that writes another value, where the value is written in the call itself."""
    value = argument.value
    if not isinstance(value, Known) or value.source is not call.source or value.span != argument.span:
        return None
    return Fix(f"Replace with `{text}`", (Edit(argument.span, text),), Applicability.UNSAFE)
