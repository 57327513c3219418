"""The program: what the sources say in Hatchet's terms.

Everything here is frozen, carries spans, and shows no syntax tree: rules see Hatchet, not Python.
``hatchet/read.py`` makes it from the trees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Protocol, TypeVar

from hatchet_ls.hatchet import edits
from hatchet_ls.hatchet.cel_inputs import record_of
from hatchet_ls.hatchet.cel_places import Place
from hatchet_ls.hatchet.cel_rewrites import rewrites
from hatchet_ls.hatchet.defaults import default_value, same_setting
from hatchet_ls.hatchet.edits import Layout
from hatchet_ls.hatchet.facts import Facts, Parameter
from hatchet_ls.hatchet.models import InputModel
from hatchet_ls.languages.cel import ENVIRONMENTS, Checked, Record, check
from hatchet_ls.languages.cel.trap import Trap
from hatchet_ls.languages.cel.traps import hints, traps
from hatchet_ls.python.flow import Use
from hatchet_ls.python.values import Entries, EnumMember, Items, Known, Object, Unknown, Value
from hatchet_ls.text import Edit, Source, Span

__all__ = [
    "Access",
    "Argument",
    "BodyCall",
    "Call",
    "Client",
    "Concurrency",
    "Condition",
    "Effective",
    "Entries",
    "EnumMember",
    "Expression",
    "Function",
    "Items",
    "Known",
    "Legacy",
    "Object",
    "PackageName",
    "Program",
    "RateLimit",
    "Site",
    "Step",
    "Task",
    "TaskDefaults",
    "TaskKind",
    "Template",
    "Unknown",
    "Use",
    "Value",
    "Worker",
    "Workflow",
]

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Argument:
    """One argument of a call, written or not."""

    name: str
    """The parameter that it goes to; of an unknown keyword the keyword."""
    written: bool
    span: Span
    """Of the value as written in the call; of an argument that is not written, the call's name."""
    keyword_span: Span | None
    """Of the keyword; None for an argument by position or one that is not written."""
    value: Value

    @property
    def place(self) -> Span:
        """Where to report on it: ``keyword=value`` is reported on the value."""
        return self.span


class Site(Protocol):
    """Where a call stands. Most calls are never asked, so all of it is computed on demand."""

    @property
    def span(self) -> Span:
        """Of the whole call."""

    @property
    def name_span(self) -> Span:
        """Of the last name before the parenthesis: ``task`` in ``app.hatchet.task(...)``."""

    @property
    def receiver_span(self) -> Span | None:
        """Of what it is called on: ``app.hatchet``; None for a constructor or function called by a bare name."""

    @property
    def parentheses(self) -> Span:
        """From ``(`` to ``)``, both included."""

    @property
    def guarded(self) -> bool:
        """It stands where a failure is expected or never happens: ``pytest.raises``, ``try … except TypeError``,
        ``if TYPE_CHECKING``, a line with ``# type: ignore``; or in a branch for some releases of the SDK:
        ``if hasattr(hatchet, ...)``, ``if version("hatchet-sdk") < ...``."""

    @property
    def block(self) -> Span | None:
        """The innermost block of statements (or lambda) in which it stands; None for the top of the module."""

    @property
    def task(self) -> Task | None:
        """The task in whose body it stands (not in a nested function), if any."""

    @property
    def layout(self) -> Layout:
        """Where its arguments stand."""


