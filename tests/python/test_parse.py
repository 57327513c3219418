"""Trees, spans and comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from hatchet_ls.python.parse import Module, parse, walk
from hatchet_ls.text import Source


def module(text: str) -> Module:
    return parse(Source(Path("a.py"), text))


@pytest.mark.parametrize("text", ["x = 1\ny = 2\n", "\ufeffx = 1\r\ny = '😀'\r\nz = 3", "x = 1\ry = 2", "a\fb = 1\n"])
def test_spans_are_exact_whatever_the_line_ends_and_marks(text: str) -> None:
    made = module(text)
    for node in walk(made.tree):
        if node.type in ("name", "number", "string"):
            assert made.text(node) == node.value


@pytest.mark.parametrize(
    "text", ["def f(:\n  x =\n", "(((", "class\n\x00", "'''", "f'{", "match x:\n  case", "\ufeff", ""]
)
def test_broken_syntax_still_has_a_tree(text: str) -> None:
    assert module(text).tree.type == "file_input"


def test_comments_are_found_where_they_are_and_not_in_strings() -> None:
    text = "# one\nx = '# no'  # two\n'''\n# no\n'''\ndef f():\n    # three\n    pass  # four"
    made = module(text)
    assert [comment.text for comment in made.comments] == ["# one", "# two", "# three", "# four"]
    assert all(text[comment.span.start : comment.span.end] == comment.text for comment in made.comments)


def test_comments_after_carriage_returns_and_continuations_are_found() -> None:
    assert [comment.text for comment in module("x = 1 # a\r\ny = (2, # b\r\n 3)\r\n").comments] == ["# a", "# b"]
