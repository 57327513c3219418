"""The patterns of ``case`` clauses, which the parser takes for broken expressions: its grammar has no ``match``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hatchet_ls.python.parse import Module, Node
from hatchet_ls.text import Span

_CASE = re.compile(r"^[ \t\f]*(?=case\b)", re.MULTILINE)
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")
_NO_CALL = frozenset({"name", "number", "string"})
"""What follows the word only where it is the keyword; behind a variable or a function these cannot stand."""


def patterns(module: Module) -> Iterator[Span]:
    """What stands between each ``case`` and its guard or colon."""
    for found in _CASE.finditer(module.source.text):
        row, column = module.source.position(found.end())
        leaf = module.tree.get_leaf_for_position((row + 1, column + 1), include_prefixes=False)
        if leaf is None or leaf.value != "case" or not _starts_statement(leaf):
            continue
        last = _last(leaf)
        if last is not None:
            yield Span(module.end(leaf), module.end(last))


def _starts_statement(leaf: Node) -> bool:
    before = leaf.get_previous_leaf()
    while before is not None and not before.value:  # an indentation that the parser did not expect
        before = before.get_previous_leaf()
    return before is None or before.type == "newline"


def _last(case: Node) -> Node | None:
    """The last leaf of the pattern behind a ``case``; None where the word is a name like others."""
    depth = lambdas = 0
    last, leaf = case, case.get_next_leaf()
    is_keyword = leaf is not None and leaf.type in _NO_CALL
    guard: Node | None = None
    while leaf is not None and leaf.type not in ("newline", "endmarker"):
        value = leaf.value
        depth += (value in _OPENING) - (value in _CLOSING)
        if depth == 0 and value == "lambda":
            lambdas += 1
        elif depth == 0 and value == ":" and lambdas:
            lambdas -= 1
        elif depth == 0 and value == ":":
            return (guard or last) if last is not case else None
        elif depth == 0 and value == "if" and guard is None:
            guard = last
        last, leaf = leaf, leaf.get_next_leaf()
    return (guard or last) if is_keyword else None  # being typed