@dataclass(frozen=True, eq=False)
class Call:
    """A call of something of the SDK: a method of its objects, a constructor, a function.

    A decorator is the call inside it: of ``@wf.task(retries=1)`` it is ``wf.task(retries=1)``. A decorator without
    parentheses is no ``Call`` (see ``Access``).
    """

    source: Source
    key: str
    """In the words of the facts: ``Hatchet.task``, ``RateLimit`` (a constructor), ``or_`` (a function)."""
    arguments: tuple[Argument, ...]
    """As written, in order; ``*args`` and ``**kwargs`` are left out (see ``open``)."""
    parameters: tuple[Parameter, ...]
    """What the SDK takes here."""
    open: bool
    """It has ``*args`` or ``**kwargs``: what is not written may still be passed."""
    overridden: frozenset[str] | None
    """Parameters that a subclass of the user's redefines (their meaning is unknown); None when the SDK's own
    callable is called. An overridden callable may take more and need less than ``parameters`` say."""
    awaited: bool
    site: Site = field(repr=False)

    @property
    def span(self) -> Span:
        """Of the whole call."""
        return self.site.span

    @property
    def name_span(self) -> Span:
        """Of the last name before the parenthesis."""
        return self.site.name_span

    @property
    def guarded(self) -> bool:
        """It stands where a failure is expected or never happens (see ``Site``)."""
        return self.site.guarded

    @property
    def task(self) -> Task | None:
        """The task in whose body it stands (not in a nested function), if any."""
        return self.site.task

    def argument(self, name: str) -> Argument:
        """The argument of a parameter. When it is not written its value is ``Unknown``."""
        for argument in self.arguments:
            if argument.name == name:
                return argument
        return Argument(name, False, self.name_span, None, Unknown(self.source, self.name_span))

    def omits(self, name: str) -> bool:
        """Whether it is certain that nothing is passed for a parameter (no ``**kwargs``, no overriding subclass)."""
        return not self.open and self.overridden is None and not self.argument(name).written

    def add_arguments(self, *texts: str) -> tuple[Edit, ...]:
        """Edits that append arguments (``"retries=3"``), in the call's own layout, before a closing ``**kwargs``."""
        return edits.add_arguments(self.site.layout, texts)

    def remove_argument(self, argument: Argument) -> tuple[Edit, ...]:
        """Edits that take an argument and its comma away."""
        return edits.remove_argument(self.site.layout, argument.span)


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
class Step:
    """One hop from a task's body into the project's own code."""

    source: Source
    span: Span
    name: str
    """The helper's name."""


@dataclass(frozen=True, eq=False)
class BodyCall:
    """A call that runs when a function's body runs, by the dotted path of what is called.

    Paths are those of the imports, with ``()`` for an instance or result: ``time.sleep``, ``datetime.datetime.now``,
    ``requests.Session().get``, ``hatchet_sdk.DurableContext().aio_sleep_for``; builtins are ``open``, ``input``.
    The subscript ``os.environ[...]`` is a call of ``os.environ.__getitem__``.
    """

    path: str
    span: Span
    """In the function's own body: the call, or the call of the helper that leads to it."""
    trail: tuple[Step, ...]
    """Empty for a direct call; else the helper called, and then the call inside it."""
    awaited: bool
    discarded: bool
    """The call (or its ``await``) is a whole statement: its result goes nowhere."""
    arguments: tuple[Argument, ...]
    """As written; positional ones are named ``0``, ``1`` …"""
    call: Call | None = None
    """When it is a call of the SDK, directly in this body."""
    uses: Callable[[], frozenset[Use]] = field(default=frozenset, repr=False)
    """What becomes of its result in this body, as in a durable task (computed on demand)."""
    in_generator: bool = False
    """It stands in a generator expression, which an ``await`` would turn into an asynchronous one."""


@dataclass(frozen=True, eq=False)
class Function:
    """The function that a task runs."""

    source: Source
    name: str
    """``<lambda>`` for a lambda."""
    is_lambda: bool
    name_span: Span
    """Of a lambda its first word."""
    header_span: Span
    """From ``async``/``def``/``lambda`` to the colon."""
    body_span: Span
    is_async: bool
    wrapped: bool
    """It stands under a decorator, below the task's, that may call it in its own way."""
    input_span: Span | None
    """Of the first parameter's name."""
    context_span: Span | None
    """Of the second parameter's name."""
    context_name: str | None
    calls: Callable[[], Sequence[BodyCall]] = field(repr=False)
    """The calls that its body makes, and those one call deep in the project's own helpers (computed on demand)."""
    yields: Callable[[], bool] = field(repr=False)
    """Whether it is a generator (computed on demand)."""


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
        for parameter in self.call.parameters:
            if parameter.name == name and parameter.default is not None:
                return default_value(parameter.default, self.call.source, self.call.name_span)
        return Unknown(self.call.source, self.call.name_span)


