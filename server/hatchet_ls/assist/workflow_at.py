"""The workflow that the cursor is on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from hatchet_ls.assist.symbols import Symbol, known_name, symbols
from hatchet_ls.hatchet.program import Program, Task, Workflow
from hatchet_ls.python.entities import Library
from hatchet_ls.python.expr import Expr
from hatchet_ls.python.parse import Module, Node
from hatchet_ls.python.resolve import Resolver
from hatchet_ls.text import Source, Span

_OURS = re.compile(r"hatchet_sdk\.(Workflow|Standalone|Task)\(\)(\.\w+)?")
"""What stands for a workflow, and its methods."""


def workflow_at(
    program: Program, module: Module, resolver: Resolver, read: Callable[[Source], Program | None], offset: int
) -> str | None:
    """The name of the workflow (or standalone task) that is named at an offset; else of the one around it, if any.

    ``read`` gives what another source says.
    """
    for leaf in _names_at(module, offset):
        entity = resolver.infer(_expression(module, leaf))
        if isinstance(entity, Library) and entity.origin is not None and _OURS.fullmatch(entity.path):
            source = entity.origin.module.source
            elsewhere = program if source.path == program.source.path else read(source)
            return _made_by(elsewhere, entity.origin.span) if elsewhere is not None else None
    around = [each for each in _flat(symbols(program, module)) if each.span.start <= offset <= each.span.end]
    named = [each for each in around if each.workflow is not None]
    return min(named, key=lambda each: each.span.end - each.span.start).workflow if named else None


def _names_at(module: Module, offset: int) -> Iterator[Node]:
    """The name that the cursor is in, or stands before or behind."""
    position = module.source.position(offset)
    for column in (position.column, position.column - 1):
        try:
            leaf = module.tree.get_leaf_for_position((position.row + 1, max(column, 0)), include_prefixes=False)
        except ValueError:  # beyond the end
            continue
        if leaf is not None and leaf.type == "name" and module.span(leaf).touches(Span(offset, offset)):
            yield leaf


def _expression(module: Module, name: Node) -> Expr:
    """A name with what it is taken from: ``flows.order`` for the ``order`` in ``flows.order.run``."""
    trailer = name.parent
    if trailer.type == "trailer" and trailer.children[0] == "." and trailer.parent.type == "atom_expr":
        return Expr(module, trailer.parent, trailer.parent.children.index(trailer) + 1)
    return Expr(module, name)


def _made_by(program: Program, call: Span) -> str | None:
    """The name of the workflow that a call makes, or makes a task of."""
    everything: Iterable[Workflow | Task] = (*program.workflows, *program.tasks)
    return next((known_name(made) for made in everything if made.call.span == call), None)


def _flat(entries: Iterable[Symbol]) -> Iterator[Symbol]:
    for entry in entries:
        yield entry
        yield from _flat(entry.children)
