"""Statements as lines: where a comment can stand, and what it then stands for."""

from __future__ import annotations

import re
from collections.abc import Collection

from hatchet_ls.python.parse import Module, Node, walk
from hatchet_ls.text import Span

_BLOCKS = frozenset({"file_input", "suite"})
_WITH_BLOCK = frozenset(
    {"classdef", "for_stmt", "funcdef", "if_stmt", "match_stmt", "try_stmt", "while_stmt", "with_stmt"}
)
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")
_JOINED = re.compile(r"(?P<line>(?<![^\r\n])[^#\r\n]*\\)(?:\r\n?|\n)")
"""A line between two tokens, or the end of one, that a backslash joins to the next."""


class Lines:
    """The rows of a module that belong together because no comment can stand between them."""

    def __init__(self, module: Module) -> None:
        self._joined: dict[int, int] = {}
        """Row → a later row that it runs on to, in a string or after a backslash."""
        source = module.source
        for node in walk(module.tree):
            if node.type in ("string", "fstring"):
                span = module.span(node)
                self._join(source.position(span.start).row, source.position(span.end).row)
            elif "\\" in getattr(node, "prefix", "") and not hasattr(node, "children"):
                start = module.span(node).start - len(node.prefix)
                for joined in _JOINED.finditer(node.prefix):
                    row = source.position(start + joined.end("line")).row
                    self._join(row, row + 1)

    def _join(self, start: int, end: int) -> None:
        for row in range(start, end):
            self._joined[row] = max(end, self._joined.get(row, 0))

    def comment_row(self, row: int) -> int:
        """The first row from ``row`` on at whose end a comment can stand."""
        while row in self._joined:
            row = self._joined[row]
        return row


def below(module: Module, offset: int) -> Span | None:
    """What a comment at ``offset``, on a line of its own, stands above.

    A simple statement whole; of a compound one its header (of a function or class with its decorators), not its
    body; between decorators the next decorator; inside brackets the next item. None above a closing bracket and at
    the end of the file.
    """
    node = _leaf_after(module, offset)
    if node is None or node.type == "endmarker" or _value(node) in _CLOSING:
        return None
    content = _bracket_content(node)
    if content is not None:
        while node is not content and node.parent is not content:
            node = node.parent
        if node is content and all(_value(child) != "," for child in getattr(content, "children", ())):
            return module.span(content)
        return _until(module, node, {",", *_CLOSING})
    while node.parent.type not in _BLOCKS and node.parent.get_first_leaf() is node.get_first_leaf():
        node = node.parent
    return _header(module, node)


def statement_at(module: Module, offset: int) -> Span | None:
    """The statement around an offset that starts on a line of its own: as ``below`` gives it."""
    node = _leaf_after(module, offset)
    while node is not None and node.parent is not None and node.parent.type not in _BLOCKS:
        node = node.parent
    return _header(module, node) if node is not None and node.parent is not None else None


def _leaf_after(module: Module, offset: int) -> Node | None:
    """The leaf at an offset, or the one that comes after the white space and comments there."""
    row, column = module.source.position(offset)
    if row == 0 and module.source.text.startswith("\ufeff"):
        column -= 1
    try:
        leaf = module.tree.get_leaf_for_position((row + 1, max(column, 0)), include_prefixes=True)
    except ValueError:  # beyond the end
        return None
    while leaf is not None and leaf.type == "newline":
        leaf = leaf.get_next_leaf()
    return leaf


def _bracket_content(node: Node) -> Node | None:
    """All that stands between the innermost brackets around a node; of a flat list only the item."""
    while node.parent is not None and node.parent.type not in _BLOCKS:
        depth = 0
        for sibling in node.parent.children:
            if sibling is node:
                break
            depth += (_value(sibling) in _OPENING) - (_value(sibling) in _CLOSING)
        if depth > 0:
            return node
        node = node.parent
    return None


def _value(node: Node) -> str:
    """An operator's text; empty for anything else."""
    return str(node.value) if node.type == "operator" else ""


def _until(module: Module, node: Node, stops: Collection[str]) -> Span:
    """From a node to the sibling before the next one that is an operator of ``stops``."""
    last = node
    while (following := last.get_next_sibling()) is not None and _value(following) not in stops:
        last = following
    return Span(module.span(node).start, module.span(last).end)


def _header(module: Module, node: Node) -> Span:
    """A statement without the block (if it has one on lines of its own) and without the line end."""
    start = module.span(node).start
    inner = node
    while inner.type in ("decorated", "async_funcdef", "async_stmt"):
        inner = inner.children[-1]
    if inner.type in _WITH_BLOCK:
        block = next((child for child in inner.children if child.type == "suite"), None)
        if block is not None:
            return Span(start, module.span(block.get_previous_leaf()).end)
    if not hasattr(node, "children") and node.parent.type in _WITH_BLOCK:  # else, except and the like
        return _until(module, node, {":"})
    last = node.get_last_leaf()
    return Span(start, module.span(last).start if last.type == "newline" else module.span(last).end)
