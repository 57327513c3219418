"""What a class says about one of its fields."""

from __future__ import annotations

import ast
import re

from hatchet_ls.python.parse import Comment, Module, Node

_PRAGMA = re.compile(r"#\s*(?:type:|noqa|pragma|pyright|mypy|ruff|pylint|fmt|hatchet)", re.IGNORECASE)


def description_of(module: Module, statement: Node) -> str:
    """The string below a field, else the comment beside it or the comments above it; on one line."""
    return _below(statement) or _beside(module, statement) or _above(module, statement)


def _below(statement: Node) -> str:
    line = statement.parent
    if line is None or line.type != "simple_stmt":
        return ""
    following = line.get_next_sibling()
    if following is None or following.type != "simple_stmt" or following.children[0].type != "string":
        return ""
    try:
        text = ast.literal_eval(following.children[0].value)
    except (SyntaxError, ValueError):
        return ""
    return _one_line(text) if isinstance(text, str) else ""


def _beside(module: Module, statement: Node) -> str:
    row = module.source.position(module.span(statement).end).row
    return next((_words(each) for each in module.comments if _row(module, each) == row), "")


def _above(module: Module, statement: Node) -> str:
    """The comments on the lines directly above, each alone on its line."""
    alone = {
        _row(module, each): each
        for each in module.comments
        if not module.source.text[module.source.line_span(_row(module, each)).start : each.span.start].strip()
    }
    row = module.source.position(module.span(statement).start).row - 1
    lines: list[str] = []
    while row in alone:
        lines.insert(0, _words(alone[row]))
        row -= 1
    return " ".join(line for line in lines if line)


def _row(module: Module, comment: Comment) -> int:
    return module.source.position(comment.span.start).row


def _words(comment: Comment) -> str:
    return "" if _PRAGMA.match(comment.text) else _one_line(comment.text.lstrip("#:"))


def _one_line(text: str) -> str:
    return " ".join(text.split())
