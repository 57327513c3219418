"""The SDK's defaults as values."""

from __future__ import annotations

import ast
from datetime import timedelta

from hatchet_ls.python.values import Known, Unknown, Value
from hatchet_ls.text import Source, Span


def default_value(text: str, source: Source, span: Span) -> Value:
    """The value of a default as the SDK writes it: a literal or ``timedelta(...)`` of literals."""
    try:
        tree = ast.parse(text, mode="eval").body
        if isinstance(tree, ast.Call) and ast.unparse(tree.func).split(".")[-1] == "timedelta" and not tree.args:
            parts = {each.arg: ast.literal_eval(each.value) for each in tree.keywords if each.arg}
            return Known(timedelta(**parts), source, span)
        return Known(ast.literal_eval(tree), source, span)
    except (SyntaxError, ValueError, TypeError):
        return Unknown(source, span)


def same_setting(value: Value, default: Value) -> bool:
    """Whether two values are equal once the SDK has coerced them: a number of seconds equals its ``timedelta``."""
    if not isinstance(value, Known) or not isinstance(default, Known):
        return False
    left, right = value.value, default.value
    if isinstance(right, timedelta) and isinstance(left, int | float) and not isinstance(left, bool):
        try:
            left = timedelta(seconds=left)
        except (OverflowError, ValueError):
            return False
    return bool(left == right)
