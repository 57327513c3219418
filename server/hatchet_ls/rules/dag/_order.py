"""Which tasks run before which, and how to make one wait for another."""

from __future__ import annotations

from hatchet_ls.hatchet.program import Argument, Call, Program, Task
from hatchet_ls.rules import Applicability, Fix
from hatchet_ls.text import Edit, Span


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
    text = call.source.slice(written.span)
    if not written.written or not text.startswith("[") or not text.endswith("]") or "#" in text:
        return ()
    items = text[1:-1].rstrip()
    if not items.strip():
        return (Edit(written.span, f"[{name}]"),)
    end = written.span.start + 1 + len(items)
    _, line_end, last = items.rpartition("\n")
    if line_end:
        indent = last[: len(last) - len(last.lstrip())]
        addition = f"{'' if items.endswith(',') else ','}{call.source.newline}{indent}{name},"
    else:
        addition = f" {name}" if items.endswith(",") else f", {name}"
    return (Edit(Span(end, end), addition),)
