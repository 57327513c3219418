"""All of it together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.program.calls import Call
from hatchet_ls.hatchet.program.made import (
    Client,
    Concurrency,
    Condition,
    RateLimit,
    Task,
    TaskDefaults,
    Worker,
    Workflow,
)
from hatchet_ls.hatchet.program.strings import Expression, Template
from hatchet_ls.hatchet.program.uses import Access, Legacy, PackageName
from hatchet_ls.python.values import Value
from hatchet_ls.text import Edit, Source

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Program:
    """What one source says."""

    source: Source
    facts: Facts
    clients: tuple[Client, ...] = ()
    workflows: tuple[Workflow, ...] = ()
    tasks: tuple[Task, ...] = ()
    workers: tuple[Worker, ...] = ()
    rate_limits: tuple[RateLimit, ...] = ()
    concurrencies: tuple[Concurrency, ...] = ()
    task_defaults: tuple[TaskDefaults, ...] = ()
    conditions: tuple[Condition, ...] = ()
    calls: tuple[Call, ...] = ()
    """Every call of the SDK."""
    accesses: tuple[Access, ...] = ()
    """Every attribute of an SDK object."""
    package_names: tuple[PackageName, ...] = ()
    expressions: tuple[Expression, ...] = ()
    """Every CEL expression that is known."""
    templates: tuple[Template, ...] = ()
    legacy: Legacy | None = None
    """Set when the source is written for hatchet-sdk 0.x: then there is nothing else to judge."""
    importer: Callable[[str, str], tuple[str, tuple[Edit, ...]]] = field(kw_only=True, repr=False)
    finder: Callable[[Value], Task | None] = field(kw_only=True, repr=False)
    closer: Callable[[], None] = field(kw_only=True, repr=False)

    def close(self) -> None:
        """Drop what questions about it have left behind, once nobody asks any more.

        Then it is freed with its last reference rather than by the garbage collector, which has to search everything
        alive for it.
        """
        self.closer()

    def task_of(self, value: Value) -> Task | None:
        """The task that a value is (``Known(Object("hatchet_sdk.Task()", ...))``), here or in another source."""
        return self.finder(value)

    def tasks_made_by(self, call: Call) -> Sequence[Task]:
        """The tasks that a call of this source makes: several when one decorator is applied to several functions."""
        return self._tasks_by_call.get(id(call), ())

    def tasks_falling_back_on(self, call: Call) -> Sequence[Task]:
        """The tasks of this source whose workflow has the ``TaskDefaults`` that a call makes."""
        return self._tasks_by_defaults.get(id(call), ())

    def workflow_made_by(self, call: Call) -> Workflow | None:
        """The workflow that a call of this source makes."""
        return self._workflows_by_call.get(id(call))

    def accesses_in(self, task: Task) -> Sequence[Access]:
        """The attributes of SDK objects that a task's body reads."""
        return self._accesses_by_task.get(id(task), ())

    @cached_property
    def _tasks_by_call(self) -> dict[int, list[Task]]:
        return _grouped((id(task.call), task) for task in self.tasks)

    @cached_property
    def _tasks_by_defaults(self) -> dict[int, list[Task]]:
        return _grouped((id(task.defaults.call), task) for task in self.tasks if task.defaults is not None)

    @cached_property
    def _workflows_by_call(self) -> dict[int, Workflow]:
        return {id(workflow.call): workflow for workflow in self.workflows}

    @cached_property
    def _accesses_by_task(self) -> dict[int, list[Access]]:
        return _grouped((id(access.task), access) for access in self.accesses if access.task is not None)

    @property
    def subjects(self) -> dict[type, Sequence[object]]:
        """What there is of each kind that a rule can be run on."""
        present: dict[type, Sequence[object]] = {
            Client: self.clients,
            Workflow: self.workflows,
            Task: self.tasks,
            Worker: self.workers,
            RateLimit: self.rate_limits,
            Concurrency: self.concurrencies,
            TaskDefaults: self.task_defaults,
            Condition: self.conditions,
            Call: self.calls,
            Access: self.accesses,
            PackageName: self.package_names,
            Expression: self.expressions,
            Template: self.templates,
            Program: (self,),
            Legacy: (),
        }
        return present if self.legacy is None else {**dict.fromkeys(present, ()), Legacy: (self.legacy,)}

    def import_name(self, module: str, name: str) -> tuple[str, tuple[Edit, ...]]:
        """How to write ``module.name`` in this source, and the edits that import it where it is not imported yet.

        An existing ``from module import name [as alias]`` or ``import module [as alias]`` is used as it is.
        """
        return self.importer(module, name)


def _grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    groups: dict[int, list[T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
