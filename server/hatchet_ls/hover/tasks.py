"""The effective configuration of tasks, in words."""

from __future__ import annotations

from collections.abc import Callable

from hatchet_ls.hatchet.defaults import default_value
from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.program import Known, Program, Task, TaskDefaults, Unknown, Value
from hatchet_ls.hatchet.retry_schedule import RetrySchedule
from hatchet_ls.hover.words import amount, one_line, setting
from hatchet_ls.languages.duration.words import in_short

SETTINGS = ("execution_timeout", "schedule_timeout", "retries", "backoff_factor", "backoff_max_seconds")
"""What ``TaskDefaults`` may set."""


def about_task(task: Task, program: Program) -> str:
    """A task's effective configuration with who sets what."""
    rows = [f"| `{name}` | {effective(task, name, program)} |" for name in SETTINGS if _applies(task, name)]
    parts = [
        _title(task),
        "\n".join(["| setting | effective |", "|---|---|", *rows]),
        retries_of(task, program.facts) or "",
    ]
    owner, _, method = task.call.key.partition(".")
    member = program.facts.member(owner, method)
    if member is not None and member.docs:
        parts.append(f"*hatchet-sdk:* {one_line(member.docs)}")
    return "\n\n".join(part for part in parts if part)


def _title(task: Task) -> str:
    title = "durable task" if task.kind.value == "durable_task" else task.kind.value.replace("_", " ")
    match task.name:
        case Known(str(name)):
            title += f" `{name}`"
    if task.standalone:
        return f"**Standalone {title}**"
    return f"**{title[0].upper()}{title[1:]}**{_of_workflow(task)}"


def _of_workflow(task: Task) -> str:
    match task.workflow.name if task.workflow is not None else None:
        case Known(str(name)):
            return f" of workflow `{name}`"
    return ""


def _applies(task: Task, name: str) -> bool:
    """Whether the task's decorator takes the setting, or ``TaskDefaults`` may give it all the same."""
    if task.call.parameter(name) is not None:
        return True
    return not task.standalone and task.effective(name).origin == "task_defaults"


def effective(task: Task, name: str, program: Program) -> str:
    """A setting's effective value, and who sets it."""
    found = task.effective(name)
    words = setting(name, found.value)
    if words is None or found.origin == "unknown":
        return "not known here"
    if found.origin == "task":
        return f"{words}, set here"
    if found.origin == "sdk" or found.argument is None:
        return f"{words}, the SDK's default"
    value = found.argument.value
    row = value.source.position(value.span.start).row + 1
    place = f"line {row}" if value.source is program.source else f"{value.source.path.name}:{row}"
    text = f"{words}, set by the `TaskDefaults`{_of_workflow(task)} ({place})"
    if task.argument(name).written:
        text += "; a value that equals the SDK's default counts as not set"
    return text


def retries_of(task: Task, facts: Facts) -> str | None:
    """A task's retries spelled out; None when they are not known, or refused by the engine."""

    def value(name: str) -> Value:
        found = task.effective(name)
        if found.origin == "sdk" and not isinstance(found.value, Known):
            return _sdk_default(name, found.value, facts)
        return found.value

    return _spelled_out(value, "")


def retries_by(defaults: TaskDefaults, facts: Facts) -> str | None:
    """The retries of a task that sets nothing of its own, spelled out; None when they are not known."""

    def value(name: str) -> Value:
        written = defaults.argument(name)
        match written.value:
            case Known(None):
                return _sdk_default(name, written.value, facts)
        return written.value if not defaults.call.omits(name) else _sdk_default(name, written.value, facts)

    return _spelled_out(value, "A task that sets nothing itself: ")


def _sdk_default(name: str, at: Value, facts: Facts) -> Value:
    """What a task of a workflow has when nothing sets it."""
    member = facts.member("Workflow", "task")
    for parameter in member.parameters if member is not None else ():
        if parameter.name == name and parameter.default is not None:
            return default_value(parameter.default, at.source, at.span)
    return Unknown(at.source, at.span)


def _spelled_out(value: Callable[[str], Value], introduction: str) -> str | None:
    match value("retries"), value("backoff_factor"), value("backoff_max_seconds"):
        case Known(int(retries)), Known(None | int() | float() as factor), Known(None | int() as ceiling):
            pass
        case _:
            return None
    try:
        schedule = RetrySchedule(retries, factor, ceiling)
    except ValueError:
        return None
    words = schedule.in_words(amount(value("execution_timeout")))
    text = introduction + words if introduction else words[0].upper() + words[1:]
    queue = amount(value("schedule_timeout"))
    if queue is not None:
        who = "Each attempt" if retries else "It"
        text += f". {who} may wait up to {in_short(queue)} in the queue besides"
    return text
