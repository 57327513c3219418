"""The outline of a source: workflows with their tasks, tasks with their durable operations, and workers."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from hatchet_ls.hatchet.program import Call, Known, Program, Task, TaskKind, Value, Workflow
from hatchet_ls.python.parse import Module
from hatchet_ls.python.statements import statement_at
from hatchet_ls.text import Source, Span


class SymbolKind(Enum):
    """What stands in the outline."""

    WORKFLOW = "workflow"
    TASK = "task"
    STANDALONE = "standalone"
    OPERATION = "operation"
    """A durable task's wait or the like, by which it is resumed."""
    WORKER = "worker"


class Symbol(NamedTuple):
    """One entry. Its ``name`` is never blank."""

    kind: SymbolKind
    name: str
    detail: str
    span: Span
    """All of it: of a function with its decorators and its body, else the statement."""
    name_span: Span
    """Where to go, within ``span``."""
    workflow: str | None = None
    """The name of the workflow that it is or belongs to (a standalone task is one), if it is known."""
    children: tuple[Symbol, ...] = ()


def symbols(program: Program, module: Module) -> list[Symbol]:
    """The outline, in the order of the text. The tasks of a workflow stand under it, wherever they are written."""
    return sorted(_Outline(program, module).top(), key=lambda symbol: symbol.span)


class _Outline:
    def __init__(self, program: Program, module: Module) -> None:
        self._program = program
        self._module = module
        self._source = program.source

    def top(self) -> Iterator[Symbol]:
        here = {_place(workflow.call): workflow for workflow in self._program.workflows}
        tasks: dict[tuple[object, Span], list[Symbol]] = {place: [] for place in here}
        for task in self._program.tasks:
            symbol = self._task(task)
            of_here = tasks.get(_place(task.workflow.call)) if task.workflow is not None else None
            if symbol is not None and of_here is not None:
                of_here.append(symbol)
            elif symbol is not None:
                yield symbol
        for place, workflow in here.items():
            name = _text(workflow.name, self._source) or "workflow"
            children = sorted(tasks[place], key=lambda each: each.span)
            symbol = self._made(SymbolKind.WORKFLOW, name, workflow.call)
            yield symbol._replace(workflow=known_name(workflow), children=tuple(children))
        for worker in self._program.workers:
            yield self._made(
                SymbolKind.WORKER, _text(worker.argument("name").value, self._source) or "worker", worker.call
            )

    def _task(self, task: Task) -> Symbol | None:
        function = task.function if task.function is not None and task.function.source is self._source else None
        name = _text(task.name, self._source) if isinstance(task.name, Known) or function is None else function.name
        kind = SymbolKind.STANDALONE if task.standalone else SymbolKind.TASK
        detail = task.kind.value + _elsewhere(task.workflow, self._source)
        if function is not None:
            header = statement_at(self._module, function.name_span.start) or function.header_span
            body = self._source.text[: function.body_span.end].rstrip()
            span = Span(header.start, max(header.end, len(body)))
            operations = sorted(self._operations(task), key=lambda each: each.span)
            shown = name or function.name
            return Symbol(kind, shown, detail, span, function.name_span, known_name(task), tuple(operations))
        if task.call.source is self._source:
            made = self._made(kind, name or task.kind.value, task.call)
            return made._replace(detail=detail, workflow=known_name(task))
        return None

    def _operations(self, task: Task) -> Iterator[Symbol]:
        context, durable = (self._program.facts.classes.get(name) for name in ("Context", "DurableContext"))
        if task.kind is not TaskKind.DURABLE or context is None or durable is None:
            return
        own = {f"{durable.name}.{name}" for name in durable.members.keys() - context.members.keys()}
        for call in self._program.calls:
            if call.key in own and call.task is task:
                name = self._source.slice(call.name_span)
                yield Symbol(SymbolKind.OPERATION, name, "", call.span, call.name_span)

    def _made(self, kind: SymbolKind, name: str, call: Call) -> Symbol:
        """What a call makes. The place to go to is the name that it gives, if that is written."""
        span = statement_at(self._module, call.span.start) or call.span
        written = call.argument("name")
        name_span = written.span if written.written else call.name_span
        span = Span(min(span.start, name_span.start), max(span.end, name_span.end))
        return Symbol(kind, name, kind.value, span, name_span)


def known_name(made: Workflow | Task) -> str | None:
    """The name of a workflow, or of the one that a task belongs to; None if it cannot be told."""
    owner = made.workflow if isinstance(made, Task) and not made.standalone else made
    match owner.name if owner is not None else None:
        case Known(str(name)) if name.strip():
            return name
    return None


def _place(call: Call) -> tuple[object, Span]:
    return call.source.path, call.span


def _text(name: Value, source: Source) -> str:
    """A name, or how it is written; blank if neither can be told."""
    if isinstance(name, Known):
        return name.value.strip() if isinstance(name.value, str) else ""
    return " ".join(source.slice(name.span).split()) if name.source is source else ""


def _elsewhere(workflow: Workflow | None, source: Source) -> str:
    """Which workflow a task is of that is made in another source."""
    if workflow is None or workflow.call.source is source or not isinstance(workflow.name, Known):
        return ""
    return f" of {workflow.name.value}"
