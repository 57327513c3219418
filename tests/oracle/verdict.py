"""Reading what the oracle said: does it prove the findings that are marked?"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

FILLING = {"add", "append", "extend", "insert", "setdefault", "update"}
"""Methods that put a value into a container."""

CHANGING = {"random.shuffle"}
"""Functions that change their argument."""


@dataclass(frozen=True)
class Refusal:
    """Something that fails."""

    moment: str
    """``import``, ``registration`` or ``run``."""
    text: str
    places: tuple[tuple[str, int, int], ...]
    """The snippet's lines that led to it: file, first line, last line (from 1)."""

    def __str__(self) -> str:
        where = ", ".join(f"{file}:{first}" for file, first, _ in self.places)
        return f"refused at {self.moment} ({where}): {self.text.splitlines()[0]}"


@dataclass(frozen=True)
class Verdict:
    """What one SDK makes of a snippet."""

    files: Mapping[str, str]
    broken: str | None
    """Why nothing can be said: the snippet cannot be imported for a reason of its own."""
    refusals: tuple[Refusal, ...]

    def proves(self, file: str, row: int) -> bool:
        """Whether the code that starts on a line is refused.

        Either the statement of that line is what is refused, or it gives a value a name (``LIMIT = RateLimit(...)``)
        and a statement that needs the name is refused, or it decides (``if``, ``while``) about one that is.
        """
        own = self._trees[file].statement_at(row)
        for refusal in self.refusals:
            for place, first, last in refusal.places:
                if place == file and (first <= row <= last or decides(own, first)):
                    return True
                statement = self._trees[place].statement_at(first)
                if (place == file and statement is own) or bound_names(own) & self._needed(place, first):
                    return True
        return False

    def _needed(self, place: str, row: int) -> set[str]:
        """The names that the statement on a line uses, and those that decide about it or that its values come from."""
        tree = self._trees[place]
        fresh = used_names(tree.statement_at(row))
        for node in tree.statements:
            if isinstance(node, (ast.If, ast.While)) and decides(node, row):
                fresh |= used_names(node.test)
        names: set[str] = set()
        everywhere = [statement for each in self._trees.values() for statement in each.statements]
        while fresh:
            names |= fresh
            fresh = {name for node in everywhere if bound_names(node) & fresh for name in used_names(node)} - names
        return names

    @cached_property
    def _trees(self) -> dict[str, _Tree]:
        return {path: _Tree(text) for path, text in self.files.items()}


class _Tree:
    def __init__(self, text: str) -> None:
        # From the outside to the inside.
        self.statements = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.stmt)]

    def statement_at(self, row: int) -> ast.stmt | None:
        """The function or class on whose header (decorators included) a line is, else the innermost statement."""
        found: ast.stmt | None = None
        for node in self.statements:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                if first <= row <= max(node.lineno, node.body[0].lineno - 1):
                    return node
            if node.lineno <= row <= (node.end_lineno or node.lineno):
                found = node
        return found


def decides(statement: ast.stmt | None, row: int) -> bool:
    """Whether a line is in one of a statement's branches."""
    return isinstance(statement, (ast.If, ast.While)) and statement.lineno < row <= (statement.end_lineno or 0)


def bound_names(statement: ast.stmt | None) -> set[str]:
    """The names that a statement gives a value to or changes (``names.append(...)``, ``names[0] = ...``), in its
    branches too.

    Not those of functions and classes, and not the client's, which everything uses.
    """
    if statement is None or isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return set()
    value = getattr(statement, "value", None)
    if isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2] == "Hatchet":
        return set()
    names: set[str] = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name):
            names.add(node.value.id)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            called = node.value.func
            if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.attr in FILLING:
                names.add(called.value.id)
            if ast.unparse(called) in CHANGING:
                names |= {argument.id for argument in node.value.args if isinstance(argument, ast.Name)}
    return names


def used_names(statement: ast.AST | None) -> set[str]:
    """The names that a statement's expressions use; of a function or class only its header's."""
    if statement is None:
        return set()
    parts: list[ast.AST] = [statement]
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        parts = [*statement.decorator_list]
    names: set[str] = set()
    for node in (node for part in parts for node in ast.walk(part)):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
    return names