@dataclass(frozen=True, eq=False)
class Access:
    """An attribute of an SDK object: ``ctx.retry_count``, ``worker.start``."""

    source: Source
    owner: str
    """The SDK class, by the facts' name: ``DurableContext``."""
    owner_span: Span
    name: str
    span: Span
    """Of the name."""
    subclassed: bool
    """The object is of a user's subclass, which may have attributes of its own."""
    call: Call | None
    """When the attribute is called at once and is the SDK's."""
    called: bool
    awaited: bool
    stored: bool
    """It is assigned to or deleted, not read."""
    guarded: bool
    """As for calls; also under ``hasattr`` of that name or ``except AttributeError``."""
    decorator: bool
    """It is a decorator without parentheses: ``@wf.task``."""
    subscript: bool
    """It is a member of an enum, taken by its quoted name: ``StickyStrategy["SOFT"]``."""
    task: Task | None
    uses: Callable[[], frozenset[Use]] = field(default=frozenset, repr=False)
    """What becomes of its value in the body of ``task``, as in a durable task (computed on demand)."""


@dataclass(frozen=True, eq=False)
class PackageName:
    """A name that is taken from the package itself: ``hatchet_sdk.RateLimit``, ``from hatchet_sdk import or_``."""

    source: Source
    name: str
    """``*`` for all that it has."""
    span: Span
    """Of the name in the package."""
    imported: bool
    """By ``from hatchet_sdk import``."""
    renamed: bool
    """The source does not use the name itself: it is an attribute, or imported ``as`` another one."""
    guarded: bool
    """As for calls; also where an import may fail."""


@dataclass(frozen=True, eq=False)
class Expression:
    """A CEL expression: a known string in an argument that takes one. It is empty only where that is a mistake."""

    call: Call
    argument: Argument
    value: Known
    """The string, where it is written."""
    place: Place
    owners: tuple[Workflow | Task, ...]
    """The workflows and tasks of this source that use the object which the call makes (or make the call)."""
    parent: Task | None = None
    """Of a condition on a parent task, the parent; its output is what the expression sees."""

    @property
    def text(self) -> str:
        """The expression."""
        return str(self.value.value)

    @cached_property
    def input_model(self) -> InputModel | None:
        """The model of the input that it sees; None when it sees none, or its users do not agree on one."""
        models = [owner.input_model for owner in self.owners] if self.place.sees_input else []
        known = [model for model in models if model is not None]
        same = len({(id(model.source), model.span) for model in known}) == 1
        return known[0] if same and len(known) == len(models) else None

    @cached_property
    def input_record(self) -> Record | None:
        """``input_model`` as a type of CEL."""
        return record_of(self.input_model) if self.input_model is not None else None

    @cached_property
    def checked(self) -> Checked:
        """What the engine's checker says of it in its place."""
        output = self.parent.output_model if self.parent is not None else None
        return check(
            self.text,
            ENVIRONMENTS[self.place.environment],
            input_type=self.input_record,
            output_type=record_of(output) if output is not None else None,
            rewrites=rewrites,
        )

    @cached_property
    def traps(self) -> tuple[Trap, ...]:
        """What the engine takes, and what fails or never holds whenever it is evaluated."""
        return traps(self.checked)

    @cached_property
    def hints(self) -> tuple[Trap, ...]:
        """What the models of input and output tell beyond that."""
        return hints(self.checked)

    @property
    def early(self) -> bool:
        """Whether it is fixed when the workflow is defined, rather than by code that a task runs."""
        return self.place.early and self.call.task is None


@dataclass(frozen=True, eq=False)
class Hole:
    """One part of a ``Template`` that Python fills in."""

    span: Span
    """Of the expression in it."""
    before: str
    """The text right before it, up to the hole before."""
    after: str
    """The text right after it, up to the next hole."""
    constant: bool
    """It is known, or reads as something that is set once for all: a name in capitals, settings, the environment."""


@dataclass(frozen=True, eq=False)
class Template:
    """A CEL expression that Python puts together: an f-string with holes, ``%`` or ``.format(...)``."""

    call: Call
    argument: Argument
    place: Place
    holes: tuple[Hole, ...]
    at_import: bool
    """It stands in a module's own code, or in a class's: it is put together once."""


@dataclass(frozen=True, eq=False)
class Legacy:
    """The first sign that a source is written for hatchet-sdk 0.x, which releases since 1.0 certainly refuse."""

    span: Span
    """Of the name after the client: ``step`` in ``@hatchet.step()``."""
    written: str
    """The decorator without its arguments: ``@hatchet.step``."""
    on_class: bool
    """It is ``workflow``, above a class; else it is what the client does not have any more."""


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
