"""What calls of the SDK make: clients, workflows, tasks, workers, limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from hatchet_ls.hatchet.defaults import default_value, same_setting
from hatchet_ls.hatchet.models import InputModel
from hatchet_ls.hatchet.program.bodies import Function
from hatchet_ls.hatchet.program.calls import Argument, Call
from hatchet_ls.python.values import Known, Unknown, Value


class TaskKind(Enum):
    """Which decorator makes the task."""

    TASK = "task"
    DURABLE = "durable_task"
    BATCH = "batch_task"
    ON_FAILURE = "on_failure_task"
    ON_SUCCESS = "on_success_task"


@dataclass(frozen=True, eq=False)
class Made:
    """Something of the SDK, by the call that makes it."""

    call: Call

    def argument(self, name: str) -> Argument:
        """A parameter or field as written in the call."""
        return self.call.argument(name)


class Client(Made):
    """``Hatchet(...)``."""


class TaskDefaults(Made):
    """``TaskDefaults(...)``."""


class RateLimit(Made):
    """``RateLimit(...)``."""


class Concurrency(Made):
    """``ConcurrencyExpression(...)``."""


class Condition(Made):
    """``SleepCondition(...)``, ``UserEventCondition(...)`` or ``ParentCondition(...)``; ``call.key`` says which."""


class Worker(Made):
    """``hatchet.worker(...)``."""


@dataclass(frozen=True, eq=False)
class Workflow(Made):
    """``hatchet.workflow(...)``, here or in another source."""

    name: Value
    task_defaults: Value
    """``Known(TaskDefaults)``, ``Known(None)`` when certainly none, else ``Unknown``."""
    read_input: Callable[[], InputModel | None] = field(default=lambda: None, repr=False)

    @cached_property
    def input_model(self) -> InputModel | None:
        """What its ``input_validator`` describes (computed on demand); None without one, or when it is not known."""
        return self.read_input()


@dataclass(frozen=True, eq=False)
class Effective:
    """A parameter's value after the SDK's defaults and ``TaskDefaults``."""

    value: Value
    origin: str
    """``"task"``, ``"task_defaults"`` or ``"sdk"``; ``"unknown"`` when it cannot be told."""
    argument: Argument | None
    """The argument or ``TaskDefaults`` field that sets it."""


@dataclass(frozen=True, eq=False)
class Task(Made):
    """A task, by the call that makes it: a decorator, or a decorator applied as a call."""

    kind: TaskKind
    standalone: bool
    """Made by the client (``hatchet.task``) rather than by a workflow."""
    function: Function | None
    """None when it cannot be told (an imported handler that does not resolve, a wrapper)."""
    workflow: Workflow | None
    """None for a standalone, and when the workflow does not resolve."""
    name: Value
    parents: tuple[Task, ...] | None
    """The tasks of ``parents=[...]``; None when not all of them are known."""
    read_input: Callable[[], InputModel | None] = field(default=lambda: None, repr=False)
    read_output: Callable[[], InputModel | None] = field(default=lambda: None, repr=False)

    @cached_property
    def input_model(self) -> InputModel | None:
        """What its own or its workflow's ``input_validator`` describes (computed on demand).

        None without one, or when it is not known.
        """
        return self.read_input()

    @cached_property
    def output_model(self) -> InputModel | None:
        """What its function says that it returns (computed on demand); None when that is no model, or not known."""
        return self.read_output()

    @property
    def is_hook(self) -> bool:
        """Whether it runs when the others are done; ``TaskDefaults`` do not hold for it."""
        return self.kind in (TaskKind.ON_FAILURE, TaskKind.ON_SUCCESS)

    @property
    def defaults(self) -> TaskDefaults | None:
        """The ``TaskDefaults`` that hold for it; None when there are none, and when they are not known."""
        if self.workflow is None or self.is_hook:
            return None
        match self.workflow.task_defaults:
            case Known(TaskDefaults() as defaults):
                return defaults
        return None

    def effective(self, name: str) -> Effective:
        """The value of a parameter that ``TaskDefaults`` may set, as the SDK will send it.

        Source: ``hatchet_sdk.runnables.workflow.fall_back_to_default``: a value that equals the SDK's default counts
        as not written.
        """
        written = self.argument(name)
        default = self._sdk_default(name)
        if not written.written and not self.call.omits(name):
            return Effective(written.value, "unknown", None)
        if written.written and not isinstance(written.value, Known):
            return Effective(written.value, "unknown", written)
        if written.written and not same_setting(written.value, default):
            return Effective(written.value, "task", written)
        own = Effective(written.value, "task", written) if written.written else Effective(default, "sdk", None)
        if self.standalone or self.is_hook:
            return own
        if self.workflow is not None and isinstance(self.workflow.task_defaults, Known):
            defaults = self.defaults
            if defaults is None or defaults.call.omits(name):
                return own
            field_ = defaults.argument(name)
            if field_.value == Known(None, field_.value.source, field_.value.span):
                return own
            if isinstance(field_.value, Known):
                return Effective(field_.value, "task_defaults", field_)
        return Effective(Unknown(self.call.source, self.call.name_span), "unknown", None)

    def _sdk_default(self, name: str) -> Value:
        parameter = self.call.parameter(name)
        if parameter is not None and parameter.default is not None:
            return default_value(parameter.default, self.call.source, self.call.name_span)
        return Unknown(self.call.source, self.call.name_span)
