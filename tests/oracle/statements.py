"""Rewriting a snippet so that one refused statement does not hide the next."""

from __future__ import annotations

import ast
import re
from typing import Any, TypeGuard

RECORD = "__oracle_record__"
"""The name under which a rewritten module finds what takes its errors."""

_UNKNOWN_KEYWORD = re.compile(r"unexpected keyword argument '(\w+)'")


def is_main_guard(statement: ast.stmt) -> TypeGuard[ast.If]:
    """``if __name__ == "__main__":``."""
    return isinstance(statement, ast.If) and ast.unparse(statement.test).replace('"', "'") in (
        "__name__ == '__main__'",
        "'__main__' == __name__",
    )


def without_refused_keyword(statement: ast.stmt, error: Exception) -> ast.stmt | None:
    """The statement without the keyword that an error names, None if it names none: there may be more to refuse."""
    match = _UNKNOWN_KEYWORD.search(str(error)) if isinstance(error, TypeError) else None
    if match is None:
        return None
    header = [statement]
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        header = list(statement.decorator_list)  # type: ignore[arg-type]
    for node in (node for part in header for node in ast.walk(part)):
        if isinstance(node, ast.Call) and any(keyword.arg == match[1] for keyword in node.keywords):
            node.keywords = [keyword for keyword in node.keywords if keyword.arg != match[1]]
            return statement
    return None


class GoOnAfterErrors(ast.NodeTransformer):
    """Lets functions go on with their next statement after one that raises, and hands the error to ``RECORD``.

    What stands in a ``try`` or a ``with`` (``pytest.raises``) stays as it is: the snippet deals with its errors.
    """

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        """Wrap the statements of the body."""
        node.body = [self._guarded(statement) for statement in node.body]
        return node

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> Any:
        """Wrap the statements of the body."""
        node.body = [self._guarded(statement) for statement in node.body]
        return node

    def _guarded(self, statement: ast.stmt) -> ast.stmt:
        if isinstance(statement, (ast.Try, ast.With, ast.AsyncWith, ast.Global, ast.Nonlocal, ast.Pass)):
            return statement
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            self.visit(statement)
        for block in ("body", "orelse"):
            if isinstance(statement, (ast.If, ast.For, ast.AsyncFor, ast.While)):
                setattr(statement, block, [self._guarded(inner) for inner in getattr(statement, block)])
        record = ast.parse(f"try: ...\nexcept Exception as error: {RECORD}(error)").body[0]
        assert isinstance(record, ast.Try)
        record.body = [statement]
        for node in ast.walk(record.handlers[0]):
            ast.copy_location(node, statement)
        return ast.copy_location(record, statement)
