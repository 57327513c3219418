"""Which tasks run before which, and how to make one wait for another."""

from __future__ import annotations

from hatchet_ls.hatchet.edits import Layout, add_arguments
from hatchet_ls.hatchet.program import Argument, Call, Items, Known, Program, Task
from hatchet_ls.rules import Applicability, Fix
from hatchet_ls.text import Edit


def ancestors(task: Task) -> tuple[list[Task], bool]:
    """All tasks that certainly run before a task, and whether these are all."""
    found: list[Task] = []
    complete = True
    todo = [task]
    while todo:
        parents = todo.pop().parents
        if parents is None:
            complete = False
            continue
        for parent in parents:
            if parent not in found:
                found.append(parent)
                todo.append(parent)
    return found, complete


def add_parent(
    task: Task, parent: Task, argument: Argument, program: Program, applicability: Applicability
) -> Fix | None:
    """A fix that adds ``parent``, as ``argument`` names it, to the decorator of ``task``.

    None where the name does not certainly mean the same at the decorator.
    """
    call = task.call
    name = program.source.slice(argument.span)
    if call.source is not program.source or parent.call.source is not program.source:
        return None
    if parent.function is None or name != parent.function.name or parent.call.span.end > call.span.start:
        return None
    edits = _edits(call, name)
    return Fix(f"Add `{name}` to `parents`", edits, applicability) if edits else None


def _edits(call: Call, name: str) -> tuple[Edit, ...]:
    if call.omits("parents"):
        return call.add_arguments(f"parents=[{name}]")
    written = call.argument("parents")
    value = written.value
    if not isinstance(value, Known) or value.source is not call.source or value.span != written.span:
        return ()
    match value.value:
        case None:
            return (Edit(written.span, f"[{name}]"),)
        case Items("list") as items:
            return add_arguments(Layout(call.source, written.span, items.places, None), [name])
    return ()
